//! The ways one-time codes reach phones.

use std::{future::Future, pin::Pin};

use kernel::access::SmsGateway;
use serde_json::json;

use crate::outward;

/// Sends texts through a gateway that takes `POST {url}` with `{"phone": …, "text": …}` and a bearer key.
pub struct HttpGateway {
    client: reqwest::Client,
    url: String,
    key: String,
}

impl HttpGateway {
    /// A gateway at an address, with its key.
    #[must_use]
    pub fn new(url: String, key: String) -> Self {
        Self { client: outward::client(), url, key }
    }
}

impl SmsGateway for HttpGateway {
    fn send<'a>(
        &'a self,
        phone: &'a str,
        text: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        Box::pin(async move {
            let request =
                self.client.post(&self.url).bearer_auth(&self.key).json(&json!({ "phone": phone, "text": text }));
            outward::hand_over(request.timeout(std::time::Duration::from_secs(10))).await
        })
    }
}

/// Writes texts to the log instead of sending them: for the demo only.
pub struct LogGateway;

impl SmsGateway for LogGateway {
    fn send<'a>(
        &'a self,
        phone: &'a str,
        text: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        tracing::warn!(phone = secret::masking::phone(phone), text, "demo: this text was not sent");
        Box::pin(async { Ok(()) })
    }
}

/// Where no gateway is set, outside the demo: every text fails, and whoever asked for a code hears of it.
pub struct NoGateway;

impl SmsGateway for NoGateway {
    fn send<'a>(&'a self, _: &'a str, _: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        Box::pin(async { Err("no gateway is set".to_owned()) })
    }
}
