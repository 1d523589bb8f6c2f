//! Offers of unions above the caller's: his officers read those that are meant for his people, with the pieces of those people
//! alone, and act on none of them.

use std::collections::BTreeSet;

use database::{Connection, Id};
use kernel::{Context, Problem, Scope, organisation::tree};
use sea_orm::{Condition, QuerySelect, QueryTrait, entity::prelude::*, sea_query::SelectStatement};

use super::{
    audience_in,
    view::{OfferShare, OfferView},
};
use crate::{
    claim::above,
    tables::{
        offer::{Column, Entity, Model, OfferState},
        round, share,
    },
};

/// The keys of the offers of which a round has a share that passes.
pub(crate) fn shared_out(shares: Condition) -> SelectStatement {
    let shares = share::Entity::find().select_only().column(share::Column::RoundId).filter(shares).into_query();
    let rounds = round::Entity::find().select_only().column(round::Column::OfferId);
    rounds.filter(round::Column::Id.in_subquery(shares)).into_query()
}

/// An offer that the caller reads: of his unions, or of one above that is meant for his people.
///
/// # Errors
/// 404 if it is absent or neither.
pub(crate) async fn readable(conn: &Connection, scope: &Scope, id: Id) -> Result<Model, Problem> {
    let readable = Condition::any().add(scope.within((Entity, Column::OrganisationId)));
    let readable = readable.add_option(meant(conn, scope, Some(id)).await?);
    Entity::find_by_id(id).filter(readable).one(conn).await?.ok_or_else(Problem::not_found)
}

/// What passes of the offers of unions above the caller's, or of one of them: published, and either with pieces set aside for
/// his people, or with pieces of a union above him and not for other unions' people alone. Nothing stands above whom no bound
/// keeps in.
///
/// # Errors
/// A fault of the database.
pub(super) async fn meant(conn: &Connection, scope: &Scope, id: Option<Id>) -> Result<Option<Condition>, Problem> {
    let Some(roots) = scope.roots() else { return Ok(None) };
    let up = at_or_above(conn, roots).await?;
    let offered = Condition::all()
        .add(Column::OrganisationId.is_in(up.iter().copied()))
        .add(scope.within((Entity, Column::OrganisationId)).not())
        .add(Column::State.ne(OfferState::Draft))
        .add_option(id.map(|id| Column::Id.eq(id)));
    let not_for_them = for_others(conn, scope, &up, offered.clone()).await?;
    let pieces = || Condition::all().add(share::Column::Quota.gt(0_i64));
    let own = pieces().add(scope.within((share::Entity, share::Column::OrganisationId)));
    let common = pieces().add(share::Column::OrganisationId.is_in(up.iter().copied()));
    let common = Condition::all()
        .add(Column::Id.in_subquery(shared_out(common)))
        .add_option((!not_for_them.is_empty()).then(|| Column::Id.is_not_in(not_for_them)));
    let meant = Condition::any().add(Column::Id.in_subquery(shared_out(own))).add(common);
    Ok(Some(offered.add(meant)))
}

/// Some unions and those above them, in today's tree.
async fn at_or_above(conn: &Connection, unions: &[Id]) -> Result<BTreeSet<Id>, Problem> {
    Ok(above(conn, unions.iter().copied().collect()).await?.into_values().flatten().collect())
}

/// Those of some offers that are limited to people neither of the caller's unions nor of one above them.
async fn for_others(
    conn: &Connection,
    scope: &Scope,
    up: &BTreeSet<Id>,
    offered: Condition,
) -> Result<Vec<Id>, Problem> {
    let asked = Entity::find().select_only().columns([Column::Id, Column::Audience]).filter(offered);
    let rows: Vec<(Id, String)> = asked.into_tuple().all(conn).await?;
    let mut limited = Vec::new();
    for (id, audience) in rows {
        let unions = audience_in(&audience)?.organisations;
        if !unions.is_empty() {
            limited.push((id, unions));
        }
    }
    let named: Vec<Id> = limited.iter().flat_map(|(_, unions)| unions.iter().copied()).collect();
    let own = tree::names_within(conn, scope, named).await?;
    limited.retain(|(_, unions)| !unions.iter().any(|union| up.contains(union) || own.contains_key(union)));
    Ok(limited.into_iter().map(|(id, _)| id).collect())
}

/// Leaves of offers from above no more than the caller's own: what others got, and what it is paid from, is not his to see.
///
/// # Errors
/// A fault of the database.
pub(super) async fn narrow(conn: &Connection, context: &Context, views: &mut [OfferView]) -> Result<(), Problem> {
    let scope = context.scope();
    let Some(roots) = scope.roots() else { return Ok(()) };
    let own = tree::names_within(conn, scope, views.iter().map(|view| view.organisation_id)).await?;
    let is_own = |view: &OfferView| own.contains_key(&view.organisation_id);
    if views.iter().all(is_own) {
        return Ok(());
    }
    let chains = above(conn, roots.iter().copied().collect()).await?;
    let rounds = views.iter().filter(|view| !is_own(view)).flat_map(|view| &view.rounds);
    let shares: Vec<Id> = rounds.flat_map(|round| &round.shares).map(|share| share.organisation_id).collect();
    let below = tree::names_within(conn, scope, shares).await?;
    for view in views.iter_mut().filter(|view| !own.contains_key(&view.organisation_id)) {
        for round in &mut view.rounds {
            let shares = &round.shares;
            let is_common = |share: &OfferShare| share.quota > 0 && !below.contains_key(&share.organisation_id);
            // Who has pieces of his own union's gets none of those.
            round.shared = chains.values().any(|chain| nearest(chain, shares).is_some_and(is_common));
            round.shares.retain(|share| below.contains_key(&share.organisation_id));
            round.total = round.shares.iter().map(|share| share.quota).sum();
            round.given = round.shares.iter().map(|share| share.given).sum();
            round.entered = 0;
        }
        view.total = view.rounds.iter().map(|round| round.total).sum();
        view.given = view.rounds.iter().map(|round| round.given).sum();
        view.redeemed = 0;
        view.budget_line.clear();
        view.from_above = true;
    }
    Ok(())
}

/// The share from which people of a union have theirs, which stands first before those above it.
fn nearest<'a>(chain: &[Id], shares: &'a [OfferShare]) -> Option<&'a OfferShare> {
    chain.iter().find_map(|union| shares.iter().find(|share| share.organisation_id == *union))
}
