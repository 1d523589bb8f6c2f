//! The daily look for members who lapsed, and for those of whom something was seen again. It ends no membership.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Id;
use kernel::{Context, Problem, outbox::JobKind, rulebook};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use super::{MONTHS, seen::seen};
use crate::{
    rules::{
        lapse::{Seen, cutoff},
        standing::Standing,
    },
    tables::{
        due,
        lapse::{self, LapseEnd},
        member, transfer,
    },
};

/// The look.
pub const JOB: JobKind = JobKind {
    code: "membership_lapses",
    run: |context, _| Box::pin(work(context)),
    attempts: 1,
    every_s: Some(24 * 60 * 60),
    texts: false,
};

/// Members in one unit of work.
const CHUNK: u64 = 500;

async fn work(context: &Context) -> Result<(), Problem> {
    close_over(context).await?;
    for (union, cutoff) in unions_with_dues(context).await? {
        notice(context, union, cutoff).await?;
    }
    Ok(())
}

/// The unions whose dues are entered here, and since when a member of theirs has lapsed: where nobody's dues are, nothing
/// could be told from their absence.
async fn unions_with_dues(context: &Context) -> Result<Vec<(Id, NaiveDate)>, Problem> {
    let last_paid: Vec<(Id, NaiveDate)> = due::Entity::find()
        .select_only()
        .column(due::Column::OrganisationId)
        .column_as(due::Column::PaidOn.max(), "last_paid")
        .filter(due::Column::StandingMemberId.is_not_null())
        .group_by(due::Column::OrganisationId)
        .order_by_asc(due::Column::OrganisationId)
        .into_tuple()
        .all(context.read())
        .await?;
    let mut found = Vec::new();
    for (union, last_paid) in last_paid {
        let months = rulebook::number(context.read(), context, &MONTHS, union, context.today()).await?;
        let since = cutoff(context.today(), months);
        if last_paid > since {
            found.push((union, since));
        }
    }
    Ok(found)
}

/// Writes down which members of a union lapsed.
async fn notice(context: &Context, union: Id, cutoff: NaiveDate) -> Result<(), Problem> {
    let mut after = Id(0);
    loop {
        let open = lapse::Entity::find().select_only().column(lapse::Column::OpenMemberId);
        let open = open.filter(lapse::Column::OpenMemberId.is_not_null()).into_query();
        let members = member::Entity::find()
            .filter(member::Column::OrganisationId.eq(union))
            .filter(member::Column::State.is_in([Standing::Normal, Standing::TransferPending]))
            .filter(member::Column::Id.not_in_subquery(transfer::of_retained()))
            .filter(member::Column::MemberSince.lte(cutoff))
            .filter(member::Column::Id.gt(after))
            .filter(member::Column::Id.not_in_subquery(open))
            .order_by_asc(member::Column::Id)
            .limit(CHUNK)
            .all(context.read())
            .await?;
        let Some(last) = members.last() else { return Ok(()) };
        after = last.id;
        let today = context.today();
        let seen: HashMap<Id, Seen> = seen(context.read(), &members).await?;
        let lapsed = members.iter().filter_map(|member| Some((member.id, seen.get(&member.id)?.last(today))));
        let lapsed: Vec<(Id, NaiveDate)> = lapsed.filter(|(_, last)| *last <= cutoff).collect();
        if lapsed.is_empty() {
            continue;
        }
        let lapsed = &lapsed;
        context
            .unit(|unit| async move {
                let row = |(member, last_on): &(Id, NaiveDate)| lapse::ActiveModel {
                    id: Set(context.id()),
                    member_id: Set(*member),
                    last_on: Set(*last_on),
                    noticed_on: Set(today),
                    talked_on: Set(None),
                    talk: Set(None),
                    talked_by: Set(None),
                    ended: Set(None),
                    ended_on: Set(None),
                    at: Set(context.now().into()),
                    open_member_id: Set(Some(*member)),
                };
                database::insert_all::<lapse::Entity>(&unit, lapsed.iter().map(row).collect()).await?;
                Ok(())
            })
            .await?;
    }
}

/// Closes those that are over.
async fn close_over(context: &Context) -> Result<(), Problem> {
    let mut after = Id(0);
    loop {
        let open = lapse::Entity::find()
            .filter(lapse::Column::OpenMemberId.is_not_null())
            .filter(lapse::Column::Id.gt(after))
            .order_by_asc(lapse::Column::Id)
            .limit(CHUNK)
            .all(context.read())
            .await?;
        let Some(last) = open.last() else { return Ok(()) };
        after = last.id;
        let ids = || open.iter().map(|row| row.member_id);
        let members = member::Entity::find().filter(member::Column::Id.is_in(ids())).all(context.read()).await?;
        let waiting = transfer::Entity::find().filter(transfer::Column::WaitingMemberId.is_in(ids()));
        let waiting = waiting.all(context.read()).await?.into_iter();
        let before: HashMap<Id, Standing> = waiting.map(|waiting| (waiting.member_id, waiting.state_before)).collect();
        let seen = seen(context.read(), &members).await?;
        let members: HashMap<Id, member::Model> = members.into_iter().map(|member| (member.id, member)).collect();
        let over = open.iter().filter_map(|row| {
            let member = members.get(&row.member_id)?;
            let before = before.get(&member.id).copied().unwrap_or(member.state);
            Some((row.id, over(member.state.may_vote(before), seen.get(&member.id)?, row.last_on)?))
        });
        let over: Vec<(Id, LapseEnd)> = over.collect();
        if over.is_empty() {
            continue;
        }
        let over = &over;
        context
            .unit(|unit| async move {
                for (id, end) in over {
                    database::update(&unit, close(*id, *end, context.today()));
                }
                Ok(())
            })
            .await?;
    }
}

/// How a lapse is over since the last day on which the member was seen, if it is. Whoever owes nothing any more, or came to
/// another union or back since, owes nothing of what he was to be talked to about.
pub(super) fn over(owes: bool, seen: &Seen, last_on: NaiveDate) -> Option<LapseEnd> {
    let after = last_on.succ_opt()?;
    match () {
        () if !owes || seen.since >= after => Some(LapseEnd::Otherwise),
        () if seen.again_since(after) => Some(LapseEnd::Resumed),
        () => None,
    }
}

/// Ends a lapse.
pub(super) fn close(id: Id, end: LapseEnd, day: NaiveDate) -> sea_orm::UpdateMany<lapse::Entity> {
    let row = lapse::ActiveModel {
        ended: Set(Some(end)),
        ended_on: Set(Some(day)),
        open_member_id: Set(None),
        ..Default::default()
    };
    // An officer may have closed it, in his own words, since the daily look read it.
    let is_open = lapse::Column::OpenMemberId.is_not_null();
    lapse::Entity::update_many().set(row).filter(lapse::Column::Id.eq(id)).filter(is_open)
}
