//! The set-up rate of employers (建会率): those that have a union ÷ those that must have one, with the number of workers from
//! which they must.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Caller, Problem,
    organisation::{self, employer::set_up, tree},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{permissions::SeeEnrolment, rules::share::basis_points};

/// Which employers.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SetUpFilter {
    /// Employers looked after by this organisation and those below it.
    pub organisation: Id,
}

/// The employers of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetUpRow {
    /// The organisation.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// Employers that must have a union.
    pub employers: i64,
    /// Those of them that have one.
    pub with_union: i64,
    /// The share in basis points; absent where none must.
    pub share_bp: Option<i64>,
}

/// The set-up rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetUp {
    /// The day.
    pub on: NaiveDate,
    /// What the denominator is.
    pub denominator: String,
    /// One an organisation directly below where an employer must have a union.
    pub items: Vec<SetUpRow>,
    /// All together.
    pub total: SetUpRow,
}

/// Reads the set-up rate as it stands today.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn set_up(caller: &Caller<SeeEnrolment>, filter: &SetUpFilter) -> Result<SetUp, Problem> {
    let conn = caller.read();
    let top = organisation::get(conn, caller.scope(), filter.organisation).await?;
    let least = set_up::least(conn, caller, top.id).await?;
    let children = tree::children(conn, caller.scope(), top.id).await?;
    let places: Vec<Id> = children.iter().map(|child| child.id).chain([top.id]).collect();
    let counted = set_up::counted(caller, &places, least).await?;
    let row = |place: organisation::Model| {
        let (employers, with_union) = counted.get(&place.id).copied().unwrap_or_default();
        SetUpRow {
            organisation_id: place.id,
            organisation: place.name,
            employers,
            with_union,
            share_bp: basis_points(with_union, employers),
        }
    };
    Ok(SetUp {
        on: caller.today(),
        denominator: format!("职工{least}人以上的用人单位数（含由联合基层工会覆盖的单位）"),
        items: children.into_iter().map(row).filter(|row| row.employers > 0).collect(),
        total: row(top),
    })
}

/// 用人单位建会率
#[utoipa::path(
    get, path = "/enrolment/set-up", tag = "membership", operation_id = "set_up_rate",
    extensions(("x-permission" = json!("membership.view_enrolment"))),
    params(SetUpFilter), responses((status = 200, body = SetUp)),
)]
pub async fn get_set_up(
    caller: Caller<SeeEnrolment>,
    Query(filter): Query<SetUpFilter>,
) -> Result<Json<SetUp>, Problem> {
    set_up(&caller, &filter).await.map(Json)
}
