//! When the on-site share is in doubt (SPEC §1.1): unsure shops that were seen are kept and the unseen dropped, and rejected
//! visits may have been to whom they can be.

use crate::doubt::{Mended, RejectedVisits, due_cell, is_his, may_be_done, may_be_onsite};
use crate::judgement::Doubt;
use crate::measures::{ManagerMonth, Shop};
use crate::model::{At, Column, Customer, CustomerId, Status, Visit};

/// Whether some reading reaches the limit, which `least_of` gives for so many due customers.
pub(super) fn mended(month: &ManagerMonth, least_of: impl Fn(u64) -> u64) -> Mended {
    let shops = Shops::of(month);
    let is_met = |rows: &[&Visit]| {
        let (count, due) = shops.with(rows);
        count >= least_of(due)
    };
    if is_met(&[]) {
        return Mended::by(shops.cell(month));
    }
    let joined = month.file.record.as_ref().and_then(|record| record.joined_on);
    let RejectedVisits { dated, undated } = RejectedVisits::of(month, month.span, |visit| {
        let is_early = joined.is_some_and(|joined| visit.unknown.contains(Column::Date) || visit.date() < joined);
        let counts = is_his(month, visit.manager) || is_early;
        counts && may_be_onsite(visit) && may_be_done(visit) && shops.may_be_of(visit)
    });
    if is_met(&dated) {
        return Mended::by(dated.first().map(|visit| Doubt::row(visit.at)));
    }
    let all: Vec<&Visit> = dated.iter().chain(&undated).copied().collect();
    let rows: Vec<At> = undated.iter().map(|visit| visit.at).collect();
    if is_met(&all) { Mended::ByUndated(rows) } else { Mended::No }
}

/// The shops that are or may be due.
struct Shops<'m> {
    seen: Vec<Shop<'m>>,
    /// Not seen, and surely due.
    sure: Vec<CustomerId>,
    /// Not seen, and perhaps not due.
    unsure: Vec<Shop<'m>>,
}

impl<'m> Shops<'m> {
    fn of(month: &ManagerMonth<'m>) -> Self {
        let (mut seen, unseen): (Vec<Shop>, Vec<Shop>) = month.due.iter().partition(|shop| month.has_seen(shop));
        let (unsure, sure): (Vec<Shop>, Vec<Shop>) = unseen.iter().partition(|shop| due_cell(month, shop).is_some());
        seen.extend(month.shops().filter(|shop| may_be_due_besides(month, shop) && month.has_seen(shop)));
        Self { seen, sure: sure.iter().map(|shop| shop.id).collect(), unsure }
    }

    /// The first cell that makes a shop unsure.
    fn cell(&self, month: &ManagerMonth) -> Option<Doubt> {
        self.unsure.iter().chain(&self.seen).find_map(|shop| due_cell(month, shop))
    }

    /// Whether a rejected visit may be to one that was not seen.
    fn may_be_of(&self, visit: &Visit) -> bool {
        visit.customer == CustomerId::NOBODY
            || self.sure.contains(&visit.customer)
            || self.unsure.iter().any(|shop| shop.id == visit.customer)
    }

    /// How many are seen and due, where rejected visits were to whom they do most for.
    fn with(&self, rows: &[&Visit]) -> (u64, u64) {
        let (free, named): (Vec<&Visit>, Vec<&Visit>) =
            rows.iter().partition(|visit| visit.customer == CustomerId::NOBODY);
        let is_named = |id: &CustomerId| named.iter().any(|visit| visit.customer == *id);
        let of_sure = self.sure.iter().filter(|id| is_named(id)).count();
        let of_unsure = self.unsure.iter().filter(|shop| is_named(&shop.id)).count();
        let free_of_sure = free.len().min(self.sure.len() - of_sure);
        let free_of_unsure = (free.len() - free_of_sure).min(self.unsure.len() - of_unsure);
        let kept = self.seen.len() + of_unsure + free_of_unsure;
        ((kept + of_sure + free_of_sure) as u64, (kept + self.sure.len()) as u64)
    }
}

/// One whose status says closed, but whose day of closing cannot be read.
fn may_be_due_besides(month: &ManagerMonth, shop: &Shop) -> bool {
    shop.unknown.contains(Column::ClosedOn)
        && shop.status == Status::Closed
        && month.is_due_in(&Customer { status: Status::Active, ..(**shop).clone() }, month.month)
}
