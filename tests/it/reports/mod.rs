//! The monthly report: the same figures in every format, and the same as `check`'s.

mod accessible;
mod city;
mod figures;
mod options;
mod own;
mod page;
mod paper;
pub(crate) mod read;
mod workbook;
