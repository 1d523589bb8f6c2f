//! The rounds for which the caller's unions may nominate, or on which they decide.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Page, Problem, Scope,
    caller::{above, below},
    listing::Paging,
    organisation::tree,
};
use sea_orm::{Condition, FromQueryResult, QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::rules::nominate::NominationPhase;
use crate::{
    kind,
    offer::{from_above::shared_out, view::shares_of},
    permissions::SeeOffers,
    rules::nominate,
    tables::{
        nomination::{self, NominationState},
        objection,
        offer::{self, OfferState, Way},
        publicity, round, share,
    },
};

/// What a round waits for, of the union that offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NominationWaiting {
    /// Somebody is nominated and neither approved nor refused.
    Decide,
    /// Somebody objected and has no answer.
    Answer,
    /// The time of nominations is over, nobody waits for a decision, and those approved are not publicly shown yet.
    Show,
    /// Those shown get nothing, because the offer's last day of redemption is over: it must be postponed.
    Postpone,
}

/// Which rounds.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RoundFilter {
    /// Of offers of this organisation, those below it and those above it.
    pub organisation: Option<Id>,
    /// What waits for the caller's unions.
    #[param(inline)]
    pub waiting: Option<NominationWaiting>,
}

/// A round of nominations.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NominationRound {
    /// The round.
    pub id: Id,
    /// The offer.
    pub offer_id: Id,
    /// What is offered.
    pub title: String,
    /// The kind.
    pub kind_label: String,
    /// The word behind a number.
    pub unit: String,
    /// What one should know.
    pub description: String,
    /// The union that offers, and decides.
    pub organisation: String,
    /// From when on unions nominate.
    pub opens_at: Moment,
    /// Until when.
    pub closes_at: Moment,
    /// Where it stands.
    pub phase: NominationPhase,
    /// In words.
    pub phase_label: String,
    /// From this day on those approved are publicly shown.
    pub shown_from: Option<NaiveDate>,
    /// The last day.
    pub shown_until: Option<NaiveDate>,
    /// Whether nothing is given of what was shown, because the offer's last day of redemption is over: it must be postponed.
    pub too_late: bool,
    /// The last day of redemption.
    pub redeem_until: NaiveDate,
    /// The pieces set aside.
    pub shares: Vec<NominationShare>,
    /// Whether the caller's unions decide on it.
    pub decides: bool,
}

/// Pieces for whom a union and those below it nominate.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NominationShare {
    /// For whose people.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// How many there are.
    pub quota: i64,
    /// How many are nominated, and neither withdrawn nor refused.
    pub nominated: i64,
}

/// Offers by nomination that were published, of the caller's unions or with a share from which they nominate.
fn reached(scope: &Scope) -> Condition {
    let published =
        Condition::all().add(offer::Column::Way.eq(Way::Nominate)).add(offer::Column::State.ne(OfferState::Draft));
    let place = (offer::Entity, offer::Column::OrganisationId);
    let Some(roots) = scope.roots() else { return published };
    // Whose share it is from which the caller's people are nominated: his own unions, those below, and those above.
    let own = Condition::any()
        .add(scope.within((share::Entity, share::Column::OrganisationId)))
        .add(share::Column::OrganisationId.in_subquery(above(roots)));
    published.add(Condition::any().add(scope.within(place)).add(offer::Column::Id.in_subquery(shared_out(own))))
}

/// A round that the caller's unions nominate for or decide on.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn reach(conn: &Connection, scope: &Scope, id: Id) -> Result<(round::Model, offer::Model), Problem> {
    let round = round::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let offer = offer::Entity::find_by_id(round.offer_id).filter(reached(scope)).one(conn).await?;
    Ok((round, offer.ok_or_else(Problem::not_found)?))
}

#[derive(FromQueryResult)]
struct Count {
    share_id: Id,
    number: i64,
}

