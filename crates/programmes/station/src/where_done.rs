//! At which stations was done what stands on people's records.

use std::collections::HashMap;

use database::Connection;
use kernel::{
    Answer, Context, Id, Problem,
    ledger::{Fact, FactPlace},
};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    register::{keyed, now::Sign},
    tables::{activity, booking, desk, entry, gift, gift_claim, shift, signup, volunteer},
};

/// What the kernel asks of this programme's facts.
pub(crate) fn where_done<'a>(context: &'a Context, facts: &'a [Fact]) -> Answer<'a, HashMap<Id, FactPlace>> {
    Box::pin(async move {
        let found = stations_of(context.read(), facts).await?;
        let stations = keyed::stations(context.read(), found.values().copied()).await?;
        let place = |(fact, station): (Id, Id)| {
            let station = stations.get(&station)?;
            let is_open = Sign::of(station).shut(context.today()).is_none();
            Some((fact, FactPlace { name: station.name.clone(), is_open }))
        };
        Ok(found.into_iter().filter_map(place).collect())
    })
}

/// The stations of some facts, by the facts' keys.
async fn stations_of(conn: &Connection, facts: &[Fact]) -> Result<HashMap<Id, Id>, Problem> {
    let mut found = HashMap::with_capacity(facts.len());
    for kind in ["entry", "booking", "gift", "signup", "volunteer"] {
        let own: Vec<&Fact> = facts.iter().filter(|fact| fact.source().1 == kind).collect();
        if own.is_empty() {
            continue;
        }
        let keys: &[Id] = &own.iter().map(|fact| fact.source_id).collect::<Vec<_>>();
        let stations = match kind {
            "booking" => {
                let desks =
                    leads::<booking::Entity>(conn, (booking::Column::Id, booking::Column::DeskId), keys).await?;
                further::<desk::Entity>(conn, (desk::Column::Id, desk::Column::StationId), desks).await?
            }
            "gift" => {
                let claims = (gift_claim::Column::Id, gift_claim::Column::GiftId);
                let gifts = leads::<gift_claim::Entity>(conn, claims, keys).await?;
                further::<gift::Entity>(conn, (gift::Column::Id, gift::Column::StationId), gifts).await?
            }
            "signup" => {
                let signups = (signup::Column::Id, signup::Column::ActivityId);
                let activities = leads::<signup::Entity>(conn, signups, keys).await?;
                let here = (activity::Column::Id, activity::Column::StationId);
                further::<activity::Entity>(conn, here, activities).await?
            }
            "volunteer" => {
                let places = (volunteer::Column::Id, volunteer::Column::ShiftId);
                let shifts = leads::<volunteer::Entity>(conn, places, keys).await?;
                further::<shift::Entity>(conn, (shift::Column::Id, shift::Column::StationId), shifts).await?
            }
            _ => leads::<entry::Entity>(conn, (entry::Column::Id, entry::Column::StationId), keys).await?,
        };
        found.extend(own.iter().filter_map(|fact| Some((fact.id, *stations.get(&fact.source_id)?))));
    }
    Ok(found)
}

/// Whither some rows lead by one of their columns.
async fn leads<E: EntityTrait>(
    conn: &Connection,
    (id, to): (E::Column, E::Column),
    keys: &[Id],
) -> Result<HashMap<Id, Id>, Problem> {
    let mut found = HashMap::with_capacity(keys.len());
    for some in keys.chunks(database::KEYS_AT_ONCE) {
        let rows = E::find().select_only().columns([id, to]).filter(id.is_in(some.iter().copied()));
        let rows: Vec<(Id, Id)> = rows.into_tuple().all(conn).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// The same one step further.
async fn further<E: EntityTrait>(
    conn: &Connection,
    columns: (E::Column, E::Column),
    before: HashMap<Id, Id>,
) -> Result<HashMap<Id, Id>, Problem> {
    let middle: Vec<Id> = before.values().copied().collect();
    let next = leads::<E>(conn, columns, &middle).await?;
    Ok(before.into_iter().filter_map(|(id, middle)| Some((id, *next.get(&middle)?))).collect())
}
