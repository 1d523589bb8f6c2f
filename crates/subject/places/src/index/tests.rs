//! Beside a plain look at every place.

use proptest::prelude::*;

use super::*;
use crate::distance::square;

type Place = (Point, Marks, u32);

/// What a look at every place finds: numbers and millimetres.
fn plainly(places: &[Place], from: Point, wanted: &Wanted, passes: impl Fn(&u32) -> bool) -> Vec<(u32, u64)> {
    let here = spot(from);
    let limit = wanted.within.map_or(ANYWHERE, square_within);
    let mut found: Vec<(i64, u32)> = places
        .iter()
        .filter(|(_, marks, number)| {
            marks.has_all(wanted.all) && (wanted.any.is_none() || marks.has_any(wanted.any)) && passes(number)
        })
        .map(|(point, _, number)| (square(&here, &spot(*point)), *number))
        .filter(|(away, _)| *away <= limit)
        .collect();
    found.sort_unstable();
    found.truncate(wanted.most);
    found.into_iter().map(|(away, number)| (number, Distance::of_square(away).millimetres())).collect()
}

fn asked(index: &Index<u32>, from: Point, wanted: &Wanted, passes: impl Fn(&u32) -> bool) -> Vec<(u32, u64)> {
    index.nearest(from, wanted, passes).into_iter().map(|near| (*near.item, near.distance.millimetres())).collect()
}

/// Points of the whole earth, of one town, of the poles and the date line, and many in one spot.
fn point() -> impl Strategy<Value = Point> {
    let units = |(x, y)| Point::from_units(x, y).unwrap();
    prop_oneof![
        4 => (1_203_000_000i64..1_204_500_000, 360_000_000i64..361_000_000).prop_map(units),
        2 => (-1_800_000_000i64..=1_800_000_000, -900_000_000i64..=900_000_000).prop_map(units),
        1 => (-1_800_000_000i64..=1_800_000_000, prop_oneof![Just(-900_000_000i64), Just(900_000_000), 899_990_000i64..=900_000_000])
            .prop_map(units),
        1 => (prop_oneof![1_799_990_000i64..=1_800_000_000, -1_800_000_000i64..=-1_799_990_000], -10_000i64..10_000).prop_map(units),
        2 => (0i64..3, 0i64..3).prop_map(move |(x, y)| units((1_203_500_000 + x * 100_000, 360_500_000 + y * 100_000))),
    ]
}

fn marks() -> impl Strategy<Value = Marks> {
    prop::collection::vec(prop_oneof![Just(3u8), Just(70), Just(255), 0..=255u8], 0..5).prop_map(Marks::from_iter)
}

fn places() -> impl Strategy<Value = Vec<Place>> {
    prop::collection::vec((point(), marks()), 0..200)
        .prop_map(|places| places.into_iter().zip(0..).map(|((point, marks), number)| (point, marks, number)).collect())
}

fn few() -> impl Strategy<Value = Marks> {
    prop::collection::vec(prop_oneof![Just(3u8), Just(70), Just(255)], 0..3).prop_map(Marks::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn finds_what_a_look_at_everything_finds(
        places in places(), from in point(), most in 0usize..30, all in few(), any in few(), odd in any::<bool>(),
        within in prop_oneof![Just(None), (0u32..30_000).prop_map(Some), Just(Some(20_100_000))],
    ) {
        let index = Index::new(places.clone());
        let passes = |number: &u32| !odd || number % 2 == 1;
        let wanted = Wanted { most, within, all, any };
        prop_assert_eq!(asked(&index, from, &wanted, passes), plainly(&places, from, &wanted, passes));
    }

    #[test]
    fn asking_for_more_than_there_are_tells_all(places in places(), from in point()) {
        let index = Index::new(places.clone());
        prop_assert_eq!(index.nearest(from, &Wanted::nearest(1000), |_| true).len(), places.len());
        prop_assert_eq!(index.items().len(), places.len());
    }

    #[test]
    fn the_union_of_marks_has_the_marks_of_both(one in marks(), other in marks(), third in marks()) {
        let both = one.or(other);
        prop_assert!(both.has_all(one) && both.has_all(other) && one.has_all(Marks::NONE));
        prop_assert_eq!(both.has_any(third), one.has_any(third) || other.has_any(third));
        prop_assert_eq!(third.has_all(both), third.has_all(one) && third.has_all(other));
    }
}

#[test]
fn an_empty_index_finds_nothing() {
    let index: Index<u32> = Index::new([]);
    let here = Point::from_units(0, 0).unwrap();
    assert!(index.nearest(here, &Wanted::nearest(20), |_| true).is_empty());
}

#[test]
fn of_two_in_one_spot_the_first_given_is_nearer() {
    let spot = Point::from_units(1_203_826_000, 360_671_000).unwrap();
    let index = Index::new((0..500u32).map(|number| (spot, Marks::NONE, number)));
    let found = asked(&index, spot, &Wanted::nearest(5), |number| number % 100 == 7);
    assert_eq!(found, [(7, 0), (107, 0), (207, 0), (307, 0), (407, 0)]);
}

#[test]
fn what_lies_across_the_date_line_is_near() {
    let at = |x, y| Point::from_units(x, y).unwrap();
    let index = Index::new([(at(-1_799_999_000, 0), Marks::NONE, 1), (at(1_790_000_000, 0), Marks::NONE, 2)]);
    let found = asked(&index, at(1_799_999_000, 0), &Wanted::nearest(1), |_| true);
    assert_eq!(found.first().map(|(number, _)| *number), Some(1));
}
