//! From files to typed records: which files, encoding, dialect, header, cells, and what becomes of every row.
//!
//! The loader knows no rule. It is given a span of dates for each kind and says of every row how it ended.

mod cells;
mod fields;
mod files;
mod header;
mod lines;
mod mapping;
pub mod mended;
mod numbers;
mod records;
mod row;
mod settle;
mod split;
mod table;
mod text;
mod visit_row;

pub use files::{Source, Sources, find, unreadable, why};
pub use mapping::Mapping;
pub use mended::Corrections;
pub use row::{Why, example};
pub use settle::{BadCells, Input, Loaded};
pub use table::{Counts, Rejected};
pub use text::Charset;
pub use visit_row::VisitRow;

use crate::digest::sha256;
use crate::lang::{say, words};
use crate::model::*;
use crate::trouble::Trouble;
use chrono::NaiveDate;
use rayon::prelude::*;
use records::Record;
use row::{Ids, OwnNumbers};
use table::{Dialect, FileRows, Reading, Table};

/// What reading depends on besides the files.
pub struct Options<'a> {
    pub mapping: &'a Mapping,
    pub area_code: &'a str,
    pub encoding: Option<Charset>,
    pub max_rejected: Percent,
    pub corrections: &'a Corrections,
    /// Records dated after this are not read, but for plan rows.
    pub as_of: Option<NaiveDate>,
}

/// A file of one kind, read.
struct ReadFile<T> {
    number: u32,
    sha256: String,
    rows: FileRows<T>,
}

/// What is known of a file besides its rows.
struct FileFacts {
    source: Source,
    sha256: String,
    dialect: Dialect,
    rows: Counts,
    read: u64,
}

/// All rows of all files, before it is settled which of them the run looks at.
pub struct Tables {
    files: Vec<FileFacts>,
    pub managers: Names,
    pub customers: Names,
    rejected: Vec<Rejected>,
    as_of: Option<NaiveDate>,
    customer_rows: Table<Customer>,
    visit_rows: Table<VisitRow>,
    call_rows: Table<Call>,
    plan_rows: Table<PlanRow>,
    day_rows: Table<DayRecord>,
    manager_rows: Table<Manager>,
    service_rows: Table<Service>,
    inquiry_rows: Table<Inquiry>,
    check_rows: Table<Check>,
}

/// Reads every file.
pub fn read(sources: &Sources, options: &Options) -> Result<Tables, Trouble> {
    Ok(ReadFiles::read(sources, options)?.join(sources, options))
}

/// The files of all kinds, read.
struct ReadFiles {
    customers: Vec<ReadFile<Customer>>,
    visits: Vec<ReadFile<VisitRow>>,
    calls: Vec<ReadFile<Call>>,
    plans: Vec<ReadFile<PlanRow>>,
    days: Vec<ReadFile<DayRecord>>,
    managers: Vec<ReadFile<Manager>>,
    services: Vec<ReadFile<Service>>,
    inquiries: Vec<ReadFile<Inquiry>>,
    checks: Vec<ReadFile<Check>>,
}

impl ReadFiles {
    /// Calls may name their manager by his telephone, so the managers come first.
    fn read(sources: &Sources, options: &Options) -> Result<Self, Trouble> {
        let none = OwnNumbers::new();
        let managers: Vec<ReadFile<Manager>> = read_kind(sources, options, &none)?;
        let mut own_numbers = OwnNumbers::new();
        for file in &managers {
            add_own_numbers(&file.rows, &mut own_numbers);
        }
        // The large kinds beside each other, the rest behind them.
        let (visits, plans) = rayon::join(|| read_kind(sources, options, &none), || read_kind(sources, options, &none));
        let (customers, calls) =
            rayon::join(|| read_kind(sources, options, &none), || read_kind(sources, options, &own_numbers));
        Ok(Self {
            customers: customers?,
            visits: visits?,
            calls: calls?,
            plans: plans?,
            days: read_kind(sources, options, &none)?,
            managers,
            services: read_kind(sources, options, &none)?,
            inquiries: read_kind(sources, options, &none)?,
            checks: read_kind(sources, options, &none)?,
        })
    }

    /// The ids of every part of every file.
    fn ids(&self) -> Vec<&Ids> {
        fn of<T>(files: &[ReadFile<T>]) -> impl Iterator<Item = &Ids> {
            files.iter().flat_map(|file| &file.rows.parts).map(|part| &part.ids)
        }
        let large = of(&self.customers).chain(of(&self.visits)).chain(of(&self.calls)).chain(of(&self.plans));
        let small = of(&self.days).chain(of(&self.managers)).chain(of(&self.services));
        large.chain(small).chain(of(&self.inquiries)).chain(of(&self.checks)).collect()
    }

    /// Brings the rows of each kind together, with ids in the numbers of the run.
    fn join(self, sources: &Sources, options: &Options) -> Tables {
        let ids = self.ids();
        let (managers, of_managers) = Names::merge(ids.iter().map(|ids| &ids.managers));
        let (customers, of_customers) = Names::merge(ids.iter().map(|ids| &ids.customers));
        let numbers: Vec<(Vec<u32>, Vec<u32>)> = of_managers.into_iter().zip(of_customers).collect();
        let mut joining =
            Joining { sources, as_of: options.as_of, numbers: numbers.into_iter(), files: vec![], rejected: vec![] };
        // In the order of `ids`.
        let mut tables = Tables {
            customer_rows: joining.join(self.customers),
            visit_rows: joining.join(self.visits),
            call_rows: joining.join(self.calls),
            plan_rows: joining.join(self.plans),
            day_rows: joining.join(self.days),
            manager_rows: joining.join(self.managers),
            service_rows: joining.join(self.services),
            inquiry_rows: joining.join(self.inquiries),
            check_rows: joining.join(self.checks),
            files: vec![],
            managers,
            customers,
            rejected: joining.rejected,
            as_of: options.as_of,
        };
        joining.files.sort_by_key(|(number, _)| *number);
        tables.files = joining.files.into_iter().map(|(_, facts)| facts).collect();
        tables.rejected.sort_by_key(|rejected| rejected.at);
        tables
    }
}

