//! Stations, filtered, sought, sorted, paged.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use kernel::{
    Caller, Context, Id, Page, Problem,
    caller::{Find, below_by},
    listing::{Counted, Paging},
    organisation::tree,
};
use sea_orm::{
    QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Condition, Expr, ExprTrait, IntoColumnRef, SelectStatement},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    form::read,
    looked::{self, found_wrong, looked_round},
    now::{Calendars, OpenNow, stands},
    order::{StationSort, cursor},
    position::Position,
    unchecked,
};
use crate::{
    neglect::{NeglectKind, climbed, view as neglects},
    permissions::SeeStations,
    posts::{holding, view::of_stations},
    rules::{hours::OpeningHours, standard::star_label},
    standard::{due, findings::overdue},
    tables::{
        finding, item, post, round,
        station::{Column, Entity, Model, StationKind, StationState},
    },
};

/// What wants looking after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationAttention)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// Something is out of order.
    Faults,
    /// Open and not off today by its hours, and nobody has looked round before opening today.
    Unchecked,
    /// Something was wrong at the last look round of today or yesterday.
    RoundWrong,
    /// Nobody answers for it.
    NoMaster,
    /// Below standard at the latest inspection.
    BelowStandard,
    /// Something that an inspection found is not mended in time.
    Unmended,
    /// Not inspected for longer than the rule of its place allows.
    InspectionOverdue,
    /// That will be so within 30 days.
    InspectionSoon,
    /// A look round was missed, a deadline for mending passed, a reported fault was left unanswered or something was not looked
    /// at for too long, and the next day came: the union looks after it.
    Neglected,
    /// It lasts so long that the union above looks after it.
    Climbed,
    /// The union looks after all that is neglected there, and the union above after nothing yet.
    AtUnion,
}

impl Attention {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Faults => "设施有故障",
            Self::Unchecked => "今天未检查",
            Self::RoundWrong => "检查有不正常",
            Self::NoMaster => "没有站长",
            Self::BelowStandard => "检查未达标",
            Self::Unmended => "整改已逾期",
            Self::InspectionOverdue => "“五强”检查已逾期",
            Self::InspectionSoon => "“五强”检查30天内到期",
            Self::Neglected => "工会或上级督办",
            Self::Climbed => "上级督办：久未处理",
            Self::AtUnion => "工会督办",
        }
    }
}

/// Which stations.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct StationFilter {
    /// Part of the name, number, address or host.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Of this organisation and below.
    pub organisation: Option<Id>,
    /// Where it stands today.
    #[param(inline)]
    pub state: Option<StationState>,
    /// Whether a union runs the house alone.
    #[param(inline)]
    pub kind: Option<StationKind>,
    /// The catalogue's code of something that it has or gives.
    pub item: Option<String>,
    /// What wants looking after.
    #[param(inline)]
    pub attention: Option<Attention>,
    /// With so many stars, 0 for below standard.
    pub star: Option<i32>,
    /// Not inspected for so many months, or never and open for so long.
    #[param(minimum = 1, maximum = 1200)]
    pub uninspected: Option<u32>,
    /// In which way something is neglected there that has climbed to the union; to the union above with that attention.
    #[param(inline)]
    pub neglect: Option<NeglectKind>,
    /// In which order.
    #[param(inline)]
    pub sort: Option<StationSort>,
}

/// A station in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StationRow {
    /// The key.
    pub id: Id,
    /// The number on its sign.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The union that answers for it.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// Whether a union runs the house alone, in words.
    pub kind_label: String,
    /// Whose house it is, if shared.
    pub host: Option<String>,
    /// Where, in words.
    pub address: String,
    /// Where, in WGS-84.
    pub position: Option<Position>,
    /// Square metres.
    pub area: i64,
    /// How many people it holds at once.
    pub capacity: i64,
    /// The number that anybody may call.
    pub service_line: Option<String>,
    /// When it is open, in words.
    pub hours_text: String,
    /// Where it stands today.
    pub state: StationState,
    /// In words.
    pub state_label: String,
    /// Whether it is open now.
    pub now: OpenNow,
    /// The master's name, masked.
    pub master: Option<String>,
    /// The master's mobile number, masked.
    pub master_phone: Option<String>,
    /// How many things are out of order.
    pub faults: i64,
    /// Whether it opens today at all: it is open, and neither closed today by its hours nor by exception.
    pub opens_today: bool,
    /// Whether somebody looked round before opening today.
    pub checked_today: bool,
    /// How many points were wrong at the last look round of today or yesterday.
    pub wrong_points: i32,
    /// How many stars the latest inspection gave, 0 (below standard) to 5; absent before the first.
    pub star: Option<i32>,
    /// In words.
    pub star_label: Option<String>,
    /// The day of that inspection.
    pub inspected_on: Option<NaiveDate>,
    /// What is neglected there and has climbed to the union or higher, one of each kind.
    pub neglected: Vec<neglects::NeglectTag>,
}

