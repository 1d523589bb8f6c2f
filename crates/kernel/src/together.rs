//! Answering together those who ask at the same time. A unit of work for one costs the disk and the questions that everybody
//! asks as much as a unit for a hundred; so whoever comes while others are answered waits, and all who wait are answered by
//! the next unit.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Notify,
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

/// Those who wait in this process for the same.
pub struct Together<T> {
    waiting: Mutex<Waiting<T>>,
    /// Told of each who comes.
    came: Notify,
}

struct Waiting<T> {
    asked: Vec<T>,
    /// Whether somebody answers now.
    busy: bool,
    /// How many were answered last, and when.
    last: Option<(usize, Instant)>,
}

impl<T> Default for Together<T> {
    fn default() -> Self {
        Self { waiting: Mutex::new(Waiting { asked: Vec::new(), busy: false, last: None }), came: Notify::default() }
    }
}

impl<T: Send + 'static> Together<T> {
    /// Takes a place among those who wait. Whoever finds nobody at work has `answer` called in a task of the house, with all
    /// who wait (at most 128), until nobody does. If answering ends early, those who wait are dropped: give each a channel
    /// to be answered by, and its end tells him.
    pub fn enter<A, F>(self: &Arc<Self>, house: &House, one: T, answer: A)
    where
        A: Fn(Vec<T>) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let mut waiting = self.lock();
        waiting.asked.push(one);
        let is_first = !mem::replace(&mut waiting.busy, true);
        drop(waiting);
        self.came.notify_one();
        if is_first {
            house.tasks().start(answer_all(self.clone(), answer));
        }
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
    fn next(&self) -> Vec<T> {
        let mut waiting = self.lock();
        let some = waiting.asked.len().min(MOST);
        waiting.busy = some > 0;
        waiting.asked.drain(..some).collect()
    }
}

impl<T> Together<T> {
    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        // What is behind this lock is whole between any two statements.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Frees the place of who answers if answering ends early, so that the next who comes is answered.
struct Freed<'a, T>(&'a Together<T>);

impl<T> Drop for Freed<'_, T> {
    fn drop(&mut self) {
        let mut waiting = self.0.lock();
        if mem::replace(&mut waiting.busy, false) {
            waiting.asked.clear();
        }
    }
}

async fn answer_all<T, A, F>(those: Arc<Together<T>>, answer: A)
where
    T: Send + 'static,
    A: Fn(Vec<T>) -> F,
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
