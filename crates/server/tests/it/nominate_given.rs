//! What keeps somebody who was nominated from getting it, or makes him wait: an objection, the last day, another list that is
//! damaged, and that a whole city is nominated with him.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    amend::amends,
    benefit::{Town, Worker, published, round, town, workers},
    draw::overwrite,
    nominate::{at, becomes_courier, for_riders, nominates, path, waiting},
    roles::officer,
};

#[tokio::test]
async fn a_list_that_can_not_be_given_keeps_no_other_waiting() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let rounds = for_riders(&app, &town, TimeDelta::days(1), (1, 1));
        let mut offers = Vec::new();
        for title in ["劳模疗休养", "骑手疗休养"] {
            let over = json!({ "way": "nominate", "kind": "recuperation", "title": title, "rounds": rounds });
            let offer = published(&app, &mut town, 1, &over).await;
            let (status, nominated) = nominates(&mut union, &round(&offer), rider).await;
            assert_eq!(status, 201, "{nominated}");
            let _: Value = town.officer.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
            offers.push(offer);
        }
        // The one that is shown first is damaged afterwards.
        for (offer, day, name) in [
            (&offers[0], "2026-07-03T02:00:00Z", "county.friday"),
            (&offers[1], "2026-07-06T02:00:00Z", "county.monday"),
        ] {
            app.set_clock(at(day));
            town.officer = officer(&app, name, "业务干部", town.county).await;
            let publicity = format!("/api/v1/benefit-nomination-rounds/{}/publicity", round(offer));
            let _: Value = town.officer.post(&publicity, &json!({})).await.ok();
        }
        let damaged = offers[0]["id"].as_str().unwrap().parse().unwrap();
        overwrite(&app, ("benefit_offer", "audience"), ("id", damaged)).await;
        // Just after midnight it is given; it is told when people are awake.
        app.set_clock(at("2026-07-14T16:10:00Z"));
        app.schedule().await;
        let told = || app.sms().texts(&people::phone(1)).into_iter().filter(|text| text.contains("骑手疗休养")).count();
        assert_eq!(told(), 0);
        app.set_clock(at("2026-07-15T00:00:00Z"));
        app.settle().await;
        assert_eq!(told(), 1);
        let told = app.sms().texts(&people::phone(1)).join("");
        assert!(told.contains("请在2026年7月31日（含当天）前使用"), "{told}");
        app.set_clock(at("2026-07-15T02:00:00Z"));
        town.officer = officer(&app, "county.last", "业务干部", town.county).await;
        let claims = format!("/api/v1/benefit-offers/{}/claims", offers[1]["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&claims).await.ok::<Value>()["total"], 1);
        drop((town, union));
    })
    .await;
}

/// A nomination by the town's officer that somebody else approved, is shown from today, and is objected to; answers the
/// offer, and the objection's path.
async fn objected(app: &App, town: &mut Town, other: &mut Client, (rider, title): (&Worker, &str)) -> (Value, String) {
    let rounds = for_riders(app, town, TimeDelta::minutes(2), (1, 1));
    let over = json!({ "way": "nominate", "kind": "recuperation", "title": title, "rounds": rounds,
        "redeem_until": "2026-07-10" });
    let offer = published(app, town, 1, &over).await;
    let (_, nominated) = nominates(&mut town.officer, &round(&offer), rider).await;
    let _: Value = other.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
    app.pass(TimeDelta::minutes(3));
    let publicity = format!("/api/v1/benefit-nomination-rounds/{}/publicity", round(&offer));
    let _: Value = other.post(&publicity, &json!({})).await.ok();
    let row: Value = other.post(&path(&nominated, "objections"), &json!({ "reason": "本月已离职" })).await.ok();
    let id = row["objections"][0]["id"].as_str().unwrap();
    (offer, format!("/api/v1/benefit-objections/{id}/answer"))
}

