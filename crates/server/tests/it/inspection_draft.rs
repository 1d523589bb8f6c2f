//! What of an inspection was marked so far is kept until it is done.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{Answer, App};

use crate::{roles::officer, stations::day, unannounced::faultless};

#[tokio::test]
async fn what_was_marked_so_far_is_kept_and_another_inspector_writes_over_nothing_unseen() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut other = officer(&app, "keeper", "业务干部", day.county.parse().unwrap()).await;
        let plan =
            json!({ "station_id": day.station, "kind": "planned", "planned_on": "2026-07-02", "team": "检查组" });
        let made: Value = day.officer.post("/api/v1/station-inspections", &plan).await.ok();
        let path = format!("/api/v1/station-inspections/{}", made["id"].as_str().unwrap());
        let keep = format!("{path}/draft");
        let draft = |note: &str, seen: &Value| {
            let marks = json!([{ "code": "norm_clean", "score": 2 }, { "code": "mix_partners", "apart": true }]);
            json!({ "marks": marks, "found": [{ "wrong": "桌面不净" }], "note": note, "seen": seen })
        };
        let first: Value = other.post(&keep, &draft("刚开始", &Value::Null)).await.ok();
        let sheet: Value = day.officer.get(&path).await.ok();
        let told = [&sheet["drafted_by"], &sheet["drafted_at"], &sheet["draft"]["note"]];
        assert_eq!(told, [&json!("keeper"), &first["drafted_at"], &json!("刚开始")]);
        assert_eq!(
            (&sheet["draft"]["marks"][0]["score"], &sheet["draft"]["marks"][1]["apart"]),
            (&json!(2), &json!(true))
        );

        app.pass(TimeDelta::seconds(9));
        let refused = |answer: Answer, seen: &str| {
            let words = format!("2026年7月1日 09:00保存了这次检查的登记；您这份是{seen}做的，没有保存。");
            assert_eq!(answer.code(), "inspection_overtaken");
            assert!(answer.json()["detail"].as_str().unwrap().contains(&words), "{}", answer.json());
        };
        refused(day.officer.post(&keep, &draft("另起", &Value::Null)).await, "从空白登记表开始");
        // Nor is it handed in over it.
        let finish = format!("{path}/finish");
        refused(day.officer.post(&finish, &faultless(&sheet)).await, "从空白登记表开始");
        let _: Value = day.officer.post(&keep, &draft("接着", &first["drafted_at"])).await.ok();
        refused(other.post(&keep, &draft("旧的", &first["drafted_at"])).await, "接着2026年7月1日 09:00保存的内容");
        // By their accounts a device that both use tells them apart.
        let mine: Value = day.officer.get("/api/v1/session").await.ok();
        let others: Value = other.get("/api/v1/session").await.ok();
        assert_ne!(mine["account"], others["account"]);
        // His own he writes over from wherever he is.
        let _: Value = day.officer.post(&keep, &draft("再接着", &Value::Null)).await.ok();

        let done: Value = day.officer.post(&finish, &faultless(&sheet)).await.ok();
        assert_eq!([&done["draft"], &done["drafted_by"], &done["drafted_at"]], [&Value::Null; 3]);
        assert_eq!(day.officer.post(&keep, &draft("太晚", &Value::Null)).await.code(), "inspection_not_planned");
    })
    .await;
}

#[tokio::test]
async fn what_was_marked_so_far_is_carried_into_a_table_of_its_own() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let plan =
            json!({ "station_id": day.station, "kind": "planned", "planned_on": "2026-07-02", "team": "检查组" });
        let made: Value = day.officer.post("/api/v1/station-inspections", &plan).await.ok();
        let path = format!("/api/v1/station-inspections/{}", made["id"].as_str().unwrap());
        let draft = json!({ "marks": [{ "code": "norm_clean", "score": 2 }], "found": [] });
        let _: Value = day.officer.post(&format!("{path}/draft"), &draft).await.ok();
        let before: Value = day.officer.get(&path).await.ok();
        for sql in [
            "ALTER TABLE station_inspection ADD COLUMN draft TEXT",
            "ALTER TABLE station_inspection ADD COLUMN drafted_by TEXT",
            "ALTER TABLE station_inspection ADD COLUMN drafted_at BIGINT",
            "UPDATE station_inspection SET (draft, drafted_by, drafted_at) = \
             (SELECT draft, drafted_by, drafted_at FROM station_inspection_draft WHERE inspection_id = id)",
            "DROP TABLE station_inspection_draft",
        ] {
            app.write(sql).await;
        }
        app.migrate_again("m2026_11_30_1010_station_inspection_draft").await;
        let after: Value = day.officer.get(&path).await.ok();
        assert_eq!((after["draft"]["marks"][0]["score"].clone(), after), (json!(2), before));
    })
    .await;
}
