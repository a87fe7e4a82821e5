//! Appeals against findings: which count, and what they take out (SPEC-month §4).

mod measured;
mod summary;

pub(crate) use summary::{Counts, Group, summary};

use crate::book::Book;
use crate::judgement::{
    AppealState, Appealed, Finding, JudgedAppeal, JudgedManager, JudgedRule, State, Waiver, finding_id,
};
use crate::lang::{Words, say, words};
use crate::measures::nth_working_day;
use crate::model::*;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// The last day to appeal against a month's findings; `None` where there is none.
pub(crate) fn deadline(settings: &Settings, month: Month) -> Option<NaiveDate> {
    let terms = &settings.appeals;
    let base = terms.notice_date.map_or(month.last(), |notice| notice.max(month.last()));
    (terms.working_days > 0).then(|| nth_working_day(&settings.calendar, base, terms.working_days))
}

/// Takes out the units of a month that accepted appeals are against. What became of every appeal: first those against findings
/// of the month, in the order of these.
pub(crate) fn waive(
    book: &Book,
    settings: &Settings,
    month: Month,
    rules: &[JudgedRule],
    managers: &mut [JudgedManager],
) -> Vec<JudgedAppeal> {
    if book.appeals.is_empty() {
        return vec![];
    }
    let places = places(book, rules, managers);
    let terms = Terms::new(book, settings, month, managers);
    let mut judged: Vec<(Option<(usize, usize)>, JudgedAppeal)> = Vec::with_capacity(book.appeals.len());
    for appeal in &book.appeals {
        let found = places.get(&appeal.key());
        let one = match found {
            Some(((manager, place), id)) => terms.against(appeal, &mut managers[*manager], *place, id.clone()),
            None => terms.without_finding(appeal),
        };
        judged.push((found.map(|(place, _)| *place), one));
    }
    judged.sort_by_key(|(place, one)| (place.is_none(), *place, one.appeal.at));
    judged.into_iter().map(|(_, one)| one).collect()
}

/// Where a finding stands: its manager's number, and its place among his; with its id.
type Place = ((usize, usize), String);

/// All findings by id, in lower case. Of two that share one the first is meant.
fn places(book: &Book, rules: &[JudgedRule], managers: &[JudgedManager]) -> HashMap<String, Place> {
    let mut places = HashMap::new();
    for (number, manager) in managers.iter().enumerate() {
        for (place, (rule, finding)) in manager.findings.iter().enumerate() {
            let id = finding_id(book.names(), &rules[*rule], manager.id, finding);
            places.entry(id.to_ascii_lowercase()).or_insert(((number, place), id));
        }
    }
    places
}

/// By what appeals of a month are judged.
struct Terms<'a> {
    terms: &'a AppealTerms,
    month: Month,
    /// The last day to file one; `None` where there is none.
    deadline: Option<NaiveDate>,
    /// Ids and names of the managers, as [`plain`] has them: nobody accepts appeals against managers who is one.
    managers: HashSet<String>,
}

impl<'a> Terms<'a> {
    fn new(book: &Book, settings: &'a Settings, month: Month, managers: &[JudgedManager]) -> Self {
        let known = |manager: &JudgedManager| {
            let id = book.managers.text(manager.id.0);
            [Some(id), book.manager_name(manager.id)].into_iter().flatten().map(plain).collect::<Vec<String>>()
        };
        Self {
            terms: &settings.appeals,
            month,
            deadline: deadline(settings, month),
            managers: managers.iter().flat_map(known).collect(),
        }
    }

    /// An appeal that no finding of the month has the id of.
    fn without_finding(&self, appeal: &Appeal) -> JudgedAppeal {
        let (state, why) = match appeal.month.filter(|month| *month != self.month) {
            Some(month) => (AppealState::OtherMonth, say(format!("属于 {month}"), format!("it is of {month}"))),
            None => (
                AppealState::NoSuchFinding,
                words("现在没有这条结论：数据更正过？", "no such finding now: were the data corrected?"),
            ),
        };
        let (appeal, finding_id) = (appeal.clone(), appeal.finding_id.to_string());
        JudgedAppeal { appeal, finding_id, finding: None, state, why: Some(why) }
    }

