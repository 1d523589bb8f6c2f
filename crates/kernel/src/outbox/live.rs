use tokio::sync::broadcast;

/// Tells live pages of this process that something changed; they ask again. A page never learns from here alone: it
/// also asks at intervals, because another process's writes are not told here.
#[derive(Clone)]
pub struct Live(broadcast::Sender<String>);

impl Default for Live {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

impl Live {
    /// Says that what `topic` names has changed, for instance `event/123`.
    pub fn changed(&self, topic: impl Into<String>) {
        // Nobody may be watching, which is no error.
        let _nobody_watches = self.0.send(topic.into());
    }

    /// The topics that change from now on.
    #[must_use]
    pub fn watch(&self) -> broadcast::Receiver<String> {
        self.0.subscribe()
    }
}
