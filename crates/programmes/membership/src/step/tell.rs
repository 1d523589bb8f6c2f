//! What a step tells the ledger and the other programmes.

use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{
    Context, Problem,
    ledger::{NewFact, Source},
    outbox,
};
use serde_json::json;

use super::Change;
use crate::{
    programme::{MEMBER_JOINED, MEMBERSHIP},
    rules::standing::{Standing, Step},
    tables::member,
};

/// The kind of record that the facts of a membership name as their source.
pub(crate) const RECORD: &str = "membership/member";

/// What the facts of a membership name as their source.
pub(super) fn source(member: Id) -> Source {
    Source { kind: RECORD, id: member }
}

/// A fact of a membership, where it stands and in its group, on a day.
pub(crate) fn fact(kind: &'static str, member: &member::Model, (quantity, day): (i64, NaiveDate)) -> NewFact {
    NewFact {
        kind,
        organisation: member.organisation_id,
        person: Some(member.person_id),
        group: member.worker_group.clone(),
        quantity,
        amount_fen: 0,
        day,
        source: source(member.id),
        reverses: None,
    }
}

/// What a step tells the ledger: the sum over all `membership` facts is the number of members.
pub(super) fn facts(old: &member::Model, new: &member::Model, change: &Change) -> Vec<NewFact> {
    let fact = |kind, member, quantity| fact(kind, member, (quantity, change.day));
    let moved = old.organisation_id != new.organisation_id;
    let mut facts = Vec::new();
    if old.state.is_member() && (moved || !new.state.is_member()) {
        facts.push(fact(MEMBERSHIP, old, -1));
    }
    if new.state.is_member() && (moved || !old.state.is_member()) {
        facts.push(fact(MEMBERSHIP, new, 1));
    }
    if change.step == Step::Approve {
        facts.push(fact(MEMBER_JOINED, new, 1));
    }
    facts
}

/// Announces what other programmes act on.
pub(super) fn announce(
    unit: &Unit,
    context: &Context,
    old: &member::Model,
    new: &member::Model,
    step: Step,
) -> Result<(), Problem> {
    let (person, member, organisation) = (new.person_id, new.id, new.organisation_id);
    match step {
        // Who joins at an event is announced by the event, which knows what it gives.
        Step::Approve if new.event_id.is_none() => {
            let payload =
                json!({ "person": person, "member": member, "organisation": organisation, "event": null, "gifts": [] });
            outbox::publish(unit, context, "member_joined", &payload)
        }
        Step::Leave | Step::Expel | Step::Die | Step::Undo if old.state.is_member() => {
            let payload =
                json!({ "person": person, "member": member, "organisation": organisation, "state": new.state });
            outbox::publish(unit, context, "member_left", &payload)
        }
        Step::TakeBack if old.state == Standing::Deceased => {
            let payload = json!({ "person": person, "member": member, "organisation": organisation });
            outbox::publish(unit, context, "member_death_taken_back", &payload)
        }
        Step::AcceptTransfer => {
            let payload =
                json!({ "person": person, "member": member, "from": old.organisation_id, "to": organisation });
            outbox::publish(unit, context, "member_transferred", &payload)
        }
        _ => Ok(()),
    }
}
