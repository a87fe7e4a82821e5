//! The plan of a day: whose turn it is, how they are contacted, and in which order.

use crate::field::{Day, Field, Stop};
use crate::parts::{Part, Unplanned};
use crate::records::{Class, Mode};

const WEB_TOOLS: [&str; 4] = ["微信", "QQ", "微信", "电商平台"];

impl<'a> Field<'a> {
    pub fn plan_day(&mut self, day: &Day) -> Vec<Stop<'a>> {
        let cap = self.capacity();
        let mut plan: Vec<Stop> = Vec::with_capacity(cap + 8);
        if day.script.whole_day_out() {
            self.take_moves(day, cap.div_ceil(2).max(6), &mut plan);
        }
        let mut over = Vec::new();
        for c in std::mem::take(&mut self.due[day.index]) {
            if plan.iter().any(|stop| stop.customer == c) || !self.shops[c].may_be_visited(day.date) {
                continue;
            }
            // A crowded day hands over to the next, where they come first. Newcomers cannot wait, and the month's last
            // day has to take everybody.
            if plan.len() >= cap + 3 && !self.notes[c].new && day.index + 1 < self.due.len() {
                over.push(c);
            } else {
                let mode = self.choose_mode(c);
                plan.push(self.stop(c, mode));
            }
        }
        if !over.is_empty() {
            self.due[day.index + 1].splice(0..0, over);
        }
        while plan.len() < cap {
            let Some(c) = self.longest_unseen(day, &plan, false) else { break };
            let mode = self.choose_mode(c);
            plan.push(self.stop(c, mode));
        }
        self.keep_enough_onsite(day, &mut plan);
        for stop in &plan {
            self.notes[stop.customer].last = self.today;
        }
        self.in_order(plan)
    }

    fn capacity(&mut self) -> usize {
        let tenths = self.planned_tenths + self.rng.range(0, 20);
        (tenths.saturating_sub(5) / 10).max(4) as usize
    }

    /// Moved customers first, half a day's worth at a time: they have seven days.
    fn take_moves(&mut self, day: &Day, most: usize, plan: &mut Vec<Stop<'a>>) {
        for _ in 0..most {
            let Some((c, from, mode)) = self.moves.pop_front() else { break };
            if plan.iter().any(|stop| stop.customer == c) || !self.shops[c].may_be_visited(day.date) {
                continue;
            }
            let mut stop = self.stop(c, mode);
            stop.moved_from = Some(from);
            stop.carried = true;
            plan.push(stop);
        }
    }

    fn choose_mode(&mut self, c: usize) -> Mode {
        let (shop, note) = (&self.shops[c], self.notes[c]);
        let roll = self.rng.below(100);
        let onsite = if self.part == Part::Phoning {
            note.seen
        } else if shop.must_onsite || (!note.onsite && (is_batch(shop.class) || note.new)) {
            true
        } else if shop.distant {
            roll < 12
        } else if note.onsite {
            roll < 76
        } else {
            roll < 88
        };
        if onsite {
            Mode::Onsite
        } else if shop.phones.is_empty() || self.rng.chance(210) {
            Mode::Web
        } else {
            Mode::Phone
        }
    }

    pub fn stop(&mut self, c: usize, mode: Mode) -> Stop<'a> {
        let shop = &self.shops[c];
        let (phone, tool) = match mode {
            Mode::Onsite => ("", ""),
            Mode::Phone if shop.phones.len() > 1 => (self.rng.pick(&[&*shop.phones[0], &*shop.phones[1]]), "平板电脑"),
            Mode::Phone => (shop.phones[0].as_str(), "平板电脑"),
            Mode::Web => ("", self.rng.pick(&WEB_TOOLS)),
        };
        Stop { customer: c, mode, planned: true, moved_from: None, carried: false, phone, tool }
    }

    /// Five hours in the field want a few stops on site.
    fn keep_enough_onsite(&mut self, day: &Day, plan: &mut Vec<Stop<'a>>) {
        let least = if self.part == Part::Phoning { 4 } else { 6 };
        let mut onsite = plan.iter().filter(|stop| stop.mode == Mode::Onsite).count();
        let phoning = self.part == Part::Phoning;
        for stop in plan.iter_mut() {
            if onsite < least && stop.mode != Mode::Onsite && !phoning {
                (stop.mode, stop.phone, stop.tool) = (Mode::Onsite, "", "");
                onsite += 1;
            }
        }
        while onsite < least {
            let Some(c) = self.longest_unseen(day, plan, true) else { break };
            plan.push(self.stop(c, Mode::Onsite));
            onsite += 1;
        }
    }

    /// The customer most overdue in proportion to how often he wants to be visited.
    fn longest_unseen(&mut self, day: &Day, plan: &[Stop], seen: bool) -> Option<usize> {
        let start = self.rng.below(self.shops.len() as u32) as usize;
        let mut best: Option<(i32, usize)> = None;
        for i in 0..self.shops.len() {
            let c = (start + i) % self.shops.len();
            let note = self.notes[c];
            let score = (self.today - note.last) * note.wanted as i32;
            let fresh = self.today - note.last < 2;
            if fresh || (seen && !note.seen) || best.is_some_and(|(most, _)| score <= most) || score == 0 {
                continue;
            }
            if self.shops[c].may_be_visited(day.date) && !plan.iter().any(|stop| stop.customer == c) {
                best = Some((score, c));
            }
        }
        best.map(|(_, c)| c)
    }

    /// The round on site from shop to nearest shop, then the contacts from the desk.
    fn in_order(&self, plan: Vec<Stop<'a>>) -> Vec<Stop<'a>> {
        let mut order = Vec::with_capacity(plan.len());
        let (mut onsite, desk): (Vec<Stop>, Vec<Stop>) = plan.into_iter().partition(|stop| stop.mode == Mode::Onsite);
        let mut here = (0.0, 0.0);
        while !onsite.is_empty() {
            let mut nearest = 0;
            for i in 1..onsite.len() {
                let far = |i: usize| distance(here, self.shops[onsite[i].customer].spot);
                if far(i) < far(nearest) {
                    nearest = i;
                }
            }
            let stop = onsite.swap_remove(nearest);
            here = self.shops[stop.customer].spot;
            order.push(stop);
        }
        order.extend(desk);
        order
    }

    /// Customers visited without a plan, so many that the day's share stays where the script wants it.
    pub fn unplanned(&mut self, day: &Day, plan: &[Stop<'a>], left: &[usize]) -> Vec<Stop<'a>> {
        let n = plan.len() as u32;
        let count = match day.script.unplanned {
            Unplanned::None => 0,
            Unplanned::Quarter => n.div_ceil(3),
            Unplanned::Usual => self.rng.range(0, n / 5).max(self.rng.range(0, n / 5)),
        };
        let mut extra: Vec<Stop> = Vec::new();
        for _ in 0..count * 8 {
            let c = self.rng.below(self.shops.len() as u32) as usize;
            let note = self.notes[c];
            let known = plan.iter().chain(&extra).any(|stop| stop.customer == c) || left.contains(&c);
            if known || note.wanted == 0 || !self.shops[c].may_be_visited(day.date) {
                continue;
            }
            let onsite = if self.part == Part::Phoning {
                note.seen
            } else {
                self.rng.chance(if self.shops[c].distant { 150 } else { 900 })
            };
            let mode = if onsite || self.shops[c].phones.is_empty() { Mode::Onsite } else { Mode::Phone };
            if mode == Mode::Onsite && self.part == Part::Phoning && !note.seen {
                continue;
            }
            let mut stop = self.stop(c, mode);
            stop.planned = false;
            self.notes[c].last = self.today;
            extra.push(stop);
            if extra.len() as u32 == count {
                break;
            }
        }
        extra
    }
}

pub fn is_batch(class: Class) -> bool {
    matches!(class, Class::FirstBatch | Class::SecondBatch)
}

pub fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    (x * x + y * y).sqrt()
}
