//! Rows as they are kept: small, in batches, and within a batch manager by manager.

use super::kinds::Row;
use super::row::{Bad, Hand};
use crate::model::{At, CustomerId, DateSpan, Interner, ManagerId, Phone, Phones};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Used,
    SetAside,
    Repeat,
    Superseded,
    OtherPeriod,
}

/// The numbers of a row: none, one, or where in the batch several stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbers(u64);

const SEVERAL: u64 = 1 << 63;

/// Where a kept text stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextAt {
    start: u32,
    length: u32,
}

impl TextAt {
    pub fn is_empty(self) -> bool {
        self.length == 0
    }
}

/// What the rows of a batch refer to by number.
#[derive(Debug, Default)]
pub struct Pools {
    pub managers: Interner,
    pub customers: Interner,
    last_manager: u16,
    texts: Vec<Box<str>>,
    text_numbers: FxHashMap<Box<str>, u16>,
    lists: Vec<Vec<Box<str>>>,
    list_numbers: FxHashMap<Box<str>, u16>,
    last_list: (Box<str>, u16),
    kept: String,
    phones: Vec<Vec<Phone>>,
}

impl Pools {
    /// Stands for no text, no list, no customer.
    pub const NONE: u16 = u16::MAX;

    /// Rows of one manager mostly stand together.
    pub fn manager(&mut self, id: &str) -> u16 {
        let last = u32::from(self.last_manager);
        if self.managers.is_empty() || self.managers.text(last) != id {
            self.last_manager = self.managers.number(id) as u16;
        }
        self.last_manager
    }

    pub fn customer(&mut self, id: &str) -> u16 {
        self.customers.number(id) as u16
    }

    pub fn number(&mut self, text: &str) -> u16 {
        if let Some(number) = self.text_numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u16;
        self.texts.push(text.into());
        self.text_numbers.insert(text.into(), number);
        number
    }

    /// A list of texts, by the cell that holds it.
    pub fn list_number(&mut self, cell: &str) -> u16 {
        if !self.lists.is_empty() && *self.last_list.0 == *cell {
            return self.last_list.1;
        }
        let number = match self.list_numbers.get(cell) {
            Some(number) => *number,
            None => {
                let number = self.lists.len() as u16;
                let items = cell.split([';', '；', '、', ',']).map(str::trim);
                self.lists.push(items.filter(|item| !item.is_empty()).map(Box::from).collect());
                self.list_numbers.insert(cell.into(), number);
                number
            }
        };
        self.last_list = (cell.into(), number);
        number
    }

    pub fn keep(&mut self, text: &str) -> TextAt {
        let start = self.kept.len() as u32;
        self.kept.push_str(text);
        TextAt { start, length: text.len() as u32 }
    }

    pub fn numbers(&mut self, numbers: Vec<Phone>) -> Numbers {
        match numbers[..] {
            [] => Numbers(0),
            [one] => Numbers(one.bits()),
            _ => {
                self.phones.push(numbers);
                Numbers(SEVERAL | (self.phones.len() as u64 - 1))
            }
        }
    }

    pub fn kept(&self, at: TextAt) -> &str {
        &self.kept[at.start as usize..][..at.length as usize]
    }

    pub fn text(&self, number: u16) -> Option<&str> {
        self.texts.get(usize::from(number)).map(|text| &**text)
    }

    pub fn list(&self, number: u16) -> &[Box<str>] {
        self.lists.get(usize::from(number)).map_or(&[], Vec::as_slice)
    }

    pub fn phones(&self, numbers: Numbers) -> Phones<'_> {
        match numbers.0 {
            0 => Phones::None,
            one if one & SEVERAL == 0 => Phones::One(Phone::from_bits(one)),
            several => Phones::Many(&self.phones[(several & !SEVERAL) as usize]),
        }
    }

    /// Takes back what was kept last.
    fn forget(&mut self, at: TextAt) {
        self.kept.truncate(at.start as usize);
    }

    /// Lets go of what is only needed while rows are being read.
    fn settle(&mut self) {
        self.text_numbers = FxHashMap::default();
        self.list_numbers = FxHashMap::default();
        self.kept.shrink_to_fit();
    }
}