/// The stations that pass a filter within the caller's scope, not sorted; whether an inspection is due is asked by
/// [`due::wanted`], and whether one that is unchecked opens today by `unchecked`.
#[must_use]
pub fn filtered(find: Find, context: &Context, filter: &StationFilter) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(context.scope().within_by(find, place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below_by(find, organisation, place));
    }
    query = query.apply_if(filter.kind, |query, kind| query.filter(Column::Kind.eq(kind)));
    query = query.apply_if(filter.state, |query, state| query.filter(standing_in(context, state)));
    if let Some(code) = &filter.item {
        let having = item::Entity::find().select_only().column(item::Column::StationId);
        query = query.filter(Column::Id.in_subquery(having.filter(item::Column::Code.eq(code)).into_query()));
    }
    query = query.apply_if(filter.attention, |query, attention| query.filter(wanting(context, attention)));
    query = query.apply_if(filter.star, |query, star| query.filter(find.column((Entity, Column::Star)).eq(star)));
    query =
        query.apply_if(filter.uninspected, |query, months| query.filter(due::uninspected_for(context.today(), months)));
    query = query.apply_if(filter.neglect, |query, kind| {
        let above = filter.attention == Some(Attention::Climbed);
        query.filter(Column::Id.in_subquery(climbed(above, Some(kind))))
    });
    if let Some(text) = filter.q.as_deref() {
        let sought = [Column::Name, Column::Code, Column::Place, Column::Host];
        query = query.filter(sought.iter().fold(Condition::any(), |any, column| any.add(column.contains(text))));
    }
    query
}

/// The keys of the stations in the caller's scope, of an organisation and below if one is told.
#[must_use]
pub fn keys_in_scope(context: &Context, organisation: Option<Id>) -> SelectStatement {
    let within = filtered(Find::ByPlace, context, &StationFilter { organisation, ..StationFilter::default() });
    within.select_only().column(Column::Id).into_query()
}

/// The filter for a column that holds a station's key, in a list that knows how its rows are best found: those of
/// [`keys_in_scope`] pass.
pub fn in_scope_by<C: IntoColumnRef>(find: Find, context: &Context, organisation: Option<Id>, column: C) -> Expr {
    find.column(column).in_subquery(keys_in_scope(context, organisation))
}

/// The filter for what falls on a day or later, and on another or before, where they are told.
pub fn on_days(column: impl ColumnTrait, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Condition {
    let from = from.map(|day| ColumnTrait::gte(&column, day));
    Condition::all().add_option(from).add_option(to.map(|day| ColumnTrait::lte(&column, day)))
}

/// The filter for stations that stand so today; a pause that was planned begins, and one with a last day is over, by itself.
pub(crate) fn standing_in(context: &Context, state: StationState) -> Condition {
    let today = context.today();
    let paused = || Condition::all().add(Column::State.eq(StationState::Paused));
    let not_now = || Condition::any().add(Column::PausedUntil.lt(today)).add(Column::PausedFrom.gt(today));
    let by_itself = || Condition::any().add(Column::State.eq(StationState::Open)).add(paused().add(not_now()));
    match state {
        StationState::Open => {
            let good = Condition::any().add(Column::ShutFrom.is_null()).add(Column::ShutFrom.gt(today));
            Condition::all().add(by_itself()).add(good)
        }
        StationState::Paused => {
            let begun = Condition::any().add(Column::PausedFrom.is_null()).add(Column::PausedFrom.lte(today));
            let lasts = Condition::any().add(Column::PausedUntil.is_null()).add(Column::PausedUntil.gte(today));
            let shut = Condition::all().add(by_itself()).add(Column::ShutFrom.lte(today));
            Condition::any().add(paused().add(begun).add(lasts)).add(shut)
        }
        StationState::Planned | StationState::Closed => Condition::all().add(Column::State.eq(state)),
    }
}

fn wanting(context: &Context, attention: Attention) -> Condition {
    match attention {
        Attention::Faults => {
            let faulty = item::Entity::find().select_only().column(item::Column::StationId);
            let faulty = faulty.filter(item::Column::Works.eq(false)).into_query();
            Condition::all().add(Column::Id.in_subquery(faulty)).add(Column::State.ne(StationState::Closed))
        }
        Attention::Unchecked => {
            let seen = round::Entity::find().select_only().column(round::Column::StationId);
            let seen = seen.filter(looked_round(context)).into_query();
            // Which of them open today is asked by `unchecked`.
            Condition::all().add(standing_in(context, StationState::Open)).add(Column::Id.not_in_subquery(seen))
        }
        Attention::RoundWrong => Condition::all()
            .add(Column::Id.in_subquery(found_wrong(context)))
            .add(Column::State.ne(StationState::Closed)),
        Attention::NoMaster => {
            let held = post::Entity::find().select_only().column(post::Column::StationId);
            let held = held.filter(post::Column::Role.eq(post::PostRole::Master)).filter(holding(context.today()));
            let held = held.into_query();
            Condition::all().add(Column::Id.not_in_subquery(held)).add(Column::State.ne(StationState::Closed))
        }
        Attention::BelowStandard => {
            Condition::all().add(Column::Star.eq(0)).add(Column::State.ne(StationState::Closed))
        }
        // Differs by place, and is asked by `due::wanted`.
        Attention::InspectionOverdue | Attention::InspectionSoon => Condition::all(),
        Attention::Neglected => Condition::all().add(Column::Id.in_subquery(climbed(false, None))),
        Attention::Climbed => Condition::all().add(Column::Id.in_subquery(climbed(true, None))),
        Attention::AtUnion => {
            wanting(context, Attention::Neglected).add(Column::Id.not_in_subquery(climbed(true, None)))
        }
        Attention::Unmended => {
            let late = finding::Entity::find().select_only().column(finding::Column::StationId);
            let late = late.filter(overdue(context.today())).into_query();
            Condition::all().add(Column::Id.in_subquery(late)).add(Column::State.ne(StationState::Closed))
        }
    }
}

/// Lists stations.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &StationFilter,
    paging: &Paging,
) -> Result<Page<StationRow>, Problem> {
    let wanted = due::wanted(caller, filter).await?;
    let query = |find| filtered(find, caller, filter).filter(wanted.clone());
    // How a page's rows are best found follows from how many may pass, however few of them do.
    let may_pass = query(Find::ByPlace).counted(caller.read()).await?;
    let total = if unchecked::is_wanted(filter) { unchecked::count(caller, filter).await? } else { may_pass };
    let asked = (query(Find::of(caller.read(), may_pass)), filter);
    let most = Ord::min(paging.limit() + 1, total);
    let found = unchecked::first(caller, asked, paging.cursor.clone(), most).await?;
    let sort = filter.sort.unwrap_or_default();
    let page = Page::cut(found, paging.limit(), total, |row| cursor(row, sort));
    let items = rows(caller, page.items).await?;
    Ok(Page { items, next: page.next, total })
}

