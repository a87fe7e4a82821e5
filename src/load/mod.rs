//! From files to typed records: which files, encoding, dialect, header, cells, and what becomes of every row.
//!
//! The loader knows no rule. It is given a span of dates for each kind and says of every row how it ended.

pub mod accounts;
pub mod archive;
pub mod context;
pub mod customer_row;
mod dry_run;
mod extent;
pub mod fields;
pub mod header;
pub mod kinds;
pub mod layout;
mod legible;
mod likely_header;
pub mod mapping;
pub mod mended;
mod partitions;
mod piece;
mod plan_row;
mod preview;
mod rejects;
pub mod row;
mod settle;
pub mod sources;
mod strays;
pub mod table;
mod visit_row;

pub use crate::cell::{Reason, example, spelling_line};
pub use crate::store::chunk::Chunk;
pub use crate::store::fates::{Counts, Fate};
pub use crate::store::partition::{Partition, Spot};
pub use crate::store::rejects::Rejects;
pub use crate::text::charset::Charset;
pub use crate::text::feed::PIECE;
pub use crate::text::files::{too_much, unreadable, why};
pub use crate::text::workbook::{Sheet, is_meant};
pub use accounts::{Accounts, BadCells, CellCounts, Input, Stray, Superseded, cells_of};
pub use customer_row::CustomerRow;
pub use dry_run::{DryRun, dry_run};
pub use extent::Extent;
pub use kinds::{CallRow, CheckRow, DayRow, InquiryRow, ManagerRow, Row, ServiceRow};
pub use mapping::{ColumnsFile, Mapping};
pub use mended::Corrections;
pub use partitions::Partitions;
pub use plan_row::PlannedRow;
pub use preview::{Preview, preview};
pub use sources::{Source, Sources, claim as claimed, find, tables_in};
pub use table::Rejected;
pub use visit_row::VisitRow;

use crate::lang::{say, words};
use crate::model::*;
use crate::trouble::Trouble;
use archive::Archive;
use chrono::NaiveDate;
use context::{OwnNumbers, Terms};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use settle::Settling;
use std::collections::HashSet;
use table::{Dialect, FileRows, Named, Reading};

/// What reading depends on besides the files.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    pub mapping: &'a Mapping,
    pub area_code: &'a str,
    pub encoding: Option<Charset>,
    /// The sheets that are read of workbooks which have them.
    pub sheets: &'a [String],
    pub max_rejected: Percent,
    pub corrections: &'a Corrections,
    /// Records dated after this are not read, but for plan rows and days of an excusing status.
    pub as_of: Option<NaiveDate>,
    /// The statuses that excuse a manager.
    pub excusing: &'a [DayStatus],
    /// Whether checks dated after that are read all the same: a draw is checked after its day.
    pub later_checks: bool,
    /// Whether addresses, contacts and purposes are kept, which no rule looks at.
    pub details: bool,
    /// How many bytes of a file are read at a time, usually [`PIECE`]; it changes nothing in what is read.
    pub piece: usize,
    /// Told how many more bytes have been read.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// What is known of a file besides its rows.
struct FileFacts {
    number: u32,
    source: Source,
    sha256: String,
    dialect: Dialect,
    /// Rows by fate, as far as it is known.
    rows: Counts,
    read: u64,
    cells: Vec<(Column, CellCounts)>,
}

/// What files of any kind leave behind.
#[derive(Default)]
struct Account {
    files: Vec<FileFacts>,
    rejected: Vec<Rejected>,
}

/// The run when all files have been read, and nothing is known yet of the dates that are looked at.
pub struct Begun<'a> {
    sources: &'a Sources,
    options: Options<'a>,
    account: Account,
    partitions: Partitions,
    managers: Names,
    customers: Names,
    archive: Vec<Option<Spot>>,
    manager_rows: Vec<Option<Spot>>,
    stray: Vec<Stray>,
    /// Of visits that are used.
    visited: Option<DateSpan>,
}

/// All that was read and is used, with what the run goes by.
pub struct Records {
    pub managers: Names,
    pub customers: Names,
    /// The columns that at least one file of a kind has.
    pub columns: HashSet<(Kind, Column)>,
    pub horizon: NaiveDate,
    /// Whether `--as-of` has set it.
    pub is_horizon_given: bool,
    pub extent: Extent,
    pub partitions: Partitions,
    /// Where the row of each customer of the archive stands, and that of each manager in the managers file.
    pub archive: Vec<Option<Spot>>,
    pub manager_rows: Vec<Option<Spot>>,
}

/// Everything that loading comes to.
pub struct Loaded {
    pub records: Records,
    pub accounts: Accounts,
    /// The span of all visits up to the horizon and all plan rows: the months that can be asked for.
    pub reach: Option<DateSpan>,
}

