//! The line of the budget that an offer names is put right after it was published.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testing::App;

use crate::{
    amend::amends,
    benefit::{Town, published, town},
    roles::officer,
    settlement::{beside, claimed, plan, redeemed},
};

/// A meal and a kit of July, handed over and settled in August; no line of the budget bears the kit.
struct Settled {
    town: Town,
    /// The address of the budget's lines.
    budget: String,
    meals: Value,
    kits: Value,
    /// The statement's key.
    statement: Value,
    /// Its address.
    path: String,
}

async fn settled(app: &App) -> Settled {
    let mut town = town(app).await;
    let budget = plan(&mut town, 2026, 100_000).await;
    let meals = published(app, &mut town, 10, &json!({ "redeem_until": "2026-09-30" })).await;
    let kits = json!({ "redeem_until": "2026-09-30", "kind": "kit", "unit_fen": 2_000, "budget_line": "礼包", "title": "暖心礼包" });
    let kits = published(app, &mut town, 5, &kits).await;
    for offer in [&meals, &kits] {
        let vouchers = claimed(app, &town, offer, 1..2).await;
        redeemed(app, &mut town, &vouchers).await;
    }
    app.set_clock("2026-08-03T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
    town.officer = officer(app, "officer.august", "业务干部", town.county).await;
    let list: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
    let statement = list["items"][0]["id"].clone();
    let path = format!("/api/v1/benefit-settlements/{}", statement.as_str().unwrap());
    let seen = json!({ "pieces": 2, "amount_fen": 3_500 });
    let _: Value = town.officer.post(&format!("{path}/settle"), &seen).await.ok();
    Settled { town, budget, meals, kits, statement, path }
}

#[tokio::test]
async fn what_was_not_booked_goes_by_the_line_that_the_offer_names_now() {
    App::each(&server::programmes(), async |app| {
        let Settled { mut town, budget, kits, statement, path, .. } = settled(&app).await;
        let booked = async |town: &mut Town| -> Vec<Value> {
            let _: Value = town.officer.post(&format!("{path}/pay"), &json!({ "paid_on": "2026-08-03" })).await.ok();
            app.settle().await;
            let paid: Value = town.officer.get(&path).await.ok();
            let row = |one: &Value| json!([one["budget_line"], one["amount_fen"], one["state"]]);
            paid["bookings"].as_array().unwrap().iter().map(row).collect()
        };
        assert_eq!(
            booked(&mut town).await,
            [json!(["爱心餐补贴", 1_500, "booked"]), json!(["礼包", 2_000, "refused"])]
        );
        // The meal carried the money when it was handed over: beside the goal it stands once.
        assert_eq!(beside(&mut town, &budget).await, (json!(1_500), json!(0)));
        // It waits for whoever settles, and asked for with others it is asked for as it was paid.
        let waits = async |town: &mut Town| -> Value {
            let list: Value = town.officer.get("/api/v1/benefit-settlements?waiting=book").await.ok();
            list["total"].clone()
        };
        assert_eq!(waits(&mut town).await, 1);
        let together = json!({ "statements": [statement], "paid_on": "2026-08-01", "note": "另一笔" });
        let again: Value = town.officer.post("/api/v1/benefit-settlements/pay", &together).await.ok();
        assert_eq!(again["paid"], 1, "{again}");
        app.settle().await;
        let shown: Value = town.officer.get(&path).await.ok();
        assert_eq!((&shown["paid_on"], &shown["pay_note"]), (&json!("2026-08-03"), &json!("")), "{shown}");
        assert_eq!(waits(&mut town).await, 1, "no line of that name is there yet");

        // The line was written wrongly: it is put right, whole or not at all, and what waits is booked on the right one.
        let form = |line: Value| json!({ "description": "", "redeem_until": "2026-09-30", "budget_line": line });
        let long = amends(&mut town.officer, &kits, &form(json!("长".repeat(81)))).await;
        assert!(long.status == 422 && long.json().to_string().contains("budget_line"), "{}", long.json());
        let amended: Value = amends(&mut town.officer, &kits, &form(json!(" 爱心餐补贴 "))).await.ok();
        assert_eq!(amended["budget_line"], "爱心餐补贴");
        // Without one it stays as it is.
        let amended: Value = amends(&mut town.officer, &amended, &form(Value::Null)).await.ok();
        assert_eq!(amended["budget_line"], "爱心餐补贴");
        let both = [json!(["爱心餐补贴", 1_500, "booked"]), json!(["爱心餐补贴", 2_000, "booked"])];
        assert_eq!(booked(&mut town).await, both);
        assert_eq!(waits(&mut town).await, 0);
        let shown: Value = town.officer.get(&budget).await.ok();
        assert_eq!(shown["items"][0]["paid_fen"], 3_500);
        assert_eq!(beside(&mut town, &budget).await, (json!(1_500), json!(0)));
        let again = town.officer.post(&format!("{path}/pay"), &json!({ "paid_on": "2026-08-03" })).await;
        assert_eq!((again.status.as_u16(), again.code().as_str()), (409, "statement_paid"));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_goes_back_to_a_line_is_taken_from_no_goal_that_never_had_it() {
    App::each(&server::programmes(), async |app| {
        let Settled { mut town, budget, meals, path, .. } = settled(&app).await;
        let pay = json!({ "paid_on": "2026-08-03" });
        let _: Value = town.officer.post(&format!("{path}/pay"), &pay).await.ok();
        app.settle().await;
        // The meals should have been on another line; while the kits are booked, that one takes them over.
        for line in ["餐费", "礼包"] {
            let _: Value = town.officer.post(&budget, &json!({ "name": line, "allotted_fen": 50_000 })).await.ok();
        }
        let form = json!({ "description": "", "redeem_until": "2026-09-30", "budget_line": "餐费" });
        let _: Value = amends(&mut town.officer, &meals, &form).await.ok();
        let _: Value = town.officer.post(&format!("{path}/pay"), &pay).await.ok();
        app.settle().await;
        let shown: Value = town.officer.get(&budget).await.ok();
        let paid: Vec<_> = shown["items"].as_array().unwrap().iter().map(|one| one["paid_fen"].clone()).collect();
        assert_eq!(paid, [0, 1_500, 2_000], "{shown}");
        assert_eq!(beside(&mut town, &budget).await, (json!(1_500), json!(0)));
        drop(town);
    })
    .await;
}
