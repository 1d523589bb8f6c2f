//! Recording what the ledger can't know: a value as it stood on a day, with what proves it.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use calendar::Period;
use chrono::{Datelike, NaiveDate};
use database::{Id, Moment, Unit};
use kernel::{
    Caller, Context, Page, Problem, Scope, audit,
    caller::below,
    files,
    listing::Paging,
    organisation::{self, tree},
    problem,
};
use sea_orm::{IntoActiveModel, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    approval::lock,
    permissions::{RecordValues, SeePlans},
    reach,
    stand::year_of,
    tables::{indicator::Source, manual_value},
};

kernel::refusals! {
    /// Why a value is not recorded.
    pub enum ValueRefusal {
        /// It is counted.
        Counted = 409 "indicator_counted" "这项指标由台账自动计数，不能手工填报。",
    }
}

/// A value to be recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewValue {
    /// Whose value.
    pub organisation_id: Id,
    /// The value as it stood: a count, basis points, or fen.
    #[schema(minimum = 0)]
    pub value: i64,
    /// The day.
    pub day: NaiveDate,
    /// What proves it, in words: the document's name and number, where the file lies.
    #[schema(min_length = 4, max_length = 500)]
    pub note: String,
    /// The file that proves it, handed in before as an attachment of the same organisation.
    pub evidence_id: Option<Id>,
}

/// The file that proves a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The attachment's key.
    pub id: Id,
    /// The file's name.
    pub name: String,
}

/// A recorded value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ValueRow {
    /// The key.
    pub id: Id,
    /// Whose value.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The value.
    pub value: i64,
    /// The day.
    pub day: NaiveDate,
    /// What proves it.
    pub note: String,
    /// The file that proves it.
    pub evidence: Option<Evidence>,
    /// When it was recorded.
    pub at: Moment,
    /// When it was taken back.
    pub reversed_at: Option<Moment>,
    /// Why it was taken back.
    pub reversed_because: Option<String>,
}

/// Records a value.
///
/// # Errors
/// 404, 422, [`ValueRefusal`].
pub async fn record(caller: &Caller<RecordValues>, id: Id, input: &NewValue) -> Result<ValueRow, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (plan, indicator) = reach::seen_indicator(&unit, context.scope(), id).await?;
            if indicator.source != Source::Manual {
                return Err(ValueRefusal::Counted.into());
            }
            let place = organisation::get(&unit, context.scope(), input.organisation_id).await?;
            if !tree::is_below(&unit, plan.organisation_id, place.id).await? {
                return Err(Problem::not_found());
            }
            if !(0..=indicator.scale().most()).contains(&input.value) {
                return Err(Problem::field("value", "value", "数值不能为负数，比率不能超过100%。"));
            }
            if input.day > context.today() || !year_of(&plan)?.contains(input.day) {
                return Err(Problem::field("day", "day", "日期应在计划年度内，且不晚于今天。"));
            }
            let wanted = "请写明依据：文件名称、文号或存放处（4至500字）。";
            let note = problem::words("note", &input.note, 4..=500, wanted)?;
            let days = stands(&unit, context, id, (place.id, input.day)).await?;
            lock::check(&unit, place.id, days).await?;
            let evidence = match input.evidence_id {
                Some(file) => Some(evidence(&unit, place.id, context.scope(), file).await?),
                None => None,
            };
            let model = manual_value::Model {
                id: context.id(),
                indicator_id: id,
                organisation_id: place.id,
                value: input.value,
                day: input.day,
                evidence_id: input.evidence_id,
                note: note.to_owned(),
                actor: context.actor().word(),
                at: context.now().into(),
                reversed_at: None,
                reversed_because: None,
            };
            let row = model.clone().into_active_model().reset_all();
            manual_value::Entity::insert(row).exec_without_returning(&unit).await?;
            let detail = json!({ "value": model.value, "day": model.day, "evidence_id": model.evidence_id });
            audit::record(&unit, context, ("plan.record_value", "plan/indicator", id), place.id, detail).await?;
            Ok(view(model, place.name, evidence))
        })
        .await
}

