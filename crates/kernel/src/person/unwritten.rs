//! Searches for whole numbers while their count can't be written, because the disk is full or can only be read. Who is there
//! is found all the same; what finds nobody is refused as everything is that writes. Since that refusal tells that nobody has
//! the number, this process counts it meanwhile, up to the same bound.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use database::Moment;
use sea_orm::sea_query::SelectStatement;

use super::misses::{self, Spent};
use crate::{Context, Problem};

/// By account, as [`crate::Actor::word`]: how often it sought in vain, and since when.
#[derive(Default)]
struct Unwritten(Mutex<HashMap<String, (i64, Moment)>>);

/// Lets a search pass that finds somebody; the bound, where it is met.
///
/// # Errors
/// `why` the count can't be written, where nobody is found; a fault of the database.
pub(super) async fn judge(
    context: &Context,
    questions: &[SelectStatement],
    why: Problem,
) -> Result<Option<Spent>, Problem> {
    let (written, most) =
        (misses::running(context.read(), context).await?, misses::most(context.read(), context).await?);
    let (here, actor) = (context.house().here::<Unwritten>(), context.actor().word());
    // Counted before it is answered, or all who guess at once would be answered before the first is counted.
    if let Some(seconds) = here.count(&actor, written, most, context.now()) {
        return Ok(Some(Spent { most, seconds }));
    }
    let found = misses::is_found(context.read(), questions).await;
    if !matches!(found, Ok(false)) {
        here.take_back(&actor);
    }
    if found? { Ok(None) } else { Err(why) }
}

impl Unwritten {
    /// Counts a search, unless with what was written before (how often, and since when) the bound is met: then the seconds
    /// until the hour is over.
    fn count(&self, actor: &str, (before, since): (i64, Moment), most: i64, now: DateTime<Utc>) -> Option<i64> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, (_, since)| misses::is_running(*since, now));
        let (missed, begun) = counts.entry(actor.to_owned()).or_insert((0, now.into()));
        if before + *missed >= most {
            return Some(misses::rest(since, now).max(misses::rest(*begun, now)));
        }
        *missed += 1;
        None
    }

    fn take_back(&self, actor: &str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((missed, _)) = counts.get_mut(actor) {
            *missed = (*missed - 1).max(0);
        }
    }
}
