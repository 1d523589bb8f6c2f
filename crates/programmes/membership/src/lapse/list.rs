//! Members the union must talk to, and those it talked to.

use std::collections::{HashMap, hash_map::Entry};

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use database::{Connection, Id};
use kernel::{
    Caller, Context, Page, Problem,
    caller::{Find, below_by},
    listing::{Counted, Paging},
    rulebook::{self, Stretch},
};
use sea_orm::{
    QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{TALK_DAYS, may_end_on};
use crate::{
    list::{MemberRow, rows},
    permissions::SeeMembers,
    tables::{
        lapse::{self, Column, Entity},
        member,
    },
};

/// Which of them.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LapseFilter {
    /// Members of this organisation or one below it.
    pub organisation: Option<Id>,
    /// Only those whom somebody talked to (`true`), or nobody yet (`false`).
    pub talked: Option<bool>,
    /// Only those whose time after the talk is over, so that they may be ended.
    #[serde(default)]
    pub may_end: bool,
}

/// How a lapse stands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LapseStanding {
    /// The last day on which he paid, took part or joined.
    pub last_on: NaiveDate,
    /// The day it was noticed.
    pub noticed_on: NaiveDate,
    /// The day the union talked to him.
    pub talked_on: Option<NaiveDate>,
    /// What came of the talk.
    pub talk: Option<String>,
    /// From when on the membership may be ended, if nothing changes; absent before the talk.
    pub may_end_on: Option<NaiveDate>,
    /// Whether that day has come.
    pub may_end: bool,
}

/// A member who lapsed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LapseRow {
    /// The membership and its person, masked.
    pub member: MemberRow,
    /// How it stands.
    pub lapse: LapseStanding,
}

impl LapseStanding {
    pub(super) async fn of(
        conn: &Connection,
        context: &Context,
        member: &member::Model,
        lapse: lapse::Model,
    ) -> Result<Self, Problem> {
        let may_end_on = match lapse.talked_on {
            Some(talked_on) => Some(may_end_on(conn, context, member.organisation_id, talked_on).await?),
            None => None,
        };
        Ok(Self::with(context, lapse, may_end_on))
    }

    fn with(context: &Context, lapse: lapse::Model, may_end_on: Option<NaiveDate>) -> Self {
        Self {
            last_on: lapse.last_on,
            noticed_on: lapse.noticed_on,
            talked_on: lapse.talked_on,
            talk: lapse.talk,
            may_end_on,
            may_end: may_end_on.is_some_and(|day| day <= context.today()),
        }
    }
}

/// The lapse of a membership that lasts, if there is one; the caller has loaded the membership in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn open_of(context: &Context, member: &member::Model) -> Result<Option<LapseStanding>, Problem> {
    match lapse::open_of(context.read(), member.id).await? {
        Some(open) => LapseStanding::of(context.read(), context, member, open).await.map(Some),
        None => Ok(None),
    }
}

/// The members in the caller's scope.
fn members(find: Find, context: &Context, filter: &LapseFilter) -> Select<member::Entity> {
    let place = (member::Entity, member::Column::OrganisationId);
    let members = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::ValidPersonId.is_not_null())
        .filter(context.scope().within_by(find, place));
    match filter.organisation {
        Some(organisation) => members.filter(below_by(find, organisation, place)),
        None => members,
    }
}

/// How the lapses in the caller's scope are best found: those of few members by these, those of many one after another.
///
/// # Errors
/// A fault of the database.
pub async fn found_by(context: &Context, filter: &LapseFilter) -> Result<Find, Problem> {
    let members = members(Find::ByPlace, context, filter).counted(context.read()).await?;
    Ok(Find::of(context.read(), members))
}

