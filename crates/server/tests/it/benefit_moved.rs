//! What becomes of benefits where a union goes under another one, or somebody to another union, before they are given.

use axum::http::Method;
use chrono::TimeDelta;
use kernel::{
    Id,
    organisation::{
        Level,
        permissions::Reshape,
        relocate::{MoveUnder, relocate},
    },
};
use serde_json::{Value, json};
use testing::App;

use crate::{
    benefit::{Worker, asks, at, claims, drawn, enters, lasting, meals, published, round, sends, town, workers},
    nominate::{nominates, path},
    roles::{found, officer},
};

/// A union goes under another county.
async fn goes(app: &App, union: Id, county: Id) {
    let under = MoveUnder { parent_id: county, day: app.house().ambient().today() };
    relocate(&app.caller::<Reshape>(), union, &under).await.unwrap();
}

#[tokio::test]
async fn who_goes_with_his_union_keeps_nobody_waiting_who_was_nominated_beside_him() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let elsewhere = found(&app, None, "152202", "阿尔山市总工会", Level::County).await;
        let mut other = officer(&app, "county.other", "业务干部", town.county).await;
        let over = json!({ "way": "nominate", "kind": "recuperation", "rounds": lasting(&app, TimeDelta::days(1), 3) });
        let offer = published(&app, &mut town, 3, &over).await;
        let id = &round(&offer);
        let mut nominated = Vec::new();
        for (n, union) in (1..).zip([town.riders, town.couriers, town.county]) {
            let worker = &workers(&app, union, n..n + 1).await[0];
            nominated.push(nominates(&mut other, id, worker).await.1);
        }
        for one in &nominated[1..] {
            let _: Value = town.officer.post(&path(one, "decide"), &json!({ "approve": true })).await.ok();
        }

        // On whom the county does not reach any more it need not decide, nor answer what is objected to him.
        goes(&app, town.riders, elsewhere).await;
        at(&app, &mut town, "2026-07-03T02:00:00Z").await;
        let of_round = format!("/api/v1/benefit-nomination-rounds/{id}");
        let shown = town.officer.post(&format!("{of_round}/publicity"), &json!({})).await;
        assert_eq!(shown.status, 200, "{}", shown.json());
        let public: Value = town.phone.get(&format!("/api/v1/public/publicity/{id}")).await.ok();
        assert_eq!(public["total"], 2, "{public}");
        let objection = json!({ "reason": "本月已离职" });
        let _: Value = town.officer.post(&path(&nominated[1], "objections"), &objection).await.ok();
        goes(&app, town.couriers, elsewhere).await;
        at(&app, &mut town, "2026-07-11T02:00:00Z").await;
        app.schedule().await;
        let claims: Value =
            town.officer.get(&format!("/api/v1/benefit-offers/{}/claims", offer["id"].as_str().unwrap())).await.ok();
        assert_eq!((&claims["total"], &claims["items"][0]["organisation"]), (&json!(1), &json!("乌兰浩特市总工会")));
        assert_eq!(town.officer.get(&of_round).await.ok::<Value>()["phase"], "given");
        drop((town, other));
    })
    .await;
}

/// Somebody goes to another union.
async fn changes(app: &App, worker: &Worker, union: Id) {
    app.write(&format!("UPDATE person SET organisation_id = {union} WHERE id = {}", worker.id)).await;
}

#[tokio::test]
async fn what_is_drawn_or_nominated_for_is_given_by_the_union_that_looks_after_him_then() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let draw = published(&app, &mut town, 1, &drawn(&app, TimeDelta::minutes(2), 1)).await;
        enters(&town.phone, &riders[0], &round(&draw), "in").await;
        let over =
            json!({ "way": "nominate", "kind": "recuperation", "rounds": lasting(&app, TimeDelta::minutes(2), 1) });
        let stay = published(&app, &mut town, 1, &over).await;
        let (_, nominated) = nominates(&mut union, &round(&stay), &riders[1]).await;
        let _: Value = town.officer.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
        app.pass(TimeDelta::minutes(3));
        let publicity = format!("/api/v1/benefit-nomination-rounds/{}/publicity", round(&stay));
        let _: Value = town.officer.post(&publicity, &json!({})).await.ok();
        for rider in &riders {
            changes(&app, rider, town.couriers).await;
        }
        at(&app, &mut town, "2026-07-11T02:00:00Z").await;
        app.schedule().await;
        for offer in [&draw, &stay] {
            let claims = format!("/api/v1/benefit-offers/{}/claims", offer["id"].as_str().unwrap());
            let claims: Value = town.officer.get(&claims).await.ok();
            assert_eq!(claims["items"][0]["organisation"], "快递员联合工会", "{claims}");
        }
        drop((town, union));
    })
    .await;
}

