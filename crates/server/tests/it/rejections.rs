//! What the framework refuses by itself is a problem document in Chinese that names the field.

use axum::{body::Body, http::Method};
use kernel::organisation::Level;
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::roles::{found, officer};

fn told(answer: &Answer) -> (u16, String, Value) {
    let document = answer.json();
    assert_eq!(answer.headers["content-type"], "application/problem+json", "{document}");
    assert_eq!(document["trace_id"].as_str().unwrap(), answer.headers["x-request-id"]);
    assert!(!document["detail"].as_str().unwrap().is_ascii(), "{document}");
    (answer.status.as_u16(), answer.code(), document["fields"][0]["field"].clone())
}

#[tokio::test]
async fn what_can_t_be_read_is_refused_with_the_field_s_name() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        let facts = "/api/v1/facts";
        let answer = client.post(facts, &json!({ "kind": "love_meal" })).await;
        assert_eq!(told(&answer), (422, "invalid".into(), json!("organisation_id")));
        let fact = json!({ "kind": "love_meal", "organisation_id": root, "quantity": "许多", "amount_fen": 0, "day": "2026-06-01", "note": "" });
        let answer = client.post(facts, &fact).await;
        assert_eq!(told(&answer), (422, "invalid".into(), json!("quantity")));
        assert!(!String::from_utf8_lossy(&answer.body).contains("许多"), "what was sent is not repeated");
        let broken = client.send(Method::POST, facts, &[("content-type", "application/json")], Body::from("{")).await;
        assert_eq!(told(&broken), (400, "unreadable".into(), Value::Null));
        let untold = client.send(Method::POST, facts, &[], Body::from("{}")).await;
        assert_eq!(told(&untold), (415, "media_type".into(), Value::Null));

        let missing = client.get("/api/v1/facts").await;
        assert_eq!(told(&missing), (400, "invalid".into(), json!("organisation")));
        let wrong = client.get("/api/v1/facts?organisation=1&from=yesterday").await;
        assert_eq!(told(&wrong), (400, "invalid".into(), json!("from")));
        let no_key = client.get("/api/v1/organisations/abc").await;
        assert_eq!(told(&no_key), (404, "not_found".into(), Value::Null));
        let method = client.send(Method::DELETE, facts, &[], Body::empty()).await;
        assert_eq!(told(&method), (405, "method_not_allowed".into(), Value::Null));
        assert!(method.headers.contains_key("allow"));
    })
    .await;
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_anybody_reads_it() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        let facts = "/api/v1/facts";
        let long = client.get(&format!("{facts}?organisation={}", "1".repeat(9_000))).await;
        assert_eq!(told(&long), (414, "address_too_long".into(), Value::Null));
        let many = client.get(&format!("{facts}?{}", "a=1&".repeat(65))).await;
        assert_eq!(told(&many), (414, "address_too_long".into(), Value::Null));

        let fact = |note: &str| json!({ "kind": "love_meal", "organisation_id": root, "quantity": 1, "amount_fen": 0, "day": "2026-06-01", "note": note });
        for key in ["k".repeat(101), String::new(), " ".to_owned()] {
            let keyed = client.send_json(Method::POST, facts, &[("idempotency-key", &key)], &fact("")).await;
            assert_eq!(told(&keyed), (400, "invalid".into(), json!("idempotency-key")), "{key:?}");
        }
        let wordy = client.post(facts, &fact(&"字".repeat(2_001))).await;
        assert_eq!(told(&wordy), (422, "invalid".into(), json!("note")));
        let huge = client.post(facts, &fact(&"a".repeat(1 << 20))).await;
        assert_eq!(told(&huge), (413, "too_large".into(), Value::Null));
        let fits = client.post(facts, &fact("")).await;
        assert!(![400, 413, 414].contains(&fits.status.as_u16()), "{}", String::from_utf8_lossy(&fits.body));
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_under_the_key_of_something_else_is_not_answered_as_if_it_were_done() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "security", "安全管理员", root).await;
        let (roles, key) = ("/api/v1/roles", [("idempotency-key", "one")]);
        let role = |name: &str| json!({ "name": name, "permissions": ["ledger.view"] });
        let made: Value = client.send_json(Method::POST, roles, &key, &role("甲岗")).await.ok();
        let other = client.send_json(Method::POST, roles, &key, &role("乙岗")).await;
        assert_eq!(told(&other), (422, "key_used_otherwise".into(), Value::Null));
        let again: Value = client.send_json(Method::POST, roles, &key, &role("甲岗")).await.ok();
        assert_eq!(again["id"], made["id"]);
    })
    .await;
}

#[tokio::test]
async fn a_method_or_number_that_anybody_made_up_fills_neither_memory_nor_log() {
    App::each(&server::programmes(), async |app| {
        let mut client = Client::new(server::router(app.house()).unwrap());
        let invented = Method::from_bytes(b"INVENTED").unwrap();
        let answer = client.send(invented, "/api/v1/session", &[], Body::empty()).await;
        assert_eq!(told(&answer), (405, "method_not_allowed".into(), Value::Null));
        let measured = String::from_utf8(client.get("/metrics").await.body.to_vec()).unwrap();
        assert!(measured.contains("method=\"other\"") && !measured.contains("INVENTED"));
        for (sent, is_kept) in [("2f1c-of-the-proxy".to_owned(), true), ("x".repeat(65), false), (String::new(), false)]
        {
            let answer = client.send(Method::GET, "/healthz", &[("x-request-id", &sent)], Body::empty()).await;
            let number = answer.headers["x-request-id"].to_str().unwrap();
            assert!(!number.is_empty() && (number == sent) == is_kept, "{sent}: {number}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_day_that_no_database_keeps_is_refused_wherever_it_stands() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        for day in ["%2B10000-01-01", "-5000-01-01"] {
            let far = client.get(&format!("/api/v1/facts?organisation={root}&to={day}")).await;
            assert_eq!(told(&far), (400, "invalid".into(), json!("to")), "{day}");
        }
        let fact = json!({ "kind": "love_meal", "organisation_id": root, "quantity": 1, "day": "+10000-01-01" });
        assert_eq!(told(&client.post("/api/v1/facts", &fact).await), (422, "invalid".into(), json!("day")));
    })
    .await;
}

#[tokio::test]
async fn a_sign_that_no_database_keeps_is_refused_wherever_it_stands() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        let sought = client.get("/api/v1/organisations?q=a%00b").await;
        assert_eq!(told(&sought), (400, "invalid".into(), json!("q")));
        let nowhere = client.get("/api/v1/public/events/a%00b").await;
        assert_eq!(told(&nowhere), (404, "not_found".into(), Value::Null));
        let fact = json!({
            "kind": "love_meal", "organisation_id": root, "quantity": 1, "amount_fen": 0, "day": "2026-06-01",
            "note": "a\0b",
        });
        assert_eq!(told(&client.post("/api/v1/facts", &fact).await), (422, "invalid".into(), json!("note")));
    })
    .await;
}

#[tokio::test]
async fn a_sign_that_turns_what_stands_behind_it_is_kept_nowhere_and_a_name_stands_on_one_line() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        let form = json!({
            "organisation_id": root, "code": "BT-001", "name": "东河\n\u{202e}驿站", "kind": "own", "access": "everyone",
            "address": "和平路\u{2066}1号", "area": 30, "capacity": 20,
            "hours": { "week": [[], [], [], [], [], [], []], "self_service": true },
        });
        let made: Value = client.post("/api/v1/stations", &form).await.ok();
        assert_eq!((&made["name"], &made["address"]), (&json!("东河 驿站"), &json!("和平路1号")));
    })
    .await;
}
