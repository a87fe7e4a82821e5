//! Settling: the horizon, the windows, and the fate of every row for the month that is looked at (SPEC §1, §2.3).

use super::records::Record;
use super::row::{Bad, Why};
use super::table::{Counts, Fate, Rejected, Table};
use super::visit_row::VisitRow;
use super::{Source, Tables};
use crate::lang::{say, words};
use crate::model::*;
use crate::trouble::Trouble;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Visits further than this behind the visit date before them do not move the horizon.
const HORIZON_GAP_DAYS: i64 = 31;

/// An input file and what became of its rows.
#[derive(Debug)]
pub struct Input {
    pub source: Source,
    pub sha256: String,
    pub encoding: &'static str,
    pub delimiter: char,
    pub head: Vec<u8>,
    pub unused: Vec<String>,
    pub rows: Counts,
    pub bad_cells: u64,
}

/// Unreadable cells with the same content, and where the first of them stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCells {
    pub kind: Kind,
    pub bad: Bad,
    pub count: u64,
    pub first: At,
}

/// Everything that a run goes on with.
pub struct Loaded {
    pub inputs: Vec<Input>,
    pub managers: Names,
    pub customers: Names,
    /// The columns that at least one file of a kind has.
    pub columns: HashSet<(Kind, Column)>,
    pub horizon: NaiveDate,
    pub windows: Windows,
    pub customer_rows: Vec<Customer>,
    pub visits: Vec<Visit>,
    /// Rows of visits files that tell of no visit; those without a date are left out.
    pub unmade_visits: Vec<Visit>,
    /// Visits dated after the horizon.
    pub stray: Vec<(ManagerId, NaiveDate)>,
    pub calls: Vec<Call>,
    pub plans: Vec<PlanRow>,
    pub days: Vec<DayRecord>,
    pub manager_rows: Vec<Manager>,
    pub services: Vec<Service>,
    pub inquiries: Vec<Inquiry>,
    pub checks: Vec<Check>,
    pub rejected: Vec<Rejected>,
    pub bad_cells: Vec<BadCells>,
}

impl Tables {
    /// The data's horizon: the latest visit date at most 31 days after the visit date before it.
    pub fn horizon(&self) -> Result<NaiveDate, Trouble> {
        let made = self.visit_rows.standing().filter(|row| !row.unmade);
        let dates: BTreeSet<NaiveDate> = made.map(|row| row.visit.date()).collect();
        if let Some(date) = self.as_of.filter(|_| !dates.is_empty()) {
            return Ok(date);
        }
        let dates: Vec<NaiveDate> = dates.into_iter().collect();
        let near = |pair: &[NaiveDate]| (pair[1] - pair[0]).num_days() <= HORIZON_GAP_DAYS;
        let horizon = dates.windows(2).rev().find(|pair| near(pair)).map(|pair| pair[1]).or(dates.first().copied());
        horizon.ok_or_else(|| {
            let files = self.files.iter().filter(|file| file.source.kind == Kind::Visits);
            let files: Vec<&str> = files.map(|file| file.source.shown.as_str()).collect();
            let found = match self.as_of {
                Some(date) => say(
                    format!("{date}（--as-of）及以前没有任何拜访记录，无从检查"),
                    format!("there is no visit up to {date} (--as-of): nothing can be checked"),
                ),
                None => words("没有任何拜访记录，无从检查", "there is no visit in it: nothing can be checked"),
            };
            let remedy = match self.as_of {
                Some(_) => words("给出较晚的 --as-of", "give a later --as-of"),
                None => words("检查是否导出了正确的月份", "check that the right month was exported"),
            };
            Trouble::new(found).file(files.join(", ")).remedy(remedy)
        })
    }

    /// The span of all visits and plan rows up to which a month can be asked for.
    pub fn reach(&self, horizon: NaiveDate) -> Option<DateSpan> {
        let made = self.visit_rows.standing().filter(|row| !row.unmade).map(|row| row.visit.date());
        let plans = self.plan_rows.standing().map(|row| row.date);
        let day = |date| DateSpan { first: date, last: date };
        made.filter(|date| *date <= horizon).chain(plans).map(day).reduce(DateSpan::union)
    }

