//! What is told where the command line asks for one manager: who does is about to hand it to him, and nothing of anybody else
//! stands in it.

use super::session::Session;
use crate::load::Accounts;
use crate::model::ManagerId;
use crate::obstacle::Obstacle;
use crate::report::for_one;

impl Session {
    /// From here on one manager's own is told, where there is but one.
    pub(super) fn keep_to_himself(&mut self) {
        if let [id] = self.managers[..] {
            self.own = Some(self.own_of(id));
        }
    }

    /// What of the accounts is a manager's business.
    pub(super) fn own_of(&self, id: ManagerId) -> Accounts {
        self.accounts.of_one(id, self.book.rejected_naming(id))
    }

    /// What is told of the rows: to one manager, of his own.
    pub(super) fn told(&self) -> &Accounts {
        self.own.as_ref().unwrap_or(&self.accounts)
    }

    /// Whom alone it is told to.
    pub(super) fn only(&self) -> Option<ManagerId> {
        self.own.as_ref().and_then(|_| self.managers.first()).copied()
    }

    /// What is told of what stands in the way.
    pub(super) fn told_of(&self, obstacles: Vec<Obstacle>) -> Vec<Obstacle> {
        match self.only() {
            Some(id) => for_one(&obstacles, id),
            None => obstacles,
        }
    }
}
