//! `lint` for people: what became of the rows, what is odd in them, what the files hold, and whether they can be judged.

pub mod json;

use super::rows::{self, SHOWN};
use super::{Remark, evidence, obstacles, remarks};
use crate::book::Book;
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::judgement::{Evidence, Judgement};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::{Accounts, FileInfo, Superseded};
use crate::model::{self, Kind, Month, Need};
use crate::obstacle::Obstacle;
use crate::quality::{Impossible, Quality};
use crate::rules::config::Ruleset;

/// Everything that the report may speak of.
pub struct Lint<'a> {
    pub month: Month,
    pub book: &'a Book,
    pub ruleset: &'a Ruleset,
    pub accounts: &'a Accounts,
    pub quality: &'a Quality,
    pub remarks: Vec<Remark>,
    pub unknown_customers: Vec<&'a str>,
    /// Those of the month.
    pub obstacles: &'a [Obstacle],
}

impl<'a> Lint<'a> {
    /// Of what the data come to where they are judged only what stands in the way is told.
    pub fn new(
        judgement: &'a Judgement,
        book: &'a Book,
        ruleset: &'a Ruleset,
        accounts: &'a Accounts,
        quality: &'a Quality,
    ) -> Self {
        Self {
            month: judgement.month,
            book,
            ruleset,
            accounts,
            quality,
            obstacles: &judgement.obstacles,
            remarks: remarks::of_data(judgement, book, ruleset, accounts),
            unknown_customers: super::unknown_customers(book, None),
        }
    }

    /// Rows that another one stands for, of a kind, in file order.
    pub fn superseded(&self, kind: Kind) -> &'a [Superseded] {
        let superseded = &self.accounts.superseded;
        let start = superseded.iter().position(|pair| pair.kind == kind).unwrap_or(superseded.len());
        let length = superseded[start..].iter().take_while(|pair| pair.kind == kind).count();
        &superseded[start..start + length]
    }
}

/// The columns of the kind that a file does not have. Of columns of which one will do, a file that was read has one.
pub fn missing(input: &FileInfo) -> Vec<&'static str> {
    let fields = input.source.kind.fields().iter().filter(|field| field.need != Need::OneOf);
    let columns = fields.map(|field| field.column).filter(|column| !input.columns.contains(column));
    columns.map(model::Column::name).collect()
}

/// What contradicts what.
pub fn impossible_words(what: Impossible) -> Words {
    match what {
        Impossible::VisitEndsBeforeStart => words("拜访：离店早于到店", "visit ends before it starts"),
        Impossible::VisitEndsOnAnotherDate => words("拜访：离店与到店不在同一天", "visit ends on another date"),
        Impossible::VisitUploadedBeforeStart => words("拜访：上传早于到店", "visit uploaded before it starts"),
        Impossible::CallLongerThanDay => words("通话：超过 24 小时", "call longer than 24 hours"),
        Impossible::RepliedBeforeReceived => words("咨询投诉：答复早于受理", "inquiry replied before received"),
        Impossible::ClosedBeforeOpened => words("客户：停业早于入网", "customer closed before opened"),
        Impossible::LeftBeforeJoined => words("客户经理：离岗早于到岗", "manager left before joined"),
    }
}

/// The whole report.
pub fn build(lint: &Lint, lang: Lang) -> Document {
    let mut document = Document::default();
    let (files, horizon) = (lint.accounts.inputs.len() as u64, lint.book.horizon);
    let title = say(
        format!("数据质量：{files} 个文件，数据截止 {horizon}"),
        format!("Data quality: {}, data to {horizon}", counted(files, "file")),
    );
    document.title(title.get(lang));
    obstacles::add(lint.obstacles, &mut document, lang);
    document.table(rows::by_fate(&lint.accounts.inputs, lang));
    let mut nothing: Vec<Words> = Vec::new();
    for (name, content) in &SECTIONS {
        let before = document.blocks.len();
        match content {
            Content::Own(add) => add(lint, &mut document, lang),
            Content::Remarks(kinds) => add_remarks(lint, kinds, name, &mut document, lang),
        }
        if document.blocks.len() == before {
            nothing.push(name.clone());
        }
    }
    if !nothing.is_empty() {
        document.heading(words("未发现", "Nothing found of").get(lang));
        document.text(listed(&nothing).get(lang));
    }
    add_columns(lint, &mut document, lang);
    document.heading(words("来源", "Provenance").get(lang));
    document.table(rows::digests(lint.accounts, lang));
    document.text(rows::provenance(lint.ruleset).get(lang));
    document.heading(words("结论", "Conclusion").get(lang));
    document.text(conclusion(lint).get(lang));
    document
}

