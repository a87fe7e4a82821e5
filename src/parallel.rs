//! Work shared among all cores.
//!
//! rayon shares it out. What is generic in it is made anew for each closure it is called with, and came to a quarter of the
//! whole program's code; so rayon is called here, once for all, and what is generic is thin.

use rayon::prelude::*;
use std::sync::{Mutex, PoisonError};

/// How many pieces each core gets where what is worked with is made anew for each piece.
const PIECES: usize = 16;

/// What comes of each item, in their order.
pub(crate) fn map<I: Sync, T: Send>(items: &[I], of: impl Fn(&I) -> T + Sync) -> Vec<T> {
    numbers(items.len(), |place| of(&items[place]))
}

/// What comes of each item, which may be changed, in their order.
pub(crate) fn map_mut<I: Send, T: Send>(items: &mut [I], of: impl Fn(&mut I) -> T + Sync) -> Vec<T> {
    let items: Vec<Mutex<&mut I>> = items.iter_mut().map(Mutex::new).collect();
    numbers(items.len(), |place| of(&mut items[place].lock().unwrap_or_else(PoisonError::into_inner)))
}

/// What comes of each number below `many`, in their order.
pub(crate) fn numbers<T: Send>(many: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let made: Vec<Mutex<Option<T>>> = (0..many).map(|_| Mutex::new(None)).collect();
    each(many, &|place| *made[place].lock().unwrap_or_else(PoisonError::into_inner) = Some(of(place)));
    let made = made.into_iter().filter_map(|made| made.into_inner().unwrap_or_else(PoisonError::into_inner));
    made.collect()
}

/// The same with something to work with that is worth keeping from one number to the next.
pub(crate) fn numbers_with<W, T: Send>(
    many: usize,
    with: impl Fn() -> W + Sync,
    of: impl Fn(&mut W, usize) -> T + Sync,
) -> Vec<T> {
    let piece = many.div_ceil(rayon::current_num_threads() * PIECES).max(1);
    let of_piece = |number: usize| {
        let mut with = with();
        let places = number * piece..((number + 1) * piece).min(many);
        places.map(|place| of(&mut with, place)).collect::<Vec<T>>()
    };
    numbers(many.div_ceil(piece), of_piece).into_iter().flatten().collect()
}

/// Calls it on every thread at once.
pub(crate) fn on_all_threads(work: &(dyn Fn() + Sync)) {
    rayon::scope(|scope| (0..rayon::current_num_threads()).for_each(|_| scope.spawn(|_| work())));
}

fn each(many: usize, work: &(dyn Fn(usize) + Sync)) {
    (0..many).into_par_iter().for_each(work);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_what_they_are_of() {
        let mut items: Vec<usize> = (0..10_000).collect();
        let doubled: Vec<usize> = (0..10_000).map(|n| n * 2).collect();
        assert_eq!(map(&items, |n| n * 2), doubled);
        assert_eq!(map_mut(&mut items, |n| std::mem::replace(n, 0) * 2), doubled);
        assert!(items.iter().all(|n| *n == 0));
        assert!(map(&[0; 0], |n| *n).is_empty());
    }

    #[test]
    fn what_is_worked_with_is_made_for_pieces_and_every_number_is_worked_on_once() {
        for many in [0, 1, 31, 32, 33, 1000] {
            let made = Mutex::new(0);
            let new = || *made.lock().unwrap() += 1;
            assert_eq!(numbers_with(many, new, |(), place| place), (0..many).collect::<Vec<usize>>());
            assert!(*made.lock().unwrap() <= many);
        }
    }
}
