//! Offers with very many unions and places.

use benefit::offer::form::check_inside;
use chrono::TimeDelta;
use kernel::{Context, Id};
use serde_json::{Value, json};
use testing::App;

use crate::benefit::{asks, claims, lasting, published, round, town, workers};

#[tokio::test]
async fn pieces_for_more_unions_than_a_question_takes_are_looked_at() {
    App::each(&server::programmes(), async |app| {
        let town = town(&app).await;
        let named = (1..=40_000).map(Id).collect();
        let system = &Context::system(app.house(), "a test");
        let refused = check_inside(system.read(), town.county, named).await.unwrap_err();
        assert_eq!(refused.fields.first().map(|field| field.code.as_str()), Some("outside"));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn of_many_places_a_phone_is_told_the_first_few_and_how_many_there_are() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut places = Vec::new();
        for n in 1..=6 {
            let form = json!({
                "organisation_id": town.riders, "name": format!("{n}号食堂"), "kind": "other", "active": true,
            });
            let made: Value = town.officer.post("/api/v1/benefit-partners", &form).await.ok();
            places.push(made["id"].clone());
        }
        published(&app, &mut town, 5, &json!({ "places": places })).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let shown = asks(&town.phone, rider, "benefits").await;
        assert_eq!(shown[0]["places"], json!(["1号食堂", "2号食堂", "3号食堂", "4号食堂"]));
        assert_eq!(shown[0]["place_count"], 6);
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn whose_union_has_none_left_reads_that_it_is_his_unions_pieces_that_are_gone() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let courier = &workers(&app, town.couriers, 3..4).await[0];
        let mut rounds = lasting(&app, TimeDelta::days(1), 2);
        rounds[0]["shares"] = json!([{ "organisation_id": town.riders, "quota": 1 }]);
        let offer = published(&app, &mut town, 2, &json!({ "rounds": rounds })).await;
        assert_eq!(claims(&town.phone, &riders[0], &round(&offer), "a").await.status, 201);
        let shown = asks(&town.phone, &riders[1], "benefits").await[0].clone();
        assert_eq!((&shown["state"], &shown["why"]), (&json!("gone"), &json!("分配给您所在工会的名额已经领完")));
        assert_eq!(asks(&town.phone, courier, "benefits").await[0]["left"], 1);
        // What all share in is gone for all.
        let offer = published(&app, &mut town, 1, &json!({})).await;
        assert_eq!(claims(&town.phone, courier, &round(&offer), "b").await.status, 201);
        let shown = asks(&town.phone, &riders[1], "benefits").await;
        let shown = shown.as_array().unwrap().iter().find(|one| one["round_id"] == offer["rounds"][0]["id"]).unwrap();
        assert_eq!((&shown["state"], &shown["why"]), (&json!("gone"), &Value::Null));
        drop(town);
    })
    .await;
}
