use proptest::prelude::*;
use sea_orm::Iterable;

use super::*;

fn any_step() -> impl Strategy<Value = Step> {
    prop::sample::select(Step::iter().collect::<Vec<_>>())
}

proptest! {
    /// Walks any life and looks that the ends are ends unless they were mistakes, and that the balance of members never leaves 0
    /// and 1.
    #[test]
    fn lives_are_lawful(steps in prop::collection::vec(any_step(), 0..40)) {
        let (mut at, mut before, mut members) = (Standing::Applied, Standing::Applied, 0_i64);
        for step in steps {
            let Ok(next) = at.after(step, before) else { continue };
            let ended = matches!(at, Standing::Refused | Standing::Left | Standing::Expelled | Standing::Deceased);
            prop_assert_eq!(ended, step == Step::TakeBack);
            if step == Step::AskTransfer {
                before = at;
            }
            members += i64::from(next.is_member()) - i64::from(at.is_member());
            prop_assert_eq!(members, i64::from(next.is_member()));
            at = next;
        }
    }

    #[test]
    fn only_an_application_is_approved_or_refused(from in prop::sample::select(Standing::ALL.to_vec())) {
        prop_assert_eq!(from.after(Step::Approve, from).is_ok(), from == Standing::Applied);
        prop_assert_eq!(from.after(Step::Refuse, from).is_ok(), from == Standing::Applied);
    }

    #[test]
    fn a_declined_transfer_leads_back(before in prop::sample::select(vec![Standing::Normal, Standing::Retained])) {
        let pending = before.after(Step::AskTransfer, before).unwrap();
        prop_assert_eq!(pending, Standing::TransferPending);
        prop_assert!(pending.is_member());
        prop_assert_eq!(pending.may_vote(before), before.may_vote(before));
        for back in [Step::DeclineTransfer, Step::WithdrawTransfer] {
            prop_assert_eq!(pending.after(back, before), Ok(before));
        }
        prop_assert_eq!(pending.after(Step::AcceptTransfer, before), Ok(Standing::Normal));
    }

    #[test]
    fn an_end_that_was_a_mistake_leads_back(
        before in prop::sample::select(vec![Standing::Normal, Standing::Retained]),
        end in prop::sample::select(vec![Step::Leave, Step::Expel, Step::Die]),
    ) {
        let ended = before.after(end, before).unwrap();
        prop_assert_eq!(ended.after(Step::TakeBack, before), Ok(before));
        prop_assert!(ended.after(Step::TakeBack, ended).is_err());
        prop_assert!(Standing::Refused.after(Step::TakeBack, before).is_err());
    }

    #[test]
    fn who_may_vote_is_a_member(standing in prop::sample::select(Standing::ALL.to_vec()), before in prop::sample::select(Standing::ALL.to_vec())) {
        prop_assert!(!standing.may_vote(before) || standing.is_member());
        prop_assert!(!standing.is_member() || standing.takes_the_place());
    }
}

#[test]
fn a_retained_member_has_no_vote_and_comes_back() {
    let retained = Standing::Normal.after(Step::Retain, Standing::Normal).unwrap();
    assert!(retained.is_member() && !retained.may_vote(retained));
    assert_eq!(retained.after(Step::Restore, retained), Ok(Standing::Normal));
    assert_eq!(retained.after(Step::Retain, retained), Err(NotAllowed { from: retained, step: Step::Retain }));
}
