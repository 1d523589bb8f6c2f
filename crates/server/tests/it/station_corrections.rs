//! What was written down wrongly at a station is put right by who wrote it: once however often it is sent, while it is in time,
//! and with what it said before beside it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::App;

use crate::{
    region_terms,
    roles::{PASSWORD, officer},
    stations::{Day, day, phone},
};

fn path(day: &Day, rest: &str) -> String {
    format!("/api/v1/me/stations/{}/{rest}", day.station)
}

fn incident(name: &str, what: &str, ambulance: bool) -> Value {
    json!({
        "sent_as": name, "kind": "injury", "what": what, "did": "包扎", "ambulance": ambulance,
        "helped": "张师傅 13800000000",
    })
}

/// The same as a correction of what has a name.
fn correcting(name: &str, mut sent: Value) -> Value {
    sent["corrects"] = json!(name);
    sent
}

#[tokio::test]
async fn an_incident_is_corrected_once_and_what_it_said_before_is_read_by_who_follows_it_up() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (to, correct) = (path(&day, "incidents"), path(&day, "incident-corrections"));
        let made: Value = day.master.post(&to, &incident("incident-0001", "骑手滑倒", true)).await.ok();
        assert_eq!((&made["can_be_corrected"], &made["sent_as"]), (&json!(true), &json!("incident-0001")));

        let mut new = correcting("incident-0001", incident("correction-1", "环卫工滑倒", false));
        new["helped"] = json!("李师傅 13900000000");
        let first: Value = day.master.post(&correct, &new).await.ok();
        let again: Value = day.master.post(&correct, &new).await.ok();
        assert_eq!(first, again);
        assert_eq!(
            (&first["id"], &first["what"], &first["ambulance"]),
            (&made["id"], &json!("环卫工滑倒"), &json!(false))
        );
        // Whoever follows it up goes on, whatever it says now.
        assert_eq!((&first["serious"], first["closed_on"].is_null()), (&json!(true), true));
        let mut same = correcting("incident-0001", incident("correction-2", "环卫工滑倒", false));
        same["helped"] = Value::Null;
        assert_eq!(day.master.post(&correct, &same).await.ok::<Value>()["before"].as_array().unwrap().len(), 1);

        let open: Value = day.officer.get("/api/v1/station-incidents?open=true").await.ok();
        let row = &open["items"][0];
        let before = &row["before"][0];
        assert_eq!((&row["what"], &row["can_be_corrected"]), (&json!("环卫工滑倒"), &json!(false)));
        assert_eq!((&before["what"], &before["ambulance"]), (&json!("骑手滑倒"), &json!(true)));
        assert_eq!((&before["is_helped_changed"], &before["used"]), (&json!(true), &Value::Null));
        assert!(!before["by"].as_str().unwrap().is_empty() && before["corrected_at"].is_string(), "{before}");
        assert!(!open.to_string().contains("13800000000"), "who was helped is not in the list");
        let union = format!("/api/v1/station-incidents/{}", made["id"].as_str().unwrap());
        let helped: Value = day.officer.post(&format!("{union}/helped"), &json!({ "reason": "回访" })).await.ok();
        assert_eq!(helped, json!({ "helped": "李师傅 13900000000", "before": ["张师傅 13800000000"] }));
        let told = region_terms::told(&app, "station_incidents.correct").await;
        assert_eq!(told, [json!({ "station": day.station })]);

        // While nobody has followed it up its writer may correct it days later; afterwards he may not.
        app.pass(TimeDelta::days(5));
        let mut master = phone(&app, 1).await;
        let late = correcting("incident-0001", incident("correction-3", "环卫工在门口滑倒", true));
        assert_eq!(master.post(&correct, &late).await.ok::<Value>()["before"].as_array().unwrap().len(), 2);
        assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
        let closed = day.officer.post(&format!("{union}/close"), &json!({ "note": "已回访" })).await;
        assert!(closed.status.is_success(), "{}", closed.json());
        let after = correcting("incident-0001", incident("correction-4", "又想改", true));
        assert_eq!(master.post(&correct, &after).await.code(), "correction_followed_up");
        assert_eq!(master.get(&to).await.ok::<Value>()[0]["can_be_corrected"], false);

        // What is over is over also in what it said before.
        app.pass(TimeDelta::days(367));
        app.work("station_incidents").await.unwrap();
        let kept: Value = phone(&app, 1).await.get(&to).await.ok();
        let before = kept[0]["before"].as_array().unwrap();
        assert_eq!(before.len(), 2);
        for one in before {
            assert_eq!((&one["what"], &one["did"]), (&json!("（已到保存期限，内容已删除）"), &json!("")));
            assert_eq!(one["is_helped_changed"], false);
        }
    })
    .await;
}

