use std::{collections::BTreeMap, time::Duration};

use axum::{
    Router,
    body::{Body, BodyDataStream, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header, request::Builder},
};
use futures::StreamExt;
use kernel::caller::Trace;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tower::ServiceExt;

use crate::untraced;

/// How long a test waits for a live page's next message.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser of a kind: it keeps its cookies and sends the header that forged requests lack.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    bearer: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// What the call left behind.
    pub trace: Trace,
}

impl Answer {
    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The body as a value, if the status is a success.
    #[must_use]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{}: {}", self.status, String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The problem's code, if it is a problem.
    #[must_use]
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl Client {
    /// A client that is not logged in.
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), bearer: None }
    }

    /// The same client with a bearer token.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    /// The same browser, with its cookie, at another router.
    #[must_use]
    pub fn moved_to(&self, router: Router) -> Self {
        Self { router, ..self.clone() }
    }

    /// Logs an officer in.
    pub async fn log_in(&mut self, username: &str, password: &str) -> Answer {
        self.post("/api/v1/session", &serde_json::json!({ "username": username, "password": password })).await
    }

    /// Asks.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    /// Sends JSON.
    pub async fn post(&mut self, path: &str, body: &impl Serialize) -> Answer {
        self.send_json(Method::POST, path, &[], body).await
    }

    /// Takes something away: what is said of the export, and its file.
    pub async fn take_away(&mut self, path: &str, form: &Value) -> (Value, Bytes) {
        let made: Value = self.post(path, form).await.ok();
        let file = self.get(&format!("/api/v1/exports/{}/file", made["id"].as_str().unwrap())).await;
        (made, file.body)
    }

    /// Puts a form in which the version stands with which it was read.
    pub async fn put(&mut self, path: &str, form: &Value) -> Answer {
        let version = format!("\"{}\"", form["version"]);
        self.send_json(Method::PUT, path, &[("if-match", &version)], form).await
    }

    /// Sends JSON by any method with more headers.
    pub async fn send_json(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &impl Serialize,
    ) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/json"));
        self.send(method, path, &headers, Body::from(serde_json::to_vec(body).unwrap())).await
    }

    /// Sends a form that holds a file, as a browser does: its texts, and behind them the file's name and content.
    pub async fn post_form(
        &mut self,
        path: &str,
        headers: &[(&str, &str)],
        texts: &[(&str, &str)],
        (file, bytes): (&str, &[u8]),
    ) -> Answer {
        let part = "--edge\r\ncontent-disposition: form-data; name=";
        let texts = texts.iter().map(|(name, text)| format!("{part}\"{name}\"\r\n\r\n{text}\r\n"));
        let head: String = texts.chain([format!("{part}\"file\"; filename=\"{file}\"\r\n\r\n")]).collect();
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        let headers = [headers, &[("content-type", "multipart/form-data; boundary=edge")]].concat();
        self.send(Method::POST, path, &headers, Body::from(body)).await
    }

    /// Opens a live page (server-sent events); the answer goes on for as long as it is held.
    pub async fn watch(&self, path: &str) -> Watch {
        let request = self.request(Method::GET, path, &[]).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert!(response.status().is_success(), "{path}: {}", response.status());
        Watch { body: response.into_body().into_data_stream(), read: String::new() }
    }

    fn request(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Builder {
        let mut request = Request::builder().method(method).uri(path).header("x-niangjia", "web");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, all.join("; "));
        }
        if let Some(bearer) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
        }
        request
    }

    /// Sends anything. What changes something leaves an entry in the audit chain, or stands in [`crate::UNTRACED`].
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let trace = Trace::default();
        let request = self.request(method.clone(), path, headers).extension(trace.clone());
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let body = to_bytes(body, usize::MAX).await.unwrap();
        if parts.status.is_success() && !method.is_safe() {
            untraced::check(&method, &trace);
        }
        Answer { status: parts.status, headers: parts.headers, body, trace }
    }
}

/// A live page that is being watched.
pub struct Watch {
    body: BodyDataStream,
    read: String,
}

impl Watch {
    /// The next message that the page is told; comments that only keep the line open are passed over.
    pub async fn next(&mut self) -> Value {
        loop {
            while let Some((message, rest)) = self.read.split_once("\n\n") {
                let data =
                    message.lines().find_map(|line| line.strip_prefix("data:")).map(str::trim).map(str::to_owned);
                self.read = rest.to_owned();
                if let Some(data) = data {
                    return serde_json::from_str(&data).unwrap();
                }
            }
            let bytes = tokio::time::timeout(PATIENCE, self.body.next()).await.unwrap().unwrap().unwrap();
            self.read.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    /// What is still said until the page ends.
    pub async fn end(mut self) -> String {
        while let Some(bytes) = tokio::time::timeout(PATIENCE, self.body.next()).await.unwrap() {
            self.read.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
        }
        self.read
    }
}
