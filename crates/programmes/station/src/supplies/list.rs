//! What stations keep, for officers: what runs low, what expires, what has expired.

use std::collections::HashMap;

use axum::{Json, extract::Query};
use chrono::Days;
use kernel::{
    Caller, Context, Id, Page, Problem,
    caller::Find,
    listing::Paging,
    rulebook::{self, Stretch},
};
use sea_orm::{
    QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Condition, Expr, ExprTrait, Func},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    EXPIRY_DAYS,
    show::{GoodView, views},
};
use crate::{
    permissions::SeeStations,
    register::{
        keyed::{self, Placed},
        list::in_scope_by,
    },
    tables::{
        batch,
        good::{self, GoodKind},
        station,
    },
};

/// What wants looking after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationSupplyWarning)]
#[serde(rename_all = "snake_case")]
pub enum SupplyWarning {
    /// Less than there should be.
    Low,
    /// Expires soon.
    Expiring,
    /// Has expired and is not cleared away.
    Expired,
}

impl SupplyWarning {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Low => "数量不足",
            Self::Expiring => "临近到期",
            Self::Expired => "已过期未清理",
        }
    }
}

/// Which things.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationSupplyFilter)]
pub struct SupplyFilter {
    /// Part of the thing's name, or of the station's name or number.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Of this organisation and below.
    pub organisation: Option<Id>,
    /// Of this station.
    pub station: Option<Id>,
    /// What it is.
    #[param(inline)]
    pub kind: Option<GoodKind>,
    /// What wants looking after.
    #[param(inline)]
    pub warning: Option<SupplyWarning>,
}

/// A thing that a station keeps.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationSupply)]
pub struct SupplyRow {
    /// The thing.
    #[serde(flatten)]
    pub good: GoodView,
    /// The station's name.
    pub station: String,
    /// The union that answers for it.
    pub organisation: String,
}

/// Things in the caller's scope that pass a filter, whatever wants looking after.
pub(super) fn filtered(find: Find, context: &Context, filter: &SupplyFilter) -> Select<good::Entity> {
    let of = (good::Entity, good::Column::StationId);
    let mut query = good::Entity::find().filter(in_scope_by(find, context, filter.organisation, of));
    if let Some(station) = filter.station {
        query = query.filter(good::Column::StationId.eq(station));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(good::Column::Kind.eq(kind));
    }
    if let Some(text) = filter.q.as_deref() {
        let own = Condition::any().add(good::Column::Name.contains(text));
        query = query.filter(own.add(good::Column::StationId.in_subquery(keyed::sought(text))));
    }
    query
}

/// The filter for what wants looking after; where which days before expiry hold is told in stretches.
fn wanting(context: &Context, warning: SupplyWarning, stretches: &[Stretch]) -> Condition {
    let today = context.today();
    let left = || batch::Entity::find().filter(batch::Column::Left.gt(0));
    let goods = |query: Select<batch::Entity>| {
        good::Column::Id.in_subquery(query.select_only().column(batch::Column::GoodId).into_query())
    };
    match warning {
        SupplyWarning::Expired => Condition::all().add(goods(left().filter(batch::Column::ExpiresOn.lt(today)))),
        SupplyWarning::Expiring => {
            let expiring = |stretch: &Stretch| {
                let days = Days::new(u64::try_from(stretch.value).unwrap_or_default());
                let soon = today.checked_add_days(days).unwrap_or(today);
                let place = (station::Entity, station::Column::OrganisationId);
                let there = station::Entity::find().select_only().column(station::Column::Id);
                let there = there.filter(stretch.holds_at(place)).into_query();
                let things = goods(left().filter(batch::Column::ExpiresOn.between(today, soon)));
                Condition::all().add(things).add(good::Column::StationId.in_subquery(there))
            };
            stretches.iter().map(expiring).fold(Condition::any(), Condition::add)
        }
        SupplyWarning::Low => {
            let good = batch::Column::ExpiresOn.is_null().or(batch::Column::ExpiresOn.gte(today));
            let of_this = Expr::col((batch::Entity, batch::Column::GoodId)).equals((good::Entity, good::Column::Id));
            let usable = left().filter(good).filter(of_this).select_only();
            let sum = Func::coalesce([Expr::col(batch::Column::Left).sum(), Expr::val(0)]);
            let usable = usable.expr(sum).into_query();
            Condition::all().add(Expr::col((good::Entity, good::Column::Least)).gt(Expr::expr(usable)))
        }
    }
}

/// What a filter's warning wants; nothing where it has none.
///
/// # Errors
/// A fault.
pub(super) async fn warned(context: &Context, filter: &SupplyFilter) -> Result<Condition, Problem> {
    let Some(warning) = filter.warning else { return Ok(Condition::all()) };
    let stretches = rulebook::stretches(context.read(), context, &EXPIRY_DAYS).await?;
    Ok(wanting(context, warning, &stretches))
}

/// Lists things, the last written down first.
///
/// # Errors
/// A fault.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &SupplyFilter,
    paging: &Paging,
) -> Result<Page<SupplyRow>, Problem> {
    let (conn, wanted) = (caller.read(), warned(caller, filter).await?);
    let query = |find| filtered(find, caller, filter).filter(wanted.clone());
    let page = paging.newest_first_of_many(conn, query, good::Column::Id, |row| row.id).await?;
    Ok(Page { items: rows(caller, page.items).await?, next: page.next, total: page.total })
}

/// Each union has its own days before expiry, so things are read union by union.
///
/// # Errors
/// A fault.
pub(super) async fn rows(context: &Context, found: Vec<good::Model>) -> Result<Vec<SupplyRow>, Problem> {
    let conn = context.read();
    let order: Vec<Id> = found.iter().map(|row| row.id).collect();
    let places = keyed::placed(conn, found.iter().map(|row| row.station_id)).await?;
    let mut by_union: HashMap<Id, Vec<good::Model>> = HashMap::new();
    for row in found {
        if let Some(at) = places.get(&row.station_id) {
            by_union.entry(at.station.organisation_id).or_default().push(row);
        }
    }
    let mut shown: HashMap<Id, SupplyRow> = HashMap::new();
    for (union, goods) in by_union {
        for good in views(conn, context, (union, goods)).await? {
            let Some(Placed { station, union }) = places.get(&good.station_id) else { continue };
            let (station, organisation) = (station.name.clone(), union.clone());
            shown.insert(good.id, SupplyRow { good, station, organisation });
        }
    }
    Ok(order.into_iter().filter_map(|id| shown.remove(&id)).collect())
}

/// 驿站药品与物资
#[utoipa::path(
    get, path = "/station-supplies", tag = "station", operation_id = "list_station_supplies",
    extensions(("x-permission" = json!("station.view"))),
    params(SupplyFilter, Paging), responses((status = 200, body = Page<SupplyRow>)),
)]
pub async fn get_supplies(
    caller: Caller<SeeStations>,
    Query(filter): Query<SupplyFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<SupplyRow>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
