//! Making a report. The same period and day give the report that is there, if the day was over when it was made.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::NaiveDate;
use database::{Id, Moment};
use kernel::{Caller, Context, Fault, Problem, audit, ledger::Tree, organisation::tree};
use sea_orm::{IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Below, Chapter, Content, Line, Money, ReportRow, row};
use crate::{
    board::{StatusCounts, standings},
    budget::budget_on,
    permissions::MakeReports,
    reach,
    rules::period::{label, of_report},
    stand::{Standing, year_of},
    tables::{indicator, plan, report},
    view::chapters,
};

/// Which report.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewReport {
    /// `2026Q2` or `2026`.
    pub period: String,
    /// The last day of its figures; the period's last day, or today if that is earlier, if absent.
    pub as_of: Option<NaiveDate>,
    /// Whose figures; the plan's own organisation, or the caller's highest below it, if absent.
    pub organisation_id: Option<Id>,
}

/// Makes a report.
///
/// # Errors
/// 404; 422 for a period or day outside the plan's year.
pub async fn make(caller: &Caller<MakeReports>, plan: Id, input: &NewReport) -> Result<ReportRow, Problem> {
    let context: &Context = caller;
    let plan = reach::seen(context.read(), context.scope(), plan).await?;
    let place = reach::place(context.read(), context.scope(), &plan, input.organisation_id).await?;
    let period = of_report(year_of(&plan)?, &input.period)
        .ok_or_else(|| Problem::field("period", "period", "请选择本计划年度的季度或全年，如 2026Q2、2026。"))?;
    let as_of = input.as_of.unwrap_or(period.last()).min(context.today());
    if !period.contains(as_of) {
        return Err(Problem::field("as_of", "as_of", "数据截止日应在报告期内，且不晚于今天。"));
    }
    let there = &report::Entity::find()
        .filter(report::Column::PlanId.eq(plan.id))
        .filter(report::Column::OrganisationId.eq(place.id))
        .filter(report::Column::Period.eq(input.period.trim()))
        .filter(report::Column::AsOf.eq(as_of))
        // One that was made before its last day was over lacks the rest of it.
        .filter(report::Column::MadeAt.gte(Moment::from(calendar::day_start(as_of.succ_opt().unwrap_or(as_of)))));
    if let Some(there) = there.clone().one(context.read()).await? {
        return row(&there);
    }
    let title = format!("{}{}“{}”完成情况报告", place.name, label(period), plan.title);
    let content = write(context, &plan, (place.id, place.name), title, as_of).await?;
    let model = &report::Model {
        id: context.id(),
        plan_id: plan.id,
        organisation_id: place.id,
        period: input.period.trim().to_owned(),
        as_of,
        cut_off: content.cut_off,
        made_at: context.now().into(),
        actor: context.actor().word(),
        figures: serde_json::to_string(&content).map_err(|err| Fault::Stored(err.to_string()))?,
    };
    let stored = context.unit(|unit| async move {
        // Writing it takes long enough for somebody else to make the same.
        if let Some(there) = there.clone().one(&unit).await? {
            return row(&there);
        }
        let active = model.clone().into_active_model().reset_all();
        report::Entity::insert(active).exec_without_returning(&unit).await?;
        let detail = json!({ "period": model.period, "as_of": model.as_of });
        audit::record(&unit, context, ("plan.report", "plan/report", model.id), model.organisation_id, detail).await?;
        row(model)
    });
    stored.await
}

async fn write(
    context: &Context,
    plan: &plan::Model,
    (place, organisation): (Id, String),
    title: String,
    as_of: NaiveDate,
) -> Result<Content, Problem> {
    let conn = context.read();
    let indicators = reach::indicators(conn, plan.id).await?;
    let children = tree::children(conn, context.scope(), place).await?;
    // All from one moment of the ledger, which the report names: the organisation's own first.
    let places: Vec<Id> = std::iter::once(place).chain(children.iter().map(|child| child.id)).collect();
    let (stands, cut_off) = standings(context, plan, &indicators, &places, as_of, Tree::Dated).await?;
    let mut stands = stands.chunks(indicators.len().max(1));
    let own = stands.next().unwrap_or_default();
    let lines: Vec<(Option<Id>, Line)> =
        indicators.iter().zip(own).map(|(one, standing)| (one.chapter_id, line(one, standing))).collect();
    let of =
        |chapter: Option<Id>| lines.iter().filter(|(of, _)| *of == chapter).map(|(_, line)| line.clone()).collect();
    let mut written: Vec<Chapter> =
        chapters(conn, plan.id).await?.into_iter().map(|one| Chapter { lines: of(one.id), title: one.title }).collect();
    written.push(Chapter { title: "其他指标".to_owned(), lines: of(None) });
    written.retain(|chapter| !chapter.lines.is_empty());
    let below: Vec<Below> =
        children.into_iter().zip(stands).filter_map(|(child, stand)| below(child.name, &indicators, stand)).collect();
    // The budget is the plan's own organisation's.
    let lines =
        if plan.organisation_id == place { budget_on(context, plan.id, as_of).await?.items } else { Vec::new() };
    let money = lines.into_iter().map(|line| Money {
        name: line.name,
        allotted_fen: line.allotted_fen,
        paid_fen: line.paid_fen,
        left_fen: line.left_fen,
    });
    Ok(Content {
        title,
        organisation,
        as_of,
        cut_off,
        made_on: context.today(),
        chapters: written,
        below,
        budget: money.collect(),
    })
}

/// How far one below is, unless it has nothing to reach.
fn below(organisation: String, indicators: &[indicator::Model], stand: &[Standing]) -> Option<Below> {
    let counts = StatusCounts::of(stand);
    let behind = counts.behind + counts.far_behind + counts.not_started + counts.missed;
    (counts.reached + counts.on_course + behind > 0).then(|| Below {
        organisation,
        reached: counts.reached,
        on_course: counts.on_course,
        behind,
        lines: indicators.iter().zip(stand).map(|(one, standing)| short(line(one, standing))).collect(),
    })
}

/// Without the words that stand with the organisation's own: of hundreds of units they would be most of the report.
fn short(line: Line) -> Line {
    Line { forecast: String::new(), definition: String::new(), ..line }
}

fn line(indicator: &indicator::Model, standing: &Standing) -> Line {
    let shown =
        |value: Option<i64>| value.map_or("—".to_owned(), |value| indicator.scale().text(value, &indicator.unit));
    Line {
        name: indicator.name.clone(),
        target: shown(standing.target),
        actual: shown(standing.actual),
        share_bp: standing.share_bp,
        status: standing.status_label.clone().unwrap_or_else(|| "未下达目标".to_owned()),
        forecast: standing.forecast.as_ref().map(|forecast| forecast.text.clone()).unwrap_or_default(),
        definition: indicator.definition.clone(),
    }
}

/// 生成计划报告
#[utoipa::path(
    post, path = "/plans/{id}/reports", tag = "plan", operation_id = "make_report",
    extensions(("x-permission" = json!("plan.report"))), params(("id" = Id, Path)),
    request_body = NewReport, responses((status = 201, body = ReportRow)),
)]
pub async fn post_report(
    caller: Caller<MakeReports>,
    Path(id): Path<Id>,
    Json(input): Json<NewReport>,
) -> Result<(StatusCode, Json<ReportRow>), Problem> {
    Ok((StatusCode::CREATED, Json(make(&caller, id, &input).await?)))
}
