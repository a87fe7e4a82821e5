//! A manager's working days, one after another: what he planned, where he went, what was moved.

use std::collections::VecDeque;

use anyhow::Result;
use chrono::{Datelike, Days, NaiveDate};

use crate::calendar::{Span, workday_before};
use crate::parts::{self, Part, Script, hm};
use crate::records::{Customer, Cycle, DayRow, Manager, Mode, PlanRow, Sink, Stamp, Status};
use crate::rng::Rng;

const PURPOSES: [&str; 6] = ["经营数据告知", "陈列维护", "新品宣传", "订货指导", "政策宣传", "明码标价检查"];

/// What is known of a customer while the month goes by.
#[derive(Clone, Copy, Default)]
pub struct Note {
    /// Visits wanted this month.
    pub wanted: u32,
    pub visited: bool,
    /// Seen on site, told his business data, had his facilities checked.
    pub onsite: bool,
    pub told: bool,
    pub checked: bool,
    /// Whether one who phones instead of going still goes here.
    pub seen: bool,
    /// Opened this month.
    pub new: bool,
    /// The working day of the last visit, counted over the whole run.
    pub last: i32,
}

/// A visit as intended.
#[derive(Clone, Copy)]
pub struct Stop<'a> {
    pub customer: usize,
    pub mode: Mode,
    pub planned: bool,
    pub moved_from: Option<NaiveDate>,
    /// Put into the plan only the evening before.
    pub carried: bool,
    pub phone: &'a str,
    pub tool: &'static str,
}

pub struct Field<'a> {
    pub m: &'a Manager,
    pub shops: &'a [Customer],
    pub part: Part,
    pub rng: Rng,
    pub notes: Vec<Note>,
    pub strangers: &'a [String],
    /// Plans a week at once instead of every evening.
    pub weekly: bool,
    pub planned_tenths: u32,
    /// A fixed order of the customers: whom he likes to see.
    pub liking: Vec<u32>,
    /// Customers of a day on which he was away, with that day and the mode planned.
    pub moves: VecDeque<(usize, NaiveDate, Mode)>,
    /// Per working day of the month: the customers whose turn it is.
    pub due: Vec<Vec<usize>>,
    pub today: i32,
    pub visit_seq: u32,
}

/// Where in the month a day stands.
pub struct Day<'a> {
    pub index: usize,
    pub date: NaiveDate,
    pub script: &'a Script,
}

impl<'a> Field<'a> {
    /// Lives through a month; returns the dates on which he worked at all.
    pub fn month(&mut self, span: &Span, index: usize, sink: &mut dyn Sink) -> Result<Vec<NaiveDate>> {
        let month = &span.months[index];
        let after = span.months_after(index);
        let scripts = parts::month(self.part, month.workdays.len(), after, &mut self.rng);
        self.open_month(&month.workdays, month.last);
        if self.part == Part::Phoning {
            self.choose_seen(month.last, after);
        }
        let mut worked = Vec::new();
        for (index, (date, script)) in month.workdays.iter().zip(&scripts).enumerate() {
            self.today += 1;
            let day = Day { index, date: *date, script };
            let plan = self.plan_day(&day);
            self.write_plan(&day, &plan, sink)?;
            if script.away() {
                for stop in &plan {
                    self.put_off(*date, stop);
                }
                sink.day(self.m, &self.day_row(&day, None, None))?;
            } else {
                worked.push(*date);
                self.go(&day, plan, sink)?;
            }
        }
        Ok(worked)
    }

    fn open_month(&mut self, workdays: &[NaiveDate], last: NaiveDate) {
        self.due = vec![Vec::new(); workdays.len()];
        for (c, shop) in self.shops.iter().enumerate() {
            let note = &mut self.notes[c];
            *note = Note { wanted: wanted(shop, workdays.len(), last.month()), last: note.last, ..Note::default() };
            let phase = self.rng.below(1000) as usize;
            // A new shop is seen on the working day after its opening, then in its turn.
            let opened = workdays.iter().position(|date| *date >= shop.opened_on).unwrap_or(workdays.len());
            let new = shop.opened_on >= last.with_day(1).unwrap_or(last);
            note.new = new;
            note.wanted = note.wanted.max(u32::from(new));
            let start = if new { opened + 1 } else { 0 };
            let phase = if new { 0 } else { phase };
            let room = workdays.len().saturating_sub(start);
            let wanted = note.wanted as usize;
            for i in 0..wanted {
                let w = start + (i * 1000 + phase) * room / (wanted * 1000);
                if w < workdays.len() && shop.may_be_visited(workdays[w]) {
                    self.due[w].push(c);
                }
            }
        }
    }

