//! Offers whose pieces are drawn: anybody can reckon the draw again, and nobody gets by it what he may no longer have.

use axum::http::StatusCode;
use benefit::rules::draw::{Entry, list, sha256, winners};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::Id;
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    amend::amends,
    benefit::{asks, claims, drawn, enters, lasting, published, round, sends, town, workers},
    roles::officer,
};

#[tokio::test]
async fn a_draw_can_be_reckoned_again_by_anybody() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..8).await;
        let mut over = drawn(&app, TimeDelta::hours(1), 3);
        over["rounds"][0]["shares"] = json!([{ "organisation_id": town.couriers, "quota": 1 }]);
        let offer = published(&app, &mut town, 3, &over).await;
        let round = &round(&offer);
        let mut anybody = town.phone.clone();
        let path = format!("/api/v1/public/draws/{round}");
        let before: Value = anybody.get(&path).await.ok();
        assert_eq!((&before["seed"], &before["drawn_at"], &before["entries"]), (&Value::Null, &Value::Null, &json!(0)));
        assert_eq!(anybody.get(&format!("{path}/list")).await.status, StatusCode::NOT_FOUND);

        // Names are put in once each, and may be taken out; nobody claims.
        assert_eq!(claims(&town.phone, &riders[0], round, "a").await.code(), "by_draw");
        for (n, rider) in riders.iter().enumerate() {
            let put = enters(&town.phone, rider, round, &format!("{n}")).await;
            let path = format!("benefit-rounds/{round}/enter");
            let again = sends(&town.phone, rider, &path, &format!("{n} again")).await;
            assert_eq!(again.json()["entry_id"], put["entry_id"]);
        }
        let left = sends(&town.phone, &riders[6], &format!("benefit-rounds/{round}/leave"), "l").await;
        assert_eq!(left.status, StatusCode::NO_CONTENT);
        assert_eq!(asks(&town.phone, &riders[0], "benefits").await[0]["state"], "entered");
        app.pass(TimeDelta::minutes(62));
        let late = sends(&town.phone, &riders[6], &format!("benefit-rounds/{round}/enter"), "late").await;
        assert_eq!(late.code(), "round_over");
        let late = sends(&town.phone, &riders[0], &format!("benefit-rounds/{round}/leave"), "too late").await;
        assert_eq!(late.code(), "already_drawn");
        app.schedule().await;

        // Seed, list and winners fit what was published before.
        let after: Value = anybody.get(&path).await.ok();
        let seed = after["seed"].as_str().unwrap();
        assert_eq!(before["seed_hash"], sha256(seed));
        let text = String::from_utf8(anybody.get(&format!("{path}/list")).await.body.to_vec()).unwrap();
        let id = |word: &str| word.parse::<Id>().unwrap();
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(' ').collect()).collect();
        let entries: Vec<Entry> = lines.iter().map(|line| Entry { id: id(line[0]), share: id(line[1]) }).collect();
        assert_eq!(entries.len(), 6);
        assert_eq!(after["list_hash"], sha256(&list(&entries)));
        let pieces = after["shares"].as_array().unwrap().iter();
        let pieces =
            pieces.map(|share| (id(share["id"].as_str().unwrap()), share["pieces"].as_i64().unwrap())).collect();
        let won = winners(seed, &entries, &pieces);
        assert_eq!(won.len(), 2);
        for line in &lines {
            assert_eq!(line.len() == 3, won.contains(&id(line[0])), "{text}");
        }
        // Who won has a voucher, who lost reads so; the draw is not drawn twice.
        app.schedule().await;
        let mut states = Vec::new();
        for rider in &riders[..6] {
            states.push(asks(&town.phone, rider, "benefits").await[0]["state"].as_str().unwrap().to_owned());
        }
        states.sort();
        assert_eq!(states, ["had", "had", "lost", "lost", "lost", "lost"]);
        drop((town, anybody));
    })
    .await;
}

