//! Entries of the audit chain as people read them.

use std::collections::HashMap;

use database::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    Model, label,
    tells::Codes,
    told::{Told, told},
};
use crate::{Actor, Context, Problem, access::account, organisation::tree};

/// An entry of the audit chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditRow {
    /// The place in the chain.
    pub id: Id,
    /// When.
    pub at: Moment,
    /// Who, as one word: `officer:123`.
    pub actor: String,
    /// What people read for it.
    pub actor_label: String,
    /// From which network address.
    pub address: Option<String>,
    /// The act's code.
    pub action: String,
    /// What people read for it.
    pub action_label: String,
    /// What it was done to: `membership/member`.
    pub object_kind: String,
    /// The record's key.
    pub object_id: Option<Id>,
    /// Whom it was done to, where that is an account.
    pub object_label: Option<String>,
    /// The organisation it concerns.
    pub organisation_id: Option<Id>,
    /// Its name.
    pub organisation_name: Option<String>,
    /// More, by the act's kind; keys and codes, nothing personal but a reason somebody gave. None where its name tells all.
    #[schema(value_type = Option<Object>)]
    pub detail: Value,
    /// The same as people read it.
    pub told: Vec<Told>,
}

/// Entries as people read them.
///
/// # Errors
/// A fault of the database.
pub(super) async fn rows(context: &Context, entries: Vec<Model>) -> Result<Vec<AuditRow>, Problem> {
    let conn = context.read();
    let mut officers = HashMap::new();
    for some in entries.chunks(1000) {
        let ids = some.iter().flat_map(|entry| [Actor::officer(&entry.actor), account_of(entry)]).flatten();
        let found = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(conn).await?;
        officers.extend(found.into_iter().map(|one| (one.id, format!("{}（{}）", one.name, one.username))));
    }
    let places = tree::names(conn, entries.iter().filter_map(|entry| entry.organisation_id)).await?;
    let details: Vec<Value> =
        entries.iter().map(|entry| serde_json::from_str(&entry.detail).unwrap_or_default()).collect();
    let codes = Codes::read(context, &details).await?;
    let row = |(entry, detail): (Model, Value)| AuditRow {
        id: Id(entry.position),
        at: entry.at,
        actor_label: actor_label(&entry.actor, &officers),
        object_label: account_of(&entry).and_then(|id| officers.get(&id).cloned()),
        actor: entry.actor,
        address: entry.address,
        action_label: label(context.house(), &entry.action).to_owned(),
        told: told(&entry.action, &detail, &codes),
        action: entry.action,
        object_kind: entry.object_kind,
        object_id: entry.object_id,
        organisation_name: entry.organisation_id.and_then(|id| places.get(&id).cloned()),
        organisation_id: entry.organisation_id,
        detail,
    };
    Ok(entries.into_iter().zip(details).map(row).collect())
}

/// The account that something was done to: who logs in is nobody until he has.
fn account_of(entry: &Model) -> Option<Id> {
    entry.object_id.filter(|_| entry.object_kind == "kernel/account")
}

fn actor_label(actor: &str, officers: &HashMap<Id, String>) -> String {
    match actor.split_once(':') {
        Some(("officer", _)) => {
            Actor::officer(actor).and_then(|id| officers.get(&id).cloned()).unwrap_or_else(|| "已删除的账号".to_owned())
        }
        Some(("worker", _)) => "职工本人".to_owned(),
        Some(("token", _)) => "对接系统".to_owned(),
        Some(("system", _)) => "系统".to_owned(),
        _ => "未登录".to_owned(),
    }
}
