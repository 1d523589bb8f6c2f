//! Incidents at stations: written down once however often they are sent, followed up by the union, seen by nobody else.

use axum::http::StatusCode;
use chrono::TimeDelta;
use kernel::{Actor, access::account, permission::LoggedIn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use testing::App;

use crate::{
    region_terms,
    roles::officer,
    scope::system,
    stations::{day, phone},
    unannounced::root,
};

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
        let opened = region_terms::told(&app, "station_incidents.open_helped").await;
        assert_eq!(opened, [json!({ "station": day.station, "reason": "回访" })]);
        let note = json!({ "note": "次日回访，已康复" });
        let closed: Value = day.officer.post(&format!("{path}/close"), &note).await.ok();
        assert_eq!(closed["note"], "次日回访，已康复");
        assert_eq!(day.officer.post(&format!("{path}/close"), &note).await.code(), "incident_closed");
        let open: Value = day.officer.get("/api/v1/station-incidents?open=true").await.ok();
        assert_eq!(open["total"], 0);

        // Closed by mistake, it waits again, and what was said of its end is gone until it is closed anew.
        let (light, slip) = (light["id"].as_str().unwrap(), json!({ "reason": "点错了一行" }));
        let never = format!("/api/v1/station-incidents/{light}/reopen");
        assert_eq!(day.officer.post(&never, &slip).await.code(), "incident_not_closed");
        let reopen = format!("{path}/reopen");
        let asked = day.officer.post(&reopen, &json!({ "reason": "" })).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        let again: Value = day.officer.post(&reopen, &slip).await.ok();
        assert_eq!((&again["closed_on"], &again["note"]), (&Value::Null, &Value::Null));
        assert_eq!(day.officer.post(&reopen, &slip).await.code(), "incident_not_closed");
        let open: Value = day.officer.get("/api/v1/station-incidents?open=true").await.ok();
        assert_eq!(open["total"], 1);
        let mine: Value = day.master.get(&to).await.ok();
        let may = |one: &Value| one["id"] == first["id"] && one["can_be_corrected"] == true;
        assert!(mine.as_array().unwrap().iter().any(may), "{mine}");
        let told = region_terms::told(&app, "station_incidents.reopen").await;
        assert_eq!(told, [json!({ "station": day.station, "on": "2026-07-01", "reason": "点错了一行" })]);
        let _: Value = day.officer.post(&format!("{path}/close"), &note).await.ok();

        // A year later nothing is told of it any more; that it happened still counts.
        app.pass(TimeDelta::days(364));
        app.work("station_incidents").await.unwrap();
        let kept: Value = phone(&app, 1).await.get(&to).await.ok();
        assert_eq!((&kept[1]["what"], &kept[1]["is_helped_known"]), (&json!("骑手进站后头晕"), &json!(true)));
        app.pass(TimeDelta::days(3));
        app.work("station_incidents").await.unwrap();
        let mine: Value = phone(&app, 1).await.get(&to).await.ok();
        for one in mine.as_array().unwrap() {
            assert_eq!((&one["what"], &one["did"]), (&json!("（已到保存期限，内容已删除）"), &json!("")));
            assert_eq!((&one["note"], &one["is_helped_known"]), (&Value::Null, &json!(false)));
        }
        assert_eq!(mine.as_array().unwrap().len(), 2);
        let mut officer = officer(&app, "a.year.later", "业务干部", day.county.parse().unwrap()).await;
        let answer = officer.post(&format!("{path}/helped"), &json!({ "reason": "回访" })).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn who_was_helped_is_opened_by_people_one_by_one() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let told = json!({
            "sent_as": "incident-0001", "kind": "heat_stroke", "what": "骑手进站后头晕", "did": "降温、补水",
            "helped": "张师傅 13800000000",
        });
        let made: Value = day.master.post(&format!("/api/v1/me/stations/{}/incidents", day.station), &told).await.ok();
        let helped = format!("/api/v1/station-incidents/{}/helped", made["id"].as_str().unwrap());
        let why = json!({ "reason": "回访" });

        let mut security = officer(&app, "security", "安全管理员", root(&app).await).await;
        let county = day.county.parse().unwrap();
        let mut system = system(&app, &mut security, ("对接岗", &["station.keep"]), county).await;
        assert_eq!(system.get("/api/v1/station-incidents").await.ok::<Value>()["total"], 1);
        assert_eq!(system.post(&helped, &why).await.status, StatusCode::FORBIDDEN);

        // It counts with all other secrets that an officer opens.
        let account = account::Entity::find().filter(account::Column::Username.eq("officer"));
        let account = account.one(app.caller::<LoggedIn>().read()).await.unwrap().unwrap().id;
        while app.house().limits().reveals.by(&Actor::Officer { account }.word()).is_ok() {}
        let refused = day.officer.post(&helped, &why).await;
        assert_eq!((refused.code().as_str(), refused.headers["retry-after"].to_str().unwrap()), ("too_often", "300"));
        app.pass(TimeDelta::minutes(5));
        assert_eq!(day.officer.post(&helped, &why).await.ok::<Value>()["helped"], "张师傅 13800000000");
    })
    .await;
}

