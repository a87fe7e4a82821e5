//! Flat tables to be filtered and counted: a row for every day and for every finding, of all managers.

use super::days;
use crate::document::chart::{DayKind, StripDay};
use crate::document::{Cell, Column, Table, Tone, Value};
use crate::judgement::{Finding, JudgedManager, JudgedRule, Party, State, Verdict, When, finding_id};
use crate::lang::{Lang, Words, words};
use crate::parallel;
use crate::report::verdict::{clause_words, mark, severity_words};
use crate::report::{Run, appeals, evidence, sentence, share_cells};

fn heads(lang: Lang, heads: &[Words]) -> Vec<Column> {
    heads.iter().map(|head| Column::left(head.get(lang))).collect()
}

pub(super) fn manager_columns(lang: Lang) -> Vec<Column> {
    heads(lang, &[words("编号", "id"), words("客户经理", "manager"), words("部门", "branch")])
}

/// Id, name, branch.
pub(super) fn manager_cells(run: &Run, manager: &JudgedManager) -> [Cell; 3] {
    let (name, branch) = (run.book.manager_name(manager.id), run.book.branch(manager.id));
    let [name, branch] = [name, branch].map(|text| Cell::new(text.unwrap_or_default()));
    [Cell::id(run.manager_text(manager.id)), name, branch]
}

/// Every day that there is anything to say of.
pub(super) fn days(run: &Run, lang: Lang) -> Table {
    let mut columns = manager_columns(lang);
    columns.extend(heads(
        lang,
        &[
            words("日期", "date"),
            words("星期", "day"),
            words("日别", "kind of day"),
            words("拜访时间", "in the field"),
            words("时间不足", "too short"),
            words("首次实地", "first on site"),
            words("首户未按时", "too late"),
            words("计划外占比", "unplanned"),
            words("计划外户数", "unplanned customers"),
            words("拜访户数", "visited customers"),
            words("计划外超限", "too many"),
            words("标记", "mark"),
        ],
    ));
    let of_manager = |manager: &JudgedManager| -> Vec<Vec<Cell>> {
        let strip = days::strip(run, manager, lang);
        let told = strip.days.iter().filter(|day| day.is_told());
        told.map(|day| [&manager_cells(run, manager)[..], &day_cells(day, lang)].concat()).collect()
    };
    let rows: Vec<Vec<Vec<Cell>>> = parallel::map(&run.judgement.managers, of_manager);
    Table { columns, rows: rows.concat(), headed: true, breaks: false }
}

fn day_cells(day: &StripDay, lang: Lang) -> [Cell; 12] {
    let fails = |cell: &Cell| match cell.tone {
        Tone::Bad => Cell::toned(mark(Verdict::Fail), Tone::Bad),
        Tone::Waiting => Cell::toned(mark(Verdict::Doubtful), Tone::Waiting),
        _ => Cell::default(),
    };
    // A failed day may have no time to show, only its mark.
    let valued = |cell: &Cell| if cell.value.is_some() { cell.clone() } else { Cell::default() };
    let share = match day.unplanned.value {
        Some(Value::Share { count, of }) => Some((count, of)),
        _ => None,
    };
    let [_, count, of] = share_cells(share, None);
    // Behind the mark, with the decimals that it has there.
    let shown = day.unplanned.text.rsplit(' ').next().unwrap_or_default();
    let percent = Cell { value: day.unplanned.value, ..Cell::new(if share.is_some() { shown } else { "" }) };
    [
        Cell::date(day.date),
        Cell::new(&day.weekday),
        Cell::new(kind(day.kind).get(lang)),
        valued(&day.field),
        fails(&day.field),
        valued(&day.arrival),
        fails(&day.arrival),
        percent.with_tone(day.unplanned.tone),
        count,
        of,
        fails(&day.unplanned),
        Cell::new(&day.mark),
    ]
}

fn kind(kind: DayKind) -> Words {
    match kind {
        DayKind::Working => words("工作日", "working day"),
        DayKind::HalfExcused => words("半天免考核", "half excused"),
        DayKind::Excused => words("免考核", "excused"),
        DayKind::Unrecorded => words("无记录", "unrecorded"),
        DayKind::Free => words("非工作日", "no working day"),
        DayKind::Open => words("数据之外", "outside the data"),
    }
}

/// How many columns of the findings are worth paper; behind them stands what is for sums.
pub(super) const PRINTED: usize = 17;

