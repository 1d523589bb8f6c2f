//! What was given and done at a station that another union has taken over.

use chrono::{TimeDelta, TimeZone, Utc};
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::App;

use crate::{
    cupboard::gloves,
    quarters::hand_up,
    roles::{PASSWORD, found, officer},
    station_activities::lecture,
    stations::{day, done},
    unannounced::root,
};

/// Another county's union.
async fn another(app: &App) -> Id {
    found(app, Some(root(app).await), "150203", "昆都仑区总工会", Level::County).await
}

#[tokio::test]
async fn a_gift_goes_with_its_station_to_the_union_that_answers_for_it_now() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gift = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gift["id"].as_str().unwrap());
        let claim: Value = day.worker.post(&reserve, &json!({ "quantity": 1 })).await.ok();
        let before = day.county.clone();
        let now = another(&app).await;
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

#[tokio::test]
async fn who_came_in_a_quarter_that_the_former_union_handed_up_came() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 30, 1, 0, 0).unwrap());
        let mut day = day(&app).await;
        let form = lecture(&day.station, "2026-06-30", 3);
        let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let came = json!({ "activity_id": made["id"], "code": shown["text"] });
        done(&day.master.post(&format!("/api/v1/me/stations/{}/attendances", day.station), &came).await);
        app.pass(TimeDelta::hours(18));
        let before: Id = day.county.parse().unwrap();
        hand_up(&mut officer(&app, "former", "业务干部", before).await, before).await;
        let now = another(&app).await;
        done(&day.officer.log_in("officer", PASSWORD).await);
        day.change(|form| form["organisation_id"] = json!(now)).await;

        let path = format!("/api/v1/station-activities/{}", made["id"].as_str().unwrap());
        let signed: Value = day.officer.get(&format!("{path}/signups")).await.ok();
        let back = json!({ "signup_id": signed[0]["id"], "reason": "扫错了人" });
        let refused = day.officer.post(&format!("{path}/attendance-take-back"), &back).await;
        assert_eq!(refused.code(), "quarter_locked");
        assert_eq!(day.times("station_activity").await, 1);
    })
    .await;
}
