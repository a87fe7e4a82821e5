//! From files to typed records: which files, encoding, dialect, header, cells, and what becomes of every row.
//!
//! The loader knows no rule. It is given a span of dates for each kind and says of every row how it ended.

pub mod accounts;
pub mod archive;
mod body;
mod claims;
pub mod context;
mod day_columns;
mod dry_run;
mod extent;
pub mod fields;
mod file_names;
mod finding;
mod folders;
mod footers;
mod found;
pub mod header;
mod header_again;
mod header_rows;
pub mod kinds;
pub mod layout;
mod legible;
mod likely_header;
pub mod mapping;
pub mod mended;
mod names_for_ids;
mod options;
mod partitions;
mod people;
mod piece;
mod preview;
mod rejects;
pub mod row;
mod settle;
mod sheets;
pub mod sources;
mod strays;
pub mod table;

pub use crate::cell::{Reason, example, spelling_line};
pub use crate::store::chunk::{Chunk, Spot};
pub use crate::store::fates::{Counts, Fate};
pub use crate::store::partition::Partition;
pub use crate::store::row::Row;
pub use crate::text::charset::Charset;
pub use crate::text::feed::PIECE;
pub use crate::text::files::{too_much, unreadable, why};
pub use crate::text::inside::Storage;
pub use crate::text::workbook::{Sheet, is_meant};
pub use accounts::{Accounts, BadCells, CellCounts, FileInfo, Rejected, Stray, Superseded, cells_of};
pub use context::Counted;
pub use day_columns::day_columns;
pub use dry_run::{DryRun, dry_run};
pub use extent::Extent;
pub use file_names::claim as claimed;
pub use finding::{Finding, find, folders_in, named as find_named, tables_in};
pub use folders::Folder;
pub use kinds::VisitRow;
pub use mapping::{ColumnsFile, Mapping};
pub use mended::Corrections;
pub use options::Options;
pub use partitions::Partitions;
pub use preview::{Preview, preview, previews};
pub use sources::{PassedOver, Source, Sources, Unread, Why};

use crate::lang::{say, words};
use crate::model::*;
use crate::parallel;
use crate::store::rejects::Rejects;
use crate::trouble::Trouble;
use archive::{ARCHIVE, Archive};
use chrono::NaiveDate;
use context::{OwnNumbers, Reading};
use kinds::{CustomerRow, own_numbers, shops};
use partitions::each;
use people::People;
use row::Parse;
use rustc_hash::FxHashSet;
use settle::Settling;
use std::collections::HashSet;
use std::sync::Arc;
use table::FileRows;

/// What files of any kind leave behind.
#[derive(Default)]
struct Account {
    files: Vec<FileInfo>,
    rejected: Vec<Rejected>,
}

