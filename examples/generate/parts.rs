//! The parts the managers play, and what a part does to each working day of a month.

use crate::records::{Part as Half, Status};
use crate::rng::Rng;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Follows every rule but for a little noise.
    Ordinary,
    /// The same with hardly any noise.
    Model,
    /// Sets out after 08:30 and goes home early.
    Late,
    /// Visits whom he likes instead of whom he planned.
    Drifting,
    /// Phones instead of going.
    Phoning,
    /// Records phone visits without having called.
    Ghost,
    /// Meetings, training, leave and a broken device, all recorded as they should be.
    Excused,
    /// Goes about his visits on days that he gives to meetings.
    AtMeetings,
    /// Takes one photo a day, and sends it in with every visit.
    OnePhoto,
    /// Checks customers in from one spot.
    OneSpot,
    /// Checks in with the archive's positions.
    Copying,
    /// Fills in by hand when he arrived.
    ByHand,
    /// Calls just as long as he must.
    Brief,
}

impl Part {
    /// The first six managers show one part each; in a larger run six more have records that hardly can be true, one kind each,
    /// and of the others a few in a hundred play one of the first.
    pub fn of(number: u32, rng: &mut Rng) -> Self {
        let roll = rng.below(1000);
        match number {
            1 => Self::Model,
            2 => Self::Late,
            3 => Self::Drifting,
            4 => Self::Phoning,
            5 => Self::Ghost,
            6 => Self::Excused,
            7 => Self::AtMeetings,
            8 => Self::OnePhoto,
            9 => Self::OneSpot,
            10 => Self::Copying,
            11 => Self::ByHand,
            12 => Self::Brief,
            _ => match roll {
                0..25 => Self::Late,
                25..45 => Self::Drifting,
                45..65 => Self::Phoning,
                65..80 => Self::Ghost,
                80..140 => Self::Excused,
                _ => Self::Ordinary,
            },
        }
    }

    /// Of a hundred phone visits: without a call, with one too short, with one to another number.
    pub fn unproven(self) -> (u32, u32, u32) {
        if self == Self::Ghost { (48, 14, 10) } else { (0, 0, 0) }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unplanned {
    /// Clearly below a fifth of the day's customers.
    Usual,
    /// About a quarter.
    Quarter,
    None,
}

/// One working day as it is meant to go.
#[derive(Clone)]
pub struct Script {
    pub status: Status,
    pub half: Half,
    /// First arrival, in seconds since midnight.
    pub arrival: (u32, u32),
    /// Field time, in minutes; 0: as much as the visits want.
    pub field: (u32, u32),
    pub unplanned: Unplanned,
    /// Planned customers left out.
    pub skipped: u32,
    pub late_upload: bool,
    pub late_summary: bool,
    pub late_sync: bool,
}

impl Script {
    fn usual() -> Self {
        Self {
            status: Status::Field,
            half: Half::Full,
            arrival: (hm(8, 2), hm(8, 24)),
            field: (0, 0),
            unplanned: Unplanned::Usual,
            skipped: 0,
            late_upload: false,
            late_summary: false,
            late_sync: false,
        }
    }

    fn excuse(&mut self, status: Status, half: Half) {
        self.status = status;
        self.half = half;
        self.unplanned = Unplanned::None;
        match half {
            Half::Am => {
                self.arrival = (hm(13, 8), hm(13, 25));
                self.field = (165, 195);
            }
            Half::Pm => self.field = (170, 205),
            Half::Full => {}
        }
    }

    /// Away all day: nothing is visited.
    pub fn away(&self) -> bool {
        self.half == Half::Full && matches!(self.status, Status::Meeting | Status::Training | Status::Leave)
    }

    pub fn on_paper(&self) -> bool {
        self.status == Status::DeviceFailure
    }

    /// An ordinary day out, to which moved customers can be added.
    pub fn whole_day_out(&self) -> bool {
        self.half == Half::Full && !self.away()
    }
}

pub fn hm(hour: u32, minute: u32) -> u32 {
    hour * 3600 + minute * 60
}

/// The month's days. `after`: how many months of the run follow; the last one shows a part at its clearest.
pub fn month(part: Part, workdays: usize, after: usize, rng: &mut Rng) -> Vec<Script> {
    let mut days = vec![Script::usual(); workdays];
    if part == Part::Excused {
        excuse(&mut days, after, rng);
    }
    noise(part, &mut days, rng);
    let last = after == 0;
    match part {
        Part::Late => {
            for day in some(&mut days, if last { 9 } else { 3 }, rng) {
                day.arrival = (hm(8, 36), hm(9, 20));
            }
            for day in some(&mut days, if last { 3 } else { 1 }, rng) {
                day.field = (225, 290);
            }
        }
        Part::Drifting => {
            for (place, day) in some(&mut days, if last { 9 } else { 2 }, rng).enumerate() {
                day.unplanned = Unplanned::Quarter;
                // Two more than he adds, so that he falls short of the plan.
                day.skipped = if last && place < 5 { 5 } else { 0 };
            }
        }
        _ => {}
    }
    days
}

/// `count` days of the month, drawn without repeating.
fn some<'a>(days: &'a mut [Script], count: usize, rng: &mut Rng) -> impl Iterator<Item = &'a mut Script> {
    let mut order: Vec<usize> = (0..days.len()).collect();
    rng.shuffle(&mut order);
    let mut chosen = vec![false; days.len()];
    for i in order.into_iter().take(count) {
        chosen[i] = true;
    }
    days.iter_mut().zip(chosen).filter_map(|(day, taken)| taken.then_some(day))
}

