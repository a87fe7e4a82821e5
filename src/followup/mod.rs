//! What became of the subjects that findings speak of: this month beside the months before (SPEC-month §5).
//!
//! A subject is a manager's standing with a rule, and with one of its entries or customers where it is judged by these. It was
//! open before by the latest month that judged it at all, of the three before this one.

mod seen;
mod subject;

pub(crate) use seen::Results;
pub(crate) use subject::{LOOK_BACK, Subject};

use crate::book::Book;
use crate::judgement::Judgement;
use crate::model::Month;
use seen::{Groups, Units};
use std::cmp::Ordering;

/// What became of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    New,
    Repeated,
    Fixed,
    NotVerifiable(Reason),
}

impl Outcome {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Repeated => "repeated",
            Self::Fixed => "fixed",
            Self::NotVerifiable(_) => "not_verifiable",
        }
    }

    pub(crate) fn reason(self) -> Option<Reason> {
        match self {
            Self::NotVerifiable(reason) => Some(reason),
            _ => None,
        }
    }
}

/// Why nobody can say whether a subject was put right; of several the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    Waived,
    InDoubt,
    Pending,
    NotHisCustomer,
    /// Others have units of the rule.
    NoOccasion,
    NotAssessed,
}

impl Reason {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waived => "waived",
            Self::InDoubt => "in_doubt",
            Self::Pending => "pending",
            Self::NotHisCustomer => "not_his_customer",
            Self::NoOccasion => "no_occasion",
            Self::NotAssessed => "not_assessed",
        }
    }
}

/// A subject that is open now, or was before.
#[derive(Clone, Debug)]
pub(crate) struct Followed {
    pub subject: Subject,
    /// Its findings in the month by which it was open before.
    pub before: u64,
    /// Those of this month that count.
    pub now: u64,
    pub outcome: Outcome,
    /// The first of the months in a row in which it was open, as far as the data reach back; nothing unless it is open now.
    pub since: Option<Month>,
}

/// A month that was looked back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    pub month: Month,
    /// The file of results that was taken; nothing where the month was judged from today's files.
    pub file: Option<String>,
}

/// A month before with its results.
pub(crate) struct Earlier<'a> {
    pub compared: Compared,
    pub results: Results<'a>,
}

/// Subjects that add up to both sides: before = fixed + repeated + not verifiable, now = repeated + new.
#[derive(Clone, Debug)]
pub(crate) struct FollowUp {
    /// The latest first.
    pub compared: Vec<Compared>,
    /// By manager, rule in the contract's order, item and customer.
    pub followed: Vec<Followed>,
}

/// How many subjects came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub before: u64,
    pub now: u64,
    pub fixed: u64,
    pub repeated: u64,
    pub not_verifiable: u64,
    pub new: u64,
}

impl Counts {
    pub(crate) fn of<'f>(followed: impl IntoIterator<Item = &'f Followed>) -> Self {
        let mut counts = Self::default();
        for one in followed {
            counts.before += u64::from(one.before > 0);
            counts.now += u64::from(one.now > 0);
            *match one.outcome {
                Outcome::New => &mut counts.new,
                Outcome::Repeated => &mut counts.repeated,
                Outcome::Fixed => &mut counts.fixed,
                Outcome::NotVerifiable(_) => &mut counts.not_verifiable,
            } += 1;
        }
        counts
    }
}

