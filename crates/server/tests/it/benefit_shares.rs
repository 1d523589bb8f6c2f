//! Offers with very many unions and places.

use serde_json::{Value, json};
use testing::App;

use crate::benefit::{asks, meals, published, town, workers};

#[tokio::test]
async fn pieces_for_more_unions_than_a_question_takes_are_looked_at() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut form = meals(&app, &town, 500, &json!({}));
        let times = form["rounds"][0].clone();
        let round = |nth: u32| {
            let mut round = times.clone();
            let share = |n: u32| json!({ "organisation_id": (nth * 500 + n).to_string(), "quota": 1 });
            round["shares"] = (1..=500).map(share).collect();
            round
        };
        form["rounds"] = (0..66).map(round).collect();
        let refused = town.officer.post("/api/v1/benefit-offers", &form).await;
        let told: Value = refused.json();
        assert_eq!((refused.status.as_u16(), &told["fields"][0]["code"]), (422, &json!("outside")), "{told}");
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
