//! What became of appeals: the register for people, what `check` and the report say of those that do not count, and the form
//! to file them on.

pub mod csv;
pub mod form;
pub mod json;

use super::verdict::WAIVED;
use super::{Run, evidence, rows};
use crate::appeals::{Counts, Group, deadline, summary};
use crate::book::Book;
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::judgement::{AppealState, Finding, JudgedAppeal, JudgedRule, Waiver};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::Accounts;
use crate::model::{DateSpan, ManagerId, Moment, Month};
use std::collections::BTreeMap;

/// The finding that an appeal is against, with its rule.
pub(super) fn found<'a>(run: &Run<'a>, appeal: &JudgedAppeal) -> Option<(&'a JudgedRule, &'a Finding)> {
    let finding = appeal.finding?;
    let managers = &run.judgement.managers;
    let number = managers.binary_search_by_key(&finding.manager, |manager| manager.id).ok()?;
    let (rule, finding) = managers[number].findings.get(finding.place)?;
    Some((&run.judgement.rules[*rule], finding))
}

/// That there is none, and how one is filed.
const NONE: Words = words(
    "本月没有申诉；申诉表用 --form 文件.xlsx 写出，填好后放进数据文件夹",
    "There is no appeal against a finding of the month; --form FILE.xlsx writes the form, which goes into the data folder once it is filled in",
);

/// The whole register.
pub fn build(run: &Run, accounts: &Accounts, lang: Lang) -> Document {
    let mut document = Document::default();
    let (month, appeals) = (run.judgement.month, &run.judgement.appeals);
    let title = say(
        format!("申诉登记 {month}：{} 件，数据截止 {}", appeals.len(), run.book.horizon),
        format!("Appeals, {month}: {}, data to {}", appeals.len(), run.book.horizon),
    );
    document.title(title.get(lang));
    if let Some(notice) = run.incomplete() {
        document.text(notice.get(lang));
    }
    let is_of_month = |appeal: &&JudgedAppeal| appeal.finding.is_some();
    let (own, others): (Vec<&JudgedAppeal>, Vec<&JudgedAppeal>) = appeals.iter().partition(is_of_month);
    match own.is_empty() {
        true => document.text(NONE.get(lang)),
        false => add_register(run, &own, &mut document, lang),
    }
    if !others.is_empty() {
        document.heading(words("不是本月结论的申诉", "Appeals against no finding of the month").get(lang));
        document.table(without_finding(run, &others, lang));
    }
    if !own.is_empty() {
        document.heading(words("按客户经理、原因代码、审批人", "By manager, code and approver").get(lang));
        document.table(counts(run, lang));
    }
    let until = deadline(&run.ruleset.settings, month).unwrap_or(month.last());
    let span = DateSpan { first: month.first(), last: until };
    rows::add_foot(run.book, accounts, run.ruleset, span, &mut document, lang);
    document
}

/// Manager by manager: what was found, code and dates, what became of it.
fn add_register(run: &Run, appeals: &[&JudgedAppeal], document: &mut Document, lang: Lang) {
    let manager = |one: &JudgedAppeal| one.finding.map(|finding| finding.manager);
    for of_manager in appeals.chunk_by(|one, two| manager(one) == manager(two)) {
        let id = manager(of_manager[0]);
        if let Some(judged) = run.judgement.managers.iter().find(|judged| Some(judged.id) == id) {
            document.caption(run.manager_name(judged), Tone::Plain);
        }
        let row = |one: &&JudgedAppeal| {
            let (found, filed) = (in_words(run, one, lang), filed_and_decided(run, one, lang));
            vec![Cell::id(&one.finding_id), Cell::new(found), Cell::new(filed), state(one, lang)]
        };
        let columns = ["", "", "", ""].map(Column::left).to_vec();
        document.table(Table { columns, rows: of_manager.iter().map(row).collect(), headed: false, breaks: false });
    }
}

/// `M002 `, where the appeal is against a finding.
fn whose(run: &Run, appeal: &JudgedAppeal) -> String {
    appeal.finding.map(|finding| format!("{} ", run.manager_text(finding.manager))).unwrap_or_default()
}