/// Rows outside the dates that the run looks at, which are not kept.
#[derive(Debug, Default)]
pub struct Passed {
    /// Their dates, for the kinds whose rows cannot be stray.
    pub span: Option<DateSpan>,
    /// Rows that may turn out to be stray, by manager and date.
    pub by_day: FxHashMap<(u16, NaiveDate), u64>,
}

impl Passed {
    /// Rows whose fate is not known yet.
    pub fn open(&self) -> u64 {
        self.by_day.values().sum()
    }
}

/// The record numbers of a batch's rows, those passed over included.
#[derive(Debug, Default)]
pub struct Ids {
    pub first: String,
    pub last: String,
    /// Whether one is not greater than the one before.
    pub mixed: bool,
}

impl Ids {
    fn add(&mut self, id: &str) {
        self.mixed |= is_before(id, &self.last) || *id == *self.last;
        if self.first.is_empty() {
            self.first.push_str(id);
        }
        self.last.clear();
        self.last.push_str(id);
    }
}

/// The order in which numbers are given: shorter ones first.
pub fn is_before(one: &str, two: &str) -> bool {
    (one.len(), one) < (two.len(), two)
}

/// Neighbouring rows of one manager.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    manager: u16,
    start: u32,
    end: u32,
}

/// Rows of a file that stood together.
#[derive(Debug)]
pub struct Batch<T> {
    pub file: u32,
    /// How many lines of the file stand before those that `lines` counts from.
    pub first_line: u32,
    pub rows: Vec<T>,
    /// For each row its line in the piece of the file that it was read from.
    lines: Vec<u32>,
    pub digests: Vec<u64>,
    pub fates: Vec<Fate>,
    stretches: Vec<Stretch>,
    pub pools: Pools,
    /// Bad cells, with the position of their row.
    pub bad: Vec<(u32, Bad)>,
    pub passed: Passed,
    pub ids: Ids,
    /// The managers and customers of the pools, in the numbers of the run.
    manager_ids: Vec<ManagerId>,
    customer_ids: Vec<CustomerId>,
}

/// A batch holds no more rows than a small number can tell apart.
pub const MOST_ROWS: usize = Pools::NONE as usize - 1;

/// Rows as they are being read.
pub struct Growing<T> {
    pub rows: Vec<T>,
    managers: Vec<u16>,
    lines: Vec<u32>,
    digests: Vec<u64>,
    bad: Vec<(u32, Bad)>,
    passed: Passed,
    ids: Ids,
}

impl<T: Row> Growing<T> {
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            rows: Vec::with_capacity(rows),
            managers: Vec::with_capacity(rows),
            lines: Vec::with_capacity(rows),
            digests: Vec::with_capacity(rows),
            bad: Vec::new(),
            passed: Passed::default(),
            ids: Ids::default(),
        }
    }

    fn add_id(&mut self, row: &T, pools: &Pools) {
        let id = row.id();
        if !id.is_empty() {
            self.ids.add(pools.kept(id));
        }
    }

    /// Takes note of a row that is not kept: one that counts as not read, or one outside the dates looked at.
    pub fn pass(&mut self, row: &T, manager: u16, unread: bool, pools: &mut Pools) {
        if !unread {
            self.add_id(row, pools);
            match row.date() {
                Some(date) if row.may_be_stray() => *self.passed.by_day.entry((manager, date)).or_default() += 1,
                Some(date) if !row.is_set_aside() => {
                    let day = DateSpan { first: date, last: date };
                    self.passed.span = Some(self.passed.span.map_or(day, |span| span.union(day)));
                }
                _ => {}
            }
        }
        if !row.id().is_empty() {
            pools.forget(row.id());
        }
    }

    pub fn push(&mut self, row: T, manager: u16, line: u32, digest: u64, hand: &mut Hand) {
        self.add_id(&row, &hand.pools);
        let bad = &mut hand.bad;
        let position = self.rows.len() as u32;
        self.rows.push(row);
        self.managers.push(manager);
        self.lines.push(line);
        self.digests.push(digest);
        if !bad.is_empty() {
            self.bad.extend(bad.drain(..).map(|bad| (position, bad)));
        }
    }

    /// Brings the rows of each manager together, in the order they came in.
    pub fn into_batch(mut self, file: u32, mut pools: Pools) -> Batch<T> {
        let mut stretches = stretches(&self.managers);
        if stretches.len() > pools.managers.len() {
            let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
            order.sort_by_key(|row| self.managers[*row as usize]);
            self.rows = order.iter().map(|row| self.rows[*row as usize]).collect();
            self.lines = order.iter().map(|row| self.lines[*row as usize]).collect();
            self.digests = order.iter().map(|row| self.digests[*row as usize]).collect();
            let mut place = vec![0; order.len()];
            for (position, row) in (0..).zip(&order) {
                place[*row as usize] = position;
            }
            self.bad.iter_mut().for_each(|(row, _)| *row = place[*row as usize]);
            self.managers.sort_unstable();
            stretches = self::stretches(&self.managers);
        }
        pools.settle();
        self.rows.shrink_to_fit();
        self.lines.shrink_to_fit();
        self.digests.shrink_to_fit();
        Batch {
            file,
            first_line: 0,
            fates: vec![Fate::Used; self.rows.len()],
            rows: self.rows,
            lines: self.lines,
            digests: self.digests,
            stretches,
            pools,
            bad: self.bad,
            passed: self.passed,
            ids: self.ids,
            manager_ids: vec![],
            customer_ids: vec![],
        }
    }
}

