//! What keys and codes are called, for rows that people read.

use std::collections::{BTreeSet, HashMap};

use database::Id;
use kernel::{
    Problem,
    organisation::{self, platform, worker_group},
};
use sea_orm::{QuerySelect, entity::prelude::*};

/// Keys in one question.
const MOST: usize = 1000;

/// The names of organisations.
///
/// # Errors
/// A fault of the database.
pub async fn organisations(conn: &impl ConnectionTrait, ids: BTreeSet<Id>) -> Result<HashMap<Id, String>, Problem> {
    let ids: Vec<Id> = ids.into_iter().collect();
    let mut names = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(MOST) {
        let rows: Vec<(Id, String)> = organisation::Entity::find()
            .select_only()
            .columns([organisation::Column::Id, organisation::Column::Name])
            .filter(organisation::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(conn)
            .await?;
        names.extend(rows);
    }
    Ok(names)
}

/// One organisation's name.
///
/// # Errors
/// A fault of the database.
pub async fn organisation(conn: &impl ConnectionTrait, id: Id) -> Result<String, Problem> {
    Ok(organisations(conn, BTreeSet::from([id])).await?.remove(&id).unwrap_or_default())
}

/// The labels of all worker groups.
///
/// # Errors
/// A fault of the database.
pub async fn groups(conn: &impl ConnectionTrait) -> Result<HashMap<String, String>, Problem> {
    Ok(worker_group::list(conn).await?.into_iter().map(|group| (group.code, group.label)).collect())
}

/// The names of all platform companies; they are few.
///
/// # Errors
/// A fault of the database.
pub async fn platforms(conn: &impl ConnectionTrait) -> Result<HashMap<Id, String>, Problem> {
    let rows: Vec<(Id, String)> = platform::Entity::find()
        .select_only()
        .columns([platform::Column::Id, platform::Column::Name])
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