/// The findings that are shown, the section's own among them.
pub(super) fn findings(run: &Run, lang: Lang) -> Table {
    let mut columns = manager_columns(lang);
    columns.extend(heads(
        lang,
        &[
            words("规则", "rule"),
            words("项目", "item"),
            words("条款", "clause"),
            words("内容", "what is judged"),
            words("性质", "severity"),
            words("状态", "state"),
            words("日期", "date"),
            words("期间", "period"),
            words("客户编码", "customer id"),
            words("客户名称", "customer"),
            words("测得", "measured"),
            words("要求", "required"),
            words("依据", "lines"),
            words("说明", "message"),
            words("责任方", "party"),
            words("占比", "share"),
            words("计数", "count"),
            words("总数", "of"),
            words("时长", "time"),
            words("距离（米）", "metres"),
            words("时速（公里）", "km/h"),
            words("存疑之处", "in the way"),
            words("依据行数", "number of lines"),
            words("拜访编号", "visit id"),
            words("发现编号", "finding id"),
        ],
    ));
    let rules = &run.judgement.rules;
    let of_manager = |manager: &JudgedManager| -> Vec<Vec<Cell>> {
        let row = |(rule, finding): &(usize, Finding)| {
            let cells = finding_cells(run, manager, &rules[*rule], finding, lang);
            [&manager_cells(run, manager)[..], &cells].concat()
        };
        run.shown(manager).map(row).collect()
    };
    let rows: Vec<Vec<Vec<Cell>>> = parallel::map(&run.judgement.managers, of_manager);
    Table { columns, rows: rows.concat(), headed: true, breaks: false }
}

fn finding_cells(run: &Run, manager: &JudgedManager, rule: &JudgedRule, finding: &Finding, lang: Lang) -> [Cell; 25] {
    let (date, period) = match finding.when {
        When::Date(date) => (Cell::date(date), Cell::default()),
        When::Period(period) => (Cell::default(), Cell::id(period.to_string())),
    };
    let party = match rule.party {
        Party::Manager => words("客户经理", "manager"),
        Party::Section => words("服务科", "section"),
    };
    let customer = finding.customer;
    let name = customer.and_then(|id| run.book.customer(id)).map_or("", |customer| customer.name);
    let number_cell = |number: f64| Cell::valued(number.to_string(), Value::Number(number));
    let number = |number: Option<f64>| number.map_or_else(Cell::default, number_cell);
    let [percent, count, of] = share_cells(finding.count.zip(finding.of), finding.percent);
    let counted = |number: u64| match rule.scale {
        1 => Cell::integer(number),
        scale => number_cell(number as f64 / scale as f64),
    };
    let (count, of) = (finding.count.map_or(count, counted), finding.of.map_or(of, counted));
    [
        Cell::new(rule.id),
        Cell::new(rule.item.as_deref().unwrap_or_default()),
        Cell::id(clause_words(&rule.clause).get(lang)),
        Cell::new(rule.title.get(lang)),
        Cell::new(severity_words(rule.severity).get(lang)),
        state(finding.state(), lang),
        date,
        period,
        customer.map_or_else(Cell::default, |id| Cell::id(run.book.customers.text(id.0))),
        Cell::new(name),
        Cell::new(finding.measured.get(lang)),
        Cell::new(finding.required.get(lang)),
        Cell::new(evidence::short(run.book, &finding.evidence)),
        Cell::new(sentence::of(run.book, finding).get(lang)),
        Cell::new(party.get(lang)),
        percent,
        count,
        of,
        finding.seconds.map_or_else(Cell::default, Cell::hours),
        number(finding.metres),
        number(finding.kmh),
        in_the_way(run, finding, lang),
        Cell::integer(finding.evidence.total as u64),
        Cell::id(finding.visit_id.as_deref().unwrap_or_default()),
        Cell::id(finding_id(run.book.names(), rule, manager.id, finding)),
    ]
}

/// What is in the way of the verdict, or the appeal that took the unit out.
fn in_the_way(run: &Run, finding: &Finding, lang: Lang) -> Cell {
    match (&finding.waiver, &finding.doubt) {
        (Some(waiver), _) => Cell::new(appeals::waiver(run.book, waiver)),
        (None, Some(doubt)) => Cell::new(evidence::doubt(run.book, doubt).get(lang)),
        (None, None) => Cell::default(),
    }
}

fn state(state: State, lang: Lang) -> Cell {
    let (said, tone) = match state {
        State::Counted => (words("计入", "counted"), Tone::Plain),
        State::Doubtful => (words("存疑", "in doubt"), Tone::Waiting),
        State::Waived => (words("申诉成立", "waived"), Tone::Faint),
    };
    Cell::toned(said.get(lang), tone)
}
