//! Gifts as a workbook: what was given where, how much of it was handed out and how much is left. Of people no names.

use std::collections::HashMap;

use database::Connection;
use documents::Value;
use kernel::{
    Context, Id, Problem,
    caller::Find,
    export::{ExportKind, RowPage, behind, wanted},
};
use sea_orm::{Order, QuerySelect, entity::prelude::*, sea_query::ExprTrait};

use super::list::{GiftFilter, filtered};
use crate::{
    permissions::ExportStations,
    register::keyed,
    tables::{
        gift::{Column, Model},
        gift_claim::{self, GiftState},
        station,
    },
};

/// Gifts, to take away.
pub const GIFTS: ExportKind = ExportKind {
    code: "station_gifts",
    label: "驿站爱心捐赠",
    permission: "station.export",
    personal: false,
    headings: &[
        "捐赠日期",
        "驿站编号",
        "驿站名称",
        "所属工会",
        "物品",
        "捐赠人",
        "单位",
        "捐赠数量",
        "已发放",
        "可领",
        "每人最多领",
        "状态",
    ],
    words: kernel::filter_words! { GiftFilter { q, organisation, station: "驿站" in station.name, left: "还可领" } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(Find::ByPlace, context, &wanted(filter)?).count(context.read()).await?)
}

/// The next gifts the newest first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let conn = context.read();
    let query = filtered(Find::of(conn, u64::MAX), context, &wanted(filter)?);
    let (found, next) = behind(conn, query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    let places = keyed::placed(conn, found.iter().map(|row| row.station_id)).await?;
    let handed = handed(conn, found.iter().map(|row| row.id)).await?;
    let mut rows: Vec<Vec<Value<'static>>> = Vec::with_capacity(found.len());
    for row in found {
        let place = places.get(&row.station_id);
        rows.push(vec![
            Some(calendar::beijing_day(row.given_at.at())).into(),
            place.map(|place| place.station.code.clone()).unwrap_or_default().into(),
            place.map(|place| place.station.name.clone()).unwrap_or_default().into(),
            place.map(|place| place.union.clone()).unwrap_or_default().into(),
            row.name.clone().into(),
            row.giver.clone().unwrap_or_else(|| "职工".to_owned()).into(),
            row.unit.clone().into(),
            row.quantity.into(),
            handed.get(&row.id).copied().unwrap_or(0).into(),
            row.left.into(),
            row.each.into(),
            state(&row).into(),
        ]);
    }
    Ok(RowPage { rows, next })
}

/// How many pieces of gifts were handed out.
async fn handed(conn: &Connection, gifts: impl IntoIterator<Item = Id>) -> Result<HashMap<Id, i64>, Problem> {
    let taken: Vec<(Id, i64)> = gift_claim::Entity::find()
        .select_only()
        .column(gift_claim::Column::GiftId)
        .column_as(gift_claim::Column::Quantity.sum().cast_as("BIGINT"), "pieces")
        .filter(gift_claim::Column::GiftId.is_in(gifts))
        .filter(gift_claim::Column::State.eq(GiftState::Taken))
        .group_by(gift_claim::Column::GiftId)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(taken.into_iter().collect())
}

/// As the page says it.
fn state(row: &Model) -> &'static str {
    match (row.closed_at, row.left) {
        (Some(_), _) => "已下架",
        (None, 0) => "已领完",
        (None, _) => "可领",
    }
}

kernel::list_export! {
    /// 导出驿站爱心捐赠
    post "/station-gifts/exports" "export_station_gifts" of "station", GiftFilter => GIFTS, for ExportStations "station.export"
}