fn read_kind<T: Record>(
    sources: &Sources,
    options: &Options,
    own_numbers: &OwnNumbers,
) -> Result<Vec<ReadFile<T>>, Trouble> {
    let reading =
        Reading { mapping: options.mapping, area_code: options.area_code, encoding: options.encoding, own_numbers };
    let files: Vec<(u32, &Source)> = (0..).zip(&sources.files).filter(|(_, s)| s.kind == T::KIND).collect();
    let read: Vec<Result<ReadFile<T>, Trouble>> = files
        .par_iter()
        .map(|(number, source)| {
            let raw = text::read(&source.path, &source.shown)?;
            let sha256 = sha256(&raw);
            let mut rows = table::read(&raw, *number, &source.shown, &reading)?;
            correct(&mut rows, source, &sha256, options)?;
            Ok(ReadFile { number: *number, sha256, rows })
        })
        .collect();
    // In file order, so that of several broken files the same one is always named.
    read.into_iter().collect()
}

/// Counts the lines that corrected rows stand for, and stops at too many rows that are rejected all the same.
fn correct<T>(rows: &mut FileRows<T>, source: &Source, sha256: &str, options: &Options) -> Result<(), Trouble> {
    let corrections = options.corrections;
    if let Some(expected) = corrections.rows_of(&source.shown) {
        let found = rows.len() + rows.rejected.len() + rows.counts.total as usize;
        return if found == expected { Ok(()) } else { Err(mended::wrong_count(&source.shown, expected, found)) };
    }
    for line in corrections.lines_of(&source.shown, sha256)?.into_iter().flatten() {
        let place = rows.rejected.iter().position(|row| row.at.line == *line);
        let place = place.ok_or_else(|| mended::no_longer_rejected(&source.shown, *line))?;
        rows.rejected.remove(place);
        rows.counts.mended += 1;
    }
    check_rejected(rows, source, options.max_rejected)
}

/// Adds the managers' telephone numbers. Of two rows for one manager the later one stands.
fn add_own_numbers(rows: &FileRows<Manager>, own_numbers: &mut OwnNumbers) {
    for part in &rows.parts {
        let (names, maps) = Names::merge(std::iter::once(&part.ids.managers));
        for manager in &part.rows {
            let id = names.text(maps[0][manager.id.0 as usize]);
            own_numbers.retain(|_, owner| owner.as_deref() != Some(id));
            for phone in &manager.phones {
                let owner = own_numbers.entry(*phone).or_insert_with(|| Some(id.into()));
                if owner.as_deref() != Some(id) {
                    *owner = None;
                }
            }
        }
    }
}

/// Too many rejected rows mean the wrong file, mapping or encoding.
fn check_rejected<T>(rows: &FileRows<T>, source: &Source, most: Percent) -> Result<(), Trouble> {
    let rejected = rows.rejected.len() as u64;
    let all = rejected + rows.len() as u64 + rows.counts.sum();
    if most.caps(rejected, all) {
        return Ok(());
    }
    let first = &rows.rejected[0];
    let example = row::example(first.reject.column, &first.reject.cell, &first.reject.why);
    let found = say(
        format!("{all} 行中有 {rejected} 行无法使用，超过 {most}%；首例："),
        format!("{rejected} of {all} rows cannot be used, more than {most}%; the first: "),
    );
    Err(Trouble::new(found.then(&example))
    .file(&source.shown)
    .line(u64::from(first.at.line))
    .remedy(words(
        "检查是否选错文件、列名对应（columns.toml）或编码（--encoding）；若数据本来如此，调高 [input] max_rejected_percent",
        "check for a wrong file, column mapping (columns.toml) or --encoding; if the data are so, raise [input] max_rejected_percent",
    )))
}

/// What comes together while the files of all kinds are joined.
struct Joining<'a> {
    sources: &'a Sources,
    as_of: Option<NaiveDate>,
    /// For each part of a file what its managers' and customers' numbers are in the run.
    numbers: std::vec::IntoIter<(Vec<u32>, Vec<u32>)>,
    files: Vec<(u32, FileFacts)>,
    rejected: Vec<Rejected>,
}

impl Joining<'_> {
    fn join<T: Record>(&mut self, files: Vec<ReadFile<T>>) -> Table<T> {
        let mut table = Table::default();
        for file in files {
            let mut rows = file.rows;
            rows.counts.rejected = rows.rejected.len() as u64;
            self.rejected.append(&mut rows.rejected);
            let facts = FileFacts {
                source: self.sources.files[file.number as usize].clone(),
                sha256: file.sha256,
                dialect: rows.dialect.clone(),
                rows: rows.counts,
                read: rows.read,
            };
            self.files.push((file.number, facts));
            for part in rows.parts {
                let (managers, customers) = self.numbers.next().expect("the ids of every part were gathered");
                table.append(part, &managers, &customers, self.as_of);
            }
        }
        table.supersede();
        table
    }
}
