//! The checklist: what stations are looked at for, by the five strengths, with how many points each item gives.

use axum::Json;
use database::Connection;
use kernel::{Caller, Problem};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StandardItem, Strength};
use crate::{
    permissions::SeeStations,
    tables::standard::{Column, Entity},
};

/// An item of the checklist with its strength in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StandardRow {
    /// The item.
    #[serde(flatten)]
    pub item: StandardItem,
    /// Its strength, in words.
    pub strength_label: String,
}

/// The checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationStandard {
    /// The items, by strength and in their order.
    pub items: Vec<StandardRow>,
    /// How many points the offered ones give together.
    pub out_of: i64,
    /// How many points the offered ones of each strength give.
    pub strengths: Vec<StrengthSum>,
}

/// What a strength weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StrengthSum {
    /// The strength.
    pub strength: Strength,
    /// In words.
    pub label: String,
    /// How many points its offered items give together.
    pub out_of: i64,
}

impl From<StandardItem> for StandardRow {
    fn from(item: StandardItem) -> Self {
        Self { strength_label: item.strength.label().to_owned(), item }
    }
}

/// All items, by strength and in their order.
///
/// # Errors
/// A fault of the database.
pub async fn list(conn: &Connection) -> Result<Vec<StandardItem>, Problem> {
    let mut items = Entity::find().order_by_asc(Column::Sort).order_by_asc(Column::Code).all(conn).await?;
    items.sort_by_key(|item| item.strength);
    Ok(items)
}

/// The items that inspections to come mark.
///
/// # Errors
/// A fault of the database.
pub async fn offered(conn: &Connection) -> Result<Vec<StandardItem>, Problem> {
    Ok(list(conn).await?.into_iter().filter(|item| item.offered).collect())
}

/// The checklist with what it weighs.
///
/// # Errors
/// A fault of the database.
pub async fn standard(conn: &Connection) -> Result<StationStandard, Problem> {
    let items = list(conn).await?;
    let weighing = |strength: Option<Strength>| {
        let counted = items.iter().filter(|item| item.offered && strength.is_none_or(|one| one == item.strength));
        counted.map(|item| item.weight).sum()
    };
    let sum = |strength: Strength| StrengthSum {
        strength,
        label: strength.label().to_owned(),
        out_of: weighing(Some(strength)),
    };
    let strengths = [Strength::Leadership, Strength::Standard, Strength::Fusion, Strength::Norm, Strength::Position];
    let (out_of, strengths) = (weighing(None), strengths.map(sum).to_vec());
    Ok(StationStandard { items: items.into_iter().map(StandardRow::from).collect(), out_of, strengths })
}

/// 驿站标准
#[utoipa::path(
    get, path = "/station-standard", tag = "station", operation_id = "show_station_standard",
    extensions(("x-permission" = json!("station.view"))), responses((status = 200, body = StationStandard)),
)]
pub async fn get_standard(caller: Caller<SeeStations>) -> Result<Json<StationStandard>, Problem> {
    standard(caller.read()).await.map(Json)
}
