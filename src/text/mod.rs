//! From bytes to tables of cells: what a file is, its encoding, its rows and cells. It knows no kind.

pub mod charset;
pub mod csv;
pub mod feed;
pub mod files;
pub mod gzip;
pub mod inside;
pub mod signatures;
pub mod workbook;

/// The columns that a table can have, which are those of a sheet: more commas in a line are damage, or were made to do harm.
pub const COLUMNS: u32 = 1 << 14;