/// Reads all files, and settles what does not hang on the dates that are looked at.
pub fn begin<'a>(sources: &'a Sources, options: Options<'a>) -> Result<Begun<'a>, Trouble> {
    let mut account = Account::default();
    let none = OwnNumbers::new();
    let context = |own_numbers| Context { sources, options, own_numbers };
    let nobody = Archive::default();
    let mut managers = account.read(&context(&none), &nobody)?;
    let mut customers: Partition<CustomerRow> = account.read(&context(&none), &nobody)?;
    if customers.chunks.is_empty() {
        return Err(nobody_to_visit(sources));
    }
    let own_numbers = own_numbers(&managers);
    let archive = Archive::new(&mut customers, &mut managers);
    let context = context(&own_numbers);
    let mut partitions = Partitions {
        customers,
        visits: account.read(&context, &archive)?,
        calls: account.read(&context, &archive)?,
        plans: account.read(&context, &archive)?,
        days: account.read(&context, &archive)?,
        managers,
        services: account.read(&context, &archive)?,
        inquiries: account.read(&context, &archive)?,
        checks: account.read(&context, &archive)?,
    };
    account.files.sort_by_key(|file| file.number);
    account.rejected.sort_by_key(|rejected| rejected.at);
    let (managers, customers) = partitions.number(archive);
    partitions.name_known(&managers, &customers);
    partitions.mark_unread(&options);
    let mut stray = strays::in_groups(&mut partitions);
    let (archive, manager_rows) = partitions.supersede(managers.len(), customers.len());
    let visited = extent::span(&partitions.visits);
    if let Some(visited) = visited {
        stray.extend(strays::far_from(visited, &mut partitions));
    }
    Ok(Begun { sources, options, account, partitions, managers, customers, archive, manager_rows, stray, visited })
}

impl Begun<'_> {
    /// The data's horizon: `--as-of`, else the latest date of a visit that is not stray.
    pub fn horizon(&self) -> Result<NaiveDate, Trouble> {
        let as_of = self.options.as_of;
        let horizon = self.visited.map(|visited| as_of.unwrap_or(visited.last));
        horizon.ok_or_else(|| {
            let of_visits = |row: &&Rejected| self.sources.files[row.at.file as usize].kind == Kind::Visits;
            let rejected: Vec<&Rejected> = self.account.rejected.iter().filter(of_visits).collect();
            if let Some(first) = rejected.first() {
                return rejects::none_usable(&self.sources.files[first.at.file as usize], &rejected);
            }
            let files = self.sources.files.iter().filter(|file| file.kind == Kind::Visits);
            let files: Vec<&str> = files.map(|file| file.shown.as_str()).collect();
            let found = match as_of {
                Some(date) => say(
                    format!("{date}（--as-of）及以前没有任何拜访记录，无从检查"),
                    format!("there is no visit up to {date} (--as-of): nothing can be checked"),
                ),
                None => words("没有任何拜访记录，无从检查", "there is no visit in it: nothing can be checked"),
            };
            let remedy = match as_of {
                Some(_) => words("给出较晚的 --as-of", "give a later --as-of"),
                None => words("检查是否导出了正确的月份", "check that the right month was exported"),
            };
            Trouble::new(found).file(files.join(", ")).remedy(remedy)
        })
    }

    /// Settles every row: `scope` leaves out what no rule of the run looks at.
    pub fn finish(self, scope: &Scope, horizon: NaiveDate) -> Result<Loaded, Trouble> {
        let Self { sources, options, account, mut partitions, managers, customers, archive, manager_rows, .. } = self;
        let extent = Extent::new(&partitions, managers.len(), horizon);
        let mut settling = Settling::new(scope, &account.files);
        settling.settle_all(&mut partitions);
        partitions.leave_out_rejected(scope, &options);
        let columns = account.files.iter().flat_map(|file| {
            let kind = file.source.kind;
            file.dialect.columns.iter().map(move |column| (kind, *column))
        });
        let columns = columns.collect();
        let is_horizon_given = options.as_of.is_some();
        let reach = [self.visited, extent.planned].into_iter().flatten().reduce(DateSpan::union);
        Ok(Loaded {
            accounts: Accounts {
                bad_cells: settling.bad_cells(),
                superseded: partitions.superseded(),
                stray: self.stray,
                rejected: account.rejected,
                inputs: settling.inputs(account.files)?,
                unclaimed: sources.unclaimed.clone(),
                unread: sources.unread.clone(),
                columns: options.mapping.file.iter().cloned().collect(),
            },
            records: Records {
                managers,
                customers,
                columns,
                horizon,
                is_horizon_given,
                extent,
                partitions,
                archive,
                manager_rows,
            },
            reach,
        })
    }
}

/// What the files of a kind are read by.
struct Context<'a> {
    sources: &'a Sources,
    options: Options<'a>,
    own_numbers: &'a OwnNumbers,
}

