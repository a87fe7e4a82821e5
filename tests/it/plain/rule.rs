//! What a rule is here: its units, one by one, and what it says of each.

use super::Date;
use super::month::Month;
use super::world::World;
use std::rc::Rc;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome {
    Pass,
    Fail,
    Pending,
    NotAssessed,
}

impl Outcome {
    pub(crate) fn passes_if(met: bool) -> Outcome {
        if met { Outcome::Pass } else { Outcome::Fail }
    }
}

/// What names a unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unit {
    /// The date, or the period's name.
    pub when: String,
    pub date: Date,
    /// First and last day of a unit of a period.
    pub span: (Date, Date),
    pub customer: String,
    /// The visit, plan row or inquiry, counted in its table.
    pub row: usize,
}

impl Unit {
    pub(crate) fn day(date: Date) -> Unit {
        Unit { when: date.to_string(), date, span: (date, date), ..Unit::default() }
    }

    pub(crate) fn month(month: Month) -> Unit {
        Unit { when: month.to_string(), date: month.first(), span: month.span(), ..Unit::default() }
    }

    pub(crate) fn at(self, customer: &str) -> Unit {
        Unit { customer: customer.to_string(), ..self }
    }

    pub(crate) fn row(self, row: usize) -> Unit {
        Unit { row, ..self }
    }
}

/// What is said of a unit, with its measure where the contract gives it one.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub outcome: Outcome,
    pub share: Option<(usize, usize)>,
    /// What results sum up, where it is not the finding's.
    pub summed: Option<(usize, usize)>,
    pub seconds: Option<i64>,
}

impl Judged {
    pub(crate) fn of(outcome: Outcome) -> Judged {
        Judged { outcome, share: None, summed: None, seconds: None }
    }

    pub(crate) fn share(self, count: usize, of: usize) -> Judged {
        Judged { share: Some((count, of)), summed: self.summed.or(Some((count, of))), ..self }
    }
}

pub(crate) fn passes_if(met: bool) -> Option<Judged> {
    Some(Judged::of(Outcome::passes_if(met)))
}

/// One thing that may be so: what the world is like then.
pub(crate) type Change = Rc<dyn Fn(&mut World)>;

/// What one unknown cell or rejected row may be, besides what it is taken for.
pub(crate) type Choices = Vec<Change>;

type Listing = Box<dyn Fn(&World, &str) -> Vec<Unit>>;
type Judging = Box<dyn Fn(&World, &str, &Unit) -> Option<Judged>>;
type Bringing = Box<dyn Fn(&World, &str, &Unit) -> Option<Change>>;
type Guessing = Box<dyn Fn(&World, &str, &Unit) -> Vec<Choices>>;

pub(crate) struct Rule {
    pub name: &'static str,
    /// The cadence entry's.
    pub item: &'static str,
    /// Everything that may be a unit of a manager's.
    pub units: Listing,
    /// None: it is no unit.
    pub judge: Judging,
    /// The unknown cells that a unit reads.
    pub unknown: Guessing,
    /// The rejected rows that may belong to a unit.
    pub rejected: Guessing,
    /// What would make a unit of what is none: in doubt where it would fail then.
    pub brought: Bringing,
    /// Whether a passed unit may be in doubt.
    pub passes_fall: bool,
    /// Whether it asks which customers of the archive were visited.
    pub joins: bool,
    /// In scores (§3.4): integrity rules and duties of the section have none.
    pub weight: f64,
}

impl Rule {
    pub(crate) fn new(
        name: &'static str,
        units: impl Fn(&World, &str) -> Vec<Unit> + 'static,
        judge: impl Fn(&World, &str, &Unit) -> Option<Judged> + 'static,
    ) -> Rule {
        Rule {
            name,
            item: "",
            units: Box::new(units),
            judge: Box::new(judge),
            unknown: Box::new(|_, _, _| Vec::new()),
            rejected: Box::new(|_, _, _| Vec::new()),
            brought: Box::new(|_, _, _| None),
            passes_fall: false,
            joins: false,
            weight: 1.0,
        }
    }

    pub(crate) fn unknown(self, unknown: impl Fn(&World, &str, &Unit) -> Vec<Choices> + 'static) -> Rule {
        Rule { unknown: Box::new(unknown), ..self }
    }

    pub(crate) fn rejected(self, rejected: impl Fn(&World, &str, &Unit) -> Vec<Choices> + 'static) -> Rule {
        Rule { rejected: Box::new(rejected), ..self }
    }

    pub(crate) fn passes_fall(self) -> Rule {
        Rule { passes_fall: true, ..self }
    }

    pub(crate) fn joins(self) -> Rule {
        Rule { joins: true, ..self }
    }

    pub(crate) fn warning(self) -> Rule {
        Rule { weight: self.weight / 2.0, ..self }
    }

    /// A duty of the section, or an integrity rule.
    pub(crate) fn without_weight(self) -> Rule {
        Rule { weight: 0.0, ..self }
    }
}

/// The days of M.
pub(crate) fn days_of_month(w: &World, _: &str) -> Vec<Unit> {
    w.month.days().into_iter().map(Unit::day).collect()
}

/// The manager's visits of M.
pub(crate) fn visits_of_month(w: &World, m: &str) -> Vec<Unit> {
    let mine = w.visits.iter().enumerate().filter(|(_, v)| v.manager == m && w.month.has(v.date()));
    mine.map(|(row, v)| Unit::day(v.date()).at(&v.customer).row(row)).collect()
}

/// The manager's plan rows of M.
pub(crate) fn plans_of_month(w: &World, m: &str) -> Vec<Unit> {
    let mine = w.plans.iter().enumerate().filter(|(_, p)| p.manager == m && w.month.has(p.date));
    mine.map(|(row, p)| Unit::day(p.date).at(&p.customer).row(row)).collect()
}

/// The manager's customers, with M.
pub(crate) fn customers_of(w: &World, m: &str) -> Vec<Unit> {
    w.customers.iter().filter(|c| c.manager == m).map(|c| Unit::month(w.month).at(&c.id)).collect()
}

/// M itself.
pub(crate) fn the_month(w: &World, _: &str) -> Vec<Unit> {
    vec![Unit::month(w.month)]
}
