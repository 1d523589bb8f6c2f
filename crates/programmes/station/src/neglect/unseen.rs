//! What nobody has confirmed for so long that everybody reads that it is in doubt is queued for a look: its station's master
//! is told, and as long as he doesn't look it climbs like other neglects.

use std::collections::HashMap;

use kernel::{Context, Id, Moment, Problem, rulebook::Numbers};
use sea_orm::{QuerySelect, entity::prelude::*, sea_query::Condition};

use super::look::{Change, known, lasts, open};
use crate::{
    programme::SEEN_DAYS,
    rules::fault::is_unconfirmed,
    tables::{
        item,
        neglect::{Column, NeglectKind},
        station,
    },
};

/// The stations that serve and have or give something that nobody has looked at for longer than their union's rule says.
///
/// # Errors
/// A fault of the database.
pub(super) async fn stale(context: &Context) -> Result<Vec<station::Model>, Problem> {
    let (mut steps, mut days, mut stale) = (open(context), Numbers::of(&SEEN_DAYS), Vec::new());
    while let Some(open) = steps.next(context.read()).await? {
        days.know(context, open.iter().map(|station| station.organisation_id)).await?;
        let oldest = item::Entity::find()
            .select_only()
            .column(item::Column::StationId)
            .column_as(item::Column::SeenAt.min(), "oldest")
            .filter(item::Column::StationId.is_in(open.iter().map(|station| station.id)))
            .group_by(item::Column::StationId);
        let oldest: Vec<(Id, Moment)> = oldest.into_tuple().all(context.read()).await?;
        let oldest: HashMap<Id, Moment> = oldest.into_iter().collect();
        for station in open {
            let Some(seen) = oldest.get(&station.id) else { continue };
            let days = days.at(context, station.organisation_id).await?;
            if is_unconfirmed(false, context.now() - seen.at(), days) {
                stale.push(station);
            }
        }
    }
    Ok(stale)
}

/// What becomes of them: newly neglected, or again on a day on which their station was paused and opened.
///
/// # Errors
/// A fault of the database.
pub(super) async fn unseen(context: &Context, stale: &[station::Model]) -> Result<Vec<Change>, Problem> {
    let today = context.today();
    let of_today = Condition::any().add(Column::OverOn.is_null()).add(Column::Since.eq(today));
    let stations = stale.iter().map(|row| row.id).collect();
    let known = known(context, (NeglectKind::Unseen, stations), &of_today).await?;
    let change = |station: &station::Model| {
        let before = known.get(&station.id).into_iter().flatten().max_by_key(|row| row.over_on.is_none());
        lasts(context, station, (NeglectKind::Unseen, station.id, today), before)
    };
    Ok(stale.iter().filter_map(change).collect())
}
