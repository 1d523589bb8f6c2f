use kernel::Id;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BenefitPartnerKind {
    /// 工会驿站
    Station,
    /// 餐厅、食堂
    Canteen,
    /// 商户
    Shop,
    /// 医院、体检机构
    Hospital,
    /// 疗休养基地
    Resort,
    /// 其他
    Other,
}

/// A place at which vouchers are redeemed: a station or a partner, by name and code.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_partner")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The union that keeps it; the scope.
    pub organisation_id: Id,
    /// The place of another programme that it is, such as a station: then name, number, address and union are that one's.
    pub site_id: Option<Id>,
    /// What files and other systems call it, for instance a station's code; empty if nothing.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What kind of place.
    pub kind: BenefitPartnerKind,
    /// Where.
    pub address: String,
    /// A public telephone number.
    pub contact: String,
    /// SM3 of the secret in its scanning link, if it has one. Unique.
    pub key_hash: Option<String>,
    /// Whether it redeems.
    pub active: bool,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
kept_by_a_union!();
