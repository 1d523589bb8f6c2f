//! Reading stations from the database into entries.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use database::Connection;
use kernel::{Id, Problem, listing::InSteps};
use sea_orm::{QueryOrder, entity::prelude::*};

use super::entry::{Entry, Held};
use crate::{
    faults,
    register::form::read,
    rules::hours::OpeningHours,
    tables::{item, station},
};

/// Stations asked for in one statement.
const ROWS: usize = 1_000;

/// The words and hours that many stations share, each kept once.
#[derive(Default)]
struct Shared {
    hours: HashMap<String, Arc<OpeningHours>>,
    codes: HashSet<Arc<str>>,
}

impl Shared {
    fn hours(&mut self, text: &str) -> Result<Arc<OpeningHours>, Problem> {
        if let Some(known) = self.hours.get(text) {
            return Ok(known.clone());
        }
        let hours = Arc::new(read::<OpeningHours>(text)?);
        self.hours.insert(text.to_owned(), hours.clone());
        Ok(hours)
    }

    fn held(&mut self, row: &item::Model, reported: bool) -> Held {
        let code = self.codes.get(row.code.as_str()).cloned().unwrap_or_else(|| {
            let code: Arc<str> = row.code.as_str().into();
            self.codes.insert(code.clone());
            code
        });
        Held { code, works: row.works, seen_at: row.seen_at, reported }
    }
}

/// All stations that serve.
///
/// # Errors
/// A fault of the database.
pub(super) async fn all(conn: &Connection) -> Result<Vec<Arc<Entry>>, Problem> {
    let mut steps = InSteps::of(station::Entity::find(), station::Column::Id, |row| row.id, ROWS as u64);
    let (mut found, mut shared) = (Vec::new(), Shared::default());
    while let Some(rows) = steps.next(conn).await? {
        found.extend(entries(conn, rows, &mut shared).await?);
    }
    Ok(found)
}

/// Those of these stations that serve.
///
/// # Errors
/// A fault of the database.
pub(super) async fn some(conn: &Connection, ids: &[Id]) -> Result<Vec<Arc<Entry>>, Problem> {
    let (mut found, mut shared) = (Vec::new(), Shared::default());
    for ids in ids.chunks(ROWS) {
        let rows = station::Entity::find().filter(station::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
        found.extend(entries(conn, rows, &mut shared).await?);
    }
    Ok(found)
}

/// Those of some stations that serve, with what each has and gives: never the rows of a province's all at once.
async fn entries(
    conn: &Connection,
    rows: Vec<station::Model>,
    shared: &mut Shared,
) -> Result<Vec<Arc<Entry>>, Problem> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let items = item::Entity::find().filter(item::Column::StationId.is_in(ids.iter().copied()));
    let items = items.order_by_asc(item::Column::StationId).order_by_asc(item::Column::Code).all(conn).await?;
    let doubted = faults::doubted(conn, &ids).await?;
    let mut held: HashMap<Id, Vec<Held>> = HashMap::new();
    for item in items {
        let reported = doubted.get(&item.station_id).is_some_and(|codes| codes.contains(&item.code));
        held.entry(item.station_id).or_default().push(shared.held(&item, reported));
    }
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let (hours, held) = (shared.hours(&row.hours)?, held.remove(&row.id).unwrap_or_default());
        found.extend(Entry::of(row, hours, held).map(Arc::new));
    }
    Ok(found)
}
