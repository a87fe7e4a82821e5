//! Settling: the horizon, the windows, and the fate of every row for the month that is looked at (SPEC §1, §2.3).

use super::Begun;
use super::ColumnsFile;
use super::FileFacts;
use super::Partitions;
use super::Source;
use crate::cell::reason::{Bad, Reason};
use crate::lang::{say, words};
use crate::load::customer_row::CustomerRow;
use crate::load::kinds::Row;
use crate::load::table::Rejected;
use crate::model::*;
use crate::store::chunk::Chunk;
use crate::store::fates::{Counts, Fate};
use crate::store::partition::{Partition, Spot};
use crate::text::workbook::Sheet;
use crate::trouble::Trouble;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// Visits further than this behind the visit date before them do not move the horizon.
const HORIZON_GAP_DAYS: i64 = 31;

/// An input file and what became of its rows.
#[derive(Debug)]
pub struct Input {
    pub source: Source,
    pub sha256: String,
    /// That of a text, or `xlsx` or `xls`.
    pub encoding: &'static str,
    /// `None` where the cells are those of a workbook.
    pub delimiter: Option<char>,
    /// The sheet of a workbook, and those that were not read though none was asked for.
    pub sheet: Option<Sheet>,
    pub head: Vec<u8>,
    /// On which line the header stands, the first being 1.
    pub header_line: u32,
    /// The columns that the file has, in the contract's order.
    pub columns: Vec<Column>,
    /// Headers of columns that another header already gives, and those that name no column.
    pub unused: Vec<String>,
    pub unknown: Vec<String>,
    pub rows: Counts,
    pub bad_cells: u64,
}

impl Input {
    /// The encoding, or the kind of workbook with the sheet's name: `xlsx[拜访]`.
    pub fn format(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}[{}]", self.encoding, sheet.name),
            None => self.encoding.to_owned(),
        }
    }
}

/// Unreadable cells with the same content, and where the first of them stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCells {
    pub kind: Kind,
    pub bad: Bad,
    pub count: u64,
    pub first: At,
}

/// A row that another one stands for, and that other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Superseded {
    pub kind: Kind,
    pub loser: At,
    pub winner: At,
}

/// All that was read and is used, with what the run goes by.
pub struct Records {
    pub managers: Names,
    pub customers: Names,
    /// The columns that at least one file of a kind has.
    pub columns: HashSet<(Kind, Column)>,
    pub horizon: NaiveDate,
    pub windows: Windows,
    pub partitions: Partitions,
    /// Where the row of each customer of the archive stands, and that of each manager in the managers file.
    pub archive: Vec<Option<Spot>>,
    pub manager_rows: Vec<Option<Spot>>,
}

/// What became of the rows.
pub struct Accounts {
    pub inputs: Vec<Input>,
    /// Visits dated after the horizon.
    pub stray: Vec<(ManagerId, NaiveDate)>,
    pub rejected: Vec<Rejected>,
    pub bad_cells: Vec<BadCells>,
    /// In the order of the kinds that rows compete in, then of the file.
    pub superseded: Vec<Superseded>,
    /// Files of the data folder that were not read.
    pub unclaimed: Vec<String>,
    /// The columns.toml files in force.
    pub columns: Vec<ColumnsFile>,
}

/// Everything that loading comes to.
pub struct Loaded {
    pub records: Records,
    pub accounts: Accounts,
    /// The span of all visits up to the horizon and all plan rows: the months that can be asked for.
    pub reach: Option<DateSpan>,
}

/// Does the same to the rows of several kinds.
macro_rules! each {
    ($partitions:expr, [$($kind:ident),*], $partition:ident => $does:expr) => {
        $({
            let $partition = &mut $partitions.$kind;
            $does;
        })*
    };
    ($partitions:expr, $partition:ident => $does:expr) => {
        each!($partitions, [customers, visits, calls, plans, days, managers, services, inquiries, checks], $partition => $does)
    };
}

