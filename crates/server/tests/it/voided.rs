//! Vouchers that an officer voids: who is told what, who gets the piece, and what stays as it is.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{Answer, App, people};

use crate::{
    benefit::{Town, asks, claims, code, drawn, enters, published, round, sends, town, workers},
    roles::officer,
};

fn says(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

fn voucher(claim: &Value) -> &str {
    claim["voucher_id"].as_str().unwrap()
}

async fn voids(town: &mut Town, claim: &str, back: bool) -> Answer {
    let form = json!({ "reason": "资格审核有误。", "back": back });
    town.officer.post(&format!("/api/v1/benefit-claims/{claim}/void"), &form).await
}

/// An offer as it stands, and how many of its vouchers stand so.
async fn counted(town: &mut Town, offer: &Value, state: &str) -> (Value, Value) {
    let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
    let list: Value = town.officer.get(&format!("{path}/claims?state={state}")).await.ok();
    (town.officer.get(&path).await.ok(), list)
}

#[tokio::test]
async fn a_voided_voucher_is_told_of_with_its_reason_and_its_piece_may_go_back() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..5).await;
        let offer = published(&app, &mut town, 2, &json!({})).await;
        let round = &round(&offer);
        let first = claims(&town.phone, &riders[0], round, "a").await.json();
        let second = claims(&town.phone, &riders[1], round, "b").await.json();
        assert_eq!(claims(&town.phone, &riders[2], round, "c").await.code(), "all_gone");

        // Not without a reason, not by who only looks, not from elsewhere.
        let path = format!("/api/v1/benefit-claims/{}/void", voucher(&first));
        let why = json!({ "reason": "资格审核有误。", "back": true });
        assert_eq!(town.officer.post(&path, &json!({ "reason": " " })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut leader = officer(&app, "leader", "只读领导", town.county).await;
        assert_eq!(leader.post(&path, &why).await.status, StatusCode::FORBIDDEN);
        let mut foreign = officer(&app, "foreign", "业务干部", town.couriers).await;
        assert_eq!(foreign.post(&path, &why).await.status, StatusCode::NOT_FOUND);
        // Nor by his own union, which doesn't offer it.
        let mut own = officer(&app, "own", "业务干部", town.riders).await;
        assert_eq!(own.post(&path, &why).await.status, StatusCode::NOT_FOUND);

        let scan = json!({ "partner_id": town.place["id"], "code": code(&app, &first, &town).await });
        let row: Value = voids(&mut town, voucher(&first), true).await.ok();
        assert_eq!(
            (&row["state"], &row["state_label"], &row["voided_why"]),
            (&json!("voided"), &json!("已作废"), &json!("资格审核有误。"))
        );
        app.settle().await;
        let told =
            |n| app.sms().texts(&people::phone(n)).into_iter().filter(|text| text.contains("资格审核有误")).count();
        assert_eq!((told(1), told(2)), (1, 0));
        let shown = asks(&town.phone, &riders[0], &format!("vouchers/{}", voucher(&first))).await;
        assert_eq!(
            (&shown["state"], &shown["voided_why"], &shown["qr_svg"]),
            (&json!("voided"), &json!("资格审核有误。"), &Value::Null)
        );

        // It ends nothing twice: neither here, nor at the place, nor by its holder, who has had his one of this round.
        assert_eq!(says(&voids(&mut town, voucher(&first), true).await), (409, "claim_not_waiting".into()));
        assert_eq!(says(&town.officer.post("/api/v1/benefit-redemptions", &scan).await), (409, "claim_voided".into()));
        let cancel = format!("vouchers/{}/cancel", voucher(&first));
        assert_eq!(sends(&town.phone, &riders[0], &cancel, "d").await.code(), "claim_not_waiting");
        assert_eq!(claims(&town.phone, &riders[0], round, "e").await.code(), "already_had");
        let third = claims(&town.phone, &riders[2], round, "f").await;
        assert_eq!(third.status, StatusCode::CREATED, "{}", third.json());

        // What was used stays used; what doesn't go back nobody gets.
        let scan = json!({ "partner_id": town.place["id"], "code": code(&app, &second, &town).await });
        assert_eq!(town.officer.post("/api/v1/benefit-redemptions", &scan).await.status, StatusCode::OK);
        let used = voids(&mut town, voucher(&second), false).await;
        assert_eq!(says(&used), (409, "claim_not_waiting".into()));
        assert!(used.json()["detail"].as_str().unwrap().contains("已使用"), "{}", used.json());
        assert_eq!(voids(&mut town, voucher(&third.json()), false).await.status, StatusCode::OK);
        assert_eq!(claims(&town.phone, &riders[3], round, "g").await.code(), "all_gone");
        let (offer, voided) = counted(&mut town, &offer, "voided").await;
        assert_eq!((&offer["given"], &offer["redeemed"], &voided["total"]), (&json!(2), &json!(1), &json!(2)));

        // Once its holder is nameless, nothing tells why.
        app.erase(riders[0].id).await;
        let (_, voided) = counted(&mut town, &offer, "voided").await;
        let whys: Vec<&Value> = voided["items"].as_array().unwrap().iter().map(|one| &one["voided_why"]).collect();
        assert_eq!(whys, [&json!("资格审核有误。"), &Value::Null]);
        drop((town, leader, foreign, own));
    })
    .await;
}

