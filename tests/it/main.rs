//! All tests of the program from outside, in one binary: the functions marked `#[test]`, and a test for each case file below
//! `tests/rules` and `tests/errors`, under the name that its path gives it (`rules::unplanned_cap::boundary`).
//!
//! `cargo test NAME` runs those whose name holds NAME; `BAIFANG_BLESS=1` writes what the program says now into the goldens and
//! cases that differ; `BAIFANG_REQUIRE_TOOLS=1` fails the tests that another program is missing for, instead of ignoring them.

// In the place of the compiler's own `#[test]`, here and in every module below.
#[macro_use]
extern crate baifang_test_attribute;

mod appeals;
mod architecture;
mod cli;
mod day;
mod diff;
mod errors;
mod explain;
mod foreign;
mod fuzz;
mod harness;
mod init;
mod invariants;
mod layouts;
mod licences;
mod mended;
mod month;
mod monthly;
mod notice;
mod office;
mod outlook;
mod outputs;
mod parts;
mod plain;
mod planted;
mod points;
mod proof;
mod quality;
mod rank;
mod readme;
mod registry;
mod reports;
mod round;
mod rules;
mod sample;
mod samples;
mod shapes;
mod sheet;
mod spectrum;
mod writing;

fn main() -> std::process::ExitCode {
    let cases = harness::trials::cases("rules", rules::judge);
    harness::trials::run(cases.chain(harness::trials::cases("errors", errors::judge)))
}
