use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use database::Connection;
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*, sea_query::OnConflict};

use super::tables::{ActiveModel, Column, Entity, Model};
use crate::{Context, Fault, House, Problem};

/// How often a running process looks whether another one rotated the key.
const LOOK: Duration = Duration::from_secs(2);

/// So long after a rotation every process has heard of it. Only then is the new version written under, by all at once:
/// nobody writes what another one would not look for.
pub(super) const HEARD: TimeDelta = TimeDelta::seconds(60);

/// Why a process can't seal as the house does.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The house was sealed under another master key.
    #[error("主密钥与数据库不符：版本 {0} 的密钥不是这个库正在使用的那一个，请换回正确的密钥文件")]
    Other(u16),
    /// The database doesn't answer.
    #[error("{0}")]
    Database(Box<Problem>),
}

impl From<Problem> for KeyFault {
    fn from(problem: Problem) -> Self {
        Self::Database(Box::new(problem))
    }
}

/// Seals from now on under the version that the house uses, and looks also under the one before or after as long as there
/// may be something. A house that uses none yet begins with version 1. Answers the version that is sealed under.
///
/// # Errors
/// [`KeyFault`]: this process has other keys than the house was sealed under; nothing was changed.
pub async fn follow(house: &House) -> Result<u16, KeyFault> {
    let context = &Context::system(house, "the key's version");
    let mut known = versions(context.read()).await?;
    if known.is_empty() {
        context.unit(|unit| async move { begin(&unit, context).await }).await?;
        known = versions(context.read()).await?;
    }
    if differing(house, &known).is_some() {
        reload(house);
    }
    if let Some(version) = differing(house, &known) {
        return Err(KeyFault::Other(version));
    }
    let current = current(&known, context.now());
    let under_way = known.first().filter(|newest| newest.done_at.is_none()).map(number);
    let both = under_way.map(|newest| [newest, newest.saturating_sub(1).max(1)]);
    // What is looked for is widened before anything is written under the new version, and narrowed after.
    if let Some(both) = &both {
        house.keyring().look_also_under(both);
    }
    house.keyring().raise(current).map_err(|err| Problem::from(Fault::Stored(err.to_string())))?;
    if both.is_none() {
        house.keyring().look_also_under(&[]);
    }
    Ok(current)
}

/// The newest version that is written under now.
fn current(known: &[Model], now: DateTime<Utc>) -> u16 {
    let is_used = |row: &&Model| row.done_at.is_some() || now - row.made_at.at() >= HEARD;
    known.iter().find(is_used).map_or(1, number)
}

/// Follows until the program stops.
pub async fn run(house: House) {
    let stopping = house.tasks().stopping();
    while !stopping.is_cancelled() {
        if let Err(fault) = follow(&house).await {
            tracing::error!(%fault, "the key's version can't be followed");
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// All versions, the newest first.
async fn versions(conn: &Connection) -> Result<Vec<Model>, Problem> {
    Ok(Entity::find().order_by_desc(Column::Version).all(conn).await?)
}

/// How long ago the newest version was announced; no time at all before the first.
///
/// # Errors
/// A fault of the database.
pub async fn age(context: &Context) -> Result<TimeDelta, Problem> {
    let newest = versions(context.read()).await?.into_iter().next();
    Ok(newest.map_or(TimeDelta::zero(), |newest| context.now() - newest.made_at.at()))
}

/// The version behind the newest, whether that is written under yet or only announced.
///
/// # Errors
/// A fault of the database.
pub async fn next_version(context: &Context) -> Result<u16, Problem> {
    Ok(next(versions(context.read()).await?.first()))
}

/// The version behind the newest that is known; the first stands in no row.
pub(super) fn next(newest: Option<&Model>) -> u16 {
    newest.map_or(1, number).saturating_add(1)
}

pub(super) fn number(row: &Model) -> u16 {
    u16::try_from(row.version).unwrap_or(0)
}

/// A version for which this process has another key.
fn differing(house: &House, known: &[Model]) -> Option<u16> {
    let differs = |row: &&Model| house.keyring().check_value(number(row)) != row.check_value;
    known.iter().find(differs).map(number)
}

fn reload(house: &House) {
    let Some(masters) = house.masters() else { return };
    let read = masters().and_then(|all| {
        let add = |(from, master)| house.keyring().add_master(from, &master).map_err(|err| err.to_string());
        all.into_iter().filter(|(from, _)| *from > 1).try_for_each(add)
    });
    if let Err(failure) = read {
        tracing::error!(failure, "the master keys can't be read anew");
    }
}

async fn begin(unit: &Connection, context: &Context) -> Result<(), Problem> {
    let row = ActiveModel {
        version: Set(1),
        check_value: Set(context.house().keyring().check_value(1)),
        made_at: Set(context.now().into()),
        done_at: Set(Some(context.now().into())),
    };
    // Another process may have been first.
    let already = OnConflict::column(Column::Version).do_nothing().to_owned();
    let begun = Entity::insert(row).on_conflict(already).exec_without_returning(unit).await;
    match begun {
        Ok(_) | Err(sea_orm::DbErr::RecordNotInserted) => Ok(()),
        Err(err) => Err(err.into()),
    }
}
