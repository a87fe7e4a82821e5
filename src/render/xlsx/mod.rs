//! Documents as workbooks for people: numbers are numbers, dates dates and ids text, with filters, conditional formats,
//! native charts and a page set up for A4. The same sheets give the same bytes: the clock is not asked.

mod cells;
mod charts;
mod conditions;
mod names;
mod sheet;

use crate::lang::{say, words};
use crate::print::Info;
use crate::report::workbook::Leaf;
use crate::trouble::Trouble;
use cells::Styles;
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
    let made = ExcelDateTime::from_serial_datetime(cells::serial(info.date))?;
    book.set_properties(&DocProperties::new().set_title(info.title).set_creation_datetime(&made));
    let (styles, mut names) = (Styles::default(), Names::default());
    for leaf in leaves {
        for mut page in sheet::pages(leaf, &styles, &mut names, most_rows, info.lang)? {
            set_up(&mut page, info)?;
            book.push_worksheet(page);
        }
    }
    book.save_to_buffer()
}

/// A4 across, as wide as the paper, every page numbered.
fn set_up(page: &mut Worksheet, info: &Info) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    let doubled = |text: &str| text.replace('&', "&&");
    page.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    let title: String = info.title.chars().take(100).collect();
    page.set_header(format!("&L{}&R&A", doubled(&title))).set_footer("&C&P / &N");
    Ok(())
}
