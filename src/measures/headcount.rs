//! How many customers a day's plan and visits name: a customer counts once, however many rows name him (SPEC §1, *visited
//! customers*).

/// The customers of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headcount {
    /// Of V(m,d).
    pub visited: u64,
    /// Of V(m,d) without a row in P(m,d).
    pub unplanned: u64,
    /// Of S(m,d).
    pub standing: u64,
    /// Of S(m,d) that have a visit in V(m,d).
    pub kept: u64,
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
    pub fn new(shops: usize) -> Self {
        Self { marks: vec![Mark::default(); shops], day: 0 }
    }

    /// The shops of a day's plan rows, each with whether the row stands, and of its visits.
    pub fn count(&mut self, plans: impl Iterator<Item = (u32, bool)>, visits: &[u32]) -> Headcount {
        self.day += 1;
        let mut count = Headcount::default();
        for (shop, stands) in plans {
            let mark = self.mark(shop);
            count.standing += u64::from(stands && !mark.standing);
            mark.planned = true;
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
        let plans = [(0, true), (0, true), (1, false), (2, true)];
        let first = counter.count(plans.into_iter(), &[0, 1, 1, 3, 3]);
        assert_eq!(first, Headcount { visited: 3, unplanned: 1, standing: 2, kept: 1 });
        let second = counter.count([(4, true)].into_iter(), &[0]);
        assert_eq!(second, Headcount { visited: 1, unplanned: 1, standing: 1, kept: 0 });
    }
}
