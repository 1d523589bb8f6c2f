//! Tables of dues, sent as the console sends them.

use axum::{body::Body, http::Method};
use kernel::{audit, organisation::Level, permission::LoggedIn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    roles::{found, officer},
    shares::joins,
    stock::send_file,
};

#[tokio::test]
async fn a_long_table_is_entered_to_its_end_and_once() {
    App::each(&server::programmes(), async |app| {
        let county = found(&app, None, "152201", "乌兰浩特市总工会", Level::County).await;
        let riders = found(&app, Some(county), "152201R", "骑手联合工会", Level::Grassroots).await;
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        joins(&mut officer, riders, 1, "delivery_rider").await;
        // Five hundred whom nobody knows, and behind them one who is a member.
        let mut table = String::from("证件号码,月份,金额（元）\n");
        for n in (1_000..1_500).chain([1]) {
            table.push_str(&format!("{},2026-07,10\n", people::number(n)));
        }
        let path = "/api/v1/dues/table";
        let headers = [("content-type", "multipart/form-data; boundary=edge")];
        let nowhere = "--edge\r\ncontent-disposition: form-data; name=\"month\"\r\n\r\n2026-07-01\r\n--edge--\r\n";
        let refused = officer.send(Method::POST, path, &headers, Body::from(nowhere)).await;
        assert_eq!(refused.json()["fields"][0]["field"], "organisation_id");
        let key = [("idempotency-key", "00000000-0000-4000-8000-000000000001")];
        let place = county.to_string();
        let texts = [("organisation_id", place.as_str())];
        // Sent again after a broken line it is answered as it was.
        for _ in 0..2 {
            let sent = officer.post_form(path, &key, &texts, ("会费.csv", table.as_bytes())).await;
            let answer: Value = sent.ok();
            let refused = answer["refused"].as_array().unwrap().len();
            assert_eq!((&answer["entered"], &answer["amount_fen"], refused), (&json!(1), &json!(1_000), 500));
            // Both times with the same workbook of those that nobody knows.
            let file = officer.get(&format!("/api/v1/exports/{}/file", answer["to_mend"].as_str().unwrap())).await;
            assert!(file.body.starts_with(b"PK"), "{}", file.status);
        }
        // That is noted, with what the file is known by.
        let sent = audit::Entity::find().filter(audit::Column::Action.eq("rows_back.send"));
        let sent = sent.all(app.caller::<LoggedIn>().read()).await.unwrap();
        assert_eq!(sent.len(), 1);
        assert!(sent[0].detail.contains("\"rows\":500") && sent[0].detail.contains("\"sm3\":"), "{sent:?}");
        let kept: Value = officer.get("/api/v1/dues").await.ok();
        assert_eq!((&kept["total"], &kept["amount_fen"]), (&json!(1), &json!(1_000)));
    })
    .await;
}

#[tokio::test]
async fn an_entry_that_lies_elsewhere_now_stays_until_it_is_taken_back_there() {
    App::each(&server::programmes(), async |app| {
        let league = found(&app, None, "152200", "兴安盟总工会", Level::Prefecture).await;
        let county = found(&app, Some(league), "152201", "乌兰浩特市总工会", Level::County).await;
        let elsewhere = found(&app, Some(league), "152202", "阿尔山市总工会", Level::County).await;
        let riders = found(&app, Some(county), "152201R", "骑手联合工会", Level::Grassroots).await;
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        joins(&mut officer, riders, 1, "delivery_rider").await;
        let table = format!("证件号码,月份,金额（元）\n{},2026-07,10\n", people::number(1));
        send_file(&mut officer, "dues/table", county, "会费.csv", table.as_bytes()).await;
        let files: Value = officer.get("/api/v1/dues-files").await.ok();
        let undo = format!("/api/v1/dues-files/{}/undo", files["items"][0]["id"].as_str().unwrap());

        app.write(&format!("UPDATE membership_due SET organisation_id = {}", elsewhere.0)).await;
        let looked: Value = officer.get(&undo).await.ok();
        let why = looked["why"][0]["reason"].as_str().unwrap();
        assert_eq!((&looked["entries"], &looked["left"]), (&json!(0), &json!(1)));
        assert!(why.starts_with("有1笔"), "{why}");
        app.write("UPDATE membership_due SET standing_member_id = NULL, taken_back = '此人未缴'").await;
        let looked: Value = officer.get(&undo).await.ok();
        assert_eq!((&looked["left"], &looked["why"]), (&json!(0), &json!([])), "nobody has anything to do");
    })
    .await;
}
