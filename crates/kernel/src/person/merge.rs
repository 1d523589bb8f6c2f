//! Two records turn out to be one person: the papers, the phone and all that was recorded go over to the record that
//! stays; the other one tells where it went.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Entity, Merging, Model, living, paper,
    permissions::Merge,
    sealed,
    view::{self, PersonDetail},
};
use crate::{Caller, Context, Problem, access, audit, consent, etag, ledger, outbox, problem::reason};

crate::refusals! {
    /// Why two records are not merged.
    pub enum MergeRefusal {
        /// A record into itself.
        Oneself = 422 "merge_oneself" "不能并入自己，请选择另一份档案。",
    }
}

/// Into which record, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct MergePerson {
    /// The record that stays.
    pub into_id: Id,
    /// Why, 2 to 200 characters.
    pub reason: String,
}

/// What is announced as `people_merged`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct PeopleMerged {
    /// The record that went.
    pub from_id: Id,
    /// The record that stays.
    pub into_id: Id,
}

/// Merges a record into another and answers the one that stays.
///
/// # Errors
/// 404, [`MergeRefusal`], 409 for a record that was merged before or made nameless, 422 without a reason, or what a programme
/// refuses.
pub async fn merge(caller: &Caller<Merge>, id: Id, input: &MergePerson) -> Result<PersonDetail, Problem> {
    let reason = reason(&input.reason, "请填写合并原因，2 至 200 字。")?;
    if id == input.into_id {
        return Err(MergeRefusal::Oneself.into());
    }
    let context: &Context = caller;
    let merging = Merging { from: id, into: input.into_id };
    caller.unit(|unit| async move { work(&unit, context, merging, reason).await }).await
}

async fn work(unit: &Unit, context: &Context, merging: Merging, reason: &str) -> Result<PersonDetail, Problem> {
    let Merging { from, into } = merging;
    let gone = living(unit, context.scope(), from).await?;
    living(unit, context.scope(), into).await?;
    for hand_over in context.house().programmes().iter().flat_map(|programme| programme.on_merge) {
        hand_over(unit, context, merging).await?;
    }
    merging.hand_over::<paper::Entity>(unit, paper::Column::PersonId).await?;
    merging.hand_over::<consent::Entity>(unit, consent::Column::PersonId).await?;
    // He logs in anew, as the person he is.
    access::session::Entity::delete_many().filter(access::session::Column::PersonId.eq(from)).exec(unit).await?;
    // With what was handed over he may have come to another union.
    let stays = completed(context, row(unit, into).await?, &gone)?;
    save(unit, stays.clone(), &["phone", "group", "birth_date", "papers"]).await?;
    let gone = Model { merged_into: Some(into), phone_index: None, phone_sealed: None, phone_lost_at: None, ..gone };
    save(unit, gone, &["merged_into"]).await?;
    ledger::merge_people(unit, context, from, into).await?;
    outbox::publish(unit, context, "people_merged", &PeopleMerged { from_id: from, into_id: into })?;
    let detail = json!({ "merged": from, "reason": reason });
    audit::record(unit, context, ("people.merge", "kernel/person", into), stays.organisation_id, detail).await?;
    view::detail(unit, context, row(unit, into).await?).await
}

async fn row(unit: &Unit, id: Id) -> Result<Model, Problem> {
    Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)
}

/// What the record that stays does not know is taken from the one that goes.
fn completed(context: &Context, stays: Model, gone: &Model) -> Result<Model, Problem> {
    let group = stays.worker_group.clone().or_else(|| gone.worker_group.clone());
    let birth_date = stays.birth_date.or(gone.birth_date);
    let mut stays = Model { worker_group: group, birth_date, ..stays };
    if stays.phone_sealed.is_none()
        && let Some(phone) = sealed::phone(context, gone)?
    {
        stays.phone_sealed = Some(sealed::seal_phone(context, stays.id, &phone));
        stays.phone_index = Some(context.house().keyring().blind_index("phone", &phone));
        stays.phone_lost_at = None;
    }
    Ok(stays)
}

async fn save(unit: &Unit, person: Model, fields: &[&str]) -> Result<(), Problem> {
    let person = Model { version: person.version + 1, ..person };
    let (id, version) = (person.id, person.version);
    person.into_active_model().reset_all().update(unit).await?;
    etag::note(unit, id, version, &fields.iter().map(|&field| field.to_owned()).collect::<Vec<_>>()).await
}

#[utoipa::path(post, path = "/people/{id}/merge", tag = "person", operation_id = "merge_people",
    extensions(("x-permission" = json!("people.merge"))), params(("id" = Id, Path)), request_body = MergePerson,
    responses((status = 200, body = PersonDetail), MergeRefusal))]
pub(super) async fn merge_people(
    caller: Caller<Merge>,
    Path(id): Path<Id>,
    Json(input): Json<MergePerson>,
) -> Result<Json<PersonDetail>, Problem> {
    Ok(Json(merge(&caller, id, &input).await?))
}
