//! What the rules of days say of a date, with what they measured.

use super::terms::Terms;
use crate::judgement::{Finding, JudgedRule, State, Verdict, When};
use crate::lang::{Words, words};
use crate::measures::Day;

/// How a date stands with a rule of days.
#[derive(Clone, Debug)]
pub(crate) struct DayVerdict {
    /// The rule's number.
    pub rule: usize,
    pub stands: Stands,
}

/// With what was measured, or why nothing was.
#[derive(Clone, Debug)]
pub(crate) enum Stands {
    /// It passes; told as a finding is.
    Kept(Finding),
    /// It fails, is in doubt, or an appeal has taken it out.
    Found(Finding),
    NotAssessed(Words),
}

impl Stands {
    pub(crate) fn verdict(&self) -> Verdict {
        match self {
            Self::Kept(_) => Verdict::Pass,
            Self::Found(finding) => match finding.state() {
                State::Counted => Verdict::Fail,
                State::Doubtful => Verdict::Doubtful,
                State::Waived => Verdict::NotAssessed,
            },
            Self::NotAssessed(_) => Verdict::NotAssessed,
        }
    }

    pub(crate) fn finding(&self) -> Option<&Finding> {
        match self {
            Self::Kept(finding) | Self::Found(finding) => Some(finding),
            Self::NotAssessed(_) => None,
        }
    }
}

/// One for each rule of days that is not off, in the order of the rules.
pub(super) fn of(terms: &Terms, day: &Day) -> Vec<DayVerdict> {
    let rules = terms.rules.iter().enumerate().filter(|(_, rule)| terms.day_rules.contains(&rule.id));
    rules.map(|(number, rule)| DayVerdict { rule: number, stands: stands(terms, day, number, rule) }).collect()
}

fn stands(terms: &Terms, day: &Day, number: usize, rule: &JudgedRule) -> Stands {
    let of_date = |findings: &[(usize, Finding)]| {
        let found = |(of, finding): &&(usize, Finding)| *of == number && finding.when == When::Date(day.date);
        findings.iter().find(found).map(|(_, finding)| finding.clone())
    };
    if let Some(finding) = of_date(&terms.judged.findings) {
        return Stands::Found(finding);
    }
    let outcome = &terms.judged.outcomes[number];
    if outcome.verdict() == Verdict::NotAssessed && outcome.waived == 0 {
        let reason = outcome.reason.as_deref().cloned().or_else(|| rule.not_assessed.clone());
        return Stands::NotAssessed(reason.unwrap_or(NOT_ASKED));
    }
    match of_date(terms.kept) {
        Some(finding) => Stands::Kept(finding),
        None => Stands::NotAssessed(why_not(terms, day)),
    }
}

const NOT_ASKED: Words = words("当天不在考核之列", "it asks nothing of this date");

/// Why a rule that is assessed in the month says nothing of a date.
fn why_not(terms: &Terms, day: &Day) -> Words {
    if day.date > terms.month.horizon() {
        words("在数据截止日之后", "after the data end")
    } else if day.is_unrecorded {
        words("当天无记录", "the date is unrecorded")
    } else if day.excuse.in_full() {
        words("全天免考核", "excused in full")
    } else if day.excuse.at_all() {
        words("半天免考核，不在考核之列", "half excused, it asks nothing of this date")
    } else {
        NOT_ASKED
    }
}
