//! What a month's folder is opened by: what the month shows in a few sentences, and where the rest is.

use super::Run;
use super::conclusion;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::judgement::Judgement;
use crate::lang::{Lang, Words, say, words};

/// A month and what it is compared with.
pub struct Page<'a> {
    pub run: Run<'a>,
    /// The months before, the latest first; those without any visit loaded are left out.
    pub earlier: &'a [Judgement],
}

/// Files that a folder may hold, in the order in which they are read, with what each is.
static FILES: [(&str, Words, Words); 8] = [
    (
        "report.html",
        words("月报", "The monthly report"),
        words("在浏览器中查看，从这里看起", "to look at in a browser; begin here"),
    ),
    ("report.pdf", words("月报（打印）", "The report to print"), words("PDF", "PDF")),
    (
        "report.xlsx",
        words("月报（工作簿）", "The report as a workbook"),
        words("每条发现一行，可筛选", "a finding a row, to filter"),
    ),
    (
        "appeals-form.xlsx",
        words("申诉表", "The appeals form"),
        words(
            "发给客户经理填写；收回后放进数据文件夹，再运行一次",
            "to be filled in; put it into the data folder then, and run again",
        ),
    ),
    ("ranking.html", words("季度排名", "The quarter's ranking"), words("", "")),
    ("check.txt", words("合规表", "The compliance table"), words("纯文本", "plain text")),
    ("findings.csv", words("发现清单", "The findings"), words("供程序读取", "for programs")),
    (
        "check.json",
        words("检查结果", "The results"),
        words("供程序读取、下月比较", "for programs, and to compare with next month"),
    ),
];

/// Folders of them, with what they hold.
static FOLDERS: [(&str, Words); 3] = [
    ("managers/", words("各客户经理的月报", "Each manager's own report")),
    ("notices/", words("通报与整改通知单", "The circular and the notices")),
    (
        "rejects/",
        words(
            "被拒绝的行：更正后放进一个文件夹，用 --mended 读入",
            "Rejected rows: mend them, and have them read with --mended",
        ),
    ),
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
    let is_there = |name: &str| files.iter().any(|file| file == name);
    let own = FILES.iter().filter(|(name, ..)| is_there(name));
    let row = |(name, text, note): &(&str, Words, Words)| {
        vec![Cell::new(text.get(lang)).opening(name), Cell::new(note.get(lang))]
    };
    document.heading(words("文件", "Files").get(lang));
    document.table(links(2, own.map(row).collect()));
    for (folder, heading) in &FOLDERS {
        let within = files.iter().filter_map(|path| Some((path, path.strip_prefix(*folder)?)));
        let rows: Vec<Vec<Cell>> = within.map(|(path, name)| vec![Cell::new(name).opening(path)]).collect();
        if !rows.is_empty() {
            document.heading(heading.get(lang));
            document.table(links(1, rows));
        }
    }
    document
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
