//! The employers whose workers unions organise.

use std::collections::HashMap;

use database::{Connection, Id};
use sea_orm::{QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Fault, Problem, Scope};

/// Keeping employers, over HTTP.
pub mod keep;
/// Which must have a union, and which have one.
pub mod set_up;

/// What an employer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EmployerKind {
    /// 企业
    Enterprise,
    /// 事业单位
    PublicInstitution,
    /// 机关
    Organ,
    /// 社会组织
    SocialOrganisation,
    /// 个体工商户
    IndividualBusiness,
    /// 农民专业合作社
    Cooperative,
    /// 其他
    Other,
}

/// Who owns an employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    /// 国有
    State,
    /// 集体
    Collective,
    /// 民营
    Private,
    /// 港澳台投资
    HongKongMacaoTaiwan,
    /// 外商投资
    Foreign,
    /// 其他
    Other,
}

/// An employer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "employer")]
#[schema(as = Employer)]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The union that looks after it.
    pub organisation_id: Id,
    /// The full name.
    pub name: String,
    /// The unified social credit code. Unique.
    pub credit_code: String,
    /// What it is.
    pub kind: EmployerKind,
    /// The division it lies in.
    pub division: Option<String>,
    /// Its industry (GB/T 4754).
    pub industry: Option<String>,
    /// Who owns it.
    pub ownership: Option<Ownership>,
    /// How many work there.
    pub workers: i64,
    /// How many of them are women.
    pub women: i64,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();

/// The employer, if it lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn get(conn: &Connection, scope: &Scope, id: Id) -> Result<Model, Problem> {
    let query = Entity::find_by_id(id).filter(scope.within((Entity, Column::OrganisationId)));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// The keys, by credit code, of those employers with some credit codes that lie in the scope.
///
/// # Errors
/// A fault of the database.
pub async fn by_credit_codes(conn: &Connection, scope: &Scope, codes: &[&str]) -> Result<HashMap<String, Id>, Fault> {
    let query = Entity::find().select_only().column(Column::CreditCode).column(Column::Id);
    let query = query.filter(Column::CreditCode.is_in(codes.iter().copied()));
    let query = query.filter(scope.within((Entity, Column::OrganisationId)));
    let found: Vec<(String, Id)> = query.into_tuple().all(conn).await?;
    Ok(found.into_iter().collect())
}
