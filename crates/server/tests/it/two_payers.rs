//! One place hands over what two unions offer: each owes it for its own on a statement of its own, and nothing that becomes of
//! one touches the other.

use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    benefit::{Town, at, published, town},
    roles::officer,
    settlement::{claimed, link, redeemed},
};

/// The statements of July that an officer sees, by the union that pays.
async fn statement(officer: &mut Client, union: &Value) -> (u64, Value) {
    let list: Value = officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
    let mut items = list["items"].as_array().unwrap().iter();
    let of = items.find(|row| row["organisation_id"] == *union).cloned().unwrap_or_default();
    (list["total"].as_u64().unwrap(), of)
}

fn sums(statement: &Value) -> (i64, i64) {
    (statement["pieces"].as_i64().unwrap(), statement["amount_fen"].as_i64().unwrap())
}

/// Two meals of the county and a kit of the riders' union, all handed over at the county's place.
async fn handed_over(app: &App, town: &mut Town) -> (Value, Value) {
    let meals = published(app, town, 10, &json!({})).await;
    let kits = json!({
        "organisation_id": town.riders, "kind": "kit", "unit_fen": 6_801, "budget_line": "礼包", "title": "暖心礼包",
    });
    let kits = published(app, town, 5, &kits).await;
    for (offer, workers) in [(&meals, 1..3), (&kits, 1..2)] {
        let vouchers = claimed(app, town, offer, workers).await;
        redeemed(app, town, &vouchers).await;
    }
    (meals, kits)
}

#[tokio::test]
async fn what_two_unions_owe_one_place_stands_apart_to_the_end() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let (county, riders) = (json!(town.county), json!(town.riders));
        let (_, kits) = handed_over(&app, &mut town).await;
        let (total, own) = statement(&mut town.officer, &county).await;
        let (_, theirs) = statement(&mut town.officer, &riders).await;
        assert_eq!((total, sums(&own), sums(&theirs)), (2, (2, 3_000), (1, 6_801)));
        let path = |row: &Value| format!("/api/v1/benefit-settlements/{}", row["id"].as_str().unwrap());

        // The union below sees what it pays, and not what the county does.
        let mut below = officer(&app, "riders", "业务干部", town.riders).await;
        assert_eq!(statement(&mut below, &riders).await, (1, theirs.clone()));
        assert_eq!(below.get(&path(&own)).await.status, 404);
        let lines: Value = below.get(&path(&theirs)).await.ok();
        assert_eq!((lines["lines"].as_array().unwrap().len(), &lines["lines"][0]["offer_id"]), (1, &kits["id"]));

        // The place sees both by one link, and disputes one.
        let (mut stall, key) = link(&app, &mut town).await;
        let seen: Value = stall.post("/api/v1/public/statements", &json!({ "key": key })).await.ok();
        let mut seen: Vec<_> = seen["items"].as_array().unwrap().iter().map(sums).collect();
        seen.sort_unstable();
        assert_eq!(seen, [(1, 6_801), (2, 3_000)]);
        let dispute = json!({ "key": key, "settlement_id": own["id"], "offer_id": kits["id"], "reason": "少记1份" });
        let crossed = stall.post("/api/v1/public/statements/dispute", &dispute).await;
        assert_eq!(crossed.code(), "statement_without_line");
        let dispute = json!({ "key": key, "settlement_id": theirs["id"], "offer_id": kits["id"], "reason": "少记1份" });
        assert_eq!(stall.post("/api/v1/public/statements/dispute", &dispute).await.status, 200);

        // The other one is settled and paid meanwhile.
        at(&app, &mut town, "2026-08-03T01:00:00Z").await;
        let mut below = officer(&app, "riders.august", "业务干部", town.riders).await;
        let right = |row: &Value| json!({ "pieces": row["pieces"], "amount_fen": row["amount_fen"] });
        assert_eq!(below.post(&format!("{}/settle", path(&own)), &right(&own)).await.status, 404);
        let waits = below.post(&format!("{}/settle", path(&theirs)), &right(&theirs)).await;
        assert_eq!(waits.code(), "statement_disputed");
        let settled: Value = town.officer.post(&format!("{}/settle", path(&own)), &right(&own)).await.ok();
        assert_eq!(settled["state"], "settled");
        let pay = json!({ "paid_on": "2026-08-03", "note": "转账0803" });
        let _: Value = town.officer.post(&format!("{}/pay", path(&own)), &pay).await.ok();
        app.settle().await;
        let (_, still) = statement(&mut below, &riders).await;
        assert_eq!((&still["state"], &still["paid_on"], sums(&still)), (&json!("open"), &Value::Null, (1, 6_801)));
        drop((town, stall));
    })
    .await;
}