/// `2026-09-03 call proof C0123: no call`
fn in_words(run: &Run, appeal: &JudgedAppeal, lang: Lang) -> String {
    let Some((rule, finding)) = found(run, appeal) else { return String::new() };
    let customer = finding.customer.map_or("", |id| run.book.customers.text(id.0));
    let when = finding.when.to_string();
    let parts: Vec<&str> =
        [&*when, rule.title.get(lang), customer].into_iter().filter(|part| !part.is_empty()).collect();
    let told = say(
        format!("{}：{}", parts.join(" "), finding.measured.zh),
        format!("{}: {}", parts.join(" "), finding.measured.en),
    );
    told.get(lang).to_owned()
}

/// `设备故障, filed 2026-10-09, decided 2026-10-12 by 王科长 (appeals.csv:3)`
fn filed_and_decided(run: &Run, one: &JudgedAppeal, lang: Lang) -> String {
    let appeal = &one.appeal;
    let date = |moment: Option<Moment>| moment.map(|moment| moment.date.to_string());
    let filed = date(appeal.filed).map(|date| say(format!("{date} 提出"), format!("filed {date}")));
    let decided = match (date(appeal.decided), appeal.decided_by.as_deref()) {
        (Some(date), Some(by)) => Some(say(format!("{date} {by} 审批"), format!("decided {date} by {by}"))),
        (Some(date), None) => Some(say(format!("{date} 审批"), format!("decided {date}"))),
        (None, Some(by)) => Some(say(format!("{by} 审批"), format!("decided by {by}"))),
        (None, None) => None,
    };
    let code = appeal.reason_code.as_deref().map(Words::same);
    let parts = [code, filed, decided].into_iter().flatten();
    let told = parts.reduce(|all, next| all.then(&words("，", ", ")).then(&next)).unwrap_or(words("", ""));
    let place = evidence::place(run.book, appeal.at);
    told.then(&say(format!("（{place}）"), format!(" ({place})"))).get(lang).trim_start().to_owned()
}

fn state(appeal: &JudgedAppeal, lang: Lang) -> Cell {
    let (told, tone) = match appeal.state {
        AppealState::Waived => (words("成立，不计", "waived"), Tone::Good),
        AppealState::Open => (words("待审批", "open"), Tone::Waiting),
        AppealState::Rejected => (words("驳回", "rejected"), Tone::Plain),
        AppealState::NotCounting => (words("不作数", "not counting"), Tone::Bad),
        AppealState::OtherMonth => (words("其他月份", "other month"), Tone::Faint),
        AppealState::NoSuchFinding => (words("无此结论", "no such finding"), Tone::Bad),
    };
    let told = match (&appeal.why, appeal.finding) {
        (Some(why), Some(_)) => told.then(&say(format!("：{}", why.zh), format!(": {}", why.en))),
        // Of those against no finding the reason is the state.
        (Some(why), None) => why.clone(),
        (None, _) => told,
    };
    Cell::toned(told.get(lang), tone)
}

fn without_finding(run: &Run, appeals: &[&JudgedAppeal], lang: Lang) -> Table {
    let row = |one: &&JudgedAppeal| {
        let place = evidence::place(run.book, one.appeal.at);
        vec![Cell::id(&one.finding_id), state(one, lang), Cell::new(place)]
    };
    let heads = [words("结论编号", "finding"), words("处理", "state"), words("所在行", "line")];
    let columns = heads.iter().map(|head| Column::left(head.get(lang))).collect();
    Table { columns, rows: appeals.iter().map(row).collect(), headed: true, breaks: false }
}

