//! Stations as other programmes know them: places at which they may serve too.

use std::collections::BTreeSet;

use kernel::{
    Answer, Context, Id, Problem, Unit, outbox,
    site::{CHANGED, Site, SiteChanged, Sites},
};
use sea_orm::{QueryOrder, entity::prelude::*};

use crate::{
    posts::holding,
    register::{keyed, now::Sign},
    tables::{
        post,
        station::{self, StationState},
    },
};

/// What the server asks of this programme's places.
pub const SITES: Sites = Sites { known, below, kept_by };

fn known<'a>(context: &'a Context, keys: &'a [Id]) -> Answer<'a, Vec<Site>> {
    Box::pin(async move {
        let found = keyed::stations(context.read(), keys.iter().copied()).await?;
        Ok(found.into_values().map(|row| site(row, context)).collect())
    })
}

fn site(row: station::Model, context: &Context) -> Site {
    Site {
        shut: Sign::of(&row).shut(context.today()),
        is_closed: row.state == StationState::Closed,
        id: row.id,
        organisation_id: row.organisation_id,
        code: row.code,
        name: row.name,
        address: row.place,
        telephone: row.service_line.unwrap_or_default(),
    }
}

fn below<'a>(context: &'a Context, organisation: Id) -> Answer<'a, Vec<Site>> {
    Box::pin(async move {
        let there = kernel::caller::below(organisation, (station::Entity, station::Column::OrganisationId));
        let standing = station::Entity::find().filter(there).filter(station::Column::State.ne(StationState::Closed));
        let found = standing.order_by_asc(station::Column::Id).all(context.read()).await?;
        Ok(found.into_iter().map(|row| site(row, context)).collect())
    })
}

fn kept_by<'a>(context: &'a Context, person: Id) -> Answer<'a, Vec<Id>> {
    Box::pin(async move {
        let posts = post::Entity::find().filter(post::Column::PersonId.eq(person)).filter(holding(context.today()));
        let stations: BTreeSet<Id> = posts.all(context.read()).await?.into_iter().map(|post| post.station_id).collect();
        Ok(stations.into_iter().collect())
    })
}

/// Announces that stations were changed.
///
/// # Errors
/// A fault of the database.
pub(crate) fn announce(unit: &Unit, context: &Context, stations: &[Id]) -> Result<(), Problem> {
    for site in stations {
        outbox::publish(unit, context, CHANGED, &SiteChanged { site: *site })?;
    }
    Ok(())
}