/// How many take a place of each share of some rounds.
async fn nominated(conn: &Connection, rounds: &[Id]) -> Result<HashMap<Id, i64>, Problem> {
    use nomination::Column;
    let counts = nomination::Entity::find()
        .select_only()
        .column(Column::ShareId)
        .column_as(Column::Id.count(), "number")
        .filter(Column::RoundId.is_in(rounds.iter().copied()))
        .filter(Column::State.is_in(NominationState::TAKING))
        .group_by(Column::ShareId)
        .into_model::<Count>()
        .all(conn)
        .await?;
    Ok(counts.into_iter().map(|count| (count.share_id, count.number)).collect())
}

/// Rounds as officers see them.
///
/// # Errors
/// A fault of the database.
pub(super) async fn views(
    conn: &Connection,
    context: &Context,
    rounds: Vec<(round::Model, offer::Model)>,
) -> Result<Vec<NominationRound>, Problem> {
    let ids: Vec<Id> = rounds.iter().map(|(round, _)| round.id).collect();
    let models: Vec<round::Model> = rounds.iter().map(|(round, _)| round.clone()).collect();
    let shares = shares_of(conn, &models).await?;
    let nominated = nominated(conn, &ids).await?;
    let shown = publicity::Entity::find().filter(publicity::Column::RoundId.is_in(ids)).all(conn).await?;
    let unions = rounds.iter().map(|(_, offer)| offer.organisation_id);
    let unions = unions.chain(shares.iter().map(|share| share.organisation_id));
    let names = tree::names(conn, unions).await?;
    let kinds = kind::all(conn).await?;
    let offering = rounds.iter().map(|(_, offer)| offer.organisation_id);
    let own = tree::names_within(conn, context.scope(), offering).await?;
    let name = |id: &Id| names.get(id).cloned().unwrap_or_default();
    let share = |share: &share::Model| NominationShare {
        organisation_id: share.organisation_id,
        organisation: name(&share.organisation_id),
        quota: share.quota,
        nominated: nominated.get(&share.id).copied().unwrap_or(0),
    };
    let mut views = Vec::with_capacity(rounds.len());
    for (round, offer) in rounds {
        let shown = shown.iter().find(|one| one.round_id == round.id);
        let goes_on = offer.state != OfferState::Closed;
        let window = goes_on.then(|| round.phase(&offer, context.now().into()));
        let phase = nominate::phase(window, shown.map(|one| (one.until, one.ended_at.is_some())), context.today());
        let kind = kinds.iter().find(|kind| kind.code == offer.kind);
        views.push(NominationRound {
            id: round.id,
            offer_id: offer.id,
            kind_label: kind.map(|kind| kind.label.clone()).unwrap_or_default(),
            unit: kind.map(|kind| kind.unit.clone()).unwrap_or_default(),
            organisation: name(&offer.organisation_id),
            opens_at: round.opens_at,
            closes_at: round.closes_at,
            phase,
            phase_label: phase.label().to_owned(),
            shown_from: shown.map(|one| one.started_on),
            shown_until: shown.map(|one| one.until),
            too_late: phase == NominationPhase::Waiting && goes_on && offer.has_run_out(context.today()),
            redeem_until: offer.redeem_until,
            shares: shares.iter().filter(|share| share.round_id == round.id).map(share).collect(),
            decides: own.contains_key(&offer.organisation_id),
            title: offer.title,
            description: offer.description,
        });
    }
    Ok(views)
}