fn stretches(managers: &[u16]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for stretch in managers.chunk_by(|one, two| one == two) {
        let end = start + stretch.len() as u32;
        stretches.push(Stretch { manager: stretch[0], start, end });
        start = end;
    }
    stretches
}

/// A row with what it refers to.
pub struct Placed<'a, T> {
    pub row: &'a T,
    pub at: At,
    pub manager: ManagerId,
    batch: &'a Batch<T>,
}

impl<'a, T> Placed<'a, T> {
    pub fn pools(&self) -> &'a Pools {
        &self.batch.pools
    }

    pub fn customer(&self, number: u16) -> CustomerId {
        self.batch.customer_ids[usize::from(number)]
    }

    pub fn customer_if_any(&self, number: u16) -> Option<CustomerId> {
        self.batch.customer_ids.get(usize::from(number)).copied()
    }
}

impl<T> Batch<T> {
    /// Takes the managers in the numbers of the run.
    pub fn number_managers(&mut self, managers: Vec<u32>) {
        self.manager_ids = managers.into_iter().map(ManagerId).collect();
    }

    /// Takes all ids in the numbers of the run, and lets go of their texts.
    pub fn number(&mut self, managers: Vec<u32>, customers: Vec<u32>) {
        self.number_managers(managers);
        self.customer_ids = customers.into_iter().map(CustomerId).collect();
        self.pools.managers = Interner::default();
        self.pools.customers = Interner::default();
    }

    /// Whether there is nothing to be known of it.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.passed.by_day.is_empty() && self.passed.span.is_none()
    }

    pub fn at(&self, row: usize) -> At {
        At { file: self.file, line: self.first_line + self.lines[row] + 1 }
    }

    pub fn manager(&self, number: u16) -> ManagerId {
        self.manager_ids[usize::from(number)]
    }

    /// The managers, each with his rows.
    pub fn stretches(&self) -> impl Iterator<Item = (ManagerId, Range<u32>)> {
        self.stretches.iter().map(|stretch| (self.manager(stretch.manager), stretch.start..stretch.end))
    }

    /// The rows with their managers' ids, as long as these are not numbered.
    pub fn by_id(&self) -> impl Iterator<Item = (&str, &T)> {
        let rows = |stretch: &Stretch| &self.rows[stretch.start as usize..stretch.end as usize];
        let id = |stretch: &Stretch| self.pools.managers.text(u32::from(stretch.manager));
        self.stretches.iter().flat_map(move |stretch| rows(stretch).iter().map(move |row| (id(stretch), row)))
    }

    /// The customers that rows name, in the numbers of the run.
    pub fn customers(&self) -> &[CustomerId] {
        &self.customer_ids
    }

    /// A row with what it refers to; it must be one of this manager's.
    pub fn placed(&self, row: usize, manager: ManagerId) -> Placed<'_, T> {
        Placed { row: &self.rows[row], at: self.at(row), manager, batch: self }
    }
}
