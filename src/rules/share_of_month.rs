//! What integrity rules have in common that look at a manager's month as a whole: so many of his records are of a kind, and by
//! chance hardly any would be (SPEC-month §7).

use crate::judgement::{Evidence, Finding, Tally, When, share_text};
use crate::lang::Words;
use crate::measures::ManagerMonth;
use crate::model::{At, Percent, Period};

/// What is said where more than the limit are of the kind.
pub(super) struct Said {
    pub required: Words,
    pub message: Words,
}

/// Settles the month: over the limit's share of `of` records are these, or not. `say` is told how many these are.
pub(super) fn cap(
    tally: &mut Tally,
    month: &ManagerMonth,
    limit: Percent,
    (these, of): (Vec<At>, u64),
    say: impl FnOnce(u64) -> Said,
) {
    let count = these.len() as u64;
    tally.measure(count, of);
    let Some(evidence) = Evidence::of(these).filter(|_| !limit.caps(count, of)) else { return tally.pass() };
    let Said { required, message } = say(count);
    let when = When::Period(Period::Month(month.month));
    let found = Finding::new(when, Words::same(share_text(count, of, Some(limit))), required, evidence);
    tally.fail(found.share(count, of).limit_percent(limit).message(message.zh, message.en));
}
