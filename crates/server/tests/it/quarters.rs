//! Who decides on a quarter that was handed up: the union above, not the one that handed it up.

use axum::http::StatusCode;
use kernel::organisation::Level;
use serde_json::{Value, json};
use testing::App;

use crate::roles::{found, officer};

#[tokio::test]
async fn the_union_above_decides() {
    App::each(&server::programmes(), async |app| {
        let league = found(&app, None, "152200", "兴安盟总工会", Level::Prefecture).await;
        let county = found(&app, Some(league), "152201", "乌兰浩特市总工会", Level::County).await;
        let mut above = officer(&app, "above", "业务干部", league).await;
        let mut below = officer(&app, "below", "业务干部", county).await;
        let wish = json!({ "organisation_id": county, "quarter": "2026Q1" });
        let sent: Value = below.post("/api/v1/quarter-approvals", &wish).await.ok();
        let path = |verb: &str| format!("/api/v1/quarter-approvals/{}/{verb}", sent["id"].as_str().unwrap());
        let reason = json!({ "reason": "数据有误" });
        assert_eq!(below.post(&path("approve"), &json!({})).await.code(), "not_above");
        assert_eq!(below.post(&path("return"), &reason).await.code(), "not_above");
        let approved: Value = above.post(&path("approve"), &json!({})).await.ok();
        assert_eq!(approved["state"], "approved");
        assert_eq!(above.post(&path("return"), &reason).await.status, StatusCode::OK);
        let shown: Value = below.get(&format!("/api/v1/quarter-approvals?organisation={county}&year=2026")).await.ok();
        assert_eq!(shown["rows"][0]["quarters"][0]["reason"], "数据有误");
    })
    .await;
}
