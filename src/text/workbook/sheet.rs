//! A sheet, and how large one can be.

/// The rows that a sheet can have.
pub(super) const ROWS: u32 = 1 << 20;
pub(super) use crate::text::COLUMNS;

/// A sheet that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// `xlsx`, `xls`, `xlsb`, `ods`, `xml` or `html`.
    pub format: &'static str,
    pub name: String,
    /// Rows that nobody sees who opens the workbook; they are read all the same.
    pub hidden_rows: u64,
}

/// A sheet as it stands in a file.
pub(super) struct RawSheet {
    pub name: String,
    pub is_visible: bool,
    pub text: Vec<u8>,
    pub hidden_rows: u64,
}

/// How many bytes the next sheet may have, of those that all together may have.
pub(super) fn left(sheets: &[RawSheet], most: u64) -> u64 {
    most.saturating_sub(sheets.iter().map(|sheet| sheet.text.len() as u64).sum())
}
