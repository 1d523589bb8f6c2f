//! What was handed over, for officers: the last first, where and by whom.

use std::collections::{BTreeSet, HashMap};

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::{Id, Moment};
use kernel::{
    Actor, Caller, Context, Page, Problem,
    access::Actors,
    caller::{Find, below_by},
    listing::Paging,
    organisation::tree,
    person::{self, People, SearchRefusal},
};
use sea_orm::{
    QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    permissions::SeeOffers,
    tables::{
        claim, offer, partner,
        redemption::{self, Column, Entity},
    },
};

/// Which redemptions.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct RedemptionFilter {
    /// A part of a name, a whole document or phone number of who got it.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// By people of this organisation and below.
    pub organisation: Option<Id>,
    /// Of this offer.
    pub offer: Option<Id>,
    /// At this place of redemption.
    pub place: Option<Id>,
    /// At the place of redemption that this station is.
    pub site: Option<Id>,
    /// Of this kind of benefit, by its code.
    pub kind: Option<String>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// Those that were taken back (`true`), or that stand (`false`).
    pub taken_back: Option<bool>,
}

/// A redemption as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RedemptionRow {
    /// The key.
    pub id: Id,
    /// For which claim.
    pub claim_id: Id,
    /// Of which offer.
    pub offer_id: Id,
    /// What was handed over.
    pub title: String,
    /// Who got it.
    pub person_id: Option<Id>,
    /// His name, masked.
    pub name: String,
    /// His phone number, masked.
    pub phone: Option<String>,
    /// His union's name.
    pub organisation: String,
    /// Where.
    pub place: String,
    /// What the union owes the place for it, in fen.
    pub amount_fen: i64,
    /// When.
    pub redeemed_at: Moment,
    /// Who handed it over, in words.
    pub by: String,
    /// When it was taken back as a mistake, if it was.
    pub taken_back_at: Option<Moment>,
    /// Whether it is the caller's unions' to take back: they redeem at the place, or offer what was handed over.
    pub is_own: bool,
}

/// The redemptions by people in the caller's scope that pass a filter, whoever is sought.
fn filtered(find: Find, context: &Context, filter: &RedemptionFilter) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(context.scope().within_by(find, place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below_by(find, organisation, place));
    }
    query = query.apply_if(filter.offer, |query, offer| query.filter(Column::OfferId.eq(offer)));
    query = query.apply_if(filter.place, |query, partner| {
        query.filter(find.column((Entity, Column::PartnerId)).eq(Expr::value(partner)))
    });
    query = query.apply_if(filter.site, |query, site| {
        let there = partner::Entity::find().select_only().column(partner::Column::Id);
        let there = there.filter(partner::Column::SiteId.eq(site)).into_query();
        query.filter(find.column((Entity, Column::PartnerId)).in_subquery(there))
    });
    query = query.apply_if(filter.kind.as_deref(), |query, kind| {
        let of_kind = offer::Entity::find().select_only().column(offer::Column::Id);
        let of_kind = of_kind.filter(offer::Column::Kind.eq(kind)).into_query();
        query.filter(find.column((Entity, Column::OfferId)).in_subquery(of_kind))
    });
    query = query.apply_if(filter.from, |query, day| query.filter(Column::Day.gte(day)));
    query = query.apply_if(filter.to, |query, day| query.filter(Column::Day.lte(day)));
    query.apply_if(filter.taken_back, |query, is_taken_back| {
        let at = Column::TakenBackAt;
        query.filter(if is_taken_back { at.is_not_null() } else { at.is_null() })
    })
}

/// The claims of which the list shows a redemption. Each is held against it by itself: the one whose holder's number is sought
/// would wait until all of a province's were gathered.
pub fn claims(context: &Context, filter: &RedemptionFilter) -> Select<claim::Entity> {
    let same = Expr::col((Entity, Column::ClaimId)).equals((claim::Entity, claim::Column::Id));
    let shown = filtered(Find::InOrder, context, filter).filter(same);
    claim::Entity::find().filter(Expr::exists(shown.into_query()))
}

/// Those whose holder is sought, if somebody is.
async fn sought(context: &Context, filter: &RedemptionFilter) -> Result<Option<Condition>, Problem> {
    let Some(text) = filter.q.as_deref() else { return Ok(None) };
    let claims = claims(context, filter);
    let passes = person::sought(context, claims, claim::Column::PersonId, text).await?;
    let theirs = claim::Entity::find().select_only().column(claim::Column::Id).filter(passes);
    Ok(Some(Condition::all().add(Column::ClaimId.in_subquery(theirs.into_query()))))
}

