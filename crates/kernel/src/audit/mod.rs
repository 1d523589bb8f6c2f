//! The chain of important acts: each entry carries the hash of the one before, so none can be changed unseen.

pub mod checkpoint;
mod export;
mod labels;
mod list;
pub mod permissions;
mod query;
mod routes;
mod tells;
mod told;
mod view;
mod words;

use database::{Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, entity::prelude::*};
use serde::Serialize;

use crate::{Context, Fault, Problem};

pub use export::ENTRIES;
pub use labels::{LABELS, Label, label};
pub use list::{ActionLabel, list};
pub use permissions::ALL as PERMISSIONS;
pub use query::AuditFilter;
pub use routes::routes;
pub use tells::{TELLS, Tells};
pub use told::Told;
pub use view::AuditRow;

/// One act in the chain.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// The place in the chain, from 1, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// When.
    pub at: Moment,
    /// Who, as [`crate::Actor::word`].
    pub actor: String,
    /// From where.
    pub address: Option<String>,
    /// What was done: `members.approve`.
    pub action: String,
    /// What it was done to, as `programme/record`.
    pub object_kind: String,
    /// The record's key.
    pub object_id: Option<Id>,
    /// The organisation it concerns.
    pub organisation_id: Option<Id>,
    /// More, as JSON; keys and codes, nothing personal.
    pub detail: String,
    /// SM3 over the hash before and all of the above.
    pub hash: String,
}

database::plain_table!();

/// Writes an act at the end of the chain, in the unit that does it: what was done (`members.approve`) to what
/// (`membership/member` and its key), the organisation it concerns, and more; keys and codes, nothing personal.
///
/// # Errors
/// A fault of the database.
pub async fn record(
    unit: &Unit,
    context: &Context,
    (action, object_kind, object_id): (&str, &str, impl Into<Option<Id>>),
    organisation_id: impl Into<Option<Id>>,
    detail: impl Serialize,
) -> Result<(), Problem> {
    context.note_act(action);
    let last = Entity::find().order_by_desc(Column::Position).one(unit).await?;
    let (position, previous) = last.map_or((1, String::new()), |entry| (entry.position + 1, entry.hash));
    let detail = serde_json::to_string(&detail).map_err(|err| Fault::Stored(err.to_string()))?;
    let mut entry = Model {
        position,
        at: context.now().into(),
        actor: context.actor().word(),
        address: context.address().map(str::to_owned),
        action: action.to_owned(),
        object_kind: object_kind.to_owned(),
        object_id: object_id.into(),
        organisation_id: organisation_id.into(),
        detail,
        hash: String::new(),
    };
    entry.hash = hash(&previous, &entry);
    let row = ActiveModel {
        position: Set(entry.position),
        at: Set(entry.at),
        actor: Set(entry.actor),
        address: Set(entry.address),
        action: Set(entry.action),
        object_kind: Set(entry.object_kind),
        object_id: Set(entry.object_id),
        organisation_id: Set(entry.organisation_id),
        detail: Set(entry.detail),
        hash: Set(entry.hash),
    };
    database::insert::<Entity>(unit, row)?;
    Ok(())
}

/// The hash that an entry must carry behind `previous`.
#[must_use]
pub fn hash(previous: &str, entry: &Model) -> String {
    let key = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
    secret::digest::chain(
        previous,
        &[
            &entry.position.to_string(),
            &entry.at.0.to_string(),
            &entry.actor,
            entry.address.as_deref().unwrap_or(""),
            &entry.action,
            &entry.object_kind,
            &key(entry.object_id),
            &key(entry.organisation_id),
            &entry.detail,
        ],
    )
}
