//! Two processes whose clocks differ: what one of them has opened, drawn or shown, the other, which is behind, does not undo.

use axum::http::StatusCode;
use benefit::rules::draw::sha256;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::App;

use crate::{
    benefit::{claims, drawn, enters, lasting, published, round, sends, town, workers},
    nominate::{nominates, path},
    roles::officer,
};

/// Sets the clock back as a process has it that is behind.
fn behind(app: &App, time: TimeDelta) {
    app.pass(-time);
}

#[tokio::test]
async fn who_comes_after_the_draw_does_not_change_the_public_list() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let round = round(&published(&app, &mut town, 1, &drawn(&app, TimeDelta::hours(1), 1)).await);
        enters(&town.phone, &riders[0], &round, "in time").await;
        app.pass(TimeDelta::minutes(62));
        app.schedule().await;

        behind(&app, TimeDelta::minutes(3));
        let late = sends(&town.phone, &riders[1], &format!("benefit-rounds/{round}/enter"), "late").await;
        assert_eq!(late.code(), "round_over");
        let path = format!("/api/v1/public/draws/{round}");
        let draw: Value = town.phone.get(&path).await.ok();
        let list = String::from_utf8(town.phone.get(&format!("{path}/list")).await.body.to_vec()).unwrap();
        assert_eq!((&draw["entries"], &draw["list_hash"]), (&json!(1), &json!(sha256(&list.replace(" won", "")))));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn a_round_that_one_process_opened_is_open_and_is_not_changed_any_more() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..4).await;
        let now = app.house().ambient().now();
        let times = json!({ "opens_at": (now + TimeDelta::minutes(1)).to_rfc3339(),
            "closes_at": (now + TimeDelta::hours(1)).to_rfc3339(), "total": 2, "shares": [] });
        let offer = published(&app, &mut town, 2, &json!({ "rounds": [times] })).await;
        let round = round(&offer);
        assert_eq!(claims(&town.phone, &riders[0], &round, "early").await.code(), "not_yet_open");
        app.pass(TimeDelta::minutes(1));
        assert_eq!(claims(&town.phone, &riders[0], &round, "first").await.status, StatusCode::CREATED);

        behind(&app, TimeDelta::seconds(30));
        let change = format!("/api/v1/benefit-rounds/{round}");
        let mut form = times.clone();
        form["version"] = offer["version"].clone();
        let changed = town.officer.put(&change, &form).await;
        assert_eq!(changed.code(), "round_opened", "{}", changed.json());
        assert_eq!(claims(&town.phone, &riders[1], &round, "second").await.status, StatusCode::CREATED);
        assert_eq!(claims(&town.phone, &riders[2], &round, "third").await.code(), "all_gone");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_nominated_once_the_list_is_shown() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let over =
            json!({ "way": "nominate", "kind": "recuperation", "rounds": lasting(&app, TimeDelta::minutes(2), 2) });
        let id = &round(&published(&app, &mut town, 2, &over).await);
        let (_, nominated) = nominates(&mut union, id, &riders[0]).await;
        let _: Value = town.officer.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
        app.pass(TimeDelta::minutes(3));
        let publicity = format!("/api/v1/benefit-nomination-rounds/{id}/publicity");
        let _: Value = town.officer.post(&publicity, &json!({})).await.ok();

        behind(&app, TimeDelta::minutes(2));
        assert_eq!(nominates(&mut union, id, &riders[1]).await.1["code"], "nominations_shown");
        drop((town, union));
    })
    .await;
}
