//! Files of stations that were brought in, and taking one back as a whole: stations that it made, that never opened and on which
//! nothing hangs are removed; those whose particulars it changed get them back, unless somebody changed them since. Whom it
//! appointed and what it opened or closed stays: that is done by its own acts.

use std::collections::HashMap;

use axum::{Json, extract::Path};
use database::Connection;
use kernel::{Caller, Context, Id, Problem, Unit, audit, problem, site};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{hanging, past::get};
use crate::{
    find::turn,
    permissions::ImportStations,
    register::{
        change::{lay_over, may_change},
        form::{StationForm, StationState, read},
        items,
    },
    sites,
    tables::{file, file_row, item, post, station},
};

kernel::refusals! {
    /// Why a file is not taken back.
    pub enum StationFileUndoRefusal {
        /// Nothing of it can go back.
        Nothing = 409 "nothing_to_undo" "这个文件没有可以撤回的内容，请逐个办理。",
    }
}

/// What becomes of a station when a file is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StationUndoVerdict {
    /// It is removed.
    Removed,
    /// It gets its particulars back.
    Restored,
    /// It stays as it is.
    Left,
}

/// A station of a file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationUndoRow {
    /// The station.
    pub station_id: Id,
    /// The number on its sign; empty where the caller may not see it.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What becomes of it.
    pub verdict: StationUndoVerdict,
    /// In words.
    pub words: String,
}

/// What taking a file back does, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationFileUndo {
    /// How many stations are removed.
    pub removed: i64,
    /// How many get their particulars back.
    pub restored: i64,
    /// How many stay.
    pub left: i64,
    /// Each.
    pub rows: Vec<StationUndoRow>,
}

/// Why a file is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StationFileTakenBack {
    /// The reason, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// What is to be done with a station.
enum Back {
    Remove(station::Model),
    Restore(station::Model, Box<StationForm>),
}

/// What taking a file back would do.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn look(caller: &Caller<ImportStations>, id: Id) -> Result<StationFileUndo, Problem> {
    get(caller.read(), caller, id).await?;
    let judged = judge(caller.read(), caller, id).await?;
    Ok(told(judged.into_iter().map(|(row, _)| row).collect()))
}

/// Takes a file back, as far as it goes, in one unit of work.
///
/// # Errors
/// 404 if it is absent or foreign, 422 without a reason, [`StationFileUndoRefusal`].
pub async fn undo(
    caller: &Caller<ImportStations>,
    id: Id,
    input: &StationFileTakenBack,
) -> Result<StationFileUndo, Problem> {
    let (context, why): (&Context, _) = (caller, problem::reason(&input.reason, "请写明为什么撤回（2 至 200 字）。")?);
    context
        .unit(|unit| async move {
            let file = get(&unit, context, id).await?;
            let (mut rows, mut removed, mut done) = (Vec::new(), Vec::new(), Vec::new());
            for (row, back) in judge(&unit, context, id).await? {
                done.extend(back.is_some().then_some(row.station_id));
                rows.push(row);
                match back {
                    Some(Back::Remove(station)) => removed.push(station),
                    Some(Back::Restore(station, before)) => drop(lay_over(&unit, context, station, &before).await?),
                    None => {}
                }
            }
            if done.is_empty() {
                return Err(StationFileUndoRefusal::Nothing.into());
            }
            remove(&unit, context, &removed).await?;
            let undone = file_row::ActiveModel { undone: Set(true), ..Default::default() };
            for some in done.chunks(database::KEYS_AT_ONCE) {
                let rows = file_row::Entity::update_many().set(undone.clone()).filter(file_row::Column::FileId.eq(id));
                rows.filter(file_row::Column::StationId.is_in(some.iter().copied())).exec(&unit).await?;
            }
            let row = file::ActiveModel {
                id: Set(id),
                undone: Set(Some(why.to_owned())),
                undone_by: Set(Some(context.actor().word())),
                undone_at: Set(Some(context.now().into())),
                ..Default::default()
            };
            row.update(&unit).await?;
            let answer = told(rows);
            let detail = serde_json::json!({
                "removed": answer.removed, "restored": answer.restored, "left": answer.left, "reason": why,
            });
            let act = ("stations.undo_import", "station/file", id);
            audit::record(&unit, context, act, file.organisation_id, detail).await?;
            Ok(answer)
        })
        .await
}

/// Takes stations out of the register on which nothing hangs.
async fn remove(unit: &Unit, context: &Context, stations: &[station::Model]) -> Result<(), Problem> {
    let keys: Vec<Id> = stations.iter().map(|station| station.id).collect();
    for some in keys.chunks(database::KEYS_AT_ONCE) {
        let own = || some.iter().copied();
        item::Entity::delete_many().filter(item::Column::StationId.is_in(own())).exec(unit).await?;
        post::Entity::delete_many().filter(post::Column::StationId.is_in(own())).exec(unit).await?;
        station::Entity::delete_many().filter(station::Column::Id.is_in(own())).exec(unit).await?;
    }
    turn::note(unit, &keys).await?;
    sites::announce(unit, context, &keys)?;
    for station in stations {
        let act = ("stations.remove", "station/station", station.id);
        let detail = serde_json::json!({ "code": station.code });
        audit::record(unit, context, act, station.organisation_id, detail).await?;
    }
    Ok(())
}

fn told(rows: Vec<StationUndoRow>) -> StationFileUndo {
    let count = |verdict| {
        let found = rows.iter().filter(|row| row.verdict == verdict).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    };
    let (removed, restored) = (count(StationUndoVerdict::Removed), count(StationUndoVerdict::Restored));
    StationFileUndo { removed, restored, left: count(StationUndoVerdict::Left), rows }
}

