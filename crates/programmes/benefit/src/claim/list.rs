//! Who claimed an offer, for officers.

use std::collections::{BTreeSet, HashMap};

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Page, Problem,
    listing::Paging,
    organisation::{tree, worker_group},
    person::{self, SearchRefusal},
};
use sea_orm::{QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    offer::from_above::readable,
    permissions::SeeOffers,
    promised::AT_THE_EVENT,
    rules::window::end,
    tables::{
        claim::{self, ClaimState, Column, Entity},
        partner, redemption, round,
    },
};

/// Which claims.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct ClaimFilter {
    /// A part of a name, a whole document or phone number.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Where they stand.
    pub state: Option<ClaimState>,
    /// Of people at this organisation and below.
    pub organisation: Option<Id>,
    /// Of this round.
    pub round: Option<Id>,
    /// Redeemed at this place.
    pub place: Option<Id>,
    /// Claimed on this day or later.
    pub from: Option<NaiveDate>,
    /// Claimed on this day or before.
    pub to: Option<NaiveDate>,
}

/// A claim as lists show it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClaimRow {
    /// The claim.
    pub id: Id,
    /// Who.
    pub person_id: Id,
    /// His name, masked.
    pub name: String,
    /// His phone number, masked.
    pub phone: Option<String>,
    /// His union's name.
    pub organisation: String,
    /// His worker group's name.
    pub group_label: Option<String>,
    /// When its round opened.
    pub round_opens_at: Option<Moment>,
    /// Where it stands.
    pub state: ClaimState,
    /// In words.
    pub state_label: String,
    /// When it was claimed.
    pub claimed_at: Moment,
    /// From when on it is no longer good.
    pub use_until: Moment,
    /// When it was redeemed, given back, voided or ran out.
    pub ended_at: Option<Moment>,
    /// Why it was voided.
    pub voided_why: Option<String>,
    /// Where it was redeemed.
    pub place: Option<String>,
}

/// The claims of an offer that pass a filter, of the people in the caller's scope.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub(super) async fn filtered(context: &Context, offer: Id, filter: &ClaimFilter) -> Result<Select<Entity>, Problem> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(Column::OfferId.eq(offer)).filter(context.scope().within(place));
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(kernel::caller::below(organisation, place));
    }
    query = query.apply_if(filter.round, |query, round| query.filter(Column::RoundId.eq(round)));
    query = query.apply_if(filter.place, |query, partner| {
        let there = redemption::Entity::find()
            .select_only()
            .column(redemption::Column::ClaimId)
            .filter(redemption::Column::OfferId.eq(offer))
            .filter(redemption::Column::PartnerId.eq(partner))
            .filter(redemption::Column::TakenBackAt.is_null());
        query.filter(Column::Id.in_subquery(there.into_query()))
    });
    query = query.apply_if(filter.from, |query, day| {
        query.filter(Column::ClaimedAt.gte(Moment::from(calendar::day_start(day))))
    });
    query = query.apply_if(filter.to, |query, day| query.filter(Column::ClaimedAt.lt(end(day))));
    match filter.q.as_deref() {
        Some(text) => {
            let passes = person::sought(context, query.clone(), Column::PersonId, text).await?;
            Ok(query.filter(passes))
        }
        None => Ok(query),
    }
}

/// Lists an offer's claims, the newest first, as far as the people are within the caller's scope.
///
/// # Errors
/// 404 if the offer is absent or foreign; [`SearchRefusal`].
pub async fn list(
    caller: &Caller<SeeOffers>,
    id: Id,
    filter: &ClaimFilter,
    paging: &Paging,
) -> Result<Page<ClaimRow>, Problem> {
    let offer = readable(caller.read(), caller.scope(), id).await?;
    let query = filtered(caller, offer.id, filter).await?;
    let page = paging.newest_first(caller.read(), query, Column::Id, |row| row.id).await?;
    let items = rows(caller, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// Claims as lists show them; the caller has loaded them in his scope.
///
/// # Errors
/// A fault of the database.
pub(super) async fn rows(context: &Context, claims: Vec<claim::Model>) -> Result<Vec<ClaimRow>, Problem> {
    let conn = context.read();
    let people = person::masked(conn, context, claims.iter().map(|claim| claim.person_id)).await?;
    let unions = tree::names(conn, claims.iter().map(|claim| claim.organisation_id)).await?;
    let (groups, places) = (worker_group::labels(conn).await?, used_at(conn, &claims).await?);
    let rounds: BTreeSet<Id> = claims.iter().map(|claim| claim.round_id).collect();
    let rounds = round::Entity::find().filter(round::Column::Id.is_in(rounds)).all(conn).await?;
    let row = |claim: claim::Model| ClaimRow {
        id: claim.id,
        person_id: claim.person_id,
        name: people.name(claim.person_id),
        phone: people.phone(claim.person_id),
        organisation: unions.get(&claim.organisation_id).cloned().unwrap_or_default(),
        group_label: claim.worker_group.map(|code| groups.get(&code).cloned().unwrap_or(code)),
        round_opens_at: rounds.iter().find(|round| round.id == claim.round_id).map(|round| round.opens_at),
        state: claim.state,
        state_label: claim.state.label().to_owned(),
        claimed_at: claim.claimed_at,
        use_until: claim.use_until,
        ended_at: claim.ended_at,
        voided_why: claim.voided_why,
        place: places.get(&claim.id).cloned(),
    };
    Ok(claims.into_iter().map(row).collect())
}

/// Where those claims that were used were, by name: at a place of redemption, else at the table of an enrolment event, which
/// leaves no redemption.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn used_at(conn: &Connection, claims: &[claim::Model]) -> Result<HashMap<Id, String>, Problem> {
    let redeemed = redemption::Entity::find()
        .filter(redemption::Column::ClaimId.is_in(claims.iter().map(|claim| claim.id)))
        .filter(redemption::Column::TakenBackAt.is_null())
        .all(conn)
        .await?;
    let partners = partner::Entity::find()
        .filter(partner::Column::Id.is_in(redeemed.iter().map(|one| one.partner_id)))
        .all(conn)
        .await?;
    let partners: HashMap<Id, String> = partners.into_iter().map(|partner| (partner.id, partner.name)).collect();
    let used = claims.iter().filter(|claim| claim.state == ClaimState::Redeemed);
    let mut places: HashMap<Id, String> = used.map(|claim| (claim.id, AT_THE_EVENT.to_owned())).collect();
    places.extend(redeemed.iter().filter_map(|one| Some((one.claim_id, partners.get(&one.partner_id)?.clone()))));
    Ok(places)
}

/// 领取名单
#[utoipa::path(
    get, path = "/benefit-offers/{id}/claims", tag = "benefit", operation_id = "list_claims",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path), ClaimFilter, Paging),
    responses((status = 200, body = Page<ClaimRow>), SearchRefusal),
)]
pub async fn get_claims(
    caller: Caller<SeeOffers>,
    Path(id): Path<Id>,
    Query(filter): Query<ClaimFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ClaimRow>>, Problem> {
    list(&caller, id, &filter, &paging).await.map(Json)
}
