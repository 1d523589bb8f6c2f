use kernel::Id;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// By what somebody who comes along is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CompanionNumber {
    /// 居民身份证
    CitizenNumber,
    /// 手机号码
    Phone,
}

/// Somebody who comes along with a voucher's holder.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_companion")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// With whose claim.
    pub claim_id: Id,
    /// In which batch.
    pub batch_id: Id,
    /// The union of who holds the claim; the scope.
    pub organisation_id: Id,
    /// His name, sealed.
    pub name_sealed: String,
    /// What the number is.
    pub number_kind: CompanionNumber,
    /// The number, sealed.
    pub number_sealed: String,
    /// The consent of the guardian of a child below fourteen.
    pub consent_id: Option<Id>,
}

database::plain_table!();