    /// One against a finding, whose unit it takes out if it counts.
    fn against(&self, appeal: &Appeal, manager: &mut JudgedManager, place: usize, finding_id: String) -> JudgedAppeal {
        let (rule, finding) = &mut manager.findings[place];
        let (state, why) = match appeal.decision {
            Some(Decision::Rejected) => (AppealState::Rejected, None),
            Some(Decision::Accepted) => match joined(self.objections(appeal, finding)) {
                Some(why) => (AppealState::NotCounting, Some(why)),
                None => (AppealState::Waived, None),
            },
            None if appeal.unknown.contains(Column::Decision) => {
                (AppealState::NotCounting, Some(words("审批结果读不懂", "the decision cannot be read")))
            }
            None => (AppealState::Open, None),
        };
        if state == AppealState::Waived {
            manager.outcomes[*rule].waive(finding.share_in_result);
            finding.waiver = Some(Waiver {
                at: appeal.at,
                reason_code: appeal.reason_code.clone(),
                decided_by: appeal.decided_by.clone().unwrap_or_default(),
                decided_on: appeal.decided.map(|moment| moment.date),
            });
        }
        let finding = Some(Appealed { manager: manager.id, place });
        JudgedAppeal { appeal: appeal.clone(), finding_id, finding, state, why }
    }

    /// What keeps an accepted appeal from counting.
    fn objections(&self, appeal: &Appeal, finding: &Finding) -> Vec<Words> {
        if finding.state() == State::Doubtful {
            return vec![words("该结论存疑，本来就不计", "the finding is in doubt and does not count anyway")];
        }
        let of_columns =
            [self.measured(appeal, finding), self.approver(appeal), self.code(appeal), self.filing(appeal)];
        of_columns.into_iter().flatten().collect()
    }

    fn measured(&self, appeal: &Appeal, finding: &Finding) -> Option<Words> {
        if appeal.unknown.contains(Column::Measured) {
            return Some(words("实测读不懂", "what was measured cannot be read"));
        }
        let written = appeal.measured.as_deref()?;
        let is_same = measured::is_same(written, appeal.measured_at, &finding.measured);
        (!is_same).then_some(words("结论已变化", "the finding has changed"))
    }

    fn approver(&self, appeal: &Appeal) -> Option<Words> {
        if appeal.unknown.contains(Column::DecidedBy) {
            return Some(words("审批人读不懂", "who decided cannot be read"));
        }
        let Some(by) = appeal.decided_by.as_deref() else {
            return Some(words("没有审批人", "nobody is named who decided"));
        };
        if self.managers.contains(&plain(by)) {
            return Some(words("审批人是客户经理", "who decided is a manager"));
        }
        let known = &self.terms.approvers;
        let is_known = known.is_empty() || known.iter().any(|approver| plain(approver) == plain(by));
        (!is_known).then_some(words("审批人不在 [appeals] approvers 中", "who decided is none of [appeals] approvers"))
    }

    fn code(&self, appeal: &Appeal) -> Option<Words> {
        let known = &self.terms.codes;
        let given = appeal.reason_code.as_deref().map(plain);
        let is_known = known.is_empty() || given.is_some_and(|given| known.iter().any(|code| plain(code) == given));
        (!is_known).then_some(words("原因代码不在 [appeals] codes 中", "the reason code is none of [appeals] codes"))
    }

    fn filing(&self, appeal: &Appeal) -> Option<Words> {
        let deadline = self.deadline?;
        match appeal.filed.map(|moment| moment.date) {
            None if appeal.unknown.contains(Column::FiledOn) => {
                Some(words("申诉日期读不懂", "the date of filing cannot be read"))
            }
            None => Some(words("没有申诉日期", "it is not dated")),
            Some(filed) if filed > deadline => Some(say(
                format!("逾期：应于 {deadline} 前（含当日）提出"),
                format!("filed late: {deadline} was the last day"),
            )),
            Some(_) => None,
        }
    }
}

fn joined(objections: Vec<Words>) -> Option<Words> {
    objections.into_iter().reduce(|all, next| all.then(&words("；", "; ")).then(&next))
}

/// Names and ids as they are compared: without case, width and blanks.
fn plain(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_whitespace()).collect()
}