/// The redemptions by people in the caller's scope that pass a filter, found in a way that is told.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub(super) async fn passing(
    context: &Context,
    filter: &RedemptionFilter,
) -> Result<impl Fn(Find) -> Select<Entity>, Problem> {
    let sought = sought(context, filter).await?;
    Ok(move |find: Find| {
        let query = filtered(find, context, filter);
        match &sought {
            Some(theirs) => query.filter(theirs.clone()),
            None => query,
        }
    })
}

/// Lists redemptions, the last first.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub async fn list(
    caller: &Caller<SeeOffers>,
    filter: &RedemptionFilter,
    paging: &Paging,
) -> Result<Page<RedemptionRow>, Problem> {
    let query = passing(caller, filter).await?;
    let page = paging.newest_first_of_many(caller.read(), query, Column::Id, |row| row.id).await?;
    let items = rows(caller, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// Redemptions as lists show them; the caller has loaded them in his scope.
///
/// # Errors
/// A fault of the database.
pub(super) async fn rows(context: &Context, redeemed: Vec<redemption::Model>) -> Result<Vec<RedemptionRow>, Problem> {
    let conn = context.read();
    let keys = redeemed.iter().map(|one| one.claim_id);
    let claims = claim::Entity::find().filter(claim::Column::Id.is_in(keys)).all(conn).await?;
    let holders: HashMap<Id, Id> = claims.into_iter().map(|claim| (claim.id, claim.person_id)).collect();
    let scanned = redeemed.iter().filter_map(|one| Actor::worker(&one.actor));
    let known: BTreeSet<Id> = holders.values().copied().chain(scanned).collect();
    let people = person::masked(conn, context, known).await?;
    let officers = Actors::of(conn, redeemed.iter().map(|one| one.actor.as_str())).await?;
    let unions = tree::names(conn, redeemed.iter().map(|one| one.organisation_id)).await?;
    let offers: BTreeSet<Id> = redeemed.iter().map(|one| one.offer_id).collect();
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(offers)).all(conn).await?;
    let offers: HashMap<Id, offer::Model> = offers.into_iter().map(|offer| (offer.id, offer)).collect();
    let partners: BTreeSet<Id> = redeemed.iter().map(|one| one.partner_id).collect();
    let partners = partner::Entity::find().filter(partner::Column::Id.is_in(partners)).all(conn).await?;
    let partners: HashMap<Id, partner::Model> = partners.into_iter().map(|partner| (partner.id, partner)).collect();
    let concerned: Vec<Id> = offers
        .values()
        .map(|offer| offer.organisation_id)
        .chain(partners.values().map(|partner| partner.organisation_id))
        .collect();
    let own = tree::names_within(conn, context.scope(), concerned).await?;
    let row = |one: redemption::Model| {
        let holder = holders.get(&one.claim_id).copied();
        let (offer, partner) = (offers.get(&one.offer_id), partners.get(&one.partner_id));
        let concerned = [offer.map(|offer| offer.organisation_id), partner.map(|place| place.organisation_id)];
        RedemptionRow {
            id: one.id,
            claim_id: one.claim_id,
            offer_id: one.offer_id,
            title: offer.map(|offer| offer.title.clone()).unwrap_or_default(),
            person_id: holder,
            name: holder.map(|person| people.name(person)).unwrap_or_default(),
            phone: holder.and_then(|person| people.phone(person)),
            organisation: unions.get(&one.organisation_id).cloned().unwrap_or_default(),
            place: partner.map(|place| place.name.clone()).unwrap_or_default(),
            amount_fen: one.amount_fen,
            redeemed_at: one.redeemed_at,
            by: by(&one.actor, &officers, &people),
            taken_back_at: one.taken_back_at,
            is_own: concerned.iter().flatten().any(|union| own.contains_key(union)),
        }
    };
    Ok(redeemed.into_iter().map(row).collect())
}

/// Who handed over: an officer, somebody with his own phone, or whoever held the place's link.
fn by(word: &str, officers: &Actors, people: &People) -> String {
    match Actor::worker(word) {
        Some(person) => format!("{}（手机核销）", people.name(person)),
        None if word == "nobody" => "核销点扫码链接".to_owned(),
        None => officers.label(word),
    }
}

/// 核销记录
#[utoipa::path(
    get, path = "/benefit-redemptions", tag = "benefit", operation_id = "list_redemptions",
    extensions(("x-permission" = json!("benefit.view"))),
    params(RedemptionFilter, Paging), responses((status = 200, body = Page<RedemptionRow>), SearchRefusal),
)]
pub async fn get_redemptions(
    caller: Caller<SeeOffers>,
    Query(filter): Query<RedemptionFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<RedemptionRow>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
