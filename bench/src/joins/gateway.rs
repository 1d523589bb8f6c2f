//! A text gateway that remembers each phone's last code.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{Json, Router, extract::State, routing::post};
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::Outcome;

type Codes = Arc<Mutex<HashMap<String, String>>>;

/// The gateway.
pub struct Gateway {
    /// Where it takes texts.
    pub url: String,
    codes: Codes,
}

#[derive(Deserialize)]
struct Text {
    phone: String,
    text: String,
}

impl Gateway {
    /// Opens it on a free port.
    pub async fn open() -> Outcome<Self> {
        let codes = Codes::default();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let router = Router::new().route("/", post(take)).with_state(codes.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, codes })
    }

    /// The last code that was sent to a phone.
    pub fn code(&self, phone: &str) -> Option<String> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).get(phone).cloned()
    }
}

async fn take(State(codes): State<Codes>, Json(Text { phone, text }): Json<Text>) {
    let code = text.chars().skip_while(|sign| !sign.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    codes.lock().unwrap_or_else(PoisonError::into_inner).insert(phone, code);
}
