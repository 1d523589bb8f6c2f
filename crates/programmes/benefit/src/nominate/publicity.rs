//! Showing those who were approved to everybody, for as many working days as the rulebook says.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use kernel::{Caller, Context, Problem, audit, rulebook};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde_json::json;

use super::{
    NominationRefusal,
    leave_out::{leave_out, leave_out_moved},
    rounds::{NominationRound, reach, views},
};
use crate::{
    claim::{Stand, no_longer},
    permissions::Approve,
    programme::PUBLICITY_DAYS,
    rules::window::Phase,
    tables::{
        nomination::{Column, Entity, NominationState},
        offer::{self, OfferState, Way},
        publicity, round,
    },
};

/// Begins to show those who still qualify, and leaves the others out; the first of the working days is the next one.
///
/// # Errors
/// 404 if the round is absent or foreign, [`NominationRefusal`], 409 for a year without a calendar.
pub async fn show(caller: &Caller<Approve>, id: Id) -> Result<NominationRound, Problem> {
    caller
        .unit(|unit| async move {
            let (round, offer) = ready(&unit, caller, id).await?;
            let approved = still_approved(&unit, caller, id).await?;
            let (today, until) = (caller.today(), last_day(&unit, caller, &offer).await?);
            let row = publicity::ActiveModel {
                round_id: Set(id),
                organisation_id: Set(offer.organisation_id),
                started_on: Set(today),
                until: Set(until),
                started_by: Set(caller.actor().word()),
                ended_at: Set(None),
            };
            publicity::Entity::insert(row).exec_without_returning(&unit).await?;
            let act = ("benefits.show_nominations", "benefit/offer", offer.id);
            let detail = json!({ "round": id, "approved": approved, "until": until });
            audit::record(&unit, caller, act, offer.organisation_id, detail).await?;
            views(&unit, caller, vec![(round, offer)]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// A round of which all who were nominated are decided on, and that may be shown.
async fn ready(unit: &Unit, context: &Context, id: Id) -> Result<(round::Model, offer::Model), Problem> {
    let (round, offer) = reach(unit, context.scope(), id).await?;
    offer::in_scope(unit, context.scope(), offer.id).await?;
    if offer.way != Way::Nominate {
        return Err(NominationRefusal::NotNominated.into());
    }
    if offer.state == OfferState::Closed {
        return Err(NominationRefusal::Ended.into());
    }
    if publicity::Entity::find_by_id(id).one(unit).await?.is_some() {
        return Err(NominationRefusal::Shown.into());
    }
    if round.phase(&offer, context.now().into()) != Phase::Over {
        return Err(NominationRefusal::StillOpen.into());
    }
    leave_out_moved(unit, context, (id, offer.organisation_id)).await?;
    match of(id, NominationState::Proposed).count(unit).await? {
        0 => Ok((round, offer)),
        count => Err(NominationRefusal::Undecided { count }.into()),
    }
}

/// Those of a round with whom it stands so.
fn of(round: Id, state: NominationState) -> Select<Entity> {
    Entity::find().filter(Column::RoundId.eq(round)).filter(Column::State.eq(state))
}

/// How many of those who were approved still qualify; the others are left out.
async fn still_approved(unit: &Unit, context: &Context, round: Id) -> Result<usize, Problem> {
    let approved = of(round, NominationState::Approved).all(unit).await?;
    let people: Vec<Id> = approved.iter().map(|one| one.person_id).collect();
    let not = no_longer(unit, context, &Stand::read(unit, round).await?, &people).await?;
    match (approved.first(), approved.iter().all(|one| not.contains_key(&one.person_id))) {
        (None, _) => return Err(NominationRefusal::Nobody.into()),
        (Some(first), true) => {
            let why = not.get(&first.person_id).cloned().unwrap_or_default();
            return Err(NominationRefusal::NobodyLeft { why }.into());
        }
        (Some(_), false) => {}
    }
    for one in &approved {
        if let Some(why) = not.get(&one.person_id) {
            leave_out(unit, context, one, ("公示前", why)).await?;
        }
    }
    Ok(approved.len() - not.len())
}

/// The last day of a showing that begins today: what is given on the day after it must still be of use.
async fn last_day(unit: &Unit, context: &Context, offer: &offer::Model) -> Result<NaiveDate, Problem> {
    let today = context.today();
    let days = rulebook::number(unit, context, &PUBLICITY_DAYS, offer.organisation_id, today).await?;
    let calendar = rulebook::working_calendar(unit, offer.organisation_id).await?;
    let days = u32::try_from(days.clamp(1, 60)).unwrap_or(1);
    let until = calendar.add_working_days(today, days);
    let until = until.map_err(|year| Problem::new(409, year.code(), year.message()))?;
    if until >= offer.redeem_until {
        return Err(NominationRefusal::TooLate {
            until: calendar::day_in_words(until),
            last: calendar::day_in_words(offer.redeem_until),
        }
        .into());
    }
    Ok(until)
}

/// Whether people approved in a round of an offer are publicly shown, or wait for what was objected to be answered.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn goes_on(conn: &Connection, offer: Id) -> Result<bool, Problem> {
    let rounds = round::Entity::find()
        .select_only()
        .column(round::Column::Id)
        .filter(round::Column::OfferId.eq(offer))
        .into_query();
    let shown = publicity::Entity::find()
        .filter(publicity::Column::EndedAt.is_null())
        .filter(publicity::Column::RoundId.in_subquery(rounds));
    Ok(shown.one(conn).await?.is_some())
}

/// 公示
#[utoipa::path(
    post, path = "/benefit-nomination-rounds/{id}/publicity", tag = "benefit", operation_id = "show_nominations",
    extensions(("x-permission" = json!("benefit.approve"))),
    params(("id" = Id, Path)), responses((status = 200, body = NominationRound), NominationRefusal),
)]
pub async fn post_publicity(caller: Caller<Approve>, Path(id): Path<Id>) -> Result<Json<NominationRound>, Problem> {
    show(&caller, id).await.map(Json)
}
