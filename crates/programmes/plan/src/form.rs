//! What officers fill in about an indicator, checked and in its normal form.

use calendar::Period;
use chrono::NaiveDate;
use database::{Connection, Id};
use kernel::{
    Context, Problem,
    ledger::FactKind,
    organisation::{self, platform::Rank, worker_group},
    problem::Wrong,
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    rules::{
        progress::Goal,
        scale::{MOST, Scale},
    },
    tables::{
        chapter,
        indicator::{Counting, Model, Source, codes},
        measure,
    },
};

/// What officers fill in about an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorForm {
    /// The chapter it stands in.
    pub chapter_id: Option<Id>,
    /// The care measure that gathers it.
    pub measure_id: Option<Id>,
    /// The name.
    #[schema(min_length = 2, max_length = 100)]
    pub name: String,
    /// Where its figures come from.
    pub source: Source,
    /// For the ledger: the kinds of fact.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// For the ledger and enrolment: the worker groups; empty for all.
    #[serde(default)]
    pub groups: Vec<String>,
    /// For the ledger: what is counted.
    pub counting: Option<Counting>,
    /// For branches: the ranks of their companies (`head`, `key`, `other`); empty for all.
    #[serde(default)]
    pub ranks: Vec<String>,
    /// The unit that people read.
    #[schema(max_length = 10)]
    pub unit: String,
    /// The target: a count, basis points for shares, fen for money.
    pub target: i64,
    /// How the target is meant.
    #[serde(default)]
    pub goal: Goal,
    /// The last day for it; the year's end if absent.
    pub due_on: Option<NaiveDate>,
    /// Who is responsible.
    pub responsible_id: Option<Id>,
    /// How it is counted, in words.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub definition: String,
    /// The base value (基期值) that growth is told against, on the scale of the target.
    #[schema(minimum = 0)]
    pub base: Option<i64>,
    /// Of which period the base value is, in words: 2025年全年.
    #[schema(max_length = 20)]
    pub base_period: Option<String>,
    /// Its place in the plan.
    #[serde(default)]
    pub sort: i32,
}