/// A section with its name, for when it has nothing to say.
type Section = (Words, Content);

enum Content {
    Own(fn(&Lint, &mut Document, Lang)),
    /// The remarks of some kinds.
    Remarks(&'static [&'static str]),
}

/// What weighs most comes first.
static SECTIONS: [Section; 15] = [
    (words("被拒绝的行", "rejected rows"), Content::Own(add_rejected)),
    (words("坏单元格", "bad cells"), Content::Own(add_bad_cells)),
    (words("没有拜访的工作日", "working days without a visit"), Content::Own(add_gaps)),
    (words("日期离群的行", "rows dated far from all others"), Content::Remarks(&["stray"])),
    (words("截止日中途导出", "a last day that was not over"), Content::Remarks(&["early_end"])),
    (words("不可能的时间", "impossible times"), Content::Own(add_impossible)),
    (words("未知的客户", "unknown customers"), Content::Own(add_unknown_customers)),
    (words("未知的客户经理", "unknown managers"), Content::Remarks(&["unknown_manager"])),
    (
        words("只差前导零或大小写的编号", "ids that differ only by leading zeros or case"),
        Content::Remarks(&["leading_zeros", "letter_case"]),
    ),
    (words("不可用的坐标", "unusable positions"), Content::Own(add_nowhere)),
    (words("同编号而被取代的行", "superseded rows"), Content::Own(add_superseded)),
    (words("以名称代替编号", "names in place of ids"), Content::Remarks(&["named"])),
    (words("隐藏的行", "hidden rows"), Content::Remarks(&["hidden_rows"])),
    (
        words("未读取的文件和工作表", "files and sheets not read"),
        Content::Remarks(&["unread_sheets", "unread_folder", "unclaimed_file"]),
    ),
    (words("没有放假安排的年份", "years without official days"), Content::Remarks(&["calendar_years"])),
];

fn add_rejected(lint: &Lint, document: &mut Document, lang: Lang) {
    if lint.accounts.rows_rejected() > 0 {
        document.heading(rows::rejected_words(lint.book, lint.accounts).get(lang));
        rows::list_rejected(lint.book, lint.accounts, document, lang);
    }
}

fn add_bad_cells(lint: &Lint, document: &mut Document, lang: Lang) {
    let bad_cells = &lint.accounts.bad_cells;
    if !bad_cells.is_empty() {
        document.heading(rows::BAD_CELLS.get(lang));
        rows::add_bad_cells(lint.book, bad_cells, document, lang);
    }
}

