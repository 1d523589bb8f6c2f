//! Background tasks that end with the server.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::runtime::Handle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The running program's background tasks. Clones share them.
#[derive(Clone, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Tasks {
    /// Runs `work` until it ends or the program stops; `work` watches [`Tasks::stopping`] if it loops.
    pub fn start(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(work);
    }

    /// Does `work` in place; who stops waiting for it leaves it behind as a task, which goes on to its end.
    #[must_use]
    pub fn finish<W: Future<Output: Send> + Send + 'static>(&self, work: W) -> Finished<W> {
        Finished { work: Some(Box::pin(work)), tasks: self.clone() }
    }

    /// Resolves when the program stops.
    #[must_use]
    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Asks all tasks to end and waits until they have.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

/// Work that comes to its end, waited for or not.
pub struct Finished<W: Future<Output: Send> + Send + 'static> {
    /// Until it has ended.
    work: Option<Pin<Box<W>>>,
    tasks: Tasks,
}

impl<W: Future<Output: Send> + Send + 'static> Future for Finished<W> {
    type Output = W::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<W::Output> {
        let Some(work) = &mut self.work else { return Poll::Pending };
        let polled = work.as_mut().poll(context);
        if polled.is_ready() {
            self.work = None;
        }
        polled
    }
}

impl<W: Future<Output: Send> + Send + 'static> Drop for Finished<W> {
    fn drop(&mut self) {
        // A panic in the work would come again. Outside of the runtime nothing can go on.
        if let Some(work) = self.work.take().filter(|_| !std::thread::panicking() && Handle::try_current().is_ok()) {
            self.tasks.start(async move { drop(work.await) });
        }
    }
}