#[tokio::test]
async fn what_was_used_leaves_the_stock_once_and_never_below_nought() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let supplies = format!("/api/v1/me/stations/{}/supplies", day.station);
        let mut receive = async |name: &str, kind: &str, quantity: i64, expires: Option<&str>| -> Value {
            let receipt = json!({
                "sent_as": format!("receipt-{quantity:04}"), "kind": kind, "name": name, "unit": "片", "least": 0,
                "quantity": quantity, "expires_on": expires,
            });
            day.master.post(&supplies, &receipt).await.ok::<Value>()["id"].clone()
        };
        receive("创可贴", "medicine", 4, Some("2027-07-01")).await;
        let plaster = receive("创可贴", "medicine", 3, Some("2026-07-20")).await;
        let ice = receive("冰袋", "goods", 1, None).await;

        let to = format!("/api/v1/me/stations/{}/incidents", day.station);
        let told = |name: &str, used: Value| {
            json!({
                "sent_as": name, "kind": "injury", "what": "骑手滑倒", "did": "包扎、冷敷", "ambulance": true, "used": used,
            })
        };
        let used = json!([
            { "good_id": plaster, "quantity": 3 }, { "good_id": ice, "quantity": 2 }, { "good_id": plaster, "quantity": 1 },
        ]);
        let first: Value = day.master.post(&to, &told("injury-0001", used.clone())).await.ok();
        let again: Value = day.master.post(&to, &told("injury-0001", used)).await.ok();
        assert_eq!(first, again);
        let words: Vec<&str> = first["used"].as_array().unwrap().iter().map(|one| one["words"].as_str().unwrap()).collect();
        assert!(words.contains(&"创可贴 4片"), "{words:?}");
        assert!(words.contains(&"冰袋 2片（库存只有1片，另1片不在账上，请核对库存）"), "{words:?}");

        let close = format!("/api/v1/station-incidents/{}/close", first["id"].as_str().unwrap());
        let closed: Value = day.officer.post(&close, &json!({ "note": "已回访" })).await.ok();
        assert_eq!(closed["used"], first["used"]);
        // What expires first went first, and neither sending again nor closing took anything.
        let shown: Value = day.master.get(&supplies).await.ok();
        let left = |good: &Value| shown.as_array().unwrap().iter().find(|one| one["id"] == *good).unwrap()["batches"].clone();
        let batches = left(&plaster);
        assert_eq!((&batches[0]["left"], &batches[0]["expires_on"]), (&json!(3), &json!("2027-07-01")));
        assert_eq!((batches.as_array().unwrap().len(), left(&ice)), (1, json!([])));

        let unknown = day.master.post(&to, &told("injury-0002", json!([{ "good_id": "7", "quantity": 1 }]))).await;
        assert_eq!(unknown.json()["fields"][0]["code"], "unknown_good");
        let odd = day.master.post(&to, &told("injury-0003", json!([{ "good_id": ice, "quantity": 0 }]))).await;
        assert_eq!(odd.json()["fields"][0]["field"], "used");
        let list: Value = day.officer.get("/api/v1/station-incidents").await.ok();
        assert_eq!((&list["total"], &list["items"][0]["used"]), (&json!(1), &first["used"]));
    })
    .await;
}

#[tokio::test]
async fn what_is_closed_after_its_words_went_keeps_none() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let told = json!({
            "sent_as": "incident-0001", "kind": "fire", "what": "插座冒烟", "did": "断电、灭火",
        });
        let made: Value = day.master.post(&format!("/api/v1/me/stations/{}/incidents", day.station), &told).await.ok();
        app.pass(TimeDelta::days(367));
        app.work("station_incidents").await.unwrap();
        let mut officer = officer(&app, "a.year.later", "业务干部", day.county.parse().unwrap()).await;
        let close = format!("/api/v1/station-incidents/{}/close", made["id"].as_str().unwrap());
        let closed: Value = officer.post(&close, &json!({ "note": "已更换插座" })).await.ok();
        assert_eq!((&closed["note"], closed["closed_on"].is_null()), (&Value::Null, false));
    })
    .await;
}
