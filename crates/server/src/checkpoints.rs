//! Handing the audit chain's checkpoints to another machine.

use std::{future::Future, pin::Pin};

use kernel::audit::checkpoint::CheckpointKeeper;

use crate::outward;

/// Sends each checkpoint by `POST {url}` as a line of text; any answer that is a success means that it was kept.
pub struct HttpKeeper {
    client: reqwest::Client,
    url: String,
}

impl HttpKeeper {
    /// A keeper at an address.
    #[must_use]
    pub fn new(url: String) -> Self {
        Self { client: outward::client(), url }
    }
}

impl CheckpointKeeper for HttpKeeper {
    fn keep<'a>(&'a self, line: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        Box::pin(async move {
            let request = self.client.post(&self.url).header("content-type", "text/plain; charset=utf-8");
            outward::hand_over(request.body(line.to_owned()).timeout(std::time::Duration::from_secs(30))).await
        })
    }
}
