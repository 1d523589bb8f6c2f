//! Whoever has died is waited for at no station, and no text calls him to the one for which he answered. If that was a mistake he
//! answers for it again.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    consult::{book, desk, times},
    station_neglect::{listed, told},
    stations::{Day, day, done},
};

/// Puts up a shift of tomorrow for the station's master; answers its path.
async fn on_duty(day: &mut Day) -> String {
    let station: Value = day.officer.get(&format!("/api/v1/stations/{}", day.station)).await.ok();
    let duty = json!({
        "station_id": day.station, "day": "2026-07-02", "from_hour": 9, "until_hour": 12, "task": "开站值守",
        "post_id": station["posts"][0]["id"],
    });
    let shifts: Value = day.officer.post("/api/v1/station-shifts", &duty).await.ok();
    format!("/api/v1/station-shifts/{}", shifts[0]["id"].as_str().unwrap())
}

/// The master becomes a member and is written down as dead; answers the membership's path.
async fn dies(app: &App, day: &mut Day) -> String {
    let found: Value = day.officer.get(&format!("/api/v1/members?q={}", people::phone(1))).await.ok();
    let member = &found["items"][0]["id"];
    day.officer.post("/api/v1/members/approve", &json!({ "ids": [member] })).await;
    let path = format!("/api/v1/members/{}", member.as_str().unwrap());
    done(&day.officer.post(&format!("{path}/decease"), &json!({ "reason": "家属已报告" })).await);
    app.settle().await;
    path
}

#[tokio::test]
async fn a_master_who_has_died_is_called_no_more_and_his_union_sees_that_there_is_none() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let desk = desk(&mut day).await;
        let tomorrow = times(&mut day.worker, &desk, 1).await;
        done(&book(&mut day.master, &desk, &tomorrow[0]).await);
        let shift = on_duty(&mut day).await;
        dies(&app, &mut day).await;

        assert_eq!(listed(&mut day, "no_master").await, 1);
        assert_eq!(day.officer.get(&shift).await.json()["off"], "值守人已不在任");
        assert_eq!(times(&mut day.worker, &desk, 1).await, tomorrow);
        app.set_clock("2026-07-01T12:30:00+08:00".parse::<DateTime<Utc>>().unwrap());
        app.schedule().await;
        assert!(!told(&app).iter().any(|text| text.contains("东河驿站")), "{:?}", told(&app));
    })
    .await;
}

#[tokio::test]
async fn a_master_who_was_taken_for_dead_by_mistake_answers_for_his_station_again() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shift = on_duty(&mut day).await;
        let member = dies(&app, &mut day).await;
        assert_eq!(listed(&mut day, "no_master").await, 1);
        let slip = json!({ "reason": "同名，登记错了人" });
        done(&day.officer.post(&format!("{member}/take-back"), &slip).await);
        app.settle().await;

        assert_eq!(listed(&mut day, "no_master").await, 0);
        assert_eq!(day.officer.get(&shift).await.json()["off"], Value::Null);
        let station: Value = day.officer.get(&format!("/api/v1/stations/{}", day.station)).await.ok();
        assert_eq!(station["posts"][0]["until_day"], Value::Null);
    })
    .await;
}

/// The master was taken for dead by mistake, while another was appointed who begins on a day. Answers the station, its master's
/// shift of tomorrow and the other one.
async fn succeeded(app: &App, from_day: &str) -> [Value; 3] {
    let mut day = day(app).await;
    let shift = on_duty(&mut day).await;
    let member = dies(app, &mut day).await;
    let posts = format!("/api/v1/stations/{}/posts", day.station);
    let found: Value = day.officer.get(&format!("/api/v1/people?q={}", people::phone(2))).await.ok();
    let heir = found["items"][0]["id"].clone();
    let form = json!({ "person_id": heir, "role": "master", "from_day": from_day });
    done(&day.officer.post(&posts, &form).await);
    let slip = json!({ "reason": "同名，登记错了人" });
    done(&day.officer.post(&format!("{member}/take-back"), &slip).await);
    app.settle().await;
    let station: Value = day.officer.get(&format!("/api/v1/stations/{}", day.station)).await.ok();
    [station, day.officer.get(&shift).await.ok(), heir]
}

#[tokio::test]
async fn whose_place_another_has_taken_does_not_get_it_back() {
    App::each(&server::programmes(), async |app| {
        let [station, shift, heir] = succeeded(&app, "2026-07-01").await;
        let lasting: Vec<&Value> =
            station["posts"].as_array().unwrap().iter().filter(|post| post["until_day"].is_null()).collect();
        assert_eq!((lasting.len(), &lasting[0]["person_id"]), (1, &heir));
        assert_eq!(shift["off"], "值守人已不在任");
    })
    .await;
}

/// How long the master goes on whose successor begins on a day, and why the shift of tomorrow is off.
async fn goes_on(app: &App, from_day: &str) -> [Value; 2] {
    let [station, shift, heir] = succeeded(app, from_day).await;
    let his = |post: &&Value| post["role"] == "master" && post["person_id"] != heir;
    let his = station["posts"].as_array().unwrap().iter().find(his).unwrap();
    [his["until_day"].clone(), shift["off"].clone()]
}

#[tokio::test]
async fn whose_successor_begins_soon_has_his_place_and_his_shifts_until_then() {
    App::each(&server::programmes(), async |app| {
        assert_eq!(goes_on(&app, "2026-07-02").await, [json!("2026-07-02"), json!("值守人已不在任")]);
    })
    .await;
    App::each(&server::programmes(), async |app| {
        assert_eq!(goes_on(&app, "2026-07-03").await, [json!("2026-07-03"), Value::Null]);
    })
    .await;
}
