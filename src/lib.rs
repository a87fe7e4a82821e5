//! baifang (拜访) judges field visits: exports of customers, visits and call logs in, compliance tables with their
//! evidence out.
//!
//! The modules in the order of the path that data take:
//!
//! ```text
//! files ──load──▶ records ──book──▶ a manager's file ──measures──▶ facts of a month
//!       ──rules──▶ judgement ──report──▶ document ──render──▶ bytes
//! ```
//!
//! * [`load`]: bytes to typed records: which files, encoding, dialect, header, cells, fates of rows
//! * [`model`]: customers, visits, calls, plan rows …; ids, time, calendar, phone numbers
//! * [`book`]: all records of a run, opened manager by manager; run-wide facts; [`branches`], how far each one's data reach
//! * [`measures`]: what several rules need to know of a manager's month
//! * [`doubt`]: what unknown cells and rejected rows mean for a unit
//! * [`sample`]: whom to spot-check: the draw, what it proves, and whether a list that came back is it
//! * [`quality`]: what the data themselves show, whoever is judged by them
//! * [`rules`]: the rules, one a file, and rules.toml
//! * [`obstacles`]: what stands in the way of judging at all
//! * [`judge`]: book × ruleset → [`judgement`] with its [`finding`]s; [`headline`]: what of a rule heads the reports
//! * [`appeals`]: which appeals take a finding out of what is judged
//! * [`ranking`]: judgements of several months → who did best
//! * [`diff`]: two results of `check`, read back and compared
//! * [`followup`]: what became of what was found in the months before
//! * [`report`]: what is said: a judgement as a [`document`] of headings, tables and charts; a folder a command
//! * [`outlook`]: what is still to be done in a month, and whether it can be; [`plan`]: plan rows that do it
//! * [`day`]: one manager's day with all that is recorded of it
//! * [`sheet`]: paper visit-plan sheets
//! * [`render`]: how any document is written: text, CSV, JSON, Markdown, HTML, PDF, workbooks
//! * [`mod@print`]: text set on A4 pages: fonts, lines, tables, PDF
//! * [`starter`]: a folder to begin with; [`guess`]: what foreign files are
//! * [`cli`]: arguments → run → exit code
//!
//! Beside the path: [`lang`], the two languages; [`trouble`], what stops a run; [`quote`], [`toml_file`], [`digest`] and [`mod@parallel`], tools;
//! [`file_name`], names of files made of ids.
//!
//! What users rely on is the contract, `docs/SPEC.md`, cited as SPEC and a section; clauses such as 六.1 are those of the
//! regulation, `docs/standard.zh.md`. Which module may look into which, and why, is told in `docs/ARCHITECTURE.md`.

pub mod digest;
mod file_name;
pub mod lang;
mod parallel;
mod quote;
mod toml_file;
pub mod trouble;

pub mod model;

pub mod text;

mod cell;

mod store;

pub mod load;

mod guess;

pub mod book;
mod branches;

mod measures;

mod doubt;

mod quality;
mod sample;

pub mod rules;

mod appeals;
pub mod diff;
mod finding;
mod followup;
mod headline;
pub mod judge;
mod judgement;
mod obstacle;
mod obstacles;
mod ranking;

mod document;
pub mod report;

mod day;
mod outlook;
mod plan;
mod sheet;

mod print;

pub mod render;

pub mod starter;

pub mod cli;