#[tokio::test]
async fn an_offer_that_is_ended_before_its_draw_gives_nothing_and_says_so() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let offer = published(&app, &mut town, 3, &drawn(&app, TimeDelta::hours(1), 3)).await;
        let round = round(&offer);
        enters(&town.phone, rider, &round, "in").await;
        let close = format!("/api/v1/benefit-offers/{}/close", offer["id"].as_str().unwrap());
        let _: Value = town.officer.post(&close, &json!({})).await.ok();
        app.pass(TimeDelta::minutes(62));
        app.schedule().await;

        let shown = asks(&town.phone, rider, "benefits").await;
        assert_eq!((&shown[0]["state"], &shown[0]["voucher_id"]), (&json!("out"), &Value::Null), "{shown}");
        assert!(shown[0]["why"].as_str().unwrap().contains("已提前结束"), "{shown}");
        let left = sends(&town.phone, rider, &format!("benefit-rounds/{round}/leave"), "out").await;
        assert_eq!(left.code(), "draw_called_off");
        let mut anybody = town.phone.clone();
        let path = format!("/api/v1/public/draws/{round}");
        let draw: Value = anybody.get(&path).await.ok();
        assert!(draw["drawn_at"].is_string() && draw["seed"] == Value::Null && draw["entries"] == 1, "{draw}");
        assert_eq!(anybody.get(&format!("{path}/list")).await.status, StatusCode::NOT_FOUND);
        drop((town, anybody));
    })
    .await;
}

#[tokio::test]
async fn whoever_got_the_same_elsewhere_meanwhile_is_not_drawn() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let mut rounds = Vec::new();
        for hours in [1, 2] {
            let mut seldom = drawn(&app, TimeDelta::hours(hours), 1);
            seldom["audience"] = json!({ "months_between": 12 });
            rounds.push(round(&published(&app, &mut town, 1, &seldom).await));
        }
        for (rider, round) in [(0, 0), (0, 1), (1, 1)] {
            enters(&town.phone, &riders[rider], &rounds[round], &format!("{rider} {round}")).await;
        }
        for _ in rounds.iter() {
            app.pass(TimeDelta::minutes(62));
            app.schedule().await;
        }
        let mut anybody = town.phone.clone();
        let list = anybody.get(&format!("/api/v1/public/draws/{}/list", rounds[1])).await;
        let list = String::from_utf8(list.body.to_vec()).unwrap();
        assert!(list.lines().count() == 1 && list.trim_end().ends_with(" won"), "{list}");
        let state = async |rider: usize, round: usize| {
            let shown = asks(&town.phone, &riders[rider], "benefits").await;
            let own = shown.as_array().unwrap().iter().find(|offer| offer["round_id"] == rounds[round]);
            own.map(|offer| (offer["state"].clone(), offer["why"].clone())).unwrap()
        };
        assert_eq!(state(0, 0).await.0, "had");
        let (left_out, why) = state(0, 1).await;
        assert_eq!(left_out, "out");
        assert!(why.as_str().unwrap().contains("12个月内同类服务限享受一次"), "{why}");
        assert_eq!(state(1, 1).await.0, "had");
        drop((town, anybody));
    })
    .await;
}

/// Overwrites a text in the row with a key.
pub(crate) async fn overwrite(app: &App, (table, column): (&str, &str), row: (&str, Id)) {
    let (key, id) = row;
    app.write(&format!("UPDATE {table} SET {column} = 'v1.AAAA' WHERE {key} = {}", id.0)).await;
}

