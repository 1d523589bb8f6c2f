use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Measure;
use crate::{Caller, permission::LoggedIn};

/// A kind of fact, as pages offer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FactKindRow {
    /// The stable code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// The word behind a quantity.
    pub unit: String,
    /// The measures that make sense.
    pub measures: Vec<Measure>,
    /// Whether officers record it by hand.
    pub hand_recorded: bool,
    /// The programme that declares it.
    pub programme: String,
}

/// The kinds that the house's programmes declare.
#[must_use]
pub fn list_kinds(caller: &Caller<LoggedIn>) -> Vec<FactKindRow> {
    let programmes = caller.house().programmes().iter();
    let kinds = programmes.flat_map(|programme| programme.fact_kinds.iter().map(|kind| (programme.name, kind)));
    let row = |(programme, kind): (&str, &super::FactKind)| FactKindRow {
        code: kind.code.to_owned(),
        label: kind.label.to_owned(),
        unit: kind.unit.to_owned(),
        measures: kind.measures.to_vec(),
        hand_recorded: kind.by_hand,
        programme: programme.to_owned(),
    };
    kinds.map(row).collect()
}

#[utoipa::path(get, path = "/fact-kinds", tag = "ledger", operation_id = "list_fact_kinds",
    extensions(("x-permission" = json!("logged_in"))), responses((status = 200, body = Vec<FactKindRow>)))]
pub(super) async fn list_fact_kinds(caller: Caller<LoggedIn>) -> Json<Vec<FactKindRow>> {
    Json(list_kinds(&caller))
}
