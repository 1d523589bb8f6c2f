//! What somebody claimed keeps him from more of the kind, and is found and taken away by officers.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    benefit::{Town, asks, claims, code, lasting, meals, published, round, sends, town, workers},
    roles::officer,
    settlement::redeemed,
};

#[tokio::test]
async fn what_waits_of_another_offer_of_the_kind_counts_as_had() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let rounds = lasting(&app, TimeDelta::days(1), 3);
        let seldom = |way: &str, kind: &str| {
            json!({ "audience": { "months_between": 12 }, "title": "冬季爱心餐", "way": way, "kind": kind,
                "rounds": rounds })
        };
        let first = published(&app, &mut town, 5, &json!({})).await;
        let others = [
            published(&app, &mut town, 3, &seldom("first_come", "meal")).await,
            published(&app, &mut town, 3, &seldom("draw", "meal")).await,
            published(&app, &mut town, 3, &seldom("nominate", "meal")).await,
        ];
        let kit = published(&app, &mut town, 3, &seldom("first_come", "kit")).await;
        let voucher = claims(&town.phone, rider, &round(&first), "a").await.json();

        // A voucher of any offer of the kind keeps him from the next, whichever way that one is given; a kit is no meal.
        let claimed = claims(&town.phone, rider, &round(&others[0]), "b").await;
        assert_eq!((claimed.status.as_u16(), claimed.code().as_str()), (409, "voucher_waiting"), "{}", claimed.json());
        assert_eq!(claimed.json()["extra"]["voucher_id"], voucher["voucher_id"]);
        let detail = claimed.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("“夏日爱心餐”还没有使用") && detail.contains("我的凭证"), "{detail}");
        let entered = sends(&town.phone, rider, &format!("benefit-rounds/{}/enter", round(&others[1])), "c").await;
        assert_eq!(entered.code(), "voucher_waiting");
        let form = json!({ "person_id": rider.id, "reason": "表现突出" });
        let nominations = format!("/api/v1/benefit-nomination-rounds/{}/nominations", round(&others[2]));
        assert_eq!(town.officer.post(&nominations, &form).await.code(), "nominee_not_for");
        let shown = asks(&town.phone, rider, "benefits").await;
        let state = |offer: &Value| {
            let mut all = shown.as_array().unwrap().iter();
            all.find(|one| one["offer_id"] == offer["id"]).unwrap()["state"].as_str().unwrap()
        };
        let [claimed, drawn, nominated] = &others;
        let told = [&first, claimed, drawn, nominated, &kit].map(state);
        assert_eq!(told, ["had", "not_for_me", "not_for_me", "not_for_me", "open"], "{shown}");
        assert_eq!(claims(&town.phone, rider, &round(&kit), "d").await.status, StatusCode::CREATED);

        // Given back, it keeps him from nothing.
        let cancel = format!("vouchers/{}/cancel", voucher["voucher_id"].as_str().unwrap());
        assert_eq!(sends(&town.phone, rider, &cancel, "e").await.status, StatusCode::OK);
        assert_eq!(claims(&town.phone, rider, &round(&others[0]), "f").await.status, StatusCode::CREATED);
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_ran_out_or_was_taken_back_keeps_nobody_from_the_next() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let held = round(&published(&app, &mut town, 5, &json!({ "hold_hours": 2 })).await);
        let seldom = json!({ "audience": { "months_between": 12 } });
        let seldom = round(&published(&app, &mut town, 5, &seldom).await);
        let mut vouchers = Vec::new();
        for (n, rider) in riders.iter().enumerate() {
            vouchers.push(claims(&town.phone, rider, &held, &format!("{n}")).await.json());
            assert_eq!(claims(&town.phone, rider, &seldom, &format!("{n} waits")).await.code(), "voucher_waiting");
        }

        // A meal that was handed over by mistake he did not have.
        redeemed(&app, &mut town, &vouchers[..1]).await;
        assert_eq!(claims(&town.phone, &riders[0], &seldom, "had").await.code(), "not_for_you");
        let voucher = vouchers[0]["voucher_id"].as_str().unwrap();
        let back = format!("/api/v1/benefit-claims/{voucher}/take-back");
        let _: Value = town.officer.post(&back, &json!({ "reason": "误扫" })).await.ok();
        let cancel = format!("vouchers/{voucher}/cancel");
        assert_eq!(sends(&town.phone, &riders[0], &cancel, "back").await.status, StatusCode::OK);
        let claimed = claims(&town.phone, &riders[0], &seldom, "not had").await;
        assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());

        // His time is over, whether or not the program has looked since.
        app.pass(TimeDelta::hours(3));
        let claimed = claims(&town.phone, &riders[1], &seldom, "ran out").await;
        assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_what_he_could_no_longer_use() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        // Its round goes on for days after the last day on which a meal is handed over.
        let offer = published(&app, &mut town, 5, &json!({ "redeem_until": "2026-07-03" })).await;
        let drawn = |closes: &str| {
            let times = json!([{ "opens_at": "2026-07-01T00:00:00Z", "closes_at": closes, "total": 1 }]);
            json!({ "way": "draw", "redeem_until": "2026-07-03", "rounds": times })
        };
        let late = meals(&app, &town, 1, &drawn("2026-07-03T15:30:00Z"));
        let refused = town.officer.post("/api/v1/benefit-offers", &late).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["fields"][0]["code"]), (422, &json!("closes_too_late")));
        let offered = published(&app, &mut town, 1, &drawn("2026-07-03T15:00:00Z")).await;
        let more = json!({ "opens_at": "2026-07-02T00:00:00Z", "closes_at": "2026-07-03T15:00:01Z", "total": 1 });
        let rounds = format!("/api/v1/benefit-offers/{}/rounds", offered["id"].as_str().unwrap());
        assert_eq!(town.officer.post(&rounds, &more).await.json()["fields"][0]["code"], "closes_too_late");

        let at = |instant: &str| instant.parse::<DateTime<Utc>>().unwrap();
        app.set_clock(at("2026-07-03T15:59:59Z"));
        let last = claims(&town.phone, &riders[0], &round(&offer), "a").await;
        assert_eq!(last.status, StatusCode::CREATED, "{}", last.json());
        app.set_clock(at("2026-07-03T16:00:00Z"));
        assert_eq!(claims(&town.phone, &riders[1], &round(&offer), "b").await.code(), "round_over");
        let voucher = format!("vouchers/{}", last.json()["voucher_id"].as_str().unwrap());
        let mine = asks(&town.phone, &riders[0], &voucher).await;
        assert_eq!((&mine["use_until"], &mine["code"]), (&json!("2026-07-04T00:00:00+08:00"), &Value::Null));

        // Nor is there another round of it, in which nobody could claim, until its last day is postponed.
        town.officer = officer(&app, "county.later", "业务干部", town.county).await;
        let rounds = format!("/api/v1/benefit-offers/{}/rounds", offer["id"].as_str().unwrap());
        let more = json!({ "opens_at": "2026-07-03T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": 1 });
        assert_eq!(town.officer.post(&rounds, &more).await.code(), "offer_too_late");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn who_claimed_is_found_and_taken_away_masked() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..4).await;
        let offer = published(&app, &mut town, 5, &json!({})).await;
        for (n, rider) in riders.iter().enumerate() {
            let claimed = claims(&town.phone, rider, &round(&offer), &format!("{n}")).await;
            assert_eq!(claimed.status, StatusCode::CREATED);
        }
        let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
        let found = async |town: &mut Town, q: &str| -> Vec<Value> {
            let list: Value = town.officer.get(&format!("{path}/claims?{q}")).await.ok();
            list["items"].as_array().unwrap().iter().map(|one| one["person_id"].clone()).collect()
        };
        let second = vec![json!(riders[1].id)];
        assert_eq!(found(&mut town, &format!("q={}", people::phone(2))).await, second);
        assert_eq!(found(&mut town, &format!("q={}", people::number(2))).await, second);
        let name: String = people::name(2).bytes().map(|byte| format!("%{byte:02X}")).collect();
        assert!(found(&mut town, &format!("q={name}")).await.contains(&second[0]));
        assert_eq!(found(&mut town, &format!("q={}&state=redeemed", people::phone(2))).await, Vec::<Value>::new());

        let form = json!({ "format": "csv", "filter": { "q": people::phone(2) } });
        let mut leader = officer(&app, "leader", "只读领导", town.county).await;
        assert_eq!(leader.post(&format!("{path}/exports"), &form).await.status, StatusCode::FORBIDDEN);
        let (made, file) = town.officer.take_away(&format!("{path}/exports"), &form).await;
        assert_eq!(made["rows"], 1, "{made}");
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("待使用") && text.contains("骑手联合工会") && text.contains('*'), "{text}");
        // The last day itself, not the midnight after it.
        let last = format!("{} 24:00", offer["redeem_until"].as_str().unwrap());
        assert!(text.contains(&last), "{text}");
        assert!(!text.contains(&people::phone(2)) && !text.contains(&people::name(2)), "{text}");
        drop((town, leader));
    })
    .await;
}

