//! What the region's rules say of money is said where an offer is published.

use serde_json::{Value, json};
use testing::App;

use crate::{
    benefit::{lasting, meals, published, town},
    region_terms::set,
};

#[tokio::test]
async fn what_costs_more_than_the_region_lets_it_is_not_published() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        app.write("UPDATE organisation SET division = code WHERE code = '152201'").await;
        // A neighbour's limit and the nation's hold no one back here.
        set(&app, "152202", "benefit.unit_most", 1).await;
        set(&app, "", "benefit.unit_most", 5).await;
        set(&app, "152201", "benefit.unit_most", 16).await;
        set(&app, "152201", "benefit.year_most", 40).await;
        // Meals of 15 yuan.
        let offer = published(&app, &mut town, 5, &json!({})).await;
        let rounds = format!("/api/v1/benefit-offers/{}/rounds", offer["id"].as_str().unwrap());
        let more = lasting(&app, chrono::TimeDelta::days(1), 2)[0].clone();
        let added = town.officer.post(&rounds, &more).await;
        assert_eq!(added.status.as_u16(), 201, "{}", added.json());
        let refused = town.officer.post(&rounds, &more).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, "offer_too_much_a_year"));
        let said = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(said.contains("最多可得45元") && said.contains("规定的40元"), "{said}");

        let publish = async |town: &mut crate::benefit::Town, over: Value| {
            let form = meals(&app, town, 5, &over);
            let made: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
            let path = format!("/api/v1/benefit-offers/{}/publish", made["id"].as_str().unwrap());
            town.officer.post(&path, &json!({})).await
        };
        let dear = publish(&mut town, json!({ "unit_fen": 1_650 })).await;
        assert_eq!(dear.code(), "offer_too_dear");
        assert!(dear.json()["detail"].as_str().unwrap().contains("规定的16元"), "{}", dear.json());
        let just = publish(&mut town, json!({ "unit_fen": 1_600 })).await;
        assert!(just.status.is_success(), "{}", just.json());
        // Whoever gets one a year at most gets it of any of three rounds.
        let three = json!([more, more, more]);
        let often = publish(&mut town, json!({ "rounds": three })).await;
        assert_eq!(often.code(), "offer_too_much_a_year");
        let seldom = publish(&mut town, json!({ "rounds": three, "audience": { "months_between": 12 } })).await;
        assert!(seldom.status.is_success(), "{}", seldom.json());

        // Two rounds of this year and one of the next are no three, until that is held this year, too.
        let mut next = more.clone();
        (next["opens_at"], next["closes_at"]) =
            (json!("2027-01-01T00:00:00+08:00"), json!("2027-01-09T00:00:00+08:00"));
        let over = json!({ "redeem_until": "2027-01-31", "rounds": [more, more, next] });
        let two_years = publish(&mut town, over).await;
        assert!(two_years.status.is_success(), "{}", two_years.json());
        // One that closes at midnight on New Year is open in the old year alone.
        let mut last = next.clone();
        (last["opens_at"], last["closes_at"]) =
            (json!("2026-12-31T00:00:00+08:00"), json!("2027-01-01T00:00:00+08:00"));
        let over = json!({ "redeem_until": "2027-01-31", "rounds": [last, next, next] });
        let until_midnight = publish(&mut town, over).await;
        assert!(until_midnight.status.is_success(), "{}", until_midnight.json());
        let round = format!("/api/v1/benefit-rounds/{}", two_years.json()["rounds"][2]["id"].as_str().unwrap());
        next["opens_at"] = json!("2026-12-31T23:59:00+08:00");
        next["version"] = two_years.json()["version"].clone();
        assert_eq!(town.officer.put(&round, &next).await.code(), "offer_too_much_a_year");
        drop(town);
    })
    .await;
}