/// The run when all files have been read, and nothing is known yet of the dates that are looked at.
pub struct Begun<'a> {
    sources: &'a Sources,
    options: &'a Options<'a>,
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
pub fn begin<'a>(sources: &'a Sources, options: &'a Options<'a>) -> Result<Begun<'a>, Trouble> {
    let mut account = Account::default();
    let mut partitions = Partitions::default();
    let (people, mut customers) = account.read_archive(&mut partitions, sources, options)?;
    if customers.chunks.is_empty() {
        return Err(nobody_to_visit(sources));
    }
    let own_numbers = own_numbers(&partitions.managers);
    let archive = Archive::new(&mut customers, &mut partitions.managers);
    let shops = || shops(&customers);
    let people = people.with_archive(&archive, &shops);
    let reading = Reading { options, own_numbers: &own_numbers, people: &people, archive: &archive };
    each!(partitions, partition => account.read_beside_archive(partition, sources, reading)?);
    drop(people);
    partitions.customers = customers;
    account.files.sort_by_key(|file| file.number);
    account.rejected.sort_by_key(|rejected| rejected.at);
    let (managers, customers) = partitions.number(archive);
    partitions.name_known(&managers, &customers);
    partitions.mark_unread(options);
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
        let Self { sources, options, mut account, mut partitions, managers, customers, archive, manager_rows, .. } =
            self;
        let extent = Extent::new(&partitions, managers.len(), horizon);
        let mut settling = Settling::new(scope, &account.files);
        settling.settle_all(&mut partitions);
        partitions.leave_out_rejected(scope, options);
        settling.complete(&mut account.files)?;
        let columns = account.files.iter().flat_map(|file| {
            let kind = file.source.kind;
            file.columns.iter().map(move |column| (kind, *column))
        });
        let columns = columns.collect();
        let is_horizon_given = options.as_of.is_some();
        let reach = [self.visited, extent.planned].into_iter().flatten().reduce(DateSpan::union);
        let bad_cells = settling.bad_cells();
        Ok(Loaded {
            accounts: Accounts {
                sorts_of_bad_cells: bad_cells.len() as u64,
                bad_cells,
                superseded: partitions.superseded(),
                stray: self.stray,
                rejected: account.rejected,
                inputs: Arc::new(account.files),
                unclaimed: sources.unclaimed.clone(),
                unread: sources.unread.clone(),
                passed_over: sources.passed_over.clone(),
                folders: sources.folders.clone(),
                columns: options.mapping.file.iter().cloned().collect(),
                are_own: false,
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

impl Account {
    /// Reads the managers and customers: first the files that join names and ids, then those that have only names.
    fn read_archive<'a>(
        &mut self,
        partitions: &mut Partitions,
        sources: &Sources,
        options: &'a Options<'a>,
    ) -> Result<(People<'a>, Partition<CustomerRow>), Trouble> {
        let (none, nobody) = (OwnNumbers::new(), Archive::default());
        let mut people = People::default();
        let by = Reading { options, own_numbers: &none, people: &People::default(), archive: &nobody };
        let mut managers = read_files::<Manager>(sources, Reading { people: &people, ..by }, |has_ids| has_ids)?;
        managers.iter().for_each(|rows| people.add(&rows.chunks));
        let mut customers = read_files::<CustomerRow>(sources, Reading { people: &people, ..by }, |has_ids| has_ids)?;
        customers.iter().for_each(|rows| people.add(&rows.chunks));
        if people.knows_no_ids() {
            let named = read_files::<CustomerRow>(sources, Reading { people: &people, ..by }, |has_ids| !has_ids)?;
            named.iter().for_each(|rows| people.name_by_names(&rows.chunks));
        }
        customers.extend(read_files::<CustomerRow>(sources, Reading { people: &people, ..by }, |has_ids| !has_ids)?);
        managers.extend(read_files::<Manager>(sources, Reading { people: &people, ..by }, |has_ids| !has_ids)?);
        partitions.managers = self.gather(managers, sources, options)?;
        Ok((people, self.gather(customers, sources, options)?))
    }

    /// Reads all files of a kind, unless it is one of the archive, which has been read.
    fn read_beside_archive<T: Parse>(
        &mut self,
        partition: &mut Partition<T>,
        sources: &Sources,
        reading: Reading,
    ) -> Result<(), Trouble> {
        if !ARCHIVE.contains(&T::KIND) {
            *partition = self.gather(read_files(sources, reading, |_| true)?, sources, reading.options)?;
        }
        Ok(())
    }

    /// Takes the rows of all files of a kind.
    fn gather<T: Parse>(
        &mut self,
        mut read: Vec<FileRows<T>>,
        sources: &Sources,
        options: &Options,
    ) -> Result<Partition<T>, Trouble> {
        let Options { corrections, max_rejected, .. } = *options;
        read.sort_by_key(|rows| rows.info.number);
        drop_repeats(&mut read, |number| corrections.rows_of(&sources.files[number].shown).is_some());
        let (mut chunks, mut legible, mut kept) = (Vec::new(), Vec::new(), FxHashSet::default());
        for mut rows in read {
            rejects::check(&rows, max_rejected)?;
            kept.extend(rows.rejected.iter().map(|rejected| rejected.at));
            legible.append(&mut rows.legible);
            rows.info.rows.rejected = rows.rejected.len() as u64;
            self.files.push(rows.info);
            self.rejected.append(&mut rows.rejected);
            chunks.append(&mut rows.chunks);
        }
        Ok(Partition::new(chunks, Rejects::new(legible, |at| kept.contains(&at))))
    }
}

/// Reads the files of a kind, in file order: those of them that are wanted, by whether they have the managers' ids.
fn read_files<T: Parse>(
    sources: &Sources,
    reading: Reading,
    is_wanted: impl Fn(bool) -> bool + Sync,
) -> Result<Vec<FileRows<T>>, Trouble> {
    let files: Vec<(u32, &Source)> = (0..).zip(&sources.files).filter(|(_, s)| s.kind == T::KIND).collect();
    // The archive's files are few and asked twice.
    let is_asked = ARCHIVE.contains(&T::KIND);
    let first = match files[..] {
        [(_, first), _, ..] => Some(table::layout::<T>(first, reading)?),
        _ => None,
    };
    let read = |(number, source): &(u32, &Source)| -> Option<Result<FileRows<T>, Trouble>> {
        if is_asked {
            match table::layout::<T>(source, reading) {
                Ok(layout) if !is_wanted(!layout.by_name.contains(Column::ManagerId)) => return None,
                Ok(_) => {}
                Err(trouble) => return Some(Err(trouble)),
            }
        }
        let read = table::read(*number, source, reading, first.as_ref());
        Some(read.and_then(|mut rows| correct(&mut rows, reading.options.corrections).map(|()| rows)))
    };
    // In file order, so that of several broken files the same one is always named.
    parallel::map(&files, read).into_iter().flatten().collect()
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
        rows.info.rows.repeat += (before - rows.rejected.len()) as u64;
    }
}

/// Counts the lines that corrected rows stand for.
fn correct<T: Row>(rows: &mut FileRows<T>, corrections: &Corrections) -> Result<(), Trouble> {
    let shown = rows.info.source.shown.clone();
    if let Some(expected) = corrections.rows_of(&shown) {
        let found = rows.count() as usize + rows.rejected.len() + rows.info.rows.total as usize;
        return if found == expected { Ok(()) } else { Err(mended::wrong_count(&shown, expected, found)) };
    }
    for line in corrections.lines_of(&shown, &rows.info.sha256)?.into_iter().flatten() {
        let place = rows.rejected.iter().position(|row| row.at.line == *line);
        let place = place.ok_or_else(|| mended::no_longer_rejected(&shown, *line))?;
        rows.mended.push(rows.rejected.remove(place).digest);
        rows.info.rows.mended += 1;
    }
    Ok(())
}

fn nobody_to_visit(sources: &Sources) -> Trouble {
    let files = sources.files.iter().filter(|file| file.kind == Kind::Customers);
    let files: Vec<&str> = files.map(|file| file.shown.as_str()).collect();
    Trouble::new(words("没有任何客户，无从检查", "there is no customer in it: nothing can be checked"))
        .file(files.join(", "))
        .remedy(words("重新导出客户档案", "export the customers again"))
}
