//! Places of redemption: those of the caller's unions, and those that an offer may name.

use std::collections::HashMap;

use axum::{Json, extract::Query};
use database::{Connection, Id};
use kernel::{
    Caller, Context, Page, Problem, Scope,
    caller::{above, below},
    listing::Paging,
    organisation::tree,
    site,
};
use sea_orm::{
    QueryTrait,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    permissions::SeeOffers,
    tables::partner::{self, Column, Entity},
};

pub use crate::tables::partner::BenefitPartnerKind;

/// A place as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BenefitPartnerView {
    /// The key.
    pub id: Id,
    /// The union that keeps it.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The station of the register that it is.
    pub site_id: Option<Id>,
    /// In words why nobody is served there today; absent while it serves.
    pub shut: Option<String>,
    /// What files and other systems call it.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What kind of place.
    pub kind: BenefitPartnerKind,
    /// Where.
    pub address: String,
    /// A public telephone number.
    pub contact: String,
    /// Whether it has a scanning link.
    pub has_link: bool,
    /// Whether it redeems.
    pub active: bool,
    /// Grows with each change.
    pub version: i64,
}

/// Which places.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PartnerFilter {
    /// Kept by this organisation and below.
    pub organisation: Option<Id>,
    /// What kind of place.
    pub kind: Option<BenefitPartnerKind>,
    /// Whether they redeem.
    pub active: Option<bool>,
    /// Part of the name or the code.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
}

/// Places that redeem and that a union's offer may name: those in scope, and those of the unions above it.
#[must_use]
pub fn usable(scope: &Scope, organisation: Id) -> Condition {
    let place = (Entity, Column::OrganisationId);
    let near = Condition::any().add(scope.within(place)).add(Expr::col(place).in_subquery(above(&[organisation])));
    Condition::all().add(Column::Active.eq(true)).add(near)
}

/// One place as lists show it.
///
/// # Errors
/// A fault of the database.
pub async fn view(
    conn: &Connection,
    context: &Context,
    partner: partner::Model,
) -> Result<BenefitPartnerView, Problem> {
    views(conn, context, vec![partner]).await?.pop().ok_or_else(Problem::not_found)
}

async fn views(
    conn: &Connection,
    context: &Context,
    partners: Vec<partner::Model>,
) -> Result<Vec<BenefitPartnerView>, Problem> {
    let mut shut = shut(context, &partners).await?;
    let unions = partners.iter().map(|partner| partner.organisation_id);
    let names = tree::names(conn, unions).await?;
    let mut view = |partner: partner::Model| BenefitPartnerView {
        id: partner.id,
        organisation: names.get(&partner.organisation_id).cloned().unwrap_or_default(),
        organisation_id: partner.organisation_id,
        shut: partner.site_id.and_then(|site| shut.remove(&site)),
        site_id: partner.site_id,
        code: partner.code,
        name: partner.name,
        kind: partner.kind,
        address: partner.address,
        contact: partner.contact,
        has_link: partner.key_hash.is_some(),
        active: partner.active,
        version: partner.version,
    };
    Ok(partners.into_iter().map(&mut view).collect())
}

/// Which of the stations among some places serve nobody today, and why.
pub(crate) async fn shut<'a>(
    context: &Context,
    partners: impl IntoIterator<Item = &'a partner::Model>,
) -> Result<HashMap<Id, String>, Problem> {
    let sites: Vec<Id> = partners.into_iter().filter_map(|partner| partner.site_id).collect();
    let known = site::known(context, &sites).await?;
    Ok(known.into_iter().filter_map(|(id, site)| Some((id, site.shut?))).collect())
}

/// Lists places, by key.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeOffers>,
    filter: &PartnerFilter,
    paging: &Paging,
) -> Result<Page<BenefitPartnerView>, Problem> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(caller.scope().within(place));
    query = query.apply_if(filter.organisation, |query, organisation| query.filter(below(organisation, place)));
    query = query.apply_if(filter.kind, |query, kind| query.filter(Column::Kind.eq(kind)));
    query = query.apply_if(filter.active, |query, active| query.filter(Column::Active.eq(active)));
    if let Some(text) = filter.q.as_deref() {
        query = query.filter(Column::Name.contains(text).or(Column::Code.contains(text)));
    }
    let page = paging.newest_first(caller.read(), query, Column::Id, |row| row.id).await?;
    let items = views(caller.read(), caller, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// 核销点
#[utoipa::path(
    get, path = "/benefit-partners", tag = "benefit", operation_id = "list_benefit_partners",
    extensions(("x-permission" = json!("benefit.view"))),
    params(PartnerFilter, Paging), responses((status = 200, body = Page<BenefitPartnerView>)),
)]
pub async fn get_partners(
    caller: Caller<SeeOffers>,
    Query(filter): Query<PartnerFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<BenefitPartnerView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
