//! What is in a station's cupboard, for its master.

use std::collections::HashMap;

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::Connection;
use kernel::{Caller, Context, Id, Problem, permission::Oneself, rulebook};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{EXPIRY_DAYS, batches, known};
use crate::{
    duty::station,
    rules::supplies::{Batch, warning},
    tables::{
        batch,
        good::{self, GoodKind},
    },
};

/// What is left of one batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationBatch)]
pub struct BatchView {
    /// The key.
    pub id: Id,
    /// What the maker calls it.
    pub batch: Option<String>,
    /// The last day on which it may be used.
    pub expires_on: Option<NaiveDate>,
    /// How much is left.
    pub left: i64,
    /// Whether its last day is over.
    pub expired: bool,
}

/// A thing in the cupboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGood)]
pub struct GoodView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// What it is.
    pub kind: GoodKind,
    /// In words.
    pub kind_label: String,
    /// What people call it.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// There should be no less.
    pub least: i64,
    /// How much may be used.
    pub left: i64,
    /// Whether that is less than there should be.
    pub low: bool,
    /// How much expires soon.
    pub expiring: i64,
    /// How much has expired and is to be cleared away.
    pub expired: i64,
    /// The batches of which something is left, the first to expire first.
    pub batches: Vec<BatchView>,
}

/// Things as people read them; each question is asked once for all.
///
/// # Errors
/// A fault.
pub async fn views(
    conn: &Connection,
    context: &Context,
    (organisation, rows): (Id, Vec<good::Model>),
) -> Result<Vec<GoodView>, Problem> {
    let today = context.today();
    let days = rulebook::number(conn, context, &EXPIRY_DAYS, organisation, today).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let mut by_good: HashMap<Id, Vec<batch::Model>> = HashMap::new();
    for batch in batches(conn, &ids).await? {
        by_good.entry(batch.good_id).or_default().push(batch);
    }
    Ok(rows.into_iter().map(|row| view(row, &mut by_good, today, days)).collect())
}

fn view(row: good::Model, all: &mut HashMap<Id, Vec<batch::Model>>, today: NaiveDate, days: i64) -> GoodView {
    let mut batches = all.remove(&row.id).unwrap_or_default();
    batches.sort_by_key(|batch| (batch.expires_on.is_none(), batch.expires_on, batch.id));
    let found: Vec<Batch> = batches.iter().map(known).collect();
    let warning = warning(&found, row.least, today, days);
    let shown = |batch: batch::Model| BatchView {
        expired: !known(&batch).is_good(today),
        id: batch.id,
        batch: batch.batch,
        expires_on: batch.expires_on,
        left: batch.left,
    };
    GoodView {
        id: row.id,
        station_id: row.station_id,
        kind: row.kind,
        kind_label: row.kind.label().to_owned(),
        name: row.name,
        unit: row.unit,
        least: row.least,
        left: warning.left,
        low: warning.low,
        expiring: warning.expiring,
        expired: warning.expired,
        batches: batches.into_iter().map(shown).collect(),
    }
}

/// What is in the cupboard.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn show(caller: &Caller<Oneself>, id: Id) -> Result<Vec<GoodView>, Problem> {
    let conn = caller.read();
    let station = station(conn, caller, id, caller.today()).await?;
    let rows = good::Entity::find()
        .filter(good::Column::StationId.eq(station.id))
        .order_by_asc(good::Column::Kind)
        .order_by_asc(good::Column::Name);
    let mut shown = views(conn, caller, (station.organisation_id, rows.all(conn).await?)).await?;
    shown.sort_by_key(|good| (good.expired == 0, !good.low, good.expiring == 0));
    Ok(shown)
}

/// 我的驿站的药品和物资
#[utoipa::path(
    get, path = "/me/stations/{id}/supplies", tag = "me", operation_id = "my_station_supplies",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<GoodView>)),
)]
pub async fn get_supplies(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<GoodView>>, Problem> {
    show(&caller, id).await.map(Json)
}
