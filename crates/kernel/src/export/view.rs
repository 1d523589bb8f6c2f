//! Exports as people read them.

use std::collections::HashMap;

use database::{Connection, Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    kind::kind,
    tables::{Entity, ExportFormat, ExportState, Model},
};
use crate::{Actor, Context, Problem, access::account, organisation::tree};

/// An export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExportView {
    /// The key.
    pub id: Id,
    /// The kind's code.
    pub kind: String,
    /// What people read.
    pub kind_label: String,
    /// What kind of file.
    pub format: ExportFormat,
    /// The file's title.
    pub title: String,
    /// Whose data.
    pub organisation: String,
    /// Which rows, in words; all that there are if empty. What was sought stays unsaid.
    pub filter: String,
    /// The columns.
    pub columns: Vec<String>,
    /// Who asked.
    pub asked_by: String,
    /// What for.
    pub reason: Option<String>,
    /// When.
    pub asked_at: Moment,
    /// How many rows.
    pub rows: i64,
    /// Rows written so far.
    pub done: i64,
    /// Where it stands.
    pub state: ExportState,
    /// The second officer.
    pub decided_by: Option<String>,
    /// When he decided.
    pub decided_at: Option<Moment>,
    /// Why he refused.
    pub answer: Option<String>,
    /// When the file was there.
    pub finished_at: Option<Moment>,
    /// Bytes of the file.
    pub size: Option<i64>,
    /// SM3 of the file, in hexadecimal digits.
    pub hash: Option<String>,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: Option<String>,
    /// Until when it can be fetched.
    pub expires_at: Option<Moment>,
    /// How often it was fetched.
    pub downloads: i32,
    /// Why it was not made.
    pub failure: Option<String>,
}

/// One export. Who may see it is the caller's matter.
pub(super) async fn of(context: &Context, id: Id) -> Result<ExportView, Problem> {
    let found = Entity::find_by_id(id).one(context.read()).await?.ok_or_else(Problem::not_found)?;
    views(context, vec![found]).await?.pop().ok_or_else(Problem::not_found)
}

/// Exports as people read them, in their order.
pub(super) async fn views(context: &Context, rows: Vec<Model>) -> Result<Vec<ExportView>, Problem> {
    let conn = context.read();
    let places = tree::names(conn, rows.iter().map(|row| row.organisation_id)).await?;
    let mut words: Vec<&str> = Vec::new();
    for row in &rows {
        words.push(&row.actor);
        words.extend(row.decided_by.as_deref());
    }
    let names = names(conn, &words).await?;
    let name = |word: &str| names.get(word).cloned().unwrap_or_else(|| other(word).to_owned());
    let view = |row: Model| {
        let kind = kind(context.house(), &row.kind).ok();
        ExportView {
            id: row.id,
            kind_label: kind.map_or_else(|| row.kind.clone(), |kind| kind.label.to_owned()),
            columns: kind.map(|kind| kind.headings.iter().map(|&one| one.to_owned()).collect()).unwrap_or_default(),
            kind: row.kind,
            format: row.format,
            title: row.title,
            organisation: places.get(&row.organisation_id).cloned().unwrap_or_default(),
            filter: row.filter,
            asked_by: name(&row.actor),
            reason: row.reason,
            asked_at: row.asked_at,
            rows: row.rows,
            done: row.done,
            state: row.state,
            decided_by: row.decided_by.as_deref().map(name),
            decided_at: row.decided_at,
            answer: row.answer,
            finished_at: row.finished_at,
            size: row.size,
            hash: row.hash,
            sha256: row.sha256,
            expires_at: row.expires_at,
            downloads: row.downloads,
            failure: row.failure,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// The names of the officers among actors' words, with their user names, which alone tell people of one name apart.
pub(super) async fn names(conn: &Connection, words: &[&str]) -> Result<HashMap<String, String>, Problem> {
    let ids: Vec<Id> = words.iter().filter_map(|word| Actor::officer(word)).collect();
    let found = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(conn).await?;
    let named =
        |one: account::Model| (Actor::Officer { account: one.id }.word(), format!("{}（{}）", one.name, one.username));
    Ok(found.into_iter().map(named).collect())
}

/// What people read for an actor who is no officer.
pub(super) fn other(word: &str) -> &'static str {
    match word.split_once(':') {
        Some(("officer", _)) => "已删除的账号",
        Some(("token", _)) => "对接系统",
        _ => "系统",
    }
}
