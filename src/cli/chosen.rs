//! Which managers a run speaks of: those of its months, and of them those that the command line asks for.

use crate::book::Book;
use crate::lang::{say, words};
use crate::model::{ManagerId, Month, Settings};
use crate::trouble::{Trouble, nearest};
use clap::ArgMatches;
use std::collections::BTreeSet;

/// The managers of any of these months, less those ignored, by id.
pub(super) fn managers_in(book: &Book, settings: &Settings, months: &[Month]) -> Vec<ManagerId> {
    let ignored = |id: &ManagerId| settings.ignore.iter().any(|ignored| ignored == book.managers.text(id.0));
    let is_one = |id: &ManagerId| months.iter().any(|month| book.is_manager_in(*id, *month));
    book.manager_ids().filter(|id| is_one(id) && !ignored(id)).collect()
}

/// What `--manager` and `--branch` ask for; `None` for all.
pub(super) struct Chosen {
    /// Ids or names.
    managers: Option<Vec<String>>,
    branches: Option<Vec<String>>,
    /// What on the command line names managers.
    option: &'static str,
}

impl Chosen {
    pub(super) fn by(matches: &ArgMatches) -> Self {
        let asked = |option| matches.get_many::<String>(option).map(|values| values.cloned().collect());
        Self { managers: asked("manager"), branches: asked("branch"), option: "--manager" }
    }

    /// One manager, whom the command line asks for by id or name.
    pub(super) fn one(text: &str) -> Self {
        Self { managers: Some(vec![text.to_owned()]), branches: None, option: "MANAGER" }
    }

    /// Of these managers those asked for.
    pub(super) fn of(&self, book: &Book, managers: Vec<ManagerId>) -> Vec<ManagerId> {
        let mut chosen = self.named(book, managers);
        chosen.retain(|id| is_among(&self.branches, book.branch(*id).unwrap_or_default()));
        chosen
    }

    /// Likewise; who is not there, and a name that several have, stops the run.
    pub(super) fn known_of(&self, book: &Book, managers: Vec<ManagerId>) -> Result<Vec<ManagerId>, Trouble> {
        let ids = |of: &[ManagerId]| of.iter().map(|id| book.managers.text(id.0)).collect::<Vec<&str>>();
        for text in self.managers.iter().flatten() {
            match meant(book, &managers, text)[..] {
                [] => return Err(unknown(self.option, text, ids(&managers))),
                [_] => {}
                ref several => return Err(ambiguous(self.option, text, &ids(several))),
            }
        }
        let mut chosen = self.named(book, managers);
        let branches: Vec<&str> = chosen.iter().map(|id| book.branch(*id).unwrap_or_default()).collect();
        let is_known = |name: &&String| branches.contains(&name.as_str());
        if let Some(name) = self.branches.iter().flatten().find(|name| !is_known(name)) {
            return Err(unknown("--branch", name, branches));
        }
        chosen.retain(|id| is_among(&self.branches, book.branch(*id).unwrap_or_default()));
        Ok(chosen)
    }

    fn named(&self, book: &Book, mut managers: Vec<ManagerId>) -> Vec<ManagerId> {
        if let Some(asked) = &self.managers {
            let meant: BTreeSet<ManagerId> = asked.iter().flat_map(|text| meant(book, &managers, text)).collect();
            managers.retain(|id| meant.contains(id));
        }
        managers
    }
}

/// Who is called so: an id goes before names.
fn meant(book: &Book, managers: &[ManagerId], text: &str) -> Vec<ManagerId> {
    let by_id = managers.iter().find(|id| book.managers.text(id.0) == text);
    let by_name = || managers.iter().filter(|id| book.manager_name(**id) == Some(text)).copied().collect();
    by_id.map_or_else(by_name, |id| vec![*id])
}

fn ambiguous(option: &str, name: &str, ids: &[&str]) -> Trouble {
    Trouble::new(say(
        format!("{option}：有 {} 名客户经理叫 {name}：{}", ids.len(), ids.join("、")),
        format!("{option}: {} are called {name}: {}", ids.len(), ids.join(", ")),
    ))
    .remedy(words("用编号指明是哪一名", "say which by the id"))
}

fn is_among(names: &Option<Vec<String>>, text: &str) -> bool {
    names.as_ref().is_none_or(|names| names.iter().any(|name| name == text))
}

/// A name that is not among those known.
fn unknown(option: &str, asked: &str, mut known: Vec<&str>) -> Trouble {
    let trouble =
        Trouble::new(say(format!("{option}：本月数据中没有 {asked}"), format!("{option}: the month has no {asked}")));
    // Nobody means what has no name.
    known.retain(|name| !name.is_empty());
    known.sort_unstable();
    known.dedup();
    // Of a long name many type the beginning.
    let begun: Vec<&str> = known.iter().copied().filter(|name| name.starts_with(asked)).collect();
    let only = Some(&begun).filter(|begun| begun.len() == 1).map(|begun| begun[0]);
    match only.or_else(|| nearest(asked, known.iter().copied())) {
        Some(near) => trouble.remedy(say(format!("是否应为 {near}？"), format!("did you mean {near}?"))),
        None => {
            let some = |separator| known[..known.len().min(10)].join(separator);
            trouble.remedy(say(format!("本月有：{}", some("、")), format!("the month has: {}", some(", "))))
        }
    }
}