impl FollowUp {
    /// Of the judgement of all managers in the month, and of at most [`LOOK_BACK`] months before it, the latest first.
    pub(crate) fn of(book: &Book, judgement: &Judgement, earlier: &[Earlier]) -> Self {
        let mut groups = Groups::default();
        let now = Results::Judged(judgement);
        let months = || [&now].into_iter().chain(earlier.iter().map(|one| &one.results)).enumerate();
        let per_customer = |rule: &str, item: Option<&str>| {
            judgement
                .rules
                .iter()
                .any(|judged| judged.per_customer && (judged.id, judged.item.as_deref()) == (rule, item))
        };
        for (back, results) in months() {
            groups.open(book, results, back, &per_customer);
        }
        for (back, results) in months() {
            groups.fill(book, results, back, &per_customer);
        }
        let place = |subject: &Subject| {
            let is_of = |item: &Option<String>| *item == subject.item;
            let of_rule = |rule: &str| rule == subject.rule;
            let known = judgement.rules.iter().position(|judged| of_rule(judged.id) && is_of(&judged.item));
            let near = || judgement.rules.iter().rposition(|judged| of_rule(judged.id));
            known.or_else(near).unwrap_or(usize::MAX)
        };
        let month_of = |back: usize| match back.checked_sub(1) {
            None => judgement.month,
            Some(before) => earlier[before].compared.month,
        };
        let has_units = |subject: &Subject| has_units(judgement, subject);
        let is_his = |subject: &Subject| is_his(book, subject);
        let mut followed: Vec<(usize, Followed)> = groups
            .into_subjects()
            .filter_map(|(subject, units)| {
                let one = follow(subject, &units, month_of, has_units, is_his)?;
                Some((place(&one.subject), one))
            })
            .collect();
        followed.sort_by(|(place, one), (other_place, other)| {
            let by_rule = || (place, &one.subject.rule).cmp(&(other_place, &other.subject.rule));
            one.subject.manager.cmp(&other.subject.manager).then_with(by_rule).then_with(|| within(one, other))
        });
        Self {
            compared: earlier.iter().map(|one| one.compared.clone()).collect(),
            followed: followed.into_iter().map(|(_, one)| one).collect(),
        }
    }

    /// The same of some managers alone, by id.
    pub(crate) fn of_managers(mut self, is_asked: impl Fn(&str) -> bool) -> Self {
        self.followed.retain(|one| is_asked(&one.subject.manager));
        self
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts::of(&self.followed)
    }
}

fn within(one: &Followed, other: &Followed) -> Ordering {
    (&one.subject.item, &one.subject.customer).cmp(&(&other.subject.item, &other.subject.customer))
}

/// What became of a subject with these units, those of this month first; nothing where it is open neither now nor before.
fn follow(
    subject: Subject,
    units: &[Units],
    month_of: impl Fn(usize) -> Month,
    has_units: impl Fn(&Subject) -> bool,
    is_his: impl Fn(&Subject) -> bool,
) -> Option<Followed> {
    let (this, before) = units.split_first()?;
    let assessed = || before.iter().zip(1..).filter(|(units, _)| units.assessed > 0);
    let was = assessed().next().map_or(0, |(units, _)| units.failed);
    let outcome = match (was > 0, this.failed > 0) {
        (false, false) => return None,
        (true, true) => Outcome::Repeated,
        (false, true) => Outcome::New,
        (true, false) if this.assessed > 0 => Outcome::Fixed,
        (true, false) => Outcome::NotVerifiable(reason(this, &subject, has_units, is_his)),
    };
    let in_a_row = assessed().take_while(|(units, _)| units.failed > 0).map(|(_, back)| back);
    let since = (this.failed > 0).then(|| month_of(in_a_row.last().unwrap_or(0)));
    Some(Followed { subject, before: was, now: this.failed, outcome, since })
}

fn reason(
    this: &Units,
    subject: &Subject,
    has_units: impl Fn(&Subject) -> bool,
    is_his: impl Fn(&Subject) -> bool,
) -> Reason {
    match this {
        Units { waived: 1.., .. } => Reason::Waived,
        Units { doubtful: 1.., .. } => Reason::InDoubt,
        Units { pending: 1.., .. } => Reason::Pending,
        _ if !is_his(subject) => Reason::NotHisCustomer,
        _ if has_units(subject) => Reason::NoOccasion,
        _ => Reason::NotAssessed,
    }
}