#[tokio::test]
async fn all_unused_vouchers_are_voided_as_they_stood_when_it_was_ordered() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..4).await;
        let now = app.house().ambient().now();
        let times = json!({ "opens_at": (now - TimeDelta::hours(1)).to_rfc3339(),
            "closes_at": (now + TimeDelta::days(1)).to_rfc3339(), "total": 3 });
        let offer = published(&app, &mut town, 3, &json!({ "rounds": [times, times] })).await;
        let rounds = [0, 1].map(|at: usize| offer["rounds"][at]["id"].as_str().unwrap().to_owned());
        let kept = claims(&town.phone, &riders[0], &rounds[1], "a").await.json();
        let gone = claims(&town.phone, &riders[0], &rounds[0], "b").await.json();
        let used = claims(&town.phone, &riders[1], &rounds[0], "c").await.json();
        let scan = json!({ "partner_id": town.place["id"], "code": code(&app, &used, &town).await });
        assert_eq!(town.officer.post("/api/v1/benefit-redemptions", &scan).await.status, StatusCode::OK);

        let path = format!("/api/v1/benefit-offers/{}/void", offer["id"].as_str().unwrap());
        let form = |round: &Value| json!({ "round_id": round, "reason": "供货商停产", "back": true });
        let silent = town.officer.post(&path, &json!({ "reason": "" })).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let strange = town.officer.post(&path, &form(&json!(town.county))).await;
        assert_eq!(strange.status, StatusCode::NOT_FOUND, "{}", strange.json());
        let ordered: Value = town.officer.post(&path, &form(&json!(rounds[0]))).await.ok();
        assert_eq!(ordered, json!({ "claims": 1 }));
        // Who claims after the order, before the job is done, keeps his.
        app.pass(TimeDelta::seconds(1));
        let late = claims(&town.phone, &riders[2], &rounds[0], "d").await.json();
        app.settle().await;
        let state = async |rider: usize, claim: &Value| {
            asks(&town.phone, &riders[rider], &format!("vouchers/{}", voucher(claim))).await["state"].clone()
        };
        assert_eq!(
            [state(0, &gone).await, state(0, &kept).await, state(1, &used).await, state(2, &late).await],
            ["voided", "claimed", "redeemed", "claimed"]
        );
        let told = app.sms().texts(&people::phone(1));
        assert!(told.iter().any(|text| text.contains("供货商停产") && text.contains("乌兰浩特市总工会")), "{told:?}");

        // The whole offer, and then there is nothing left to void.
        app.pass(TimeDelta::seconds(1));
        let ordered: Value = town.officer.post(&path, &json!({ "reason": "供货商停产" })).await.ok();
        assert_eq!(ordered, json!({ "claims": 2 }));
        app.settle().await;
        let again = town.officer.post(&path, &json!({ "reason": "供货商停产" })).await;
        assert_eq!(says(&again), (409, "nothing_to_void".into()));
        let (offer, voided) = counted(&mut town, &offer, "voided").await;
        // One went back; one was used, and two are nobody's any more.
        assert_eq!((&offer["total"], &offer["given"], &voided["total"]), (&json!(6), &json!(3), &json!(3)));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn a_drawn_piece_that_is_voided_goes_to_the_next_lot() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..4).await;
        let offer = published(&app, &mut town, 1, &drawn(&app, TimeDelta::hours(1), 1)).await;
        for (n, rider) in riders.iter().enumerate() {
            enters(&town.phone, rider, &round(&offer), &format!("{n}")).await;
        }
        app.pass(TimeDelta::minutes(62));
        app.schedule().await;
        town.officer = officer(&app, "officer.later", "业务干部", town.county).await;
        let (_, won) = counted(&mut town, &offer, "claimed").await;
        let won = won["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(voids(&mut town, &won, true).await.status, StatusCode::OK);
        app.settle().await;
        let (offer, next) = counted(&mut town, &offer, "claimed").await;
        assert_eq!((&offer["given"], &next["total"]), (&json!(1), &json!(1)));
        assert_ne!(next["items"][0]["id"], json!(won));
        drop(town);
    })
    .await;
}

/// Many more vouchers like the only one that there is, and of the same holder.
const MORE: &str = "INSERT INTO benefit_claim (id, offer_id, round_id, share_id, organisation_id, person_id, worker_group, \
     slot, state, claimed_at, use_until, due_at) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 250) \
     SELECT id + n, offer_id, round_id, share_id, organisation_id, person_id, worker_group, id + n, state, claimed_at, \
     use_until, due_at FROM benefit_claim, more";

#[tokio::test]
async fn more_vouchers_than_one_unit_holds_are_all_voided() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let offer = published(&app, &mut town, 1, &json!({})).await;
        let claimed = claims(&town.phone, rider, &round(&offer), "a").await;
        assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());
        app.write(MORE).await;
        let path = format!("/api/v1/benefit-offers/{}/void", offer["id"].as_str().unwrap());
        let ordered: Value = town.officer.post(&path, &json!({ "reason": "供货商停产" })).await.ok();
        assert_eq!(ordered, json!({ "claims": 251 }));
        app.settle().await;
        let (_, voided) = counted(&mut town, &offer, "voided").await;
        assert_eq!(voided["total"], 251);
        drop(town);
    })
    .await;
}
