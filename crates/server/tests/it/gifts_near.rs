//! What can be had at the donation corners is told by nearness, page by page.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    station_redeems::built,
    stations::{Day, day, done},
};

async fn give(hand: &mut Client, station: &str, name: &str) {
    let gift = json!({
        "name": name, "unit": "件", "quantity": 3, "each": 1, "giver_kind": "company", "giver": "鹿城体育",
    });
    done(&hand.post(&format!("/api/v1/me/stations/{station}/gifts"), &gift).await);
}

/// The names of what can be had by a search, page by page.
async fn offered(day: &mut Day, asked: &str) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/me/station-gifts/offered?limit=2{asked}{cursor}");
        let page: Value = day.worker.get(&path).await.ok();
        names.extend(page["items"].as_array().unwrap().iter().map(|gift| gift["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { return names };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn what_can_be_had_near_by_comes_first_and_nothing_is_left_out() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let near = built(&mut day, "BT-002").await;
        let found: Value = day.officer.get(&format!("/api/v1/people?q={}", people::phone(2))).await.ok();
        let post = json!({ "person_id": found["items"][0]["id"], "role": "master" });
        done(&day.officer.post(&format!("/api/v1/stations/{near}/posts"), &post).await);
        done(&day.officer.post(&format!("/api/v1/stations/{near}/open"), &json!({})).await);
        day.change(|form| form["position"] = json!({ "longitude": 110.1, "latitude": 40.6 })).await;
        give(&mut day.worker, &near, "棉衣").await;
        for name in ["手套", "雨衣", "保温杯", "棉帽"] {
            give(&mut day.master, &day.station, name).await;
        }
        let here = "&longitude=110.0&latitude=40.6";
        assert_eq!(offered(&mut day, "").await, ["棉帽", "保温杯", "雨衣", "手套", "棉衣"]);
        assert_eq!(offered(&mut day, here).await, ["棉衣", "棉帽", "保温杯", "雨衣", "手套"]);
        assert_eq!(offered(&mut day, &format!("{here}&q=%E6%A3%89")).await, ["棉衣", "棉帽"]);
        let page: Value = day.worker.get(&format!("/api/v1/me/station-gifts/offered?limit=2{here}")).await.ok();
        assert_eq!((&page["total"], &page["items"][0]["metres"]), (&json!(5), &json!(0)));
        assert!((8_000..9_000).contains(&page["items"][1]["metres"].as_u64().unwrap()), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_lies_behind_a_shut_door_is_not_offered() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        give(&mut day.master, &day.station, "手套").await;
        let pause = format!("/api/v1/stations/{}/pause", day.station);
        let ahead = json!({ "reason": "设备检修", "from": "2026-07-02", "until": "2026-07-03" });
        done(&day.officer.post(&pause, &ahead).await);
        assert_eq!(offered(&mut day, "").await, ["手套"]);
        app.pass(TimeDelta::days(1));
        for asked in ["", "&q=%E6%89%8B", "&q=%E4%B8%9C%E6%B2%B3"] {
            assert_eq!(offered(&mut day, asked).await, Vec::<String>::new());
        }
        app.pass(TimeDelta::days(2));
        assert_eq!(offered(&mut day, "").await, ["手套"]);
    })
    .await;
}
