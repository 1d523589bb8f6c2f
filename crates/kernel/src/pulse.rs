//! What the machine that watches the program is told of the house, cheap enough to be asked every few seconds.

use chrono::TimeDelta;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use crate::{Context, Problem, audit, keys, ledger, outbox};

/// A few numbers that show whether the house is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    /// Facts in the ledger; their positions have no gaps.
    pub facts: i64,
    /// Entries of the audit chain.
    pub audit_entries: i64,
    /// The work for later.
    pub jobs: outbox::Stand,
    /// Sealed values that can't be opened and hold the end of a rotation of the key up.
    pub unopened: u64,
    /// How long ago the newest version of the key was announced.
    pub key_age: TimeDelta,
}

/// Takes the pulse. Reads the ends of two gapless tables, the waiting jobs, the listeners, the values that are damaged and the
/// versions of the key.
///
/// # Errors
/// A fault of the database.
pub async fn pulse(context: &Context) -> Result<Pulse, Problem> {
    let facts = ledger::fact::Entity::find().select_only().column(ledger::fact::Column::Position);
    let facts = facts.order_by_desc(ledger::fact::Column::Position).limit(1).into_tuple().one(context.read()).await?;
    let entries = audit::Entity::find().select_only().column(audit::Column::Position);
    let entries = entries.order_by_desc(audit::Column::Position).limit(1).into_tuple().one(context.read()).await?;
    Ok(Pulse {
        facts: facts.unwrap_or(0),
        audit_entries: entries.unwrap_or(0),
        jobs: outbox::stand(context).await?,
        unopened: keys::unopened(context.read()).await?,
        key_age: keys::age(context).await?,
    })
}
