//! Vouchers whose QR code can't be scanned: the code below it is typed, and all that holds for a scanned one holds for it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    benefit::{Town, Worker, asks, claims, code, published, round, town, workers},
    region_terms::told,
    settlement::link,
};

const REDEEM: &str = "/api/v1/benefit-redemptions";
const LOOK: &str = "/api/v1/benefit-redemptions/look";

/// A rider's new voucher, as the claim tells it, and the way to it.
async fn voucher(town: &Town, rider: &Worker, offer: &Value) -> (Value, String) {
    let claim = claims(&town.phone, rider, &round(offer), &rider.id.to_string()).await.json();
    let way = format!("vouchers/{}", claim["voucher_id"].as_str().unwrap());
    (claim, way)
}

/// The code that stands below the QR code now.
async fn below(town: &Town, rider: &Worker, way: &str) -> String {
    asks(&town.phone, rider, way).await["typed_code"].as_str().unwrap().to_owned()
}

/// What somebody is told who tries a code that is good for nothing there.
async fn refused(client: &mut Client, path: &str, form: &Value) -> (u16, String, String) {
    let answer = client.post(path, form).await;
    (answer.status.as_u16(), answer.code(), answer.json()["detail"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_typed_code_redeems_as_a_scanned_one_does() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let offer = published(&app, &mut town, 5, &json!({})).await;
        let (_, way) = voucher(&town, &riders[0], &offer).await;
        let typed = below(&town, &riders[0], &way).await;
        assert_eq!(typed.split(' ').map(str::len).collect::<Vec<_>>(), [4, 4, 5], "{typed}");

        // Whoever types sees for whom it is before he hands over.
        let form =
            json!({ "partner_id": town.place["id"], "code": format!(" {} ", typed.to_lowercase().replace(' ', "-")) });
        let looked: Value = town.officer.post(LOOK, &form).await.ok();
        assert!(looked["name"].as_str().unwrap().contains('*'), "{looked}");
        assert_eq!((&looked["title"], &looked["redeemed_at"]), (&json!("夏日爱心餐"), &Value::Null));
        let done: Value = town.officer.post(REDEEM, &form).await.ok();
        assert!(done["redeemed_at"].is_string(), "{done}");
        assert_eq!(told(&app, "benefits.redeem").await.len(), 1);
        assert_eq!(asks(&town.phone, &riders[0], &way).await["typed_code"], Value::Null);
        for path in [LOOK, REDEEM] {
            let twice = town.officer.post(path, &form).await;
            assert_eq!((twice.status, twice.code().as_str()), (StatusCode::CONFLICT, "already_redeemed"));
        }

        // By a place's link, too.
        let (_, way) = voucher(&town, &riders[1], &offer).await;
        let (mut stall, key) = link(&app, &mut town).await;
        let scan = json!({ "key": key, "code": below(&town, &riders[1], &way).await });
        let looked: Value = stall.post("/api/v1/public/redemptions/look", &scan).await.ok();
        assert_eq!(looked["place"], "红城驿站");
        let done: Value = stall.post("/api/v1/public/redemptions", &scan).await.ok();
        assert_eq!(done["claim_id"], looked["claim_id"]);
        assert_eq!(told(&app, "benefits.redeem").await.len(), 2);
        let list: Value = town.officer.get(REDEEM).await.ok();
        assert_eq!(list["total"], 2, "{list}");
        drop((town, stall));
    })
    .await;
}

#[tokio::test]
async fn whoever_tries_codes_learns_nothing_by_them() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let form = json!({ "organisation_id": town.county, "name": "铁西食堂", "kind": "canteen", "active": true });
        let elsewhere: Value = town.officer.post("/api/v1/benefit-partners", &form).await.ok();
        let offer = published(&app, &mut town, 5, &json!({})).await;
        let (claim, way) = voucher(&town, rider, &offer).await;
        let typed = below(&town, rider, &way).await;
        let here = town.place["id"].clone();
        let other_sign = |at: usize| {
            let mut signs: Vec<char> = typed.chars().collect();
            signs[at] = if signs[at] == '7' { '8' } else { '7' };
            signs.into_iter().collect::<String>()
        };
        let said = refused(&mut town.officer, REDEEM, &json!({ "partner_id": here, "code": "没有这样的码" })).await;
        assert_eq!((said.0, said.1.as_str()), (422, "voucher_code_wrong"), "{}", said.2);
        // The claim's own key is no code: officers know it.
        let known = claim["voucher_id"].as_str().unwrap().to_owned();
        for (place, tried) in [
            (&here, other_sign(0)),
            (&here, other_sign(typed.len() - 1)),
            (&here, typed[1..].to_owned()),
            (&here, known),
            (&here, "0000 0000 00000".to_owned()),
            (&elsewhere["id"], typed.clone()),
        ] {
            for path in [LOOK, REDEEM] {
                let form = json!({ "partner_id": place, "code": tried });
                assert_eq!(refused(&mut town.officer, path, &form).await, said, "{tried}");
            }
        }

        // Read out before it changed it is good yet; a picture that was passed on is not for long.
        let form = json!({ "partner_id": here, "code": typed });
        app.pass(TimeDelta::minutes(5));
        assert_ne!(below(&town, rider, &way).await, typed);
        assert_eq!(town.officer.post(LOOK, &form).await.status, StatusCode::OK);
        app.pass(TimeDelta::minutes(5));
        assert_eq!(refused(&mut town.officer, REDEEM, &form).await, said);
        assert_eq!(told(&app, "benefits.redeem").await.len(), 0);
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn tries_are_bounded_by_who_redeems_and_scanning_goes_on() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let offer = published(&app, &mut town, 5, &json!({})).await;
        let (claim, way) = voucher(&town, rider, &offer).await;
        let (mut stall, key) = link(&app, &mut town).await;
        let wrong = json!({ "key": key, "code": "0000 0000 00000" });
        let path = "/api/v1/public/redemptions/look";
        let mut tries = 0;
        while stall.post(path, &wrong).await.code() == "voucher_code_wrong" {
            tries += 1;
            assert!(tries <= 60, "nothing bounds them");
        }
        assert_eq!(tries, 60);
        let typed = json!({ "key": key, "code": below(&town, rider, &way).await });
        assert_eq!(stall.post(path, &typed).await.code(), "too_often");
        let scanned = json!({ "key": key, "code": code(&app, &claim, &town).await });
        assert_eq!(stall.post(path, &scanned).await.status, StatusCode::OK);
        // Who redeems by his own account was not counted.
        let form = json!({ "partner_id": town.place["id"], "code": typed["code"] });
        assert_eq!(town.officer.post(LOOK, &form).await.status, StatusCode::OK);
        app.pass(TimeDelta::seconds(1));
        assert_eq!(stall.post(path, &typed).await.status, StatusCode::OK);
        drop((town, stall));
    })
    .await;
}
