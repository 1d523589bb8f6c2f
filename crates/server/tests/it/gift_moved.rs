//! A gift at a station that another union has taken over.

use kernel::organisation::Level;
use serde_json::{Value, json};
use testing::App;

use crate::{
    cupboard::gloves,
    roles::{found, officer},
    stations::{day, done},
    unannounced::root,
};

#[tokio::test]
async fn a_gift_goes_with_its_station_to_the_union_that_answers_for_it_now() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gift = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gift["id"].as_str().unwrap());
        let claim: Value = day.worker.post(&reserve, &json!({ "quantity": 1 })).await.ok();
        let before = day.county.clone();
        let now = found(&app, Some(root(&app).await), "150203", "昆都仑区总工会", Level::County).await;
        day.change(|form| form["organisation_id"] = json!(now)).await;

        let mut theirs = officer(&app, "theirs", "业务干部", now).await;
        let list: Value = theirs.get("/api/v1/station-gifts").await.ok();
        assert_eq!((&list["total"], &list["items"][0]["id"]), (&json!(1), &gift["id"]));
        let mut former = officer(&app, "former", "业务干部", before.parse().unwrap()).await;
        assert_eq!(former.get("/api/v1/station-gifts").await.ok::<Value>()["total"], 0);

        let here = format!("/api/v1/me/stations/{}", day.station);
        let of = json!({ "claim_id": claim["id"], "reason": "点错了人" });
        done(&day.master.post(&format!("{here}/gift-hand-over"), &of).await);
        assert_eq!(day.times("station_gift").await, 0);
        day.county = now.to_string();
        assert_eq!(day.times("station_gift").await, 1);
        // Taken back it counts for nobody, whose ever the station is by then.
        day.change(|form| form["organisation_id"] = json!(before)).await;
        done(&day.master.post(&format!("{here}/gift-take-back"), &of).await);
        assert_eq!(day.times("station_gift").await, 0);
    })
    .await;
}
