//! What answers say of themselves.

use kernel::organisation::Level;
use serde_json::Value;
use testing::App;

use crate::{
    document::{document, filled, operations},
    neighbour::is_endless,
    roles::{found, officer},
};

/// Whoever reads an answer need not guess what it is; whether it is what was asked for, a file or a refusal.
#[tokio::test]
async fn each_answer_names_its_type() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut client = officer(&app, "officer", "业务干部", root).await;
        let mut read = 0;
        for (method, path, _) in operations(&document()) {
            if method != "GET" || is_endless(&path) {
                continue;
            }
            let answer = client.get(&filled(&path)).await;
            if answer.body.is_empty() {
                continue;
            }
            let named = answer.headers.get("content-type").map_or("", |named| named.to_str().unwrap());
            assert!(named.contains('/'), "{path} says {named:?}");
            assert!(!named.starts_with("text/") || named.contains("charset=utf-8"), "{path} says {named:?}");
            let is_json = serde_json::from_slice::<Value>(&answer.body).is_ok();
            assert_eq!(named.contains("json"), is_json, "{path} says {named:?}");
            read += 1;
        }
        assert!(read > 100, "{read}");
    })
    .await;
}
