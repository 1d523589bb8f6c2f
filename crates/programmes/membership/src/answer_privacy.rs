//! What people ask about their own data, as officers see and answer it.

use axum::{
    Json,
    extract::{Path, Query},
};
use database::Id;
use kernel::{Caller, Page, Problem, audit, listing::Paging, organisation::tree, person};
use sea_orm::{Order, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    me::requests::{self, PrivacyRequestRow},
    pausing::{PRIVACY, paused_or_not},
    permissions::AnswerPrivacy,
    tables::privacy_request::{self, Answered, Column, Entity, Wish},
};

kernel::refusals! {
    /// Why an answer is not taken.
    pub enum AnswerPrivacyRefusal {
        /// Answered before.
        Answered = 409 "privacy_answered" "这项请求已经答复过了，请刷新后查看。",
        /// A deletion that was done says what was deleted.
        WhatErased = 422 "erase_missing" "请选择删除的范围：全部个人信息（匿名化），或只是其中一部分。",
        /// Nothing was said.
        Empty = 422 "answer_missing" "请填写答复内容，说明已办理的事项或不能办理的理由。",
    }
}

/// Which requests.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PrivacyFilter {
    /// Where they stand.
    pub state: Option<Answered>,
    /// Only those whose term stands still (`true`), or runs (`false`).
    pub paused: Option<bool>,
}

/// A request with who asks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PrivacyCase {
    /// The request.
    #[serde(flatten)]
    pub request: PrivacyRequestRow,
    /// Who asks.
    pub person_id: Id,
    /// His name, masked.
    pub name: String,
    /// The union that answers.
    pub organisation: String,
}

/// What a deletion that was done deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Erased {
    /// 全部个人信息：档案匿名化，服务数字不变
    Everything,
    /// 只是其中一部分，已在档案里改好
    Part,
}

impl Erased {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Everything => "全部",
            Self::Part => "一部分",
        }
    }
}

/// The answer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PrivacyAnswer {
    /// Whether it was done; else refused with reasons.
    pub done: bool,
    /// What is answered.
    pub answer: String,
    /// For a deletion that is done: what is deleted. Everything is deleted by this answer itself.
    pub erased: Option<Erased>,
}

/// Lists requests in the caller's scope.
///
/// # Errors
/// A fault.
pub async fn list(
    caller: &Caller<AnswerPrivacy>,
    filter: &PrivacyFilter,
    paging: &Paging,
) -> Result<Page<PrivacyCase>, Problem> {
    let conn = caller.read();
    let mut query = Entity::find().filter(caller.scope().within((Entity, Column::OrganisationId)));
    query = query.apply_if(filter.state, |query, state| query.filter(Column::State.eq(state)));
    // One that was answered while its term stood still has none.
    query = query.apply_if(filter.paused, |query, still| {
        query.filter(Column::State.eq(Answered::Waiting)).filter(paused_or_not(Column::Id, PRIVACY, still))
    });
    // Of what waits the term of the oldest runs out first.
    let order = if filter.state == Some(Answered::Waiting) { Order::Asc } else { Order::Desc };
    let page = paging.by_key(conn, query, (Column::Id, order), |row| row.id).await?;
    let people = person::masked(conn, caller, page.items.iter().map(|row| row.person_id)).await?;
    let unions = tree::names(conn, page.items.iter().map(|row| row.organisation_id)).await?;
    let requests = requests::all_opened(caller, &page.items).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for (row, request) in page.items.into_iter().zip(requests) {
        items.push(PrivacyCase {
            person_id: row.person_id,
            name: people.name(row.person_id),
            organisation: unions.get(&row.organisation_id).cloned().unwrap_or_default(),
            request,
        });
    }
    Ok(Page { items, next: page.next, total: page.total })
}

/// Answers a request.
///
/// # Errors
/// 404 if it is absent or foreign, [`AnswerPrivacyRefusal`]; for a deletion what keeps a person from being made nameless.
pub async fn answer(
    caller: &Caller<AnswerPrivacy>,
    id: Id,
    input: &PrivacyAnswer,
) -> Result<PrivacyRequestRow, Problem> {
    let text = input.answer.trim();
    if text.is_empty() {
        return Err(AnswerPrivacyRefusal::Empty.into());
    }
    let query = || Entity::find_by_id(id).filter(caller.scope().within((Entity, Column::OrganisationId)));
    caller
        .unit(|unit| async move {
            let mut row = query().one(&unit).await?.ok_or_else(Problem::not_found)?;
            if row.state != Answered::Waiting {
                return Err(AnswerPrivacyRefusal::Answered.into());
            }
            let erases = input.done && row.wish == Wish::Delete;
            if erases && input.erased.is_none() {
                return Err(AnswerPrivacyRefusal::WhatErased.into());
            }
            let gone = erases && input.erased == Some(Erased::Everything);
            if gone {
                person::tell_nameless(&unit, caller, row.person_id).await?;
                person::erase(&unit, caller, row.person_id, "asked").await?;
                row = query().one(&unit).await?.ok_or_else(Problem::not_found)?;
            }
            let house = caller.house();
            row.state = if input.done { Answered::Done } else { Answered::Refused };
            row.answer_sealed = Some(house.keyring().seal(requests::answer(id), text, house.ambient().bytes()));
            row.answered_at = Some(caller.now().into());
            row.answered_by = Some(caller.actor().word());
            let active = privacy_request::ActiveModel::from(row.clone()).reset_all();
            Entity::update_many().set(active).filter(Column::Id.eq(id)).exec(&unit).await?;
            let act = ("privacy.answer", "membership/privacy_request", id);
            let detail = serde_json::json!({ "state": row.state, "erased": input.erased.filter(|_| erases) });
            audit::record(&unit, caller, act, row.organisation_id, detail).await?;
            Ok(requests::opened(caller, &row))
        })
        .await
}

/// 个人信息请求
#[utoipa::path(
    get, path = "/privacy-requests", tag = "membership", operation_id = "list_privacy_requests",
    extensions(("x-permission" = json!("membership.answer_privacy"))),
    params(PrivacyFilter, Paging), responses((status = 200, body = Page<PrivacyCase>)),
)]
pub async fn get_requests(
    caller: Caller<AnswerPrivacy>,
    Query(filter): Query<PrivacyFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PrivacyCase>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 答复个人信息请求
#[utoipa::path(
    post, path = "/privacy-requests/{id}/answer", tag = "membership", operation_id = "answer_privacy_request",
    extensions(("x-permission" = json!("membership.answer_privacy"))),
    params(("id" = Id, Path)), request_body = PrivacyAnswer,
    responses((status = 200, body = PrivacyRequestRow), AnswerPrivacyRefusal),
)]
pub async fn post_answer(
    caller: Caller<AnswerPrivacy>,
    Path(id): Path<Id>,
    Json(input): Json<PrivacyAnswer>,
) -> Result<Json<PrivacyRequestRow>, Problem> {
    answer(&caller, id, &input).await.map(Json)
}
