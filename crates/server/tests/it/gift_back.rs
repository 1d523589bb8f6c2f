//! A gift that was handed over by mistake comes back.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    cupboard::gloves,
    region_terms,
    station_faults::stranger,
    stations::{Day, day, done},
};

#[tokio::test]
async fn what_was_handed_over_by_mistake_is_taken_back_and_kept_anew() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        let at = |rest: &str| format!("{here}/{rest}");
        let gift = gloves(&mut day).await;
        let own = format!("/api/v1/me/station-gifts/{}", gift["id"].as_str().unwrap());
        let (reserve, piece) = (format!("{own}/reserve"), json!({ "quantity": 1 }));
        let claim: Value = day.worker.post(&reserve, &piece).await.ok();
        let (hand_over, back) = (at("gift-hand-over"), at("gift-take-back"));
        let of = json!({ "claim_id": claim["id"] });
        let wrong = |claim: &Value| json!({ "claim_id": claim["id"], "reason": "点错了人" });
        assert_eq!(day.master.post(&back, &wrong(&claim)).await.code(), "gift_not_handed");
        done(&day.master.post(&hand_over, &of).await);
        let corner: Value = day.master.get(&at("gifts")).await.ok();
        assert_eq!((&corner["handed"][0]["id"], &corner["reserved"]), (&claim["id"], &json!([])));
        assert_eq!(day.worker.post(&back, &wrong(&claim)).await.status, StatusCode::NOT_FOUND);
        app.pass(TimeDelta::minutes(5));
        let kept: Value = day.master.post(&back, &wrong(&claim)).await.ok();
        assert_eq!((&kept["state"], &kept["until"]), (&json!("reserved"), &json!("2026-07-03T09:05:00+08:00")));
        assert_eq!(day.times("station_gift").await, 0);
        assert_eq!(day.master.post(&back, &wrong(&claim)).await.code(), "gift_not_handed");

        // Handed over after all it counts once, and whoever said thanks has it.
        done(&day.master.post(&hand_over, &of).await);
        assert_eq!(day.times("station_gift").await, 1);
        done(&day.worker.post(&format!("{own}/thank"), &json!({ "text": "谢谢大家" })).await);
        assert_eq!(day.master.post(&back, &wrong(&claim)).await.code(), "gift_thanked");

        // Where the station is shut nothing is kept: it lies in the corner for all.
        let (_, mut other) = stranger(&app, 3, &day.county).await;
        let second: Value = other.post(&reserve, &piece).await.ok();
        let of_second = json!({ "claim_id": second["id"] });
        done(&day.master.post(&hand_over, &of_second).await);
        let to = format!("/api/v1/stations/{}", day.station);
        done(&day.officer.post(&format!("{to}/pause"), &json!({ "reason": "设备检修" })).await);
        assert_eq!(day.master.post(&back, &wrong(&second)).await.ok::<Value>()["state"], "returned");
        let corner: Value = day.master.get(&at("gifts")).await.ok();
        assert_eq!((&corner["gifts"][0]["left"], &corner["reserved"]), (&json!(2), &json!([])));

        // Tomorrow it is too late.
        done(&day.officer.post(&format!("{to}/open"), &json!({})).await);
        done(&other.post(&reserve, &piece).await);
        done(&day.master.post(&hand_over, &of_second).await);
        app.pass(TimeDelta::days(1));
        assert_eq!(day.master.post(&back, &wrong(&second)).await.code(), "gift_not_today");

        // Withdrawn it stays so, however often that is said.
        for _ in 0..2 {
            let why = json!({ "gift_id": gift["id"], "reason": "已经发完" });
            let withdrawn: Value = day.master.post(&at("gift-closing"), &why).await.ok();
            assert_eq!((&withdrawn["closed"], &withdrawn["closed_why"]), (&json!(true), &json!("已经发完")));
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_had_reserved_what_is_withdrawn_is_told_why_and_whose_is_kept_comes_for_it() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        let gift = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gift["id"].as_str().unwrap());
        done(&day.worker.post(&reserve, &json!({ "quantity": 1 })).await);
        let closing = format!("{here}/gift-closing");
        let why = |reason: &str, cancels: bool| json!({ "gift_id": gift["id"], "reason": reason, "cancels": cancels });
        let short = day.master.post(&closing, &why(" 坏 ", true)).await.json();
        assert_eq!(short["fields"][0]["field"], "reason");
        assert_eq!(day.worker.post(&closing, &why("受潮发霉", true)).await.status, StatusCode::NOT_FOUND);

        // What is reserved is kept, unless that is cancelled, too: also later, and for its own reason.
        let kept: Value = day.master.post(&closing, &why("不再接受预留", false)).await.ok();
        assert_eq!((&kept["closed"], &kept["left"]), (&json!(true), &json!(2)));
        let mine = async |day: &mut Day| {
            let mine: Value = day.worker.get("/api/v1/me/station-gifts").await.ok();
            (mine["mine"][0]["state"].clone(), mine["mine"][0]["reason"].clone())
        };
        assert_eq!(mine(&mut day).await, (json!("reserved"), Value::Null));
        for _ in 0..2 {
            let gone: Value = day.master.post(&closing, &why("受潮发霉。", true)).await.ok();
            assert_eq!((&gone["left"], &gone["closed_why"]), (&json!(3), &json!("不再接受预留")));
        }
        assert_eq!(mine(&mut day).await, (json!("returned"), json!("受潮发霉。")));
        app.settle().await;
        let texts = app.sms().texts(&people::phone(2));
        let told = "东河驿站为您预留的“骑行手套”已取消（受潮发霉），请不用前往。其他物品请看手机“爱心角”。";
        assert_eq!(texts.iter().filter(|text| text.contains(told)).count(), 1, "{texts:?}");
        let acts = region_terms::told(&app, "station_gifts.cancel").await;
        assert_eq!(acts, [json!({ "station": day.station, "quantity": 1, "reason": "受潮发霉。" })]);
        let listed: Value = day.officer.get("/api/v1/station-gifts").await.ok();
        assert_eq!(listed["items"][0]["closed_why"], "不再接受预留");
    })
    .await;
}
