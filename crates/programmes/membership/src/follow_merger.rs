//! A union was merged into another: its members, what they wait for, and its place at events go to the successor. Nobody
//! applies again, and no transfer is needed, because the union as a whole moved.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Id, Unit, insert_all};
use kernel::{
    Answer, Context, Problem, audit, ledger,
    organisation::merge::OrganisationMerged,
    outbox::{EventRecord, React, Subscription},
    person,
};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*, sea_query::ExprTrait};

use crate::{
    programme::MEMBERSHIP,
    rules::{standing::Step, transfer::Progress},
    step::{Change, RECORD, fact, take, written},
    tables::{
        event_union, history, member,
        privacy_request::{self, Answered},
        transfer,
    },
};

/// Listens for mergers.
pub const SUBSCRIPTION: Subscription =
    Subscription { name: "membership.follow_merger", event: "organisation_merged", react: React::Each(react) };

fn react<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        let merged = event.told()?;
        follow(unit, context, &merged).await
    })
}

async fn follow(unit: &Unit, context: &Context, merged: &OrganisationMerged) -> Result<(), Problem> {
    settle_between(unit, context, merged).await?;
    let (from, into) = (merged.organisation_id, merged.into_id);
    let moving = member::Entity::find()
        .filter(member::Column::OrganisationId.eq(from))
        .filter(member::Column::ValidPersonId.is_not_null())
        .all(unit)
        .await?;
    for members in moving.chunks(database::KEYS_AT_ONCE) {
        carry(unit, context, members, merged).await?;
    }
    redirect_transfers(unit, from, into).await?;
    replace_at_events(unit, from, into).await?;
    let row = privacy_request::ActiveModel { organisation_id: Set(into), ..Default::default() };
    privacy_request::Entity::update_many()
        .set(row)
        .filter(privacy_request::Column::OrganisationId.eq(from))
        .filter(privacy_request::Column::State.eq(Answered::Waiting))
        .exec(unit)
        .await?;
    let detail = serde_json::json!({ "members": moving.len(), "into": into });
    audit::record(unit, context, ("members.follow_merger", "kernel/organisation", from), into, detail).await
}

/// A transfer that waits between the two is accepted: both are one union now.
async fn settle_between(unit: &Unit, context: &Context, merged: &OrganisationMerged) -> Result<(), Problem> {
    let both = [merged.organisation_id, merged.into_id];
    let between = transfer::Entity::find()
        .filter(transfer::Column::State.eq(Progress::Waiting))
        .filter(transfer::Column::FromOrganisationId.is_in(both))
        .filter(transfer::Column::ToOrganisationId.is_in(both))
        .all(unit)
        .await?;
    for waiting in between {
        let found = member::Entity::find_by_id(waiting.member_id).one(unit).await?.ok_or_else(Problem::not_found)?;
        let row = transfer::ActiveModel {
            state: Set(Progress::Accepted),
            answer: Set(Some("两个工会已合并".to_owned())),
            answered_at: Set(Some(context.now().into())),
            answered_by: Set(Some(context.actor().word())),
            waiting_member_id: Set(None),
            ..Default::default()
        };
        transfer::Entity::update_many().set(row).filter(transfer::Column::Id.eq(waiting.id)).exec(unit).await?;
        let change = Change { to: Some(merged.into_id), ..Change::new(context, Step::AcceptTransfer) };
        take(unit, context, found, change.because(Some("两个工会已合并"))).await?;
    }
    Ok(())
}

/// Moves one chunk of memberships with their people, history and count.
async fn carry(
    unit: &Unit,
    context: &Context,
    members: &[member::Model],
    merged: &OrganisationMerged,
) -> Result<(), Problem> {
    let counted = ledger::first_days_of(unit, RECORD, members.iter().map(|member| member.id)).await?;
    let came = came(unit, members).await?;
    let (mut histories, mut facts) = (Vec::with_capacity(members.len()), Vec::new());
    for old in members {
        // Who joined or came over after a merger that was written down late follows on that day; whom a roster brought late, on
        // the day from which he counts.
        let joined = old.member_since.unwrap_or(old.applied_on);
        let since = [counted.get(&old.id), came.get(&old.id), Some(&joined)];
        let day = since.into_iter().flatten().copied().fold(merged.day, Ord::max);
        let new = member::Model { organisation_id: merged.into_id, ..old.clone() };
        let change = Change { day, ..Change::new(context, Step::FollowUnion) };
        histories.push(written(context, &new, &change));
        if old.state.is_member() {
            facts.extend([(old, -1), (&new, 1)].map(|(member, quantity)| fact(MEMBERSHIP, member, (quantity, day))));
        }
    }
    insert_all::<history::Entity>(unit, histories).await?;
    ledger::post(unit, context, &facts).await?;
    let ids = members.iter().map(|member| member.id);
    let row = member::ActiveModel {
        organisation_id: Set(merged.into_id),
        changed_at: Set(context.now().into()),
        ..Default::default()
    };
    member::Entity::update_many()
        .set(row)
        .col_expr(member::Column::Version, Expr::col(member::Column::Version).add(1))
        .filter(member::Column::Id.is_in(ids))
        .exec(unit)
        .await?;
    let row = person::ActiveModel { organisation_id: Set(merged.into_id), ..Default::default() };
    let people = members.iter().map(|member| member.person_id);
    person::Entity::update_many().set(row).filter(person::Column::Id.is_in(people)).exec(unit).await?;
    Ok(())
}

/// When memberships came to the union at which they are, for those that came from another.
async fn came(unit: &Unit, members: &[member::Model]) -> Result<HashMap<Id, NaiveDate>, Problem> {
    let rows: Vec<(Id, NaiveDate)> = history::Entity::find()
        .select_only()
        .column(history::Column::MemberId)
        .column_as(history::Column::Day.max(), "last_day")
        .filter(history::Column::MemberId.is_in(members.iter().map(|member| member.id)))
        .filter(history::Column::Step.is_in([Step::AcceptTransfer, Step::FollowUnion]))
        .group_by(history::Column::MemberId)
        .into_tuple()
        .all(unit)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Transfers that wait go on with the successor on the merged union's side.
async fn redirect_transfers(unit: &Unit, from: Id, into: Id) -> Result<(), Problem> {
    let home = transfer::ActiveModel { from_organisation_id: Set(into), ..Default::default() };
    let receiving = transfer::ActiveModel { to_organisation_id: Set(into), ..Default::default() };
    let sides = [(transfer::Column::FromOrganisationId, home), (transfer::Column::ToOrganisationId, receiving)];
    for (side, row) in sides {
        transfer::Entity::update_many()
            .set(row)
            .filter(side.eq(from))
            .filter(transfer::Column::State.eq(Progress::Waiting))
            .exec(unit)
            .await?;
    }
    Ok(())
}

/// The successor takes the merged union's place at events, unless it has one of its own.
async fn replace_at_events(unit: &Unit, from: Id, into: Id) -> Result<(), Problem> {
    let places = |union: Id| event_union::Entity::find().filter(event_union::Column::OrganisationId.eq(union));
    let own = places(into).all(unit).await?;
    for place in places(from).all(unit).await? {
        event_union::Entity::delete_by_id((place.event_id, from)).exec(unit).await?;
        if own.iter().all(|own| own.event_id != place.event_id) {
            let row = event_union::ActiveModel {
                event_id: Set(place.event_id),
                organisation_id: Set(into),
                place: Set(place.place),
            };
            event_union::Entity::insert(row).exec_without_returning(unit).await?;
        }
    }
    Ok(())
}