    /// Settles every row: `scope` leaves out what no rule of the run looks at.
    pub fn settle(mut self, scope: &Scope, horizon: NaiveDate) -> Result<Loaded, Trouble> {
        let as_of = self.as_of;
        let mut settling = Settling {
            scope,
            horizon: as_of.is_none().then_some(horizon),
            windows: Windows::default(),
            counts: self.files.iter().map(|file| (file.rows, 0)).collect(),
            bad: BTreeMap::new(),
        };
        let (visits, aside) = settling.settle(&mut self.visit_rows);
        let (unmade, stray): (Vec<VisitRow>, Vec<VisitRow>) = aside.into_iter().partition(|row| row.unmade);
        let unmade = unmade.into_iter().filter(|row| row.date.is_some());
        let mut inquiries = settling.settle(&mut self.inquiry_rows).0;
        for inquiry in &mut inquiries {
            inquiry.replied = inquiry.replied.filter(|replied| as_of.is_none_or(|date| replied.date <= date));
        }
        let columns = self.files.iter().flat_map(|file| {
            let kind = file.source.kind;
            file.dialect.columns.iter().map(move |column| (kind, *column))
        });
        Ok(Loaded {
            columns: columns.collect(),
            horizon,
            customer_rows: settling.settle(&mut self.customer_rows).0,
            visits: visits.into_iter().map(|row| row.visit).collect(),
            unmade_visits: unmade.map(|row| row.visit).collect(),
            stray: stray.into_iter().map(|row| (row.visit.manager, row.visit.date())).collect(),
            calls: settling.settle(&mut self.call_rows).0,
            plans: settling.settle(&mut self.plan_rows).0,
            days: settling.settle(&mut self.day_rows).0,
            manager_rows: settling.settle(&mut self.manager_rows).0,
            services: settling.settle(&mut self.service_rows).0,
            inquiries,
            checks: settling.settle(&mut self.check_rows).0,
            bad_cells: settling.bad_cells(),
            windows: settling.windows.clone(),
            inputs: settling.inputs(self.files)?,
            managers: self.managers,
            customers: self.customers,
            rejected: self.rejected,
        })
    }
}

/// What makes bad cells the same.
type BadCell = (Kind, Column, Box<str>, Why);

/// What comes together while the kinds are settled.
struct Settling<'a> {
    scope: &'a Scope,
    /// Behind which records are stray; `None` where `--as-of` has cut the data.
    horizon: Option<NaiveDate>,
    windows: Windows,
    /// For each file its rows by fate and its bad cells.
    counts: Vec<(Counts, u64)>,
    bad: BTreeMap<BadCell, (u64, At)>,
}

impl Settling<'_> {
    /// The used rows of a kind, and those set aside.
    fn settle<T: Record>(&mut self, table: &mut Table<T>) -> (Vec<T>, Vec<T>) {
        let (span, horizon) = (self.scope.span(T::KIND), self.horizon);
        let is_stray = |row: &T| row.is_stray(horizon);
        for (row, fate) in table.rows.iter().zip(&table.fates) {
            let dated = row.date().filter(|_| *fate == Fate::Used);
            if let Some(date) = dated.filter(|_| !(row.is_set_aside() || is_stray(row))) {
                self.windows.add(T::KIND, date);
            }
        }
        table.settle(|row| !is_stray(row) && !row.is_within(span), |row| is_stray(row) || row.is_set_aside());
        for (row, fate) in table.rows.iter().zip(&table.fates) {
            self.counts[row.at().file as usize].0.add(*fate);
        }
        for (position, bad) in table.bad.drain(..) {
            if table.fates[position] != Fate::OtherPeriod {
                let at = table.rows[position].at();
                self.counts[at.file as usize].1 += 1;
                let key = (T::KIND, bad.column, bad.cell, bad.why);
                self.bad.entry(key).or_insert((0, at)).0 += 1;
            }
        }
        let (mut used, mut aside) = (Vec::new(), Vec::new());
        for (row, fate) in std::mem::take(&mut table.rows).into_iter().zip(&table.fates) {
            match fate {
                Fate::Used => used.push(row),
                Fate::SetAside => aside.push(row),
                _ => {}
            }
        }
        (used, aside)
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
    fn inputs(&mut self, files: Vec<super::FileFacts>) -> Result<Vec<Input>, Trouble> {
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
                encoding: file.dialect.charset.name(),
                delimiter: char::from(file.dialect.delimiter),
                head: file.dialect.head,
                unused: file.dialect.unused,
                rows: *rows,
                bad_cells: *bad_cells,
            })
            .collect();
        Ok(inputs)
    }
}
