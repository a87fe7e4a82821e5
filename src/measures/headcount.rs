//! How many customers a day's plan and visits name: a customer counts once, however many rows name him (SPEC §1, *visited
//! customers*).

/// The customers of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headcount {
    /// Of V(m,d).
    pub visited: u64,
    /// Of V(m,d) without a row in P(m,d) that was made before the fact.
    pub unplanned: u64,
    /// Of S(m,d).
    pub standing: u64,
    /// Of S(m,d) that have a visit in V(m,d).
    pub kept: u64,
}

/// A plan row of the day that is being counted.
pub(super) struct Planned {
    pub shop: u32,
    /// Whether no move has taken it elsewhere.
    pub stands: bool,
    /// Whether it was not made after the day's first visit had begun.
    pub beforehand: bool,
}

/// What is known of a shop on the day that is being counted.
#[derive(Clone, Copy, Default)]
struct Mark {
    day: u32,
    planned: bool,
    standing: bool,
    visited: bool,
}

/// Counts day after day.
pub(super) struct Counter {
    marks: Vec<Mark>,
    day: u32,
}

impl Counter {
    /// For shops of numbers up to this.
    pub(super) fn new(shops: usize) -> Self {
        Self { marks: vec![Mark::default(); shops], day: 0 }
    }

    /// The shops of a day's plan rows and of its visits.
    pub(super) fn count(&mut self, plans: impl Iterator<Item = Planned>, visits: &[u32]) -> Headcount {
        self.day += 1;
        let mut count = Headcount::default();
        for Planned { shop, stands, beforehand } in plans {
            let mark = self.mark(shop);
            count.standing += u64::from(stands && !mark.standing);
            mark.planned |= beforehand;
            mark.standing |= stands;
        }
        for shop in visits {
            let mark = self.mark(*shop);
            let is_new = !std::mem::replace(&mut mark.visited, true);
            count.visited += u64::from(is_new);
            count.unplanned += u64::from(is_new && !mark.planned);
            count.kept += u64::from(is_new && mark.standing);
        }
        count
    }

    fn mark(&mut self, shop: u32) -> &mut Mark {
        let mark = &mut self.marks[shop as usize];
        if mark.day != self.day {
            *mark = Mark { day: self.day, ..Mark::default() };
        }
        mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_counts_once_and_each_day_anew() {
        let mut counter = Counter::new(5);
        let row = |shop, stands, beforehand| Planned { shop, stands, beforehand };
        let plans = [row(0, true, true), row(0, true, true), row(1, false, true), row(2, true, true)];
        let first = counter.count(plans.into_iter(), &[0, 1, 1, 3, 3]);
        assert_eq!(first, Headcount { visited: 3, unplanned: 1, standing: 2, kept: 1 });
        let second = counter.count([row(4, true, true), row(0, true, false)].into_iter(), &[0]);
        assert_eq!(second, Headcount { visited: 1, unplanned: 1, standing: 2, kept: 1 }, "made after the fact");
    }
}
