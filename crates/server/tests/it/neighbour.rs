//! Two unions side by side: nothing of the one comes out to the officers of the other, by any operation of the document:
//! not by its key, not in a list, not in a file, and not as the place of something new.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    document::{document, operations},
    roles::{OFFICERS, found, officer},
    sample::minimal,
    stock::{MARK, Stock, stock},
};

/// What belongs to no union: everybody keeps and reads the same.
pub(crate) const COMMON: &[&str] =
    &["platforms", "worker-groups", "calendar", "station-catalogue", "station-standard", "benefit-kinds"];

/// What is sent where a file is asked for.
fn file(union: Id) -> String {
    let part =
        |name: &str, text: &str| format!("--edge\r\ncontent-disposition: form-data; name={name}\r\n\r\n{text}\r\n");
    format!("{}{}--edge--\r\n", part("organisation_id", &union.to_string()), part("file; filename=a.pdf", "%PDF-1.7"))
}

/// A body that passes as a form, so that the answer tells of the record; text where it is no JSON.
fn body(operation: &Value, document: &Value, stock: &Stock) -> Value {
    if operation["requestBody"]["content"].get("multipart/form-data").is_some() {
        return json!(file(stock.union));
    }
    let mut body = minimal(document, &operation["requestBody"], &stock.union.to_string());
    let right = [
        ("credit_code", json!("914403001922038216")),
        ("code", json!("150203")),
        ("ends_at", json!("2026-07-01T06:00:00Z")),
        ("permissions", json!(["ledger.view"])),
        ("hours", json!({ "week": [[], [], [], [], [], [], []] })),
    ];
    for (field, value) in right {
        if body.get(field).is_some() {
            body[field] = value;
        }
    }
    body
}

struct Side {
    clients: Vec<Client>,
}

impl Side {
    async fn new(app: &App, name: &str, organisation: Id) -> Self {
        let mut clients = Vec::new();
        for (username, role) in OFFICERS {
            clients.push(officer(app, &format!("{name}.{username}"), role, organisation).await);
        }
        Self { clients }
    }

    /// The answers of those officers whose role may ask at all.
    async fn ask(&mut self, method: &str, path: &str, body: &Value) -> Vec<(StatusCode, String)> {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let (kind, sent) = match body {
            Value::Null => ("application/json", String::new()),
            Value::String(form) => ("multipart/form-data; boundary=edge", form.clone()),
            body => ("application/json", body.to_string()),
        };
        let headers = [("content-type", kind), ("if-match", "\"1\"")];
        let mut answers = Vec::new();
        for client in &mut self.clients {
            let answer = client.send(method.clone(), path, &headers, Body::from(sent.clone())).await;
            if answer.code() != "forbidden" {
                answers.push((answer.status, String::from_utf8_lossy(&answer.body).into_owned()));
            }
        }
        answers
    }
}

/// The live pages of what is there go on and on.
pub(crate) fn is_endless(path: &str) -> bool {
    path.ends_with("/live")
}

#[tokio::test]
async fn nothing_comes_out_to_the_neighbour() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let here = found(&app, Some(root), "150100", "呼和浩特市总工会", Level::Prefecture).await;
        let there = found(&app, Some(root), "150200", &format!("{MARK}总工会"), Level::Prefecture).await;
        let mut neighbour = Side::new(&app, "neighbour", here).await;
        let mut owner = Side::new(&app, "owner", there).await;
        let mut above = officer(&app, "above", "业务干部", root).await;
        let [_, security, _, work, _] = &mut owner.clients[..] else { panic!("the officers changed") };
        let stock = stock(&app, there, &mut above, work, security).await;
        let document = document();
        let mut by_key = 0;
        for (method, path, operation) in operations(&document) {
            let permission = operation["x-permission"].as_str().unwrap();
            if ["everyone", "logged_in", "oneself"].contains(&permission) {
                continue;
            }
            let called = format!("{method} {path}");
            let collection = path.split('/').nth(3).unwrap();
            let keyed = path.contains('{') && !COMMON.contains(&collection);
            if keyed {
                let path = stock.fill(&path);
                let answers = neighbour.ask(&method, &path, &body(&operation, &document, &stock)).await;
                assert!(!answers.is_empty(), "{called}: nobody may call it");
                for (status, text) in answers {
                    assert_eq!(status, StatusCode::NOT_FOUND, "{called}: {text}");
                }
                if method == "GET" && !is_endless(&path) {
                    let answers = owner.ask(&method, &path, &Value::Null).await;
                    assert!(
                        answers.iter().any(|(status, _)| status.is_success()),
                        "{called} of its owner: {answers:?}"
                    );
                }
                by_key += 1;
            } else if method == "GET" {
                let place = format!("{path}?organisation={there}").replace("{year}", "2026");
                for asked in [&path.replace("{year}", "2026").replace("{id}", stock.key("platforms")), &place] {
                    for (status, text) in neighbour.ask(&method, asked, &Value::Null).await {
                        assert!(!status.is_server_error(), "{called}: {text}");
                        stock.must_not_show(&called, &text);
                    }
                }
            } else if !COMMON.contains(&collection) {
                for (status, text) in neighbour.ask(&method, &path, &body(&operation, &document, &stock)).await {
                    assert!(status.is_client_error(), "{called}: {status} {text}");
                    stock.must_not_show(&called, &text);
                }
            }
        }
        assert!(by_key > 60, "only {by_key} operations were called by key");
    })
    .await;
}