#[tokio::test]
async fn only_its_writer_corrects_what_nobody_follows_up_and_only_until_the_next_day() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (to, correct) = (path(&day, "incidents"), path(&day, "incident-corrections"));
        let _: Value = day.master.post(&to, &incident("incident-0001", "骑手擦伤", false)).await.ok();
        let unknown = correcting("incident-0002", incident("correction-1", "骑手擦伤手", false));
        assert_eq!(day.master.post(&correct, &unknown).await.code(), "correction_unknown");
        let new = |name: &str, what: &str| correcting("incident-0001", incident(name, what, false));
        assert_eq!(day.worker.post(&correct, &new("correction-2", "改一改")).await.status, 404);
        let people: Value = day.officer.get(&format!("/api/v1/people?q={}", testing::people::phone(2))).await.ok();
        let post = json!({ "person_id": people["items"][0]["id"], "role": "deputy" });
        let posts = format!("/api/v1/stations/{}/posts", day.station);
        assert!(day.officer.post(&posts, &post).await.status.is_success());
        assert_eq!(day.worker.post(&correct, &new("correction-2", "改一改")).await.code(), "correction_not_own");
        assert_eq!(day.worker.get(&to).await.ok::<Value>()[0]["can_be_corrected"], false);
        let short = day.master.post(&correct, &new("correction-3", "")).await.json();
        assert_eq!(short["fields"][0]["field"], "what");

        app.pass(TimeDelta::days(1));
        let mut master = phone(&app, 1).await;
        let next: Value = master.post(&correct, &new("correction-4", "骑手擦伤手臂")).await.ok();
        assert_eq!((&next["serious"], next["closed_on"].is_null()), (&json!(false), false));
        // What turns out to be serious is to be followed up.
        let mut serious = new("correction-5", "骑手骨折");
        serious["serious"] = json!(true);
        let found: Value = master.post(&correct, &serious).await.ok();
        assert_eq!((&found["serious"], found["closed_on"].is_null()), (&json!(true), true));

        let _: Value = master.post(&to, &incident("incident-0003", "骑手扭脚", false)).await.ok();
        app.pass(TimeDelta::days(2));
        let mut master = phone(&app, 1).await;
        let late = correcting("incident-0003", incident("correction-6", "骑手扭伤脚踝", false));
        assert_eq!(master.post(&correct, &late).await.code(), "correction_too_late");
        let mut kept = late.clone();
        kept["happened_at"] =
            json!((app.caller::<kernel::permission::LoggedIn>().now() - TimeDelta::days(1)).to_rfc3339());
        let arrived: Value = master.post(&correct, &kept).await.ok();
        assert_eq!(arrived["what"], "骑手扭伤脚踝", "it waited for the network on the phone");
    })
    .await;
}

#[tokio::test]
async fn what_was_used_is_put_right_with_the_stock() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let supplies = path(&day, "supplies");
        let mut receive = async |name: &str, quantity: i64| -> Value {
            let receipt = json!({
                "sent_as": format!("receipt-{quantity:04}"), "kind": "goods", "name": name, "unit": "个", "least": 0,
                "quantity": quantity,
            });
            day.master.post(&supplies, &receipt).await.ok::<Value>()["id"].clone()
        };
        let (ice, towel) = (receive("冰袋", 9).await, receive("毛巾", 5).await);
        let (to, correct) = (path(&day, "incidents"), path(&day, "incident-corrections"));
        let used = |name: &str, used: Value| {
            let mut told = incident(name, "骑手滑倒", true);
            told["used"] = used;
            told
        };
        let one = |good: &Value, quantity: i64| json!({ "good_id": good, "quantity": quantity });
        let first = used("incident-0001", json!([one(&ice, 2), one(&towel, 1)]));
        assert!(day.master.post(&to, &first).await.status.is_success());
        for (name, goods, left, before) in [
            ("correction-1", json!([one(&ice, 1), one(&towel, 1)]), [8, 4], ["冰袋 2个", "毛巾 1个"]),
            ("correction-2", json!([one(&ice, 1), one(&towel, 3)]), [8, 2], ["冰袋 1个", "毛巾 1个"]),
            ("correction-3", json!([one(&towel, 2)]), [9, 3], ["冰袋 1个", "毛巾 3个"]),
        ] {
            let new = correcting("incident-0001", used(name, goods));
            let corrected: Value = day.master.post(&correct, &new).await.ok();
            assert_eq!(day.master.post(&correct, &new).await.ok::<Value>(), corrected);
            let mut said: Vec<String> =
                serde_json::from_value(corrected["before"].as_array().unwrap().last().unwrap()["used"].clone())
                    .unwrap();
            said.sort();
            assert_eq!(said, before, "{name}");
            let shown: Value = day.master.get(&supplies).await.ok();
            let rest = |good: &Value| {
                shown.as_array().unwrap().iter().find(|row| row["id"] == *good).unwrap()["left"].as_i64().unwrap()
            };
            assert_eq!([rest(&ice), rest(&towel)], left, "{name}");
        }
        let last: Value = day.master.get(&to).await.ok();
        assert_eq!(last[0]["used"].as_array().unwrap().len(), 1);
        // A correction of words alone touches no stock.
        let mut words = correcting("incident-0001", used("correction-4", json!([one(&towel, 2)])));
        words["what"] = json!("骑手在门口滑倒");
        let corrected: Value = day.master.post(&correct, &words).await.ok();
        assert_eq!(corrected["before"][3]["used"], Value::Null);
        let moves = path(&day, &format!("supply-moves?good={}", towel.as_str().unwrap()));
        assert_eq!(day.master.get(&moves).await.ok::<Value>()["total"], 6);
    })
    .await;
}

