//! The dashboard in `packaging/` shows what the program measures: each name in it is one that `/metrics` gives.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kernel::Context;
use serde_json::Value;
use testing::{App, Client};

const DASHBOARD: &str = include_str!("../../../../packaging/grafana/niangjia.json");
const ALERTS: &str = include_str!("../../../../packaging/prometheus/niangjia.rules.yml");

/// Names of measures in an expression. What stands in `by (…)` or in braces is a label.
fn names(expression: &str) -> BTreeSet<String> {
    let words = expression.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
    words.filter(|word| word.starts_with("niangjia_") || word.starts_with("process_")).map(str::to_owned).collect()
}

fn expressions(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("expr", Value::String(text)) => found.push(text.clone()),
                    _ => expressions(value, found),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|value| expressions(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_dashboard_and_the_alerts_name_what_is_measured() {
    let app = App::sqlite(&server::programmes()).await;
    let mut client = Client::new(server::router(app.house()).unwrap());
    client.get("/api/v1/session").await;
    client.log_in("nobody", "Wrong-password-1").await;
    let answer = client.get("/metrics").await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    let measured: BTreeSet<&str> =
        text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(['{', ' ']).next()).collect();
    let mut all = Vec::new();
    expressions(&serde_json::from_str(DASHBOARD).unwrap(), &mut all);
    assert!(all.len() >= 10, "{all:?}");
    all.extend(ALERTS.lines().filter_map(|line| line.trim().strip_prefix("expr:")).map(str::to_owned));
    for expression in &all {
        let named = names(expression);
        assert!(!named.is_empty() || expression.contains("up{"), "{expression}");
        for name in named {
            assert!(measured.contains(name.as_str()), "{name} is not measured; {measured:?}");
        }
    }
    let shown: BTreeSet<String> = all.iter().flat_map(|expression| names(expression)).collect();
    for name in measured.iter().filter(|name| name.starts_with("niangjia_")) {
        let is_part = name.ends_with("_sum") || name.ends_with("_count");
        assert!(is_part || shown.contains(*name), "{name} is measured and shown nowhere");
    }
    app.close().await;
}

#[tokio::test]
async fn the_pulse_counts_what_is_there() {
    App::each(&server::programmes(), async |app| {
        let context = Context::system(app.house(), "a test");
        let before = kernel::pulse::pulse(&context).await.unwrap();
        crate::roles::found(&app, None, "150000", "自治区总工会", kernel::organisation::Level::Province).await;
        let after = kernel::pulse::pulse(&context).await.unwrap();
        assert!(after.audit_entries > before.audit_entries);
        assert_eq!((after.facts, after.jobs.left), (0, 0));
    })
    .await;
}
