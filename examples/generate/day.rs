//! A day out: the round with its times, what was done in each shop, and what is sent in afterwards.

use anyhow::Result;

use crate::archive;
use crate::field::{Day, Field, Stop};
use crate::parts::{Part, hm};
use crate::plan::{distance, is_batch};
use crate::records::{Call, Item, Mode, Outcome, Part as Half, Position, Sink, Source, Stamp, Visit};

const REASONS: [(Outcome, [&str; 2]); 3] = [
    (Outcome::Absent, ["店主外出办事", "店主住院，家人不知情"]),
    (Outcome::Closed, ["当日未开门", "店面装修"]),
    (Outcome::Emergency, ["道路施工无法通行", "停电，店内无法操作"]),
];
const NOTES: [&str; 5] = ["客户反映断货", "要求补标价签", "已提醒订货", "价签齐全, 陈列良好", "新品动销一般"];

impl<'a> Field<'a> {
    pub fn go(&mut self, day: &Day, plan: Vec<Stop<'a>>, sink: &mut dyn Sink) -> Result<()> {
        let (mut round, left) = self.part_with(day, plan);
        let extra = self.unplanned(day, &round, &left);
        let first_desk = round.iter().position(|stop| stop.mode != Mode::Onsite).unwrap_or(round.len());
        let mut desk = round.split_off(first_desk);
        for stop in extra {
            if stop.mode == Mode::Onsite {
                round.insert(self.detour(&round, stop.customer), stop);
            } else {
                desk.push(stop);
            }
        }
        let outcomes: Vec<Outcome> = round.iter().map(|stop| self.outcome(day, stop)).collect();
        let mut times = self.timeline(day, &round, &outcomes);
        if self.part == Part::ByHand {
            self.fill_in(&mut times);
        }
        let mut visits = Vec::with_capacity(round.len() + desk.len());
        for ((stop, outcome), (start, end)) in round.iter().zip(outcomes).zip(&times) {
            visits.push(self.onsite_visit(day, stop, outcome, *start, *end));
        }
        let mut calls = self.stray_calls(day);
        self.contacts(day, &desk, &times, &mut visits, &mut calls);
        visits.sort_by_key(|visit| visit.start);
        calls.sort_by_key(|call| call.start);
        self.send_in(day, visits, &calls, sink)
    }

    /// The stops he makes, and the customers he leaves out: moved to other days if he was excused, else seen later.
    fn part_with(&mut self, day: &Day, plan: Vec<Stop<'a>>) -> (Vec<Stop<'a>>, Vec<usize>) {
        let onsite = plan.iter().filter(|stop| stop.mode == Mode::Onsite).count();
        let half = day.script.half != Half::Full;
        let (mut kept, mut left) = (Vec::with_capacity(plan.len()), Vec::new());
        let mut to_skip = day.script.skipped;
        let again = day.index + 2;
        for (i, stop) in plan.into_iter().enumerate() {
            let c = stop.customer;
            if half && stop.mode == Mode::Onsite && i >= onsite.div_ceil(2) {
                self.put_off(day.date, &stop);
                left.push(c);
            } else if to_skip > 0 && i > 0 && !stop.carried && !self.notes[c].new && again < self.due.len() {
                to_skip -= 1;
                self.due[again].push(c);
                left.push(c);
            } else {
                kept.push(stop);
            }
        }
        (kept, left)
    }

    /// Where in the round an unplanned shop costs least: behind its nearest stop, never before the first planned one.
    fn detour(&self, round: &[Stop], c: usize) -> usize {
        let spot = self.shops[c].spot;
        let far = |stop: &Stop| distance(spot, self.shops[stop.customer].spot);
        let mut best = 0;
        for i in 1..round.len() {
            if far(&round[i]) < far(&round[best]) {
                best = i;
            }
        }
        (best + 1).min(round.len())
    }

