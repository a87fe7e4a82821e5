//! `diff` for people.

pub mod json;

use crate::diff::{CheckResult, Diff, Finding, Manager, Outcome, Turn, VerdictChange};
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::lang::{Lang, Words, counted, say, words};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many findings of a sort are listed before the rest is only counted: scripts read the JSON.
const SHOWN: usize = 50;

/// A comparison and the names of its files.
pub struct Compared<'a> {
    pub diff: Diff<'a>,
    pub a: &'a str,
    pub b: &'a str,
}

pub fn build(compared: &Compared, lang: Lang) -> Document {
    let diff = &compared.diff;
    let names = names(diff);
    let mut document = Document::default();
    let title = say(
        format!("检查结果对比：{} → {}", diff.a.month, diff.b.month),
        format!("Two results of check: {} → {}", diff.a.month, diff.b.month),
    );
    document.title(title.get(lang));
    document.table(sides(compared, lang));
    if diff.is_empty() {
        document.text(words("没有任何变化", "nothing differs").get(lang));
    }
    add(&mut document, words("参数变化", "Parameters"), parameters(diff, lang), lang);
    add(&mut document, words("数据文件变化", "Input files"), inputs(diff, lang), lang);
    add(&mut document, words("人员变化", "Managers"), people(diff, &names, lang), lang);
    add(&mut document, words("得分变化", "Scores"), scores(diff, &names, lang), lang);
    add(&mut document, words("结论变化", "Verdicts"), verdicts(diff, &names, lang), lang);
    add(&mut document, words("各规则不合格数", "Failed units by rule"), counts(diff, lang), lang);
    add_findings(diff, &mut document, lang);
    document.text(summary(diff).get(lang));
    document
}

fn add(document: &mut Document, heading: Words, table: Table, lang: Lang) {
    if !table.rows.is_empty() {
        document.heading(heading.get(lang));
        document.table(table);
    }
}

fn table(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    let headed = columns.iter().any(|column| !column.head.is_empty());
    Table { columns, rows, headed, breaks: false }
}

fn plain(columns: usize) -> Vec<Column> {
    vec![Column::left(""); columns]
}

fn sides(compared: &Compared, lang: Lang) -> Table {
    let row = |mark: &str, file: &str, result: &CheckResult| {
        let rules = result.rules.path.as_deref().unwrap_or(words("内置规则", "built-in rules").get(lang)).to_owned();
        let to = say(format!("数据截止 {}", result.horizon), format!("data to {}", result.horizon));
        let program = format!("baifang {}", result.version);
        let rules = format!("{rules} {}…", result.rules.sha256.get(..12).unwrap_or(&result.rules.sha256));
        [mark, file, to.get(lang), &program, &rules].map(Cell::new).to_vec()
    };
    let diff = &compared.diff;
    table(plain(5), vec![row("A", compared.a, diff.a), row("B", compared.b, diff.b)])
}

fn parameters(diff: &Diff, lang: Lang) -> Table {
    let none = || words("（无）", "(none)").get(lang).to_owned();
    let value = |value: Option<&Value>| value.map_or_else(none, Value::to_string);
    let rows = diff.parameters.iter().map(|one| {
        [one.rule.to_owned(), one.name.to_owned(), value(one.a), "→".to_owned(), value(one.b)].map(Cell::new).to_vec()
    });
    table(plain(5), rows.collect())
}

fn inputs(diff: &Diff, lang: Lang) -> Table {
    let rows = diff.inputs.iter().map(|one| {
        let told = match (one.a, one.b) {
            (Some(_), Some(_)) => words("内容不同", "content differs"),
            (None, _) => words("仅 B 有", "only in B"),
            (_, None) => words("仅 A 有", "only in A"),
        };
        [one.kind, one.path, told.get(lang)].map(Cell::new).to_vec()
    });
    table(plain(3), rows.collect())
}

/// Id, name and branch of the managers of both sides, as the later one has them.
type Names<'a> = BTreeMap<&'a str, String>;

