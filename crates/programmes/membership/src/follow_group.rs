//! An officer changed a person's worker group: the membership follows, and counts in the new group from that day on.

use database::Unit;
use kernel::{
    Answer, Context, Problem, ledger,
    outbox::{EventRecord, React, Subscription},
    person::{self, change::GroupChanged},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::{programme::MEMBERSHIP, step::fact, tables::member};

/// Listens for changed groups.
pub const SUBSCRIPTION: Subscription =
    Subscription { name: "membership.follow_group", event: "person_group_changed", react: React::Each(react) };

fn react<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        let changed = event.told()?;
        follow(unit, context, &changed).await
    })
}

async fn follow(unit: &Unit, context: &Context, changed: &GroupChanged) -> Result<(), Problem> {
    let Some(person) = person::Entity::find_by_id(changed.person_id).one(unit).await? else { return Ok(()) };
    let Some(old) = member::valid_of(unit, person.id).await? else { return Ok(()) };
    if old.worker_group == person.worker_group {
        return Ok(());
    }
    let new = member::Model {
        worker_group: person.worker_group,
        changed_at: context.now().into(),
        version: old.version + 1,
        ..old.clone()
    };
    let row = member::ActiveModel {
        worker_group: Set(new.worker_group.clone()),
        changed_at: Set(new.changed_at),
        version: Set(new.version),
        ..Default::default()
    };
    member::Entity::update_many().set(row).filter(member::Column::Id.eq(old.id)).exec(unit).await?;
    if old.state.is_member() {
        // Nobody leaves a group before he joined.
        let day = Ord::max(changed.day, old.member_since.unwrap_or(old.applied_on));
        ledger::post(unit, context, &[fact(MEMBERSHIP, &old, (-1, day)), fact(MEMBERSHIP, &new, (1, day))]).await?;
    }
    Ok(())
}
