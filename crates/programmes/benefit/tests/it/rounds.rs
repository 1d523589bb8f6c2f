//! A round's pieces, shared out.

use proptest::prelude::*;

use benefit::offer::rounds::{RoundForm, ShareForm};
use kernel::{Id, Moment};

proptest! {
    #[test]
    fn every_piece_is_in_exactly_one_share(
        total in 1_i64..1_000, quotas in proptest::collection::vec(0_i64..200, 0..5), holder in 0_i64..6,
    ) {
        let shares: Vec<ShareForm> =
            (0..).zip(&quotas).map(|(id, quota)| ShareForm { organisation_id: Id(id), quota: *quota }).collect();
        let form = RoundForm { opens_at: Moment(0), closes_at: Moment(1), total, shares };
        prop_assume!(form.is_right());
        let out = form.shared_out(Id(holder));
        prop_assert_eq!(out.iter().map(|share| share.quota).sum::<i64>(), total);
        prop_assert!(out.iter().all(|share| share.quota >= 0));
        let mut places: Vec<Id> = out.iter().map(|share| share.organisation_id).collect();
        places.dedup();
        prop_assert_eq!(places.len(), out.len());
    }
}
