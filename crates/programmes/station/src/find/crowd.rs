//! How crowded the stations are that somebody finds, as far as the counters at their doors were heard.

use std::collections::{HashMap, hash_map::Entry};

use kernel::{Context, Id, Moment, Problem, rulebook::Numbers};

use crate::{
    door::{DeviceKind, numbers::SILENT_MINUTES},
    register::keyed,
    rules::{crowd::Crowd, device::is_over},
    tables::device,
};

/// How crowded stations are, by their devices; where a counter is silent, or there is none, nothing is told.
///
/// # Errors
/// A fault of the database.
pub(super) async fn crowds(context: &Context, devices: &[device::Model]) -> Result<HashMap<Id, Crowd>, Problem> {
    let (conn, now) = (context.read(), context.now());
    // The one that was heard longest ago says how far all of them can be believed.
    let mut heard: HashMap<Id, Option<Moment>> = HashMap::new();
    for counter in devices.iter().filter(|one| one.kind == DeviceKind::Counter) {
        let said = counter.believed_at();
        match heard.entry(counter.station_id) {
            Entry::Occupied(mut known) => *known.get_mut() = (*known.get()).min(said),
            Entry::Vacant(place) => _ = place.insert(said),
        }
    }
    let (mut crowds, mut minutes) = (HashMap::new(), Numbers::of(&SILENT_MINUTES));
    let rows = keyed::stations(conn, heard.keys().copied()).await?;
    minutes.know(context, rows.values().map(|row| row.organisation_id)).await?;
    for (id, row) in rows {
        let Some(Some(last)) = heard.get(&id) else { continue };
        let silent = minutes.at(context, row.organisation_id).await?;
        if let Some(crowd) = Crowd::of(row.inside, row.capacity).filter(|_| !is_over(last.at(), silent, now)) {
            crowds.insert(id, crowd);
        }
    }
    Ok(crowds)
}