impl IndicatorForm {
    /// The form that an indicator's row fills.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        Self {
            chapter_id: model.chapter_id,
            measure_id: model.measure_id,
            name: model.name.clone(),
            source: model.source,
            kinds: codes(&model.kinds),
            groups: codes(&model.groups),
            counting: model.counting,
            ranks: codes(&model.ranks),
            unit: model.unit.clone(),
            target: model.target,
            goal: model.goal,
            due_on: model.due_on,
            responsible_id: model.responsible_id,
            definition: model.definition.clone(),
            base: model.base,
            base_period: model.base_period.clone(),
            sort: model.sort,
        }
    }

    /// A row with what the form says.
    #[must_use]
    pub fn row(&self, id: Id, plan: Id, version: i64) -> Model {
        let counts = self.source == Source::Ledger;
        let groups = if matches!(self.source, Source::Ledger | Source::MemberShare) {
            self.groups.join(",")
        } else {
            String::new()
        };
        let ranks = if self.source == Source::BranchCoverage { self.ranks.join(",") } else { String::new() };
        Model {
            id,
            plan_id: plan,
            chapter_id: self.chapter_id,
            measure_id: self.measure_id,
            name: self.name.trim().to_owned(),
            source: self.source,
            kinds: if counts { self.kinds.join(",") } else { String::new() },
            groups,
            counting: self.counting.filter(|_| counts),
            ranks,
            unit: self.unit.trim().to_owned(),
            target: self.target,
            goal: self.goal,
            due_on: self.due_on,
            responsible_id: self.responsible_id,
            definition: self.definition.trim().to_owned(),
            base: self.base,
            base_period: self.period_of_base(),
            sort: self.sort,
            version,
        }
    }

    /// The period of the base value; nothing but blanks counts as nothing.
    fn period_of_base(&self) -> Option<String> {
        self.base_period.as_deref().map(str::trim).filter(|period| !period.is_empty()).map(str::to_owned)
    }

    /// Checks what stands in the form itself, against the kinds of fact that the house knows.
    #[must_use]
    pub fn problems(&self, context: &Context, year: Period) -> Wrong {
        let mut wrong = Wrong::default();
        let between = |text: &str, least: usize, most: usize| (least..=most).contains(&text.trim().chars().count());
        wrong.want(between(&self.name, 2, 100), "name", "请填写指标名称（2至100字）。");
        wrong.want(between(&self.unit, 1, 10), "unit", "请填写计量单位（不超过10字）。");
        wrong.demand(between(&self.definition, 0, 500), "definition", "too_long", "口径说明请控制在500字以内。");
        wrong.want((1..=MOST).contains(&self.target), "target", "目标值应大于零。");
        let scale = self.row(Id(0), Id(0), 0).scale();
        let within = scale != Scale::Share || self.target <= scale.most();
        wrong.demand(within, "target", "share_over_one", "比率类目标不能超过100%。");
        wrong.want(
            self.base.is_none_or(|base| (0..=scale.most()).contains(&base)),
            "base",
            "基期值不能为负数，比率不能超过100%。",
        );
        let period = self.period_of_base().map_or(0, |period| period.chars().count());
        wrong.demand(period <= 20, "base_period", "too_long", "基期请控制在20字以内，如“2025年全年”。");
        wrong.demand(self.base.is_some() || period == 0, "base", "base_missing", "填写了基期，请同时填写基期值。");
        wrong.want(self.due_on.is_none_or(|due| year.contains(due)), "due_on", "完成时限应在计划年度内。");
        wrong.want(self.ranks.iter().all(|code| Rank::named(code).is_some()), "ranks", "企业类别请从列表中选择。");
        if self.source == Source::Ledger {
            let declared = context.house().programmes().iter().flat_map(|programme| programme.fact_kinds);
            let asked: Vec<&FactKind> =
                declared.filter(|kind| self.kinds.iter().any(|code| code == kind.code)).collect();
            let known = self.kinds.iter().all(|code| asked.iter().any(|kind| kind.code == code));
            wrong.want(!asked.is_empty() && known, "kinds", "请从列表中选择至少一个台账事项。");
            let odd = asked.iter().find(|kind| !self.counting.is_none_or(|counting| counting.fits(kind)));
            let message =
                odd.map_or_else(String::new, |kind| format!("“{}”不能这样计数，请改选计数方式。", kind.label));
            wrong.demand(odd.is_none(), "counting", "counting_misfit", &message);
            wrong.want(self.counting.is_some(), "counting", "请选择计数方式：人次、人、件（份）或金额。");
        }
        wrong
    }

    /// Checks what the form names against what stands.
    ///
    /// # Errors
    /// 422 for a chapter, measure, group or organisation that isn't there.
    pub async fn check(&self, conn: &Connection, context: &Context, plan: Id) -> Result<(), Problem> {
        if let Some(id) = self.chapter_id {
            let chapter = chapter::Entity::find_by_id(id).filter(chapter::Column::PlanId.eq(plan)).one(conn).await?;
            chapter.ok_or_else(|| Problem::field("chapter_id", "chapter", "请选择本计划的章节。"))?;
        }
        if let Some(id) = self.measure_id {
            let measure = measure::Entity::find_by_id(id).filter(measure::Column::PlanId.eq(plan)).one(conn).await?;
            measure.ok_or_else(|| Problem::field("measure_id", "measure", "请选择本计划的关爱举措。"))?;
        }
        if !self.groups.is_empty() {
            let known = worker_group::list(conn).await?;
            let all = self.groups.iter().all(|code| known.iter().any(|group| group.code == *code));
            if !all {
                return Err(Problem::field("groups", "unknown_group", "请从列表中选择职工群体。"));
            }
        }
        if let Some(id) = self.responsible_id {
            let found = organisation::get(conn, context.scope(), id).await;
            let told = "责任单位不存在，或不在您的管辖范围内。";
            found.map_err(|absent| absent.absent_as(Problem::field("responsible_id", "responsible", told)))?;
        }
        Ok(())
    }
}
