//! The months asked for and their working days.

use anyhow::{Result, ensure};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Holidays of 2026 that fall on a weekday, as (month, day), from the State Council's notice
/// <https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm>. Other years get plain weekdays.
const HOLIDAYS_2026: [(u32, u32); 19] = [
    (1, 1),
    (1, 2),
    (2, 16),
    (2, 17),
    (2, 18),
    (2, 19),
    (2, 20),
    (2, 23),
    (4, 6),
    (5, 1),
    (5, 4),
    (5, 5),
    (6, 19),
    (9, 25),
    (10, 1),
    (10, 2),
    (10, 5),
    (10, 6),
    (10, 7),
];
/// Weekend days of 2026 that are worked in exchange (same notice).
const MAKEUP_2026: [(u32, u32); 6] = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)];

pub struct Month {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub workdays: Vec<NaiveDate>,
}

pub struct Span {
    pub months: Vec<Month>,
}

impl Span {
    pub fn new(first: NaiveDate, months: u32) -> Result<Self> {
        ensure!((1..=120).contains(&months), "--months wants 1 to 120");
        let mut list = Vec::new();
        let mut start = first;
        for _ in 0..months {
            let next = first_of_next_month(start);
            let last = next - Days::new(1);
            let workdays =
                start.iter_days().take_while(|date| *date <= last).filter(|date| is_workday(*date)).collect();
            list.push(Month { first: start, last, workdays });
            start = next;
        }
        Ok(Self { months: list })
    }

    pub fn first(&self) -> NaiveDate {
        self.months[0].first
    }

    pub fn last(&self) -> NaiveDate {
        self.months[self.months.len() - 1].last
    }

    /// How many months lie behind this one: 0 for the last, in which the parts are played hardest.
    pub fn months_after(&self, index: usize) -> usize {
        self.months.len() - 1 - index
    }
}

pub fn is_workday(date: NaiveDate) -> bool {
    let day = (date.month(), date.day());
    if date.year() == 2026 && MAKEUP_2026.contains(&day) {
        return true;
    }
    let holiday = date.year() == 2026 && HOLIDAYS_2026.contains(&day);
    !holiday && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The working day before `date`.
pub fn workday_before(date: NaiveDate) -> NaiveDate {
    let mut day = date - Days::new(1);
    while !is_workday(day) {
        day = day - Days::new(1);
    }
    day
}

/// The `n`-th working day after `date`.
pub fn workdays_after(date: NaiveDate, n: u32) -> NaiveDate {
    let mut day = date;
    for _ in 0..n {
        day = day + Days::new(1);
        while !is_workday(day) {
            day = day + Days::new(1);
        }
    }
    day
}

fn first_of_next_month(date: NaiveDate) -> NaiveDate {
    let (year, month) = if date.month() == 12 { (date.year() + 1, 1) } else { (date.year(), date.month() + 1) };
    NaiveDate::from_ymd_opt(year, month, 1).expect("the first of a month exists")
}