#[tokio::test]
async fn who_claimed_is_found_by_round_place_and_day() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let now = app.house().ambient().now();
        let opening = |hours: i64| {
            let (opens, closes) = (now + TimeDelta::hours(hours), now + TimeDelta::days(9));
            json!({ "opens_at": opens.to_rfc3339(), "closes_at": closes.to_rfc3339(), "total": 5 })
        };
        let offer = published(&app, &mut town, 5, &json!({ "rounds": [opening(0), opening(1)] })).await;
        let second = offer["rounds"][1]["id"].as_str().unwrap().to_owned();
        let early = claims(&town.phone, &riders[0], &round(&offer), "a").await;
        assert_eq!(early.status, StatusCode::CREATED, "{}", early.json());
        let form = json!({ "partner_id": town.place["id"], "code": code(&app, &early.json(), &town).await });
        let _: Value = town.officer.post("/api/v1/benefit-redemptions", &form).await.ok();
        app.pass(TimeDelta::days(1));
        town.officer = officer(&app, "officer.later", "业务干部", town.county).await;
        let late = claims(&town.phone, &riders[1], &second, "b").await;
        assert_eq!(late.status, StatusCode::CREATED, "{}", late.json());

        let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
        let here = format!("place={}", town.place["id"].as_str().unwrap());
        for (asked, claimant) in [
            (format!("round={}", round(&offer)), &riders[0]),
            (format!("round={second}"), &riders[1]),
            ("to=2026-07-01".to_owned(), &riders[0]),
            ("from=2026-07-02".to_owned(), &riders[1]),
            (here.clone(), &riders[0]),
        ] {
            let list: Value = town.officer.get(&format!("{path}/claims?{asked}")).await.ok();
            assert_eq!((&list["total"], &list["items"][0]["person_id"]), (&json!(1), &json!(claimant.id)), "{asked}");
        }
        let none: Value = town.officer.get(&format!("{path}/claims?{here}&from=2026-07-02")).await.ok();
        assert_eq!(none["total"], 0, "{none}");
        let list: Value = town.officer.get(&format!("{path}/claims")).await.ok();
        assert_eq!(list["items"][0]["round_opens_at"], offer["rounds"][1]["opens_at"]);

        let form = json!({ "format": "csv", "filter": { "round": second, "from": "2026-07-02" } });
        let (made, file) = town.officer.take_away(&format!("{path}/exports"), &form).await;
        assert_eq!(made["rows"], 1, "{made}");
        assert_eq!(made["filter"], "场次：2026-07-01 10:00；起始日期：2026年7月2日");
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("场次开放时间") && text.contains("2026-07-01 10:00"), "{text}");
        drop(town);
    })
    .await;
}