/// Whether anyone has a unit of the subject's rule in the month.
fn has_units(judgement: &Judgement, subject: &Subject) -> bool {
    let is_of = |rule: &str, item: Option<&str>| rule == subject.rule && item == subject.item.as_deref();
    let number = judgement.rules.iter().position(|rule| is_of(rule.id, rule.item.as_deref()));
    number.is_some_and(|number| {
        judgement
            .managers
            .iter()
            .map(|manager| &manager.outcomes[number])
            .any(|outcome| outcome.assessed + outcome.pending + outcome.doubtful + outcome.waived > 0)
    })
}

/// Whether the archive has the subject's customer as the manager's; one without a customer is his.
fn is_his(book: &Book, subject: &Subject) -> bool {
    let Some(customer) = &subject.customer else { return true };
    let id = book.customers.find(customer).map(crate::model::CustomerId);
    let owner = id.and_then(|id| book.customer(id)).map(|customer| customer.manager);
    owner.is_some_and(|owner| book.managers.text(owner.0) == subject.manager)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(assessed: u64, failed: u64) -> Units {
        Units { assessed, failed, ..Units::default() }
    }

    fn subject() -> Subject {
        Subject { manager: "M1".into(), rule: "call-proof".into(), item: None, customer: None }
    }

    /// `repeated 2→3 2026-07`, of units of September, August, July and June.
    fn told(all: &[Units]) -> String {
        let september = Month::new(2026, 9).unwrap();
        let month_of = |back: usize| september.plus(-(back as i32));
        match follow(subject(), all, month_of, |_| true, |_| true) {
            None => "-".to_owned(),
            Some(one) => {
                let reason = one.outcome.reason().map(|reason| format!(" {}", reason.name())).unwrap_or_default();
                let since = one.since.map(|month| format!(" {month}")).unwrap_or_default();
                format!("{} {}→{}{reason}{since}", one.outcome.name(), one.before, one.now)
            }
        }
    }

    #[test]
    fn the_latest_month_that_judged_it_tells_how_a_subject_stood() {
        let none = Units::default();
        for (all, outcome) in [
            (vec![units(5, 3)], "new 0→3 2026-09"),
            (vec![units(5, 3), none, none, none], "new 0→3 2026-09"),
            (vec![units(5, 3), units(4, 0), units(4, 2), none], "new 0→3 2026-09"),
            (vec![units(5, 3), units(4, 2), units(4, 0), units(4, 1)], "repeated 2→3 2026-08"),
            (vec![units(5, 3), none, units(4, 2), units(4, 1)], "repeated 2→3 2026-06"),
            (vec![units(5, 0), none, units(4, 2), none], "fixed 2→0"),
            (vec![units(5, 0), units(4, 0), units(4, 2), none], "-"),
            (vec![none, units(4, 2)], "not_verifiable 2→0 no_occasion"),
        ] {
            assert_eq!(told(&all), outcome, "{all:?}");
        }
    }

    #[test]
    fn of_several_reasons_the_first_is_given() {
        let before = units(1, 1);
        let none = Units::default();
        let reason = |this: Units, has_units: bool, is_his: bool| {
            let september = |_: usize| Month::new(2026, 9).unwrap();
            let one = follow(subject(), &[this, before], september, |_| has_units, |_| is_his).unwrap();
            one.outcome.reason().unwrap().name()
        };
        let all = Units { waived: 1, doubtful: 1, pending: 1, ..none };
        assert_eq!(reason(all, true, false), "waived");
        assert_eq!(reason(Units { waived: 0, ..all }, true, false), "in_doubt");
        assert_eq!(reason(Units { pending: 1, ..none }, true, false), "pending");
        assert_eq!(reason(none, true, false), "not_his_customer");
        assert_eq!(reason(none, true, true), "no_occasion");
        assert_eq!(reason(none, false, true), "not_assessed");
    }
}
