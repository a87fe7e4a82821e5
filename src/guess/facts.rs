//! What the cells of a foreign column look like.

use super::concepts::Header;
use super::flags;
use super::shapes::{self, has_time, is_code, is_date, is_extension, is_number, is_page, is_phone};
use crate::cell::cells::is_empty_mark;
use crate::cell::words;
use crate::cell::{Cell, Sense, likely, understood};
use crate::load::Preview;
use crate::model::{Column, Field, Holds, Kind, Unit, Word, YesNo, fold, unit};
use std::collections::BTreeMap;

/// So many different values of a column are looked at.
const MOST: usize = 500;
/// Of so many rows, so few different values are of some that have several each.
const ROWS: u64 = 20;
pub(super) const FEW: f64 = 0.2;
/// A column of a few words has no more of them.
const WORDS: usize = 30;

/// The values of a column, empty ones left out.
pub(super) struct Facts<'a> {
    /// How often each value stands there.
    pub values: BTreeMap<&'a str, u64>,
    /// The unit that the header names; `None` too where that measures no time.
    unit: Option<Unit>,
    filled: u64,
    /// What stands above it.
    pub header: Header,
}

impl<'a> Facts<'a> {
    /// One for each column of a file.
    pub(super) fn of(preview: &'a Preview) -> Vec<Self> {
        let of_column = |at: usize| {
            let mut values = BTreeMap::new();
            // Printed tables have their header again on each page.
            let is_cell = |cell: &&str| !(is_empty_mark(cell) || *cell == preview.header[at] || is_page(cell));
            for cell in preview.rows.iter().map(|row| row[at].as_str()).filter(is_cell) {
                *values.entry(cell).or_insert(0) += 1;
            }
            let header = &preview.header[at];
            let unit = unit::named(header).ok().flatten();
            let filled = values.values().sum();
            Self { filled, values, unit, header: Header::of(header) }
        };
        (0..preview.header.len()).map(of_column).collect()
    }

    /// The share of the filled cells for which something holds.
    fn share(&self, holds: impl Fn(&str) -> bool) -> f64 {
        let seen = || self.values.iter().take(MOST);
        let all: u64 = seen().map(|(_, count)| count).sum();
        let such: u64 = seen().filter(|(value, _)| holds(value)).map(|(_, count)| count).sum();
        such as f64 / all.max(1) as f64
    }

    pub(super) fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Whether the values are a few words that come again.
    pub(super) fn are_words(&self) -> bool {
        !self.is_empty() && self.values.len() <= WORDS && self.share(is_number) < 0.5
    }

    /// How nearly every row has a value of its own, 0 to 1.
    pub(super) fn uniqueness(&self) -> f64 {
        self.values.len() as f64 / self.filled.max(1) as f64
    }

    /// Whether users are shops: in an archive of theirs no two rows are of the same, as they would be of those whose they are.
    pub(super) fn are_shops(&self) -> bool {
        self.header.speaks_of("user") && self.values.len() > 1 && self.uniqueness() > 0.95
    }

    /// Whether the values are codes: short, of letters and digits, no telephones, with some digit.
    pub(super) fn are_codes(&self) -> bool {
        !self.is_empty() && self.share(is_code) >= 0.9
    }

    /// The share of these values that are among the others.
    pub(super) fn within(&self, others: &Self) -> f64 {
        let found = self.values.keys().filter(|value| others.values.contains_key(*value)).count();
        found as f64 / self.values.len().max(1) as f64
    }

    /// Whether a cell is read as a column holds it; what counts as empty speaks against none.
    fn reads(&self, field: &Field, cell: &str) -> bool {
        !matches!(self.understood(field, cell), Cell::Unknown(_))
    }

    /// Whether the cells are a column's own words, or mean such, several of them, and none that stands in other columns too.
    pub(super) fn are_words_of(&self, kind: Kind, field: &Field) -> bool {
        let mut values: Vec<String> = Vec::new();
        let mut are_all_own = true;
        // How often, and what was planned, is said in so many ways, and in none that says anything else.
        let is_hinted = matches!(
            field.column,
            Column::VisitCycle
                | Column::Planned
                | Column::Mode
                | Column::Outcome
                | Column::Part
                | Column::Source
                | Column::Status
        );
        let hinted = |cell: &str| likely(kind, field.column, cell).filter(|_| is_hinted);
        for cell in self.values.keys() {
            if is_number(cell) || YesNo::of(&fold(cell)).is_some() {
                return false;
            }
            match (self.understood(field, cell), hinted(cell)) {
                (Cell::Value(value), _) => values.push(value),
                (_, Some(value)) => {
                    are_all_own = false;
                    values.push(value.to_owned());
                }
                _ => return false,
            }
        }
        values.sort_unstable();
        values.dedup();
        let holds = |wanted: &[&str]| wanted.iter().any(|value| values.iter().any(|one| one == value));
        match (kind, field.column) {
            // Orders come by telephone and through the web, but nobody calls there for them.
            (_, Column::Mode) => values.len() > 1 && (are_all_own || holds(&["onsite"])),
            // Whether something is finished is said of much; that nobody was there is said of visits.
            (_, Column::Outcome) => holds(&["done"]) && holds(&["absent", "closed", "emergency"]),
            // Of a few days the reasons for being away may be all the same.
            (Kind::Days, Column::Status) => values.iter().any(|value| value != "field"),
            (Kind::Days, Column::Part) => !values.is_empty(),
            _ => values.len() > 1,
        }
    }

