//! Incidents at stations: written down once however often they are sent, followed up by the union, seen by nobody else.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::App;

use crate::stations::day;

#[tokio::test]
async fn an_incident_arrives_once_and_is_followed_up() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let to = format!("/api/v1/me/stations/{}/incidents", day.station);
        let told = |name: &str, ambulance: bool| {
            json!({
                "sent_as": name, "kind": "heat_stroke", "what": "骑手进站后头晕", "did": "降温、补水", "ambulance": ambulance,
                "helped": "张师傅 13800000000",
            })
        };
        let short = json!({ "sent_as": "short-0001", "kind": "fire", "what": "", "did": "" });
        assert_eq!(day.master.post(&to, &short).await.json()["fields"].as_array().unwrap().len(), 2);
        let first: Value = day.master.post(&to, &told("incident-0001", true)).await.ok();
        let again: Value = day.master.post(&to, &told("incident-0001", true)).await.ok();
        assert_eq!((&first["id"], &first["serious"]), (&again["id"], &json!(true)));
        let light: Value = day.master.post(&to, &told("incident-0002", false)).await.ok();
        assert_eq!((&light["serious"], light["closed_on"].is_null()), (&json!(false), false));
        let stranger = told("incident-0003", false);
        assert_eq!(day.worker.post(&to, &stranger).await.status, StatusCode::NOT_FOUND);
        assert_eq!(day.worker.get(&to).await.status, StatusCode::NOT_FOUND);
        let mine: Value = day.master.get(&to).await.ok();
        assert_eq!(mine.as_array().unwrap().len(), 2);

        let open: Value = day.officer.get("/api/v1/station-incidents?open=true").await.ok();
        assert_eq!((&open["total"], &open["items"][0]["what"]), (&json!(1), &json!("骑手进站后头晕")));
        assert!(!open.to_string().contains("13800000000"), "who was helped is not in the list");
        let path = format!("/api/v1/station-incidents/{}", first["id"].as_str().unwrap());
        let asked = day.officer.post(&format!("{path}/helped"), &json!({ "reason": "" })).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let helped: Value = day.officer.post(&format!("{path}/helped"), &json!({ "reason": "回访" })).await.ok();
        assert_eq!(helped["helped"], "张师傅 13800000000");
        let note = json!({ "note": "次日回访，已康复" });
        let closed: Value = day.officer.post(&format!("{path}/close"), &note).await.ok();
        assert_eq!(closed["note"], "次日回访，已康复");
        assert_eq!(day.officer.post(&format!("{path}/close"), &note).await.code(), "incident_closed");
        let open: Value = day.officer.get("/api/v1/station-incidents?open=true").await.ok();
        assert_eq!(open["total"], 0);

        // A year later nobody knows who was helped.
        app.pass(TimeDelta::days(367));
        app.settle().await;
        let answer = day.officer.post(&format!("{path}/helped"), &json!({ "reason": "回访" })).await;
        assert_ne!(answer.status, StatusCode::OK);
    })
    .await;
}
