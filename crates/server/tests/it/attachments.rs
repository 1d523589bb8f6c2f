//! Attachments through the router: a form with a file in, a file to keep out.

use axum::{body::Body, http::Method};
use kernel::{audit, organisation::Level, permission::LoggedIn};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    document::document,
    roles::{found, officer},
    stations::day,
};

async fn hand_in(client: &mut Client, name: &str, bytes: &[u8]) -> Answer {
    hand_in_as(client, "application/pdf", name, bytes).await
}

pub(crate) async fn hand_in_as(client: &mut Client, kind: &str, name: &str, bytes: &[u8]) -> Answer {
    hand_in_at(client, "/api/v1/attachments", (kind, name, bytes)).await
}

/// The same where something other than a form of its own takes files in: its kind, name and content.
pub(crate) async fn hand_in_at(client: &mut Client, path: &str, file: (&str, &str, &[u8])) -> Answer {
    let (form, body) = form("edge", file);
    client.send(Method::POST, path, &[("content-type", form.as_str())], body).await
}

/// A form that holds a file, of its kind, name and content, between such edges: what it says of itself, and the whole.
fn form(edge: &str, (kind, name, bytes): (&str, &str, &[u8])) -> (String, Body) {
    let head = format!(
        "--{edge}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, format!("\r\n--{edge}--\r\n").as_bytes()].concat();
    (format!("multipart/form-data; boundary={edge}"), Body::from(body))
}

#[tokio::test]
async fn a_file_is_handed_in_and_taken_away() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        let stored: Value = hand_in(&mut client, "总结.pdf", b"%PDF-1.7 content").await.ok();
        assert_eq!((stored["name"].as_str(), stored["size"].as_i64()), (Some("总结.pdf"), Some(16)));
        let path = format!("/api/v1/attachments/{}", stored["id"].as_str().unwrap());
        let file = client.get(&path).await;
        assert_eq!((file.status.as_u16(), &file.body[..]), (200, &b"%PDF-1.7 content"[..]));
        assert_eq!(file.headers["content-type"], "application/pdf");
        assert_eq!(file.headers["x-content-type-options"], "nosniff");
        let kept = file.headers["content-disposition"].to_str().unwrap();
        assert!(kept.starts_with("attachment;") && kept.ends_with("%E6%80%BB%E7%BB%93.pdf"), "{kept}");

        assert_eq!(hand_in(&mut client, "x.pdf", &vec![b'x'; 11 * 1024 * 1024]).await.code(), "attachment_too_large");
        let no_form = client.post("/api/v1/attachments", &Value::Null).await;
        assert_eq!(no_form.headers["content-type"], "application/problem+json");
        let mut other = officer(&app, "audit", "审计管理员", root).await;
        assert_eq!(other.get(&path).await.status.as_u16(), 403);
    })
    .await;
}

/// Hands a file in under a key, with the edges that this browser draws this time.
async fn hand_in_once(client: &mut Client, (key, edge): (&str, &str), name: &str, bytes: &[u8]) -> Answer {
    let (form, body) = form(edge, ("application/pdf", name, bytes));
    let headers = [("content-type", form.as_str()), ("idempotency-key", key)];
    client.send(Method::POST, "/api/v1/attachments", &headers, body).await
}

#[tokio::test]
async fn a_file_that_is_sent_again_is_kept_once_and_another_under_its_key_is_refused() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        let kept: Value = hand_in_once(&mut client, ("key", "first"), "总结.pdf", b"%PDF-1.7 content").await.ok();
        // A browser draws other edges each time.
        let again: Value = hand_in_once(&mut client, ("key", "second"), "总结.pdf", b"%PDF-1.7 content").await.ok();
        assert_eq!(again, kept);
        for (name, bytes) in [("总结.pdf", &b"%PDF-1.7 another"[..]), ("计划.pdf", b"%PDF-1.7 content")] {
            let other = hand_in_once(&mut client, ("key", "first"), name, bytes).await;
            assert_eq!((other.status.as_u16(), other.code()), (422, "key_used_otherwise".to_owned()), "{name}");
        }
        let other: Value = hand_in_once(&mut client, ("other", "first"), "总结.pdf", b"%PDF-1.7 another").await.ok();
        assert_ne!(other["id"], kept["id"]);
    })
    .await;
}

#[tokio::test]
async fn every_kind_that_is_taken_in_comes_out_as_the_document_says() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        let document = document();
        let said = &document["paths"]["/api/v1/attachments/{id}"]["get"]["responses"]["200"]["content"];
        for bytes in [
            &b"%PDF-1.7 content"[..],
            b"\x89PNG\r\n\x1a\n....",
            b"\xff\xd8\xff\xe0....",
            b"PK\x03\x04....word/document.xml....",
            b"PK\x03\x04....xl/workbook.xml....",
        ] {
            let stored: Value = hand_in_as(&mut client, "application/octet-stream", "材料", bytes).await.ok();
            let file = client.get(&format!("/api/v1/attachments/{}", stored["id"].as_str().unwrap())).await;
            let kind = file.headers["content-type"].to_str().unwrap();
            assert!(said[kind].is_object(), "{kind} is not among {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_a_station_shows_is_fetched_without_a_trace_and_nothing_else_is() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let png = b"\x89PNG\r\n\x1a\n....";
        let shown: Value = hand_in_as(&mut day.officer, "image/png", "门口.png", png).await.ok();
        let kept: Value = hand_in(&mut day.officer, "证明.pdf", b"%PDF-1.7").await.ok();
        let picture = format!("/api/v1/stations/{}/picture", day.station);
        assert_eq!(day.officer.get(&picture).await.status.as_u16(), 404, "it shows none yet");
        day.change(|form| form["photos"] = json!([{ "attachment_id": shown["id"], "caption": "门口" }])).await;
        for path in [picture.clone(), format!("{picture}?attachment={}", shown["id"].as_str().unwrap())] {
            let answer = day.officer.get(&path).await;
            assert_eq!((&answer.body[..], answer.headers["content-type"].to_str().unwrap()), (&png[..], "image/png"));
        }
        let public = format!("/api/v1/public/stations/{}/photos/{}", day.station, shown["id"].as_str().unwrap());
        assert_eq!(&day.officer.get(&public).await.body[..], &png[..]);
        let other = format!("{picture}?attachment={}", kept["id"].as_str().unwrap());
        assert_eq!(day.officer.get(&other).await.status.as_u16(), 404);
        // Whoever sees the station sees it, though it was handed in above him, and leaves it there as he changes the rest.
        day.officer = officer(&app, "below", "业务干部", day.county.parse().unwrap()).await;
        assert_eq!(day.officer.get(&picture).await.status.as_u16(), 200);
        day.change(|form| form["address"] = json!("和平路2号")).await;
        let fetched = audit::Entity::find().filter(audit::Column::Action.eq("attachments.fetch"));
        let fetched = fetched.count(app.caller::<LoggedIn>().read()).await.unwrap();
        assert_eq!(fetched, 0);
    })
    .await;
}
