//! How the house asks others over the network.

use reqwest::{Client, ClientBuilder};
use rustls::crypto::{CryptoProvider, ring};

/// A client to be set up, with the cryptography that the connection to the database uses, too.
pub(crate) fn builder() -> ClientBuilder {
    if CryptoProvider::get_default().is_none() {
        // It fails when another thread was quicker; then the same one stands there.
        ring::default_provider().install_default().ok();
    }
    Client::builder()
}

/// A client with nothing special about it.
pub(crate) fn client() -> Client {
    builder().build().unwrap_or_default()
}
