//! Giving dates days: a flow of a month's size.
//!
//! Slots flow through the pair of customer and day (of each kind at most one), on site through what the day has room for on
//! site, into what it has room for at all. Libraries find flows in any graph; here every path is looked for some hundred
//! times a manager, over sets of days that fit a word, and a slot moved by a path takes its room with it: a few lines that
//! know this are ten times as fast as a graph that is built each time.

use super::days::DaySet;

/// A date that a customer is to be given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// The customer's number.
    pub of: usize,
    pub onsite: bool,
    /// The days that would do.
    pub days: DaySet,
}

/// What the days have room for.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub all: [u32; DaySet::MOST],
    pub onsite: [u32; DaySet::MOST],
}

/// Slots on their days.
#[derive(Clone)]
pub(super) struct Flow {
    room: Room,
    slots: Vec<Slot>,
    /// The day of each slot.
    place: Vec<Option<usize>>,
    /// The slots of each day.
    on: Vec<Vec<usize>>,
    /// How many of them are on site.
    onsite: [u32; DaySet::MOST],
    /// Of each customer the days of other slots and of those on site.
    taken: Vec<[DaySet; 2]>,
}

/// What a search for a path has looked at in vain.
struct Seen {
    days: DaySet,
    onsite: DaySet,
    slots: Vec<bool>,
}

impl Flow {
    pub(super) fn new(room: Room, customers: usize) -> Self {
        Self {
            room,
            slots: vec![],
            place: vec![],
            on: vec![vec![]; DaySet::MOST],
            onsite: [0; DaySet::MOST],
            taken: vec![[DaySet::default(); 2]; customers],
        }
    }

    /// Gives a slot more a day, moving others where need be; false where there is no way to.
    pub(super) fn add(&mut self, slot: Slot) -> bool {
        self.slots.push(slot);
        self.place.push(None);
        self.find(self.slots.len() - 1)
    }

    /// Takes all slots of a customer away.
    pub(super) fn drop_all_of(&mut self, of: usize) {
        for slot in (0..self.slots.len()).rev().filter(|slot| self.slots[*slot].of == of).collect::<Vec<_>>() {
            self.leave(slot);
            self.slots.swap_remove(slot);
            self.place.swap_remove(slot);
            // The last one has its number now.
            if let Some(day) = self.place.get(slot).copied().flatten() {
                let last = self.slots.len();
                self.on[day].iter_mut().filter(|number| **number == last).for_each(|number| *number = slot);
            }
        }
    }

    /// Takes a place of a day away; false where who has it cannot go elsewhere.
    pub(super) fn take_room(&mut self, day: usize, onsite: bool) -> bool {
        self.room.all[day] -= 1;
        self.room.onsite[day] -= u32::from(onsite);
        let mut seen = self.unseen();
        let fits_onsite = self.onsite[day] <= self.room.onsite[day] || self.move_one(day, true, &mut seen);
        let mut seen = self.unseen();
        fits_onsite && (self.on[day].len() as u32 <= self.room.all[day] || self.move_one(day, false, &mut seen))
    }

    fn unseen(&self) -> Seen {
        Seen { days: DaySet::default(), onsite: DaySet::default(), slots: vec![false; self.slots.len()] }
    }

    /// Bars a day for a customer's slots of a kind, and finds others; false where there are none.
    pub(super) fn bar(&mut self, of: usize, onsite: bool, day: usize) -> bool {
        let own = |slot: &Slot| slot.of == of && slot.onsite == onsite;
        for number in 0..self.slots.len() {
            if own(&self.slots[number]) {
                let slot = &mut self.slots[number];
                slot.days = slot.days.less(DaySet::one(day));
                if self.place[number] == Some(day) {
                    self.leave(number);
                    if !self.find(number) {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// A day on which a customer has a slot on site and another.
    pub(super) fn clash(&self) -> Option<(usize, usize)> {
        let both = |[other, onsite]: &[DaySet; 2]| other.and(*onsite).iter().next();
        self.taken.iter().enumerate().find_map(|(of, taken)| Some((of, both(taken)?)))
    }

    fn find(&mut self, slot: usize) -> bool {
        let mut seen = self.unseen();
        self.settle(slot, &mut seen)
    }

    /// Finds a day for a slot that has none, or another for one that is to leave its own.
    fn settle(&mut self, slot: usize, seen: &mut Seen) -> bool {
        if std::mem::replace(&mut seen.slots[slot], true) {
            return false;
        }
        let Slot { of, onsite, days } = self.slots[slot];
        let days = self.place[slot].map_or(days, |day| days.less(DaySet::one(day)));
        let other_kind = self.taken[of][usize::from(!onsite)];
        // Where the customer has a date of the other kind there will be a clash.
        for day in days.less(other_kind).iter().chain(days.and(other_kind).iter()) {
            let found = match self.twin(slot, day) {
                Some(twin) => self.settle(twin, seen),
                None if onsite => self.make_room_onsite(day, seen),
                None => self.make_room(day, seen),
            };
            if found {
                self.leave(slot);
                self.enter(slot, day);
                return true;
            }
        }
        false
    }

    /// The customer's slot of the same kind on a day.
    fn twin(&self, slot: usize, day: usize) -> Option<usize> {
        let Slot { of, onsite, .. } = self.slots[slot];
        self.taken[of][usize::from(onsite)].has(day).then_some(())?;
        self.on[day].iter().copied().find(|other| self.slots[*other].of == of && self.slots[*other].onsite == onsite)
    }

    fn make_room(&mut self, day: usize, seen: &mut Seen) -> bool {
        if seen.days.has(day) {
            return false;
        }
        seen.days = seen.days.or(DaySet::one(day));
        (self.on[day].len() as u32) < self.room.all[day] || self.move_one(day, false, seen)
    }

    fn make_room_onsite(&mut self, day: usize, seen: &mut Seen) -> bool {
        if seen.onsite.has(day) {
            return false;
        }
        seen.onsite = seen.onsite.or(DaySet::one(day));
        let has_room = self.onsite[day] < self.room.onsite[day];
        has_room && self.make_room(day, seen) || self.move_one(day, true, seen)
    }

    /// Moves a slot away from a day.
    fn move_one(&mut self, day: usize, only_onsite: bool, seen: &mut Seen) -> bool {
        let here: Vec<usize> = self.on[day].clone();
        here.into_iter().any(|slot| (!only_onsite || self.slots[slot].onsite) && self.settle(slot, seen))
    }

    fn leave(&mut self, slot: usize) {
        let Some(day) = self.place[slot].take() else { return };
        let Slot { of, onsite, .. } = self.slots[slot];
        self.on[day].retain(|other| *other != slot);
        self.onsite[day] -= u32::from(onsite);
        let taken = &mut self.taken[of][usize::from(onsite)];
        *taken = taken.less(DaySet::one(day));
    }

    fn enter(&mut self, slot: usize, day: usize) {
        let Slot { of, onsite, .. } = self.slots[slot];
        self.place[slot] = Some(day);
        self.on[day].push(slot);
        self.onsite[day] += u32::from(onsite);
        let taken = &mut self.taken[of][usize::from(onsite)];
        *taken = taken.or(DaySet::one(day));
    }
}
