//! Looks round as people read them, with what they said before they were corrected.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Connection;
use kernel::{Actor, Context, Id, Moment, Problem, person};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    duty::round::RoundPoint,
    register::form::{Photo, read},
    rules::correction::in_time,
    tables::{
        round::{self, RoundKind},
        round_before::{Column, Entity, Model},
    },
};

/// A look round, as officers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRound)]
pub struct RoundView {
    /// The key.
    pub id: Id,
    /// Which look.
    pub kind: RoundKind,
    /// In words.
    pub kind_label: String,
    /// The day.
    pub day: NaiveDate,
    /// When.
    pub happened_at: Moment,
    /// What was looked at.
    pub points: Vec<RoundPoint>,
    /// How many points were wrong.
    pub wrong: i32,
    /// What was photographed.
    pub photos: Vec<Photo>,
    /// The name that its writer's phone gave it, by which he corrects it.
    pub sent_as: String,
    /// What it said before it was corrected, the first first.
    pub before: Vec<RoundBefore>,
    /// Whether whoever asks wrote it and may correct it still.
    pub can_be_corrected: bool,
}

/// What a look round said before it was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRoundBefore)]
pub struct RoundBefore {
    /// What had been looked at.
    pub points: Vec<RoundPoint>,
    /// How many points had been wrong.
    pub wrong: i32,
    /// What had been photographed.
    pub photos: Vec<Photo>,
    /// Who corrected it, masked.
    pub by: String,
    /// When it was corrected.
    pub corrected_at: Moment,
}

/// Looks round as people read them; each question is asked once for all.
///
/// # Errors
/// A fault of the database, or if what is stored can't be read.
pub async fn views(conn: &Connection, context: &Context, rows: Vec<round::Model>) -> Result<Vec<RoundView>, Problem> {
    let earlier = Entity::find().filter(Column::RoundId.is_in(rows.iter().map(|row| row.id)));
    let earlier = earlier.order_by_asc(Column::Id).all(conn).await?;
    let people = person::masked(conn, context, earlier.iter().filter_map(|row| Actor::worker(&row.actor))).await?;
    let mut before: HashMap<Id, Vec<RoundBefore>> = HashMap::new();
    for row in earlier {
        let by = Actor::worker(&row.actor).map(|id| people.name(id)).unwrap_or_default();
        before.entry(row.round_id).or_default().push(said(&row, by)?);
    }
    let writer = context.actor().word();
    let view = |row: round::Model| -> Result<RoundView, Problem> {
        Ok(RoundView {
            id: row.id,
            kind: row.kind,
            kind_label: row.kind.label().to_owned(),
            day: row.day,
            happened_at: row.happened_at,
            points: read(&row.points)?,
            wrong: row.wrong,
            photos: photos(row.photos.as_deref())?,
            before: before.remove(&row.id).unwrap_or_default(),
            can_be_corrected: row.actor == writer && in_time(row.day, context.today()),
            sent_as: row.sent_as,
        })
    };
    rows.into_iter().map(view).collect()
}

fn said(row: &Model, by: String) -> Result<RoundBefore, Problem> {
    Ok(RoundBefore {
        points: read(&row.points)?,
        wrong: row.wrong,
        photos: photos(row.photos.as_deref())?,
        by,
        corrected_at: row.corrected_at,
    })
}

/// Stored pictures.
fn photos(stored: Option<&str>) -> Result<Vec<Photo>, Problem> {
    stored.map_or(Ok(Vec::new()), read)
}