/// What becomes of each station of a file that was not taken back yet.
async fn judge(conn: &Connection, context: &Context, file: Id) -> Result<Vec<(StationUndoRow, Option<Back>)>, Problem> {
    let rows = file_row::Entity::find().filter(file_row::Column::FileId.eq(file));
    let rows = rows.filter(file_row::Column::Undone.eq(false)).order_by_asc(file_row::Column::StationId);
    let rows = rows.all(conn).await?;
    let keys: Vec<Id> = rows.iter().map(|row| row.station_id).collect();
    let mut stations: HashMap<Id, station::Model> = HashMap::with_capacity(keys.len());
    for some in keys.chunks(database::KEYS_AT_ONCE) {
        let own = context.scope().within((station::Entity, station::Column::OrganisationId));
        let found = station::Entity::find().filter(station::Column::Id.is_in(some.iter().copied())).filter(own);
        stations.extend(found.all(conn).await?.into_iter().map(|station| (station.id, station)));
    }
    let made: Vec<Id> = rows.iter().filter(|row| row.made).map(|row| row.station_id).collect();
    let appointed: Vec<Id> = rows.iter().filter(|row| row.appointed).map(|row| row.station_id).collect();
    let hanging = hanging::on(conn, &made, &appointed).await?;
    let mut items = items::codes_of(conn, &keys).await?;
    let mut judged = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(station) = stations.remove(&row.station_id) else {
            let words = "驿站已不在您的管辖范围，或已删除。".to_owned();
            let (code, name) = (String::new(), String::new());
            let verdict = StationUndoVerdict::Left;
            judged.push((StationUndoRow { station_id: row.station_id, code, name, verdict, words }, None));
            continue;
        };
        let (code, name) = (station.code.clone(), station.name.clone());
        let items = items.remove(&station.id).unwrap_or_default();
        let back = if station.version != row.version {
            Err("导入后又有人办理或修改过，请逐个办理。".to_owned())
        } else if row.made {
            removable(context, station, hanging.get(&row.station_id).copied()).await?
        } else {
            restorable(conn, context, (station, items), row.before.as_deref()).await?
        };
        let beside = row.appointed || row.turned;
        let (verdict, words) = match &back {
            Ok(Back::Remove(_)) => (StationUndoVerdict::Removed, "将删除。".to_owned()),
            Ok(Back::Restore(..)) if beside => {
                (StationUndoVerdict::Restored, "档案将恢复为导入前的内容；站长和状态不变，请另行办理。".to_owned())
            }
            Ok(Back::Restore(..)) => (StationUndoVerdict::Restored, "档案将恢复为导入前的内容。".to_owned()),
            Err(why) => (StationUndoVerdict::Left, why.clone()),
        };
        judged.push((StationUndoRow { station_id: row.station_id, code, name, verdict, words }, back.ok()));
    }
    Ok(judged)
}

/// Whether a station that a file made goes out of the register; else why not, in words.
async fn removable(
    context: &Context,
    station: station::Model,
    hanging: Option<&'static str>,
) -> Result<Result<Back, String>, Problem> {
    if station.state != StationState::Planned || station.opened_on.is_some() {
        return Ok(Err("驿站已经开放过，不再使用的请撤销。".to_owned()));
    }
    if let Some(what) = hanging {
        return Ok(Err(format!("驿站已有{what}，不能删除；不再使用的请撤销。")));
    }
    let ever = (calendar::beijing_day(station.made_at.at()), context.today());
    if !site::handed_over(context, station.id, ever).await?.is_empty() {
        return Ok(Err("驿站已有凭证核销记录，不能删除；不再使用的请撤销。".to_owned()));
    }
    Ok(Ok(Back::Remove(station)))
}

/// Whether a station gets its particulars back; else why not, in words.
async fn restorable(
    conn: &Connection,
    context: &Context,
    (station, items): (station::Model, Vec<String>),
    before: Option<&str>,
) -> Result<Result<Back, String>, Problem> {
    let Some(before) = before else {
        return Ok(Err("文件只任命了站长或变更了状态，请逐个办理。".to_owned()));
    };
    let before: StationForm = read(before)?;
    let now = StationForm::of(&station, items)?;
    let may = match may_change(&station, &now, &before) {
        Ok(()) => before.check_against(conn, context, Some(station.id)).await,
        refused => refused,
    };
    match may {
        Ok(()) => Ok(Ok(Back::Restore(station, Box::new(before)))),
        Err(problem) if problem.fault.is_none() => Ok(Err(problem.detail)),
        Err(fault) => Err(fault),
    }
}

/// 撤回驿站文件前查看
#[utoipa::path(
    get, path = "/station-files/{id}/undo", tag = "station", operation_id = "look_station_file_undo",
    extensions(("x-permission" = json!("station.import"))), params(("id" = Id, Path)),
    responses((status = 200, body = StationFileUndo)),
)]
pub async fn get_undo(caller: Caller<ImportStations>, Path(id): Path<Id>) -> Result<Json<StationFileUndo>, Problem> {
    look(&caller, id).await.map(Json)
}

/// 撤回整个驿站文件
#[utoipa::path(
    post, path = "/station-files/{id}/undo", tag = "station", operation_id = "undo_station_file",
    extensions(("x-permission" = json!("station.import"))), params(("id" = Id, Path)),
    request_body = StationFileTakenBack, responses((status = 200, body = StationFileUndo), StationFileUndoRefusal),
)]
pub async fn post_undo(
    caller: Caller<ImportStations>,
    Path(id): Path<Id>,
    Json(input): Json<StationFileTakenBack>,
) -> Result<Json<StationFileUndo>, Problem> {
    undo(&caller, id, &input).await.map(Json)
}
