//! `check` for people: per manager the four headline measures, then what they rest on.

use super::Run;
use super::document::{Cell, Column, Document, Table, Tone, Value};
use crate::judgement::{JudgedManager, JudgedRule, Party, RuleOutcome, Severity, Verdict, by_rule, percent_text};
use crate::lang::{Lang, Words, counted, say, words};

/// The four measures that head every report (六.1, 六.2, 六.3, 七.1).
pub(super) const HEADLINES: [(&str, Words); 4] = [
    ("field-time", words("拜访时间", "field time")),
    ("unplanned-cap", words("计划外", "unplanned")),
    ("onsite-share", words("实地", "on-site")),
    ("spot-check-size", words("抽查", "checked")),
];

/// How a verdict is marked, so that it can be told without colour.
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "✓",
        Verdict::Fail => "✗",
        Verdict::Doubtful => "?",
        Verdict::Pending => "~",
        Verdict::NotAssessed => "-",
    }
}

pub fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Pass => Tone::Good,
        Verdict::Fail => Tone::Bad,
        Verdict::Doubtful | Verdict::Pending => Tone::Waiting,
        Verdict::NotAssessed => Tone::Faint,
    }
}

/// The whole report.
pub fn build(run: &Run, matrix: bool, lang: Lang) -> Document {
    let mut document = Document::default();
    head(run, &mut document, lang);
    document.table(headline_table(run, lang));
    document.text(legend().get(lang));
    if matrix {
        add_matrix(run, &mut document, lang);
    }
    super::findings::add(run, &mut document, lang);
    super::section::add(run, &mut document, lang);
    super::foot::add(run, &mut document, lang);
    document.text(summary(run).get(lang));
    document
}

fn head(run: &Run, document: &mut Document, lang: Lang) {
    let (month, horizon) = (run.judgement.month, run.book.horizon);
    let managers = run.judgement.managers.len() as u64;
    let title = say(
        format!("拜访规范检查 {month}：{managers} 名客户经理，数据截止 {horizon}"),
        format!("Visiting standard, {month}: {}, data to {horizon}", counted(managers, "manager")),
    );
    document.title(title.get(lang));
    if let Some(notice) = incomplete(run) {
        document.text(notice.get(lang));
    }
}

/// That the month is not over in the data, if so.
pub(super) fn incomplete(run: &Run) -> Option<Words> {
    let (month, horizon) = (run.judgement.month, run.book.horizon);
    let notice = || {
        say(
            format!("本月数据未满（{horizon} 之后尚无拜访）；未到期的项目标为 {}", mark(Verdict::Pending)),
            format!(
                "The month is not over in the data; what can still turn out well is marked {}",
                mark(Verdict::Pending)
            ),
        )
    };
    (horizon < month.last()).then(notice)
}

pub(super) fn headline_table(run: &Run, lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let mut columns = vec![Column::left(text("客户经理", "manager")), Column::left(text("部门", "branch")).if_wide()];
    columns.extend(HEADLINES.iter().map(|(id, name)| {
        let limit = limit_text(run, id, lang);
        Column::left(format!("{}\n{limit}", name.get(lang)))
    }));
    columns.push(Column::right(text("违规", "viola-\ntions")));
    columns.push(Column::right(text("提醒", "warn-\nings")));
    columns.push(Column::right(text("得分", "score")));
    let rows = run.judgement.managers.iter().map(|manager| headline_row(run, manager, lang)).collect();
    Table { columns, rows, headed: true, breaks: false }
}

/// The limit of a headline measure, as rules.toml has it.
pub(super) fn limit_text(run: &Run, id: &str, lang: Lang) -> String {
    let Some(rule) = run.ruleset.rules.iter().find(|rule| rule.meta.id == id) else {
        return words("不考核", "off").get(lang).to_owned();
    };
    let parameters = rule.judge.parameters();
    let value = |name: &str| parameters[name].to_string();
    match id {
        "field-time" => say(format!("≥{}小时", value("hours")), format!("≥ {} h", value("hours"))),
        "unplanned-cap" => Words::same(format_args!("≤ {}%", value("max_percent"))),
        "onsite-share" => Words::same(format_args!("≥ {}%", value("min_percent"))),
        _ => Words::same(format_args!("≥ {}%", value("percent"))),
    }
    .get(lang)
    .to_owned()
}

fn headline_row(run: &Run, manager: &JudgedManager, lang: Lang) -> Vec<Cell> {
    let rules = &run.judgement.rules;
    let mut row =
        vec![Cell::new(manager_name(run, manager)), Cell::new(run.book.branch(manager.id).unwrap_or_default())];
    for (id, _) in &HEADLINES {
        let place = rules.iter().position(|rule| rule.id == *id);
        row.push(place.map(|at| headline_cell(id, &manager.outcomes[at], lang)).unwrap_or_default());
    }
    for severity in [Severity::Violation, Severity::Warning] {
        let count = manager.count(rules, Party::Manager, severity);
        let bad = severity == Severity::Violation && count > 0;
        row.push(Cell::integer(count).with_tone(if bad { Tone::Bad } else { Tone::Plain }));
    }
    row.push(score_cell(manager.score));
    row
}