fn names<'a>(diff: &Diff<'a>) -> Names<'a> {
    let name = |manager: &'a Manager| {
        let parts = [Some(&manager.manager_id), manager.name.as_ref(), manager.branch.as_ref()];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        (manager.manager_id.as_str(), parts.join(" "))
    };
    diff.a.managers.iter().chain(&diff.b.managers).map(name).collect()
}

fn people(diff: &Diff, names: &Names, lang: Lang) -> Table {
    let row = |id: &str, told: Words| vec![Cell::new(&names[id]), Cell::new(told.get(lang))];
    let came = diff.came.iter().map(|id| row(id, words("仅 B 有", "only in B")));
    let went = diff.went.iter().map(|id| row(id, words("仅 A 有", "only in A")));
    table(plain(2), came.chain(went).collect())
}

fn scores(diff: &Diff, names: &Names, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("客户经理", "manager")),
        Column::right("A"),
        Column::right("B"),
        Column::right(head("增减", "change")),
    ];
    let score = |score: Option<f64>| Cell::new(score.map_or_else(|| "-".to_owned(), |score| format!("{score:.2}")));
    let rows = diff.scores.iter().map(|one| {
        let change = one.a.zip(one.b).map(|(a, b)| b - a);
        let tone = change.map_or(Tone::Faint, |change| if change < 0.0 { Tone::Bad } else { Tone::Good });
        let change = change.map_or_else(|| "-".to_owned(), |change| format!("{change:+.2}"));
        vec![Cell::new(&names[one.manager]), score(one.a), score(one.b), Cell::toned(change, tone)]
    });
    table(columns, rows.collect())
}

fn rule(rule: &str, item: Option<&str>) -> String {
    format!("{rule} {}", item.unwrap_or_default()).trim_end().to_owned()
}

fn verdicts(diff: &Diff, names: &Names, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("客户经理", "manager")),
        Column::left(head("规则", "rule")),
        Column::left("A"),
        Column::left("B"),
        Column::left(""),
    ];
    let row = |(number, one): (usize, &VerdictChange)| {
        // Whose verdicts these are stands in the first row.
        let again = number > 0 && diff.verdicts[number - 1].manager == one.manager;
        let manager = if again { String::new() } else { names[one.manager].clone() };
        let (told, tone) = match one.turn {
            Turn::Worse => (words("变差", "worse"), Tone::Bad),
            Turn::Better => (words("变好", "better"), Tone::Good),
            Turn::Doubt => (words("存疑，未定", "hangs on doubt"), Tone::Waiting),
            Turn::Changed => (words("", ""), Tone::Plain),
        };
        vec![
            Cell::new(manager),
            Cell::new(rule(one.rule, one.item)),
            Cell::new(verdict(one.a, lang)),
            Cell::toned(verdict(one.b, lang), tone),
            Cell::toned(told.get(lang), tone),
        ]
    };
    table(columns, diff.verdicts.iter().enumerate().map(row).collect())
}

/// `✗ 3/22`, as the matrix of `check` has it.
fn verdict(outcome: Option<&Outcome>, lang: Lang) -> String {
    let Some(outcome) = outcome else { return words("不考核", "not judged").get(lang).to_owned() };
    let unsure = if outcome.doubtful > 0 { format!(" ?{}", outcome.doubtful) } else { String::new() };
    let waived = if outcome.waived > 0 { format!(" *{}", outcome.waived) } else { String::new() };
    let told = match outcome.verdict.as_str() {
        "pass" => format!("✓ {}{unsure}", outcome.assessed),
        "fail" => format!("✗ {}/{}{unsure}", outcome.failed, outcome.assessed),
        "doubtful" => format!("? {}", outcome.doubtful),
        "pending" => format!("~ {}", outcome.pending),
        _ => "-".to_owned(),
    };
    told + &waived
}

fn counts(diff: &Diff, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("规则", "rule")),
        Column::right("A"),
        Column::right("B"),
        Column::right(head("增减", "change")),
    ];
    let rows = diff.counts.iter().map(|one| {
        let change = one.b as i128 - one.a as i128;
        let cells = [rule(one.rule, one.item), one.a.to_string(), one.b.to_string(), format!("{change:+}")];
        cells.map(Cell::new).to_vec()
    });
    table(columns, rows.collect())
}

