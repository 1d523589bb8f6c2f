//! What an event promised, where less is there than was promised.

use chrono::{DateTime, Utc};
use kernel::{
    Id,
    organisation::Level,
    outbox,
    permission::{LoggedIn, Oneself},
};
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    amend::amends,
    benefit::{asks, sends, workers},
    join::{Hall, hall, joins},
    roles::{found, officer},
};

/// A hall whose event promises kits, of which there are two until the end of July; where they are given, and the offer with
/// its path.
async fn kits(app: &App) -> (Hall, Value, Value, String) {
    let mut hall = hall(app).await;
    let county = hall.county.unwrap();
    let place = json!({ "organisation_id": county, "name": "红城驿站", "kind": "station", "active": true });
    let place: Value = hall.officer.post("/api/v1/benefit-partners", &place).await.ok();
    let form = json!({
        "organisation_id": county, "kind": "kit", "title": "入会礼包", "unit_fen": 6800, "event_id": hall.event["id"],
        "redeem_from": "2026-07-01", "redeem_until": "2026-07-31", "places": [place["id"]],
        "rounds": [{ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": 2 }],
    });
    let offer: Value = hall.officer.post("/api/v1/benefit-offers", &form).await.ok();
    let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
    let offer: Value = hall.officer.post(&format!("{path}/publish"), &json!({})).await.ok();
    app.settle().await;
    (hall, place, offer, path)
}

/// The event tells that these joined, all at once.
async fn tell_joined(app: &App, event: &Value, people: &[Id]) {
    tell(app, "member_joined", event, people).await;
    app.settle().await;
}

/// The event tells something of these, which nobody has heard yet.
async fn tell(app: &App, what: &'static str, event: &Value, people: &[Id]) {
    let caller = &app.caller::<LoggedIn>();
    let told = caller.unit(|unit| async move {
        for person in people {
            outbox::publish(&unit, caller, what, &json!({ "person": person, "event": event }))?;
        }
        Ok(())
    });
    told.await.unwrap();
}

#[tokio::test]
async fn of_many_told_of_together_the_first_who_joined_get_what_is_there() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        // Those who were known longest joined last; one of them is told of twice.
        let known = workers(&app, hall.county.unwrap(), 1..5).await;
        tell_joined(&app, &hall.event["id"], &[3, 3, 2, 1, 0].map(|n: usize| known[n].id)).await;
        let given: Value = hall.officer.get(&format!("{path}/claims")).await.ok();
        let mut had: Vec<&Value> = given["items"].as_array().unwrap().iter().map(|claim| &claim["person_id"]).collect();
        had.sort_by_key(|person| person.to_string());
        assert_eq!(had, [&json!(known[2].id), &json!(known[3].id)]);
        drop(hall);
    })
    .await;
}

#[tokio::test]
async fn what_was_handed_over_by_mistake_and_then_rightly_is_one_kit() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, place, _, path) = kits(&app).await;
        joins(&app, &hall, 101).await;
        app.settle().await;
        let given: Value = hall.officer.get(&format!("{path}/claims")).await.ok();
        let claim: Id = given["items"][0]["id"].as_str().unwrap().parse().unwrap();
        let redeem = async |officer: &mut Client| {
            let (code, _) =
                benefit::redeem::token::issue(&app.caller::<Oneself>(), claim, hall.county.unwrap()).await.unwrap();
            let scan = json!({ "partner_id": place["id"], "code": code });
            let _: Value = officer.post("/api/v1/benefit-redemptions", &scan).await.ok();
            app.settle().await;
        };
        let joins = format!("/api/v1/events/{}/joins", hall.event["id"].as_str().unwrap());

        redeem(&mut hall.officer).await;
        let back = json!({ "reason": "扫错了凭证" });
        let back = hall.officer.post(&format!("/api/v1/benefit-claims/{claim}/take-back"), &back).await;
        assert!(back.status.is_success(), "{}", back.json());
        app.settle().await;
        let joined: Value = hall.officer.get(&joins).await.ok();
        assert!(joined["items"][0]["kit_gate"].is_null(), "nothing was given: {joined}");
        redeem(&mut hall.officer).await;
        let joined: Value = hall.officer.get(&joins).await.ok();
        assert_eq!(joined["items"][0]["kit_gate"], "红城驿站", "{joined}");
        assert_eq!(joined["items"][0]["second_kits"], json!([]), "{joined}");
        drop(hall);
    })
    .await;
}