pub(super) fn score_cell(score: Option<f64>) -> Cell {
    score.map_or_else(|| Cell::new("-"), |score| Cell::valued(format!("{score:.2}"), Value::Number(score)))
}

/// What a headline measure counts: days kept of days assessed for field time, the rule's own share otherwise.
pub(super) fn headline_share(id: &str, outcome: &RuleOutcome) -> Option<(u64, u64)> {
    match id {
        "field-time" => (outcome.assessed > 0).then(|| (outcome.assessed - outcome.failed, outcome.assessed)),
        _ => outcome.share,
    }
}

/// Days kept of days assessed for field time, the share for shares, customers checked for spot checks.
pub(super) fn headline_cell(id: &str, outcome: &RuleOutcome, lang: Lang) -> Cell {
    let verdict = outcome.verdict();
    let share = headline_share(id, outcome);
    let figure = match (id, share) {
        ("field-time", Some((kept, of))) => say(format!("{kept}/{of}天"), format!("{kept}/{of} d")),
        ("spot-check-size", Some((count, of))) => Words::same(format_args!("{count}/{of}")),
        (_, Some((count, of))) => Words::same(percent_text(count, of)),
        _ => words("", ""),
    };
    let text = format!("{} {}", mark(verdict), figure.get(lang));
    let value = share.map(|(count, of)| Value::Share { count, of });
    Cell { value, ..Cell::toned(text.trim_end(), tone(verdict)) }
}

/// Id and name.
pub fn manager_name(run: &Run, manager: &JudgedManager) -> String {
    let (id, name) = (run.manager_text(manager.id), run.book.manager_name(manager.id).unwrap_or_default());
    format!("{id} {name}").trim_end().to_owned()
}

pub(super) fn legend() -> Words {
    words(
        "✓ 合格  ✗ 不合格  ~ 未到期  - 未考核    天：达标天数/考核天数",
        "✓ pass  ✗ fail  ~ pending  - not assessed    d: days kept of days assessed",
    )
}

/// Manager × rule: what is assessed and what failed of it.
fn add_matrix(run: &Run, document: &mut Document, lang: Lang) {
    document.heading(words("客户经理 × 规则（✗ 不合格数/考核数）", "Manager × rule (✗ failed/assessed)").get(lang));
    let rules = &run.judgement.rules;
    let mut shown: Vec<&JudgedRule> = rules.iter().collect();
    shown.dedup_by_key(|rule| rule.id);
    let mut columns = vec![Column::left(words("客户经理", "manager").get(lang))];
    columns.extend((1..=shown.len()).map(|number| Column::left(number.to_string())));
    let row = |manager: &JudgedManager| {
        let mut row = vec![Cell::new(manager_name(run, manager))];
        row.extend(by_rule(rules, &manager.outcomes).iter().map(|(_, outcome)| matrix_cell(outcome)));
        row
    };
    let rows = run.judgement.managers.iter().map(row).collect();
    document.table(Table { columns, rows, headed: true, breaks: true });
    let key = |(number, rule): (usize, &&JudgedRule)| {
        // A rule that is judged entry by entry has a clause for each; here stands that of the rule.
        let meta = run.ruleset.rules.iter().map(|active| active.meta).find(|meta| meta.id == rule.id);
        let clause = meta.map_or(rule.clause.as_str(), |meta| meta.clause);
        [(number + 1).to_string().as_str(), rule.id, clause, rule.title.get(lang)].map(Cell::new).to_vec()
    };
    let columns = vec![Column::right(""), Column::left(""), Column::left(""), Column::left("")];
    document.table(Table { columns, rows: shown.iter().enumerate().map(key).collect(), headed: false, breaks: false });
}

pub(super) fn matrix_cell(outcome: &RuleOutcome) -> Cell {
    let verdict = outcome.verdict();
    let figure = match verdict {
        Verdict::Fail => format!("{}/{}", outcome.failed, outcome.assessed),
        Verdict::Pass => outcome.assessed.to_string(),
        Verdict::Doubtful => outcome.doubtful.to_string(),
        Verdict::Pending => outcome.pending.to_string(),
        Verdict::NotAssessed => String::new(),
    };
    Cell::toned(format!("{}{figure}", mark(verdict)), tone(verdict))
}

fn summary(run: &Run) -> Words {
    let managers = run.judgement.managers.len() as u64;
    let violations = run.judgement.count(Severity::Violation);
    let warnings = run.judgement.count(Severity::Warning);
    say(
        format!("合计：{managers} 名客户经理，违规 {violations} 项，提醒 {warnings} 项"),
        format!(
            "In all: {}, {}, {}",
            counted(managers, "manager"),
            counted(violations, "violation"),
            counted(warnings, "warning")
        ),
    )
}