#[tokio::test]
async fn who_nominated_answers_no_objection_and_nobody_gets_a_voucher_that_has_run_out() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut other = officer(&app, "county.other", "业务干部", town.county).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let (stay, answer) = objected(&app, &mut town, &mut other, (&riders[0], "劳模疗休养")).await;
        let (never, unanswered) = objected(&app, &mut town, &mut other, (&riders[1], "骑手疗休养")).await;
        let dismissed = json!({ "answer": "经核实仍在职。", "upheld": false });
        for path in [&answer, &unanswered] {
            assert_eq!(town.officer.post(path, &dismissed).await.code(), "own_nominee");
        }

        // Answered when the last day is over, it is not given until the day is postponed.
        app.set_clock(at("2026-07-13T02:00:00Z"));
        town.officer = officer(&app, "county.last", "业务干部", town.county).await;
        let _: Value = town.officer.post(&answer, &dismissed).await.ok();
        let given = async |town: &mut Town, offer: &Value| {
            app.pass(TimeDelta::minutes(6));
            app.schedule().await;
            let path = format!("/api/v1/benefit-offers/{}/claims", offer["id"].as_str().unwrap());
            town.officer.get(&path).await.ok::<Value>()
        };
        assert_eq!(given(&mut town, &stay).await["total"], 0);
        let at_round = format!("/api/v1/benefit-nomination-rounds/{}", round(&stay));
        let shown: Value = town.officer.get(&at_round).await.ok();
        assert_eq!((&shown["phase"], &shown["too_late"]), (&json!("waiting"), &json!(true)), "{shown}");
        assert_eq!(waiting(&mut town.officer, "postpone").await, 2, "both lists wait for their offers");
        let later = json!({ "description": "一荤两素。", "redeem_until": "2026-07-31" });
        let amended = amends(&mut town.officer, &stay, &later).await;
        assert_eq!(amended.status, 200, "{}", amended.json());
        let claims = given(&mut town, &stay).await;
        assert_eq!((&claims["total"], &claims["items"][0]["state"]), (&json!(1), &json!("claimed")), "{claims}");
        let shown: Value = town.officer.get(&at_round).await.ok();
        assert_eq!((&shown["phase"], &shown["too_late"]), (&json!("given"), &json!(false)), "{shown}");
        assert_eq!(waiting(&mut town.officer, "postpone").await, 1);

        // Ended instead, it is given to nobody, and the list is done with.
        let close = format!("/api/v1/benefit-offers/{}/close", never["id"].as_str().unwrap());
        let _: Value = town.officer.post(&close, &json!({})).await.ok();
        assert_eq!(given(&mut town, &never).await["total"], 0);
        assert_eq!(waiting(&mut town.officer, "postpone").await, 0);
        let list = format!("/api/v1/benefit-nomination-rounds/{}/nominations", round(&never));
        let list: Value = town.officer.get(&list).await.ok();
        assert_eq!(list["items"][0]["state"], "refused", "{list}");
        drop((town, other));
    })
    .await;
}

#[tokio::test]
async fn a_round_that_nobody_can_nominate_for_any_more_is_shown_as_such() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let now = app.house().ambient().now();
        let rounds = json!([{ "opens_at": now.to_rfc3339(), "closes_at": (now + TimeDelta::days(9)).to_rfc3339(),
            "total": 1, "shares": [{ "organisation_id": town.riders, "quota": 1 }] }]);
        let over = json!({ "way": "nominate", "kind": "recuperation", "title": "劳模疗休养", "rounds": rounds,
            "redeem_until": "2026-07-03" });
        let offer = published(&app, &mut town, 1, &over).await;
        // The last day of redemption ends before the round does.
        app.set_clock(at("2026-07-04T01:00:00Z"));
        town.officer = officer(&app, "county.late", "业务干部", town.county).await;
        assert_eq!(nominates(&mut town.officer, &round(&offer), rider).await.0, 409);
        let shown: Value = town.officer.get(&format!("/api/v1/benefit-nomination-rounds/{}", round(&offer))).await.ok();
        assert_eq!(shown["phase"], "deciding", "{shown}");
        drop(town);
    })
    .await;
}

/// As many more nominations as there are in a city, of people who are not here, like the only one that there is.
const MORE: &str = "INSERT INTO benefit_nomination (id, offer_id, round_id, share_id, organisation_id, person_id, worker_group, \
     reason_sealed, state, nominated_by, nominated_at, note, decided_by, decided_at) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 33000) \
     SELECT id + n, offer_id, round_id, share_id, organisation_id, person_id + n, worker_group, reason_sealed, state, \
     nominated_by, nominated_at, note, decided_by, decided_at FROM benefit_nomination, more";

#[tokio::test]
async fn the_list_of_a_whole_city_is_looked_through() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let rounds = for_riders(&app, &town, TimeDelta::days(1), (50_000, 50_000));
        let over = json!({ "way": "nominate", "kind": "recuperation", "title": "劳模疗休养", "rounds": rounds,
            "audience": { "groups": ["delivery_rider"] } });
        let round = round(&published(&app, &mut town, 1, &over).await);
        let (_, nominated) = nominates(&mut union, &round, rider).await;
        let _: Value = town.officer.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
        app.write(MORE).await;
        becomes_courier(&app, rider).await;
        app.set_clock(at("2026-07-03T02:00:00Z"));
        town.officer = officer(&app, "county.later", "业务干部", town.county).await;
        let publicity = format!("/api/v1/benefit-nomination-rounds/{round}/publicity");
        let shown = town.officer.post(&publicity, &json!({})).await;
        assert_eq!(shown.code(), "nobody_qualifies", "{}", shown.json());
        drop((town, union));
    })
    .await;
}
