//! How the house asks others over the network.

use reqwest::{Client, ClientBuilder, RequestBuilder, redirect::Policy};
use rustls::crypto::{CryptoProvider, ring};

/// A client to be set up, with the cryptography that the connection to the database uses, too. It goes where the operator said:
/// a redirect could lead into the unit's own network, or take a number elsewhere.
pub(crate) fn builder() -> ClientBuilder {
    if CryptoProvider::get_default().is_none() {
        // It fails when another thread was quicker; then the same one stands there.
        ring::default_provider().install_default().ok();
    }
    Client::builder().redirect(Policy::none())
}

/// A client with nothing special about it.
pub(crate) fn client() -> Client {
    builder().build().unwrap_or_default()
}

/// Hands something over; any answer that is a success means that it was taken.
///
/// # Errors
/// Why it was not, without addresses and texts: they may hold a number or a secret, which must not reach the log.
pub(crate) async fn hand_over(request: RequestBuilder) -> Result<(), String> {
    let answer = request.send().await.map_err(|err| if err.is_timeout() { "timed out" } else { "not reached" })?;
    let status = answer.status();
    if status.is_success() { Ok(()) } else { Err(format!("refused: {status}")) }
}
