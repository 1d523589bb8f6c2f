//! Nominating somebody within the share of his union, and withdrawing it before it is decided.

use std::collections::HashMap;

use axum::{Json, extract::Path, http::StatusCode};
use database::{Connection, Id, Unit};
use kernel::{Caller, Context, Problem, person, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    NominationRefusal,
    list::{NominationRow, rows},
    note, reason,
    rounds::reach,
};
use crate::{
    claim::{ClaimRefusal, Stand, admit_to, waiting, who},
    kind,
    permissions::Nominate,
    rules::nominate::has_room,
    tables::{
        nomination::{self, ActiveModel, Column, Entity, NominationState},
        offer::Way,
        publicity, share,
    },
};

/// Who is nominated, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewNomination {
    /// Who.
    pub person_id: Id,
    /// Why, 2 to 200 characters.
    #[schema(max_length = 200)]
    pub reason: String,
}

/// Asks for a reason.
pub(super) const REASON_WANTED: &str = "请写明推荐理由（2至200字）。";

/// Nominates.
///
/// # Errors
/// 404 if the round or the person is absent or foreign, [`NominationRefusal`], 422 without a reason.
pub async fn nominate(caller: &Caller<Nominate>, id: Id, form: &NewNomination) -> Result<NominationRow, Problem> {
    caller
        .unit(|unit| async move {
            reach(&unit, caller.scope(), id).await?;
            let person = person::living(&unit, caller.scope(), form.person_id).await?;
            let why = problem::reason(&form.reason, REASON_WANTED)?;
            let stand = open_for_nominations(&unit, caller, id).await?;
            let model = one(&unit, caller, &stand, (&person, why)).await?;
            rows(&unit, caller, vec![model]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// How a round stands for which unions nominate now; not once it is shown, which a process may do whose clock is ahead.
///
/// # Errors
/// 404 for a round that was never published, [`NominationRefusal`].
pub(super) async fn open_for_nominations(unit: &Unit, context: &Context, round: Id) -> Result<Stand, Problem> {
    let stand = Stand::read(unit, round).await?;
    if stand.offer.way != Way::Nominate {
        return Err(NominationRefusal::NotNominated.into());
    }
    stand.is_open(context.now().into()).map_err(|_| NominationRefusal::NotOpen)?;
    if publicity::Entity::find_by_id(round).one(unit).await?.is_some() {
        return Err(NominationRefusal::Shown.into());
    }
    Ok(stand)
}

/// Nominates somebody whom the caller has loaded in his scope, in the unit that needs it. What is refused is refused before
/// anything is written.
///
/// # Errors
/// [`NominationRefusal`].
pub(super) async fn one(
    unit: &Unit,
    context: &Context,
    stand: &Stand,
    (person, why): (&person::Model, &str),
) -> Result<nomination::Model, Problem> {
    let (share, group) = admitted(unit, context, stand, person.id).await?;
    room(unit, stand, person.id, share).await?;
    let key = context.id();
    let model = nomination::Model {
        id: key,
        offer_id: stand.offer.id,
        round_id: stand.round.id,
        share_id: share,
        organisation_id: person.organisation_id,
        person_id: person.id,
        worker_group: group,
        reason_sealed: context.house().keyring().seal(reason(key), why, context.house().ambient().bytes()),
        state: NominationState::Proposed,
        nominated_by: context.actor().word(),
        nominated_at: context.now().into(),
        note: String::new(),
        decided_by: None,
        decided_at: None,
    };
    Entity::insert(ActiveModel::from(model.clone()).reset_all()).exec_without_returning(unit).await?;
    note(unit, context, "benefits.nominate", &model, json!({ "round": stand.round.id })).await?;
    Ok(model)
}

/// The share that a piece for him comes from, and his worker group, if the offer is for him.
async fn admitted(unit: &Unit, context: &Context, stand: &Stand, person: Id) -> Result<(Id, Option<String>), Problem> {
    let fact_kind = kind::get(unit, &stand.offer.kind).await?.fact_kind;
    let known = who(unit, (&stand.audience, &fact_kind), &[person], context.today()).await?.remove(&person);
    let by_place: HashMap<Id, Id> = stand.shares.iter().map(|share| (share.organisation_id, share.id)).collect();
    let share = admit_to(stand, &by_place, known.as_ref(), context.today()).map_err(|refusal| match refusal {
        ClaimRefusal::NotForYou { why } => NominationRefusal::NotFor { why },
        _ => NominationRefusal::NoShare,
    })?;
    let rule = (&stand.offer, &stand.audience);
    let waits = waiting(unit, rule, Some(stand.round.id), &[person], context.now().into()).await?;
    if let Some(voucher) = waits.get(&person) {
        return Err(NominationRefusal::NotFor { why: voucher.words(&stand.audience) }.into());
    }
    Ok((share, known.and_then(|known| known.someone.group)))
}

/// Refuses a second nomination of him, and one more than the share holds.
async fn room(unit: &Unit, stand: &Stand, person: Id, share: Id) -> Result<(), Problem> {
    let taking =
        Entity::find().filter(Column::RoundId.eq(stand.round.id)).filter(Column::State.ne(NominationState::Withdrawn));
    if taking.filter(Column::PersonId.eq(person)).one(unit).await?.is_some() {
        return Err(NominationRefusal::Nominated.into());
    }
    has_place(unit, stand, share).await
}

/// Refuses one more than a share holds.
pub(super) async fn has_place(unit: &Unit, stand: &Stand, share: Id) -> Result<(), Problem> {
    let taking = Entity::find()
        .filter(Column::RoundId.eq(stand.round.id))
        .filter(Column::ShareId.eq(share))
        .filter(Column::State.is_in(NominationState::TAKING));
    let found: Option<&share::Model> = stand.shares.iter().find(|one| one.id == share);
    let quota = found.map_or(0, |share| share.quota);
    if has_room(quota, taking.count(unit).await?) { Ok(()) } else { Err(NominationRefusal::ShareFull { quota }.into()) }
}

/// A nomination of the caller's people.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn own(conn: &Connection, context: &Context, id: Id) -> Result<nomination::Model, Problem> {
    let query = Entity::find_by_id(id).filter(context.scope().within((Entity, Column::OrganisationId)));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// Withdraws a nomination that is not decided.
///
/// # Errors
/// 404 if it is absent or foreign, [`NominationRefusal`].
pub async fn withdraw(caller: &Caller<Nominate>, id: Id) -> Result<NominationRow, Problem> {
    caller
        .unit(|unit| async move {
            let old = own(&unit, caller, id).await?;
            if old.state != NominationState::Proposed {
                return Err(NominationRefusal::Decided.into());
            }
            let model = nomination::Model { state: NominationState::Withdrawn, ..old };
            let row = ActiveModel { state: Set(model.state), ..Default::default() };
            Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(&unit).await?;
            note(&unit, caller, "benefits.withdraw_nomination", &model, json!({})).await?;
            rows(&unit, caller, vec![model]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 推荐
#[utoipa::path(
    post, path = "/benefit-nomination-rounds/{id}/nominations", tag = "benefit", operation_id = "nominate",
    extensions(("x-permission" = json!("benefit.nominate"))),
    params(("id" = Id, Path)), request_body = NewNomination,
    responses((status = 201, body = NominationRow), NominationRefusal),
)]
pub async fn post_nomination(
    caller: Caller<Nominate>,
    Path(id): Path<Id>,
    Json(form): Json<NewNomination>,
) -> Result<(StatusCode, Json<NominationRow>), Problem> {
    Ok((StatusCode::CREATED, Json(nominate(&caller, id, &form).await?)))
}

/// 撤回推荐
#[utoipa::path(
    post, path = "/benefit-nominations/{id}/withdraw", tag = "benefit", operation_id = "withdraw_nomination",
    extensions(("x-permission" = json!("benefit.nominate"))),
    params(("id" = Id, Path)), responses((status = 200, body = NominationRow), NominationRefusal),
)]
pub async fn post_withdraw(caller: Caller<Nominate>, Path(id): Path<Id>) -> Result<Json<NominationRow>, Problem> {
    withdraw(&caller, id).await.map(Json)
}
