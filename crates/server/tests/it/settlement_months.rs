//! Which month a piece stands on, whatever the clock does, and which pieces of it came too fast.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::rulebook::{self, NewRulePack};
use serde_json::{Value, json};
use testing::App;

use crate::{
    benefit::{Town, published, town},
    roles::{PASSWORD, officer},
    settlement::{claimed, redeemed, sums},
};

#[tokio::test]
async fn a_month_ends_at_midnight_in_beijing() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let meals = published(&app, &mut town, 10, &json!({ "redeem_until": "2026-09-30" })).await;
        let vouchers = claimed(&app, &town, &meals, 1..3).await;
        let at = |instant: &str| instant.parse::<DateTime<Utc>>().unwrap();
        app.set_clock(at("2026-07-31T15:59:59Z"));
        town.officer = officer(&app, "officer.july", "业务干部", town.county).await;
        redeemed(&app, &mut town, &vouchers[..1]).await;
        let list: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
        assert_eq!(list["items"][0]["over"], false, "{list}");
        app.set_clock(at("2026-07-31T16:00:00Z"));
        redeemed(&app, &mut town, &vouchers[1..]).await;
        for (month, over) in [("2026-07", true), ("2026-08", false)] {
            let list: Value = town.officer.get(&format!("/api/v1/benefit-settlements?month={month}")).await.ok();
            assert_eq!((sums(&list["items"][0]), &list["items"][0]["over"]), ((1, 1_500), &json!(over)), "{list}");
        }
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_is_handed_over_after_the_clock_was_put_back_leaves_a_settled_month_as_it_was_signed() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let meals = published(&app, &mut town, 10, &json!({ "redeem_until": "2026-09-30" })).await;
        let vouchers = claimed(&app, &town, &meals, 1..3).await;
        redeemed(&app, &mut town, &vouchers[..1]).await;
        app.set_clock("2026-08-03T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        town.officer = officer(&app, "officer.august", "业务干部", town.county).await;
        let july: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
        let settle = format!("/api/v1/benefit-settlements/{}/settle", july["items"][0]["id"].as_str().unwrap());
        let seen = json!({ "pieces": 1, "amount_fen": 1_500 });
        let _: Value = town.officer.post(&settle, &seen).await.ok();
        app.set_clock("2026-07-31T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(town.officer.log_in("officer.august", PASSWORD).await.status, 204);
        redeemed(&app, &mut town, &vouchers[1..]).await;
        for month in ["2026-07", "2026-08"] {
            let list: Value = town.officer.get(&format!("/api/v1/benefit-settlements?month={month}")).await.ok();
            assert_eq!(sums(&list["items"][0]), (1, 1_500), "{list}");
        }
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_went_faster_than_people_are_served_is_pointed_out() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rule = NewRulePack {
            code: "benefit.burst_pieces".into(),
            region: String::new(),
            valid_from: "2026-01-01".parse().unwrap(),
            valid_to: None,
            value: 2,
            source: "测试".into(),
        };
        rulebook::set_pack(&app.caller(), &rule).await.unwrap();
        let meals = published(&app, &mut town, 10, &json!({})).await;
        let vouchers = claimed(&app, &town, &meals, 1..5).await;
        let bursts = async |town: &mut Town| {
            let list: Value = town.officer.get("/api/v1/benefit-settlements").await.ok();
            let path = format!("/api/v1/benefit-settlements/{}", list["items"][0]["id"].as_str().unwrap());
            town.officer.get(&path).await.ok::<Value>()["bursts"].clone()
        };
        redeemed(&app, &mut town, &vouchers[..2]).await;
        assert_eq!(bursts(&mut town).await, json!([]));
        app.pass(TimeDelta::minutes(1));
        redeemed(&app, &mut town, &vouchers[2..3]).await;
        assert_eq!(bursts(&mut town).await, json!([]));
        app.pass(TimeDelta::seconds(-30));
        redeemed(&app, &mut town, &vouchers[3..]).await;
        let found = bursts(&mut town).await;
        assert_eq!((found.as_array().unwrap().len(), &found[0]["pieces"]), (1, &json!(3)), "{found}");
        drop(town);
    })
    .await;
}
