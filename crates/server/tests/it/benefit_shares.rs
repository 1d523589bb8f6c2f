//! Of many rounds, each set aside for as many unions as it may be.

use serde_json::{Value, json};
use testing::App;

use crate::benefit::{meals, town};

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
