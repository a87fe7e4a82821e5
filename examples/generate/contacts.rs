//! Phone and web visits, and the call log.

use crate::field::{Day, Field, Stop};
use crate::parts::{Part, hm};
use crate::records::{Call, Direction, Mode, Stamp, Visit};

impl<'a> Field<'a> {
    /// Some calls are made between two shops, the rest from the desk after the round.
    pub fn contacts(
        &mut self,
        day: &Day,
        desk: &[Stop<'a>],
        round: &[(u32, u32)],
        visits: &mut Vec<Visit<'a>>,
        calls: &mut Vec<Call<'a>>,
    ) {
        let mut waiting = desk.iter();
        for pair in round.windows(2) {
            let (end, next) = (pair[0].1, pair[1].0);
            if next - end >= 840
                && self.rng.chance(350)
                && let Some(stop) = waiting.next()
            {
                let start = end + self.rng.range(150, 240);
                self.contact(day, stop, start, (next - end - 480).min(240), visits, calls);
            }
        }
        let mut clock = round.last().map_or(hm(13, 0), |(_, end)| *end) + self.rng.range(480, 1500);
        let rest = waiting.len() as u32;
        for stop in waiting {
            // Never past five, however many are left: all must be uploaded by half past.
            let slot = (hm(17, 0).saturating_sub(clock) / rest.max(1)).clamp(240, 600);
            let talk = slot / 2;
            self.contact(day, stop, clock, talk, visits, calls);
            clock += slot - self.rng.below(slot / 6);
        }
    }

    /// `talk`: the longest the conversation may last, in seconds.
    fn contact(
        &mut self,
        day: &Day,
        stop: &Stop<'a>,
        start: u32,
        talk: u32,
        visits: &mut Vec<Visit<'a>>,
        calls: &mut Vec<Call<'a>>,
    ) {
        let mut seconds = self.rng.range(42, talk.max(60));
        if self.part == Part::Brief && self.rng.chance(800) {
            seconds = self.rng.range(30, 34);
        }
        let end = start + seconds + self.rng.range(20, 75);
        let mut visit = self.visit(day, stop, start, end);
        if stop.mode == Mode::Web {
            // A chat has no sign-out; the office counts its minutes.
            if self.rng.chance(300) {
                visit.end = None;
            }
            visits.push(visit);
            return;
        }
        let direction = if stop.planned || self.rng.chance(400) { Direction::Out } else { Direction::In };
        let mut call = Call {
            own: self.own(),
            number: stop.phone,
            start: Stamp { date: day.date, second: start + self.rng.range(4, 45) },
            seconds,
            direction,
        };
        let (none, short, wrong) = self.part.unproven();
        let roll = self.rng.below(100);
        if roll < none {
            visits.push(visit);
            return;
        }
        if roll < none + short {
            call.seconds = self.rng.range(3, 25);
        } else if roll < none + short + wrong {
            call.number = self.stranger();
            visit.phone = call.number;
        } else if self.rng.chance(120) {
            calls.push(Call {
                start: Stamp { date: day.date, second: start - self.rng.range(60, 110) },
                seconds: self.rng.range(0, 12),
                direction: Direction::Out,
                ..call
            });
        }
        visits.push(visit);
        calls.push(call);
    }

    /// Calls that are no visits.
    pub fn stray_calls(&mut self, day: &Day) -> Vec<Call<'a>> {
        (0..self.rng.below(4).saturating_sub(self.rng.below(2)))
            .map(|_| Call {
                own: self.own(),
                number: self.stranger(),
                start: Stamp { date: day.date, second: self.rng.range(hm(8, 25), hm(17, 25)) },
                seconds: self.rng.range(8, 380),
                direction: self.rng.pick(&[Direction::Out, Direction::In]),
            })
            .collect()
    }

    fn own(&mut self) -> &'a str {
        if self.rng.chance(700) { &self.m.mobile } else { &self.m.office }
    }

    fn stranger(&mut self) -> &'a str {
        &self.strangers[self.rng.below(self.strangers.len() as u32) as usize]
    }
}