    /// He goes to a bit more than half of his customers, in the last month to a bit more than a third, and then not even
    /// to those he must see.
    fn choose_seen(&mut self, last: NaiveDate, after: usize) {
        let share = [370, 545, 585][after.min(2)];
        let mut order: Vec<(u32, usize)> = (0..self.shops.len())
            .filter(|c| !self.shops[*c].suspended && self.shops[*c].open_at_end_of(last))
            .map(|c| {
                let rank = match self.shops[c].must_onsite {
                    _ if self.notes[c].new => 0,
                    true if after == 0 => 2_000_000,
                    true => 1,
                    false => 10 + self.liking[c],
                };
                (rank, c)
            })
            .collect();
        order.sort_unstable();
        let count = order.len() * share / 1000;
        for (_, c) in order.into_iter().take(count) {
            self.notes[c].seen = true;
        }
    }

    fn write_plan(&mut self, day: &Day, plan: &[Stop<'a>], sink: &mut dyn Sink) -> Result<()> {
        let evening = self.rng.range(16 * 60 + 30, 17 * 60 + 20) * 60;
        let eve = workday_before(day.date);
        let monday = day.date - Days::new(u64::from(day.date.weekday().num_days_from_monday()));
        for (i, stop) in plan.iter().enumerate() {
            let date = if self.weekly && !stop.carried { workday_before(monday) } else { eve };
            let row = PlanRow {
                date: day.date,
                seq: i as u32 + 1,
                mode: stop.mode,
                phone: stop.phone,
                tool: stop.tool,
                created: Stamp { date, second: evening },
                moved_from: stop.moved_from,
                purpose: self.rng.pick(&PURPOSES),
            };
            sink.plan(self.m, &self.shops[stop.customer], &row)?;
        }
        Ok(())
    }

    /// Moves a planned visit to another day; a newcomer's first visit has no time to lose.
    pub fn put_off(&mut self, date: NaiveDate, stop: &Stop) {
        let moved = (stop.customer, date, stop.mode);
        if self.notes[stop.customer].new && !self.notes[stop.customer].onsite {
            self.moves.push_front(moved);
        } else {
            self.moves.push_back(moved);
        }
    }

    /// He is out all the same.
    fn claims_meeting(&self, day: &Day) -> bool {
        self.part == Part::AtMeetings && day.script.status == Status::Field && day.index % 8 == 3
    }

    pub fn day_row(&self, day: &Day, synced: Option<u32>, summary: Option<u32>) -> DayRow {
        let stamp = |second| Stamp { date: day.date, second };
        DayRow {
            date: day.date,
            status: if self.claims_meeting(day) { Status::Meeting } else { day.script.status },
            part: day.script.half,
            synced: synced.map(stamp),
            summary: summary.map(stamp),
        }
    }

    /// After the last visit, before half past five.
    pub fn summary(&mut self, day: &Day, last_end: u32) -> Option<u32> {
        if day.script.on_paper() {
            return None;
        }
        Some(if day.script.late_summary {
            self.rng.range(hm(17, 36), hm(18, 40))
        } else {
            (last_end.max(hm(16, 40)) + self.rng.range(120, 1200)).min(hm(17, 28))
        })
    }
}

/// How many visits a month a customer gets: what the cycle asks, and one more a week in a long month.
fn wanted(shop: &Customer, workdays: usize, month: u32) -> u32 {
    if shop.suspended {
        return 0;
    }
    let base = match shop.cycle {
        Cycle::Weekly if workdays >= 21 => 5,
        Cycle::Weekly => 4,
        Cycle::Biweekly | Cycle::Semimonthly => 2,
        Cycle::Monthly => 1,
        // The first of the two, the second of the three months.
        Cycle::Bimonthly => month % 2,
        Cycle::Quarterly => u32::from(month % 3 == 2),
    };
    base + u32::from(shop.vulnerable)
}
