//! What a place disputes of its month, also where it redeems no longer, and where what it disputes is gone.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testing::App;

use crate::{
    benefit::{at, code, published, town},
    settlement::{claimed, key_of, link, redeemed, says, sums},
};

#[tokio::test]
async fn a_place_that_no_longer_redeems_still_sees_what_it_is_owed() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let meals = published(&app, &mut town, 10, &json!({})).await;
        let vouchers = claimed(&app, &town, &meals, 1..3).await;
        redeemed(&app, &mut town, &vouchers[..1]).await;
        let (mut stall, key) = link(&app, &mut town).await;
        let path = format!("/api/v1/benefit-partners/{}", town.place["id"].as_str().unwrap());
        let mut form = town.place.clone();
        form["active"] = json!(false);
        let ended = town.officer.put(&path, &form).await;
        assert!(ended.status.is_success(), "{}", ended.json());

        let scan = json!({ "key": key, "code": code(&app, &vouchers[1], &town).await });
        assert_eq!(says(&stall.post("/api/v1/public/redemptions", &scan).await), (403, "partner_key_not_valid".into()));
        let scan = json!({ "partner_id": town.place["id"], "code": scan["code"] });
        let scanned = town.officer.post("/api/v1/benefit-redemptions", &scan).await;
        assert_eq!(says(&scanned), (409, "partner_ended".into()));
        let own: Value = stall.post("/api/v1/public/statements", &json!({ "key": key })).await.ok();
        assert_eq!(sums(&own["items"][0]), (1, 1_500));
        let mut dispute =
            json!({ "key": key, "settlement_id": own["items"][0]["id"], "offer_id": meals["id"], "reason": "少记1份" });
        // Another place's link does not reach it.
        let form = json!({ "organisation_id": town.county, "name": "新街口餐厅", "kind": "canteen", "active": true });
        let canteen: Value = town.officer.post("/api/v1/benefit-partners", &form).await.ok();
        dispute["key"] = json!(key_of(&mut town.officer, &canteen).await);
        assert_eq!(stall.post("/api/v1/public/statements/dispute", &dispute).await.status, 404);
        dispute["key"] = json!(key);
        let told: Value = stall.post("/api/v1/public/statements/dispute", &dispute).await.ok();
        assert_eq!(told["items"][0]["disputed"], 1);
        app.set_clock("2026-08-03T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        let confirm = json!({ "key": key, "settlement_id": own["items"][0]["id"], "pieces": 1, "amount_fen": 1_500 });
        let right: Value = stall.post("/api/v1/public/statements/confirm", &confirm).await.ok();
        assert_eq!(right["items"][0]["confirmed"], true);
        drop((town, stall));
    })
    .await;
}

#[tokio::test]
async fn what_is_disputed_and_then_taken_back_keeps_no_month_from_being_settled() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let meals = published(&app, &mut town, 10, &json!({ "redeem_until": "2026-09-30" })).await;
        let kits = json!({ "redeem_until": "2026-09-30", "kind": "kit", "unit_fen": 6_801, "title": "暖心礼包" });
        let kits = published(&app, &mut town, 5, &kits).await;
        let meal = claimed(&app, &town, &meals, 1..2).await;
        let kit = claimed(&app, &town, &kits, 2..3).await;
        for handed in [&meal, &kit] {
            redeemed(&app, &mut town, handed).await;
        }
        let (mut stall, key) = link(&app, &mut town).await;
        let own: Value = stall.post("/api/v1/public/statements", &json!({ "key": key })).await.ok();
        let statement = own["items"][0]["id"].clone();
        let dispute =
            json!({ "key": key, "settlement_id": statement, "offer_id": meals["id"], "reason": "这份没有发放" });
        let told: Value = stall.post("/api/v1/public/statements/dispute", &dispute).await.ok();
        let disputed = told["items"][0]["disputes"][0]["id"].as_str().unwrap().to_owned();
        // The place is right: the only piece of the line is taken back, and with it the line goes.
        let back = format!("/api/v1/benefit-claims/{}/take-back", meal[0]["voucher_id"].as_str().unwrap());
        let _: Value = town.officer.post(&back, &json!({ "reason": "误扫" })).await.ok();

        at(&app, &mut town, "2026-08-03T01:00:00Z").await;
        let answers = format!("/api/v1/benefit-disputes/{disputed}/answer");
        let answer = |adjusted: i64| json!({ "answer": "已撤销误扫的一份。", "adjusted": adjusted });
        assert_eq!(town.officer.post(&answers, &answer(-1)).await.status, 422);
        let answered: Value = town.officer.post(&answers, &answer(0)).await.ok();
        assert_eq!((sums(&answered), &answered["disputed"]), ((1, 6_801), &json!(0)));
        let settle = format!("/api/v1/benefit-settlements/{}/settle", statement.as_str().unwrap());
        let settled = town.officer.post(&settle, &json!({ "pieces": 1, "amount_fen": 6_801 })).await;
        assert_eq!(settled.status, 200, "{}", settled.json());
        drop((town, stall));
    })
    .await;
}

