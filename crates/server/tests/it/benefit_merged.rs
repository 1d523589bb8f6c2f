//! What becomes of benefits when two records turn out to be one person, a person is made nameless, or two unions become one.

use axum::http::StatusCode;
use chrono::TimeDelta;
use kernel::organisation::{
    founding::Paper,
    merge::{self as unions, MergeInto},
    permissions::Reshape,
};
use serde_json::{Value, json};
use testing::App;

use crate::{
    benefit::{Town, asks, claims, code, drawn, enters, lasting, published, round, sends, town, workers},
    nominate::{self, nominates},
    roles::officer,
    settlement::redeemed,
};

#[tokio::test]
async fn two_records_of_one_person_hold_one_voucher_of_a_round_and_one_name_in_a_draw() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let meals = published(&app, &mut town, 10, &json!({})).await;
        let kits = published(&app, &mut town, 10, &json!({ "kind": "kit", "title": "清凉包" })).await;
        let drawn = round(&published(&app, &mut town, 5, &drawn(&app, TimeDelta::hours(1), 5)).await);
        let mut of_kits = Vec::new();
        for (n, rider) in riders.iter().enumerate() {
            let meal = claims(&town.phone, rider, &round(&meals), &format!("meal {n}")).await;
            assert_eq!(meal.status, StatusCode::CREATED, "{}", meal.json());
            of_kits.push(claims(&town.phone, rider, &round(&kits), &format!("kit {n}")).await.json());
            enters(&town.phone, rider, &drawn, &format!("draw {n}")).await;
        }
        // He got his kit as the record that goes.
        let scan = json!({ "partner_id": town.place["id"], "code": code(&app, &of_kits[0], &town).await });
        let _: Value = town.officer.post("/api/v1/benefit-redemptions", &scan).await.ok();
        app.merge_people(riders[0].id, riders[1].id).await;

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
        app.schedule().await;
        let draw: Value = town.phone.get(&format!("/api/v1/public/draws/{drawn}")).await.ok();
        assert!(draw["seed"].is_string() && draw["entries"] == 1, "{draw}");
        let shown = asks(&town.phone, &riders[1], "benefits").await;
        let own = shown.as_array().unwrap().iter().find(|offer| offer["round_id"] == drawn);
        assert_eq!(own.unwrap()["state"], "had", "{shown}");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_was_handed_over_twice_to_one_person_is_not_good_again_once_it_is_taken_back() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let meals = published(&app, &mut town, 2, &json!({})).await;
        let mut vouchers = Vec::new();
        for (n, rider) in riders.iter().enumerate() {
            vouchers.push(claims(&town.phone, rider, &round(&meals), &format!("{n}")).await.json());
        }
        redeemed(&app, &mut town, &vouchers).await;
        app.merge_people(riders[0].id, riders[1].id).await;

        // Whichever of the two is taken back, the other one was his: that piece is there for somebody else.
        let back = async |town: &mut Town, voucher: &Value| -> Value {
            let path = format!("/api/v1/benefit-claims/{}/take-back", voucher["voucher_id"].as_str().unwrap());
            town.officer.post(&path, &json!({ "reason": "重复发放" })).await.ok()
        };
        assert_eq!(back(&mut town, &vouchers[1]).await["state"], "returned");
        let path = format!("/api/v1/benefit-offers/{}", meals["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&path).await.ok::<Value>()["given"], 1);
        assert_eq!(claims(&town.phone, &riders[1], &round(&meals), "again").await.code(), "already_had");
        let other = &workers(&app, town.riders, 3..4).await[0];
        assert_eq!(claims(&town.phone, other, &round(&meals), "other").await.status, StatusCode::CREATED);
        // The last one is good again as ever.
        assert_eq!(back(&mut town, &vouchers[0]).await["state"], "claimed");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn two_records_of_one_person_have_what_is_given_every_few_months_once_of_all_offers() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..5).await;
        let seldom = json!({ "audience": { "months_between": 12 } });
        let often = json!({});
        let mut offers = Vec::new();
        for over in [&seldom, &seldom, &often] {
            offers.push(published(&app, &mut town, 5, over).await);
        }
        let mut vouchers = Vec::new();
        for (rider, offer) in [(0, 0), (1, 1), (2, 2), (3, 0)] {
            let claimed = claims(&town.phone, &riders[rider], &round(&offers[offer]), &format!("{rider}")).await;
            assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());
            vouchers.push(claimed.json());
        }
        let scan = json!({ "partner_id": town.place["id"], "code": code(&app, &vouchers[2], &town).await });
        let _: Value = town.officer.post("/api/v1/benefit-redemptions", &scan).await.ok();

        // The first two hold a voucher each; of the others one had a meal, and the other holds a voucher.
        app.merge_people(riders[0].id, riders[1].id).await;
        app.merge_people(riders[2].id, riders[3].id).await;
        let mut given = Vec::new();
        for offer in &offers {
            let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
            given.push(town.officer.get(&path).await.ok::<Value>()["given"].clone());
        }
        assert_eq!(given, [json!(0), json!(1), json!(1)]);
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_has_run_out_takes_no_voucher_from_the_other_record() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let mut offers = Vec::new();
        for (rider, hold) in riders.iter().zip([0, 2]) {
            let over = json!({ "audience": { "months_between": 12 }, "hold_hours": hold });
            let offer = published(&app, &mut town, 5, &over).await;
            let claimed = claims(&town.phone, rider, &round(&offer), &format!("{hold}")).await;
            assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());
            offers.push(offer);
        }
        app.pass(TimeDelta::hours(3));
        town.officer = officer(&app, "county.later", "业务干部", town.county).await;
        app.merge_people(riders[0].id, riders[1].id).await;
        let path = format!("/api/v1/benefit-offers/{}", offers[0]["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&path).await.ok::<Value>()["given"], 1);
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_has_run_out_is_not_kept_in_the_place_of_what_is_good() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let round = round(&published(&app, &mut town, 5, &json!({ "hold_hours": 2 })).await);
        let stays = claims(&town.phone, &riders[1], &round, "stays").await;
        assert_eq!(stays.status, StatusCode::CREATED, "{}", stays.json());
        app.pass(TimeDelta::minutes(90));
        let goes = claims(&town.phone, &riders[0], &round, "goes").await;
        assert_eq!(goes.status, StatusCode::CREATED, "{}", goes.json());
        // The first one's time is over, and the program has not looked since.
        app.pass(TimeDelta::hours(1));
        app.merge_people(riders[0].id, riders[1].id).await;
        let good = format!("vouchers/{}", goes.json()["voucher_id"].as_str().unwrap());
        let voucher = asks(&town.phone, &riders[1], &good).await;
        assert_eq!(voucher["state"], "claimed", "{voucher}");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn two_records_of_one_person_take_one_place_of_those_for_nominations() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let riders = workers(&app, town.riders, 1..4).await;
        let over = json!({ "way": "nominate", "kind": "recuperation", "rounds": lasting(&app, TimeDelta::days(1), 2) });
        let id = &round(&published(&app, &mut town, 2, &over).await);
        let (_, first) = nominates(&mut union, id, &riders[0]).await;
        nominates(&mut union, id, &riders[1]).await;
        let approve = json!({ "approve": true });
        let _: Value = town.officer.post(&nominate::path(&first, "decide"), &approve).await.ok();
        assert_eq!(nominates(&mut union, id, &riders[2]).await.1["code"], "share_full");
        app.merge_people(riders[0].id, riders[1].id).await;

        let list: Value = union.get(&format!("/api/v1/benefit-nomination-rounds/{id}/nominations")).await.ok();
        let rows = list["items"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["person_id"] == json!(riders[1].id)), "{list}");
        assert_eq!((&rows[0]["state"], &rows[1]["state"]), (&json!("approved"), &json!("withdrawn")), "{list}");
        assert_eq!(nominates(&mut union, id, &riders[2]).await.0, 201);
        drop((town, union));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_nameless_person_goes_to_others() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let meals = published(&app, &mut town, 1, &json!({})).await;
        let drawn = round(&published(&app, &mut town, 5, &drawn(&app, TimeDelta::hours(1), 5)).await);
        assert_eq!(claims(&town.phone, rider, &round(&meals), "meal").await.status, StatusCode::CREATED);
        enters(&town.phone, rider, &drawn, "name").await;
        app.erase(rider.id).await;

        let path = format!("/api/v1/benefit-offers/{}", meals["id"].as_str().unwrap());
        let shown: Value = town.officer.get(&path).await.ok();
        assert_eq!(shown["given"], 0, "{shown}");
        app.pass(TimeDelta::minutes(62));
        app.schedule().await;
        let draw: Value = town.phone.get(&format!("/api/v1/public/draws/{drawn}")).await.ok();
        assert!(draw["seed"].is_string() && draw["entries"] == 0, "{draw}");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_a_merged_union_offered_and_had_goes_to_its_successor() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let couriers = workers(&app, town.couriers, 2..4).await;
        let form = json!({ "organisation_id": town.riders, "name": "骑手之家", "kind": "other", "active": true });
        let place: Value = town.officer.post("/api/v1/benefit-partners", &form).await.ok();
        let theirs = json!({ "organisation_id": town.riders, "places": [place["id"]] });
        let own = published(&app, &mut town, 10, &theirs).await;
        let limited = json!({ "kind": "kit", "audience": { "organisations": [town.riders] } });
        let limited = published(&app, &mut town, 10, &limited).await;
        let now = app.house().ambient().now();
        let shares =
            json!([{ "organisation_id": town.riders, "quota": 1 }, { "organisation_id": town.couriers, "quota": 1 }]);
        let times = json!([{ "opens_at": now.to_rfc3339(), "closes_at": (now + TimeDelta::days(5)).to_rfc3339(),
            "total": 2, "shares": shares }]);
        let shared = published(&app, &mut town, 2, &json!({ "kind": "ticket", "rounds": times })).await;
        let voucher = claims(&town.phone, rider, &round(&shared), "rider").await;
        assert_eq!(voucher.status, StatusCode::CREATED, "{}", voucher.json());
        for (n, offer) in [&own, &limited].into_iter().enumerate() {
            let refused = claims(&town.phone, &couriers[0], &round(offer), &format!("early {n}")).await;
            assert_eq!(refused.code(), "not_for_you");
        }

        app.pass(TimeDelta::days(1));
        let caller = app.caller::<Reshape>();
        let into = MergeInto { into_id: town.couriers, day: caller.today(), paper: Paper::default() };
        unions::merge(&caller, town.riders, &into).await.unwrap();
        app.settle().await;
        town.officer = officer(&app, "county.later", "业务干部", town.county).await;
        let successor = json!(town.couriers);
        for (n, offer) in [&own, &limited].into_iter().enumerate() {
            let claimed = claims(&town.phone, &couriers[0], &round(offer), &format!("late {n}")).await;
            assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());
        }
        let path = |offer: &Value| format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
        let shown: Value = town.officer.get(&path(&own)).await.ok();
        assert_eq!(
            (&shown["organisation_id"], &shown["rounds"][0]["shares"][0]["organisation_id"]),
            (&successor, &successor)
        );
        let shown: Value = town.officer.get(&path(&limited)).await.ok();
        assert_eq!(shown["audience"]["organisations"], json!([town.couriers]));
        let places: Value =
            town.officer.get(&format!("/api/v1/benefit-partners?organisation={}", town.couriers)).await.ok();
        assert_eq!(places["items"][0]["organisation_id"], successor, "{places}");

        // Two shares of a round are one; what the rider gives back is the successor's people's.
        assert_eq!(claims(&town.phone, &couriers[0], &round(&shared), "one").await.status, StatusCode::CREATED);
        assert_eq!(claims(&town.phone, &couriers[1], &round(&shared), "two").await.code(), "all_gone");
        let shown: Value = town.officer.get(&path(&shared)).await.ok();
        let all = shown["rounds"][0]["shares"].as_array().unwrap();
        assert_eq!((all.len(), &all[0]["quota"], &all[0]["given"]), (1, &json!(2), &json!(2)), "{shown}");
        let list: Value = town.officer.get(&format!("{}/claims", path(&shared))).await.ok();
        let held = list["items"].as_array().unwrap();
        assert!(held.len() == 2 && held.iter().all(|claim| claim["organisation"] == "快递员联合工会"), "{list}");
        let back = format!("vouchers/{}/cancel", voucher.json()["voucher_id"].as_str().unwrap());
        assert!(sends(&town.phone, rider, &back, "back").await.status.is_success());
        assert_eq!(claims(&town.phone, &couriers[1], &round(&shared), "three").await.status, StatusCode::CREATED);
        drop(town);
    })
    .await;
}
