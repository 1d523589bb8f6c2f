//! The plan board: each indicator with what was reached, against its target and the calendar, for any organisation.

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::{Id, Moment};
use kernel::{Caller, Context, Problem, ledger::Tree};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    permissions::SeePlans,
    reach,
    rules::{
        growth::{Growth, growth},
        period::of_target,
        progress::Status,
    },
    stand::{Row, Standing, stand, year_of},
    tables::{
        indicator::{self, Source, codes},
        plan,
    },
    targets::{holding, rows},
    view::{IndicatorView, views},
    year_before::{YearBefore, years_before},
};

/// What of the board is wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BoardParams {
    /// The organisation; the plan's own, or the caller's highest below it, if absent.
    pub organisation: Option<Id>,
    /// The day; today if absent.
    pub on: Option<NaiveDate>,
    /// Which tree; `dated` if absent.
    #[serde(default)]
    #[param(inline)]
    pub tree: Tree,
}

/// The board.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PlanBoard {
    /// The plan.
    pub plan_id: Id,
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: i32,
    /// Whose figures these are.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The day.
    pub on: NaiveDate,
    /// Which tree.
    pub tree: Tree,
    /// How many indicators stand where.
    pub counts: StatusCounts,
    /// The indicators, in the plan's order.
    pub items: Vec<BoardItem>,
    /// When the last fact in the figures was recorded.
    pub cut_off: Moment,
}

/// How many indicators stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusCounts {
    /// 已完成
    pub reached: u32,
    /// 进展正常
    pub on_course: u32,
    /// 进度偏慢
    pub behind: u32,
    /// 严重滞后
    pub far_behind: u32,
    /// 尚未启动
    pub not_started: u32,
    /// 未完成
    pub missed: u32,
    /// 暂无数据
    pub unknown: u32,
    /// Without a target for this organisation.
    pub without_target: u32,
}

impl StatusCounts {
    /// Counts states.
    #[must_use]
    pub fn of<'a>(standings: impl IntoIterator<Item = &'a Standing>) -> Self {
        let mut counts = Self::default();
        for standing in standings {
            *match standing.status {
                Some(Status::Reached) => &mut counts.reached,
                Some(Status::OnCourse) => &mut counts.on_course,
                Some(Status::Behind) => &mut counts.behind,
                Some(Status::FarBehind) => &mut counts.far_behind,
                Some(Status::NotStarted) => &mut counts.not_started,
                Some(Status::Missed) => &mut counts.missed,
                Some(Status::Unknown) => &mut counts.unknown,
                None => &mut counts.without_target,
            } += 1;
        }
        counts
    }
}

/// One indicator on the board.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BoardItem {
    /// The indicator.
    pub indicator: IndicatorView,
    /// Where it stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// The year before; absent where nothing was counted in it.
    pub year_before: Option<YearBefore>,
    /// What was reached against the base value; absent without one, or for another organisation than the plan's own.
    pub base_growth: Option<Growth>,
    /// What to ask `GET /facts` for, to see the records behind the figure; absent where there are none in the ledger.
    pub drill: Option<Drill>,
    /// What to ask `GET /branches` for, to see the branches behind the figure; only for a share of branches.
    pub branches: Option<BranchDrill>,
}

/// The records behind a figure, as parameters of `GET /facts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Drill {
    /// The kinds' codes.
    pub kinds: Vec<String>,
    /// The worker groups' codes.
    pub groups: Vec<String>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: NaiveDate,
    /// The top of the subtree.
    pub organisation: Id,
    /// Which tree.
    pub tree: Tree,
    /// For what stands on the day, such as members: the day by whose tree all of it is counted.
    pub lying_on: Option<NaiveDate>,
}

/// The branches that a share divides by, as parameters of `GET /branches`; with `has_union=true` those that it divides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BranchDrill {
    /// The ranks of their companies, separated by commas; empty for all.
    pub ranks: String,
    /// The day.
    pub on: NaiveDate,
    /// The top of the subtree.
    pub organisation: Id,
    /// Which tree.
    pub tree: Tree,
}

/// The day that a plan is looked at: never later than today or the year's end.
///
/// # Errors
/// A fault if the plan has no year.
pub fn day(context: &Context, plan: &plan::Model, asked: Option<NaiveDate>) -> Result<NaiveDate, Problem> {
    Ok(asked.unwrap_or(context.today()).min(context.today()).min(year_of(plan)?.last()))
}

