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
use crate::{
    Actor, Context, Problem,
    access::{account, token},
    organisation::tree,
};

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
    /// Whom it was done to, where that is an account or another system.
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
    let named = Named::read(context, &entries).await?;
    let places = tree::names(conn, entries.iter().filter_map(|entry| entry.organisation_id)).await?;
    let details: Vec<Value> =
        entries.iter().map(|entry| serde_json::from_str(&entry.detail).unwrap_or_default()).collect();
    let codes = Codes::read(context, &details).await?;
    let row = |(entry, detail): (Model, Value)| AuditRow {
        id: Id(entry.position),
        at: entry.at,
        actor_label: named.actor(&entry.actor),
        object_label: named.object(&entry),
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

/// What accounts and other systems are called.
struct Named {
    officers: HashMap<Id, String>,
    systems: HashMap<Id, String>,
}

impl Named {
    async fn read(context: &Context, entries: &[Model]) -> Result<Self, Problem> {
        let (mut officers, mut systems) = (HashMap::new(), HashMap::new());
        for some in entries.chunks(1000) {
            let ids = some.iter().flat_map(|entry| [Actor::officer(&entry.actor), done_to(entry, ACCOUNT)]).flatten();
            let found = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(context.read()).await?;
            officers.extend(found.into_iter().map(|one| (one.id, format!("{}（{}）", one.name, one.username))));
            let ids = some.iter().flat_map(|entry| [Actor::token(&entry.actor), done_to(entry, TOKEN)]).flatten();
            let found = token::Entity::find().filter(token::Column::Id.is_in(ids)).all(context.read()).await?;
            systems.extend(found.into_iter().map(|one| (one.id, one.name)));
        }
        Ok(Self { officers, systems })
    }

    fn actor(&self, word: &str) -> String {
        match word.split_once(':') {
            Some(("officer", _)) => Actor::officer(word)
                .and_then(|id| self.officers.get(&id).cloned())
                .unwrap_or_else(|| "已删除的账号".to_owned()),
            Some(("worker", _)) => "职工本人".to_owned(),
            Some(("token", _)) => Actor::token(word)
                .and_then(|id| self.systems.get(&id))
                .map_or_else(|| "对接系统".to_owned(), |name| format!("对接系统（{name}）")),
            Some(("system", _)) => "系统".to_owned(),
            _ => "未登录".to_owned(),
        }
    }

    fn object(&self, entry: &Model) -> Option<String> {
        let officer = done_to(entry, ACCOUNT).and_then(|id| self.officers.get(&id));
        officer.or_else(|| done_to(entry, TOKEN).and_then(|id| self.systems.get(&id))).cloned()
    }
}

const ACCOUNT: &str = "kernel/account";
const TOKEN: &str = "kernel/token";

/// What something was done to, where it is of this kind: who logs in is nobody until he has.
fn done_to(entry: &Model, kind: &str) -> Option<Id> {
    entry.object_id.filter(|_| entry.object_kind == kind)
}
