//! What becomes of stations when their union is closed or merged.

use kernel::{
    Answer, Context, Id, Unit, audit,
    organisation::merge::OrganisationMerged,
    outbox::{EventRecord, React, Subscription},
};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*};

use crate::{
    find::turn,
    sites,
    tables::station::{self, StationState},
};

kernel::refusals! {
    /// Why a union is not closed.
    pub enum StationsLeft {
        /// Stations hang on it.
        HasStations { count: u64 } = 409 "has_stations" "该工会还有{count}个驿站，请先撤销，或改由其他工会管理。",
    }
}

/// What the kernel calls in the unit that closes an organisation.
pub fn no_stations_left<'a>(unit: &'a Unit, _: &'a Context, organisation: Id) -> Answer<'a> {
    Box::pin(async move {
        let left = station::Entity::find()
            .filter(station::Column::OrganisationId.eq(organisation))
            .filter(station::Column::State.ne(StationState::Closed));
        match left.count(unit).await? {
            0 => Ok(()),
            count => Err(StationsLeft::HasStations { count }.into()),
        }
    })
}

/// Listens for mergers: the successor answers for the stations.
pub const SUBSCRIPTION: Subscription =
    Subscription { name: "station.follow_merger", event: "organisation_merged", react: React::Each(react) };

fn react<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        let merged: OrganisationMerged = event.told()?;
        let theirs = || station::Column::OrganisationId.eq(merged.organisation_id);
        let moved: Vec<Id> = station::Entity::find()
            .select_only()
            .column(station::Column::Id)
            .filter(theirs())
            .into_tuple()
            .all(unit)
            .await?;
        if moved.is_empty() {
            return Ok(());
        }
        let row = station::ActiveModel { organisation_id: Set(merged.into_id), ..Default::default() };
        station::Entity::update_many().set(row).filter(theirs()).exec(unit).await?;
        turn::note(unit, &moved).await?;
        sites::announce(unit, context, &moved)?;
        let act = ("stations.follow_merger", "kernel/organisation", merged.organisation_id);
        let detail = serde_json::json!({ "stations": moved.len(), "into": merged.into_id });
        audit::record(unit, context, act, merged.into_id, detail).await
    })
}
