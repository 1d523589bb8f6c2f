//! What was given and done at a station that another union has taken over.

use chrono::TimeDelta;
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::App;

use crate::{
    consult::desk,
    cupboard::gloves,
    roles::{PASSWORD, found, officer},
    roster::{act, afternoon, put_up},
    station_activities::lecture,
    stations::{Day, day, done},
    unannounced::root,
};

/// Another county's union.
pub(crate) async fn another(app: &App) -> Id {
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
        let form = json!({ "format": "csv", "filter": {} });
        let (_, file) = theirs.take_away("/api/v1/station-gifts/exports", &form).await;
        let text = String::from_utf8(file.to_vec()).unwrap();
        assert!(text.contains(",BT-001,东河驿站,昆都仑区总工会,"), "{text}");

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
async fn what_was_counted_before_a_station_moved_is_taken_back_by_who_keeps_it_since() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        let entered: Value = day.enter(json!({ "sent_as": "phone-1-0001", "quantity": 3 })).await.ok();
        let lecture: Value =
            day.officer.post("/api/v1/station-activities", &lecture(&day.station, "2026-07-01", 5)).await.ok();
        let code: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let came = json!({ "activity_id": lecture["id"], "code": code["text"] });
        done(&day.master.post(&format!("{here}/attendances"), &came).await);
        let attended = format!("{here}/attendances?activity={}", lecture["id"].as_str().unwrap());
        let attended: Value = day.master.get(&attended).await.ok();
        let guest = json!({
            "station_id": day.station, "name": "王主席", "office": "区总工会主席", "day": "2026-07-01", "activities": 2,
            "did": "和骑手座谈",
        });
        let guest: Value = day.officer.post("/api/v1/station-guests", &guest).await.ok();
        let shift = put_up(&mut day, &afternoon(1)).await;
        done(&act(&mut day.worker, &shift, "join").await);
        let desk = desk(&mut day).await;
        app.pass(TimeDelta::minutes(35));
        let walked_in: Value = day.master.post(&format!("{here}/walk-ins"), &json!({ "desk_id": desk })).await.ok();
        app.pass(TimeDelta::hours(8));
        let roster: Value = day.master.get(&format!("{here}/shifts")).await.ok();
        let helped = &roster["shifts"][0]["volunteers"][0]["id"];
        done(&day.master.post(&format!("{here}/shift-hours"), &json!({ "volunteer_id": helped })).await);

        done(&day.officer.log_in("officer", PASSWORD).await);
        let kinds = [
            "station_visit",
            "station_activity",
            "station_guest",
            "station_guest_activity",
            "station_consultation",
            "station_volunteer_hours",
        ];
        let counted = async |day: &mut Day| {
            let mut counted = Vec::new();
            for kind in kinds {
                counted.push(day.times(kind).await);
            }
            counted
        };
        assert_eq!(counted(&mut day).await, [3, 1, 1, 2, 1, 2]);
        let now = another(&app).await;
        day.change(|form| form["organisation_id"] = json!(now)).await;
        for (path, what) in [
            ("take-back", json!({ "entry_id": entered["entry"]["id"] })),
            ("attendance-take-back", json!({ "signup_id": attended[0]["id"] })),
            ("walk-in-take-back", json!({ "walk_in_id": walked_in["id"] })),
            ("shift-hours-back", json!({ "volunteer_id": helped })),
        ] {
            let mut back = what;
            back["reason"] = json!("登记错人");
            done(&day.master.post(&format!("{here}/{path}"), &back).await);
        }
        let mut theirs = officer(&app, "theirs", "业务干部", now).await;
        let path = format!("/api/v1/station-guests/{}/take-back", guest["id"].as_str().unwrap());
        done(&theirs.post(&path, &json!({ "reason": "登记错人" })).await);
        assert_eq!(counted(&mut day).await, [0; 6]);
    })
    .await;
}
