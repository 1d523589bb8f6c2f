//! Who opened or changed what is kept about me, of which union, what for and why, from the audit chain.

use std::collections::{BTreeSet, HashMap};

use database::{Connection, Id};
use kernel::{
    Actor, Context, Problem,
    access::{Actors, grant},
    audit,
    organisation::tree,
    person,
    person::reveal::RevealPurpose,
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde_json::Value;

use super::{
    export::EXPORTED,
    privacy::{GIVEN, Look, WITHDRAWN},
};

/// Looks that are shown.
const MOST: u64 = 200;
/// Who took a number off the record that is his no more.
const HOLDER: &str = "现在使用原号码的人";
/// What people do with what is kept about themselves.
const OWN: [&str; 3] = [EXPORTED, GIVEN, WITHDRAWN];

/// Who looked, the newest first; also at records that turned out to be mine. Every programme's act whose object is a person is
/// shown, so one that opens something of him elsewhere names him, and not the row.
pub(super) async fn looked(caller: &Context, me: Id) -> Result<Vec<Look>, Problem> {
    let conn = caller.read();
    let record = person::Entity::find_by_id(me).one(conn).await?.ok_or_else(Problem::not_found)?;
    let mine = person::with_merged(conn, record).await?.into_iter().map(|record| record.id);
    let entries = audit::Entity::find()
        .filter(audit::Column::ObjectKind.eq("kernel/person"))
        .filter(audit::Column::ObjectId.is_in(mine))
        .filter(audit::Column::Action.is_not_in(OWN))
        .order_by_desc(audit::Column::Position)
        .limit(MOST)
        .all(conn)
        .await?;
    let actors = Actors::of(conn, entries.iter().map(|entry| entry.actor.as_str())).await?;
    let held = held(conn, &entries).await?;
    let details: Vec<Value> =
        entries.iter().map(|entry| serde_json::from_str(&entry.detail).unwrap_or_default()).collect();
    let places: Vec<Option<Id>> = entries
        .iter()
        .zip(&details)
        .map(|(entry, detail)| acted_for(detail).or_else(|| held.get(&entry.actor).copied()))
        .collect();
    let unions = tree::names(conn, places.iter().flatten().copied()).await?;
    let look = |((entry, detail), place): ((audit::Model, Value), Option<Id>)| {
        let text = |name: &str| detail.get(name).and_then(Value::as_str);
        Look {
            at: entry.at,
            // By the log-in it was the person, and by what was said in it just not.
            who: if entry.action == person::PHONE_GIVEN_UP { HOLDER.to_owned() } else { actors.label(&entry.actor) },
            union: place.and_then(|place| unions.get(&place).cloned()),
            action_label: audit::label(caller.house(), &entry.action).to_owned(),
            field: text("field").and_then(field).map(str::to_owned),
            purpose: text("purpose").and_then(RevealPurpose::label).map(str::to_owned),
            reason: text("reason").map(str::to_owned),
            action: entry.action,
        }
    };
    Ok(entries.into_iter().zip(details).zip(places).map(look).collect())
}

/// The union for which an officer looked, as it was noted then.
fn acted_for(detail: &Value) -> Option<Id> {
    detail.get("of")?.get(0)?.as_str()?.parse().ok()
}

/// Where the officers hold a role now, for acts that noted no union.
async fn held(conn: &Connection, entries: &[audit::Model]) -> Result<HashMap<String, Id>, Problem> {
    let officers = entries.iter().filter_map(|entry| Actor::officer(&entry.actor));
    let officers: BTreeSet<Id> = officers.collect();
    let query = grant::Entity::find().filter(grant::Column::AccountId.is_in(officers));
    let grants = query.order_by_desc(grant::Column::OrganisationId).all(conn).await?;
    Ok(grants.into_iter().map(|one| (Actor::Officer { account: one.account_id }.word(), one.organisation_id)).collect())
}

fn field(code: &str) -> Option<&'static str> {
    match code {
        "name" => Some("姓名"),
        "document_number" => Some("证件号码"),
        "phone" => Some("手机号码"),
        _ => None,
    }
}
