//! What a month's folder is opened by: what the month shows in a few sentences, and where the rest is.

use super::{Run, conclusion, file_names};
use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::file_name;
use crate::judgement::{JudgedManager, Judgement, Party, Severity};
use crate::lang::{Lang, Words, say, words};
use crate::model::Month;
use std::collections::BTreeSet;

/// A month and what it is compared with.
pub struct Page<'a> {
    pub run: Run<'a>,
    /// The months before, the latest first; those without any visit loaded are left out.
    pub earlier: &'a [Judgement],
}

/// A file that a folder may hold: its path, what it is, and what for.
type File = (String, Words, Words);

/// In the order in which they are read: the report, what goes out, what comes back, what is for programs.
fn common_files(month: Month) -> [File; 10] {
    let notices = |name: String, ending: &str| format!("notices/{name}.{ending}");
    let plain = |name: &str, what, why| (name.to_owned(), what, why);
    [
        plain(
            "report.html",
            words("月报", "The monthly report"),
            words("在浏览器中查看，从这里看起", "to look at in a browser; begin here"),
        ),
        plain("report.pdf", words("月报（打印）", "The report to print"), words("PDF", "PDF")),
        plain(
            "report.xlsx",
            words("月报（工作簿）", "The report as a workbook"),
            words("每条发现一行，可筛选", "a finding a row, to filter"),
        ),
        (
            notices(file_names::circular(month), "docx"),
            words("通报", "The circular"),
            words("核对、补上期限后发给各客户经理", "to all managers: check it, and fill in the deadlines"),
        ),
        (
            notices(file_names::ledger(month), "csv"),
            words("整改台账", "The ledger"),
            words("新增、重复、已整改的问题，逐项列出", "what is new, repeated and fixed, a row each"),
        ),
        plain(
            "appeals-form.xlsx",
            words("申诉表", "The appeals form"),
            words(
                "发给客户经理填写；收回后放进数据文件夹，再运行一次",
                "for managers to fill in; then put it into the data folder, and run again",
            ),
        ),
        plain(
            "ranking.html",
            words("季度排名", "The quarter's ranking"),
            words("本季度各客户经理的名次和失分", "who stands where in the quarter, and what cost points"),
        ),
        plain("check.txt", words("合规表", "The compliance table"), words("纯文本", "plain text")),
        plain("findings.csv", words("发现清单", "The findings"), words("供程序读取", "for programs")),
        plain(
            "check.json",
            words("检查结果", "The results"),
            words("供程序读取、下月比较", "for programs, and to compare with next month"),
        ),
    ]
}

/// Folders of others, with what they hold.
static FOLDERS: [(&str, Words); 3] = [
    (
        "rejects/",
        words(
            "被拒绝的行：更正后放进一个文件夹，用 --mended 读入",
            "Rejected rows: correct them in a folder of their own, and have that read with --mended",
        ),
    ),
    ("managers/", words("其他客户经理的月报", "Other managers' reports")),
    ("notices/", words("其他通知单", "Other notices")),
];