    /// Whether the filled cells count the rows, from one end or the other.
    pub(super) fn count_rows(preview: &Preview, at: usize) -> bool {
        let filled = preview.rows.iter().map(|row| row[at].as_str()).filter(|cell| !is_empty_mark(cell));
        let Some(numbers) = filled.map(|cell| cell.parse().ok()).collect::<Option<Vec<usize>>>() else { return false };
        let count = numbers.len();
        count > 1 && (numbers.iter().copied().eq(1..=count) || numbers.iter().rev().copied().eq(1..=count))
    }

    /// Whether nearly all cells are such.
    pub(super) fn are(&self, such: impl Fn(&str) -> bool) -> bool {
        !self.is_empty() && self.share(such) >= 0.95
    }

    /// Whether the cells list things that come again, some of them several, most of which are such.
    pub(super) fn are_lists_of(&self, such: impl Fn(&str) -> bool) -> bool {
        let mut things: BTreeMap<&str, u64> = BTreeMap::new();
        let (mut several, mut all) = (0, 0);
        for (cell, count) in self.values.iter().take(MOST) {
            let mut listed = 0;
            for thing in words::items(cell) {
                *things.entry(thing).or_default() += count;
                listed += 1;
            }
            several += u64::from(listed > 1) * count;
            all += count;
        }
        let come_again = things.values().filter(|count| **count > 1).count();
        let are_such = things.keys().filter(|thing| such(thing)).count();
        several > 0 && all > 0 && things.len() <= WORDS && come_again * 2 > things.len() && are_such * 2 >= things.len()
    }

    /// A cell as it would be read.
    pub(super) fn understood(&self, field: &Field, cell: &str) -> Cell<String> {
        understood(field, cell, Sense { unit: self.unit, ..Sense::PLAIN })
    }

    /// How well the cells are what a column of a kind holds, 0 to 1; empty columns do not speak against anything.
    pub(super) fn fit(&self, kind: Kind, field: &Field) -> f64 {
        if self.is_empty() {
            return 0.5;
        }
        let column = field.column;
        if matches!(field.holds, Holds::Id) && self.share(|cell| YesNo::of(&fold(cell)).is_some() && cell != "1") >= 0.9
        {
            return 0.0;
        }
        // Of visits alone the day may stand in another column.
        let sense = Sense { has_day: kind == Kind::Visits, unit: self.unit, ..Sense::PLAIN };
        let readable = || self.share(|cell| !matches!(understood(field, cell, sense), Cell::Unknown(_)));
        match field.holds {
            // Of shops and managers each has a row of its own.
            Holds::Id if (kind, column) == (Kind::Customers, Column::CustomerId) => self.codes() * self.uniqueness(),
            Holds::Id if (kind, column) == (Kind::Managers, Column::ManagerId) => self.codes() * self.uniqueness(),
            Holds::Id => self.codes(),
            Holds::Word(_) if self.values.len() > WORDS => 0.0,
            Holds::Word(_) => {
                let header = &self.header;
                let is_flag = |cell: &str| flags::meaning(kind, column, header, cell).is_some();
                self.share(|cell| self.reads(field, cell) || is_flag(cell) || likely(kind, column, cell).is_some())
            }
            Holds::Name if column == Column::Address => 0.8 * self.share(|cell| cell.chars().any(char::is_alphabetic)),
            Holds::Name if column == Column::Name => self.names(),
            Holds::Name => 1.0 - self.share(is_code),
            Holds::Text if column == Column::Contact => 1.0 - self.share(is_code),
            // Software is of many uses.
            Holds::Text if column == Column::Tool && self.header.speaks_of("software") => {
                0.8 * self.share(shapes::is_tool)
            }
            // Numbers below a word that stands for lines and numbers alike may be how often.
            Holds::Text if column == Column::VisitBatch && self.header.speaks_of("pc") => {
                0.8 - 0.8 * self.share(is_number)
            }
            Holds::Text if column == Column::VisitBatch => 0.8,
            // A yes is no text that somebody wrote.
            Holds::Text | Holds::Items => 0.8 * (1.0 - self.share(|cell| YesNo::of(&fold(cell)).is_some())),
            Holds::Photo => 0.8,
            Holds::Phones if column == Column::OwnNumber || (kind, column) == (Kind::Managers, Column::Phone) => {
                self.share(|cell| is_phone(cell) || is_extension(cell))
            }
            Holds::Phones => self.share(is_phone),
            Holds::Lon => self.share(|cell| shapes::within(cell, 70.0, 140.0) || shapes::is_position(cell)),
            Holds::Lat => self.share(|cell| shapes::within(cell, 3.0, 55.0) || shapes::is_position(cell)),
            // Of a visit it is the time that counts.
            Holds::Date if kind == Kind::Visits => {
                let is_stamp = |cell: &str| is_number(cell) && cell.len() >= 10;
                readable()
                    * (1.0 - 0.5 * self.share(|cell| has_time(cell) || is_number(cell)) - 0.2 * self.share(is_stamp))
            }
            Holds::Date | Holds::Moment | Holds::End | Holds::DateOrMoment => {
                readable() * (1.0 - 0.5 * self.share(is_number))
            }
            Holds::Minutes | Holds::Seconds | Holds::Whole | Holds::Month | Holds::Period | Holds::Points => readable(),
        }
    }