fn counts(run: &Run, lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let mut columns = vec![Column::left(""), Column::left("")];
    columns.extend(
        [
            text("提出", "filed"),
            text("成立", "waived"),
            text("驳回", "rejected"),
            text("待审批", "open"),
            text("不作数", "not counting"),
        ]
        .map(Column::right),
    );
    let row = |(group, key, counts): &(Group, Option<&str>, Counts)| {
        let group = match group {
            Group::Manager => words("客户经理", "manager"),
            Group::Code => words("原因代码", "code"),
            Group::Approver => words("审批人", "approver"),
        };
        let Counts { filed, waived, rejected, open, not_counting } = counts;
        let mut row = vec![
            Cell::new(group.get(lang)),
            key.map_or_else(|| Cell::toned(text("（未填）", "(none)"), Tone::Faint), Cell::new),
        ];
        row.extend([filed, waived, rejected, open, not_counting].map(|count| Cell::integer(*count)));
        row
    };
    let rows = summary(run.book, &run.judgement.appeals).iter().map(row).collect();
    Table { columns, rows, headed: true, breaks: false }
}

/// Code, who and when of a waived unit, and where that is written.
pub(super) fn waiver(book: &Book, waiver: &Waiver) -> String {
    let (date, place) = (waiver.decided_on.map(|date| date.to_string()), evidence::place(book, waiver.at));
    let parts = [waiver.reason_code.as_deref(), Some(&waiver.decided_by), date.as_deref(), Some(&place)];
    parts.into_iter().flatten().collect::<Vec<&str>>().join(" ")
}

/// The appeals of a manager's findings, and how they stand.
pub(super) fn of_manager(run: &Run, id: ManagerId, lang: Lang) -> Table {
    let own = run.judgement.appeals.iter().filter(|one| one.finding.is_some_and(|finding| finding.manager == id));
    let row = |one: &JudgedAppeal| {
        let told = [in_words(run, one, lang), filed_and_decided(run, one, lang)];
        vec![Cell::id(&one.finding_id), Cell::new(&told[0]), Cell::new(&told[1]), state(one, lang)]
    };
    let heads =
        [words("结论编号", "finding"), words("申诉的结论", "against"), words("申诉", "appeal"), words("处理", "state")];
    let columns = heads.iter().map(|head| Column::left(head.get(lang))).collect();
    Table { columns, rows: own.map(row).collect(), headed: true, breaks: false }
}

/// How waived units are marked, where there are any.
pub(super) fn legend(run: &Run) -> Option<Words> {
    (run.judgement.waived() > 0)
        .then(|| say(format!("{WAIVED} 申诉成立，不计"), format!("{WAIVED} waived by appeals: not counted")))
}

/// The appeals that do not count, with the reason; those of other months are only counted.
pub(super) fn add_left(run: &Run, document: &mut Document, lang: Lang) {
    let is_left = |one: &&JudgedAppeal| matches!(one.state, AppealState::NotCounting | AppealState::NoSuchFinding);
    let left: Vec<&JudgedAppeal> = run.judgement.appeals.iter().filter(is_left).collect();
    let mut months: BTreeMap<Month, u64> = BTreeMap::new();
    for one in run.judgement.appeals.iter().filter(|one| one.state == AppealState::OtherMonth) {
        *months.entry(one.appeal.month.unwrap_or(run.judgement.month)).or_default() += 1;
    }
    if left.is_empty() && months.is_empty() {
        return;
    }
    document.heading(words("不作数的申诉", "Appeals that do not count").get(lang));
    let row = |one: &&JudgedAppeal| {
        vec![
            Cell::id(&one.finding_id),
            Cell::new(whose(run, one) + &in_words(run, one, lang)),
            Cell::new(one.why.as_ref().map_or("", |why| why.get(lang))),
            Cell::new(evidence::place(run.book, one.appeal.at)),
        ]
    };
    let columns = ["", "", "", ""].map(Column::left).to_vec();
    document.table(Table { columns, rows: left.iter().map(row).collect(), headed: false, breaks: false });
    if !months.is_empty() {
        let all: u64 = months.values().sum();
        let listed = |(month, n): (&Month, &u64)| format!("{month} ({n})");
        let listed: Vec<String> = months.iter().map(listed).collect();
        let told = say(
            format!("属于其他月份的 {all} 件：{}", listed.join("、")),
            format!("{} of other months: {}", counted(all, "appeal"), listed.join(", ")),
        );
        document.text(told.get(lang));
    }
}