#[tokio::test]
async fn a_look_round_is_corrected_until_the_next_day_and_counts_as_corrected() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (duty, correct) = (format!("/api/v1/me/stations/{}", day.station), path(&day, "round-corrections"));
        let checks = day.master.get(&duty).await.ok::<Value>()["checks"].clone();
        let points = |wrong: usize| -> Value {
            let point = |(at, check): (usize, &Value)| json!({ "code": check["code"], "ok": at >= wrong });
            checks.as_array().unwrap().iter().enumerate().map(point).collect()
        };
        let look = json!({ "sent_as": "round-0001", "kind": "opening", "points": points(2) });
        let made: Value = day.master.post(&format!("{duty}/rounds"), &look).await.ok();
        assert_eq!((&made["wrong"], &made["can_be_corrected"]), (&json!(2), &json!(true)));
        let new =
            |name: &str, wrong: usize| json!({ "sent_as": name, "corrects": "round-0001", "points": points(wrong) });
        let first: Value = day.master.post(&correct, &new("correction-1", 0)).await.ok();
        assert_eq!(day.master.post(&correct, &new("correction-1", 0)).await.ok::<Value>(), first);
        assert_eq!((&first["wrong"], &first["before"][0]["wrong"]), (&json!(0), &json!(2)));
        let listed: Value = day.officer.get("/api/v1/stations").await.ok();
        assert_eq!(listed["items"][0]["wrong_points"], 0);
        let rounds: Value = day.officer.get(&format!("/api/v1/stations/{}/rounds", day.station)).await.ok();
        let row = &rounds["items"][0];
        assert_eq!((&rounds["total"], &row["can_be_corrected"]), (&json!(1), &json!(false)));
        let before = &row["before"][0];
        let wrong = before["points"].as_array().unwrap().iter().filter(|point| point["ok"] == false).count();
        assert_eq!((wrong, before["by"].as_str().unwrap().is_empty()), (2, false));
        let told = region_terms::told(&app, "stations.correct_round").await;
        assert_eq!(told, [json!({ "station": day.station })]);
        let none = json!({ "sent_as": "correction-2", "corrects": "round-0001", "points": [] });
        assert_eq!(day.master.post(&correct, &none).await.json()["fields"][0]["code"], "no_points");
        assert_eq!(day.worker.post(&correct, &new("correction-2", 1)).await.status, 404);

        app.pass(TimeDelta::days(1));
        let mut master = phone(&app, 1).await;
        let shown: Value = master.get(&duty).await.ok();
        assert_eq!((&shown["rounds"], &shown["rounds_before"][0]["sent_as"]), (&json!([]), &json!("round-0001")));
        assert_eq!(master.post(&correct, &new("correction-2", 1)).await.ok::<Value>()["wrong"], 1);
        app.pass(TimeDelta::days(1));
        let mut master = phone(&app, 1).await;
        assert_eq!(master.post(&correct, &new("correction-3", 0)).await.code(), "correction_too_late");
        let mut officer = officer(&app, "next", "业务干部", day.county.parse().unwrap()).await;
        let rounds: Value = officer.get(&format!("/api/v1/stations/{}/rounds", day.station)).await.ok();
        assert_eq!(
            (&rounds["items"][0]["wrong"], rounds["items"][0]["before"].as_array().unwrap().len()),
            (&json!(1), 2)
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_corrected_again_and_again_stays_as_it_is() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (to, correct) = (path(&day, "incidents"), path(&day, "incident-corrections"));
        let _: Value = day.master.post(&to, &incident("incident-0001", "骑手擦伤", false)).await.ok();
        for n in 0..=20 {
            let new = correcting("incident-0001", incident(&format!("correction-{n}"), &format!("骑手擦伤{n}"), false));
            let answer = day.master.post(&correct, &new).await;
            assert_eq!(answer.status.is_success(), n < 20, "{n}");
            if n == 20 {
                assert_eq!(answer.code(), "correction_too_often");
            }
        }
    })
    .await;
}