    /// One planned visit in a hundred is in vain, and then repeated two working days later. Not where the repetition would
    /// come too late for a newcomer, a moved visit or the month.
    fn outcome(&mut self, day: &Day, stop: &Stop) -> Outcome {
        let again = day.index + 2;
        let first = self.notes[stop.customer].new && !self.notes[stop.customer].onsite;
        let kept = first || !stop.planned || stop.moved_from.is_some() || again >= self.due.len();
        if kept || !self.rng.chance(10) {
            return Outcome::Done;
        }
        self.due[again].push(stop.customer);
        REASONS[self.rng.below(3) as usize].0
    }

    /// Arrival and leaving at each stop: gaps long enough to drive (25 km/h and parking), a lunch break, and durations
    /// that share out what is left of the day's field time.
    fn timeline(&mut self, day: &Day, round: &[Stop], outcomes: &[Outcome]) -> Vec<(u32, u32)> {
        let n = round.len() as u32;
        let (early, late) = day.script.arrival;
        let start = self.rng.range(early, late);
        let minutes = match day.script.field {
            (0, 0) if n <= 6 => self.rng.range(306, 332),
            (0, 0) => 300 + 8 * n.min(16) + self.rng.range(0, 40),
            (low, high) => self.rng.range(low, high),
        };
        // Home before four, but never at the price of the five hours.
        let length = match day.script.field {
            (0, 0) => (minutes * 60).min(hm(15, 55).saturating_sub(start)).max(304 * 60),
            _ => minutes * 60,
        };
        let lunch = match hm(12, 0).checked_sub(start) {
            Some(morning) if start + length > hm(13, 0) && n > 2 => (morning * n / length).clamp(1, n - 1),
            _ => n,
        };
        let mut gaps = vec![0; round.len()];
        for i in 1..round.len() {
            let metres = distance(self.shops[round[i - 1].customer].spot, self.shops[round[i].customer].spot);
            let drive = (metres / 6.9) as u32 + 100 + self.rng.below(420);
            gaps[i] = if i as u32 == lunch { drive.max(self.rng.range(33 * 60, 52 * 60)) } else { drive };
        }
        let weights: Vec<u32> = outcomes
            .iter()
            .map(|outcome| if *outcome == Outcome::Done { self.rng.range(70, 130) } else { 14 })
            .collect();
        let total: u32 = weights.iter().sum();
        let inside = length.saturating_sub(gaps.iter().sum());
        let mut clock = start;
        let mut times = Vec::with_capacity(round.len());
        for (gap, weight) in gaps.iter().zip(&weights) {
            let arrived = clock + gap;
            // Rounded up, so that the whole is never shorter than wanted.
            clock = arrived + (inside * weight).div_ceil(total).max(200);
            times.push((arrived, clock));
        }
        times
    }

    /// He remembers full five minutes, and never two shops at a time.
    fn fill_in(&mut self, times: &mut [(u32, u32)]) {
        let mut left = 0;
        for (start, end) in times {
            let full = *start / 300 * 300;
            if self.rng.chance(600) && full >= left + (*start - left) / 2 {
                *start = full;
            }
            left = *end;
        }
    }

