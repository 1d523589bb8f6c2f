use database::{Id, Unit};
use serde_json::Value;

use crate::{
    Context, Problem,
    audit::{self, Act},
};

/// What was done, to what kind of thing.
pub(super) type Did<'a> = (&'a str, &'a str);

/// Writes an act upon a record of an organisation into the audit chain.
pub(super) async fn record(
    unit: &Unit,
    context: &Context,
    (action, object_kind): Did<'_>,
    object_id: Option<Id>,
    organisation_id: Option<Id>,
    detail: Value,
) -> Result<(), Problem> {
    audit::record(unit, context, Act { action, object_kind, object_id, organisation_id, detail }).await
}