impl Begun<'_> {
    /// The data's horizon: the latest visit date at most 31 days after the visit date before it.
    pub fn horizon(&self) -> Result<NaiveDate, Trouble> {
        let as_of = self.options.as_of;
        let dates: Vec<NaiveDate> = self.visit_dates().into_iter().collect();
        if let Some(date) = as_of.filter(|_| !dates.is_empty()) {
            return Ok(date);
        }
        let near = |pair: &[NaiveDate]| (pair[1] - pair[0]).num_days() <= HORIZON_GAP_DAYS;
        let horizon = dates.windows(2).rev().find(|pair| near(pair)).map(|pair| pair[1]).or(dates.first().copied());
        horizon.ok_or_else(|| {
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

    /// Reads all other files, and settles every row: `scope` leaves out what no rule of the run looks at.
    pub fn finish(self, scope: &Scope, horizon: NaiveDate) -> Result<Loaded, Trouble> {
        let in_force = self.options.mapping.file.iter().cloned().collect();
        let as_of = self.options.as_of;
        let unclaimed = self.sources.unclaimed.clone();
        let (account, mut partitions, archive_names) = self.read_rest(scope)?;
        let (managers, customers) = partitions.number(archive_names);
        each!(partitions, partition => partition.rejects.name_known(&managers, &customers));
        let (archive, manager_rows) = partitions.supersede(managers.len(), customers.len());
        let mut settling = Settling {
            scope,
            horizon: as_of.is_none().then_some(horizon),
            windows: Windows::default(),
            counts: account.files.iter().map(|file| (file.rows, 0)).collect(),
            bad: BTreeMap::new(),
            stray: Vec::new(),
        };
        settling.settle_all(&mut partitions, as_of);
        let columns = account.files.iter().flat_map(|file| {
            let kind = file.source.kind;
            file.dialect.columns.iter().map(move |column| (kind, *column))
        });
        let windows = settling.windows.clone();
        let both = [windows.get(Kind::Visits), windows.get(Kind::Plans)];
        let columns = columns.collect();
        Ok(Loaded {
            accounts: Accounts {
                bad_cells: settling.bad_cells(),
                superseded: partitions.superseded(),
                stray: std::mem::take(&mut settling.stray),
                rejected: account.rejected,
                inputs: settling.inputs(account.files)?,
                unclaimed,
                columns: in_force,
            },
            records: Records { managers, customers, columns, horizon, windows, partitions, archive, manager_rows },
            reach: both.into_iter().flatten().reduce(DateSpan::union),
        })
    }
}

impl Partitions {
    /// Gives ids the numbers of the run: those of managers and those of customers, which have the archive's so far.
    fn number(&mut self, archive: Names) -> (Names, Names) {
        let mut parts: Vec<&Interner> = Vec::new();
        each!(self, partition => parts.extend(partition.chunks.iter().map(|chunk| &chunk.arena.managers)));
        let (managers, numbers) = Names::merge(&parts);
        let mut numbers = numbers.into_iter();
        each!(self, partition => for chunk in &mut partition.chunks {
            chunk.number_managers(numbers.next().expect("the managers of every chunk were merged"));
            chunk.arena.managers = Interner::default();
        });
        each!(self, partition => partition.index(managers.len()));
        (managers, self.number_unknown(archive))
    }

    /// Numbers customers that the archive does not have; for their sake the others may need new numbers.
    fn number_unknown(&mut self, archive: Names) -> Names {
        let mut unknown = Interner::default();
        let mut numbers: Vec<u32> = Vec::new();
        each!(self, partition => for (_, text) in partition.chunks.iter().flat_map(|chunk| &chunk.strangers) {
            numbers.push(unknown.number(text));
        });
        if unknown.is_empty() {
            return archive;
        }
        let (sorted, places) = Names::merge(&[&unknown]);
        let (customers, of_archive, of_unknown) = archive.extended(&sorted.iter().collect::<Vec<&str>>());
        let mut numbers = numbers.into_iter().map(|number| of_unknown[places[0][number as usize] as usize]);
        each!(self, partition => for chunk in &mut partition.chunks {
            chunk.renumber_customers(&of_archive, &mut numbers);
        });
        customers
    }

    /// Marks repeats and rows that others stand for. Where the row of each customer stands, and that of each manager.
    fn supersede(&mut self, managers: usize, customers: usize) -> (Vec<Option<Spot>>, Vec<Option<Spot>>) {
        // Those of visits are known since the horizon was looked for.
        each!(self, [customers, calls, plans, days, managers, services, inquiries, checks], partition => partition.mark_repeats());
        let customer = |chunk: &Chunk<CustomerRow>, row: usize, _| chunk.customer(row).map_or(0, |id| id.0);
        let archive = self.customers.supersede_by_number(customers, customer);
        let manager_rows = self.managers.supersede_by_number(managers, |_, _, manager: ManagerId| manager.0);
        (archive, manager_rows)
    }

    /// Finds out whom rejected rows may be of. How many may be of anyone.
    pub fn assign_rejected(&mut self, owner: impl Fn(CustomerId) -> Option<ManagerId>) -> u64 {
        each!(self, [visits, calls, plans, days, services, checks], partition => partition.rejects.assign(&owner));
        let Self { visits, calls, plans, days, services, checks, .. } = self;
        let of_anyone = [visits.rejects.of_anyone, calls.rejects.of_anyone, plans.rejects.of_anyone];
        let of_office = [days.rejects.of_anyone, services.rejects.of_anyone, checks.rejects.of_anyone];
        of_anyone.into_iter().chain(of_office).sum()
    }

    /// The rows that others stand for.
    fn superseded(&mut self) -> Vec<Superseded> {
        let mut superseded = Vec::new();
        each!(self, [customers, visits, managers], partition => superseded.append(&mut partition.take_superseded()));
        superseded
    }
}

/// What makes bad cells the same.
type BadCell = (Kind, Column, Box<str>, Reason);

/// What comes together while the kinds are settled.
struct Settling<'a> {
    scope: &'a Scope,
    /// Behind which records are stray; `None` where `--as-of` has cut the data.
    horizon: Option<NaiveDate>,
    windows: Windows,
    /// For each file its rows by fate and its bad cells.
    counts: Vec<(Counts, u64)>,
    bad: BTreeMap<BadCell, (u64, At)>,
    stray: Vec<(ManagerId, NaiveDate)>,
}

/// What a chunk comes to.
#[derive(Default)]
struct Settled {
    counts: Counts,
    window: Option<DateSpan>,
    stray: Vec<(ManagerId, NaiveDate)>,
    bad: Vec<(Bad, At)>,
}

impl Settling<'_> {
    fn settle_all(&mut self, partitions: &mut Partitions, as_of: Option<NaiveDate>) {
        for chunk in &mut partitions.inquiries.chunks {
            for row in &mut chunk.rows {
                row.replied = row.replied.filter(|replied| as_of.is_none_or(|date| replied.date <= date));
            }
        }
        each!(partitions, partition => self.settle(partition));
    }

    fn settle<T: Row>(&mut self, partition: &mut Partition<T>) {
        let (span, horizon) = (self.scope.span(T::KIND), self.horizon);
        let settled: Vec<Settled> =
            partition.chunks.par_iter_mut().map(|chunk| settle_chunk(chunk, span, horizon)).collect();
        for (chunk, settled) in partition.chunks.iter().zip(settled) {
            let (counts, bad_cells) = &mut self.counts[chunk.file as usize];
            counts.join(&settled.counts);
            *bad_cells += settled.bad.len() as u64;
            if let Some(window) = settled.window {
                self.windows.add(T::KIND, window);
            }
            self.stray.extend(settled.stray);
            for (bad, at) in settled.bad {
                let group = self.bad.entry((T::KIND, bad.column, bad.cell, bad.why)).or_insert((0, at));
                *group = (group.0 + 1, group.1.min(at));
            }
        }
    }

    fn bad_cells(&mut self) -> Vec<BadCells> {
        let group = |((kind, column, cell, why), (count, first))| BadCells {
            kind,
            bad: Bad { column, cell, why },
            count,
            first,
        };
        std::mem::take(&mut self.bad).into_iter().map(group).collect()
    }

    /// The accounts of the files. That every row has met one fate is not taken on trust.
    fn inputs(&mut self, files: Vec<FileFacts>) -> Result<Vec<Input>, Trouble> {
        for (file, (rows, _)) in files.iter().zip(&self.counts) {
            if rows.sum() != file.read {
                let (read, sum) = (file.read, rows.sum());
                let found = say(
                    format!("程序内部错误：读入 {read} 行，各去向合计 {sum} 行"),
                    format!("an internal error: {read} rows were read, but their fates add up to {sum}"),
                );
                return Err(Trouble::new(found).file(&file.source.shown));
            }
        }
        let with_counts = files.into_iter().zip(&self.counts);
        let inputs = with_counts
            .map(|(file, (rows, bad_cells))| Input {
                source: file.source,
                sha256: file.sha256,
                encoding: file.dialect.sheet.as_ref().map_or(file.dialect.charset.name(), |sheet| sheet.format),
                delimiter: file.dialect.sheet.is_none().then_some(char::from(file.dialect.delimiter)),
                sheet: file.dialect.sheet,
                head: file.dialect.head,
                header_line: file.dialect.header_line,
                columns: file.dialect.columns,
                unused: file.dialect.unused,
                unknown: file.dialect.unknown,
                rows: *rows,
                bad_cells: *bad_cells,
            })
            .collect();
        Ok(inputs)
    }
}

