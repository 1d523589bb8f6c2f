//! What is neglected at stations, as officers read it: what, since when, and who looks after it by now.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Connection;
use kernel::{Id, Problem};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    register::view::StationItem,
    tables::{
        fault, finding,
        neglect::{Column, Entity, Level, Model, NeglectKind},
    },
};

/// What is neglected in one way at a station, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationNeglectTag)]
pub struct NeglectTag {
    /// In which way.
    pub kind: NeglectKind,
    /// In words.
    pub kind_label: String,
    /// The first day, of several the earliest.
    pub since: NaiveDate,
    /// How high it has climbed, of several the highest.
    pub level: Level,
    /// In words.
    pub level_label: String,
}

/// Something at a station that nobody looks after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationNeglect)]
pub struct NeglectView {
    /// The key.
    pub id: Id,
    /// In which way.
    pub kind: NeglectKind,
    /// In words.
    pub kind_label: String,
    /// What, in words.
    pub what: String,
    /// The inspection that found it, where one did.
    pub inspection_id: Option<Id>,
    /// The first day.
    pub since: NaiveDate,
    /// How high it has climbed.
    pub level: Level,
    /// In words.
    pub level_label: String,
}

/// What has climbed to the union or higher at some stations, by station: one of each kind, in the order of the kinds.
///
/// # Errors
/// A fault of the database.
pub async fn of_stations(conn: &Connection, stations: &[Id]) -> Result<HashMap<Id, Vec<NeglectTag>>, Problem> {
    let rows = Entity::find()
        .filter(Column::OverOn.is_null())
        .filter(Column::StationId.is_in(stations.iter().copied()))
        .filter(Column::Level.ne(Level::Master))
        .order_by_asc(Column::Kind)
        .order_by_asc(Column::Since)
        .all(conn)
        .await?;
    let mut tags: HashMap<Id, Vec<NeglectTag>> = HashMap::new();
    for row in rows {
        let here = tags.entry(row.station_id).or_default();
        // The first of a kind is the oldest, and what is neglected longer has climbed as high at least.
        if here.iter().all(|tag| tag.kind != row.kind) {
            here.push(NeglectTag {
                kind: row.kind,
                kind_label: row.kind.label().to_owned(),
                since: row.since,
                level: row.level,
                level_label: row.level.label().to_owned(),
            });
        }
    }
    Ok(tags)
}

/// All that is neglected at a station that has and gives this, the highest first, then the oldest.
///
/// # Errors
/// A fault of the database.
pub async fn at_station(conn: &Connection, station: Id, stock: &[StationItem]) -> Result<Vec<NeglectView>, Problem> {
    let lasting = Entity::find().filter(Column::OverOn.is_null()).filter(Column::StationId.eq(station));
    let mut rows = lasting.order_by_asc(Column::Since).order_by_asc(Column::Id).all(conn).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.level));
    let subjects = |kind: NeglectKind| rows.iter().filter(move |row| row.kind == kind).map(|row| row.subject_id);
    let findings = finding::Entity::find().filter(finding::Column::Id.is_in(subjects(NeglectKind::Finding)));
    let findings: HashMap<Id, finding::Model> =
        findings.all(conn).await?.into_iter().map(|finding| (finding.id, finding)).collect();
    let faults = fault::Entity::find().filter(fault::Column::Id.is_in(subjects(NeglectKind::Fault)));
    let faults: HashMap<Id, String> =
        faults.all(conn).await?.into_iter().map(|fault| (fault.id, fault.item_label)).collect();
    let view = |row: Model| {
        let finding = findings.get(&row.subject_id).filter(|_| row.kind == NeglectKind::Finding);
        let what = match row.kind {
            NeglectKind::Round => "没有开站检查的记录".to_owned(),
            NeglectKind::Finding => finding.map(|finding| finding.wrong.clone()).unwrap_or_default(),
            NeglectKind::Fault => faults.get(&row.subject_id).cloned().unwrap_or_default(),
            NeglectKind::Unseen => unseen(stock),
        };
        NeglectView {
            id: row.id,
            kind: row.kind,
            kind_label: row.kind.label().to_owned(),
            what,
            inspection_id: finding.map(|finding| finding.inspection_id),
            since: row.since,
            level: row.level,
            level_label: row.level.label().to_owned(),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// What nobody has looked at for too long, in words.
fn unseen(stock: &[StationItem]) -> String {
    let unseen = stock.iter().filter(|item| item.unconfirmed && !item.reported);
    let unseen = unseen.map(|item| item.label.as_str()).collect::<Vec<_>>().join("、");
    // Looked at since, and not yet taken off the list.
    if unseen.is_empty() { "设施或服务".to_owned() } else { unseen }
}