/// What happens to everyone now and then, at most once a month each.
fn noise(part: Part, days: &mut [Script], rng: &mut Rng) {
    let quiet = |per_mille: u32| if part == Part::Model { per_mille / 8 } else { per_mille };
    let once = |per_mille: u32, rng: &mut Rng| -> Option<usize> {
        let i = rng.below(days.len() as u32) as usize;
        (rng.chance(quiet(per_mille)) && days[i].status == Status::Field).then_some(i)
    };
    let upload = once(300, rng);
    let arrival = once(250, rng);
    let skipped = once(350, rng);
    let unplanned = once(120, rng);
    let sync = once(120, rng);
    let summary = once(150, rng);
    if let Some(i) = upload {
        days[i].late_upload = true;
    }
    if let Some(i) = arrival {
        days[i].arrival = (hm(8, 32), hm(8, 47));
    }
    if let Some(i) = skipped {
        // No unplanned visit makes up for it, or the day would still meet its plan.
        days[i].skipped = 1;
        days[i].unplanned = Unplanned::None;
    }
    if let Some(i) = unplanned {
        days[i].unplanned = Unplanned::Quarter;
    }
    if let Some(i) = sync {
        days[i].late_sync = true;
    }
    if let Some(i) = summary {
        days[i].late_summary = true;
    }
}

/// Meetings and the like early enough for every moved visit to be made within the run.
fn excuse(days: &mut [Script], after: usize, rng: &mut Rng) {
    let shift = rng.below(2) as usize;
    let plan: &[(usize, Status, Half)] = match after {
        0 => &[
            (2, Status::Meeting, Half::Full),
            (6, Status::Training, Half::Full),
            (10, Status::Leave, Half::Am),
            (12, Status::Leave, Half::Full),
            (15, Status::DeviceFailure, Half::Full),
        ],
        1 => &[(4, Status::Leave, Half::Full), (11, Status::Meeting, Half::Full), (15, Status::Training, Half::Pm)],
        _ => &[(3, Status::Meeting, Half::Pm), (8, Status::Training, Half::Full), (9, Status::Training, Half::Full)],
    };
    for (index, status, half) in plan {
        if let Some(day) = days.get_mut(index + shift) {
            day.excuse(*status, *half);
        }
    }
}
