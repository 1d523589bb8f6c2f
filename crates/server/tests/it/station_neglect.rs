//! What nobody looks after climbs: to the master on the same day, to the union on the next, at last to the union above.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    roles::PASSWORD,
    station_findings::found,
    stations::{Day, day, phone},
};

/// Goes to an instant of the Beijing clock and does what is due then.
pub(crate) async fn go(app: &App, day: &mut Day, at: &str) {
    app.set_clock(format!("{at}:00+08:00").parse::<DateTime<Utc>>().unwrap());
    app.schedule().await;
    assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
}

/// How many stations the list shows under a heading.
pub(crate) async fn listed(day: &mut Day, attention: &str) -> Value {
    day.officer.get(&format!("/api/v1/stations?attention={attention}")).await.ok::<Value>()["total"].clone()
}

/// What the station's page says is neglected: the kind, what, the first day, the level.
pub(crate) async fn neglected(day: &mut Day) -> Vec<[String; 4]> {
    let shown: Value = day.officer.get(&format!("/api/v1/stations/{}", day.station)).await.ok();
    let told = |one: &Value| ["kind", "what", "since", "level"].map(|field| one[field].as_str().unwrap().to_owned());
    shown["neglected"].as_array().unwrap().iter().map(told).collect()
}

/// The texts to the master that aren't codes.
pub(crate) fn told(app: &App) -> Vec<String> {
    app.sms().texts(&people::phone(1)).into_iter().filter(|text| !text.contains("验证码")).collect()
}

#[tokio::test]
async fn a_missed_look_round_climbs_until_somebody_looks_round() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        go(&app, &mut day, "2026-07-01T11:30").await;
        assert_eq!(told(&app), Vec::<String>::new());
        for at in ["2026-07-01T12:30", "2026-07-01T14:00", "2026-07-01T23:30"] {
            go(&app, &mut day, at).await;
            assert_eq!(told(&app), ["【娘家】东河驿站今天还没有检查，请到手机“我的驿站—检查”登记。"]);
            assert_eq!(listed(&mut day, "neglected").await, 0);
        }
        go(&app, &mut day, "2026-07-02T08:00").await;
        assert_eq!((listed(&mut day, "neglected").await, listed(&mut day, "climbed").await), (json!(1), json!(0)));
        go(&app, &mut day, "2026-07-02T12:30").await;
        assert!(told(&app)[1].contains("从7月1日起没有检查记录"), "{:?}", told(&app));
        go(&app, &mut day, "2026-07-05T08:00").await;
        assert_eq!(listed(&mut day, "climbed").await, 0);
        go(&app, &mut day, "2026-07-06T08:00").await;
        assert_eq!((listed(&mut day, "neglected").await, listed(&mut day, "climbed").await), (json!(1), json!(1)));

        looks(&mut day, "opening", "round-0001").await;
        go(&app, &mut day, "2026-07-06T13:30").await;
        assert_eq!((listed(&mut day, "neglected").await, listed(&mut day, "climbed").await), (json!(0), json!(0)));
        assert_eq!(told(&app).len(), 2);
        // The next miss begins anew.
        go(&app, &mut day, "2026-07-07T13:30").await;
        assert!(told(&app)[2].contains("今天还没有检查"), "{:?}", told(&app));
        assert_eq!(listed(&mut day, "neglected").await, 0);
        // A year later it is not said as of three days ago.
        app.set_clock("2027-07-09T12:30:00+08:00".parse::<DateTime<Utc>>().unwrap());
        app.schedule().await;
        assert!(told(&app).iter().any(|text| text.contains("从2026年7月7日起没有检查记录")), "{:?}", told(&app));
    })
    .await;
}

/// The master looks round and finds all right; each look has a name of its own.
async fn looks(day: &mut Day, kind: &str, name: &str) {
    finds(day, kind, name, 0).await;
}

