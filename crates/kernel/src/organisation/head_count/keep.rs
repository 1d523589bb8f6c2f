use axum::{Json, extract::Query, http::StatusCode};
use chrono::NaiveDate;
use database::Id;
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Column, Entity, Model};
use crate::{
    Caller, Problem, audit,
    caller::below,
    ledger,
    listing::{Page, Paging},
    organisation::{
        self,
        permissions::{ManageWorkforce, ViewWorkforce},
        tree, worker_group,
    },
    problem,
};

/// A count as it goes over the wire.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct HeadCountRow {
    /// The key.
    pub id: Id,
    /// Where.
    pub organisation_id: Id,
    /// The organisation's name.
    pub organisation: String,
    /// Of which group.
    pub group: String,
    /// On which day.
    pub day: NaiveDate,
    /// How many active workers.
    pub workers: i64,
    /// Who counted.
    pub source: String,
}

/// The most workers of one count: more than the country has. Counts are added up.
const MOST: i64 = 1_000_000_000;

/// A count to be entered; one of the same place, group and day is corrected.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewHeadCount {
    /// Where.
    pub organisation_id: Id,
    /// Of which group.
    pub group: String,
    /// On which day.
    pub day: NaiveDate,
    /// How many active workers.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub workers: i64,
    /// Who counted.
    #[schema(min_length = 2, max_length = 200)]
    pub source: String,
}

/// Which counts are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HeadCountFilter {
    /// At this organisation or one below it.
    pub organisation: Option<Id>,
    /// Of this group.
    pub group: Option<String>,
    /// On this day.
    pub day: Option<NaiveDate>,
}

/// The counts in the caller's scope, the last entered first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<ViewWorkforce>,
    filter: &HeadCountFilter,
    paging: &Paging,
) -> Result<Page<HeadCountRow>, Problem> {
    let mut query = Entity::find().filter(caller.scope().within((Entity, Column::OrganisationId)));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below(organisation, (Entity, Column::OrganisationId)));
    }
    query = query.apply_if(filter.group.as_ref(), |query, group| query.filter(Column::WorkerGroup.eq(group)));
    query = query.apply_if(filter.day, |query, day| query.filter(Column::CountedOn.eq(day)));
    let page = paging.newest_first(caller.read(), query, Column::Id, |row| row.id).await?;
    let names = tree::names(caller.read(), page.items.iter().map(|row| row.organisation_id)).await?;
    Ok(page.map(|row| row_of(row, &names)))
}

/// Enters a count, or corrects the one of the same place, group and day.
///
/// # Errors
/// 404 or 422.
pub async fn create(caller: &Caller<ManageWorkforce>, input: &NewHeadCount) -> Result<HeadCountRow, Problem> {
    let wanted = &input.normal(caller.id(), caller.today())?;
    caller
        .unit(|unit| async move {
            let place = organisation::get(&unit, caller.scope(), wanted.organisation_id).await?;
            worker_group::check(&unit, &wanted.worker_group).await?;
            let own = Entity::find()
                .filter(Column::OrganisationId.eq(wanted.organisation_id))
                .filter(Column::WorkerGroup.eq(&wanted.worker_group));
            let later = own.clone().filter(Column::CountedOn.gt(wanted.counted_on)).order_by_asc(Column::CountedOn);
            let stands = (wanted.counted_on, later.one(&unit).await?.map(|later| later.counted_on));
            ledger::entries_allowed_until(&unit, caller, wanted.organisation_id, stands).await?;
            let before = own.filter(Column::CountedOn.eq(wanted.counted_on)).one(&unit).await?;
            let row = match &before {
                Some(before) => Model { id: before.id, ..wanted.clone() },
                None => wanted.clone(),
            };
            let active = row.clone().into_active_model().reset_all();
            match before {
                Some(_) => drop(active.update(&unit).await?),
                None => drop(Entity::insert(active).exec_without_returning(&unit).await?),
            }
            let detail = serde_json::json!({
                "group": row.worker_group, "day": row.counted_on, "workers": row.workers,
                "before": before.map(|before| before.workers),
            });
            audit::record(&unit, caller, ("head_counts.enter", "kernel/head_count", row.id), place.id, detail).await?;
            Ok(row_of(row, &[(place.id, place.name)].into()))
        })
        .await
}

impl NewHeadCount {
    fn normal(&self, id: Id, today: NaiveDate) -> Result<Model, Problem> {
        if self.workers < 0 {
            return Err(Problem::field("workers", "negative", "人数不能是负数。"));
        }
        if self.workers > MOST {
            return Err(Problem::field("workers", "too_many", "人数不能超过十亿，请核对是否多填了几位。"));
        }
        if self.day > today {
            return Err(Problem::field("day", "day_in_future", "统计日期不能晚于今天。"));
        }
        let wanted = "请写明数据来源，如“人社局 2026 年 6 月统计”。";
        let source = problem::name("source", &self.source, 2..=200, wanted)?;
        Ok(Model {
            id,
            organisation_id: self.organisation_id,
            worker_group: self.group.clone(),
            counted_on: self.day,
            workers: self.workers,
            source,
        })
    }
}

fn row_of(row: Model, names: &std::collections::HashMap<Id, String>) -> HeadCountRow {
    HeadCountRow {
        organisation: names.get(&row.organisation_id).cloned().unwrap_or_default(),
        id: row.id,
        organisation_id: row.organisation_id,
        group: row.worker_group,
        day: row.counted_on,
        workers: row.workers,
        source: row.source,
    }
}

#[utoipa::path(get, path = "/head-counts", tag = "workforce", operation_id = "list_head_counts",
    extensions(("x-permission" = json!("workforce.view"))), params(HeadCountFilter, Paging),
    responses((status = 200, body = Page<HeadCountRow>)))]
pub(in crate::organisation) async fn list_head_counts(
    caller: Caller<ViewWorkforce>,
    Query(filter): Query<HeadCountFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<HeadCountRow>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}

#[utoipa::path(post, path = "/head-counts", tag = "workforce", operation_id = "enter_head_count",
    extensions(("x-permission" = json!("workforce.manage"))), request_body = NewHeadCount,
    responses((status = 201, body = HeadCountRow)))]
pub(in crate::organisation) async fn enter_head_count(
    caller: Caller<ManageWorkforce>,
    Json(input): Json<NewHeadCount>,
) -> Result<(StatusCode, Json<HeadCountRow>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}
