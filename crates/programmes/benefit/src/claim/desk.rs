//! The desk of each round in this process: those who ask together are answered together, and for a moment it is known that
//! nothing is left.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use database::Id;
use kernel::{
    Context, Fault, House, Problem,
    together::{self, Together},
};
use sea_orm::entity::prelude::*;
use tokio::time::Instant;

use super::{ClaimRefusal, give::give, stand};
use crate::tables::round;

/// How long "nothing is left" is believed without asking again. What is given back in this process is known at once; what
/// is given back in another one, after this long.
const BELIEVED: Duration = Duration::from_millis(500);

/// Who asks, and by which call.
pub(super) struct Claimant {
    pub(super) person: Id,
    pub(super) once: Option<String>,
}

/// Somebody who asks and waits for his claim's key.
pub(super) type Asked = together::Asked<Claimant, Result<Id, Problem>>;

/// The desks of all rounds.
#[derive(Default)]
pub(crate) struct Desk(Mutex<HashMap<Id, Arc<Queue>>>);

/// One round's desk.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Arc<Together<Claimant, Result<Id, Problem>>>,
    gone: Mutex<Gone>,
}

/// What is known of an empty round.
#[derive(Default)]
struct Gone {
    until: Option<Instant>,
    /// Grows when something is given back, so that what was counted before is not believed afterwards.
    returns: u64,
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind these locks is whole between any two statements.
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Asks for a piece of a round; answers the claim's key.
    ///
    /// # Errors
    /// [`ClaimRefusal`], 404, or a fault.
    pub(super) async fn ask(&self, house: &House, round: Id, person: Id, once: Option<String>) -> Result<Id, Problem> {
        let known = lock(&self.0).get(&round).cloned();
        let queue = match known {
            Some(queue) => queue,
            None => self.open(house, round).await?,
        };
        if queue.is_gone() {
            let context = Context::system(house, "a claim that comes too late");
            let held = stand::held(context.read(), round, &[person]).await?;
            return match stand::told(&held, person, once.as_deref()) {
                Some(answer) => answer,
                None => Err(ClaimRefusal::AllGone.into()),
            };
        }
        let at_work = (house.clone(), queue.clone());
        let answer = queue.waiting.ask(house, Claimant { person, once }, move |asked| {
            let (house, queue) = at_work.clone();
            async move { give(&Context::system(&house, "claims of a round"), round, &queue, asked).await }
        });
        answer.await.unwrap_or_else(|| Err(Fault::Stopped.into()))
    }

    /// The desk of a round at which nobody has asked yet. It stays, so it is opened for a round that there is, and for no other
    /// key that somebody may send.
    async fn open(&self, house: &House, round: Id) -> Result<Arc<Queue>, Problem> {
        let context = Context::system(house, "a round's desk");
        if round::Entity::find_by_id(round).one(context.read()).await?.is_none() {
            return Err(Problem::not_found());
        }
        Ok(lock(&self.0).entry(round).or_default().clone())
    }

    /// Something was given back, so that a piece is free again; told after it is on disk.
    pub(crate) fn returned(&self, round: Id) {
        if let Some(queue) = lock(&self.0).get(&round) {
            let mut gone = lock(&queue.gone);
            gone.returns += 1;
            gone.until = None;
        }
    }
}

impl Queue {
    fn is_gone(&self) -> bool {
        lock(&self.gone).until.is_some_and(|until| Instant::now() < until)
    }

    /// How often something was given back so far.
    pub(super) fn returns(&self) -> u64 {
        lock(&self.gone).returns
    }

    /// Nothing was left when `returns` things had been given back.
    pub(super) fn is_empty_since(&self, returns: u64) {
        let mut gone = lock(&self.gone);
        if gone.returns == returns {
            gone.until = Some(Instant::now() + BELIEVED);
        }
    }
}
