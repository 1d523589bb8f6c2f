//! Opening one masked field of one person. Who opened what, when and why stands in the audit chain, where the person
//! himself can read it (个人信息保护法 art. 44, 45).

use axum::{Json, extract::Path};
use database::{Id, Unit};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{Model, living, permissions, sealed, view};
use crate::{Actor, Caller, Context, Problem, audit, problem};

crate::refusals! {
    /// Why nothing is opened.
    pub enum RevealRefusal {
        /// There is nothing behind the mask.
        NothingKept = 404 "nothing_kept" "这项信息没有登记。",
        /// Many were opened of late.
        TooMany = 429 "too_often" "您今天查看的原文较多，请稍后再试；要大批核对的，请申请导出，由另一名干部批准。",
    }
}

/// A field that is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaskedField {
    /// The name.
    Name,
    /// A paper's number.
    DocumentNumber,
    /// The mobile number.
    Phone,
}

impl MaskedField {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::DocumentNumber => "证件号码",
            Self::Phone => "手机号码",
        }
    }
}

/// What a field is opened for. Nothing else may be done with it (个人信息保护法 art. 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RevealPurpose {
    /// 联系本人
    Contact,
    /// 核对身份
    Verify,
    /// 为本人办理业务
    Service,
    /// 依法提供或配合调查
    Legal,
}

impl RevealPurpose {
    /// What people read for a purpose's code.
    #[must_use]
    pub fn label(code: &str) -> Option<&'static str> {
        match code {
            "contact" => Some("联系本人"),
            "verify" => Some("核对身份"),
            "service" => Some("为本人办理业务"),
            "legal" => Some("依法提供或配合调查"),
            _ => None,
        }
    }
}

/// What is to be opened, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct RevealRequest {
    /// Which field.
    pub field: MaskedField,
    /// Which paper, for a document number; the first one unless told.
    pub paper_id: Option<Id>,
    /// What for.
    pub purpose: RevealPurpose,
    /// Why, 2 to 200 characters; the person can read it.
    pub reason: String,
}

/// What stood behind the mask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Revealed {
    /// The plain value.
    pub value: String,
}

/// Refuses another system, and an officer who opened many secrets of late: a human looks, one by one.
///
/// # Errors
/// 403; [`RevealRefusal`].
pub fn one_by_one(context: &Context) -> Result<(), Problem> {
    if matches!(context.actor(), Actor::Token { .. }) {
        return Err(Problem::forbidden());
    }
    let counted = context.house().limits().reveals.by(&context.actor().word());
    counted.map_err(|wait| Problem { retry_after: wait.retry_after, ..Problem::from(RevealRefusal::TooMany) })
}

/// Opens one field, and notes it.
///
/// # Errors
/// 403 for another system, 404, [`RevealRefusal`], 409 for a merged record, 422 without a reason.
pub async fn reveal(caller: &Caller<permissions::Reveal>, id: Id, input: &RevealRequest) -> Result<Revealed, Problem> {
    let reason = problem::reason(&input.reason, "请填写查看原因，2 至 200 字；本人可以看到。")?;
    let context: &Context = caller;
    one_by_one(context)?;
    caller
        .unit(|unit| async move {
            let person = living(&unit, context.scope(), id).await?;
            let value = open(&unit, context, &person, input).await?.ok_or(RevealRefusal::NothingKept)?;
            let act = ("people.reveal", "kernel/person", id);
            let detail = json!({
                "field": input.field, "paper": input.paper_id, "purpose": input.purpose, "reason": reason,
                "of": context.scope().roots(),
            });
            audit::record(&unit, context, act, person.organisation_id, detail).await?;
            Ok(Revealed { value })
        })
        .await
}

async fn open(
    unit: &Unit,
    context: &Context,
    person: &Model,
    input: &RevealRequest,
) -> Result<Option<String>, Problem> {
    match input.field {
        MaskedField::Name => Ok(Some(person.name.clone())),
        MaskedField::Phone => Ok(sealed::phone(context, person)?),
        MaskedField::DocumentNumber => {
            let papers = view::papers(unit, person.id).await?;
            let paper = papers.iter().find(|paper| input.paper_id.is_none_or(|id| paper.id == id));
            Ok(paper.map(|paper| sealed::number(context, paper)).transpose()?)
        }
    }
}

#[utoipa::path(post, path = "/people/{id}/reveal", tag = "person", operation_id = "reveal_person",
    extensions(("x-permission" = json!("people.reveal"))), params(("id" = Id, Path)), request_body = RevealRequest,
    responses((status = 200, body = Revealed), RevealRefusal))]
pub(super) async fn reveal_person(
    caller: Caller<permissions::Reveal>,
    Path(id): Path<Id>,
    Json(input): Json<RevealRequest>,
) -> Result<Json<Revealed>, Problem> {
    Ok(Json(reveal(&caller, id, &input).await?))
}
