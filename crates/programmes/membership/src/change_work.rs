//! Where a member works changes more often than his union: the platform company and the employer that his membership tells.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{
    Caller, Problem, audit,
    etag::{self, IfMatch},
    problem::words,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    apply::{ApplyRefusal, check_platform},
    keep::MemberStanding,
    permissions::KeepMembers,
    step::StepRefusal,
    tables::member,
};

/// Where he works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MemberWork {
    /// The platform company.
    pub platform_id: Option<Id>,
    /// The employer, at most 100 characters.
    #[schema(max_length = 100)]
    pub employer: Option<String>,
}

/// Puts right where a member works. Who is no member any more, or was made nameless, gets nothing new.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else changed it since, 422, [`ApplyRefusal`], [`StepRefusal`].
pub async fn change_work(
    caller: &Caller<KeepMembers>,
    id: Id,
    seen: &IfMatch,
    input: &MemberWork,
) -> Result<MemberStanding, Problem> {
    caller
        .unit(|unit| async move {
            let old = member::in_scope(&unit, caller.scope(), id).await?;
            etag::check(&unit, id, old.version, seen).await?;
            if !old.state.takes_the_place() {
                return Err(StepRefusal::NotAllowed { standing: old.state.label(), step: "更正工作情况" }.into());
            }
            check_platform(&unit, input.platform_id).await?;
            let employer = employer(input.employer.as_deref())?;
            let after = MemberWork { platform_id: input.platform_id, employer };
            let before = MemberWork { platform_id: old.platform_id, employer: old.employer };
            let (fields, version) = (etag::changed(&before, &after), old.version + 1);
            let row = member::ActiveModel {
                platform_id: Set(after.platform_id),
                employer: Set(after.employer),
                changed_at: Set(caller.now().into()),
                version: Set(version),
                ..Default::default()
            };
            database::update(&unit, member::Entity::update_many().set(row).filter(member::Column::Id.eq(id)));
            etag::note(&unit, id, version, &fields).await?;
            let act = ("members.change_work", "membership/member", id);
            audit::record(&unit, caller, act, old.organisation_id, serde_json::json!({ "fields": fields })).await?;
            Ok(MemberStanding::of(id, old.state, version))
        })
        .await
}

fn employer(text: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    Ok(Some(words("employer", text, 1..=100, "工作单位不能超过 100 个字。")?.to_owned()))
}

/// 更正会员的平台企业和工作单位
#[utoipa::path(
    put, path = "/members/{id}/work", tag = "membership", operation_id = "change_member_work",
    extensions(("x-permission" = json!("membership.keep"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = MemberWork, responses((status = 200, body = MemberStanding), ApplyRefusal, StepRefusal),
)]
pub async fn put_work(
    caller: Caller<KeepMembers>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<MemberWork>,
) -> Result<Json<MemberStanding>, Problem> {
    change_work(&caller, id, &seen, &input).await.map(Json)
}
