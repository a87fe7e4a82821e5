//! From bytes to tables of cells: what a file is, its encoding, its rows and cells. It knows no kind.

pub mod charset;
pub mod feed;
pub mod gzip;
mod index;
pub mod io;
pub mod lines;
mod old_workbook;
mod sheet_cell;
mod sheet_text;
pub mod signatures;
pub mod split;
pub mod workbook;
mod zipped;

pub use charset::Charset;
