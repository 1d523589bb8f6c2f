//! A table of dues that is longer than one question, sent as the console sends it.

use axum::{body::Body, http::Method};
use kernel::{audit, organisation::Level, permission::LoggedIn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use testing::{App, people};

use crate::roles::{found, officer};

#[tokio::test]
async fn a_long_table_is_entered_to_its_end_and_once() {
    App::each(&server::programmes(), async |app| {
        let county = found(&app, None, "152201", "乌兰浩特市总工会", Level::County).await;
        let riders = found(&app, Some(county), "152201R", "骑手联合工会", Level::Grassroots).await;
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        let application = json!({
            "name": people::name(1), "document_kind": "citizen_number", "document_number": people::number(1),
            "phone": people::phone(1), "group": "delivery_rider", "organisation_id": riders,
        });
        let applied: Value = officer.post("/api/v1/members", &application).await.ok();
        let approved: Value = officer.post("/api/v1/members/approve", &json!({ "ids": [applied["id"]] })).await.ok();
        assert_eq!(approved["approved"], 1, "{approved}");
        // Five hundred whom nobody knows, and behind them one who is a member.
        let mut table = String::from("证件号码,月份,金额（元）\n");
        for n in (1_000..1_500).chain([1]) {
            table.push_str(&format!("{},2026-07,10\n", people::number(n)));
        }
        let body = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"organisation_id\"\r\n\r\n{county}\r\n\
             --edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"会费.csv\"\r\n\r\n{table}\r\n--edge--\r\n"
        );
        let headers = [
            ("content-type", "multipart/form-data; boundary=edge"),
            ("idempotency-key", "00000000-0000-4000-8000-000000000001"),
        ];
        // Sent again after a broken line it is answered as it was.
        for _ in 0..2 {
            let sent = officer.send(Method::POST, "/api/v1/dues/table", &headers, Body::from(body.clone())).await;
            let answer: Value = sent.ok();
            let refused = answer["refused"].as_array().unwrap().len();
            assert_eq!((&answer["entered"], &answer["amount_fen"], refused), (&json!(1), &json!(1_000), 500));
            // Both times with a workbook of those that nobody knows.
            assert!(answer["to_mend"]["bytes"].as_str().is_some_and(|text| text.starts_with("UEsDB")));
        }
        // Each time that is noted, with what the file is known by.
        let sent = audit::Entity::find().filter(audit::Column::Action.eq("rows_back.send"));
        let sent = sent.all(app.caller::<LoggedIn>().read()).await.unwrap();
        assert_eq!(sent.len(), 2);
        assert!(sent.iter().all(|one| one.detail.contains("\"rows\":500") && one.detail.contains("\"sm3\":")), "{sent:?}");
        let kept: Value = officer.get("/api/v1/dues").await.ok();
        assert_eq!((&kept["total"], &kept["amount_fen"]), (&json!(1), &json!(1_000)));
    })
    .await;
}