#[tokio::test]
async fn a_draw_whose_seed_is_damaged_holds_up_no_other() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let mut rounds = Vec::new();
        for minutes in [30, 60] {
            let over = drawn(&app, TimeDelta::minutes(minutes), 1);
            let round = round(&published(&app, &mut town, 1, &over).await);
            enters(&town.phone, rider, &round, &round).await;
            rounds.push(round);
        }
        overwrite(&app, ("benefit_draw", "seed_sealed"), ("round_id", rounds[0].parse().unwrap())).await;
        app.pass(TimeDelta::minutes(62));
        app.schedule().await;

        let mut drawn = Vec::new();
        for round in &rounds {
            let draw: Value = town.phone.get(&format!("/api/v1/public/draws/{round}")).await.ok();
            drawn.push(draw["drawn_at"].is_string());
        }
        assert_eq!(drawn, [false, true]);
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_drawn_by_the_last_day_is_drawn_once_it_is_postponed() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let times = lasting(&app, TimeDelta::hours(1), 1);
        let over = json!({ "way": "draw", "rounds": times, "redeem_until": "2026-07-10" });
        let offer = published(&app, &mut town, 1, &over).await;
        let round = round(&offer);
        enters(&town.phone, rider, &round, "in").await;
        let is_drawn = async |phone: &mut Client| {
            app.pass(TimeDelta::minutes(1));
            app.schedule().await;
            phone.get(&format!("/api/v1/public/draws/{round}")).await.ok::<Value>()["drawn_at"].is_string()
        };

        // The program stood still until the last day was over.
        app.set_clock("2026-07-11T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert!(!is_drawn(&mut town.phone).await);
        town.officer = officer(&app, "officer.late", "业务干部", town.county).await;
        let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
        let waits =
            async |officer: &mut Client| officer.get(&path).await.ok::<Value>()["rounds"][0]["too_late"].clone();
        assert_eq!(waits(&mut town.officer).await, true);
        let listed = async |officer: &mut Client| {
            officer.get("/api/v1/benefit-offers?too_late=true").await.ok::<Value>()["total"].clone()
        };
        assert_eq!(listed(&mut town.officer).await, 1);
        let later = json!({ "description": "", "redeem_until": "2026-07-31" });
        let amended = amends(&mut town.officer, &offer, &later).await;
        assert!(amended.status.is_success(), "{}", amended.json());
        assert_eq!(waits(&mut town.officer).await, false);
        assert_eq!(listed(&mut town.officer).await, 0);
        assert!(is_drawn(&mut town.phone).await);
        assert_eq!(asks(&town.phone, rider, "benefits").await[0]["state"], "had");
        drop(town);
    })
    .await;
}

/// As many more who lost as there are in a region, of people who are not here, like the only one who was drawn.
const MORE: &str = "INSERT INTO benefit_entry (id, offer_id, round_id, share_id, organisation_id, person_id, worker_group, \
     state, entered_at) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 12000) \
     SELECT id + n, offer_id, round_id, share_id, organisation_id, person_id + n, worker_group, 'lost', entered_at \
     FROM benefit_entry, more";

#[tokio::test]
async fn the_list_of_a_whole_region_comes_whole_and_in_order() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let over = drawn(&app, TimeDelta::hours(1), 1);
        let round = round(&published(&app, &mut town, 1, &over).await);
        enters(&town.phone, rider, &round, "a").await;
        app.pass(TimeDelta::minutes(62));
        app.schedule().await;
        app.write(MORE).await;
        let list = town.phone.get(&format!("/api/v1/public/draws/{round}/list")).await;
        let list = String::from_utf8(list.body.to_vec()).unwrap();
        let entries: Vec<Id> = list.lines().map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect();
        assert!(entries.len() == 12_001 && entries.is_sorted_by(|one, next| one < next), "{} lines", entries.len());
        assert_eq!(list.lines().filter(|line| line.ends_with(" won")).count(), 1);
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn names_that_wait_for_their_turn_at_the_closing_are_drawn_with_the_others() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let round = round(&published(&app, &mut town, 1, &drawn(&app, TimeDelta::hours(1), 1)).await);
        let is_drawn = async |phone: &mut Client| {
            app.schedule().await;
            phone.get(&format!("/api/v1/public/draws/{round}")).await.ok::<Value>()["drawn_at"].is_string()
        };
        app.pass(TimeDelta::seconds(3_659));
        assert!(!is_drawn(&mut town.phone).await);
        app.pass(TimeDelta::seconds(31));
        assert!(is_drawn(&mut town.phone).await);
        drop(town);
    })
    .await;
}
