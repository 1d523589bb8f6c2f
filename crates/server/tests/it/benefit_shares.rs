//! Offers with very many unions and places.

use benefit::offer::form::check_inside;
use kernel::{Context, Id};
use serde_json::{Value, json};
use testing::App;

use crate::benefit::{asks, published, town, workers};

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
