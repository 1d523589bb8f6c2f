//! Rotating the key on a house with one of everything: no sealed column is forgotten, and what was sealed still opens.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use database::catalog;
use kernel::{Context, keys, organisation::Level, permission::LoggedIn};
use sea_orm::{
    ConnectionTrait, DbBackend, ExprTrait, Statement,
    sea_query::{Expr, Query},
};
use serde_json::{Value, json};
use testing::App;

use crate::{
    roles::{found, officer},
    stock::stock,
};

/// What looks like a blind index and isn't indexed anew.
const SHORT_LIVED: [(&str, &str); 3] =
    [("recovery_code", "hash"), ("one_time_code", "phone_index"), ("one_time_code", "hash")];

/// Columns of all tables that hold a value sealed under this version.
async fn sealed_under(app: &App, version: u16) -> BTreeSet<(String, String)> {
    let caller = app.caller::<LoggedIn>();
    let mut found = BTreeSet::new();
    for (table, column) in catalog::text_columns(caller.read()).await.unwrap() {
        let like = Expr::col(column.clone()).like(format!("v{version}.%"));
        let query = Query::select().column(column.clone()).from(table.clone()).and_where(like).to_owned();
        for row in caller.read().query_all(&query).await.unwrap() {
            let text: String = row.try_get_by_index(0).unwrap();
            // Nonce, text and tag in base64: a version number of something else is shorter and has other signs.
            let body = text.split_once('.').unwrap().1;
            if body.len() >= 38 && body.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(&sign)) {
                found.insert((table.clone(), column.clone()));
            }
        }
    }
    found
}

/// Values of all tables that look like a blind index, with where they stand.
async fn indexed(app: &App) -> BTreeSet<(String, String, String)> {
    let caller = app.caller::<LoggedIn>();
    let mut found = BTreeSet::new();
    for (table, column) in catalog::text_columns(caller.read()).await.unwrap() {
        let query = Query::select().column(column.clone()).from(table.clone()).to_owned();
        for row in caller.read().query_all(&query).await.unwrap() {
            let Ok(text) = row.try_get_by_index::<String>(0) else { continue };
            let is_word = text.bytes().all(|sign| sign.is_ascii_lowercase() || sign == b'_');
            let fits = text.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(&sign));
            if text.len() == 22 && fits && !is_word {
                found.insert((table.clone(), column.clone(), text));
            }
        }
    }
    found
}

