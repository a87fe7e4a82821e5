//! The outlook's needs are given days, the most pressing first, so that what remains stays possible together.

use super::row::{Left, Placed};
use crate::model::CustomerId;
use crate::outlook::{Ahead, DaySet, Duty, Need, Needs, Room, Witness};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// What has been given days, and the room that is left.
pub(super) struct Result {
    pub rows: Vec<Placed>,
    pub room: Room,
    pub left: Vec<Left>,
}

/// Gives needs the days of a span; what can wait for days behind it may.
pub(super) fn needs(ahead: &Ahead, span: DaySet) -> Result {
    let ranks = Ranks::of(ahead);
    let (room, remaining) = (ahead.room(&ahead.planned), ahead.remaining(&ahead.planned));
    let (taken, left) = match Witness::of(&remaining, &room) {
        Some(_) => (remaining, vec![]),
        None => ranks.take_possible(&remaining, &room),
    };
    let witness = Witness::of(&taken, &room);
    let mut placing = Placing { ahead, ranks, span, needs: taken, room, rows: vec![], waiting: vec![] };
    if let Some(witness) = witness {
        placing.run(witness);
    }
    Result { rows: placing.rows, room: placing.room, left }
}

/// What tells customers of one slack apart: must-onsite and vulnerable ones, the longest not visited.
type Rank = (bool, bool, Option<NaiveDate>, CustomerId);

struct Ranks(BTreeMap<CustomerId, Rank>);

impl Ranks {
    fn of(ahead: &Ahead) -> Self {
        let rank = |needs: &Needs| {
            let customer = ahead.month.customer(needs.customer);
            let is = |mark: fn(&crate::model::Customer) -> bool| customer.as_deref().is_some_and(mark);
            let must = customer.as_deref().is_some_and(|customer| ahead.month.must_see_onsite(customer));
            let last = ahead.month.last_completed(needs.customer).map(|contact| contact.date);
            let rank = (!must, !is(|customer| customer.vulnerable), last, needs.customer);
            (needs.customer, rank)
        };
        Self(ahead.needs.iter().map(rank).collect())
    }

    /// How pressing a need is: the days still open up to its end less the dates still needed, then the customer's rank.
    fn slack(&self, needs: &Needs, need: &Need) -> (i64, Option<Rank>, Duty, Option<NaiveDate>) {
        let open = i64::from(need.days.and(needs.open).len()) - i64::from(need.dates);
        (open, self.0.get(&needs.customer).copied(), need.duty, need.moved_from)
    }

    /// Takes one need after another, as long as those taken are possible together.
    fn take_possible(&self, remaining: &[Needs], room: &Room) -> (Vec<Needs>, Vec<Left>) {
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (of, needs) in remaining.iter().enumerate() {
            order.extend((0..needs.all.len()).map(|need| (of, need)));
        }
        order.sort_by_key(|(of, need)| self.slack(&remaining[*of], &remaining[*of].all[*need]));
        let mut taken: Vec<Needs> = remaining.iter().map(|needs| Needs { all: vec![], ..needs.clone() }).collect();
        let mut left = Vec::new();
        for (of, need) in order {
            let need = &remaining[of].all[need];
            taken[of].all.push(need.clone());
            if Witness::of(&taken, room).is_none() {
                taken[of].all.pop();
                left.push(Left::of_need(remaining[of].customer, need));
            }
        }
        (taken, left)
    }
}

struct Placing<'p, 'm, 'a> {
    ahead: &'p Ahead<'m, 'a>,
    ranks: Ranks,
    span: DaySet,
    needs: Vec<Needs>,
    room: Room,
    rows: Vec<Placed>,
    /// Needs that no day of the span is left for: they have days behind it.
    waiting: Vec<(CustomerId, Duty, Option<NaiveDate>)>,
}

impl Placing<'_, '_, '_> {
    fn run(&mut self, mut witness: Witness) {
        while let Some((of, need)) = self.most_pressing() {
            match self.place(of, &need, &witness) {
                Some(next) => witness = next,
                None => self.waiting.push((self.needs[of].customer, need.duty, need.moved_from)),
            }
        }
    }

    fn most_pressing(&self) -> Option<(usize, Need)> {
        let all = self.needs.iter().enumerate().flat_map(|(of, needs)| needs.all.iter().map(move |need| (of, need)));
        let waits =
            |of: usize, need: &Need| self.waiting.contains(&(self.needs[of].customer, need.duty, need.moved_from));
        let able = all.filter(|(of, need)| !waits(*of, need));
        able.min_by_key(|(of, need)| self.ranks.slack(&self.needs[*of], need)).map(|(of, need)| (of, need.clone()))
    }

    /// Puts a row for a need on the earliest day of the span that leaves the rest possible.
    fn place(&mut self, of: usize, need: &Need, witness: &Witness) -> Option<Witness> {
        for day in need.days.and(self.needs[of].open).and(self.span).iter().filter(|day| self.room.all[*day] > 0) {
            for (onsite, from) in self.ways(of, need, day) {
                let mut room = self.room.clone();
                room.all[day] -= 1;
                room.onsite[day] -= u32::from(onsite);
                let before = self.needs[of].clone();
                self.needs[of].serve(day, onsite, from);
                if let Some(found) = witness.after(of, day, onsite, &self.needs, &room) {
                    let served = before.all.iter().filter(|need| need.is_served(day, onsite, from));
                    let mut duties: Vec<Duty> = served.map(|need| need.duty).collect();
                    duties.sort_unstable();
                    duties.dedup();
                    let date = self.ahead.month.span.first + Days::new(day as u64);
                    self.rows.push(Placed { customer: before.customer, date, onsite, from, duties });
                    self.room = room;
                    return Some(found);
                }
                self.needs[of] = before;
            }
        }
        None
    }

    /// How a row of a day may serve a need: with as many others of the customer as can be.
    fn ways(&self, of: usize, need: &Need, day: usize) -> Vec<(bool, Option<NaiveDate>)> {
        let others = || self.needs[of].all.iter().filter(|other| other.days.has(day));
        let mut onsite = vec![];
        if self.room.onsite[day] > 0 && others().any(Need::is_onsite) {
            onsite.push(true);
        }
        if !need.is_onsite() {
            onsite.push(false);
        }
        let named: Vec<Option<NaiveDate>> = match need.by_name {
            true => vec![need.moved_from],
            false => others().filter(|other| other.by_name).map(|other| other.moved_from).chain([None]).collect(),
        };
        onsite.into_iter().flat_map(|onsite| named.iter().map(move |from| (onsite, *from))).collect()
    }
}