#[tokio::test]
async fn who_has_gone_to_another_union_reads_what_became_of_his_name_in_a_draw() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let elsewhere = found(&app, None, "152202", "阿尔山市总工会", Level::County).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        published(&app, &mut town, 10, &json!({})).await;
        let mut draw = drawn(&app, TimeDelta::minutes(2), 1);
        let now = app.house().ambient().now();
        let later = json!({ "opens_at": (now + TimeDelta::days(1)).to_rfc3339(),
            "closes_at": (now + TimeDelta::days(2)).to_rfc3339(), "total": 1 });
        draw["rounds"].as_array_mut().unwrap().push(later);
        let draw = published(&app, &mut town, 1, &draw).await;
        enters(&town.phone, rider, &round(&draw), "in").await;
        changes(&app, rider, elsewhere).await;

        // Of what his former union offers he reads that round alone.
        let shown = asks(&town.phone, rider, "benefits").await;
        assert_eq!((shown.as_array().unwrap().len(), &shown[0]["state"]), (1, &json!("entered")), "{shown}");
        app.pass(TimeDelta::minutes(4));
        app.schedule().await;
        let shown = asks(&town.phone, rider, "benefits").await;
        let why = shown[0]["why"].as_str().unwrap_or_default();
        assert!(shown[0]["state"] == "out" && why.contains("其他工会"), "{shown}");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_is_set_aside_for_a_union_that_has_gone_elsewhere_is_not_published() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let elsewhere = found(&app, None, "152202", "阿尔山市总工会", Level::County).await;
        let mut rounds = lasting(&app, TimeDelta::days(1), 3);
        rounds[0]["shares"] = json!([{ "organisation_id": town.riders, "quota": 3 }]);
        let form = meals(&app, &town, 3, &json!({ "rounds": rounds }));
        let draft: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        goes(&app, town.riders, elsewhere).await;
        let publish = format!("/api/v1/benefit-offers/{}/publish", draft["id"].as_str().unwrap());
        let refused = town.officer.post(&publish, &json!({})).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["fields"][0]["code"]), (422, &json!("outside")));

        // Nor is an offer whose only place redeems no longer.
        let form = meals(&app, &town, 3, &json!({}));
        let draft: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        let mut place = town.place.clone();
        place["active"] = json!(false);
        let path = format!("/api/v1/benefit-partners/{}", place["id"].as_str().unwrap());
        let ended = town.officer.put(&path, &place).await;
        assert!(ended.status.is_success(), "{}", ended.json());
        let publish = format!("/api/v1/benefit-offers/{}/publish", draft["id"].as_str().unwrap());
        assert_eq!(town.officer.post(&publish, &json!({})).await.code(), "offer_without_place");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn the_batches_of_a_draft_follow_it_and_keep_it_from_what_they_do_not_fit() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let checks = meals(&app, &town, 5, &json!({ "kind": "health_check", "title": "免费体检" }));
        let draft: Value = town.officer.post("/api/v1/benefit-offers", &checks).await.ok();
        let path = format!("/api/v1/benefit-offers/{}", draft["id"].as_str().unwrap());
        let day = "2026-07-20";
        let form = json!({ "partner_id": town.place["id"], "starts_on": day, "ends_on": day, "seats": 3, "note": "" });
        let batch: Value = town.officer.post(&format!("{path}/batches"), &form).await.ok();
        let headers = [("content-type", "application/json"), ("if-match", "\"1\"")];
        for over in [json!({ "kind": "meal" }), json!({ "redeem_until": "2026-07-19" })] {
            let mut changed = checks.clone();
            changed.as_object_mut().unwrap().extend(over.as_object().unwrap().clone());
            let refused = town.officer.send_json(Method::PUT, &path, &headers, &changed).await;
            assert_eq!(refused.code(), "offer_batches_unfit", "{}", refused.json());
        }
        let mut theirs = checks.clone();
        theirs["organisation_id"] = json!(town.riders);
        let _: Value = town.officer.send_json(Method::PUT, &path, &headers, &theirs).await.ok();
        let of_batch = format!("/api/v1/benefit-batches/{}", batch["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&of_batch).await.ok::<Value>()["organisation_id"], json!(town.riders));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_was_set_aside_for_a_union_becomes_everybodys() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let elsewhere = found(&app, None, "152202", "阿尔山市总工会", Level::County).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let couriers = workers(&app, town.couriers, 2..5).await;
        let others = workers(&app, town.county, 5..7).await;
        let mut rounds = lasting(&app, TimeDelta::days(1), 4);
        rounds[0]["shares"] = json!([{ "organisation_id": town.riders, "quota": 3 },
            { "organisation_id": town.couriers, "quota": 1 }]);
        let offer = published(&app, &mut town, 4, &json!({ "rounds": rounds })).await;
        let id = &round(&offer);
        let phone = town.phone.clone();
        let asks = async |worker: &Worker, key: &str| {
            let answer = claims(&phone, worker, id, key).await;
            if answer.status == 201 { "got".to_owned() } else { answer.code() }
        };
        let voucher = claims(&phone, rider, id, "rider").await.json();
        assert_eq!((asks(&couriers[0], "a").await, asks(&couriers[1], "b").await), ("got".into(), "all_gone".into()));

        // The riders' union goes elsewhere: nobody could have the two that are left.
        goes(&app, town.riders, elsewhere).await;
        assert_eq!(asks(&others[0], "c").await, "not_for_you");
        // What the rider claimed is no longer the county's to look at.
        let listed = format!("/api/v1/benefit-offers/{}/claims", offer["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&listed).await.ok::<Value>()["total"], 1);
        let path = format!("/api/v1/benefit-rounds/{id}/pool");
        let of = |union: Id| json!({ "organisation_id": union });
        let _: Value = town.officer.post(&path, &of(town.riders)).await.ok();
        assert_eq!(asks(&others[0], "d").await, "got");
        assert_eq!(asks(&couriers[1], "e").await, "all_gone");
        let pooled: Value = town.officer.post(&path, &of(town.couriers)).await.ok();
        let shares = &pooled["rounds"][0]["shares"];
        assert_eq!(
            (shares.as_array().unwrap().len(), &shares[0]["quota"], &shares[0]["given"]),
            (1, &json!(4), &json!(3))
        );
        // Who read the offer before either is not to save what he read.
        assert_eq!(pooled["version"].as_i64(), offer["version"].as_i64().map(|read| read + 2));
        assert_eq!((asks(&couriers[1], "f").await, asks(&others[1], "g").await), ("got".into(), "all_gone".into()));
        // What the rider gives back is everybody's, too.
        let back = format!("vouchers/{}/cancel", voucher["voucher_id"].as_str().unwrap());
        assert!(sends(&phone, rider, &back, "back").await.status.is_success());
        assert_eq!((asks(&couriers[2], "h").await, asks(&others[1], "i").await), ("got".into(), "all_gone".into()));
        assert_eq!(town.officer.post(&path, &of(town.couriers)).await.status, 404);

        // Once names were drawn, the shares stay as the public list names them.
        let mut drawn = drawn(&app, TimeDelta::minutes(1), 1);
        drawn["rounds"][0]["shares"] = json!([{ "organisation_id": town.couriers, "quota": 1 }]);
        let drawn = round(&published(&app, &mut town, 1, &drawn).await);
        app.pass(TimeDelta::minutes(3));
        app.schedule().await;
        let refused = town.officer.post(&format!("/api/v1/benefit-rounds/{drawn}/pool"), &of(town.couriers)).await;
        assert_eq!(refused.code(), "share_drawn");
        drop((town, phone));
    })
    .await;
}

/// Many more claims like the only one that there is, of people who are not here: of five of them one was given back, and two
/// ran out, so that their pieces went back.
const MORE: &str = "INSERT INTO benefit_claim (id, offer_id, round_id, share_id, organisation_id, person_id, worker_group, \
     slot, state, claimed_at, use_until) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 5000) \
     SELECT id + n, offer_id, round_id, share_id, organisation_id, person_id + n, worker_group, \
     CASE WHEN n % 5 = 0 THEN id + n ELSE 0 END, \
     CASE n % 5 WHEN 0 THEN 'returned' WHEN 1 THEN 'redeemed' WHEN 2 THEN 'claimed' ELSE 'expired' END, \
     claimed_at, use_until FROM benefit_claim, more";

#[tokio::test]
async fn what_many_have_of_a_share_is_handed_on_piece_by_piece() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let mut rounds = lasting(&app, TimeDelta::days(1), 5_000);
        rounds[0]["shares"] = json!([{ "organisation_id": town.riders, "quota": 4_500 }]);
        let offer = published(&app, &mut town, 5_000, &json!({ "rounds": rounds })).await;
        let id = round(&offer);
        let voucher = claims(&town.phone, rider, &id, "rider").await.json();
        app.write(MORE).await;
        app.write("UPDATE benefit_share SET given = 2001 WHERE given = 1").await;

        let of = json!({ "organisation_id": town.riders });
        let pooled: Value = town.officer.post(&format!("/api/v1/benefit-rounds/{id}/pool"), &of).await.ok();
        let shares = pooled["rounds"][0]["shares"].as_array().unwrap();
        assert_eq!((shares.len(), &shares[0]["quota"], &shares[0]["given"]), (1, &json!(5_000), &json!(2_001)));
        // Whose claim was handed on in the first step gives his piece back to everybody's.
        let back = format!("vouchers/{}/cancel", voucher["voucher_id"].as_str().unwrap());
        assert!(sends(&town.phone, rider, &back, "back").await.status.is_success());
        let shown: Value =
            town.officer.get(&format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap())).await.ok();
        assert_eq!(shown["given"], 2_000, "{shown}");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn names_and_nominations_go_over_with_the_share_that_they_wait_for() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let union = town.riders;
        let mut own = officer(&app, "riders", "业务干部", union).await;
        let riders = workers(&app, union, 1..4).await;
        let apart = |mut over: Value| {
            over["rounds"][0]["shares"] = json!([{ "organisation_id": union, "quota": 1 }]);
            over
        };
        let draw = published(&app, &mut town, 2, &apart(drawn(&app, TimeDelta::hours(1), 2))).await;
        enters(&town.phone, &riders[0], &round(&draw), "in").await;
        let over =
            json!({ "way": "nominate", "kind": "recuperation", "rounds": lasting(&app, TimeDelta::hours(1), 2) });
        let stay = published(&app, &mut town, 2, &apart(over)).await;
        let (status, nominated) = nominates(&mut own, &round(&stay), &riders[0]).await;
        assert_eq!(status, 201, "{nominated}");
        for offer in [&draw, &stay] {
            let path = format!("/api/v1/benefit-rounds/{}/pool", round(offer));
            let _: Value = town.officer.post(&path, &json!({ "organisation_id": union })).await.ok();
        }
        // Of the two that are everybody's one is taken.
        assert_eq!(nominates(&mut own, &round(&stay), &riders[1]).await.0, 201);
        assert_eq!(nominates(&mut own, &round(&stay), &riders[2]).await.1["code"], "share_full");
        app.pass(TimeDelta::minutes(62));
        app.schedule().await;
        let shown = asks(&town.phone, &riders[0], "benefits").await;
        let won = shown.as_array().unwrap().iter().find(|offer| offer["round_id"] == round(&draw));
        assert_eq!(won.unwrap()["state"], "had", "{shown}");
        drop((town, own));
    })
    .await;
}