#[tokio::test]
async fn what_the_table_entered_by_mistake_is_taken_back_and_the_voucher_is_good_again() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        joins(&app, &hall, 101).await;
        app.settle().await;
        let event = format!("/api/v1/events/{}", hall.event["id"].as_str().unwrap());
        let joins: Value = hall.officer.get(&format!("{event}/joins")).await.ok();
        let joined = joins["items"][0]["id"].clone();
        let (give, back) = (format!("{event}/kits"), format!("{event}/kits/take-back"));
        let mistake = json!({ "join_id": joined, "reason": "扫错了会员证" });
        assert_eq!(hall.officer.post(&back, &mistake).await.code(), "kit_not_given");

        for _ in 0..2 {
            let _: Value = hall.officer.post(&give, &json!({ "join_id": joined, "gate": "一号台" })).await.ok();
            app.settle().await;
            let used: Value = hall.officer.get(&format!("{path}/claims?state=redeemed")).await.ok();
            assert_eq!(used["total"], 1, "{used}");
            let taken: Value = hall.officer.post(&back, &mistake).await.ok();
            assert_eq!(taken["gate"], "一号台");
            app.settle().await;
            let good: Value = hall.officer.get(&format!("{path}/claims?state=claimed")).await.ok();
            assert_eq!(good["total"], 1, "{good}");
            let shown: Value = hall.officer.get(&event).await.ok();
            assert_eq!(shown["counts"]["kits_given"], 0);
        }
        drop(hall);
    })
    .await;
}

#[tokio::test]
async fn a_table_takes_back_what_it_gave_to_whoever_joined_a_union_beside_its_own() {
    App::each(&server::programmes(), async |app| {
        let hall = hall(&app).await;
        joins(&app, &hall, 101).await;
        let beside = found(&app, None, "152202", "阿尔山市总工会", Level::County).await;
        let event = hall.event["id"].as_str().unwrap();
        app.write(&format!("UPDATE membership_event SET organisation_id = {} WHERE id = {event}", beside.0)).await;
        let mut table = officer(&app, "table", "业务干部", beside).await;
        let kits = format!("/api/v1/events/{event}/kits");
        let joins: Value = table.get(&format!("/api/v1/events/{event}/joins")).await.ok();
        let joined = &joins["items"][0]["id"];
        let _: Value = table.post(&kits, &json!({ "join_id": joined, "gate": "一号台" })).await.ok();
        let mistake = json!({ "join_id": joined, "reason": "扫错了会员证" });
        let back = table.post(&format!("{kits}/take-back"), &mistake).await;
        assert!(back.status.is_success(), "{}", back.json());
    })
    .await;
}

#[tokio::test]
async fn who_has_his_kit_from_the_table_is_given_no_other_later() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        let known = workers(&app, hall.county.unwrap(), 1..7).await;
        let got = async |n: usize| {
            tell(&app, "kit_handed_over", &hall.event["id"], &[known[n].id]).await;
            app.settle().await;
        };
        // Of the first it is heard that he has it before it is heard that he joined; when the others join, none is left.
        got(0).await;
        tell_joined(&app, &hall.event["id"], &[0, 1, 2, 3, 4].map(|n: usize| known[n].id)).await;
        got(3).await;
        got(5).await;
        app.merge_people(known[5].id, known[4].id).await;
        let more = json!({ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": 5 });
        let added = hall.officer.post(&format!("{path}/rounds"), &more).await;
        assert!(added.status.is_success(), "{}", added.json());
        app.settle().await;
        let claims: Value = hall.officer.get(&format!("{path}/claims")).await.ok();
        let had = claims["items"].as_array().unwrap().iter().map(|claim| claim["person_id"].clone());
        let mut had: Vec<Value> = had.collect();
        had.sort_by_key(Value::to_string);
        assert_eq!(had, [1, 2].map(|n: usize| json!(known[n].id)), "{claims}");

        // No place of redemption handed it over: where it was, he and officers read all the same.
        got(1).await;
        let claims: Value = hall.officer.get(&format!("{path}/claims?state=redeemed")).await.ok();
        assert_eq!((&claims["total"], &claims["items"][0]["place"]), (&json!(1), &json!("集中入会活动现场")));
        let shown: Value = hall.officer.get(&path).await.ok();
        assert_eq!(shown["redeemed"], claims["total"], "{shown}");
        let phone = Client::new(server::router(app.house()).unwrap());
        let voucher = &asks(&phone, &known[1], "vouchers").await[0];
        assert_eq!(voucher["redeemed_at_place"], "集中入会活动现场", "{voucher}");
        drop((hall, phone));
    })
    .await;
}

