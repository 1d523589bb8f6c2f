use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an organisation stands in the territorial line.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 全国
    Nation,
    /// 省、自治区、直辖市
    Province,
    /// 市、盟、州
    Prefecture,
    /// 县、区、旗
    County,
    /// 乡镇、街道、园区
    Township,
    /// 基层
    Grassroots,
}

impl Level {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Nation => "全国",
            Self::Province => "省级",
            Self::Prefecture => "市级",
            Self::County => "县级",
            Self::Township => "乡镇街道",
            Self::Grassroots => "基层",
        }
    }
}

/// What an organisation is (Trade Union Law, article 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 总工会
    Federation,
    /// 产业工会、行业工会联合会
    IndustryFederation,
    /// 乡镇（街道）工会、工会联合会
    TownshipUnion,
    /// 基层工会委员会
    GrassrootsUnion,
    /// 联合基层工会
    JointUnion,
    /// 区域性、行业性工会联合会
    RegionalUnion,
    /// 女职工委员会
    WomensCommittee,
    /// 工会小组
    UnionGroup,
}

impl Kind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Federation => "总工会",
            Self::IndustryFederation => "产业（行业）工会",
            Self::TownshipUnion => "乡镇（街道）工会",
            Self::GrassrootsUnion => "基层工会",
            Self::JointUnion => "联合基层工会",
            Self::RegionalUnion => "区域（行业）工会联合会",
            Self::WomensCommittee => "女职工委员会",
            Self::UnionGroup => "工会小组",
        }
    }
}

/// A union organisation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// What people and files call it: a division code, or one of the federation's own giving. Unique.
    pub code: String,
    /// The full name.
    pub name: String,
    /// Where it stands.
    pub level: Level,
    /// What it is.
    pub kind: Kind,
    /// The GB/T 2260 division (6 digits, townships 9) it works in.
    pub division: Option<String>,
    /// Its own unified social credit code.
    pub credit_code: Option<String>,
    /// The employer whose workers it organises.
    pub employer_id: Option<Id>,
    /// Its industry (GB/T 4754), for industry federations and grassroots unions.
    pub industry: Option<String>,
    /// The chair's name.
    pub chair: Option<String>,
    /// A public contact number.
    pub contact: Option<String>,
    /// The day it was founded.
    pub founded_on: Option<Date>,
    /// The last day of the committee's term.
    pub term_ends_on: Option<Date>,
    /// The day from which it no longer exists (closed or merged).
    pub closed_on: Option<Date>,
    /// How many work there, as it reports itself; where it has an employer, the employer's number holds.
    pub workers: Option<i64>,
    /// How many of them are women.
    pub women: Option<i64>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

impl Model {
    /// Whether it no longer exists on a day.
    #[must_use]
    pub fn is_closed(&self, on: Date) -> bool {
        self.closed_on.is_some_and(|day| day <= on)
    }
}

use database::Id;

database::plain_table!();
