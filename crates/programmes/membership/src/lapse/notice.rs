//! The daily look for members who lapsed, and for those of whom something was seen again. It ends no membership.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use database::Id;
use kernel::{Context, Problem, listing::InSteps, organisation, outbox::JobKind, rulebook::Numbers};
use sea_orm::{
    ActiveValue::Set,
    QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};

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
pub const JOB: JobKind = JobKind::new("membership_lapses", 1, |context, _| Box::pin(work(context))).every(24 * 60 * 60);

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
    let (mut after, mut months, mut found) = (Id(0), Numbers::of(&MONTHS), Vec::new());
    loop {
        let unions: Vec<Id> = organisation::Entity::find()
            .select_only()
            .column(organisation::Column::Id)
            .filter(organisation::Column::Id.gt(after))
            .order_by_asc(organisation::Column::Id)
            .limit(CHUNK)
            .into_tuple()
            .all(context.read())
            .await?;
        let Some(last) = unions.last() else { return Ok(found) };
        after = *last;
        months.know(context, unions.iter().copied()).await?;
        let mut alike: BTreeMap<NaiveDate, Vec<Id>> = BTreeMap::new();
        for union in unions {
            let months = months.at(context, union).await?;
            alike.entry(cutoff(context.today(), months)).or_default().push(union);
        }
        for (since, unions) in alike {
            found.extend(paid_after(context, &unions, since).await?.into_iter().map(|union| (union, since)));
        }
    }
}

/// Those of some unions to which dues that stand were paid after a day, and whose dues of its month or before are entered: who
/// began later tells nothing by the months before. Who collects is known by his latest months alone; of years of dues only those
/// of a union that seems to have stopped are looked through.
async fn paid_after(context: &Context, unions: &[Id], day: NaiveDate) -> Result<Vec<Id>, Problem> {
    let month = calendar::month_start(day);
    let entered = |months: Expr| {
        let of = Expr::col((due::Entity, due::Column::OrganisationId));
        due::Entity::find()
            .filter(of.equals((organisation::Entity, organisation::Column::Id)))
            .filter(months)
            .filter(due::Column::StandingMemberId.is_not_null())
    };
    let paid = |months: Expr| Expr::exists(entered(months).filter(due::Column::PaidOn.gt(day)).into_query());
    let begun = Expr::exists(entered(due::Column::Month.lte(month)).into_query());
    let lately = Condition::all().add(paid(due::Column::Month.gte(month))).add(begun);
    let earlier = paid(due::Column::Month.lt(month));
    let query = organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .filter(organisation::Column::Id.is_in(unions.iter().copied()))
        .filter(Condition::any().add(lately).add(earlier))
        .order_by_asc(organisation::Column::Id);
    Ok(query.into_tuple().all(context.read()).await?)
}

/// Writes down which members of a union lapsed.
async fn notice(context: &Context, union: Id, cutoff: NaiveDate) -> Result<(), Problem> {
    let its = Expr::col((lapse::Entity, lapse::Column::OpenMemberId)).equals((member::Entity, member::Column::Id));
    let query = member::Entity::find()
        .filter(member::Column::OrganisationId.eq(union))
        .filter(member::Column::State.is_in([Standing::Normal, Standing::TransferPending]))
        .filter(transfer::was_retained().not())
        .filter(member::Column::MemberSince.lte(cutoff))
        .filter(Expr::exists(lapse::Entity::find().filter(its).into_query()).not());
    let mut steps = InSteps::of(query, member::Column::Id, |member| member.id, CHUNK);
    while let Some(members) = steps.next(context.read()).await? {
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
    Ok(())
}

/// Closes those that are over.
async fn close_over(context: &Context) -> Result<(), Problem> {
    let query = lapse::Entity::find().filter(lapse::Column::OpenMemberId.is_not_null());
    let mut steps = InSteps::of(query, lapse::Column::Id, |lapse| lapse.id, CHUNK);
    while let Some(open) = steps.next(context.read()).await? {
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
    Ok(())
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
