//! Benefits when somebody else's unit, of this process or another, comes in between what was read and what is written.

use axum::http::StatusCode;
use chrono::TimeDelta;
use kernel::{
    Context, Id, Unit,
    ledger::{self, NewFact, Source},
    permission::LoggedIn,
    person,
};
use serde_json::{Value, json};
use testing::App;

use crate::benefit::{asks, claims, drawn, enters, published, round, sends, town, workers};

/// A meal that somebody had today.
fn meal(context: &Context, organisation: Id, person: Id) -> NewFact {
    NewFact {
        kind: "love_meal",
        organisation,
        person: Some(person),
        group: None,
        quantity: 1,
        amount_fen: 0,
        day: context.today(),
        source: Source { kind: "kernel/test", id: person },
        reverses: None,
    }
}

#[tokio::test]
async fn who_is_made_nameless_meanwhile_claims_and_enters_nothing() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let meals = published(&app, &mut town, 5, &json!({})).await;
        let drawn = round(&published(&app, &mut town, 5, &drawn(&app, TimeDelta::hours(1), 5)).await);
        let context: &Context = &app.caller::<LoggedIn>();
        let erased = |id: Id| move |unit: Unit| async move { person::erase(&unit, context, id, "asked").await };
        let open = round(&meals);
        let claim = claims(&town.phone, &riders[0], &open, "claim");
        let claimed = app.overtaken(erased(riders[0].id), claim).await;
        assert_eq!((claimed.status, claimed.code().as_str()), (StatusCode::FORBIDDEN, "not_for_you"));
        let path = format!("benefit-rounds/{drawn}/enter");
        let enter = sends(&town.phone, &riders[1], &path, "enter");
        assert_eq!(app.overtaken(erased(riders[1].id), enter).await.status, StatusCode::UNAUTHORIZED);
        let offer = format!("/api/v1/benefit-offers/{}", meals["id"].as_str().unwrap());
        let shown: Value = town.officer.get(&offer).await.ok();
        assert_eq!(shown["given"], 0, "{shown}");
        let draw: Value = town.phone.get(&format!("/api/v1/public/draws/{drawn}")).await.ok();
        assert_eq!(draw["entries"], 0, "{draw}");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn who_has_the_same_meanwhile_claims_no_second_one() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let seldom = published(&app, &mut town, 5, &json!({ "audience": { "months_between": 12 } })).await;
        let context: &Context = &app.caller::<LoggedIn>();
        let facts = &[meal(context, town.riders, rider.id)];
        let had = |unit: Unit| async move { ledger::post(&unit, context, facts).await.map(drop) };
        let claimed = app.overtaken(had, claims(&town.phone, rider, &round(&seldom), "claim")).await;
        assert_eq!((claimed.status, claimed.code().as_str()), (StatusCode::FORBIDDEN, "not_for_you"));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_is_claimed_while_the_last_day_is_postponed_is_good_until_the_new_one() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let meals = published(&app, &mut town, 5, &json!({})).await;
        let postponed = "UPDATE benefit_offer SET redeem_until = '2026-08-10'";
        let claimed = app.overtaken_by(postponed, claims(&town.phone, rider, &round(&meals), "claim")).await;
        assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());
        let vouchers = asks(&town.phone, rider, "vouchers").await;
        assert_eq!(vouchers[0]["use_until"], "2026-08-11T00:00:00+08:00", "{vouchers}");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn who_has_the_same_while_the_names_are_looked_at_is_not_drawn() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let mut seldom = drawn(&app, TimeDelta::hours(1), 1);
        seldom["audience"] = json!({ "months_between": 12 });
        let round = round(&published(&app, &mut town, 1, &seldom).await);
        enters(&town.phone, rider, &round, "enter").await;
        app.pass(TimeDelta::minutes(62));
        let context: &Context = &app.caller::<LoggedIn>();
        let facts = &[meal(context, town.riders, rider.id)];
        let had = |unit: Unit| async move { ledger::post(&unit, context, facts).await.map(drop) };
        app.overtaken(had, app.work("benefit_draw")).await.unwrap();
        let draw: Value = town.phone.get(&format!("/api/v1/public/draws/{round}")).await.ok();
        assert!(draw["drawn_at"].is_string() && draw["entries"] == 0, "{draw}");
        let shown = asks(&town.phone, rider, "benefits").await;
        assert_eq!(shown[0]["state"], "out", "{shown}");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn who_claims_while_his_share_is_handed_on_gets_his_piece_of_the_one_that_it_was_added_to() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let meals = published(&app, &mut town, 5, &json!({})).await;
        let handed_on = "UPDATE benefit_share SET id = id + 1";
        let claimed = app.overtaken_by(handed_on, claims(&town.phone, rider, &round(&meals), "claim")).await;
        assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn who_claims_while_the_offer_is_ended_gets_nothing() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let meals = published(&app, &mut town, 5, &json!({})).await;
        let ended = "UPDATE benefit_offer SET state = 'closed'";
        let claimed = app.overtaken_by(ended, claims(&town.phone, rider, &round(&meals), "claim")).await;
        assert_eq!(claimed.code(), "round_over", "{}", claimed.json());
        drop(town);
    })
    .await;
}