#[tokio::test]
async fn who_joins_after_the_last_day_gets_it_once_it_is_postponed() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, offer, path) = kits(&app).await;
        let county = hall.county.unwrap();
        app.set_clock("2026-08-01T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        let late = workers(&app, county, 1..2).await[0].id;
        tell_joined(&app, &hall.event["id"], &[late]).await;
        hall.officer = officer(&app, "officer.august", "业务干部", county).await;
        let claims = format!("{path}/claims");
        assert_eq!(hall.officer.get(&claims).await.ok::<Value>()["total"], 0);

        let form = json!({ "description": "", "redeem_until": "2026-08-31" });
        let amended = amends(&mut hall.officer, &offer, &form).await;
        assert!(amended.status.is_success(), "{}", amended.json());
        app.settle().await;
        let given: Value = hall.officer.get(&claims).await.ok();
        let item = &given["items"][0];
        assert_eq!((&given["total"], &item["person_id"], &item["state"]), (&json!(1), &json!(late), &json!("claimed")));
        drop(hall);
    })
    .await;
}

#[tokio::test]
async fn two_records_of_one_person_have_one_kit_whatever_the_round() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        let known = workers(&app, hall.county.unwrap(), 1..4).await;
        tell_joined(&app, &hall.event["id"], &[known[0].id, known[1].id]).await;
        // Two were there: the third gets his of a further round.
        tell_joined(&app, &hall.event["id"], &[known[2].id]).await;
        let more = json!({ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": 5 });
        let added = hall.officer.post(&format!("{path}/rounds"), &more).await;
        assert!(added.status.is_success(), "{}", added.json());
        app.settle().await;
        let claims: Value = hall.officer.get(&format!("{path}/claims?state=claimed")).await.ok();
        assert_eq!(claims["total"], 3, "{claims}");
        app.merge_people(known[2].id, known[0].id).await;
        let claims: Value = hall.officer.get(&format!("{path}/claims?state=claimed")).await.ok();
        assert_eq!(claims["total"], 2, "{claims}");
        let offer: Value = hall.officer.get(&path).await.ok();
        assert_eq!(offer["given"], 2, "{offer}");

        // Nor does he get another one of a further round, as the record that went.
        let added = hall.officer.post(&format!("{path}/rounds"), &more).await;
        assert!(added.status.is_success(), "{}", added.json());
        app.settle().await;
        let offer: Value = hall.officer.get(&path).await.ok();
        assert_eq!(offer["given"], 2, "{offer}");
        drop(hall);
    })
    .await;
}

#[tokio::test]
async fn what_is_heard_after_a_merge_is_of_the_record_that_stays() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        let known = workers(&app, hall.county.unwrap(), 1..4).await;
        let claims = format!("{path}/claims");
        tell(&app, "member_joined", &hall.event["id"], &[known[0].id, known[1].id]).await;
        app.merge_people(known[0].id, known[1].id).await;
        app.settle().await;
        let given: Value = hall.officer.get(&claims).await.ok();
        assert_eq!((&given["total"], &given["items"][0]["person_id"]), (&json!(1), &json!(known[1].id)), "{given}");

        tell(&app, "kit_handed_over", &hall.event["id"], &[known[1].id]).await;
        app.merge_people(known[1].id, known[2].id).await;
        app.settle().await;
        let given: Value = hall.officer.get(&claims).await.ok();
        let item = &given["items"][0];
        assert_eq!((&item["person_id"], &item["state"]), (&json!(known[2].id), &json!("redeemed")), "{given}");
        drop(hall);
    })
    .await;
}

