//! Taking back a kit that was entered by mistake at a table: the fact is reversed, and whoever it was meant for waits for his.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{
    Caller, Problem, audit,
    ledger::{self, Fact, Source, fact},
    outbox, person, problem,
};
use sea_orm::entity::prelude::*;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{hand_over_kit::HandedOver, view::in_scope};
use crate::{
    permissions::HandOverKits,
    programme::KIT_HANDED_OVER,
    tables::{join, kit, second_kit},
};

kernel::refusals! {
    /// Why no kit is taken back.
    pub enum TakeKitBackRefusal {
        /// None was handed over.
        NotGiven = 409 "kit_not_given" "此人没有领取礼包的登记，请刷新后查看。",
        /// By its voucher, where it is taken back.
        ByVoucher = 409 "kit_by_voucher" "礼包是凭普惠服务的凭证领取的，请在该服务的领取记录里撤销核销。",
        /// The ledger counts one, which he has.
        Twice = 409 "kit_given_twice" "礼包登记过两次，台账只计一次；其中一次有误的，不用撤销。",
    }
}

/// Whose kit, and why.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TakeKitBack {
    /// Who joined.
    pub join_id: Id,
    /// The reason, 2 to 200 characters.
    #[schema(max_length = 200)]
    pub reason: String,
}

/// Takes back; answers what had been entered.
///
/// # Errors
/// 404 if the event is absent or foreign, or he did not join there; [`TakeKitBackRefusal`], 422 without a reason; 409 for a day
/// of a quarter that was handed up.
pub async fn take_back(caller: &Caller<HandOverKits>, id: Id, form: &TakeKitBack) -> Result<HandedOver, Problem> {
    let reason = problem::reason(&form.reason, "请填写撤销原因（2至200字）。")?;
    let taken = caller
        .unit(|unit| async move {
            in_scope(&unit, caller, id).await?;
            let joined = join::Entity::find_by_id(form.join_id).filter(join::Column::EventId.eq(id));
            let joined = joined.one(&unit).await?.ok_or_else(Problem::not_found)?;
            let given = kit::Entity::find_by_id(joined.id).one(&unit).await?.ok_or(TakeKitBackRefusal::NotGiven)?;
            let second = second_kit::Entity::find()
                .filter(second_kit::Column::EventId.eq(id))
                .filter(second_kit::Column::JoinId.eq(joined.id));
            if second.one(&unit).await?.is_some() {
                return Err(TakeKitBackRefusal::Twice.into());
            }
            let fact = told_of(&unit, &joined).await?.ok_or(TakeKitBackRefusal::ByVoucher)?;
            if fact.day < caller.today() {
                // What was reported for a closed time stays as it was reported.
                ledger::entry_allowed(&unit, caller, fact.organisation_id, fact.day).await?;
            }
            // He may have joined a union beside the caller's: the event lends it, and no more.
            let lent = caller.lent(vec![fact.organisation_id]);
            ledger::reverse(&unit, &lent, fact.id, Source { kind: "membership/event", id }).await?;
            kit::Entity::delete_by_id(joined.id).exec(&unit).await?;
            // Told by the same event as the handing over: what happens to one kit is heard in its order.
            let told = serde_json::json!({ "event": id, "person": joined.person_id, "taken_back": true });
            outbox::publish(&unit, caller, "kit_handed_over", &told)?;
            let act = ("events.take_kit_back", "membership/join", joined.id);
            let detail = serde_json::json!({ "event": id, "reason": reason });
            audit::record(&unit, caller, act, joined.organisation_id, detail).await?;
            Ok(HandedOver { given_at: given.given_at, gate: given.gate })
        })
        .await?;
    caller.house().live().changed(format!("event/{id}"));
    Ok(taken)
}

/// The fact that a table posted of his kit, if it stands; it names the record that was his then.
async fn told_of(unit: &Unit, joined: &join::Model) -> Result<Option<Fact>, Problem> {
    let his = person::Entity::find_by_id(joined.person_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let his = person::with_merged(unit, his).await?;
    let told = fact::Entity::find()
        .filter(fact::on_all_shelves(unit))
        .filter(fact::Column::PersonId.is_in(his.iter().map(|record| record.id)))
        .filter(fact::Column::Kind.eq(KIT_HANDED_OVER))
        .filter(fact::Column::SourceKind.eq("membership/event"))
        .filter(fact::Column::SourceId.eq(joined.event_id))
        .filter(fact::stands());
    Ok(told.one(unit).await?)
}

/// 撤销入会礼包的发放
#[utoipa::path(
    post, path = "/events/{id}/kits/take-back", tag = "events", operation_id = "take_kit_back",
    extensions(("x-permission" = json!("membership.hand_over_kits"))),
    params(("id" = Id, Path)), request_body = TakeKitBack,
    responses((status = 200, body = HandedOver), TakeKitBackRefusal),
)]
pub async fn post_take_kit_back(
    caller: Caller<HandOverKits>,
    Path(id): Path<Id>,
    Json(form): Json<TakeKitBack>,
) -> Result<Json<HandedOver>, Problem> {
    take_back(&caller, id, &form).await.map(Json)
}
