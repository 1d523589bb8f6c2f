//! Writing an assessment down, and mending what was written.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    AssessmentConclusion, Column, Entity, Model,
    list::{AssessmentRow, rows},
};
use crate::{
    Caller, Context, Problem,
    access::permissions::Assess,
    audit, consent,
    etag::{self, IfMatch},
    organisation,
    problem::Wrong,
};

/// An assessment as it is filled in (art. 56).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssessmentForm {
    /// Which union handles the information.
    pub organisation_id: Id,
    /// What is done, 2 to 100 characters.
    #[schema(min_length = 2, max_length = 100)]
    pub subject: String,
    /// The separate consent by which it is done, if by one.
    pub purpose: Option<String>,
    /// Whether what it is for and how it is done is lawful, proper and needed, 2 to 1,000 characters.
    #[schema(min_length = 2, max_length = 1_000)]
    pub aims: String,
    /// What it may do to people, and what may go wrong, 2 to 1,000 characters.
    #[schema(min_length = 2, max_length = 1_000)]
    pub risks: String,
    /// What is done against that, and whether it is lawful, effective and fits the risk, 2 to 1,000 characters.
    #[schema(min_length = 2, max_length = 1_000)]
    pub measures: String,
    /// What it came to.
    pub conclusion: AssessmentConclusion,
    /// Who assessed it, 2 to 100 characters.
    #[schema(min_length = 2, max_length = 100)]
    pub assessor: String,
    /// When.
    pub assessed_on: NaiveDate,
    /// Until when it holds.
    pub valid_until: NaiveDate,
}

impl AssessmentForm {
    /// What was filled in before.
    pub(super) fn of(row: &Model) -> Self {
        Self {
            organisation_id: row.organisation_id,
            subject: row.subject.clone(),
            purpose: row.purpose.clone(),
            aims: row.aims.clone(),
            risks: row.risks.clone(),
            measures: row.measures.clone(),
            conclusion: row.conclusion,
            assessor: row.assessor.clone(),
            assessed_on: row.assessed_on,
            valid_until: row.valid_until,
        }
    }

    /// The row, if it can be written so.
    ///
    /// # Errors
    /// 404 for an organisation out of scope; 422 that names each field.
    async fn row(&self, conn: &Connection, context: &Context, (id, version): (Id, i64)) -> Result<Model, Problem> {
        organisation::get(conn, context.scope(), self.organisation_id).await?;
        let mut wrong = Wrong::default();
        let texts = [
            ("subject", &self.subject, 100, "处理活动请填写 2 至 100 个字。"),
            ("aims", &self.aims, 1_000, "目的和方式请填写 2 至 1000 个字。"),
            ("risks", &self.risks, 1_000, "影响和风险请填写 2 至 1000 个字。"),
            ("measures", &self.measures, 1_000, "保护措施请填写 2 至 1000 个字。"),
            ("assessor", &self.assessor, 100, "评估人请填写 2 至 100 个字。"),
        ];
        for (field, text, most, told) in texts {
            wrong.want((2..=most).contains(&text.trim().chars().count()), field, told);
        }
        let known = |code: &str| consent::purpose(context.house(), code).is_some();
        wrong.want(self.purpose.as_deref().is_none_or(known), "purpose", "请从列表中选择单独同意事项。");
        wrong.want(self.assessed_on <= context.today(), "assessed_on", "评估日期不能晚于今天。");
        wrong.want(self.assessed_on < self.valid_until, "valid_until", "有效期应晚于评估日期。");
        wrong.refuse()?;
        let plain = |text: &str| text.trim().to_owned();
        Ok(Model {
            id,
            organisation_id: self.organisation_id,
            subject: plain(&self.subject),
            purpose: self.purpose.clone(),
            aims: plain(&self.aims),
            risks: plain(&self.risks),
            measures: plain(&self.measures),
            conclusion: self.conclusion,
            assessor: plain(&self.assessor),
            assessed_on: self.assessed_on,
            valid_until: self.valid_until,
            version,
        })
    }
}

/// An assessment of the caller's scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn get(conn: &Connection, context: &Context, id: Id) -> Result<Model, Problem> {
    let mine = context.scope().within((Entity, Column::OrganisationId));
    Entity::find_by_id(id).filter(mine).one(conn).await?.ok_or_else(Problem::not_found)
}

/// Writes an assessment down. It takes the place of older ones of the same subject, of its union and of those below.
///
/// # Errors
/// 404 for an organisation out of scope; 422 that names each field.
pub async fn create(caller: &Caller<Assess>, form: &AssessmentForm) -> Result<AssessmentRow, Problem> {
    let id = caller.id();
    caller
        .unit(|unit| async move {
            let row = form.row(&unit, caller, (id, 1)).await?;
            Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let detail =
                json!({ "subject": row.subject, "conclusion": row.conclusion, "valid_until": row.valid_until });
            audit::record(&unit, caller, ("assessments.create", "kernel/assessment", id), row.organisation_id, detail)
                .await?;
            rows(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Mends what was written.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else saved meanwhile, 422 that names each field.
pub async fn change(
    caller: &Caller<Assess>,
    id: Id,
    seen: &IfMatch,
    form: &AssessmentForm,
) -> Result<AssessmentRow, Problem> {
    caller
        .unit(|unit| async move {
            let old = get(&unit, caller, id).await?;
            etag::check(&unit, id, old.version, seen).await?;
            let new = form.row(&unit, caller, (id, old.version + 1)).await?;
            let fields = etag::changed(&AssessmentForm::of(&old), &AssessmentForm::of(&new));
            new.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, id, new.version, &fields).await?;
            let detail = json!({ "subject": new.subject, "fields": fields });
            audit::record(&unit, caller, ("assessments.change", "kernel/assessment", id), new.organisation_id, detail)
                .await?;
            rows(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 登记个人信息保护影响评估
#[utoipa::path(post, path = "/impact-assessments", tag = "access", operation_id = "create_impact_assessment",
    extensions(("x-permission" = json!("access.assess"))), request_body = AssessmentForm,
    responses((status = 201, body = AssessmentRow)))]
pub(super) async fn post_assessment(
    caller: Caller<Assess>,
    Json(form): Json<AssessmentForm>,
) -> Result<impl IntoResponse, Problem> {
    let made = create(&caller, &form).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}

/// 修改个人信息保护影响评估
#[utoipa::path(put, path = "/impact-assessments/{id}", tag = "access", operation_id = "change_impact_assessment",
    extensions(("x-permission" = json!("access.assess"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = AssessmentForm,
    responses((status = 200, body = AssessmentRow)))]
pub(super) async fn put_assessment(
    caller: Caller<Assess>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<AssessmentForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(changed.version), Json(changed)))
}
