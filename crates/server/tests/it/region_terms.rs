//! A number that a region sets holds at its stations, and for what was written down there.

use chrono::{NaiveDate, TimeDelta};
use kernel::{
    Moment, audit,
    permission::LoggedIn,
    rulebook::{self, NewRulePack},
};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde_json::{Value, json};
use testing::{App, people};

use crate::stations::{Day, day, done, phone};

/// A day at a station of a county that has set a number.
async fn day_where(app: &App, code: &str, value: i64) -> Day {
    let day = day(app).await;
    app.write("UPDATE organisation SET division = code WHERE code IN ('150000', '150202')").await;
    set(app, "150202", code, value).await;
    day
}

/// Sets a number for a region, for the whole house where it is empty.
pub async fn set(app: &App, region: &str, code: &str, value: i64) {
    let pack = NewRulePack {
        code: code.into(),
        region: region.into(),
        valid_from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        valid_to: None,
        value,
        source: "区工会〔2026〕8号".into(),
    };
    rulebook::set_pack(&app.caller(), &pack).await.unwrap();
}

#[tokio::test]
async fn how_late_a_record_may_come_is_said_by_the_stations_region() {
    App::each(&server::programmes(), async |app| {
        let mut day = day_where(&app, "station.late_hours", 100).await;
        app.pass(TimeDelta::days(6));
        let told = |name: &str, hours: i64| {
            let at = Moment::from(app.house().ambient().now() - TimeDelta::hours(hours));
            json!({ "sent_as": name, "group": "courier", "quantity": 2, "happened_at": at })
        };
        done(&day.enter(told("phone-1-0001", 99)).await);
        let late = day.enter(told("phone-1-0002", 101)).await;
        assert_eq!(late.code(), "time_too_old");
        assert!(late.json()["detail"].as_str().unwrap().contains("100小时"), "{}", late.json());
    })
    .await;
}

#[tokio::test]
async fn how_long_a_visit_can_be_rated_is_said_by_the_stations_region() {
    App::each(&server::programmes(), async |app| {
        let mut day = day_where(&app, "station.rating_days", 10).await;
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let visit: Value = day.enter(json!({ "sent_as": "phone-1-0001", "code": shown["text"] })).await.ok();
        let mine: Value = day.worker.get("/api/v1/me/station-visits").await.ok();
        assert_eq!(mine.as_array().unwrap().len(), 1, "{mine}");
        let rate = format!("/api/v1/me/station-visits/{}/rate", visit["entry"]["id"].as_str().unwrap());
        app.pass(TimeDelta::days(10));
        done(&day.worker.post(&rate, &json!({ "points": 4 })).await);
        app.pass(TimeDelta::days(2));
        let mine: Value = day.worker.get("/api/v1/me/station-visits").await.ok();
        assert_eq!(mine, json!([]));
        assert_eq!(day.worker.post(&rate, &json!({ "points": 5 })).await.code(), "rating_too_old");
    })
    .await;
}

#[tokio::test]
async fn what_expires_soon_is_found_by_the_days_of_its_region() {
    App::each(&server::programmes(), async |app| {
        let mut day = day_where(&app, "station.expiry_days", 60).await;
        let receipt = json!({
            "sent_as": "receipt-0001", "kind": "medicine", "name": "创可贴", "unit": "盒", "least": 1, "quantity": 4,
            "expires_on": "2026-08-20",
        });
        done(&day.master.post(&format!("/api/v1/me/stations/{}/supplies", day.station), &receipt).await);
        let soon: Value = day.officer.get("/api/v1/station-supplies?warning=expiring").await.ok();
        assert_eq!((&soon["total"], &soon["items"][0]["expiring"]), (&json!(1), &json!(4)), "{soon}");
    })
    .await;
}

#[tokio::test]
async fn a_guest_belongs_to_no_region_and_his_code_lasts_as_the_top_says() {
    App::each(&server::programmes(), async |app| {
        let mut day = day_where(&app, "station.code_seconds", 100).await;
        set(&app, "150000", "station.code_seconds", 200).await;
        let guest = people::phone(9);
        let (proof, pass) = ("/api/v1/public/station-guest", "/api/v1/public/station-guest/pass");
        done(&day.worker.post("/api/v1/public/station-guest/code", &json!({ "phone": guest })).await);
        let code = app.sms().last(&guest).unwrap();
        let proved: Value = day.worker.post(proof, &json!({ "phone": guest, "code": code })).await.ok();
        let shown: Value = day.worker.post(pass, &json!({ "pass": proved["pass"] })).await.ok();
        assert_eq!(shown["valid_until"], "2026-07-01T09:03:20+08:00");
    })
    .await;
}

/// What the acts of a kind tell, the first one first.
pub(crate) async fn told(app: &App, action: &str) -> Vec<Value> {
    let query = audit::Entity::find().filter(audit::Column::Action.eq(action)).order_by_asc(audit::Column::Position);
    let entries = query.all(app.caller::<LoggedIn>().read()).await.unwrap();
    entries.iter().map(|entry| serde_json::from_str(&entry.detail).unwrap()).collect()
}

#[tokio::test]
async fn what_is_told_of_incidents_goes_when_their_region_says_and_the_chain_tells_it() {
    App::each(&server::programmes(), async |app| {
        let mut day = day_where(&app, "station.incident_helped_days", 30).await;
        let incident = json!({
            "sent_as": "incident-0001", "kind": "heat_stroke", "what": "骑手进站后头晕", "did": "降温、补水",
            "helped": "张师傅 13800000000",
        });
        let to = format!("/api/v1/me/stations/{}/incidents", day.station);
        let written: Value = day.master.post(&to, &incident).await.ok();
        assert_eq!(written["is_helped_known"], true);
        for (days, known, acts) in [(29, true, json!([])), (3, false, json!([{ "incidents": 1, "days": 30 }]))] {
            app.pass(TimeDelta::days(days));
            for _ in 0..2 {
                app.work("station_incidents").await.unwrap();
            }
            let mine: Value = phone(&app, 1).await.get(&to).await.ok();
            assert_eq!(mine[0]["is_helped_known"], known, "{mine}");
            assert_eq!(json!(told(&app, "station_incidents.forget").await), acts);
        }
    })
    .await;
}

#[tokio::test]
async fn openings_go_when_their_region_says_and_the_chain_tells_it() {
    App::each(&server::programmes(), async |app| {
        let mut day = day_where(&app, "station.orders_kept_days", 10).await;
        let device = json!({ "code": "bt-001-lock", "kind": "lock", "label": "正门门锁" });
        let lock: Value = day.officer.post(&format!("/api/v1/stations/{}/devices", day.station), &device).await.ok();
        let open = json!({ "device_id": lock["id"], "kind": "open" });
        done(&day.master.post(&format!("/api/v1/me/stations/{}/orders", day.station), &open).await);
        for (days, acts) in [(9, json!([])), (2, json!([{ "orders": 1, "days": 10 }]))] {
            app.pass(TimeDelta::days(days));
            for _ in 0..2 {
                app.work("station_orders").await.unwrap();
            }
            assert_eq!(json!(told(&app, "station_devices.forget_orders").await), acts);
        }
    })
    .await;
}