/// The lapses in the caller's scope that last.
pub fn open(find: Find, context: &Context, filter: &LapseFilter) -> Select<Entity> {
    let members = members(find, context, filter);
    let query = match find {
        Find::ByPlace => Entity::find().filter(Column::OpenMemberId.in_subquery(members.into_query())),
        Find::InOrder => {
            let its = Expr::col((Entity, Column::OpenMemberId)).equals((member::Entity, member::Column::Id));
            // Implied by what follows, and said so that either database finds those few by their index.
            let lasting = Entity::find().filter(Column::OpenMemberId.is_not_null());
            lasting.filter(Expr::exists(members.filter(its).into_query()))
        }
    };
    match filter.talked {
        Some(true) => query.filter(Column::TalkedOn.is_not_null()),
        Some(false) => query.filter(Column::TalkedOn.is_null()),
        None => query,
    }
}

/// The filter for those whose time after the talk is over, where a filter asks for them, by the days that held when they were
/// talked to, as [`may_end_on`] tells of each.
///
/// # Errors
/// A fault.
pub async fn over(context: &Context, filter: &LapseFilter) -> Result<Condition, Problem> {
    if !filter.may_end {
        return Ok(Condition::all());
    }
    let today = context.today();
    let its = || Expr::col((Entity, Column::OpenMemberId)).equals((member::Entity, member::Column::Id));
    let over = |stretch: &Stretch| {
        let days = Days::new(u64::try_from(stretch.value).unwrap_or(0));
        let last = today.checked_sub_days(days).unwrap_or(today);
        let there = member::Entity::find().select_only().column(member::Column::Id).filter(its());
        let there = there.filter(stretch.holds_at((member::Entity, member::Column::OrganisationId)));
        Condition::all().add(Column::TalkedOn.lte(last)).add(Expr::exists(there.into_query()))
    };
    let held = rulebook::stretches_by_day(context.read(), context, &TALK_DAYS).await?;
    let ends = held.iter().skip(1).map(|(first, _)| *first).chain([None]);
    Ok(held.iter().zip(ends).fold(Condition::any(), |any, ((first, stretches), end)| {
        let talked = Condition::all()
            .add_option(first.map(|first| Column::TalkedOn.gte(first)))
            .add_option(end.map(|end| Column::TalkedOn.lt(end)));
        any.add(talked.add(stretches.iter().map(over).fold(Condition::any(), Condition::add)))
    }))
}

/// Lists them in the order in which they were noticed.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeMembers>,
    filter: &LapseFilter,
    paging: &Paging,
) -> Result<Page<LapseRow>, Problem> {
    let conn = caller.read();
    let query = open(found_by(caller, filter).await?, caller, filter).filter(over(caller, filter).await?);
    let page = paging.oldest_first(conn, query, Column::Id, |row| row.id).await?;
    let ids = page.items.iter().map(|row| row.member_id);
    let members = member::Entity::find().filter(member::Column::Id.is_in(ids)).all(conn).await?;
    // One question for those who were talked to on one day in one union.
    let unions: HashMap<Id, Id> = members.iter().map(|member| (member.id, member.organisation_id)).collect();
    let mut may_end: HashMap<(Id, NaiveDate), NaiveDate> = HashMap::new();
    for row in &page.items {
        let (Some(union), Some(talked_on)) = (unions.get(&row.member_id), row.talked_on) else { continue };
        if let Entry::Vacant(unknown) = may_end.entry((*union, talked_on)) {
            unknown.insert(may_end_on(conn, caller, *union, talked_on).await?);
        }
    }
    let shown: HashMap<Id, MemberRow> =
        rows(caller, members).await?.into_iter().map(|member| (member.id, member)).collect();
    let row = |row: lapse::Model| {
        let member = shown.get(&row.member_id)?.clone();
        let may_end_on = row.talked_on.and_then(|talked_on| may_end.get(&(member.organisation_id, talked_on)).copied());
        Some(LapseRow { member, lapse: LapseStanding::with(caller, row, may_end_on) })
    };
    Ok(Page { items: page.items.into_iter().filter_map(row).collect(), next: page.next, total: page.total })
}

/// 待谈话会员
#[utoipa::path(
    get, path = "/lapses", tag = "membership", operation_id = "list_lapses",
    extensions(("x-permission" = json!("membership.view"))),
    params(LapseFilter, Paging), responses((status = 200, body = Page<LapseRow>)),
)]
pub async fn get_lapses(
    caller: Caller<SeeMembers>,
    Query(filter): Query<LapseFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<LapseRow>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