/// Stations as lists and files show them; each question is asked once for all.
///
/// # Errors
/// A fault.
pub async fn rows(context: &Context, found: Vec<Model>) -> Result<Vec<StationRow>, Problem> {
    let conn = context.read();
    let ids: Vec<Id> = found.iter().map(|row| row.id).collect();
    let names = tree::names(conn, found.iter().map(|row| row.organisation_id)).await?;
    let posts = of_stations(conn, context, &ids).await?;
    let faults = item::Entity::find()
        .filter(item::Column::StationId.is_in(ids.iter().copied()))
        .filter(item::Column::Works.eq(false))
        .all(conn)
        .await?;
    let mut neglected = neglects::of_stations(conn, &ids).await?;
    let looked = looked::of_stations(context, &ids).await?;
    let mut calendars = Calendars::default();
    calendars.know(conn, found.iter().map(|row| row.organisation_id)).await?;
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        let now = calendars.open_now(conn, context, &row).await?;
        let hours: OpeningHours = read(&row.hours)?;
        let state = stands(&row, context.today());
        let master = posts.get(&row.id).and_then(|posts| posts.iter().find(|post| post.is_master_now()));
        let looked = looked.get(&row.id).copied().unwrap_or_default();
        rows.push(StationRow {
            id: row.id,
            organisation: names.get(&row.organisation_id).cloned().unwrap_or_default(),
            position: Position::of_row(row.longitude, row.latitude),
            kind_label: row.kind.label().to_owned(),
            hours_text: hours.text(),
            state,
            state_label: state.label().to_owned(),
            now,
            master: master.map(|post| post.name.clone()),
            master_phone: master.and_then(|post| post.phone.clone()),
            faults: i64::try_from(faults.iter().filter(|item| item.station_id == row.id).count()).unwrap_or(i64::MAX),
            neglected: neglected.remove(&row.id).unwrap_or_default(),
            star: row.star,
            star_label: row.star.map(|star| star_label(star).to_owned()),
            inspected_on: row.inspected_on,
            opens_today: state == StationState::Open && calendars.opens(row.organisation_id, &hours, context.today()),
            checked_today: looked.before_opening,
            wrong_points: looked.wrong,
            code: row.code,
            name: row.name,
            organisation_id: row.organisation_id,
            host: row.host,
            address: row.place,
            area: row.area,
            capacity: row.capacity,
            service_line: row.service_line,
        });
    }
    Ok(rows)
}

/// 工会驿站
#[utoipa::path(
    get, path = "/stations", tag = "station", operation_id = "list_stations",
    extensions(("x-permission" = json!("station.view"))),
    params(StationFilter, Paging), responses((status = 200, body = Page<StationRow>)),
)]
pub async fn get_stations(
    caller: Caller<SeeStations>,
    Query(filter): Query<StationFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<StationRow>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
