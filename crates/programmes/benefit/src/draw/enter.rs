//! Putting one's name in for a draw, and taking it out again before the closing.

use std::collections::HashMap;

use axum::{Json, extract::Path, http::StatusCode};
use database::{Id, Moment};
use kernel::{Caller, Context, Problem, permission::Oneself};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    claim::{ClaimRefusal, Stand, admit_to, count_try, waiting, who},
    kind,
    offer::pool::is_drawn,
    tables::{
        entry::{self, EntryState},
        offer::Way,
    },
};

kernel::refusals! {
    /// Why a name is neither put in nor taken out.
    pub enum EntryRefusal {
        /// First come, first served.
        NotDrawn = 409 "not_drawn" "这项服务不抽签，请直接领取。",
        /// It is drawn.
        Drawn = 409 "already_drawn" "已经抽签，不能再退出。",
        /// It never will be.
        CalledOff = 409 "draw_called_off" "这项服务已提前结束，不再抽签，不用退出。",
    }
}

/// A name that was put in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryAnswer {
    /// Its number on the public list.
    pub entry_id: Id,
    /// When it is drawn.
    pub draws_at: Moment,
    /// In words.
    pub message: String,
}

/// Puts one's name in. Whoever has put it in already gets the same number.
///
/// # Errors
/// 404 for a round that is not published; [`ClaimRefusal`], [`EntryRefusal`].
pub async fn enter(caller: &Caller<Oneself>, round: Id) -> Result<EntryAnswer, Problem> {
    enter_for(caller, caller.person()?, round).await
}

/// The same for a person whom the caller has made sure of.
///
/// # Errors
/// As [`enter`].
pub async fn enter_for(caller: &Context, person: Id, round: Id) -> Result<EntryAnswer, Problem> {
    let id = caller.id();
    let now: Moment = caller.now().into();
    caller
        .unit(|unit| async move {
            let stand = Stand::read(&unit, round).await?;
            match stand.offer.way {
                Way::Draw => {}
                Way::FirstCome => return Err(EntryRefusal::NotDrawn.into()),
                Way::Nominate => return Err(ClaimRefusal::ByNomination.into()),
            }
            let own = entry::Entity::find().filter(entry::Column::PersonId.eq(person));
            if let Some(before) = own.filter(entry::Column::RoundId.eq(round)).one(&unit).await? {
                return Ok(answer(before.id, &stand));
            }
            stand.is_open(now)?;
            // A process whose clock is ahead may have drawn them: the public list stays as it was hashed.
            if is_drawn(&unit, round).await? {
                return Err(ClaimRefusal::RoundOver.into());
            }
            let fact_kind = kind::get(&unit, &stand.offer.kind).await?.fact_kind;
            let known = who(&unit, (&stand.audience, &fact_kind), &[person], caller.today()).await?.remove(&person);
            let by_place: HashMap<Id, Id> =
                stand.shares.iter().map(|share| (share.organisation_id, share.id)).collect();
            let share = admit_to(&stand, &by_place, known.as_ref(), caller.today())?;
            let known = known.ok_or_else(Problem::not_found)?;
            let rule = (&stand.offer, &stand.audience);
            if let Some(voucher) = waiting(&unit, rule, Some(round), &[person], now).await?.remove(&person) {
                return Err(ClaimRefusal::waits(voucher.claim, voucher.words(&stand.audience)));
            }
            let row = entry::ActiveModel {
                id: Set(id),
                offer_id: Set(stand.offer.id),
                round_id: Set(round),
                share_id: Set(share),
                organisation_id: Set(known.organisation),
                person_id: Set(person),
                worker_group: Set(known.someone.group),
                state: Set(EntryState::Waiting),
                entered_at: Set(now),
            };
            database::insert::<entry::Entity>(&unit, row)?;
            Ok(answer(id, &stand))
        })
        .await
}

fn answer(entry_id: Id, stand: &Stand) -> EntryAnswer {
    EntryAnswer {
        entry_id,
        draws_at: stand.round.closes_at,
        message: "报名成功，报名截止后自动抽签，结果显示在这里。".to_owned(),
    }
}

/// Takes one's name out.
///
/// # Errors
/// 404 if it is not in; [`EntryRefusal`].
pub async fn leave(caller: &Caller<Oneself>, round: Id) -> Result<(), Problem> {
    let person = caller.person()?;
    let now: Moment = caller.now().into();
    caller
        .unit(|unit| async move {
            let stand = Stand::read(&unit, round).await?;
            let own = entry::Entity::find().filter(entry::Column::PersonId.eq(person));
            let own = own.filter(entry::Column::RoundId.eq(round)).one(&unit).await?.ok_or_else(Problem::not_found)?;
            if own.state == EntryState::CalledOff {
                return Err(EntryRefusal::CalledOff.into());
            }
            if own.state != EntryState::Waiting || now >= stand.round.closes_at {
                return Err(EntryRefusal::Drawn.into());
            }
            entry::Entity::delete_by_id(own.id).exec(&unit).await?;
            Ok(())
        })
        .await
}

/// 报名抽签
#[utoipa::path(
    post, path = "/me/benefit-rounds/{id}/enter", tag = "me", operation_id = "enter_draw",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)),
    responses((status = 201, body = EntryAnswer), ClaimRefusal, EntryRefusal),
)]
pub async fn post_enter(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
) -> Result<(StatusCode, Json<EntryAnswer>), Problem> {
    count_try(&caller)?;
    Ok((StatusCode::CREATED, Json(enter(&caller, id).await?)))
}

/// 退出抽签
#[utoipa::path(
    post, path = "/me/benefit-rounds/{id}/leave", tag = "me", operation_id = "leave_draw",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)),
    responses((status = 204, description = "已退出"), EntryRefusal),
)]
pub async fn post_leave(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    leave(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
