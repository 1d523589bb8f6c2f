//! Claiming a piece of an offer, by phone. The heart of this programme: never one too many, never one lost.
//!
//! Those who ask at the same time are gathered at the round's [desk](desk) and answered by one unit of work, so a rush costs
//! a few statements for a hundred people and not for each. What a unit counts holds, because units run one after another on
//! either database, also those of several server processes. Who comes when nothing is left is told so without a unit.

pub mod cancel;
mod desk;
pub mod export;
pub mod forget;
mod give;
pub mod list;
mod qualify;
mod stand;
pub mod tell_given;
pub mod void;
pub mod void_all;
mod who;

use axum::{Json, extract::Path, http::StatusCode};
use database::Id;
use kernel::{Caller, Context, Problem, permission::Oneself};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use desk::Desk;
pub(crate) use give::{Wanted, admit_to, free, row, take, write};
pub(crate) use qualify::no_longer;
pub(crate) use stand::{Stand, held, shares};
pub(crate) use tell_given::tell_later;
pub(crate) use who::{Unions, Waiting, above, had, unions_of, unused, waiting, who};

kernel::refusals! {
    /// Why somebody gets nothing.
    pub enum ClaimRefusal {
        /// It opens later.
        NotYetOpen { opens: String } = 409 "not_yet_open" "还没有开放领取，{opens}开放。",
        /// It is over.
        RoundOver = 409 "round_over" "本场领取已经结束，请留意下一场。",
        /// Not for him, in words.
        NotForYou { why: String } = 403 "not_for_you" "{why}。",
        /// None is left.
        AllGone = 409 "all_gone" "已经领完了。如有人取消，名额会重新放出，请留意。",
        /// Names are drawn.
        ByDraw = 409 "by_draw" "这项服务通过抽签分配，请报名参加抽签。",
        /// Unions nominate.
        ByNomination = 409 "by_nomination" "这项服务由所在工会推荐，经审批和公示后发放，不用自己领取。",
        /// He has one.
        AlreadyHad = 409 "already_had" "您已经领取过，每人限领一份，请到“我的凭证”查看。",
        /// He has one of the same kind that he has not used, in words.
        Waiting { why: String } = 409 "voucher_waiting" "{why}，请到“我的凭证”查看。",
    }
}

impl ClaimRefusal {
    /// He holds this voucher of the same kind.
    pub(crate) fn waits(claim: Id, why: String) -> Problem {
        Problem::from(Self::Waiting { why }).with_extra(serde_json::json!({ "voucher_id": claim }))
    }
}

/// What one reads after claiming.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClaimAnswer {
    /// The voucher.
    pub voucher_id: Id,
    /// In words.
    pub message: String,
}

/// Claims a piece of a round.
///
/// # Errors
/// 404 for a round that is not published; [`ClaimRefusal`], `already_had` and `voucher_waiting` with the voucher's key as
/// `extra.voucher_id`.
pub async fn claim(caller: &Caller<Oneself>, round: Id) -> Result<ClaimAnswer, Problem> {
    claim_for(caller, caller.person()?, round).await
}

/// The same for a person whom the caller has made sure of.
///
/// # Errors
/// As [`claim`].
pub async fn claim_for(caller: &Context, person: Id, round: Id) -> Result<ClaimAnswer, Problem> {
    let desk = caller.house().here::<Desk>();
    let voucher_id = desk.ask(caller.house(), round, person, caller.fingerprint()).await?;
    Ok(ClaimAnswer { voucher_id, message: "领取成功，请到核销点出示凭证二维码。".to_owned() })
}

/// Counts a try of one who asks for something on his phone, before anything is read for him.
///
/// # Errors
/// 429 if his address or he himself tried too often.
pub(crate) fn count_try(caller: &Caller<Oneself>) -> Result<(), Problem> {
    let limits = caller.house().limits();
    limits.claims_of_worker.by(&caller.actor().word())?;
    limits.claims.by_address(caller)
}

/// 领取
#[utoipa::path(
    post, path = "/me/benefit-rounds/{id}/claim", tag = "me", operation_id = "claim_benefit",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)),
    responses((status = 201, body = ClaimAnswer), ClaimRefusal),
)]
pub async fn post_claim(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
) -> Result<(StatusCode, Json<ClaimAnswer>), Problem> {
    count_try(&caller)?;
    Ok((StatusCode::CREATED, Json(claim(&caller, id).await?)))
}