#[tokio::test]
async fn after_a_rotation_no_column_of_any_table_needs_the_old_key() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let there = found(&app, Some(root), "150200", "包头市总工会", Level::Prefecture).await;
        let mut above = officer(&app, "above", "业务干部", root).await;
        let mut work = officer(&app, "work", "业务干部", there).await;
        let mut security = officer(&app, "security", "安全管理员", there).await;
        let stock = stock(&app, there, &mut above, &mut work, &mut security).await;
        // What the stock doesn't hold: an answer to be given again, an authenticator, an answered request, a closed incident.
        let (key, proof) = ([("idempotency-key", "once")], json!({ "password": crate::roles::PASSWORD }));
        let begun = work.send_json(axum::http::Method::POST, "/api/v1/session/second-factor", &key, &proof).await;
        let begun: Value = begun.ok();
        let code = testing::code_of(begun["secret"].as_str().unwrap(), app.caller::<LoggedIn>().now());
        let set = work.post("/api/v1/session/second-factor/code", &json!({ "code": code })).await;
        assert!(set.status.is_success(), "{}", set.json());
        let pending = above.post("/api/v1/session/second-factor", &proof).await;
        assert!(pending.status.is_success(), "{}", pending.json());
        let request = format!("/api/v1/privacy-requests/{}/answer", stock.key("privacy-requests"));
        let answered = work.post(&request, &json!({ "done": true, "answer": "已删除旧号码", "erased": "part" })).await;
        assert!(answered.status.is_success(), "{}", answered.json());
        let close = format!("/api/v1/station-incidents/{}/close", stock.key("station-incidents"));
        let closed = work.post(&close, &json!({ "note": "已回访" })).await;
        assert!(closed.status.is_success(), "{}", closed.json());

        let declared: BTreeSet<(String, String)> = server::programmes()
            .iter()
            .flat_map(|programme| programme.sealed)
            .filter(|sealed| sealed.under.is_none())
            .map(|sealed| (sealed.table.to_owned(), sealed.column.to_owned()))
            .collect();
        let named =
            server::programmes().iter().flat_map(|programme| programme.sealed).all(|sealed| sealed.keys.len() <= 2);
        assert!(named, "a damaged value's row is named by two keys at most");
        let before = sealed_under(&app, 1).await;
        assert_eq!(before, declared, "what is sealed and what the programmes declare");

        let indexes = indexed(&app).await;
        let system = Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        assert_eq!(keys::rotate(&system).await.unwrap(), 2);
        assert_eq!(keys::rotate(&system).await.unwrap_err().code, "rotation_under_way");
        let reveal = format!("/api/v1/people/{}/reveal", stock.key("people"));
        let asked = json!({ "field": "phone", "purpose": "contact", "reason": "核对手机号码" });
        let shown = work.post(&reveal, &asked).await;
        assert!(shown.status.is_success(), "it serves meanwhile: {}", shown.json());
        app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::minutes(2));
        app.settle().await;

        assert_eq!(sealed_under(&app, 1).await, BTreeSet::new());
        assert_eq!(sealed_under(&app, 2).await, declared);
        let declared: BTreeSet<(&str, &str)> = server::programmes()
            .iter()
            .flat_map(|programme| programme.sealed)
            .filter_map(|sealed| Some((sealed.table, sealed.index?.column)))
            .collect();
        let columns = |values: &BTreeSet<(String, String, String)>| -> BTreeSet<(String, String)> {
            values.iter().map(|(table, column, _)| (table.clone(), column.clone())).collect()
        };
        let now = indexed(&app).await;
        assert_eq!(now.len(), indexes.len());
        let kept: BTreeSet<(String, String)> = columns(&now.intersection(&indexes).cloned().collect());
        // Nobody has the text of a recovery code, and a one-time code lives for minutes; both are looked for under every
        // version. Secrets of log-ins are no blind indexes.
        for (table, column) in &kept {
            assert!(SHORT_LIVED.contains(&(table.as_str(), column.as_str())), "{table}.{column} keeps its old index");
        }
        for (table, column) in declared {
            assert!(
                columns(&indexes).contains(&(table.to_owned(), column.to_owned())),
                "the stock has no {table}.{column}"
            );
        }
        let stand = keys::stand(&system).await.unwrap();
        assert_eq!((stand.version, stand.outdated, stand.known), (2, Vec::new(), true));
        let after = work.post(&reveal, &asked).await;
        assert_eq!(after.json(), shown.json());
        let again = work.send_json(axum::http::Method::POST, "/api/v1/session/second-factor", &key, &proof).await;
        assert_eq!(again.json(), begun, "a kept answer opens");
        let file = work.get(&format!("/api/v1/attachments/{}", stock.key("attachments"))).await;
        assert_eq!(&file.body[..], b"%PDF-1.7");
        assert_eq!(keys::rotate(&system).await.unwrap(), 3);
        app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::minutes(2));
        app.settle().await;
        drop((above, work, security, system));
    })
    .await;
}

#[tokio::test]
async fn each_row_that_is_sealed_anew_is_found_by_its_keys() {
    let app = App::sqlite(&server::programmes()).await;
    for sealed in server::programmes().iter().flat_map(|programme| programme.sealed) {
        let keys: Vec<String> = sealed.keys.iter().map(|key| format!("\"{key}\" = 7")).collect();
        let question = format!("SELECT * FROM {} WHERE {}", sealed.table, keys.join(" AND "));
        let steps = app.plan(Statement::from_string(DbBackend::Sqlite, question.as_str())).await;
        assert!(steps.iter().all(|step| step.starts_with("SEARCH")), "{question}: {steps:?}");
    }
    app.close().await;
}