#[tokio::test]
async fn two_offers_of_one_price_that_change_places_are_looked_at_again() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let meals = published(&app, &mut town, 10, &json!({ "redeem_until": "2026-09-30" })).await;
        let kits = json!({ "redeem_until": "2026-09-30", "kind": "kit", "title": "暖心礼包" });
        let kits = published(&app, &mut town, 5, &kits).await;
        let meal = claimed(&app, &town, &meals, 1..3).await;
        let kit = claimed(&app, &town, &kits, 3..4).await;
        for handed in [&meal[..1], &kit[..]] {
            redeemed(&app, &mut town, handed).await;
        }
        let (mut stall, key) = link(&app, &mut town).await;
        at(&app, &mut town, "2026-08-03T01:00:00Z").await;
        let own: Value = stall.post("/api/v1/public/statements", &json!({ "key": key })).await.ok();
        let looked = own["items"][0].clone();
        assert_eq!((sums(&looked), looked["lines"].as_array().unwrap().len()), ((2, 3_000), 2));
        let settlement = looked["id"].clone();
        let seen = |statement: &Value| {
            json!({ "key": key, "settlement_id": settlement, "pieces": statement["pieces"],
                "amount_fen": statement["amount_fen"], "lines": statement["lines"] })
        };
        let confirm = "/api/v1/public/statements/confirm";
        let right: Value = stall.post(confirm, &seen(&looked)).await.ok();
        assert_eq!(right["items"][0]["confirmed"], true);

        // A meal more after a dispute, and the kit taken back: as many pieces and as much money, on other lines.
        let dispute = json!({ "key": key, "settlement_id": settlement, "offer_id": meals["id"], "reason": "少记1份" });
        let told: Value = stall.post("/api/v1/public/statements/dispute", &dispute).await.ok();
        let answers =
            format!("/api/v1/benefit-disputes/{}/answer", told["items"][0]["disputes"][0]["id"].as_str().unwrap());
        let answer = json!({ "answer": "核对监控，补计一份。", "adjusted": 1 });
        let _: Value = town.officer.post(&answers, &answer).await.ok();
        let back = format!("/api/v1/benefit-claims/{}/take-back", kit[0]["voucher_id"].as_str().unwrap());
        let _: Value = town.officer.post(&back, &json!({ "reason": "误扫" })).await.ok();
        let settle = format!("/api/v1/benefit-settlements/{}/settle", settlement.as_str().unwrap());
        let stale = (409, "statement_changed".to_owned());
        assert_eq!(says(&town.officer.post(&settle, &seen(&looked)).await), stale);
        assert_eq!(says(&stall.post(confirm, &seen(&looked)).await), stale);

        // Nor does what the place said of the one stand for the other.
        let own: Value = stall.post("/api/v1/public/statements", &json!({ "key": key })).await.ok();
        let now = &own["items"][0];
        assert_eq!((sums(now), &now["confirmed"]), ((2, 3_000), &json!(false)));
        let right: Value = stall.post(confirm, &seen(now)).await.ok();
        assert_eq!(right["items"][0]["confirmed"], true);
        let settled: Value = town.officer.post(&settle, &seen(now)).await.ok();
        assert_eq!((&settled["state"], &settled["confirmed"]), (&json!("settled"), &json!(true)));
        drop((town, stall));
    })
    .await;
}