    /// Nobody is called yes, and no few names are those of many shops.
    fn names(&self) -> f64 {
        let is_other = |cell: &str| is_number(cell) || is_code(cell) || YesNo::of(&fold(cell)).is_some();
        let are_few = self.filled > ROWS && self.uniqueness() < FEW;
        if are_few { 0.0 } else { 1.0 - self.share(is_other) }
    }

    /// Ids are codes mostly; names may stand for them.
    fn codes(&self) -> f64 {
        let is_account = |cell: &str| cell.len() <= 24 && cell.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_short = |cell: &str| {
            is_account(cell) || cell.chars().count() <= 10 && !cell.contains([':', '/', ',']) && !is_date(cell)
        };
        let is_row_id = |cell: &str| cell.len() == 1 && cell.bytes().all(|byte| byte.is_ascii_digit());
        self.share(|cell| is_code(cell) || is_row_id(cell)).max(0.6 * self.share(is_short))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(cells: &[&str], kind: Kind, column: Column) -> f64 {
        let values: BTreeMap<&str, u64> = cells.iter().map(|cell| (*cell, 1)).collect();
        Facts { filled: values.len() as u64, values, unit: None, header: Header::of("") }
            .fit(kind, kind.field(column).unwrap())
    }

    #[test]
    fn cells_speak_for_what_they_are() {
        let moments = ["2026-09-03 08:05", "2026/9/3 9:15"];
        assert_eq!(fit(&moments, Kind::Visits, Column::StartedAt), 1.0);
        assert_eq!(fit(&["2026.09.03", "2026.9.4"], Kind::Visits, Column::Date), 1.0, "dots make no number of it");
        assert_eq!(fit(&["2026年9月3日"], Kind::Plans, Column::Date), 1.0);
        assert_eq!(fit(&["2026-09-03"], Kind::Visits, Column::StartedAt), 0.0, "a date has no time");
        assert_eq!(fit(&moments, Kind::Visits, Column::CustomerId), 0.0);
        assert_eq!(fit(&["到店", "电访", "微信"], Kind::Visits, Column::Mode), 1.0);
        assert_eq!(fit(&["本地", "国内长途"], Kind::Calls, Column::Direction), 0.0);
        assert_eq!(fit(&["00:05:32", "45"], Kind::Calls, Column::Seconds), 1.0);
        assert_eq!(fit(&["8001", "8002"], Kind::Calls, Column::OwnNumber), 1.0);
        assert_eq!(fit(&["8001"], Kind::Calls, Column::Number), 0.0);
        assert_eq!(fit(&["13800000001", "0516-83901234"], Kind::Calls, Column::Number), 1.0);
        assert_eq!(fit(&["2026-09-01", "2026-9-2"], Kind::Calls, Column::Number), 0.0, "a date is no telephone");
        assert!(fit(&["13800000001"], Kind::Customers, Column::CustomerId) < 0.7, "a telephone is no code");
        assert_eq!(fit(&["8001", "M002"], Kind::Customers, Column::ManagerName), 0.0, "a code is no name");
        assert_eq!(fit(&["117.21", "34.2"], Kind::Customers, Column::Lon), 0.5);
    }
}