/// The same, and so many points are wrong.
async fn finds(day: &mut Day, kind: &str, name: &str, wrong: usize) {
    let path = format!("/api/v1/me/stations/{}", day.station);
    let duty: Value = day.master.get(&path).await.ok();
    let checks = duty["checks"].as_array().unwrap().iter();
    let point = |(at, check): (usize, &Value)| json!({ "code": check["code"], "ok": at >= wrong });
    let points: Vec<Value> = checks.enumerate().map(point).collect();
    let look = json!({ "sent_as": name, "kind": kind, "points": points });
    let looked = day.master.post(&format!("{path}/rounds"), &look).await;
    assert!(looked.status.is_success(), "{}", looked.json());
}

#[tokio::test]
async fn what_was_wrong_at_a_look_round_is_listed_until_a_later_one_finds_it_right() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        for (at, look, wrong) in [
            ("2026-07-01T10:00", None, 0),
            ("2026-07-01T10:10", Some(("opening", 2)), 2),
            ("2026-07-01T20:00", Some(("closing", 0)), 0),
            ("2026-07-01T21:00", Some(("closing", 1)), 1),
            ("2026-07-02T08:00", None, 1),
            // On the day after it is looked round again, or missed.
            ("2026-07-03T08:00", None, 0),
        ] {
            go(&app, &mut day, at).await;
            if let Some((kind, wrong)) = look {
                finds(&mut day, kind, &at.replace([':', 'T'], "-"), wrong).await;
            }
            let rows: Value = day.officer.get("/api/v1/stations").await.ok();
            assert_eq!(rows["items"][0]["wrong_points"], wrong, "{at}");
            assert_eq!(listed(&mut day, "round_wrong").await, i32::from(wrong > 0), "{at}");
        }
    })
    .await;
}

#[tokio::test]
async fn looking_round_each_evening_keeps_no_missed_morning_from_climbing() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        for on in 1..=6 {
            let at = |hour: &str| format!("2026-07-0{on}T{hour}");
            let (neglected, climbed) = (i32::from(on > 1), i32::from(on > 5));
            go(&app, &mut day, &at("12:30")).await;
            assert_eq!(listed(&mut day, "neglected").await, neglected, "{on}");
            assert_eq!(listed(&mut day, "climbed").await, climbed, "{on}");
            go(&app, &mut day, &at("20:00")).await;
            looks(&mut day, "closing", &format!("evening-{on}")).await;
        }
        looks(&mut day, "opening", "round-0001").await;
        go(&app, &mut day, "2026-07-06T21:30").await;
        assert_eq!((listed(&mut day, "neglected").await, listed(&mut day, "climbed").await), (json!(0), json!(0)));
    })
    .await;
}

