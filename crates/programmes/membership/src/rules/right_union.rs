//! Which of the unions that take part in an event a worker joins, by what he told of himself.

use kernel::Id;

/// A union that takes part, with what tells it apart from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The union.
    pub union: Id,
    /// The platform companies that have a branch whose union it is.
    pub platforms: Vec<Id>,
    /// The federation of the district that it lies in; absent for a union of a whole city.
    pub district: Option<Id>,
}

/// What a worker told of himself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// The platform company that he works for.
    pub platform: Option<Id>,
    /// The federation of the district that he works in.
    pub district: Option<Id>,
}

/// The union that a worker joins: of all that take part those of his platform, of these those of his district; if that leaves
/// several, the one that holds the event, if it is among them. What fits none that is left decides nothing: a platform
/// without a union here is no reason to guess one.
///
/// # Errors
/// Those that are left, in their order, if they are several or there are none: he must choose.
pub fn right_union(candidates: &[Candidate], told: Told, holder: Id) -> Result<Id, Vec<Id>> {
    let mut left: Vec<&Candidate> = candidates.iter().collect();
    if let Some(platform) = told.platform {
        left = narrowed(left, |one| one.platforms.contains(&platform));
    }
    if let Some(district) = told.district {
        left = narrowed(left, |one| one.district == Some(district));
    }
    let left: Vec<Id> = left.into_iter().map(|one| one.union).collect();
    match left.as_slice() {
        [only] => Ok(*only),
        several if several.contains(&holder) => Ok(holder),
        _ => Err(left),
    }
}

/// Those that are his; all if none is.
fn narrowed(left: Vec<&Candidate>, is_his: impl Fn(&Candidate) -> bool) -> Vec<&Candidate> {
    let his: Vec<&Candidate> = left.iter().copied().filter(|one| is_his(one)).collect();
    if his.is_empty() { left } else { his }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOBODY: Id = Id(99);

    fn any_id() -> impl Strategy<Value = Id> {
        (0..4_i64).prop_map(Id)
    }

    fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
        let one = (prop::collection::vec(any_id(), 0..3), prop::option::of(any_id()));
        prop::collection::vec(one, 0..6).prop_map(|all| {
            let keyed = all.into_iter().zip(10..);
            keyed.map(|((platforms, district), key)| Candidate { union: Id(key), platforms, district }).collect()
        })
    }

    fn any_told() -> impl Strategy<Value = Told> {
        (prop::option::of(any_id()), prop::option::of(any_id()))
            .prop_map(|(platform, district)| Told { platform, district })
    }

    /// Those among which the answer leaves the choice.
    fn left(answer: Result<Id, Vec<Id>>) -> Vec<Id> {
        answer.map_or_else(|several| several, |one| vec![one])
    }

    #[test]
    fn platform_then_district_then_the_holder() {
        let [food, parcels] = [Id(1), Id(2)];
        let [east, west] = [Id(3), Id(4)];
        let union =
            |key, platforms: &[Id], district| Candidate { union: Id(key), platforms: platforms.into(), district };
        let hall = [
            union(10, &[food], Some(east)),
            union(11, &[food], Some(west)),
            union(12, &[parcels], Some(east)),
            union(13, &[], Some(west)),
        ];
        let told = |platform, district| Told { platform, district };
        let ask = |told| right_union(&hall, told, NOBODY);
        assert_eq!(ask(told(Some(parcels), None)), Ok(Id(12)));
        assert_eq!(ask(told(Some(food), None)), Err(vec![Id(10), Id(11)]));
        assert_eq!(ask(told(Some(food), Some(west))), Ok(Id(11)));
        assert_eq!(ask(told(None, Some(west))), Err(vec![Id(11), Id(13)]));
        // Neither a platform nor a district that no union here has tells anything.
        assert_eq!(ask(told(Some(Id(7)), None)).unwrap_err().len(), 4);
        assert_eq!(ask(told(Some(parcels), Some(west))), Ok(Id(12)));
        assert_eq!(right_union(&hall, told(None, Some(west)), Id(13)), Ok(Id(13)));
        assert_eq!(right_union(&hall, told(Some(food), None), Id(13)), Err(vec![Id(10), Id(11)]));
    }

    proptest! {
        #[test]
        fn only_what_takes_part_is_found_or_asked(all in any_candidates(), told in any_told(), holder in 10..17_i64) {
            let answer = right_union(&all, told, Id(holder));
            prop_assert!(answer.as_ref().err().map(Vec::len) != Some(1));
            let left = left(answer);
            prop_assert_eq!(left.is_empty(), all.is_empty());
            prop_assert!(left.iter().all(|id| all.iter().any(|one| one.union == *id)));
        }

        #[test]
        fn nobody_joins_another_platforms_union_while_one_of_his_takes_part(
            all in any_candidates(), told in any_told(), holder in 10..17_i64,
        ) {
            let of = |id: &Id| all.iter().find(|one| one.union == *id).unwrap();
            if let Some(platform) = told.platform.filter(|id| all.iter().any(|one| one.platforms.contains(id))) {
                let left = left(right_union(&all, told, Id(holder)));
                prop_assert!(left.iter().all(|id| of(id).platforms.contains(&platform)));
            }
        }

        #[test]
        fn who_tells_more_chooses_among_no_more(all in any_candidates(), told in any_told()) {
            let silent = left(right_union(&all, Told::default(), NOBODY));
            let by_platform = left(right_union(&all, Told { district: None, ..told }, NOBODY));
            let by_both = left(right_union(&all, told, NOBODY));
            prop_assert!(by_both.iter().all(|id| by_platform.contains(id)));
            prop_assert!(by_platform.iter().all(|id| silent.contains(id)));
        }
    }
}
