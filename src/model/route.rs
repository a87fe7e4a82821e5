//! The order in which places are gone to.

use super::records::Position;

/// From `start`, or else from the first that has a position, always to the nearest one left; those without a position come
/// last, as they came.
pub fn nearest_next<T>(start: Option<Position>, mut left: Vec<(T, Option<Position>)>) -> Vec<(T, Option<Position>)> {
    let mut ordered: Vec<(T, Option<Position>)> = Vec::with_capacity(left.len());
    let mut here = start;
    loop {
        let next = match here {
            Some(here) => {
                let metres = |place: &Option<Position>| place.map(|there| here.metres_to(there));
                let near = left.iter().enumerate().filter_map(|(at, (_, place))| Some((at, metres(place)?)));
                near.min_by(|one, two| one.1.total_cmp(&two.1)).map(|(at, _)| at)
            }
            None => left.iter().position(|(_, place)| place.is_some()),
        };
        let Some(at) = next else { break };
        here = left[at].1;
        ordered.push(left.remove(at));
    }
    ordered.extend(left);
    ordered
}

/// Shortens a way by turning stretches of it round (2-opt), until none is left that would: it begins where it began. Those
/// without a position stand last and stay there.
pub fn two_opt<T>(start: Option<Position>, route: &mut [(T, Option<Position>)]) {
    /// Less than this is rounding.
    const LEAST_METRES: f64 = 1e-6;
    let places: Vec<Position> = start.into_iter().chain(route.iter().map_while(|(_, place)| *place)).collect();
    let before_route = usize::from(start.is_some());
    let metres: Vec<Vec<f64>> =
        places.iter().map(|one| places.iter().map(|two| one.metres_to(*two)).collect()).collect();
    let mut order: Vec<usize> = (0..places.len()).collect();
    let saved = |order: &[usize], from: usize, to: usize| {
        let way = |one: usize, two: usize| order.get(two).map_or(0.0, |two| metres[order[one]][*two]);
        way(from - 1, from) + way(to, to + 1)
            - way(from - 1, to)
            - order.get(to + 1).map_or(0.0, |next| metres[order[from]][*next])
    };
    loop {
        let pairs = (1..order.len()).flat_map(|from| (from + 1..order.len()).map(move |to| (from, to)));
        let Some((from, to)) = pairs.into_iter().find(|(from, to)| saved(&order, *from, *to) > LEAST_METRES) else {
            break;
        };
        order[from..=to].reverse();
        // The same stretch of the route, which lacks the start.
        route[from - before_route..=to - before_route].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: f64, lat: f64) -> Option<Position> {
        Some(Position { lon, lat })
    }

    fn names(route: Vec<(&str, Option<Position>)>) -> Vec<&str> {
        route.into_iter().map(|(name, _)| name).collect()
    }

    fn length(start: Option<Position>, route: &[(usize, Option<Position>)]) -> f64 {
        let places: Vec<Position> = start.into_iter().chain(route.iter().filter_map(|(_, place)| *place)).collect();
        places.windows(2).map(|two| two[0].metres_to(two[1])).sum()
    }

    #[test]
    fn the_way_goes_to_the_nearest_and_ends_with_those_of_no_place() {
        let shops =
            vec![("nowhere", None), ("first", at(117.0, 34.0)), ("far", at(117.9, 34.0)), ("near", at(117.1, 34.0))];
        assert_eq!(names(nearest_next(None, shops.clone())), ["first", "near", "far", "nowhere"]);
        assert_eq!(names(nearest_next(at(118.0, 34.0), shops)), ["far", "near", "first", "nowhere"]);
        assert!(nearest_next::<u8>(None, vec![]).is_empty());
    }

    proptest! {
        #[test]
        fn turning_stretches_round_never_makes_a_way_longer(
            places in prop::collection::vec(prop::option::weighted(0.9, (117.0..117.3, 34.0..34.3)), 0..14),
            start in prop::option::of((117.0..117.3, 34.0..34.3)),
        ) {
            let place = |(lon, lat): (f64, f64)| Position { lon, lat };
            let start = start.map(place);
            let shops = places.iter().map(|one| one.map(place)).enumerate().collect();
            let nearest = nearest_next(start, shops);
            let mut short = nearest.clone();
            two_opt(start, &mut short);
            prop_assert!(length(start, &short) <= length(start, &nearest) + 1e-6);
            let mut numbers: Vec<usize> = short.iter().map(|(number, _)| *number).collect();
            if start.is_none() {
                prop_assert_eq!(numbers.first(), nearest.first().map(|(number, _)| number));
            }
            numbers.sort_unstable();
            prop_assert_eq!(numbers, (0..places.len()).collect::<Vec<_>>());
        }
    }
}
