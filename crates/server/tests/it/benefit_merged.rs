//! What becomes of benefits when two records turn out to be one person.

use axum::http::StatusCode;
use chrono::TimeDelta;
use kernel::{
    outbox,
    person::{
        merge::{MergePerson, merge},
        permissions::Merge,
    },
};
use serde_json::{Value, json};
use testing::App;

use crate::benefit::{asks, claims, code, published, round, sends, town, workers};

#[tokio::test]
async fn two_records_of_one_person_hold_one_voucher_of_a_round_and_one_name_in_a_draw() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let now = app.house().ambient().now();
        let times = json!([{ "opens_at": now.to_rfc3339(), "closes_at": (now + TimeDelta::hours(1)).to_rfc3339(), "total": 5 }]);
        let meals = published(&app, &mut town, 10, &json!({})).await;
        let kits = published(&app, &mut town, 10, &json!({ "kind": "kit", "title": "清凉包" })).await;
        let drawn = published(&app, &mut town, 5, &json!({ "way": "draw", "rounds": times })).await;
        let mut of_kits = Vec::new();
        for (n, rider) in riders.iter().enumerate() {
            let meal = claims(&town.phone, rider, &round(&meals), &format!("meal {n}")).await;
            assert_eq!(meal.status, StatusCode::CREATED, "{}", meal.json());
            of_kits.push(claims(&town.phone, rider, &round(&kits), &format!("kit {n}")).await.json());
            let enter = format!("benefit-rounds/{}/enter", round(&drawn));
            let put = sends(&town.phone, rider, &enter, &format!("draw {n}")).await;
            assert_eq!(put.status, StatusCode::CREATED, "{}", put.json());
        }
        // He got his kit as the record that goes.
        let scan = json!({ "partner_id": town.place["id"], "code": code(&app, &of_kits[0], &town).await });
        let _: Value = town.officer.post("/api/v1/benefit-redemptions", &scan).await.ok();
        let form = MergePerson { into_id: riders[1].id, reason: "同一人登记了两次".to_owned() };
        merge(&app.caller::<Merge>(), riders[0].id, &form).await.unwrap();

        let vouchers = asks(&town.phone, &riders[1], "vouchers").await;
        let word = |voucher: &Value, field: &str| voucher[field].as_str().unwrap().to_owned();
        let mut states: Vec<(String, String)> =
            vouchers.as_array().unwrap().iter().map(|one| (word(one, "title"), word(one, "state"))).collect();
        states.sort();
        let pairs: Vec<(&str, &str)> = states.iter().map(|(title, state)| (title.as_str(), state.as_str())).collect();
        let [meal, kit] = ["夏日爱心餐", "清凉包"];
        assert_eq!(pairs, [(meal, "claimed"), (meal, "returned"), (kit, "redeemed"), (kit, "returned")]);
        for offer in [&meals, &kits] {
            let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
            let shown: Value = town.officer.get(&path).await.ok();
            assert_eq!(shown["given"], 1, "{shown}");
        }
        assert_eq!(claims(&town.phone, &riders[1], &round(&kits), "again").await.code(), "already_had");

        // His name is drawn once, and what it wins is his.
        app.pass(TimeDelta::minutes(62));
        outbox::schedule(app.house()).await.unwrap();
        app.settle().await;
        let draw: Value = town.phone.get(&format!("/api/v1/public/draws/{}", round(&drawn))).await.ok();
        assert!(draw["seed"].is_string() && draw["entries"] == 1, "{draw}");
        let shown = asks(&town.phone, &riders[1], "benefits").await;
        let own = shown.as_array().unwrap().iter().find(|offer| offer["round_id"] == json!(round(&drawn)));
        assert_eq!(own.unwrap()["state"], "had", "{shown}");
        drop(town);
    })
    .await;
}
