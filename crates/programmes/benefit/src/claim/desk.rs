//! The desk of each round in this process: gathers those who ask while others are answered, and knows for a moment that
//! nothing is left.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use database::Id;
use kernel::{Context, Fault, House, Problem};
use tokio::{
    sync::{Notify, oneshot},
    time::{Instant, timeout},
};

use super::{ClaimRefusal, give::give, stand};

/// The most who are answered by one unit.
const MOST: usize = 128;
/// How long "nothing is left" is believed without asking again. What is given back in this process is known at once; what
/// is given back in another one, after this long.
const BELIEVED: Duration = Duration::from_millis(500);

/// In a rush those who were just answered are followed by others at once. For half as many as were answered last time the
/// desk waits, at most this long: a unit for one costs the disk as much as a unit for all.
const LINGER: Duration = Duration::from_millis(2);
/// A rush is over when nobody was answered for this long.
const RUSH: Duration = Duration::from_millis(50);

/// Somebody who asks and waits.
pub(super) struct Asked {
    pub(super) person: Id,
    pub(super) once: Option<String>,
    pub(super) answer: oneshot::Sender<Result<Id, Problem>>,
}

impl Asked {
    /// Answers; who went away meanwhile hears nothing.
    pub(super) fn tell(self, answer: Result<Id, Problem>) {
        let _may_be_gone = self.answer.send(answer);
    }
}

/// The desks of all rounds.
#[derive(Default)]
pub(crate) struct Desk(Mutex<HashMap<Id, Arc<Queue>>>);

/// One round's desk.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    /// Told of each who comes.
    came: Notify,
    gone: Mutex<Gone>,
}

#[derive(Default)]
struct Waiting {
    asked: Vec<Asked>,
    /// Whether somebody answers now.
    busy: bool,
    /// How many were answered last, and when.
    last: Option<(usize, Instant)>,
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
        let queue = lock(&self.0).entry(round).or_default().clone();
        if queue.is_gone() {
            let context = Context::system(house, "a claim that comes too late");
            let held = stand::held(context.read(), round, &[person]).await?;
            return match stand::told(&held, person, once.as_deref()) {
                Some(answer) => answer,
                None => Err(ClaimRefusal::AllGone.into()),
            };
        }
        let (answer, heard) = oneshot::channel();
        if queue.enter(Asked { person, once, answer }) {
            house.tasks().start(answer_all(house.clone(), round, queue));
        }
        heard.await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
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
    /// Takes a place in the queue; answers whether nobody answers there yet.
    fn enter(&self, asked: Asked) -> bool {
        let mut waiting = lock(&self.waiting);
        waiting.asked.push(asked);
        self.came.notify_one();
        !mem::replace(&mut waiting.busy, true)
    }

    /// Waits for a moment, while a rush goes on, until there are some.
    async fn gather(&self) {
        let rush = lock(&self.waiting).last.filter(|(_, at)| at.elapsed() < RUSH);
        let wanted = rush.map_or(0, |(answered, _)| answered / 2);
        let enough = async {
            while lock(&self.waiting).asked.len() < wanted {
                self.came.notified().await;
            }
        };
        let _enough_or_not = timeout(LINGER, enough).await;
    }

    /// So many were answered just now.
    fn answered(&self, number: usize) {
        lock(&self.waiting).last = Some((number, Instant::now()));
    }

    /// The first of those who wait; with none the desk is free.
    fn next(&self) -> Vec<Asked> {
        let mut waiting = lock(&self.waiting);
        let some = waiting.asked.len().min(MOST);
        waiting.busy = some > 0;
        waiting.asked.drain(..some).collect()
    }

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

/// Frees the desk if answering ends early, so that the next who comes is answered; those who waited hear of it by their
/// dropped channel.
struct Freed<'a>(&'a Queue);

impl Drop for Freed<'_> {
    fn drop(&mut self) {
        let mut waiting = lock(&self.0.waiting);
        if mem::replace(&mut waiting.busy, false) {
            waiting.asked.clear();
        }
    }
}

async fn answer_all(house: House, round: Id, queue: Arc<Queue>) {
    let freed = Freed(&queue);
    loop {
        queue.gather().await;
        let asked = queue.next();
        if asked.is_empty() {
            // The desk is free already; somebody else may have begun to answer.
            mem::forget(freed);
            return;
        }
        let number = asked.len();
        give(&Context::system(&house, "claims of a round"), round, &queue, asked).await;
        queue.answered(number);
    }
}
