//! What sensitive information is handled for without an assessment that holds.

use std::collections::BTreeSet;

use axum::{Json, extract::Query};
use database::Id;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Column, Entity, stands::allowed};
use crate::{
    Caller, Page, Problem,
    access::permissions::Assess,
    consent,
    organisation::{self, tree},
};

/// Something that goes on by a separate consent, and whose effects nobody assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MissingAssessment {
    /// The purpose's code.
    pub purpose: String,
    /// What people read.
    pub label: String,
}

/// For whom it is asked.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MissingFilter {
    /// This organisation; the highest ones in the caller's scope unless told.
    pub organisation: Option<Id>,
}

/// The purposes of the house for which no assessment holds today at an organisation, or at one of the highest in the caller's
/// scope: one holds for the union that made it and for those below it, not for those above.
///
/// # Errors
/// 404 for an organisation out of scope.
pub async fn missing(caller: &Caller<Assess>, filter: &MissingFilter) -> Result<Page<MissingAssessment>, Problem> {
    let (conn, mut lacking) = (caller.read(), BTreeSet::new());
    let unions = match filter.organisation {
        Some(id) => vec![organisation::get(conn, caller.scope(), id).await?],
        None => tree::tops(conn, caller.scope()).await?,
    };
    for union in unions {
        let path: Vec<Id> = tree::path(conn, union.id).await?.into_iter().map(|one| one.id).collect();
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
    extensions(("x-permission" = json!("access.assess"))), params(MissingFilter),
    responses((status = 200, body = Page<MissingAssessment>)))]
pub(super) async fn list_missing(
    caller: Caller<Assess>,
    Query(filter): Query<MissingFilter>,
) -> Result<Json<Page<MissingAssessment>>, Problem> {
    Ok(Json(missing(&caller, &filter).await?))
}
