//! Whether all needs can be given days together (SPEC-month §1, *together*).

use super::days::DaySet;
use super::flow::{Flow, Room, Slot};
use super::needs::Needs;

/// So many flows decide every case that people make; a case made to take more stays undecided, and is said to be.
const MOST_FLOWS: u32 = 10_000;

/// An answer that may not have been found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Possible {
    Yes,
    No,
    Undecided,
}

/// Whether days with this room can be given to all needs.
pub(crate) fn possible(needs: &[Needs], room: &Room) -> Possible {
    match decide(needs, room) {
        Some(Some(_)) => Possible::Yes,
        Some(None) => Possible::No,
        None => Possible::Undecided,
    }
}

/// A way to give days to all needs, from which others are found faster than anew.
#[derive(Clone)]
pub(crate) struct Witness(Flow);

impl Witness {
    /// None where there is no way, or none was found.
    pub(crate) fn of(needs: &[Needs], room: &Room) -> Option<Self> {
        decide(needs, room).flatten().map(Self)
    }

    /// Another way when a customer has been given a day and needs less: `needs` and `room` are what remains.
    pub(crate) fn after(&self, of: usize, day: usize, onsite: bool, needs: &[Needs], room: &Room) -> Option<Self> {
        let mut flow = self.0.clone();
        flow.drop_all_of(of);
        if flow.take_room(day, onsite) {
            for way in needs[of].ways(of) {
                let mut tried = flow.clone();
                if way.into_iter().all(|slot| tried.add(slot)) && tried.clash().is_none() {
                    return Some(Self(tried));
                }
            }
        }
        Self::of(needs, room)
    }
}

/// A flow if there is one; `None` where too much would have to be tried.
fn decide(needs: &[Needs], room: &Room) -> Option<Option<Flow>> {
    let mut search = Search { flows: 0, ways: Vec::with_capacity(needs.len()) };
    let mut flow = Flow::new(room.clone(), needs.len());
    let mut undecided = Vec::new();
    for (of, needs) in needs.iter().enumerate() {
        let ways = needs.ways(of);
        let slots = match &ways[..] {
            [] => return Some(None),
            [only] => only.clone(),
            _ => {
                undecided.push(of);
                relaxed(&ways)
            }
        };
        if !slots.into_iter().all(|slot| flow.add(slot)) {
            return Some(None);
        }
        search.ways.push(ways);
    }
    search.decide(flow, &undecided)
}

/// What every way asks for at least: as many slots as that with the fewest, anywhere, one of them on site if all have one.
fn relaxed(ways: &[Vec<Slot>]) -> Vec<Slot> {
    let days = |onsite: bool| {
        let slots = ways.iter().flatten().filter(|slot| !onsite || slot.onsite);
        slots.fold(DaySet::default(), |days, slot| days.or(slot.days))
    };
    let fewest = ways.iter().map(Vec::len).min().unwrap_or(0);
    let is_onsite = ways.iter().all(|way| way.iter().any(|slot| slot.onsite));
    let of = ways[0][0].of;
    let slot = |number: usize| {
        let onsite = is_onsite && number == 0;
        Slot { of, onsite, days: days(onsite) }
    };
    (0..fewest).map(slot).collect()
}

/// Ways of joining, and days barred, tried one after another.
struct Search {
    flows: u32,
    /// Of each customer.
    ways: Vec<Vec<Vec<Slot>>>,
}

impl Search {
    /// A flow in which every customer goes one of his ways and nobody has two dates on a day; `None` where too much would
    /// have to be tried.
    fn decide(&mut self, flow: Flow, undecided: &[usize]) -> Option<Option<Flow>> {
        let Some((of, rest)) = undecided.split_first() else { return self.part(flow) };
        for way in 0..self.ways[*of].len() {
            let mut tried = self.begin(&flow)?;
            tried.drop_all_of(*of);
            let slots = self.ways[*of][way].clone();
            if slots.into_iter().all(|slot| tried.add(slot))
                && let Some(found) = self.decide(tried, rest)?
            {
                return Some(Some(found));
            }
        }
        Some(None)
    }

    /// Parts a date on site from another of the same customer and day: one of them is barred there.
    fn part(&mut self, flow: Flow) -> Option<Option<Flow>> {
        let Some((of, day)) = flow.clash() else { return Some(Some(flow)) };
        for onsite in [false, true] {
            let mut tried = self.begin(&flow)?;
            if tried.bar(of, onsite, day)
                && let Some(found) = self.part(tried)?
            {
                return Some(Some(found));
            }
        }
        Some(None)
    }

    fn begin(&mut self, flow: &Flow) -> Option<Flow> {
        self.flows += 1;
        (self.flows <= MOST_FLOWS).then(|| flow.clone())
    }
}
