//! The binary as its users meet it: files in, tables and exit codes out.

mod bombs;
mod cells;
mod fates;
mod files;
mod formats;
mod header_again;
mod hostile;
mod lint;
mod machine;
mod manual;
mod names;
mod numbers;
mod offices;
mod people;
mod rejects;
mod runs;
mod scope;
mod sheets;
mod stray_quotes;
mod systems;
mod tables;
mod values;
mod workbooks;