impl Account {
    /// Reads all files of a kind.
    fn read<T: Row>(&mut self, context: &Context, archive: &Archive) -> Result<Partition<T>, Trouble> {
        let Context { sources, options, own_numbers } = context;
        let Options { mapping, area_code, details, .. } = *options;
        let terms = Terms { mapping, area_code, own_numbers, details };
        let Options { encoding, sheets, piece, progress, .. } = *options;
        let reading = Reading { terms, encoding, sheets, archive, piece, progress };
        let files: Vec<(u32, &Source)> = (0..).zip(&sources.files).filter(|(_, s)| s.kind == T::KIND).collect();
        let layout = match files[..] {
            [] | [_] => None,
            [first, ..] => Some(table::layout::<T>(named(first), &Reading { progress: &|_| (), ..reading })?),
        };
        let read: Vec<Result<FileRows<T>, Trouble>> = files
            .par_iter()
            .map(|file| {
                let mut rows = table::read(named(*file), &reading, layout.as_ref())?;
                correct(&mut rows, file.1, options.corrections)?;
                Ok(rows)
            })
            .collect();
        // In file order, so that of several broken files the same one is always named.
        let mut read: Vec<FileRows<T>> = read.into_iter().collect::<Result<_, _>>()?;
        drop_repeats(&mut read, |number| options.corrections.rows_of(&sources.files[number].shown).is_some());
        let (mut chunks, mut legible, mut kept) = (Vec::new(), Vec::new(), FxHashSet::default());
        for ((number, source), mut rows) in files.into_iter().zip(read) {
            rejects::check(&rows, source, options.max_rejected)?;
            kept.extend(rows.rejected.iter().map(|rejected| rejected.at));
            legible.append(&mut rows.legible);
            let cells = rows.cells();
            rows.counts.rejected = rows.rejected.len() as u64;
            self.files.push(FileFacts {
                number,
                source: source.clone(),
                sha256: rows.sha256,
                dialect: rows.dialect,
                rows: rows.counts,
                read: rows.read,
                cells,
            });
            self.rejected.append(&mut rows.rejected);
            chunks.append(&mut rows.chunks);
        }
        Ok(Partition::new(chunks, Rejects::new(legible, |at| kept.contains(&at))))
    }
}

fn named((number, source): (u32, &Source)) -> Named<'_> {
    Named { number, path: &source.path, shown: &source.shown }
}

/// Rejected rows that are equal to an earlier one are repeats, but for those of corrected files, each of which stands for a
/// line of its own.
fn drop_repeats<T>(files: &mut [FileRows<T>], is_of_corrections: impl Fn(usize) -> bool) {
    let mut seen: FxHashSet<u64> = files.iter().flat_map(|rows| &rows.mended).copied().collect();
    for rows in files {
        let is_first =
            |rejected: &Rejected| seen.insert(rejected.digest) || is_of_corrections(rejected.at.file as usize);
        let before = rows.rejected.len();
        rows.rejected.retain(is_first);
        rows.counts.repeat += (before - rows.rejected.len()) as u64;
    }
}

/// Counts the lines that corrected rows stand for.
fn correct<T: Row>(rows: &mut FileRows<T>, source: &Source, corrections: &Corrections) -> Result<(), Trouble> {
    if let Some(expected) = corrections.rows_of(&source.shown) {
        let found = rows.count() as usize + rows.rejected.len() + rows.counts.total as usize;
        return if found == expected { Ok(()) } else { Err(mended::wrong_count(&source.shown, expected, found)) };
    }
    for line in corrections.lines_of(&source.shown, &rows.sha256)?.into_iter().flatten() {
        let place = rows.rejected.iter().position(|row| row.at.line == *line);
        let place = place.ok_or_else(|| mended::no_longer_rejected(&source.shown, *line))?;
        rows.mended.push(rows.rejected.remove(place).digest);
        rows.counts.mended += 1;
    }
    Ok(())
}

/// The managers' telephone numbers. Of two rows for one manager the later one stands.
fn own_numbers(managers: &Partition<ManagerRow>) -> OwnNumbers {
    let mut own_numbers = OwnNumbers::new();
    let mut met: HashSet<&str> = HashSet::new();
    let stretches = managers.chunks.iter().flat_map(|chunk| {
        let stretches = chunk.stretches_by_id();
        stretches.flat_map(move |(id, rows)| rows.iter().map(move |row| (chunk, id, row)))
    });
    for (chunk, id, row) in stretches {
        if !met.insert(id) {
            own_numbers.retain(|_, owner| owner.as_deref() != Some(id));
        }
        for phone in chunk.arena.phones(row.phones).iter() {
            let owner = own_numbers.entry(*phone).or_insert_with(|| Some(id.into()));
            if owner.as_deref() != Some(id) {
                *owner = None;
            }
        }
    }
    own_numbers
}

fn nobody_to_visit(sources: &Sources) -> Trouble {
    let files = sources.files.iter().filter(|file| file.kind == Kind::Customers);
    let files: Vec<&str> = files.map(|file| file.shown.as_str()).collect();
    Trouble::new(words("没有任何客户，无从检查", "there is no customer in it: nothing can be checked"))
        .file(files.join(", "))
        .remedy(words("重新导出客户档案", "export the customers again"))
}
