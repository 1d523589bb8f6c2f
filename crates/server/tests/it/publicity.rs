//! A list is publicly shown only if what is given afterwards can still be used, and its offer does not end meanwhile.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::App;

use crate::{
    amend::amends,
    benefit::{lasting, published, round, town, workers},
    nominate::{nominates, path, waiting},
    roles::officer,
};

#[tokio::test]
async fn a_list_is_shown_in_time_and_keeps_its_offer_from_ending() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let rounds = lasting(&app, TimeDelta::minutes(2), 1);
        let over = json!({ "way": "nominate", "kind": "recuperation", "rounds": rounds, "redeem_until": "2026-07-08" });
        let offer = published(&app, &mut town, 1, &over).await;
        let (_, nominated) = nominates(&mut union, &round(&offer), rider).await;
        let _: Value = town.officer.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
        assert_eq!(waiting(&mut town.officer, "show").await, 0, "more may be nominated");
        app.pass(TimeDelta::minutes(3));
        // Nobody else would say that those approved are to be shown now.
        assert_eq!(
            (waiting(&mut town.officer, "decide").await, waiting(&mut town.officer, "show").await),
            (json!(0), json!(1))
        );
        assert_eq!(waiting(&mut union, "show").await, 0, "it does not decide");

        // Five working days from a Wednesday on end with the Wednesday after.
        let publicity = format!("/api/v1/benefit-nomination-rounds/{}/publicity", round(&offer));
        assert_eq!(town.officer.post(&publicity, &json!({})).await.code(), "publicity_too_late");
        let later = json!({ "description": "", "redeem_until": "2026-07-09" });
        let amended = amends(&mut town.officer, &offer, &later).await;
        assert!(amended.status.is_success(), "{}", amended.json());
        let shown: Value = town.officer.post(&publicity, &json!({})).await.ok();
        assert_eq!(shown["shown_until"], "2026-07-08");
        assert_eq!(waiting(&mut town.officer, "show").await, 0);
        let close = format!("/api/v1/benefit-offers/{}/close", offer["id"].as_str().unwrap());
        assert_eq!(town.officer.post(&close, &json!({})).await.code(), "offer_publicly_shown");
        drop((town, union));
    })
    .await;
}