fn add_findings(diff: &Diff, document: &mut Document, lang: Lang) {
    let Some(found) = &diff.findings else {
        let why = if diff.a.month != diff.b.month {
            words(
                "月份不同，各条发现日期不同，只比较结论和数量",
                "The months differ, and with them all dates: only verdicts and counts are compared",
            )
        } else {
            words(
                "至少一方没有全部发现（--findings），只比较结论和数量",
                "One side does not hold all its findings (--findings): only verdicts and counts are compared",
            )
        };
        return document.text(why.get(lang));
    };
    let row = |one: &Finding, measured: String| {
        let customer = one.customer_id.as_deref().unwrap_or_default();
        let cells = [one.manager_id.as_str(), &rule(&one.rule, one.item.as_deref()), one.when(), customer, &measured];
        cells.map(Cell::new).to_vec()
    };
    let own = |findings: &[&Finding]| findings.iter().map(|one| row(one, one.measured.clone())).collect::<Vec<_>>();
    let changed = found.changed.iter().map(|pair| row(pair.1, change(pair))).collect();
    let state = |one: Option<&Finding>| match one.map(|one| one.state.as_str()) {
        Some("counted") => words("计入", "counted"),
        Some("doubtful") => words("存疑", "in doubt"),
        Some("waived") => words("申诉成立", "waived"),
        _ => words("无", "none"),
    };
    let turned = |a: Option<&Finding>, b: Option<&Finding>| {
        let (before, after) = (state(a), state(b));
        let told = format!("{} → {}", before.get(lang), after.get(lang));
        b.or(a).map(|one| row(one, format!("{}, {told}", one.measured)))
    };
    let of_both = found.turned.iter().map(|(a, b)| (Some(*a), Some(*b)));
    let turned = of_both.chain(found.apart.iter().copied()).filter_map(|(a, b)| turned(a, b)).collect();
    for (heading, rows) in [
        (words("新出现的发现", "Findings that appeared"), own(&found.appeared)),
        (words("消失的发现", "Findings that vanished"), own(&found.vanished)),
        (words("有变化的发现", "Findings that changed"), changed),
        (words("存疑、申诉成立的变化", "In doubt or waived on one side"), turned),
    ] {
        let all = rows.len();
        let heading = say(format!("{}：{all}", heading.zh), format!("{}: {all}", heading.en));
        add(document, heading, table(plain(5), rows.into_iter().take(SHOWN).collect()), lang);
        if all > SHOWN {
            let rest = all - SHOWN;
            let more = say(
                format!("……另有 {rest} 项（--format json 列出全部）"),
                format!("… and {rest} more (--format json lists all)"),
            );
            document.text(more.get(lang));
        }
    }
}

/// What differs of two findings: `2/7 (28.6%), ≤ 20% → ≤ 10%`.
fn change((a, b): &(&Finding, &Finding)) -> String {
    let parts = [(&a.measured, &b.measured), (&a.required, &b.required), (&a.severity, &b.severity)];
    let told = |(number, (a, b)): (usize, &(&String, &String))| match a == b {
        // The measure tells what the finding is of.
        true => (number == 0).then(|| b.to_string()),
        false => Some(format!("{a} → {b}")),
    };
    parts.iter().enumerate().filter_map(told).collect::<Vec<_>>().join(", ")
}

fn summary(diff: &Diff) -> Words {
    let count = |turn| diff.verdicts.iter().filter(|verdict| verdict.turn == turn).count() as u64;
    let (worse, better) = (count(Turn::Worse), count(Turn::Better));
    let unsure = match count(Turn::Doubt) {
        0 => words("", ""),
        n => say(format!("，{n} 项因存疑未定"), format!(", {n} that hang on doubt")),
    };
    let told = say(
        format!("合计：变差 {worse} 项，变好 {better} 项"),
        format!("In all: {} worse, {} better", counted(worse, "verdict"), counted(better, "verdict")),
    );
    told.then(&unsure)
}
