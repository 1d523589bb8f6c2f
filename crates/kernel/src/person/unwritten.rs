//! Searches for whole numbers while their count can't be written, because the disk is full or can only be read. Who is there
//! is found all the same; what finds nobody is refused as everything is that writes. Since that refusal tells that nobody has
//! the number, this process counts it meanwhile, up to the same bound.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, Utc};
use database::Moment;
use sea_orm::sea_query::SelectStatement;

use super::misses::{self, Spent};
use crate::{Context, Problem};

/// By account, as [`crate::Actor::word`]: how often it sought in vain, and since when.
#[derive(Default)]
struct Unwritten(Mutex<HashMap<String, (i64, Moment)>>);

/// One search, which counts here from when it is judged until its count is written, or it finds somebody; or for an hour,
/// where neither comes.
pub(super) struct Guess {
    here: Arc<Unwritten>,
    actor: String,
    now: DateTime<Utc>,
    is_counted: AtomicBool,
}

impl Guess {
    pub(super) fn of(context: &Context) -> Self {
        let (here, actor) = (context.house().here::<Unwritten>(), context.actor().word());
        Self { here, actor, now: context.now(), is_counted: AtomicBool::new(false) }
    }

    /// Counts the search, once however often it is judged; unless the bound is met by what was written (how often, and since
    /// when) and what else is counted here.
    pub(super) fn count(&self, (before, since): (i64, Moment), most: i64) -> Option<Spent> {
        self.take_back();
        let mut counts = self.here.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, (_, since)| misses::is_running(*since, self.now));
        let (missed, begun) = counts.entry(self.actor.clone()).or_insert((0, self.now.into()));
        if *missed == 0 {
            *begun = self.now.into();
        }
        if before + *missed >= most {
            let here = if *missed > 0 { misses::rest(*begun, self.now) } else { 0 };
            let written = if before > 0 { misses::rest(since, self.now) } else { 0 };
            return Some(Spent { most, seconds: here.max(written) });
        }
        *missed += 1;
        self.is_counted.store(true, Ordering::Relaxed);
        None
    }

    /// It counts here no longer.
    pub(super) fn take_back(&self) {
        if !self.is_counted.swap(false, Ordering::Relaxed) {
            return;
        }
        let mut counts = self.here.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((missed, _)) = counts.get_mut(&self.actor) {
            *missed = (*missed - 1).max(0);
        }
    }

    /// It counts here for the hour.
    fn keep(self) {
        self.is_counted.store(false, Ordering::Relaxed);
    }
}

/// Whoever is told nothing has learned nothing.
impl Drop for Guess {
    fn drop(&mut self) {
        self.take_back();
    }
}

/// Lets a search pass that finds somebody; the bound, where it is met.
///
/// # Errors
/// `why` the count can't be written, where nobody is found; a fault of the database.
pub(super) async fn judge(
    context: &Context,
    questions: &[SelectStatement],
    guess: Guess,
    why: Problem,
) -> Result<Option<Spent>, Problem> {
    // Otherwise it was judged already, and found nobody.
    if !guess.is_counted.load(Ordering::Relaxed) {
        let written = misses::running(context.read(), context).await?;
        if let Some(spent) = guess.count(written, misses::most(context.read(), context).await?) {
            return Ok(Some(spent));
        }
        if misses::is_found(context.read(), questions).await? {
            return Ok(None);
        }
    }
    guess.keep();
    Err(why)
}
