//! The monthly report: the same figures in every format, and the same as `check`'s.

#[path = "cli/harness.rs"]
#[allow(dead_code)]
mod harness;

mod reports {
    mod figures;
    mod options;
    mod page;
    mod paper;
    pub mod read;
    mod tools;
    mod workbook;
}