/// The days on which a value stands: until a later one of the same union does, or to the end of its year.
pub(crate) async fn stands(
    unit: &Unit,
    context: &Context,
    indicator: Id,
    (place, day): (Id, NaiveDate),
) -> Result<Period, Problem> {
    let later = manual_value::Entity::find()
        .filter(manual_value::Column::IndicatorId.eq(indicator))
        .filter(manual_value::Column::OrganisationId.eq(place))
        .filter(manual_value::Column::Day.gt(day))
        .filter(manual_value::Column::ReversedAt.is_null())
        .order_by_asc(manual_value::Column::Day)
        .one(unit)
        .await?;
    let end = Period::year(day.year()).map_or(day, Period::last).min(context.today());
    let until = later.and_then(|later| later.day.pred_opt()).unwrap_or(end);
    Ok(Period::range(day, until).unwrap_or(Period::day(day)))
}

async fn evidence(unit: &Unit, place: Id, scope: &Scope, id: Id) -> Result<Evidence, Problem> {
    let unknown = || Problem::field("evidence_id", "evidence", "找不到这份依据文件，请重新上传。");
    let file = files::get(unit, scope, id).await.map_err(|absent| absent.absent_as(unknown()))?;
    if file.organisation_id != place {
        return Err(Problem::field("evidence_id", "evidence_place", "依据文件须由填报单位上传，请重新上传。"));
    }
    Ok(Evidence { id, name: file.name })
}

fn view(model: manual_value::Model, organisation: String, evidence: Option<Evidence>) -> ValueRow {
    ValueRow {
        id: model.id,
        organisation_id: model.organisation_id,
        organisation,
        value: model.value,
        day: model.day,
        note: model.note,
        evidence,
        at: model.at,
        reversed_at: model.reversed_at,
        reversed_because: model.reversed_because,
    }
}

/// The values recorded in the caller's scope, the last first.
///
/// # Errors
/// 404.
pub async fn values(context: &Context, id: Id, paging: &Paging) -> Result<Page<ValueRow>, Problem> {
    let conn = context.read();
    let (plan, indicator) = reach::seen_indicator(conn, context.scope(), id).await?;
    let column = (manual_value::Entity, manual_value::Column::OrganisationId);
    let query = manual_value::Entity::find()
        .filter(manual_value::Column::IndicatorId.eq(indicator.id))
        .filter(context.scope().within(column))
        .filter(below(plan.organisation_id, column));
    let page = paging.newest_first(conn, query, manual_value::Column::Id, |row| row.id).await?;
    let names = tree::names(conn, page.items.iter().map(|row| row.organisation_id)).await?;
    let files = files::names(conn, page.items.iter().filter_map(|row| row.evidence_id)).await?;
    Ok(page.map(|row| {
        let name = names.get(&row.organisation_id).cloned().unwrap_or_default();
        let evidence = row.evidence_id.and_then(|id| Some(Evidence { id, name: files.get(&id)?.clone() }));
        view(row, name, evidence)
    }))
}

/// 填报手工指标
#[utoipa::path(
    post, path = "/indicators/{id}/values", tag = "plan", operation_id = "record_value",
    extensions(("x-permission" = json!("plan.record"))), params(("id" = Id, Path)),
    request_body = NewValue, responses((status = 201, body = ValueRow), ValueRefusal),
)]
pub async fn post_value(
    caller: Caller<RecordValues>,
    Path(id): Path<Id>,
    Json(input): Json<NewValue>,
) -> Result<(StatusCode, Json<ValueRow>), Problem> {
    Ok((StatusCode::CREATED, Json(record(&caller, id, &input).await?)))
}

/// 手工填报记录
#[utoipa::path(
    get, path = "/indicators/{id}/values", tag = "plan", operation_id = "list_values",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), Paging),
    responses((status = 200, body = Page<ValueRow>)),
)]
pub async fn get_values(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ValueRow>>, Problem> {
    values(&caller, id, &paging).await.map(Json)
}