fn add_gaps(lint: &Lint, document: &mut Document, lang: Lang) {
    let (gaps, month) = (&lint.quality.gaps, lint.month);
    if !gaps.is_empty() {
        let n = gaps.len();
        let heading = say(
            format!("{month} 中没有任何拜访的工作日：{n}"),
            format!("Working days of {month} without any visit: {n}"),
        );
        document.heading(heading.get(lang));
        document.text(gaps.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    }
}

fn add_impossible(lint: &Lint, document: &mut Document, lang: Lang) {
    let impossible = &lint.quality.impossible;
    if impossible.is_empty() {
        return;
    }
    let all: usize = impossible.iter().map(|(_, found)| found.total).sum();
    document.heading(say(format!("不可能的时间：{all}"), format!("Impossible times: {all}")).get(lang));
    let row = |(what, found): &(Impossible, Evidence)| {
        vec![
            Cell::new(impossible_words(*what).get(lang)),
            Cell::new(found.total.to_string()),
            Cell::new(evidence::short(lint.book, found)),
        ]
    };
    let columns = vec![Column::left(""), Column::right(""), Column::left("")];
    document.table(Table { columns, rows: impossible.iter().map(row).collect(), headed: false, breaks: false });
}

fn add_unknown_customers(lint: &Lint, document: &mut Document, lang: Lang) {
    let unknown = &lint.unknown_customers;
    if !unknown.is_empty() {
        let n = unknown.len();
        document.heading(say(format!("未知的客户：{n}"), format!("Unknown customers: {n}")).get(lang));
        document.text(rows::unknown_customers(unknown, lang).get(lang));
    }
}

fn add_remarks(lint: &Lint, kinds: &[&str], name: &Words, document: &mut Document, lang: Lang) {
    let remarks: Vec<&Remark> = lint.remarks.iter().filter(|remark| kinds.contains(&remark.kind())).collect();
    if !remarks.is_empty() {
        document.heading(say(name.zh.clone(), capitalised(&name.en)).get(lang));
        for remark in remarks.iter().take(SHOWN) {
            document.text(remark.words(lint.book).get(lang));
        }
        rows::add_rest(document, remarks.len(), lang);
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| format!("{}{}", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}

fn add_nowhere(lint: &Lint, document: &mut Document, lang: Lang) {
    let nowhere = &lint.quality.nowhere;
    if nowhere.is_empty() {
        return;
    }
    let all: u64 = nowhere.iter().map(|found| found.rows).sum();
    let heading = say(
        format!("坐标为 (0,0) 或不在地球上，按空处理：{all}"),
        format!("Positions at (0,0) or off the globe, taken as empty: {all}"),
    );
    document.heading(heading.get(lang));
    for found in nowhere {
        let (rows, first) = (found.rows, evidence::place(lint.book, found.first));
        let line = say(
            format!("{} × {rows}，首例 {first}", found.kind.name()),
            format!("{} × {rows}, the first {first}", found.kind.name()),
        );
        document.text(line.get(lang));
    }
}

/// Rows of one number, of which a later version is used.
fn add_superseded(lint: &Lint, document: &mut Document, lang: Lang) {
    const EACH: usize = 5;
    let all = lint.accounts.superseded.len();
    if all == 0 {
        return;
    }
    let heading =
        say(format!("同编号而被取代的行：{all}"), format!("Rows superseded by another with the same id: {all}"));
    document.heading(heading.get(lang));
    for kind in Kind::ALL {
        let pairs = lint.superseded(kind);
        for pair in pairs.iter().take(EACH) {
            let (loser, winner) = (evidence::place(lint.book, pair.loser), evidence::place(lint.book, pair.winner));
            document.text(say(format!("{loser} 被 {winner} 取代"), format!("{loser} by {winner}")).get(lang));
        }
        if let Some(rest) = pairs.len().checked_sub(EACH).filter(|rest| *rest > 0) {
            let kind = kind.name();
            document.text(say(format!("……{kind} 另有 {rest} 行"), format!("… and {rest} more of {kind}")).get(lang));
        }
    }
}

/// For every file how it is written, and which columns it has and lacks.
fn add_columns(lint: &Lint, document: &mut Document, lang: Lang) {
    document.heading(words("文件与列", "Files and columns").get(lang));
    for input in lint.accounts.inputs.iter() {
        let (kind, line, encoding) = (input.source.kind.name(), input.header_line, input.encoding);
        let split = how_split(input);
        let caption = say(
            format!("{}：{kind}，{encoding}，{}，表头在第 {line} 行", input.source.shown, split.zh),
            format!("{}: {kind}, {encoding}, {}, header on line {line}", input.source.shown, split.en),
        );
        document.caption(caption.get(lang), Tone::Plain);
        let columns: Vec<&str> = input.columns.iter().map(|column| column.name()).collect();
        let texts = |headers: &[String]| headers.join(", ");
        let rows = [
            (words("有", "has"), columns.join(", "), Tone::Plain),
            (words("无", "lacks"), missing(input).join(", "), Tone::Faint),
            (words("重复", "unused"), texts(&input.unused), Tone::Waiting),
            (words("未知", "unknown"), texts(&input.unknown), Tone::Waiting),
        ];
        let said = rows.into_iter().filter(|(_, list, _)| !list.is_empty());
        let row = |(name, list, tone): (Words, String, Tone)| {
            vec![Cell::new(format!("  {}", name.get(lang))), Cell::toned(list, tone)]
        };
        let columns = vec![Column::left(""), Column::left("")];
        document.table(Table { columns, rows: said.map(row).collect(), headed: false, breaks: false });
    }
}

/// By which character, or in which sheet.
fn how_split(input: &FileInfo) -> Words {
    match (&input.sheet, input.delimiter) {
        (Some(sheet), _) => say(format!("工作表“{}”", sheet.name), format!("sheet \"{}\"", sheet.name)),
        (_, Some('\t')) => words("制表符分隔", "tabs"),
        (_, Some(';')) => words("分号分隔", "semicolons"),
        _ => words("逗号分隔", "commas"),
    }
}

fn listed(names: &[Words]) -> Words {
    let zh: Vec<&str> = names.iter().map(|name| &*name.zh).collect();
    let en: Vec<&str> = names.iter().map(|name| &*name.en).collect();
    say(zh.join("、"), en.join(", "))
}

/// Whether the data can be judged, and what a reader of the verdicts must keep in mind.
fn conclusion(lint: &Lint) -> Words {
    let month = lint.month;
    if !lint.quality.has_visits {
        return say(
            format!("这些数据不能用来考核 {month}：该月没有任何拜访。"),
            format!("The data cannot be judged for {month}: there is no visit in it."),
        );
    }
    let found = to_mind(lint);
    if !lint.obstacles.is_empty() {
        let n = lint.obstacles.len();
        return say(
            format!("{month} 的考核有 {n} 项障碍（见最前）：先按办法处理，再作考核。"),
            format!("Judging {month} has {n} in its way (see the top): see to these first."),
        );
    }
    if found.is_empty() {
        return say(
            format!("这些数据可以用来考核 {month}，没有发现妨碍判断的问题。"),
            format!("The data can be judged for {month}; nothing was found that stands in the way."),
        );
    }
    let found = listed(&found);
    say(
        format!("这些数据可以用来考核 {month}，但请注意：{}。", found.zh),
        format!("The data can be judged for {month}, but mind: {}.", found.en),
    )
}

fn to_mind(lint: &Lint) -> Vec<Words> {
    let (accounts, quality) = (lint.accounts, lint.quality);
    let bad_cells = accounts.cells_unread();
    let impossible: usize = quality.impossible.iter().map(|(_, found)| found.total).sum();
    let remarks = |kind| lint.remarks.iter().filter(|remark| remark.kind() == kind).count();
    let (strays, managers) = (accounts.stray.len(), remarks("unknown_manager"));
    let similar = remarks("leading_zeros") + remarks("letter_case");
    let nowhere: u64 = quality.nowhere.iter().map(|found| found.rows).sum();
    let found = [
        (accounts.rows_rejected(), "行被拒绝", "rejected row", ""),
        (bad_cells, "个坏单元格", "bad cell", ""),
        (quality.gaps.len() as u64, "个工作日没有拜访", "working day", " without a visit"),
        (strays as u64, "行日期离群", "row", " dated far from all others"),
        (impossible as u64, "处时间不可能", "impossible time", ""),
        (lint.unknown_customers.len() as u64, "户未知客户", "unknown customer", ""),
        (managers as u64, "名未知客户经理", "unknown manager", ""),
        (similar as u64, "组编号只差前导零或大小写", "group", " of ids that differ only by leading zeros or case"),
        (nowhere, "处坐标不可用", "unusable position", ""),
    ];
    let some = found.into_iter().filter(|(n, ..)| *n > 0);
    some.map(|(n, zh, noun, tail)| say(format!("{n} {zh}"), format!("{}{tail}", counted(n, noun)))).collect()
}
