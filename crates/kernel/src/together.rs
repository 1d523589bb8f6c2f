//! Answering together those who ask at the same time. A unit of work for one costs the disk and the questions that everybody
//! asks as much as a unit for a hundred; so whoever comes while others are answered waits, and all who wait are answered by
//! the next unit.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, oneshot},
    time::{Instant, timeout},
};

use crate::House;

/// The most who are answered at once.
const MOST: usize = 128;
/// In a rush those who were just answered are followed by others at once. For half as many as were answered last time is
/// waited, at most this long.
const LINGER: Duration = Duration::from_millis(2);
/// A rush is over when nobody was answered for this long.
const RUSH: Duration = Duration::from_millis(50);

/// Somebody who asked and waits.
pub struct Asked<Q, A> {
    /// What he asked.
    pub question: Q,
    answer: oneshot::Sender<A>,
}

impl<Q, A> Asked<Q, A> {
    /// Answers; who went away meanwhile hears nothing.
    pub fn tell(self, answer: A) {
        let _may_be_gone = self.answer.send(answer);
    }
}

/// Those who wait in this process for the same.
pub struct Together<Q, A> {
    waiting: Mutex<Waiting<Q, A>>,
    /// Told of each who comes.
    came: Notify,
}

struct Waiting<Q, A> {
    asked: Vec<Asked<Q, A>>,
    /// Whether somebody answers now.
    busy: bool,
    /// How many were answered last, and when.
    last: Option<(usize, Instant)>,
}

impl<Q, A> Default for Together<Q, A> {
    fn default() -> Self {
        Self { waiting: Mutex::new(Waiting { asked: Vec::new(), busy: false, last: None }), came: Notify::default() }
    }
}

impl<Q: Send + 'static, A: Send + 'static> Together<Q, A> {
    /// Takes a place among those who wait. Whoever finds nobody at work has `answer` called in a task of the house, with all
    /// who wait (at most 128), until nobody does. Nothing is heard if answering ends early.
    pub fn ask<W, F>(
        self: &Arc<Self>,
        house: &House,
        question: Q,
        answer: W,
    ) -> impl Future<Output = Option<A>> + use<W, F, Q, A>
    where
        W: Fn(Vec<Asked<Q, A>>) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let (told, heard) = oneshot::channel();
        let mut waiting = self.lock();
        waiting.asked.push(Asked { question, answer: told });
        let is_first = !mem::replace(&mut waiting.busy, true);
        drop(waiting);
        self.came.notify_one();
        if is_first {
            house.tasks().start(answer_all(self.clone(), answer));
        }
        async { heard.await.ok() }
    }

    /// Waits for a moment, while a rush goes on, until there are some.
    async fn gather(&self) {
        let rush = self.lock().last.filter(|(_, at)| at.elapsed() < RUSH);
        let wanted = rush.map_or(0, |(answered, _)| answered / 2);
        let enough = async {
            while self.lock().asked.len() < wanted {
                self.came.notified().await;
            }
        };
        let _enough_or_not = timeout(LINGER, enough).await;
    }

    /// The first of those who wait; with none, nobody is at work any more.
    fn next(&self) -> Vec<Asked<Q, A>> {
        let mut waiting = self.lock();
        let some = waiting.asked.len().min(MOST);
        waiting.busy = some > 0;
        waiting.asked.drain(..some).collect()
    }
}

impl<Q, A> Together<Q, A> {
    fn lock(&self) -> MutexGuard<'_, Waiting<Q, A>> {
        // What is behind this lock is whole between any two statements.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Frees the place of who answers if answering ends early, so that the next who comes is answered.
struct Freed<'a, Q, A>(&'a Together<Q, A>);

impl<Q, A> Drop for Freed<'_, Q, A> {
    fn drop(&mut self) {
        let mut waiting = self.0.lock();
        if mem::replace(&mut waiting.busy, false) {
            waiting.asked.clear();
        }
    }
}

async fn answer_all<Q, A, W, F>(those: Arc<Together<Q, A>>, answer: W)
where
    Q: Send + 'static,
    A: Send + 'static,
    W: Fn(Vec<Asked<Q, A>>) -> F,
    F: Future<Output = ()>,
{
    let freed = Freed(&those);
    loop {
        those.gather().await;
        let asked = those.next();
        if asked.is_empty() {
            // The place is free already; somebody else may have begun to answer.
            mem::forget(freed);
            return;
        }
        let number = asked.len();
        answer(asked).await;
        those.lock().last = Some((number, Instant::now()));
    }
}

/// The same keys, the last one repeated up to a power of two: so a question about those who ask together has few lengths,
/// and the database has read each of them before.
#[must_use]
pub fn padded<T: Clone>(keys: &[T]) -> Vec<T> {
    let mut padded = keys.to_vec();
    if let Some(last) = keys.last() {
        padded.resize(keys.len().next_power_of_two(), last.clone());
    }
    padded
}
