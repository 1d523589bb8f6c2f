//! Who leaves his post is on duty no longer, and is told; who goes on in another post stays on duty.

use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    station_faults::stranger,
    stations::{Day, day, done},
};

/// Appoints somebody; answers the station.
async fn appoint(day: &mut Day, n: u32, role: &str, from: &str) -> Value {
    let found: Value = day.officer.get(&format!("/api/v1/people?q={}", people::phone(n))).await.ok();
    let post = json!({ "person_id": found["items"][0]["id"], "role": role, "from_day": from });
    day.officer.post(&format!("/api/v1/stations/{}/posts", day.station), &post).await.ok()
}

/// Puts somebody on duty by his post, weekly; answers the shifts' keys.
async fn on_duty(day: &mut Day, post: &Value, (on, from_hour, weeks): (&str, i32, u64)) -> Vec<String> {
    let form = json!({
        "station_id": day.station, "day": on, "from_hour": from_hour, "until_hour": 12, "task": "开站值守", "weeks": weeks,
        "post_id": post["id"],
    });
    let made: Value = day.officer.post("/api/v1/station-shifts", &form).await.ok();
    made.as_array().unwrap().iter().map(|shift| shift["id"].as_str().unwrap().to_owned()).collect()
}

async fn shift(day: &mut Day, id: &str) -> Value {
    day.officer.get(&format!("/api/v1/station-shifts/{id}")).await.ok()
}

/// A station's post in a role that has no known end.
fn lasting<'a>(station: &'a Value, role: &str) -> &'a Value {
    let mut posts = station["posts"].as_array().unwrap().iter();
    posts.find(|post| post["role"] == role && post["until_day"].is_null()).unwrap()
}

fn told(app: &App, n: u32) -> Vec<String> {
    app.sms().texts(&people::phone(n)).into_iter().filter(|text| text.contains("不再担任")).collect()
}

#[tokio::test]
async fn who_leaves_his_post_is_on_duty_no_longer_and_is_told() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let _ = stranger(&app, 3, &day.county).await;
        appoint(&mut day, 2, "deputy", "2026-07-01").await;
        let station = appoint(&mut day, 3, "deputy", "2026-07-02").await;
        let by = |n: u32| {
            let end = people::phone(n)[7..].to_owned();
            let mut posts = station["posts"].as_array().unwrap().iter();
            posts.find(|post| post["phone"].as_str().unwrap().ends_with(&end)).unwrap().clone()
        };
        // The house's clock stands at nine: the master's first shift has begun.
        let master = on_duty(&mut day, &by(1), ("2026-07-01", 8, 3)).await;
        let rising = on_duty(&mut day, &by(2), ("2026-07-02", 8, 2)).await;
        let relieved = on_duty(&mut day, &by(3), ("2026-07-03", 8, 1)).await;
        let path = format!("/api/v1/stations/{}", day.station);
        let seen: Value = day.officer.get(&path).await.ok();
        assert_eq!(lasting(&seen, "master")["duties"], 2, "those that have not begun");

        let taken = appoint(&mut day, 2, "master", "2026-07-08").await;
        assert_eq!(lasting(&taken, "master")["duties"], 1);
        assert_eq!(taken["ahead"]["shifts"], 3);
        assert_eq!(shift(&mut day, &master[0]).await["off"], Value::Null);
        for gone in &master[1..] {
            assert_eq!(shift(&mut day, gone).await["off"], "值守人从7月8日起不再担任这项职务");
        }
        // Who rises stays on duty, from then on as master.
        for (id, role) in rising.iter().zip(["副站长", "站长"]) {
            let stays = shift(&mut day, id).await;
            assert_eq!(stays["off"], Value::Null);
            assert!(stays["on_duty"].as_str().unwrap().starts_with(role), "{stays}");
        }
        let relief = json!({ "post_id": by(3)["id"] });
        done(&day.officer.post(&format!("{path}/relieve"), &relief).await);
        assert_eq!(shift(&mut day, &relieved[0]).await["off"], "值守人从7月2日起不再担任这项职务");
        app.settle().await;
        assert_eq!([1, 2, 3].map(|n| told(&app, n).len()), [2, 0, 1]);
        assert!(told(&app, 3)[0].contains("东河驿站7月3日08:00-12:00的班次已取消"), "{:?}", told(&app, 3));
    })
    .await;
}

#[tokio::test]
async fn a_deputy_who_was_to_rise_and_is_replaced_before_he_did_is_deputy_still() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let _ = stranger(&app, 3, &day.county).await;
        let station = appoint(&mut day, 2, "deputy", "2026-07-01").await;
        let deputy = lasting(&station, "deputy").clone();
        let weekly = on_duty(&mut day, &deputy, ("2026-07-02", 8, 2)).await;
        let risen = appoint(&mut day, 2, "master", "2026-07-08").await;
        let master = lasting(&risen, "master").clone();
        let as_master = on_duty(&mut day, &master, ("2026-07-10", 8, 1)).await;

        let replaced = appoint(&mut day, 3, "master", "2026-07-08").await;
        assert_eq!(lasting(&replaced, "deputy")["id"], deputy["id"]);
        for id in weekly.iter().chain(&as_master) {
            let stays = shift(&mut day, id).await;
            assert_eq!(stays["off"], Value::Null);
            assert!(stays["on_duty"].as_str().unwrap().starts_with("副站长"), "{stays}");
        }
        app.settle().await;
        assert!(told(&app, 2).is_empty());
        // He may be relieved as before.
        let relief = json!({ "post_id": deputy["id"] });
        done(&day.officer.post(&format!("/api/v1/stations/{}/relieve", day.station), &relief).await);
        app.settle().await;
        assert_eq!(told(&app, 2).len(), 3);
    })
    .await;
}

#[tokio::test]
async fn who_is_master_now_and_again_later_is_put_on_duty_for_either_time() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let _ = stranger(&app, 3, &day.county).await;
        // The third is replaced before he begins: he is on duty on no day.
        for (n, from) in [(2, "2026-07-08"), (3, "2026-07-15"), (1, "2026-07-15")] {
            appoint(&mut day, n, "master", from).await;
        }
        let shifts = format!("/api/v1/me/stations/{}/shifts", day.station);
        let roster: Value = day.master.get(&shifts).await.ok();
        let posts: Vec<&Value> = roster["posts"].as_array().unwrap().iter().collect();
        let labels: Vec<&str> = posts.iter().map(|post| post["label"].as_str().unwrap()).collect();
        let own = labels[0];
        assert!(own.starts_with("站长 ") && !own.contains('起'), "{labels:?}");
        assert!(labels[1].ends_with("（7月8日起）"), "{labels:?}");
        assert_eq!(labels[2..], [format!("{own}（7月15日起）")]);
        for (post, on) in posts.iter().zip(["2026-07-02", "2026-07-09", "2026-07-16"]) {
            let duty = json!({
                "day": on, "from_hour": 8, "until_hour": 12, "task": "开站值守", "post_id": post["code"],
            });
            done(&day.master.post(&shifts, &duty).await);
        }
    })
    .await;
}
