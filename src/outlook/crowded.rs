//! Days with more standing rows than there is room for (SPEC-month §1): as long as all of them stand they take no more room, but
//! as soon as some are given up the day holds what it holds. So each such day is kept as it is or emptied, and what is best for
//! one hangs on the others.

use super::days::DaySet;
use super::flow::Room;
use super::together::{Possible, possible};
use super::{Ahead, Needs};
use crate::model::PlanRow;
use chrono::Datelike;

/// What is made of a crowded day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Not yet decided: all that any of the others allows.
    Open,
    Kept,
    Emptied,
    /// Of the rows those on site stay, which are more than the day holds on site: nobody else is seen on site.
    OnsiteKept,
}

struct Crowded {
    /// The days.
    days: Vec<usize>,
    /// What the days hold.
    capacities: Room,
    /// How many rows stand, and how many on site.
    rows: ([u32; DaySet::MOST], [u32; DaySet::MOST]),
    /// So many more ways are tried.
    left: u32,
}

/// Cases that people make are decided by a dozen.
const MOST_WAYS: u32 = 1_000;

impl Ahead<'_, '_> {
    /// Whether all needs can be given days where some of the rows are given up, and crowded days may stay as they are.
    pub(super) fn possible_with_crowded_days(&self) -> Possible {
        let (capacities, rows) = (self.capacities(), self.planned.count());
        let is_crowded = |day: &usize| rows.0[*day] > capacities.all[*day] || rows.1[*day] > capacities.onsite[*day];
        let days: Vec<usize> = self.left.iter().filter(is_crowded).collect();
        if days.is_empty() {
            return Possible::No;
        }
        let mut crowded = Crowded { days, capacities, rows, left: MOST_WAYS };
        let mut fates = vec![Fate::Open; crowded.days.len()];
        self.decide(&mut crowded, &mut fates, 0)
    }

    fn decide(&self, crowded: &mut Crowded, fates: &mut [Fate], next: usize) -> Possible {
        if crowded.left == 0 {
            return Possible::Undecided;
        }
        crowded.left -= 1;
        let so_far = self.possible_if(crowded, fates);
        if so_far != Possible::Yes || next == fates.len() {
            return so_far;
        }
        let mut answer = Possible::No;
        let day = crowded.days[next];
        let is_crowded_onsite = crowded.rows.1[day] > crowded.capacities.onsite[day];
        for fate in [Fate::Kept, Fate::Emptied, Fate::OnsiteKept] {
            if fate == Fate::OnsiteKept && !is_crowded_onsite {
                continue;
            }
            fates[next] = fate;
            match self.decide(crowded, fates, next + 1) {
                Possible::Yes => return Possible::Yes,
                Possible::Undecided => answer = Possible::Undecided,
                Possible::No => {}
            }
        }
        fates[next] = Fate::Open;
        answer
    }

    fn possible_if(&self, crowded: &Crowded, fates: &[Fate]) -> Possible {
        let fate_of = |day: usize| crowded.days.iter().position(|of| *of == day).map(|at| fates[at]);
        let day_of = |row: &PlanRow| row.date.day0() as usize;
        let planned = self.planned.only(|row| fate_of(day_of(row)) == Some(Fate::Kept));
        let mut room = self.room(&planned);
        let ((rows, onsite), capacities) = (&crowded.rows, &crowded.capacities);
        for (day, fate) in crowded.days.iter().zip(fates) {
            match fate {
                Fate::Open => {
                    room.all[*day] = capacities.all[*day].max(rows[*day]);
                    room.onsite[*day] = capacities.onsite[*day].max(onsite[*day]);
                }
                Fate::OnsiteKept => room.onsite[*day] = onsite[*day],
                Fate::Kept | Fate::Emptied => {}
            }
        }
        let mut needs = self.remaining(&planned);
        for (day, fate) in crowded.days.iter().zip(fates) {
            if *fate == Fate::OnsiteKept {
                needs.iter_mut().for_each(|needs| self.bar(needs, *day));
            }
        }
        possible(&needs, &room)
    }

    /// Only who stands on site in the plan is seen on site on this day.
    fn bar(&self, needs: &mut Needs, day: usize) {
        let is_onsite = |row: &&PlanRow| row.is_onsite() && row.date.day0() as usize == day;
        if !self.planned.of_customer(needs.customer).iter().any(is_onsite) {
            needs.not_onsite = needs.not_onsite.or(DaySet::one(day));
        }
    }
}
