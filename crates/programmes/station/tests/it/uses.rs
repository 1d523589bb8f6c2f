//! What was used at an incident.

use std::collections::BTreeMap;

use kernel::Id;
use station::incidents::uses::{NewUse, each_once};

#[test]
fn one_thing_named_twice_is_added_up_and_odd_numbers_are_refused() {
    let of = |all: &[(i64, i64)]| {
        let all: Vec<NewUse> =
            all.iter().map(|(good, quantity)| NewUse { good_id: Id(*good), quantity: *quantity }).collect();
        each_once(&all)
    };
    assert_eq!(of(&[(1, 2), (2, 1), (1, 3)]), Ok(BTreeMap::from([(Id(1), 5), (Id(2), 1)])));
    assert!(of(&[(1, 0)]).is_err() && of(&[(1, 1_001)]).is_err());
    let many: Vec<(i64, i64)> = (0..11).map(|good| (good, 1)).collect();
    assert!(of(&many).is_err());
}
