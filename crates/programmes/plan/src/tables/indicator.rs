use kernel::{
    Id,
    ledger::{FactKind, Measure},
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rules::{progress::Goal, scale::Scale};

/// Where an indicator's figures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = IndicatorSource)]
pub enum Source {
    /// 台账计数
    Ledger,
    /// 入会率：会员 ÷ 在岗职工
    MemberShare,
    /// 建会率：建会分支机构 ÷ 分支机构
    BranchCoverage,
    /// 手工填报
    Manual,
}

/// What is counted of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// 人次
    PersonTimes,
    /// 人（去重）
    People,
    /// 件、份
    Items,
    /// 金额
    Yuan,
}

impl Counting {
    /// Whether facts of the kind are counted this way. Any fact may have cost money.
    #[must_use]
    pub fn fits(self, kind: &FactKind) -> bool {
        let measure = match self {
            Self::PersonTimes => Measure::PersonTimes,
            Self::People => Measure::People,
            Self::Items => Measure::Items,
            Self::Yuan => return true,
        };
        kind.measures.contains(&measure)
    }
}

/// What a plan wants to reach, and how it is measured.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_indicator")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The plan.
    pub plan_id: Id,
    /// The chapter it stands in.
    pub chapter_id: Option<Id>,
    /// The care measure that gathers it.
    pub measure_id: Option<Id>,
    /// The name.
    pub name: String,
    /// Where its figures come from.
    pub source: Source,
    /// The kinds of fact, separated by commas.
    pub kinds: String,
    /// The worker groups, separated by commas; empty for all.
    pub groups: String,
    /// What is counted of the facts.
    pub counting: Option<Counting>,
    /// The ranks of platform companies, separated by commas; empty for all.
    pub ranks: String,
    /// The unit that people read.
    pub unit: String,
    /// The target: a count, basis points, or fen.
    pub target: i64,
    /// How the target is meant.
    pub goal: Goal,
    /// The last day for it.
    pub due_on: Option<Date>,
    /// Who is responsible.
    pub responsible_id: Option<Id>,
    /// How it is counted, in words.
    pub definition: String,
    /// The base value (基期值) that growth is told against, on the scale of the target.
    pub base: Option<i64>,
    /// Of which period the base value is, in words: 2025年全年.
    pub base_period: Option<String>,
    /// Its place in the plan.
    pub sort: i32,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// The codes of a list with commas.
#[must_use]
pub fn codes(text: &str) -> Vec<String> {
    text.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

impl Model {
    /// What its numbers are.
    #[must_use]
    pub fn scale(&self) -> Scale {
        match (self.source, self.counting) {
            (Source::MemberShare | Source::BranchCoverage, _) => Scale::Share,
            (Source::Ledger, Some(Counting::Yuan)) => Scale::Money,
            (Source::Ledger, _) => Scale::Count,
            (Source::Manual, _) => Scale::of_unit(&self.unit),
        }
    }

    /// Whether it adds up over the year, so that the calendar says where it should be. What officers record by hand does,
    /// unless it is a share.
    #[must_use]
    pub fn is_cumulative(&self) -> bool {
        self.scale() != Scale::Share
    }
}

database::plain_table!();
