//! `docs/adding-a-programme.md`, played: its programme is the one beside this file, and the house serves it.

use axum::http::StatusCode;
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::App;

use crate::{
    roles::{found, officer},
    scope::system,
    umbrella::programme,
};

#[test]
fn the_page_shows_the_programme_that_is_played() {
    let page = include_str!("../../../../docs/adding-a-programme.md");
    assert!(page.contains(include_str!("umbrella.rs").trim()), "docs/adding-a-programme.md and umbrella.rs differ");
}

#[tokio::test]
async fn a_programme_of_one_file_stands_in_the_house() {
    App::each(&[kernel::own::programme(), programme()], async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let county = found(&app, Some(root), "152201", "乌兰浩特市总工会", Level::County).await;
        let mut security = officer(&app, "security", "安全管理员", root).await;
        let role = ["umbrella.lend", "ledger.view"];
        let mut lender = system(&app, &mut security, ("雨伞管理员", &role), county).await;
        let loan = |organisation: Id, umbrellas| {
            json!({ "organisation_id": organisation, "umbrellas": umbrellas, "day": "2026-06-30" })
        };
        let lent = lender.post("/api/v1/umbrella-loans", &loan(county, 3)).await;
        assert_eq!(lent.status, StatusCode::CREATED, "{}", lent.json());
        assert_eq!(lender.post("/api/v1/umbrella-loans", &loan(county, 0)).await.json()["fields"][0]["field"], "umbrellas");
        assert_eq!(lender.post("/api/v1/umbrella-loans", &loan(root, 3)).await.status, StatusCode::NOT_FOUND);
        let figures: Value = lender.get(&format!("/api/v1/figures?organisation={county}&kinds=umbrella_lent")).await.ok();
        assert_eq!(figures["items"][0]["items"], 3);
    })
    .await;
}