/// Settles the fates that depend on the run. What the windows reach to is known before rows of other periods are left out.
fn settle_chunk<T: Row>(chunk: &mut Chunk<T>, span: DateSpan, horizon: Option<NaiveDate>) -> Settled {
    let mut settled = Settled { window: chunk.passed.span, ..Settled::default() };
    let mut widen = |date: NaiveDate| {
        let day = DateSpan { first: date, last: date };
        settled.window = Some(settled.window.map_or(day, |window| window.union(day)));
    };
    let (mut strays, mut any_stray) = (Vec::new(), false);
    for (row, fate) in chunk.rows.iter().zip(&mut chunk.fates) {
        let stray = row.is_stray(horizon);
        any_stray |= stray;
        let aside = stray || row.is_set_aside();
        if *fate == Fate::Used && !aside {
            row.date().into_iter().for_each(&mut widen);
        }
        if !stray && !row.is_within(span) {
            *fate = Fate::OtherPeriod;
        } else if *fate == Fate::Used && aside {
            *fate = Fate::SetAside;
        }
        settled.counts.add(*fate);
    }
    for ((manager, date), rows) in &chunk.passed.by_day {
        let stray = horizon.is_some_and(|horizon| *date > horizon);
        if stray {
            settled.counts.set_aside += rows;
            strays.push((chunk.manager(*manager), *date));
        } else {
            settled.counts.other_period += rows;
            widen(*date);
        }
    }
    for (manager, rows) in chunk.stretches().filter(|_| any_stray) {
        let stray = |row: &usize| chunk.fates[*row] == Fate::SetAside && chunk.rows[*row].is_stray(horizon);
        let rows = (rows.start as usize..rows.end as usize).filter(stray);
        strays.extend(rows.filter_map(|row| Some((manager, chunk.rows[row].date()?))));
    }
    settled.stray = strays;
    for (row, bad) in std::mem::take(&mut chunk.bad) {
        if chunk.fates[row as usize] != Fate::OtherPeriod {
            settled.bad.push((bad, chunk.at(row as usize)));
        }
    }
    settled
}
