//! What the codes that the acts of this programme tell are called.

use std::collections::HashMap;

use kernel::{Answer, Context, audit::Tells, coded};

use crate::{
    kind,
    settlement::list::SettlementWaiting,
    tables::{claim::ClaimState, settlement::SettlementState},
};

/// All of them.
pub const ALL: &[Tells] = &[
    Tells::Code("benefit_batch.state", |code| coded(code, ClaimState::label)),
    Tells::Code("benefit_claims.state", |code| coded(code, ClaimState::label)),
    Tells::Code("benefit_settlements.state", |code| coded(code, SettlementState::label)),
    Tells::Code("waiting", |code| coded(code, SettlementWaiting::label)),
    Tells::List(&["code", "kind"], kinds),
];

fn kinds(context: &Context) -> Answer<'_, HashMap<String, String>> {
    Box::pin(async move {
        let kinds = kind::all(context.read()).await?;
        Ok(kinds.into_iter().map(|kind| (kind.code, kind.label)).collect())
    })
}
