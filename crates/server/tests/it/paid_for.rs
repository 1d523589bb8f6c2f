//! A union sees what was paid for it out of the plan of the one above, and nothing of what was paid for others.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{App, Client};

use crate::roles::{found, officer};

/// Sends what makes a record, and answers its key.
async fn made(client: &mut Client, path: &str, body: Value) -> String {
    let answer: Value = client.post(&format!("/api/v1/{path}"), &body).await.ok();
    answer["id"].as_str().unwrap().to_owned()
}

/// For whom the payments are that somebody is shown.
async fn shown(client: &mut Client, indicator: &str, place: Option<Id>) -> BTreeSet<String> {
    let place = place.map_or_else(String::new, |place| format!("?organisation={place}"));
    let page: Value = client.get(&format!("/api/v1/indicators/{indicator}/payments{place}")).await.ok();
    page["items"].as_array().unwrap().iter().map(|row| row["organisation_id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn each_sees_the_payments_behind_the_money_for_his_own() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let here = found(&app, Some(root), "150100", "呼和浩特市总工会", Level::Prefecture).await;
        let there = found(&app, Some(root), "150200", "包头市总工会", Level::Prefecture).await;
        let mut above = officer(&app, "above", "业务干部", root).await;
        let mut own = officer(&app, "own", "业务干部", here).await;
        let draft = json!({ "organisation_id": root, "year": 2026, "title": "2026年工作要点" });
        let plan = made(&mut above, "plans", draft).await;
        let indicator = json!({
            "name": "爱心餐", "source": "ledger", "kinds": ["love_meal"], "counting": "items", "unit": "份", "target": 1000,
        });
        let indicator = made(&mut above, &format!("plans/{plan}/indicators"), indicator).await;
        let line = json!({ "name": "爱心餐经费", "allotted_fen": 1_000_000, "indicator_id": indicator });
        let line = made(&mut above, &format!("plans/{plan}/budget"), line).await;
        let published = above.post(&format!("/api/v1/plans/{plan}/publish"), &json!({})).await;
        assert!(published.status.is_success(), "{}", published.json());
        for place in [here, there] {
            let payment = json!({ "organisation_id": place, "amount_fen": 100, "day": "2026-06-30", "payee": "餐厅" });
            let paid = above.post(&format!("/api/v1/budget-lines/{line}/payments"), &payment).await;
            assert!(paid.status.is_success(), "{}", paid.json());
        }
        let of = |places: &[Id]| places.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        assert_eq!(shown(&mut above, &indicator, None).await, of(&[here, there]));
        assert_eq!(shown(&mut above, &indicator, Some(there)).await, of(&[there]));
        assert_eq!(shown(&mut own, &indicator, None).await, of(&[here]));
        for elsewhere in [there, root] {
            let path = format!("/api/v1/indicators/{indicator}/payments?organisation={elsewhere}");
            assert_eq!(own.get(&path).await.status, StatusCode::NOT_FOUND);
        }
    })
    .await;
}
