//! Documents as workbooks for people: numbers are numbers, dates dates and ids text, with filters, conditional formats,
//! native charts and a page set up for A4. The same sheets give the same bytes: the clock is not asked.

mod cells;
mod charts;
mod conditions;
mod names;
mod sheet;

use super::packed;
use crate::document::Leaf;
use crate::lang::{say, words};
use crate::print::Info;
use crate::trouble::Trouble;
use cells::Styles;
use chrono::Datelike;
use names::Names;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

/// Rows that a sheet holds (Excel's specifications and limits: 1,048,576).
const MOST_ROWS: u32 = 1_048_576;

/// The workbook's bytes. A table with more rows than a sheet holds goes on on a further one.
///
/// # Errors
/// Where a sheet cannot hold what is to stand on it, as with more than 16,384 columns.
pub fn render(leaves: &[Leaf], info: &Info) -> Result<Vec<u8>, Trouble> {
    write(leaves, info, MOST_ROWS).map_err(|error| {
        Trouble::new(say(format!("无法写成工作簿：{error}"), format!("it cannot be written as a workbook: {error}")))
            .remedy(words("改用其他格式，如 .html", "use another format, .html say"))
    })
}

fn write(leaves: &[Leaf], info: &Info, most_rows: u32) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = (info.date.year(), info.date.month(), info.date.day());
    let made = ExcelDateTime::from_ymd(year.clamp(1900, 9999) as u16, month as u8, day as u8)?;
    book.set_properties(&DocProperties::new().set_title(info.title).set_creation_datetime(&made));
    let (styles, mut names) = (Styles::default(), Names::default());
    for leaf in leaves {
        for mut page in sheet::pages(leaf, &styles, &mut names, most_rows, info.lang)? {
            set_up(&mut page, info, leaf)?;
            book.push_worksheet(page);
        }
    }
    book.save_to_buffer().map(packed::same_everywhere)
}

/// A4 across, as wide as the paper, every page numbered. Excel breaks pages where it is told only on sheets of a set scale.
fn set_up(page: &mut Worksheet, info: &Info, leaf: &Leaf) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    let doubled = |text: &str| text.replace('&', "&&");
    page.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    if leaf.drawn {
        page.set_print_scale(charts::SCALE);
    }
    let title: String = info.title.chars().take(100).collect();
    page.set_header(format!("&L{}&R&A", doubled(&title))).set_footer("&C&P / &N");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Column, Document, Table};
    use crate::lang::Lang;
    use calamine::{Data, Reader, Xlsx};

    const LANG: Lang = Lang::Zh;

    fn info() -> Info<'static> {
        Info { title: "月报", lang: LANG, date: chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap() }
    }

    fn read(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let sheets = book.worksheets().into_iter();
        sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect())).collect()
    }

    #[test]
    fn rows_that_a_sheet_has_no_room_for_stand_on_the_next_ones() {
        let rows = (1..=25).map(|n| vec![Cell::integer(n)]).collect();
        let table = Table { columns: vec![Column::right("序号")], rows, headed: true, breaks: false };
        let leaves = [Leaf::of_table("明细", table, 0), Leaf::new("明细 (2)", Document::default())];
        let sheets = read(write(&leaves, &info(), 11).unwrap());
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["明细", "明细 (2)", "明细 (3)", "明细 (2) (2)"]);
        let mut numbers = Vec::new();
        for (_, rows) in &sheets[..3] {
            assert_eq!(rows[0][0], Data::String("序号".into()));
            numbers.extend(rows[1..].iter().map(|row| row[0].clone()));
        }
        assert_eq!(numbers, (1..=25).map(|n| Data::Float(f64::from(n))).collect::<Vec<_>>());
    }

    #[test]
    fn any_document_is_a_workbook() {
        let mut document = Document::default();
        document.title("排名");
        let row = vec![Cell::id("0042"), Cell::new("=1+1")];
        let columns = vec![Column::left("编号"), Column::left("姓名")];
        document.table(Table { columns, rows: vec![row], headed: true, breaks: false });
        let sheets = read(render(&crate::document::leaves(&document, LANG), &info()).unwrap());
        assert_eq!(sheets[0].1[2], [Data::String("0042".into()), Data::String("=1+1".into())]);
    }
}
