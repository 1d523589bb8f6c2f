//! What sensitive information is handled for without an assessment that holds.

use std::collections::BTreeSet;

use axum::Json;
use database::Id;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Column, Entity, stands::allowed};
use crate::{Caller, Page, Problem, access::permissions::Assess, consent, organisation::tree};

/// Something that goes on by a separate consent, and whose effects nobody assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingAssessment {
    /// The purpose's code.
    pub purpose: String,
    /// What people read.
    pub label: String,
}

/// The purposes of the house for which no assessment holds today at one of the highest unions in the caller's scope: one holds
/// for the union that made it and for those below it, not for those above.
///
/// # Errors
/// A fault of the database.
pub async fn missing(caller: &Caller<Assess>) -> Result<Page<MissingAssessment>, Problem> {
    let (conn, mut lacking) = (caller.read(), BTreeSet::new());
    for top in tree::tops(conn, caller.scope()).await? {
        let path: Vec<Id> = tree::path(conn, top.id).await?.into_iter().map(|union| union.id).collect();
        let rows = Entity::find().filter(Column::OrganisationId.is_in(path.iter().copied())).all(conn).await?;
        let allowed = allowed(&path, &rows, caller.today());
        let codes = consent::purposes(caller.house()).map(|purpose| purpose.code);
        lacking.extend(codes.filter(|code| !allowed.contains(code)));
    }
    let items: Vec<MissingAssessment> = consent::purposes(caller.house())
        .filter(|purpose| lacking.contains(purpose.code))
        .map(|purpose| MissingAssessment { purpose: purpose.code.to_owned(), label: purpose.label.to_owned() })
        .collect();
    Ok(Page { next: None, total: items.len() as u64, items })
}

/// 缺少有效影响评估的单独同意事项
#[utoipa::path(get, path = "/impact-assessments/missing", tag = "access", operation_id = "list_missing_assessments",
    extensions(("x-permission" = json!("access.assess"))),
    responses((status = 200, body = Page<MissingAssessment>)))]
pub(super) async fn list_missing(caller: Caller<Assess>) -> Result<Json<Page<MissingAssessment>>, Problem> {
    Ok(Json(missing(&caller).await?))
}
