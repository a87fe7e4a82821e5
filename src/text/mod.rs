//! From bytes to tables of cells: what a file is, its encoding, its rows and cells. It knows no kind.

pub mod charset;
pub mod csv;
pub mod feed;
pub mod files;
pub mod gzip;
pub mod inside;
pub mod signatures;
pub mod workbook;
