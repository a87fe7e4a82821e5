//! What the report rests on: the data, the definitions, the parameters, where it all comes from.

use crate::document::{Cell, Column, Document, Table, Tone};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::{ColumnsFile, FileInfo};
use crate::model::{Field, Kind, Scoring, ScoringMode};
use crate::report::explain::{self, Explained};
use crate::report::verdict::clause_words;
use crate::report::{Run, appeals, check, points, rows};
use crate::rules::parameters::Parameter;

/// A line that tells whether all is well, and what it rests on.
pub(super) fn data(run: &Run, lang: Lang) -> (Cell, Document) {
    let mut document = Document::default();
    check::add_data(run, &mut document, lang);
    let unassessed = check::unassessed(run);
    if !unassessed.is_empty() {
        document.text(words("未考核的规则及原因", "Rules that were not assessed, and why").get(lang));
        document.table(check::not_assessed(&unassessed, lang));
    }
    appeals::add_left(run, &mut document, lang);
    let used: u64 = run.accounts.inputs.iter().map(|input| input.rows.used).sum();
    let (files, rejected, bad) =
        (run.accounts.inputs.len() as u64, run.accounts.rows_rejected(), run.accounts.sorts_of_bad_cells);
    let (unknown, doubtful) = (run.unknown_customers().len() as u64, run.judgement.doubtful());
    let summary = say(
        format!(
            "{files} 个文件，使用 {used} 行，拒绝 {rejected} 行，坏单元格 {bad} 种，档案外客户 {unknown} 户，存疑 {doubtful} 项，未考核规则 {} 条",
            unassessed.len()
        ),
        format!(
            "{}, {} used, {rejected} rejected, {} of bad cells, {} not in the archive, {doubtful} in doubt, {} not assessed",
            counted(files, "file"),
            counted(used, "row"),
            counted(bad, "kind"),
            counted(unknown, "customer"),
            counted(unassessed.len() as u64, "rule")
        ),
    );
    let waived = match run.judgement.waived() {
        0 => words("", ""),
        n => say(format!("，申诉成立 {n} 项"), format!(", {n} waived")),
    };
    let summary = summary.then(&waived);
    let tone = if rejected > 0 || bad > 0 || doubtful > 0 { Tone::Waiting } else { Tone::Plain };
    (Cell::toned(summary.get(lang), tone), document)
}

/// How the figures are meant (SPEC §1, §3), and each rule with its parameters.
pub(super) fn definitions(run: &Run, lang: Lang) -> Document {
    let mut document = Document::default();
    let row = |(term, meaning): &(Words, Words)| vec![Cell::new(term.get(lang)), Cell::new(meaning.get(lang))];
    let columns = vec![Column::left(words("名词", "term").get(lang)), Column::left(words("含义", "meaning").get(lang))];
    let score = (words("得分", "score"), score(&run.ruleset.settings.scoring));
    let rows = TERMS.iter().chain([&score]).map(row).collect();
    document.table(Table { columns, rows, headed: true, breaks: false });
    document.table(parameters(run, lang));
    document
}

static TERMS: [(Words, Words); 8] = [
    (
        words("数据截止日", "horizon"),
        words(
            "数据所到的最后一个拜访日；其后尚不能下结论的单位为“未到期”",
            "the last date of visits that the data reach to; what cannot be told yet is pending",
        ),
    ),
    (
        words("合格、不合格", "pass, fail"),
        words(
            "考核的单位全部达标为合格，有一个未达标即不合格",
            "a manager passes a rule where every unit assessed meets it, and fails it where one does not",
        ),
    ),
    (
        words("存疑", "in doubt"),
        words(
            "结论取决于读不懂的单元格或被拒绝的行：既不算合格也不算不合格，不计分",
            "the verdict hangs on a cell that could not be read or on a rejected row: neither passed nor failed, not scored",
        ),
    ),
    (
        words("未考核", "not assessed"),
        words(
            "缺少数据或没有可考核的单位：既不算合格也不算不合格",
            "data are missing or there is no unit to assess: neither pass nor fail",
        ),
    ),
    (
        words("免考核日", "excused"),
        words(
            "日工作记录登记为会议、培训、请假等的日子，可为半天",
            "days that the day records give to meetings, training or leave, in part or in full",
        ),
    ),
    (
        words("无记录日", "unrecorded"),
        words(
            "没有任何拜访、日工作记录也说明不了的工作日，不参加按日考核",
            "working days without any visit that no day record could speak of: no rule of days assesses them",
        ),
    ),
    (
        words("应拜访户", "due customers"),
        words(
            "本月在营、未停货、非本月入网的所管客户；两月、季度周期的只在该期最后一个月应拜访",
            "a manager's customers open in the month, not opened in it and not suspended; of longer cycles only in the last month of theirs",
        ),
    ),
    (
        words("首次实地", "first on site"),
        words(
            "当天最早的实地拜访；首户到达按计划第一户考核，不合格标 ✗",
            "the day's earliest on-site visit; first arrival is judged at the first planned customer and marked ✗ where it fails",
        ),
    ),
];