/// The rounds where something waits for the union that offers; `offers` are those on which the caller decides.
fn waiting_in(waiting: NominationWaiting, context: &Context, offers: &Select<offer::Entity>) -> Condition {
    use round::Column;
    let with = |which: Expr| {
        let rounds = nomination::Entity::find().select_only().column(nomination::Column::RoundId);
        rounds.filter(which).into_query()
    };
    let stand = |state: NominationState| with(nomination::Column::State.eq(state));
    let shown = || publicity::Entity::find().select_only().column(publicity::Column::RoundId);
    let run_out = || offers.clone().filter(offer::Column::RedeemUntil.lt(context.today())).into_query();
    let approved = Condition::all().add(Column::Id.in_subquery(stand(NominationState::Approved)));
    match waiting {
        NominationWaiting::Decide => Condition::all().add(Column::Id.in_subquery(stand(NominationState::Proposed))),
        NominationWaiting::Answer => {
            let objected = objection::Entity::find().select_only().column(objection::Column::NominationId);
            let objected = objected.filter(objection::Column::AnsweredAt.is_null()).into_query();
            Condition::all().add(Column::Id.in_subquery(with(nomination::Column::Id.in_subquery(objected))))
        }
        NominationWaiting::Show => {
            let over = Condition::any()
                .add(Column::ClosesAt.lte(Moment::from(context.now())))
                .add(Column::OfferId.in_subquery(run_out()));
            approved
                .add(over)
                .add(Column::Id.not_in_subquery(stand(NominationState::Proposed)))
                .add(Column::Id.not_in_subquery(shown().into_query()))
        }
        NominationWaiting::Postpone => {
            let over = shown()
                .filter(publicity::Column::EndedAt.is_null())
                .filter(publicity::Column::Until.lt(context.today()));
            approved.add(Column::Id.in_subquery(over.into_query())).add(Column::OfferId.in_subquery(run_out()))
        }
    }
}

/// Lists rounds, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeOffers>,
    filter: &RoundFilter,
    paging: &Paging,
) -> Result<Page<NominationRound>, Problem> {
    let conn = caller.read();
    let mut offers = offer::Entity::find().select_only().column(offer::Column::Id).filter(reached(caller.scope()));
    if let Some(organisation) = filter.organisation {
        let place = (offer::Entity, offer::Column::OrganisationId);
        let near = Condition::any()
            .add(below(organisation, place))
            .add(offer::Column::OrganisationId.in_subquery(above(&[organisation])));
        offers = offers.filter(near);
    }
    if filter.waiting.is_some() {
        let place = (offer::Entity, offer::Column::OrganisationId);
        // Of what is ended nobody is given anything any more.
        offers = offers.filter(caller.scope().within(place)).filter(offer::Column::State.ne(OfferState::Closed));
    }
    let mut query = round::Entity::find().filter(round::Column::OfferId.in_subquery(offers.clone().into_query()));
    if let Some(waiting) = filter.waiting {
        query = query.filter(waiting_in(waiting, caller, &offers));
    }
    let page = paging.newest_first(conn, query, round::Column::Id, |round| round.id).await?;
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(page.items.iter().map(|round| round.offer_id)));
    let offers: HashMap<Id, offer::Model> =
        offers.all(conn).await?.into_iter().map(|offer| (offer.id, offer)).collect();
    let paired = page.items.into_iter().filter_map(|round| {
        let offer = offers.get(&round.offer_id)?.clone();
        Some((round, offer))
    });
    let items = views(conn, caller, paired.collect()).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// 推荐场次
#[utoipa::path(
    get, path = "/benefit-nomination-rounds", tag = "benefit", operation_id = "list_nomination_rounds",
    extensions(("x-permission" = json!("benefit.view"))),
    params(RoundFilter, Paging), responses((status = 200, body = Page<NominationRound>)),
)]
pub async fn get_rounds(
    caller: Caller<SeeOffers>,
    Query(filter): Query<RoundFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<NominationRound>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 推荐场次详情
#[utoipa::path(
    get, path = "/benefit-nomination-rounds/{id}", tag = "benefit", operation_id = "show_nomination_round",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = NominationRound)),
)]
pub async fn get_round(caller: Caller<SeeOffers>, Path(id): Path<Id>) -> Result<Json<NominationRound>, Problem> {
    let found = reach(caller.read(), caller.scope(), id).await?;
    views(caller.read(), &caller, vec![found]).await?.pop().map(Json).ok_or_else(Problem::not_found)
}
