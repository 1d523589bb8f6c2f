//! Union building at platform companies: company × county, where branches are and which have a union, since when.

use std::collections::BTreeMap;

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Caller, Problem,
    organisation::{
        self,
        platform::{self, Rank, branch},
    },
};
use sea_orm::{QueryOrder, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{permissions::SeeEnrolment, rules::share::basis_points};

/// Which branches.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MatrixFilter {
    /// Branches below this organisation.
    pub organisation: Id,
}

/// A company.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MatrixCompany {
    /// The key.
    pub id: Id,
    /// The name.
    pub name: String,
    /// How closely the campaign looks at it.
    pub rank: Rank,
    /// Its branches here.
    pub branches: i64,
    /// Those with a union.
    pub with_union: i64,
    /// The share in basis points.
    pub coverage_bp: Option<i64>,
}

/// A county.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MatrixCounty {
    /// The county federation.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Branches here.
    pub branches: i64,
    /// Those with a union.
    pub with_union: i64,
}

/// A company in a county.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MatrixCell {
    /// The company.
    pub company: Id,
    /// The county federation.
    pub county: Id,
    /// Branches.
    pub branches: i64,
    /// Those with a union.
    pub with_union: i64,
    /// The day of the first union's founding.
    pub since: Option<NaiveDate>,
}

/// The matrix.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Matrix {
    /// The rows.
    pub companies: Vec<MatrixCompany>,
    /// The columns.
    pub counties: Vec<MatrixCounty>,
    /// Where there are branches.
    pub cells: Vec<MatrixCell>,
    /// Branches.
    pub branches: i64,
    /// Those with a union.
    pub with_union: i64,
    /// The share in basis points.
    pub coverage_bp: Option<i64>,
}

#[derive(Default, Clone, Copy)]
struct Count {
    branches: i64,
    with_union: i64,
    since: Option<NaiveDate>,
}

impl Count {
    fn add(&mut self, since: Option<NaiveDate>) {
        self.branches += 1;
        self.with_union += i64::from(since.is_some());
        self.since = [self.since, since].into_iter().flatten().min();
    }
}

/// Reads the matrix as it stands today.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn matrix(caller: &Caller<SeeEnrolment>, filter: &MatrixFilter) -> Result<Matrix, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    organisation::get(conn, caller.scope(), filter.organisation).await?;
    let place = (branch::Entity, branch::Column::OrganisationId);
    let branches = branch::Entity::find()
        .filter(caller.scope().within(place))
        .filter(kernel::caller::below(filter.organisation, place))
        .filter(branch::Column::OpenedOn.is_null().or(branch::Column::OpenedOn.lte(today)))
        .all(conn)
        .await?;
    let mut cells: BTreeMap<(Id, Id), Count> = BTreeMap::new();
    let (mut by_company, mut by_county, mut all) =
        (BTreeMap::<Id, Count>::new(), BTreeMap::<Id, Count>::new(), Count::default());
    for branch in branches.iter().filter(|branch| branch.closed_on.is_none_or(|day| day > today)) {
        let since = branch.union_since.filter(|day| *day <= today);
        cells.entry((branch.platform_id, branch.organisation_id)).or_default().add(since);
        by_company.entry(branch.platform_id).or_default().add(since);
        by_county.entry(branch.organisation_id).or_default().add(since);
        all.add(since);
    }
    let cell = |((company, county), count): ((Id, Id), Count)| MatrixCell {
        company,
        county,
        branches: count.branches,
        with_union: count.with_union,
        since: count.since,
    };
    Ok(Matrix {
        companies: companies(caller, &by_company).await?,
        counties: counties(caller, &by_county).await?,
        cells: cells.into_iter().map(cell).collect(),
        branches: all.branches,
        with_union: all.with_union,
        coverage_bp: basis_points(all.with_union, all.branches),
    })
}

async fn companies(caller: &Caller<SeeEnrolment>, counts: &BTreeMap<Id, Count>) -> Result<Vec<MatrixCompany>, Problem> {
    let mut rows = platform::Entity::find().order_by_asc(platform::Column::Name).all(caller.read()).await?;
    // Head companies first, then key ones; within a rank by name.
    rows.sort_by_key(|company| match company.rank {
        Rank::Head => 0,
        Rank::Key => 1,
        Rank::Other => 2,
    });
    let row = |company: platform::Model| {
        let count = counts.get(&company.id)?;
        Some(MatrixCompany {
            id: company.id,
            name: company.name,
            rank: company.rank,
            branches: count.branches,
            with_union: count.with_union,
            coverage_bp: basis_points(count.with_union, count.branches),
        })
    };
    Ok(rows.into_iter().filter_map(row).collect())
}

async fn counties(caller: &Caller<SeeEnrolment>, counts: &BTreeMap<Id, Count>) -> Result<Vec<MatrixCounty>, Problem> {
    let rows = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(counts.keys().copied()))
        .filter(caller.scope().within((organisation::Entity, organisation::Column::Id)))
        .order_by_asc(organisation::Column::Code)
        .all(caller.read())
        .await?;
    let row = |county: organisation::Model| {
        let count = counts.get(&county.id)?;
        Some(MatrixCounty { id: county.id, name: county.name, branches: count.branches, with_union: count.with_union })
    };
    Ok(rows.into_iter().filter_map(row).collect())
}

/// 平台企业建会情况
#[utoipa::path(
    get, path = "/platform-matrix", tag = "membership", operation_id = "platform_matrix",
    extensions(("x-permission" = json!("membership.view_enrolment"))),
    params(MatrixFilter), responses((status = 200, body = Matrix)),
)]
pub async fn get_matrix(
    caller: Caller<SeeEnrolment>,
    Query(filter): Query<MatrixFilter>,
) -> Result<Json<Matrix>, Problem> {
    matrix(&caller, &filter).await.map(Json)
}
