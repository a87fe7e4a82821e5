//! How often each subject was judged in each month, and what that came to: from a judgement, or from results read back.

use super::subject::{LOOK_BACK, Subject};
use crate::book::Book;
use crate::diff::{self, CheckResult};
use crate::judgement::{Judgement, State};
use crate::model::CustomerId;
use std::collections::BTreeMap;

/// What was judged in a month.
pub(crate) enum Results<'a> {
    Judged(&'a Judgement),
    /// Results of `check`, with all findings.
    Read(&'a CheckResult),
}

/// Units of a subject in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Units {
    /// Passed or failed.
    pub assessed: u64,
    pub failed: u64,
    pub pending: u64,
    pub doubtful: u64,
    pub waived: u64,
}

impl Units {
    /// One more, which has a finding.
    fn add(&mut self, state: State) {
        match state {
            State::Counted => {
                self.assessed += 1;
                self.failed += 1;
            }
            State::Doubtful => self.doubtful += 1,
            State::Waived => self.waived += 1,
        }
    }
}

/// Units of this month and of those before it.
type Row = [Units; LOOK_BACK + 1];

/// Manager, rule and item.
type Group<'a> = (&'a str, &'a str, Option<&'a str>);

/// The subjects that any month has a finding of that counts, by customer within their groups; a rule that is not judged
/// customer by customer has none.
#[derive(Default)]
pub(super) struct Groups<'a>(BTreeMap<Group<'a>, BTreeMap<Option<&'a str>, Row>>);

/// Whether a rule is judged customer by customer.
type PerCustomer<'f> = &'f dyn Fn(&str, Option<&str>) -> bool;

impl<'a> Groups<'a> {
    /// Opens a row for every subject of the findings of a month, so many months before this one.
    pub(super) fn open(&mut self, book: &'a Book, results: &Results<'a>, back: usize, per_customer: PerCustomer) {
        let mut open = |group: Group<'a>, customer: Option<&'a str>| {
            let customer = customer.filter(|_| per_customer(group.1, group.2));
            self.0.entry(group).or_default().entry(customer).or_default();
        };
        match *results {
            Results::Judged(judgement) => {
                for manager in &judgement.managers {
                    let counted = manager.findings.iter().filter(|(_, finding)| finding.state() == State::Counted);
                    for (number, finding) in counted {
                        let rule = &judgement.rules[*number];
                        let group = (book.managers.text(manager.id.0), rule.id, rule.item.as_deref());
                        if is_told(rule.of_today, back) {
                            open(group, finding.customer.map(|id| book.customers.text(id.0)));
                        }
                    }
                }
            }
            Results::Read(read) => {
                for one in read.findings.iter().filter(|one| one.counts()) {
                    open((&one.manager_id, &one.rule, one.item.as_deref()), one.customer_id.as_deref());
                }
            }
        }
    }

    /// Counts the units of the subjects in a month, so many months before this one.
    pub(super) fn fill(&mut self, book: &'a Book, results: &Results<'a>, back: usize, per_customer: PerCustomer) {
        match *results {
            Results::Judged(judgement) => self.fill_judged(book, judgement, back),
            Results::Read(read) => self.fill_read(read, back, per_customer),
        }
    }

    fn fill_judged(&mut self, book: &'a Book, judgement: &'a Judgement, back: usize) {
        let customer = |id: CustomerId| Some(book.customers.text(id.0));
        for manager in &judgement.managers {
            let name = book.managers.text(manager.id.0);
            for (number, rule) in judgement.rules.iter().enumerate().filter(|(_, rule)| is_told(rule.of_today, back)) {
                let Some(rows) = self.0.get_mut(&(name, rule.id, rule.item.as_deref())) else { continue };
                let outcome = &manager.outcomes[number];
                if !rule.per_customer {
                    if let Some(row) = rows.get_mut(&None) {
                        let (assessed, failed) = (outcome.assessed, outcome.failed);
                        let (pending, doubtful, waived) = (outcome.pending, outcome.doubtful, outcome.waived);
                        row[back] = Units { assessed, failed, pending, doubtful, waived };
                    }
                    continue;
                }
                if let Some(settled) = manager.settled(number) {
                    for id in &settled.passed {
                        if let Some(row) = rows.get_mut(&customer(*id)) {
                            row[back].assessed += 1;
                        }
                    }
                    for id in &settled.pending {
                        if let Some(row) = rows.get_mut(&customer(*id)) {
                            row[back].pending += 1;
                        }
                    }
                }
                for (_, finding) in manager.findings.iter().filter(|(of, _)| *of == number) {
                    if let Some(row) = finding.customer.and_then(|id| rows.get_mut(&customer(id))) {
                        row[back].add(finding.state());
                    }
                }
            }
        }
    }

    /// Which customers passed the results do not say: where any of the manager's did, one that has no finding is taken for one
    /// of these.
    fn fill_read(&mut self, read: &'a CheckResult, back: usize, per_customer: PerCustomer) {
        for outcome in &read.results {
            let group = (outcome.manager_id.as_str(), outcome.rule.as_str(), outcome.item.as_deref());
            let is_of_customers = per_customer(group.1, group.2);
            let Some(rows) = self.0.get_mut(&group) else { continue };
            let passed = outcome.assessed.saturating_sub(outcome.failed);
            for (_, row) in rows.iter_mut() {
                row[back] = match is_of_customers {
                    true => Units::default(),
                    false => Units {
                        assessed: outcome.assessed,
                        failed: outcome.failed,
                        pending: outcome.pending,
                        doubtful: outcome.doubtful,
                        waived: outcome.waived,
                    },
                };
            }
            if !is_of_customers {
                continue;
            }
            let found = read
                .findings
                .iter()
                .filter(|one| (one.manager_id.as_str(), one.rule.as_str(), one.item.as_deref()) == group);
            for one in found {
                if let Some(row) = rows.get_mut(&one.customer_id.as_deref()) {
                    row[back].add(state(one));
                }
            }
            let silent = rows.values_mut().map(|row| &mut row[back]).filter(|units| **units == Units::default());
            silent.for_each(|units| units.assessed = u64::from(passed > 0));
        }
    }

    pub(super) fn into_subjects(self) -> impl Iterator<Item = (Subject, Row)> {
        self.0.into_iter().flat_map(|((manager, rule, item), rows)| {
            rows.into_iter().map(move |(customer, row)| {
                let item = item.map(str::to_owned);
                let subject = Subject {
                    manager: manager.to_owned(),
                    rule: rule.to_owned(),
                    item,
                    customer: customer.map(str::to_owned),
                };
                (subject, row)
            })
        })
    }
}

/// Results that `check` has written know no other states.
fn state(finding: &diff::Finding) -> State {
    match finding.state.as_str() {
        "counted" => State::Counted,
        "waived" => State::Waived,
        _ => State::Doubtful,
    }
}

/// Whether a judgement of a month so many months back says anything of a rule: not where it judges how things are today.
fn is_told(of_today: bool, back: usize) -> bool {
    back == 0 || !of_today
}
