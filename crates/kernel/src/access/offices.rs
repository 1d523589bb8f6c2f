//! The three offices that watch each other (system, security and audit administrator; GB/T 22239-2019 8.1.4.2), and who
//! may hand out what. Pure.

use std::collections::BTreeSet;

use database::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::permissions::HandOut;
use crate::permission::Permission;

/// One of the three offices. Nobody holds two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// Shapes the tree and the rules.
    System,
    /// Gives accounts and rights.
    Security,
    /// Reads the audit chain.
    Audit,
}

/// The office that a permission is reserved for. It goes by permissions, not by roles' names, so that no role made later
/// gets round it.
#[must_use]
pub fn office(code: &str) -> Option<Office> {
    match code {
        "organisations.manage" | "organisations.reshape" | "rulebook.manage" => Some(Office::System),
        _ if code.starts_with("access.") => Some(Office::Security),
        _ if code.starts_with("audit.") => Some(Office::Audit),
        _ => None,
    }
}

/// The offices that permissions are reserved for.
pub fn offices<'a>(codes: impl IntoIterator<Item = &'a str>) -> BTreeSet<Office> {
    codes.into_iter().filter_map(office).collect()
}

/// Whether somebody may hand out a permission at `place`, whose ancestors are `above`: what he holds there himself; and by
/// the right to hand out, which is how a security administrator works who must not do the work himself, what is reserved
/// for no office, and strictly below him also what the system's and the audit's offices hold there.
#[must_use]
pub fn may_hand_out(held: &[(String, Id)], place: Id, above: &[Id], code: &str) -> bool {
    let holds = |wanted: &str, at: &[Id]| held.iter().any(|(code, here)| code == wanted && at.contains(here));
    let reaches = |wanted: &str| holds(wanted, &[place]) || holds(wanted, above);
    reaches(code)
        || match office(code) {
            None => reaches(HandOut::CODE),
            Some(Office::System | Office::Audit) => holds(HandOut::CODE, above),
            Some(Office::Security) => false,
        }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CODES: [&str; 5] = ["membership.approve", "audit.view", "rulebook.manage", "access.roles", "access.hand_out"];
    const TOP: Id = Id(1);
    const MIDDLE: Id = Id(2);
    const BESIDE: Id = Id(9);

    fn held() -> impl Strategy<Value = Vec<(String, Id)>> {
        let grant = (proptest::sample::select(CODES.to_vec()), proptest::sample::select(vec![TOP, MIDDLE, BESIDE]));
        proptest::collection::vec(grant.prop_map(|(code, at)| (code.to_owned(), at)), 0..6)
    }

    proptest! {
        #[test]
        fn nothing_is_handed_out_that_one_neither_holds_nor_may_hand_out(held in held(), code in proptest::sample::select(CODES.to_vec())) {
            let here = |wanted: &str| held.iter().any(|(code, at)| code == wanted && [TOP, MIDDLE].contains(at));
            if may_hand_out(&held, MIDDLE, &[TOP], code) {
                prop_assert!(here(code) || here("access.hand_out"));
                prop_assert!(here(code) || office(code) != Some(Office::Security));
            } else {
                prop_assert!(!here(code));
            }
        }
    }

    #[test]
    fn other_offices_are_appointed_from_above_only() {
        let security = [("access.hand_out".to_owned(), MIDDLE), ("access.roles".to_owned(), MIDDLE)];
        let may = |place, above: &[Id], code| may_hand_out(&security, place, above, code);
        assert!(may(MIDDLE, &[TOP], "membership.approve"));
        assert!(!may(MIDDLE, &[TOP], "audit.view"));
        assert!(may(Id(3), &[MIDDLE, TOP], "audit.view"));
        assert!(may(MIDDLE, &[TOP], "access.roles"));
        assert!(!may(MIDDLE, &[TOP], "access.tokens"));
        assert!(!may(TOP, &[], "membership.approve"));
        assert!(!may(BESIDE, &[TOP], "membership.approve"));
    }
}