    fn onsite_visit(&mut self, day: &Day, stop: &Stop<'a>, outcome: Outcome, start: u32, end: u32) -> Visit<'a> {
        let paper = day.script.on_paper();
        let mut visit = self.visit(day, stop, start, end);
        visit.outcome = outcome;
        if outcome != Outcome::Done {
            let reasons = REASONS.iter().find(|(known, _)| *known == outcome).expect("every outcome has reasons");
            visit.reason = self.rng.pick(&reasons.1);
        }
        if !paper {
            visit.photo = outcome != Outcome::Done || self.rng.chance(250);
            // The receiver finds no satellite once in a while.
            visit.position = (!self.rng.chance(15)).then(|| self.near(self.shops[stop.customer].spot));
            self.falsify(&mut visit);
        }
        // He forgets to sign out now and then; the device still knows how long he stayed.
        if self.rng.chance(8) {
            visit.end = None;
        }
        visit
    }

    /// A visit without what depends on its mode.
    pub fn visit(&mut self, day: &Day, stop: &Stop<'a>, start: u32, end: u32) -> Visit<'a> {
        let stamp = |second| Stamp { date: day.date, second };
        Visit {
            seq: 0,
            customer: stop.customer,
            mode: stop.mode,
            start: stamp(start),
            end: Some(stamp(end)),
            minutes: (end - start + 30) / 60,
            planned: stop.planned,
            outcome: Outcome::Done,
            reason: "",
            photo: false,
            photo_number: 0,
            phone: stop.phone,
            tool: stop.tool,
            items: Vec::new(),
            uploaded: None,
            position: None,
            source: if day.script.on_paper() { Source::Paper } else { Source::Device },
            note: if self.rng.chance(30) { self.rng.pick(&NOTES) } else { "" },
        }
    }

    /// Where he says he is who is not there, or copies where he should be.
    fn falsify(&mut self, visit: &mut Visit) {
        if visit.position.is_none() {
            return;
        }
        match self.part {
            Part::OneSpot if self.rng.chance(300) => visit.position = Some(self.m.centre),
            Part::Copying if self.rng.chance(500) => visit.position = self.shops[visit.customer].archived,
            _ => {}
        }
    }

    /// A check-in within some eighty metres of the shop.
    fn near(&mut self, spot: (f64, f64)) -> Position {
        let mut off = || f64::from(self.rng.below(61) + self.rng.below(61)) - 60.0;
        archive::position(self.m.centre, (spot.0 + off(), spot.1 + off()))
    }

    /// What the visit was for. The month's duties are done on the first occasion.
    fn set_items(&mut self, visit: &mut Visit) {
        let note = &mut self.notes[visit.customer];
        note.visited = true;
        if visit.outcome != Outcome::Done {
            return;
        }
        if !note.told {
            note.told = true;
            visit.items.push(Item::BusinessData);
        }
        if visit.mode == Mode::Onsite {
            note.onsite = true;
            if is_batch(self.shops[visit.customer].class) && !note.checked {
                note.checked = true;
                visit.items.push(Item::FacilityCheck);
            }
        }
        let others: &[Item] = match visit.mode {
            Mode::Onsite => &[Item::Display, Item::NewProduct, Item::Ordering],
            _ => &[Item::NewProduct, Item::Ordering],
        };
        if self.rng.chance(150) {
            visit.items.push(self.rng.pick(others));
        }
    }

    /// Numbers the day's visits, uploads them, writes the day down.
    fn send_in(&mut self, day: &Day, mut visits: Vec<Visit<'a>>, calls: &[Call], sink: &mut dyn Sink) -> Result<()> {
        let stamp = |second| Stamp { date: day.date, second };
        let batch = self.rng.range(hm(16, 40), hm(17, 18));
        let at_once = self.rng.chance(600);
        let last = visits.len().saturating_sub(1);
        let (mut first_device, mut last_end) = (None, 0);
        let mut first_photo = None;
        for (i, visit) in visits.iter_mut().enumerate() {
            self.visit_seq += 1;
            visit.seq = self.visit_seq;
            visit.photo_number = visit.seq;
            if visit.photo && self.part == Part::OnePhoto {
                visit.photo_number = *first_photo.get_or_insert(visit.seq);
            }
            self.set_items(visit);
            let end = visit.end.map_or(visit.start.second + visit.minutes * 60, |end| end.second);
            last_end = last_end.max(end);
            if visit.source == Source::Device {
                first_device.get_or_insert(visit.start.second);
                let second = if i == last && day.script.late_upload {
                    self.rng.range(hm(17, 38), hm(18, 50))
                } else if at_once || end > batch {
                    (end + self.rng.range(45, 900)).min(hm(17, 29))
                } else {
                    batch + i as u32 * 3
                };
                visit.uploaded = Some(stamp(second));
            }
        }
        for visit in &visits {
            sink.visit(self.m, &self.shops[visit.customer], visit)?;
        }
        for call in calls {
            sink.call(self.m, call)?;
        }
        let synced = first_device.map(|first| match day.script.late_sync {
            true => first + self.rng.range(240, 2400),
            false => first - self.rng.range(600, 2700),
        });
        let summary = self.summary(day, last_end);
        sink.day(self.m, &self.day_row(day, synced, summary))
    }
}