/// The page that leads to these files, which are named by their paths beside it.
pub fn index(page: &Page, files: &[String], lang: Lang) -> Document {
    let mut document = Document::default();
    document.title(title(page).get(lang));
    // What a sentence speaks of stands in the report beside this page.
    let in_report = |cell: Cell| if cell.link.is_some() { cell.opening("report.html") } else { cell };
    for said in conclusion::sentences(&page.run, page.earlier) {
        document.blocks.push(Block::Linked(said.cells(lang).into_iter().map(in_report).collect()));
    }
    let is_there = |path: &str| files.iter().any(|file| file == path);
    let common: Vec<File> =
        common_files(page.run.judgement.month).into_iter().filter(|(path, ..)| is_there(path)).collect();
    let row = |(path, what, why): &File| vec![Cell::new(what.get(lang)).opening(path), Cell::new(why.get(lang))];
    document.heading(words("文件", "Files").get(lang));
    document.table(links(2, common.iter().map(row).collect()));
    let own = own_files(page, files);
    let led_to: BTreeSet<&str> =
        common.iter().map(|(path, ..)| &**path).chain(own.iter().flatten().flatten().map(|path| &**path)).collect();
    let of_folder = |(folder, heading): &(&str, Words), document: &mut Document| {
        let others = files.iter().filter(|path| !led_to.contains(&***path));
        let within = others.filter_map(|path| Some((path, path.strip_prefix(*folder)?)));
        let rows: Vec<Vec<Cell>> = within.map(|(path, name)| vec![Cell::new(name).opening(path)]).collect();
        if !rows.is_empty() {
            document.heading(heading.get(lang));
            document.table(links(1, rows));
        }
    };
    let [rejects, others @ ..] = &FOLDERS;
    of_folder(rejects, &mut document);
    let managers = managers(page, &own, lang);
    if !managers.rows.is_empty() {
        document.heading(words("各客户经理", "The managers").get(lang));
        document.table(managers);
    }
    others.iter().for_each(|folder| of_folder(folder, &mut document));
    document
}

/// Of each manager his own report and the notice to him, where they are there.
fn own_files(page: &Page, files: &[String]) -> Vec<[Option<String>; 2]> {
    let run = &page.run;
    let there: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    let reports = file_names::own_reports(run);
    let of_one = |(report, one): (String, &JudgedManager)| {
        let notice = file_name::safe(&file_names::notice(run.judgement.month, run.manager_text(one.id)));
        [format!("managers/{report}.html"), format!("notices/{notice}.docx")]
            .map(|path| Some(path).filter(|path| there.contains(&**path)))
    };
    reports.into_iter().zip(&run.judgement.managers).map(of_one).collect()
}

/// Each manager with what was found, and what there is for him.
fn managers(page: &Page, own: &[[Option<String>; 2]], lang: Lang) -> Table {
    let run = &page.run;
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(text("月报", "own report")).sorting(),
        Column::left(text("整改通知单", "notice")),
        Column::left(text("部门", "branch")).sorting().if_wide(),
        Column::right(text("得分", "score")).sorting(),
        Column::right(text("违规", "violations")).sorting(),
        Column::right(text("提醒", "warnings")).sorting(),
    ];
    let row = |(one, [report, notice]): (&JudgedManager, &[Option<String>; 2])| {
        let count = |severity, tone| {
            let n = one.count(&run.judgement.rules, Party::Manager, severity);
            Cell::integer(n).with_tone(if n > 0 { tone } else { Tone::Faint })
        };
        let opening = |cell: Cell, path: &Option<String>| path.iter().fold(cell, |cell, path| cell.opening(path));
        let notice_word = if notice.is_some() { text("通知单", "notice") } else { String::new() };
        vec![
            opening(Cell::new(run.manager_name(one)), report),
            opening(Cell::new(notice_word), notice),
            Cell::new(run.book.branch(one.id).unwrap_or_default()),
            run.score(one),
            count(Severity::Violation, Tone::Bad),
            count(Severity::Warning, Tone::Waiting),
        ]
    };
    Table { columns, rows: run.judgement.managers.iter().zip(own).map(row).collect(), headed: true, breaks: false }
}

fn links(width: usize, rows: Vec<Vec<Cell>>) -> Table {
    Table { columns: vec![Column::left(""); width], rows, headed: false, breaks: false }
}

/// The lines worth mailing, and where the rest is.
pub fn summary(page: &Page, place: &str, lang: Lang) -> String {
    let rest = say(format!("详见 {place}"), format!("The rest: {place}"));
    let said = conclusion::sentences(&page.run, page.earlier).into_iter().map(|said| said.words());
    let lines = [title(page)].into_iter().chain(said).chain([rest]);
    lines.map(|line| format!("{}\n", line.get(lang))).collect()
}

fn title(page: &Page) -> Words {
    let month = page.run.judgement.month;
    say(format!("{month} 拜访规范执行情况"), format!("Visiting standard: {month}"))
}
