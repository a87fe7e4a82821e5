//! What a spot check proves (SPEC-month §7).

use crate::book::Book;
use crate::model::*;
use std::collections::{BTreeMap, BTreeSet};

/// How likely a draw of some of a manager's customers meets a bad one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawProof {
    pub drawn: u64,
    /// Customers that he visited.
    pub of: u64,
    pub chances: [Chance; 3],
}

/// The chance of meeting at least one bad record, if there were so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Of all customers, in percent.
    pub percent: u64,
    /// The same rounded up to customers.
    pub bad: u64,
    pub hundredths: u64,
    /// Whether none, or every, draw meets one.
    pub is_certain: bool,
}

impl DrawProof {
    /// Nothing is proven of nobody.
    pub fn of_draw(drawn: u64, of: u64) -> Option<Self> {
        (of > 0).then(|| Self { drawn, of, chances: [5, 10, 20].map(|percent| Chance::of(drawn, of, percent)) })
    }

    /// Of the month's random checks of customers whom he visited, where checks are given.
    pub fn of_checks(book: &Book, month: Month, manager: ManagerId) -> Option<Self> {
        book.has_file(Kind::Checks).then_some(())?;
        let visited: BTreeSet<CustomerId> = book.visits_in(manager, month).map(|(_, customer, _)| customer).collect();
        let checked: BTreeSet<CustomerId> =
            random_checks(book, month, manager).iter().map(|check| check.customer).collect();
        Self::of_draw(checked.intersection(&visited).count() as u64, visited.len() as u64)
    }
}

impl Chance {
    fn of(drawn: u64, of: u64, percent: u64) -> Self {
        let bad = (of * percent).div_ceil(100);
        let certain = if drawn == 0 { Some(0.0) } else { (drawn + bad > of).then_some(1.0) };
        let chance = certain.unwrap_or_else(|| 1.0 - misses(drawn, of, bad));
        // What a float lacks to a half is no reason to round down.
        let hundredths = (chance * 100.0 + 0.5 + 1e-9).floor() as u64;
        Self { percent, bad, hundredths, is_certain: certain.is_some() }
    }
}

/// How likely none of the bad ones is among those drawn: the hypergeometric probability of 0.
fn misses(drawn: u64, of: u64, bad: u64) -> f64 {
    let (fewer, more) = (drawn.min(bad), drawn.max(bad));
    (0..fewer).map(|one| (of - more - one) as f64 / (of - one) as f64).product()
}

/// What came of the section's random checks, by customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckedProof {
    /// Those with a result.
    pub checked: u64,
    /// Any result is fail, or none is pass: what could not be checked counts as bad.
    pub bad: u64,
}

impl CheckedProof {
    /// Of a month's checks of these managers; nothing where none has a result.
    pub fn of(book: &Book, month: Month, managers: impl Iterator<Item = ManagerId>) -> Option<Self> {
        let mut found = Self::default();
        for manager in managers {
            let mut results: BTreeMap<CustomerId, Vec<CheckResult>> = BTreeMap::new();
            for check in random_checks(book, month, manager) {
                results.entry(check.customer).or_default().extend(check.result);
            }
            for results in results.values().filter(|results| !results.is_empty()) {
                found.checked += 1;
                let passed = results.contains(&CheckResult::Pass) && !results.contains(&CheckResult::Fail);
                found.bad += u64::from(!passed);
            }
        }
        (found.checked > 0).then_some(found)
    }

    /// At most so many percent of all are bad, with 95% confidence: the one-sided bound of Clopper and Pearson, as if all were
    /// drawn from all customers at once, rounded up. It is the least share under which so few would be met at most once in
    /// twenty times.
    pub fn at_most_percent(self) -> u64 {
        // 1 − 0.95 is a hair above 0.05 in floating point.
        let is_rare = |percent: &u64| tail(self.bad, self.checked, *percent) <= 0.05 * (1.0 + 1e-9);
        (0..100).find(is_rare).unwrap_or(100)
    }
}

/// The binomial probability of at most `bad` of `checked`, where so many percent of all are bad.
fn tail(bad: u64, checked: u64, percent: u64) -> f64 {
    if percent == 0 {
        return 1.0;
    }
    let share = percent as f64 / 100.0;
    let odds = (share / (1.0 - share)).ln();
    let mut log = checked as f64 * (1.0 - share).ln();
    let mut sum = log.exp();
    for met in 0..bad {
        log += odds + ((checked - met) as f64 / (met + 1) as f64).ln();
        sum += log.exp();
    }
    sum
}

/// The random checks of a manager for a month that say anything.
fn random_checks(book: &Book, month: Month, manager: ManagerId) -> Vec<Check> {
    let says = |check: &Check| check.result.is_some() || check.checked_on.is_some();
    let mut checks = book.listed_checks(manager);
    checks.retain(|check| check.month == month && check.draw == Draw::Random && says(check));
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One-sided 95% bounds in percent, from tables of the Clopper–Pearson interval, rounded up: n, bad, bound.
    #[test]
    fn bounds_are_those_of_the_tables() {
        for (checked, bad, percent) in [
            (1, 0, 95),
            (1, 1, 100),
            (5, 0, 46),
            (10, 0, 26),
            (10, 1, 40),
            (10, 2, 51),
            (10, 10, 100),
            (20, 0, 14),
            (20, 1, 22),
            (20, 2, 29),
            (20, 19, 100),
            (58, 0, 6),
            (59, 0, 5),
            (100, 0, 3),
            (100, 1, 5),
            (100, 5, 11),
            (300, 3, 3),
            (20_000, 0, 1),
            (20_000, 10_000, 51),
        ] {
            assert_eq!(CheckedProof { checked, bad }.at_most_percent(), percent, "{bad} of {checked}");
        }
    }

    #[test]
    fn chances_are_hypergeometric() {
        let chances = |drawn, of| DrawProof::of_draw(drawn, of).unwrap().chances.map(|chance| chance.hundredths);
        assert_eq!(chances(1, 46), [7, 11, 22]);
        assert_eq!(chances(2, 100), [10, 19, 36]);
        assert_eq!(chances(10, 100), [42, 67, 90]);
        assert_eq!(chances(0, 46), [0, 0, 0]);
        assert_eq!(chances(46, 46), [100, 100, 100]);
        assert_eq!(chances(1, 8), [13, 13, 25], "an eighth is 0.125");
        assert_eq!(DrawProof::of_draw(0, 0), None);
    }

    #[test]
    fn it_is_certain_only_where_no_draw_can_miss() {
        let of = |drawn, of| DrawProof::of_draw(drawn, of).unwrap().chances.map(|chance| chance.is_certain);
        assert_eq!((of(96, 100), of(95, 100), of(0, 9)), ([true; 3], [false, true, true], [true; 3]));
    }
}