fn score(scoring: &Scoring) -> Words {
    match scoring.mode {
        ScoringMode::Points => points::definition(scoring),
        ScoringMode::Rate => words(
            "各规则合格比例的加权平均 × 100，违规权重 1，提醒 0.5，数据核实类和服务科职责 0（可另定）；未考核、存疑和未到期的不计",
            "the weighted mean of the rules' shares of units that pass, × 100; violations weigh 1, warnings 0.5, integrity and the section's duties 0 unless set; what is not assessed, in doubt or pending does not count",
        ),
    }
}

fn parameters(run: &Run, lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(text("规则", "rule")),
        Column::left(text("内容", "what is judged")),
        Column::left(text("条款", "clause")),
        Column::left(text("性质", "severity")),
        Column::left(text("考核", "assessed")),
        Column::left(text("不合格的情形", "fails when")),
        Column::left(text("参数", "parameters")),
    ];
    let row = |rule: &Explained| {
        let meta = rule.meta;
        let severity = explain::severity_words(rule.severity());
        let own = rule.parameters().iter().filter(|parameter| parameter.name != "severity");
        let values: Vec<String> = own.map(|parameter| parameter_words(parameter).get(lang).to_owned()).collect();
        let (title, assessed, fails) = (meta.title.get(lang), meta.assessed.get(lang), meta.fails.get(lang));
        let clause = clause_words(meta.clause);
        let texts = [meta.id, title, clause.get(lang), severity.get(lang), assessed, fails];
        texts.map(Cell::new).into_iter().chain([Cell::new(values.join("; "))]).collect()
    };
    let rules = explain::all(run.ruleset, None);
    Table { columns, rows: rules.iter().map(row).collect(), headed: true, breaks: false }
}

/// As rules.toml has it; columns by what people call them; of a cadence entry what is due how often.
fn parameter_words(parameter: &Parameter) -> Words {
    let Parameter { name, value, .. } = parameter;
    if let Some(entry) = value.as_table().filter(|entry| entry.contains_key("item")) {
        return due(entry);
    }
    let fields = Kind::Customers.fields();
    let field = |name: &toml::Value| fields.iter().find(|field| name.as_str() == Some(field.column.name()));
    let columns: Option<Vec<Words>> =
        value.as_array().and_then(|all| all.iter().map(|one| field(one).map(Field::words)).collect());
    match columns.and_then(|all| all.into_iter().reduce(|all, next| all.then(&words("、", ", ")).then(&next))) {
        Some(list) => say(format!("{name} = {}", list.zh), format!("{name} = {}", list.en)),
        None => Words::same(format_args!("{name} = {value}")),
    }
}

/// `客户分析报告（每户每月）`
fn due(entry: &toml::Table) -> Words {
    let text = |name: &str| entry.get(name).and_then(toml::Value::as_str).unwrap_or_default();
    let alias = entry.get("aliases").and_then(|all| all.get(0)?.as_str());
    let per = match text("per") {
        "customer" => words("每户", "per customer"),
        _ => words("每名客户经理", "per manager"),
    };
    let every = match text("every") {
        "week" => words("每周", "every week"),
        "quarter" => words("每季度", "every quarter"),
        "half-year" => words("每半年", "every half-year"),
        _ => words("每月", "every month"),
    };
    let min =
        entry.get("min").and_then(toml::Value::as_integer).map(|n| say(format!("至少 {n} 次"), format!(", min {n}")));
    let min = min.unwrap_or(words("", ""));
    say(
        format!("{}（{}{}{}）", alias.unwrap_or(text("item")), per.zh, every.zh, min.zh),
        format!("{} ({}, {}{})", text("item"), per.en, every.en, min.en),
    )
}

pub(super) fn provenance(run: &Run, lang: Lang) -> Document {
    let mut document = Document::default();
    let (month, horizon) = (run.judgement.month, run.book.horizon);
    let when = say(format!("月份 {month}，数据截止 {horizon}"), format!("month {month}, data to {horizon}"));
    document.text(when.get(lang));
    document.text(rows::provenance(run.ruleset).get(lang));
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(text("文件", "file")),
        Column::left(text("类别", "kind")),
        Column::left(text("编码", "encoding")),
        Column::right(text("使用行数", "rows used")),
        Column::left("SHA-256"),
    ];
    let row = |input: &FileInfo| {
        vec![
            Cell::new(&input.source.shown),
            Cell::new(input.source.kind.name()),
            Cell::new(input.format()),
            Cell::integer(input.rows.used),
            Cell::id(&input.sha256),
        ]
    };
    let mapping = |file: &ColumnsFile| {
        let what = Cell::new(text("列名对应", "names of columns"));
        vec![Cell::new(&file.path), what, Cell::default(), Cell::default(), Cell::id(&file.sha256)]
    };
    let rows = run.accounts.inputs.iter().map(row).chain(run.accounts.columns.iter().map(mapping)).collect();
    document.table(Table { columns, rows, headed: true, breaks: false });
    document
}
