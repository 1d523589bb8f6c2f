//! The running program's stations, in memory.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use calendar::WorkingCalendar;
use database::Connection;
use kernel::{Context, Fault, Id, Problem, audit, rulebook};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*, sea_query::Condition};
use tokio::{sync::Mutex, task::spawn_blocking};

use super::{shelf::Shelf, stock, turn};
use crate::tables::catalogue;

/// The stations of one house in one process. Catches up before each answer, so it is never stale.
#[derive(Default)]
pub struct Finder {
    /// Held while it catches up, so that one does it and the others wait.
    following: Mutex<()>,
    /// How many have asked, and up to which of them the last look at the database counts.
    asked: AtomicU64,
    served: AtomicU64,
    shelf: RwLock<Option<Shelf>>,
}

impl Finder {
    /// The stations as they are now. A look at the database that began after the asker came serves him too, so a hundred who
    /// wait cost one look.
    ///
    /// # Errors
    /// A fault of the database.
    pub(super) async fn shelf(&self, context: &Context) -> Result<Shelf, Problem> {
        let ticket = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let _following = self.following.lock().await;
        let known = self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.clone().filter(|_| self.served.load(Ordering::SeqCst) >= ticket) {
            return Ok(known);
        }
        let serves = self.asked.load(Ordering::SeqCst);
        let now = match known {
            Some(known) => follow(context.read(), known).await?,
            None => begin(context.read()).await?,
        };
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = Some(now.clone());
        self.served.store(serves, Ordering::SeqCst);
        Ok(now)
    }
}

/// Where the audit chain ends.
async fn last_act(conn: &Connection) -> Result<i64, Problem> {
    let query = audit::Entity::find().select_only().column(audit::Column::Position);
    Ok(query.order_by_desc(audit::Column::Position).limit(1).into_tuple().one(conn).await?.unwrap_or(0))
}

/// Reads everything. The ends are read first: what is written meanwhile is read once more, and nothing is missed.
async fn begin(conn: &Connection) -> Result<Shelf, Problem> {
    let (turn, act) = (turn::latest(conn).await?, last_act(conn).await?);
    let entries = stock::all(conn).await?;
    let catalogue = Arc::new(names(conn).await?);
    let mut shelf = built(move || Shelf::default().filled(entries)).await?;
    (shelf.turn, shelf.act, shelf.catalogue) = (turn, act, catalogue);
    with_calendars(conn, shelf).await
}

/// Takes in what was written since.
async fn follow(conn: &Connection, known: Shelf) -> Result<Shelf, Problem> {
    let (turn, act) = (turn::latest(conn).await?, last_act(conn).await?);
    let mut now = known.clone();
    (now.turn, now.act) = (turn, act);
    if turn != known.turn {
        let ids = turn::between(conn, known.turn, turn).await?;
        let entries = stock::some(conn, &ids).await?;
        now = built(move || now.with(&ids, entries)).await?;
    }
    if act != known.act {
        now.catalogue = Arc::new(names(conn).await?);
        if other_calendars(conn, known.act).await? {
            now.calendars = Arc::default();
        }
    }
    if turn != known.turn || now.calendars.is_empty() { with_calendars(conn, now).await } else { Ok(now) }
}

/// What equipment and services are called.
async fn names(conn: &Connection) -> Result<Vec<catalogue::Model>, Problem> {
    use catalogue::{CatalogueKind, Column, Entity};
    let query = Entity::find().filter(Column::Kind.ne(CatalogueKind::Check));
    Ok(query.order_by_asc(Column::Kind).order_by_asc(Column::Sort).order_by_asc(Column::Code).all(conn).await?)
}

/// Whether since that act a calendar or a union's place in the tree, which says what calendar holds, was changed.
async fn other_calendars(conn: &Connection, after: i64) -> Result<bool, Problem> {
    use audit::Column;
    let acts = Condition::any();
    let acts = acts.add(Column::Action.starts_with("organisations.")).add(Column::Action.eq("calendar.save"));
    let query = audit::Entity::find().filter(Column::Position.gt(after)).filter(acts);
    Ok(query.limit(1).count(conn).await? > 0)
}

/// Reads the calendars of unions whose own is not known yet.
async fn with_calendars(conn: &Connection, mut shelf: Shelf) -> Result<Shelf, Problem> {
    let mut calendars: HashMap<Id, Arc<WorkingCalendar>> = (*shelf.calendars).clone();
    let unions = shelf.entries().map(|entry| entry.organisation_id);
    let missing: HashSet<Id> = unions.filter(|union| !calendars.contains_key(union)).collect();
    calendars.extend(rulebook::working_calendars(conn, missing).await?);
    shelf.calendars = Arc::new(calendars);
    Ok(shelf)
}

/// Builds an index where it keeps no other answer waiting.
async fn built(build: impl FnOnce() -> Shelf + Send + 'static) -> Result<Shelf, Problem> {
    Ok(spawn_blocking(build).await.map_err(|err| Fault::Stored(format!("an index of stations: {err}")))?)
}
