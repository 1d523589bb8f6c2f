//! Several statements by one act: settled, taken away, paid.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testing::App;

use crate::{
    benefit::{Town, published, town},
    roles::officer,
    settlement::{claimed, plan, redeemed, says, sums},
};

/// Two meals are handed over at the town's place, and a kit at another one.
async fn at_two_places(app: &App, town: &mut Town) {
    let meals = published(app, town, 10, &json!({ "redeem_until": "2026-09-30" })).await;
    let first = claimed(app, town, &meals, 1..3).await;
    redeemed(app, town, &first).await;
    let form = json!({ "organisation_id": town.county, "name": "新街口餐厅", "kind": "canteen", "active": true });
    let canteen: Value = town.officer.post("/api/v1/benefit-partners", &form).await.ok();
    let over = json!({ "redeem_until": "2026-09-30", "kind": "kit", "places": [canteen["id"]] });
    let kits = published(app, town, 5, &over).await;
    let second = claimed(app, town, &kits, 3..4).await;
    town.place = canteen;
    redeemed(app, town, &second).await;
}

/// The list of statements of July as an officer takes it away.
async fn taken_away(town: &mut Town) -> String {
    let form = json!({ "format": "csv", "filter": { "month": "2026-07", "organisation": town.county } });
    let (made, file) = town.officer.take_away("/api/v1/benefit-settlements/exports", &form).await;
    assert_eq!(made["rows"], 2, "{made}");
    String::from_utf8_lossy(&file).into_owned()
}

#[tokio::test]
async fn several_statements_are_settled_and_taken_away_together() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        at_two_places(&app, &mut town).await;
        let text = taken_away(&mut town).await;
        assert!(text.contains("本月未结束") && !text.contains("待结算"), "{text}");
        app.set_clock("2026-08-03T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        town.officer = officer(&app, "officer.august", "业务干部", town.county).await;

        let list: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
        let chosen = |seen: i64| -> Vec<Value> {
            let rows = list["items"].as_array().unwrap().iter();
            rows.map(|row| json!({ "id": row["id"], "pieces": seen, "amount_fen": seen * 1500 })).collect()
        };
        assert_eq!(list["total"], 2, "{list}");
        let none = town.officer.post("/api/v1/benefit-settlements/settle", &json!({ "statements": [] })).await;
        assert_eq!(says(&none), (422, "statements_chosen".into()));
        // Looked at as two pieces each: only one says so, and the other stays open.
        let form = json!({ "statements": chosen(2) });
        let settled: Value = town.officer.post("/api/v1/benefit-settlements/settle", &form).await.ok();
        assert_eq!((&settled["settled"], settled["refused"].as_array().unwrap().len()), (&json!(1), 1), "{settled}");
        assert!(settled["refused"][0]["reason"].as_str().unwrap().contains("有变动"), "{settled}");
        let open: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07&state=open").await.ok();
        assert_eq!((&open["total"], &open["items"][0]["partner"]), (&json!(1), &json!("新街口餐厅")));
        let of_open =
            json!({ "format": "csv", "filter": { "month": "2026-07", "organisation": town.county, "state": "open" } });
        let made: Value = town.officer.post("/api/v1/benefit-settlements/exports", &of_open).await.ok();
        assert_eq!(made["rows"], 1, "{made}");

        // What the list shows is taken away by the right to export.
        let form = json!({ "format": "csv", "filter": { "month": "2026-07", "organisation": town.county } });
        let mut leader = officer(&app, "leader", "只读领导", town.county).await;
        assert_eq!(leader.post("/api/v1/benefit-settlements/exports", &form).await.status, 403);
        let text = taken_away(&mut town).await;
        assert!(text.contains("红城驿站") && text.contains("已结算") && text.contains("30.00"), "{text}");
        let shown = list["items"].as_array().unwrap().iter().map(|one| one["partner"].as_str().unwrap());
        let taken = text.lines().skip(1).take(2).map(|line| line.split(',').next().unwrap());
        assert_eq!(taken.collect::<Vec<_>>(), shown.collect::<Vec<_>>());
        drop((town, leader));
    })
    .await;
}

#[tokio::test]
async fn several_statements_are_paid_together() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let budget = plan(&mut town, 2026, 100_000).await;
        at_two_places(&app, &mut town).await;
        app.set_clock("2026-08-03T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        town.officer = officer(&app, "officer.august", "业务干部", town.county).await;

        let list: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
        let rows = list["items"].as_array().unwrap().clone();
        let keys: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
        let settle = async |town: &mut Town, row: &Value| {
            let (pieces, amount_fen) = sums(row);
            let seen = json!({ "pieces": pieces, "amount_fen": amount_fen });
            let path = format!("/api/v1/benefit-settlements/{}/settle", row["id"].as_str().unwrap());
            let _: Value = town.officer.post(&path, &seen).await.ok();
        };
        let pay = async |town: &mut Town, statements: &[&Value], day: &str| {
            let form = json!({ "statements": statements, "paid_on": day, "note": "转账0803" });
            town.officer.post("/api/v1/benefit-settlements/pay", &form).await
        };
        assert_eq!(says(&pay(&mut town, &[], "2026-08-03").await), (422, "statements_chosen".into()));
        let early = pay(&mut town, &keys, "2026-08-04").await;
        assert_eq!(early.json()["fields"][0]["code"], "day_in_future", "{}", early.json());

        // Only what is settled is paid, and nothing twice; of each that is not it is said why.
        settle(&mut town, &rows[0]).await;
        let paid: Value = pay(&mut town, &keys, "2026-08-03").await.ok();
        assert_eq!((&paid["paid"], &paid["refused"][0]["id"]), (&json!(1), keys[1]), "{paid}");
        assert!(paid["refused"][0]["reason"].as_str().unwrap().contains("请先结算"), "{paid}");
        settle(&mut town, &rows[1]).await;
        let paid: Value = pay(&mut town, &keys, "2026-08-03").await.ok();
        assert_eq!((&paid["paid"], &paid["refused"][0]["id"]), (&json!(1), keys[0]), "{paid}");
        assert!(paid["refused"][0]["reason"].as_str().unwrap().contains("已经登记"), "{paid}");
        app.settle().await;
        for key in &keys {
            let path = format!("/api/v1/benefit-settlements/{}", key.as_str().unwrap());
            let shown: Value = town.officer.get(&path).await.ok();
            assert_eq!((&shown["paid_on"], &shown["pay_note"]), (&json!("2026-08-03"), &json!("转账0803")), "{shown}");
            assert_eq!(shown["bookings"][0]["state"], "booked", "{shown}");
        }
        let shown: Value = town.officer.get(&budget).await.ok();
        assert_eq!(shown["items"][0]["paid_fen"], 3 * 1_500);
        drop(town);
    })
    .await;
}