#[tokio::test]
async fn a_day_on_which_a_station_is_shut_is_missed_by_nobody() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        go(&app, &mut day, "2026-07-01T12:30").await;
        assert_eq!((told(&app).len(), listed(&mut day, "unchecked").await), (1, json!(1)));
        let off = |days: &[&str]| -> Value {
            days.iter().map(|on| json!({ "day": on, "spans": [], "reason": "线路检修" })).collect()
        };
        let shut = ["2026-07-02", "2026-07-03"];
        day.change(|form| form["hours"]["exceptions"] = off(&shut)).await;
        for at in ["2026-07-02T08:00", "2026-07-02T12:30", "2026-07-03T23:30"] {
            go(&app, &mut day, at).await;
            assert_eq!((told(&app).len(), listed(&mut day, "unchecked").await), (1, json!(0)), "{at}");
            let rows: Value = day.officer.get("/api/v1/stations").await.ok();
            assert_eq!(rows["items"][0]["opens_today"], false, "{at}");
            assert_eq!(neglected(&mut day).await, [["round", "没有开站检查的记录", "2026-07-01", "master"]], "{at}");
        }
        go(&app, &mut day, "2026-07-04T08:00").await;
        assert_eq!((listed(&mut day, "unchecked").await, listed(&mut day, "neglected").await), (json!(1), json!(1)));
        looks(&mut day, "opening", "round-0704").await;

        // That a day is off may become known only on that day.
        go(&app, &mut day, "2026-07-05T12:30").await;
        assert_eq!(neglected(&mut day).await, [["round", "没有开站检查的记录", "2026-07-05", "master"]]);
        day.change(|form| form["hours"]["exceptions"] = off(&["2026-07-05"])).await;
        for at in ["2026-07-05T13:30", "2026-07-06T08:00"] {
            go(&app, &mut day, at).await;
            assert_eq!(neglected(&mut day).await, Vec::<[String; 4]>::new(), "{at}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_mended_in_time_is_told_once_and_climbs() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        found(&mut day).await;
        // Nobody looks round while it is paused, but what was found is to be mended.
        let pause = json!({ "reason": "装修" });
        let paused = day.officer.post(&format!("/api/v1/stations/{}/pause", day.station), &pause).await;
        assert!(paused.status.is_success(), "{}", paused.json());
        let late = |app: &App| told(app).iter().filter(|text| text.contains("“桌面不净”整改已逾期")).count();
        go(&app, &mut day, "2026-07-08T23:30").await;
        go(&app, &mut day, "2026-07-09T01:00").await;
        assert_eq!(late(&app), 0, "nobody is woken for it");
        for (at, neglected, climbed) in
            [("2026-07-09T09:30", 0, 0), ("2026-07-10T09:30", 1, 0), ("2026-07-14T09:30", 1, 1)]
        {
            go(&app, &mut day, at).await;
            assert_eq!((told(&app).len(), late(&app)), (1, 1));
            let level = ["master", "union", "above"][neglected + climbed];
            assert_eq!(self::neglected(&mut day).await, [["finding", "桌面不净", "2026-07-09", level]]);
            assert_eq!(listed(&mut day, "neglected").await, neglected, "{at}");
            assert_eq!(listed(&mut day, "climbed").await, climbed, "{at}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_nobody_confirms_is_queued_for_a_look_and_climbs() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let path = format!("/api/v1/me/stations/{}", day.station);
        let asked = |app: &App| told(app).iter().filter(|text| text.contains("没有确认")).count();
        go(&app, &mut day, "2026-07-31T12:30").await;
        day.master = phone(&app, 1).await;
        assert_eq!(day.master.get(&path).await.ok::<Value>()["unseen"], 0);
        // Seen on the first of July at nine, and for the last time; nobody is woken for it.
        go(&app, &mut day, "2026-08-01T08:30").await;
        looks(&mut day, "opening", "round-0801").await;
        assert_eq!(asked(&app), 0);
        for at in ["2026-08-01T10:00", "2026-08-01T11:30"] {
            go(&app, &mut day, at).await;
            assert_eq!((asked(&app), listed(&mut day, "neglected").await), (1, json!(0)));
        }
        assert_eq!(day.master.get(&path).await.ok::<Value>()["unseen"], 2);
        go(&app, &mut day, "2026-08-02T08:00").await;
        assert_eq!(listed(&mut day, "neglected").await, 1);
        let unseen = ["unseen", "微波炉、义剪", "2026-08-01", "union"].map(str::to_owned);
        assert!(neglected(&mut day).await.contains(&unseen));
        // He looks; what he says works is certain again.
        for code in ["microwave", "haircut"] {
            let works = json!({ "code": code, "works": true });
            assert!(day.master.post(&format!("{path}/items"), &works).await.status.is_success());
        }
        go(&app, &mut day, "2026-08-02T10:00").await;
        assert_eq!((asked(&app), listed(&mut day, "neglected").await), (1, json!(0)));
        assert_eq!(day.master.get(&path).await.ok::<Value>()["unseen"], 0);
    })
    .await;
}