/// Shows where an organisation stands with each indicator.
///
/// # Errors
/// 404 for a plan or an organisation that is absent, foreign or elsewhere.
pub async fn board(context: &Context, id: Id, params: &BoardParams) -> Result<PlanBoard, Problem> {
    let plan = reach::seen(context.read(), context.scope(), id).await?;
    let place = reach::place(context.read(), context.scope(), &plan, params.organisation).await?;
    let on = day(context, &plan, params.on)?;
    let indicators = reach::indicators(context.read(), id).await?;
    let (standings, cut_off) = standings(context, &plan, &indicators, &[place.id], on, params.tree).await?;
    let counts = StatusCounts::of(&standings);
    let before = years_before(context, &plan, (&indicators, &standings), place.id, on, params.tree).await?;
    let mut items = Vec::with_capacity(standings.len());
    let views = views(context.read(), &indicators).await?;
    for (((view, standing), year_before), indicator) in views.into_iter().zip(standings).zip(before).zip(&indicators) {
        let drill = drill(indicator, &plan, place.id, on, params.tree)?;
        let base = indicator.base.filter(|_| place.id == plan.organisation_id);
        let base_growth = standing.actual.zip(base).map(|(actual, base)| growth(actual, base));
        let branches = branches(indicator, place.id, on, params.tree);
        items.push(BoardItem { indicator: view, standing, year_before, base_growth, drill, branches });
    }
    Ok(PlanBoard {
        plan_id: plan.id,
        title: plan.title,
        year: plan.year,
        organisation_id: place.id,
        organisation: place.name,
        on,
        tree: params.tree,
        counts,
        items,
        cut_off,
    })
}

/// Where organisations stand with the indicators of a plan, one organisation after another.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn standings(
    context: &Context,
    plan: &plan::Model,
    indicators: &[indicator::Model],
    organisations: &[Id],
    on: NaiveDate,
    tree: Tree,
) -> Result<(Vec<Standing>, Moment), Problem> {
    let keys: Vec<Id> = indicators.iter().map(|indicator| indicator.id).collect();
    let targets = rows(context.read(), &keys, organisations).await?;
    let mut asked = Vec::with_capacity(organisations.len() * indicators.len());
    for organisation in organisations.iter().copied() {
        asked.extend(indicators.iter().map(|indicator| {
            let target = holding(plan, indicator, organisation, targets.get(&(indicator.id, organisation)));
            Row { indicator, organisation, target }
        }));
    }
    stand(context, plan, &asked, on, tree).await
}

/// The facts behind an indicator's figure.
///
/// # Errors
/// A fault if the plan has no year.
pub fn drill(
    indicator: &indicator::Model,
    plan: &plan::Model,
    organisation: Id,
    on: NaiveDate,
    tree: Tree,
) -> Result<Option<Drill>, Problem> {
    let (kinds, from, lying_on) = match indicator.source {
        Source::Ledger => (codes(&indicator.kinds), Some(of_target(year_of(plan)?, None).first()), None),
        // Whoever is a member may have joined long ago, and where his union lay then.
        Source::MemberShare => (vec!["membership".to_owned()], None, Some(on)),
        Source::BranchCoverage | Source::Manual => return Ok(None),
    };
    Ok(Some(Drill { kinds, groups: codes(&indicator.groups), from, to: on, organisation, tree, lying_on }))
}

/// The branches behind an indicator's figure.
fn branches(indicator: &indicator::Model, organisation: Id, on: NaiveDate, tree: Tree) -> Option<BranchDrill> {
    let ranks = indicator.ranks.clone();
    (indicator.source == Source::BranchCoverage).then_some(BranchDrill { ranks, on, organisation, tree })
}

/// 计划进度
#[utoipa::path(
    get, path = "/plans/{id}/board", tag = "plan", operation_id = "read_plan_board",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), BoardParams),
    responses((status = 200, body = PlanBoard)),
)]
pub async fn get_board(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(params): Query<BoardParams>,
) -> Result<Json<PlanBoard>, Problem> {
    board(&caller, id, &params).await.map(Json)
}