#[tokio::test]
async fn a_kit_that_was_given_elsewhere_before_a_merge_is_waited_for_no_longer() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        joins(&app, &hall, 101).await;
        app.settle().await;
        let given: Value = hall.officer.get(&format!("{path}/claims")).await.ok();
        let member: Id = given["items"][0]["person_id"].as_str().unwrap().parse().unwrap();
        let gone = workers(&app, hall.county.unwrap(), 1..2).await[0].id;
        let told = &json!({
            "event": hall.event["id"], "person": gone, "place": "红城驿站", "at": "2026-07-01T01:00:00Z",
        });
        let caller = &app.caller::<LoggedIn>();
        let publish = caller.unit(|unit| async move { outbox::publish(&unit, caller, "promised_kit_given", told) });
        publish.await.unwrap();
        app.merge_people(gone, member).await;
        app.settle().await;
        let joined: Value =
            hall.officer.get(&format!("/api/v1/events/{}/joins", hall.event["id"].as_str().unwrap())).await.ok();
        assert_eq!(joined["items"][0]["kit_gate"], "红城驿站", "{joined}");
        drop(hall);
    })
    .await;
}

#[tokio::test]
async fn whom_two_records_wait_for_gets_one_and_a_nameless_person_none() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        let known = workers(&app, hall.county.unwrap(), 1..6).await;
        // Two were there; of those who wait two are one person, and one is made nameless.
        tell_joined(&app, &hall.event["id"], &[0, 1, 2, 3, 4].map(|n: usize| known[n].id)).await;
        app.merge_people(known[2].id, known[3].id).await;
        app.erase(known[4].id).await;
        let waiting = async |officer: &mut Client| officer.get(&path).await.ok::<Value>()["promised_waiting"].clone();
        assert_eq!(waiting(&mut hall.officer).await, 1);

        let more = json!({ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": 5 });
        let added = hall.officer.post(&format!("{path}/rounds"), &more).await;
        assert!(added.status.is_success(), "{}", added.json());
        app.settle().await;
        let claims: Value = hall.officer.get(&format!("{path}/claims")).await.ok();
        let had = claims["items"].as_array().unwrap().iter().map(|claim| claim["person_id"].clone());
        let mut had: Vec<Value> = had.collect();
        had.sort_by_key(Value::to_string);
        assert_eq!(had, [0, 1, 3].map(|n: usize| json!(known[n].id)), "{claims}");
        assert_eq!(waiting(&mut hall.officer).await, 0);
        drop(hall);
    })
    .await;
}

#[tokio::test]
async fn what_is_given_back_goes_to_who_waits() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        let known = workers(&app, hall.county.unwrap(), 1..5).await;
        tell_joined(&app, &hall.event["id"], &[0, 1, 2].map(|n: usize| known[n].id)).await;
        let phone = Client::new(server::router(app.house()).unwrap());
        let voucher = asks(&phone, &known[0], "vouchers").await[0]["id"].as_str().unwrap().to_owned();
        let back = sends(&phone, &known[0], &format!("vouchers/{voucher}/cancel"), "back").await;
        assert!(back.status.is_success(), "{}", back.json());
        // Who joins afterwards comes behind.
        app.settle().await;
        tell_joined(&app, &hall.event["id"], &[known[3].id]).await;
        let claims: Value = hall.officer.get(&format!("{path}/claims?state=claimed")).await.ok();
        let had = claims["items"].as_array().unwrap().iter().map(|claim| claim["person_id"].clone());
        let mut had: Vec<Value> = had.collect();
        had.sort_by_key(Value::to_string);
        assert_eq!(had, [1, 2].map(|n: usize| json!(known[n].id)), "{claims}");
        drop((hall, phone));
    })
    .await;
}

#[tokio::test]
async fn whoever_waits_behind_more_than_one_unit_holds_gets_his_too() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, _, path) = kits(&app).await;
        let known = workers(&app, hall.county.unwrap(), 1..4).await;
        tell_joined(&app, &hall.event["id"], &[0, 1, 2].map(|n: usize| known[n].id)).await;
        // Two were there. Before the third there wait many who are not here.
        let more = format!(
            "INSERT INTO benefit_joined (event_id, person_id, had_kit) \
             WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 150) \
             SELECT event_id, n, had_kit FROM benefit_joined, more WHERE person_id = {}",
            known[2].id,
        );
        app.write(&more).await;
        let round = json!({ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": 5 });
        let added = hall.officer.post(&format!("{path}/rounds"), &round).await;
        assert!(added.status.is_success(), "{}", added.json());
        app.settle().await;
        assert_eq!(hall.officer.get(&format!("{path}/claims")).await.ok::<Value>()["total"], 3);
        drop(hall);
    })
    .await;
}
