//! Who of those that signed up has a seat, and who waits. Pure.

/// Where somebody who signed up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// He has a seat.
    Held,
    /// So many are before him, himself counted.
    Waiting(i64),
}

/// Where the one at this place stands, counted from 0 in the order of signing up, of those who still want to come. Whoever
/// gives up frees his place, so those behind move up by themselves.
#[must_use]
pub fn seat(place: i64, capacity: i64) -> Seat {
    if place < capacity { Seat::Held } else { Seat::Waiting(place - capacity + 1) }
}

/// Who waited before and has a seat after, of those who want to come in their order, with how many seats there are.
#[must_use]
pub fn moved_up<T: Copy + PartialEq>((before, seats_before): (&[T], i64), (after, seats_after): (&[T], i64)) -> Vec<T> {
    let standing = |order: &[T], seats: i64, one: T| {
        (0_i64..).zip(order).find(|(_, other)| **other == one).map(|(place, _)| seat(place, seats))
    };
    let waited = |one: T| matches!(standing(before, seats_before, one), Some(Seat::Waiting(_)));
    let seated = |one: T| standing(after, seats_after, one) == Some(Seat::Held);
    after.iter().copied().filter(|one| waited(*one) && seated(*one)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The names that hold a seat.
    fn held(order: &[u32], capacity: i64) -> Vec<u32> {
        let places = (0_i64..).zip(order).filter(|(place, _)| seat(*place, capacity) == Seat::Held);
        places.map(|(_, name)| *name).collect()
    }

    proptest! {
        /// No seat is given twice, none stays empty while somebody waits, and whoever has one keeps it when another gives up.
        #[test]
        fn whoever_waits_moves_up(people in 0_u32..60, capacity in 0_i64..40, gone in any::<prop::sample::Index>()) {
            let order: Vec<u32> = (0..people).collect();
            let before = held(&order, capacity);
            prop_assert_eq!(i64::try_from(before.len()).unwrap(), capacity.min(i64::from(people)));
            if people > 0 {
                let gone = order[gone.index(order.len())];
                let left: Vec<u32> = order.iter().copied().filter(|name| *name != gone).collect();
                let after = held(&left, capacity);
                prop_assert!(before.iter().filter(|name| **name != gone).all(|name| after.contains(name)));
                prop_assert_eq!(i64::try_from(after.len()).unwrap(), capacity.min(i64::from(people) - 1));
                // Told are those who have a seat now and had none, and nobody else.
                let told = moved_up((&order, capacity), (&left, capacity));
                let new: Vec<u32> = after.into_iter().filter(|name| !before.contains(name)).collect();
                prop_assert_eq!(told, new);
            }
        }
    }

    #[test]
    fn the_first_who_waits_is_the_first() {
        assert_eq!((seat(9, 10), seat(10, 10), seat(12, 10)), (Seat::Held, Seat::Waiting(1), Seat::Waiting(3)));
    }
}
