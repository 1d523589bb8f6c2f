//! Whether what stations keep for first aid is complete and in date, as whoever looks for one may know it.

use std::collections::HashMap;

use kernel::{Context, Id, Problem};
use sea_orm::entity::prelude::*;

use super::{batches, known};
use crate::{
    rules::supplies::{Batch, warning},
    tables::good::{self, GoodKind},
};

/// The catalogue's code of the first-aid box; what is in it stands in the cupboard's book as medicine.
pub(crate) const FIRST_AID_BOX: &str = "first_aid_box";

/// Where of some stations no medicine runs short and none has expired; one whose book names no medicine is not among the
/// answers.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn complete(context: &Context, stations: &[Id]) -> Result<HashMap<Id, bool>, Problem> {
    let conn = context.read();
    let medicine = good::Entity::find()
        .filter(good::Column::StationId.is_in(stations.iter().copied()))
        .filter(good::Column::Kind.eq(GoodKind::Medicine))
        .all(conn)
        .await?;
    let ids: Vec<Id> = medicine.iter().map(|row| row.id).collect();
    let mut of: HashMap<Id, Vec<Batch>> = HashMap::new();
    for row in batches(conn, &ids).await? {
        of.entry(row.good_id).or_default().push(known(&row));
    }
    let mut complete: HashMap<Id, bool> = HashMap::new();
    for good in medicine {
        let batches = of.get(&good.id).map(Vec::as_slice).unwrap_or_default();
        let warning = warning(batches, good.least, context.today(), 0);
        let right = !warning.low && warning.expired == 0;
        complete.entry(good.station_id).and_modify(|so_far| *so_far &= right).or_insert(right);
    }
    Ok(complete)
}
