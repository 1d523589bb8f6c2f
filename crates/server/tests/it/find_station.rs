//! Finding a station, on the phone of somebody who has no account.

use std::net::SocketAddr;

use axum::{
    Extension,
    body::Body,
    extract::ConnectInfo,
    http::{Method, StatusCode},
};
use kernel::{
    audit,
    house::{MapSource, Outlines},
    permission::LoggedIn,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use testing::{App, Client, Told};

use crate::{attachments::hand_in_as, privacy::encoded, stations::day};

const HERE: &str = "longitude=110.001&latitude=40.6";

async fn near(phone: &mut Client, asked: &str) -> Vec<Value> {
    phone.get(&format!("/api/v1/public/stations/nearest?{HERE}{asked}")).await.ok()
}

#[tokio::test]
async fn whoever_is_hungry_needs_no_account_and_what_the_master_reports_is_told_at_once_by_every_process() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut phone = Client::new(server::router(app.house()).unwrap());
        let elsewhere = app.another_process().await;
        let mut other = Client::new(server::router(&elsewhere).unwrap());
        for phone in [&mut phone, &mut other] {
            let found = near(phone, "&items=microwave&open=true").await;
            assert_eq!(found.len(), 1, "{found:?}");
            let one = &found[0];
            assert_eq!(
                (one["code"].clone(), one["metres"].clone(), one["walking_minutes"].clone()),
                (json!("BT-001"), json!(85), json!(2))
            );
            assert_eq!(
                (one["now"]["text"].clone(), one["position"]["system"].clone()),
                (json!("24小时自助开放"), json!("wgs84"))
            );
            let whole = json!({
                "code": "microwave", "label": "微波炉", "kind": "equipment", "works": true,
                "seen_on": "2026-07-01", "unconfirmed": false, "reported": false,
            });
            assert_eq!(one["items"][0], whole);
            // What hangs on the door, and nothing of people.
            for hidden in ["posts", "master", "organisation_id", "photos"] {
                assert!(one.get(hidden).is_none(), "{hidden}");
            }
        }
        let report = json!({ "code": "microwave", "works": false, "note": "不加热" });
        let path = format!("/api/v1/me/stations/{}/items", day.station);
        assert_eq!(day.master.post(&path, &report).await.status, StatusCode::OK);
        for phone in [&mut phone, &mut other] {
            assert!(near(phone, "&items=microwave").await.is_empty());
            assert_eq!(near(phone, "").await[0]["items"][0]["works"], false);
        }
        let path = format!("/api/v1/stations/{}/pause", day.station);
        assert_eq!(day.officer.post(&path, &json!({ "reason": "设备检修" })).await.status, StatusCode::OK);
        for phone in [&mut phone, &mut other] {
            assert!(near(phone, "&open=true").await.is_empty());
            assert_eq!(near(phone, "").await[0]["now"]["text"], "暂停开放（设备检修）");
        }
    })
    .await;
}

#[tokio::test]
async fn the_days_that_differ_are_told_and_why_it_is_closed_today() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let exceptions = json!([
            { "day": "2026-07-14", "spans": [{ "opens": "10:00", "closes": "16:00" }], "reason": null },
            { "day": "2026-07-15", "spans": [], "reason": "太远" },
            { "day": "2026-06-30", "spans": [], "reason": "过去了" },
            { "day": "2026-07-01", "spans": [], "reason": "线路检修" },
        ]);
        day.change(|form| form["hours"]["exceptions"] = exceptions).await;
        let found = near(&mut Client::new(server::router(app.house()).unwrap()), "").await;
        assert_eq!(found[0]["now"]["text"], "今天不开放（线路检修），24:00开放");
        let told = json!([
            { "day": "2026-07-01", "text": "不开放（线路检修）" }, { "day": "2026-07-14", "text": "10:00-16:00" },
        ]);
        assert_eq!(found[0]["exceptions"], told);
    })
    .await;
}

#[tokio::test]
async fn everybody_sees_the_pictures_of_a_station_and_no_other_file() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut keys = Vec::new();
        for bytes in [&b"\x89PNG\r\n\x1a\n...."[..], b"\x89PNG\r\n\x1a\nother", b"%PDF-1.7 content"] {
            let stored: Value = hand_in_as(&mut day.officer, "application/octet-stream", "材料", bytes).await.ok();
            keys.push(stored["id"].clone());
        }
        let photos = json!([
            { "attachment_id": keys[0], "caption": "门头" }, { "attachment_id": keys[2], "caption": "平面图" },
        ]);
        day.change(|form| form["photos"] = photos.clone()).await;
        let mut phone = Client::new(server::router(app.house()).unwrap());
        let path = format!("/api/v1/public/stations/{}/photos", day.station);
        assert_eq!(phone.get(&path).await.ok::<Value>(), photos);
        let mut open = async |key: &Value| phone.get(&format!("{path}/{}", key.as_str().unwrap())).await;
        let shown = open(&keys[0]).await;
        assert_eq!((shown.status, &shown.body[..4]), (StatusCode::OK, &b"\x89PNG"[..]));
        assert_eq!(shown.headers["content-type"], "image/png");
        for key in &keys[1..] {
            assert_eq!(open(key).await.status, StatusCode::NOT_FOUND);
        }
        // Whoever looks leaves nothing in the audit chain.
        let fetched = audit::Entity::find().filter(audit::Column::Action.eq("attachments.fetch"));
        assert_eq!(fetched.count(app.caller::<LoggedIn>().read()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_lies_on_a_way_is_asked_for_as_often_as_other_things_that_anybody_may_ask() {
    App::each(&server::programmes(), async |app| {
        let at = Extension(ConnectInfo(SocketAddr::from(([192, 0, 2, 9], 4_000))));
        let mut phone = Client::new(server::router(app.house()).unwrap().layer(at));
        let way = format!("/api/v1/public/stations/nearest?{HERE}&to_longitude=110.1&to_latitude=40.6");
        assert_eq!(phone.get(&way).await.status, StatusCode::OK);
        while app.house().limits().joins.by("192.0.2.9").is_ok() {}
        assert_eq!(phone.get(&way).await.code(), "too_often");
        assert!(near(&mut phone, "").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_licensed_map_is_told_to_phones_and_its_tiles_may_come_to_pages_with_maps_alone() {
    const TILES: &str = "https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILECOL={x}&TILEROW={y}&tk=key";
    let told = |told: &mut Told| {
        let notice = "天地图 GS(2024)0650号".into();
        told.settings.map = MapSource { tiles: vec![TILES.into()], notice, ..MapSource::default() };
    };
    App::each_with(&server::programmes(), told, async |app| {
        let mut phone = Client::new(server::router(app.house()).unwrap());
        let places: Value = phone.get("/api/v1/public/stations/places").await.ok();
        assert_eq!(places["map"], json!({ "tiles": [TILES], "notice": "天地图 GS(2024)0650号" }));
        let pages =
            [("/w/stations", true), ("/w", true), ("/stations/7", true), ("/screen", false), ("/api/docs", false)];
        for (page, allowed) in pages {
            let answer = phone.get(page).await;
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(!policy.contains("unsafe"), "{policy}");
            let source = "connect-src 'self' https://t0.tianditu.gov.cn; worker-src 'self';";
            // Before the pages are built nothing is the console's; its page has a nonce.
            let is_there = page.starts_with("/w") || policy.contains("'nonce-");
            assert_eq!(policy.contains(source), allowed && is_there, "{page}: {policy}");
            assert!(!policy.contains("img-src 'self' http"), "{policy}");
        }
    })
    .await;
}

#[tokio::test]
async fn outlines_are_handed_out_once_a_day_and_none_are_none() {
    const OUTLINES: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"包头市","code":"150200"},
        "geometry":{"type":"Polygon","coordinates":[[[109.1,40.2],[110.0,40.2],[110.0,41.0],[109.1,40.2]]]}}]}"#;
    const PATH: &str = "/api/v1/public/stations/outlines";
    App::each(&server::programmes(), async |app| {
        let mut phone = Client::new(server::router(app.house()).unwrap());
        let none: Value = phone.get(PATH).await.ok();
        assert_eq!(none, json!({ "type": "FeatureCollection", "features": [] }));
    })
    .await;
    let told = |told: &mut Told| told.settings.map.outlines = Some(Outlines::new(OUTLINES.into()));
    App::each_with(&server::programmes(), told, async |app| {
        let mut phone = Client::new(server::router(app.house()).unwrap());
        let answer = phone.get(PATH).await;
        assert_eq!(answer.headers["cache-control"], "public, max-age=86400");
        let tag = answer.headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(answer.json(), serde_json::from_str::<Value>(OUTLINES).unwrap());
        // As a proxy between may have changed the tag.
        for (known, status) in [
            (tag.clone(), StatusCode::NOT_MODIFIED),
            (format!("\"other\", W/{tag}"), StatusCode::NOT_MODIFIED),
            ("\"other\"".to_owned(), StatusCode::OK),
        ] {
            let headers = [("if-none-match", known.as_str())];
            let answer = phone.send(Method::GET, PATH, &headers, Body::empty()).await;
            assert_eq!(answer.status, status, "{known}");
            assert_eq!(answer.headers["etag"], tag.as_str());
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_place_is_refused_in_words() {
    App::each(&server::programmes(), async |app| {
        let mut phone = Client::new(server::router(app.house()).unwrap());
        for (asked, field) in [
            ("longitude=40.6&latitude=110", "latitude"),
            ("longitude=110&latitude=40.6&limit=51", "limit"),
            ("longitude=110&latitude=40.6&items=unknown", "items"),
        ] {
            let answer = phone.get(&format!("/api/v1/public/stations/nearest?{asked}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
            assert_eq!(answer.json()["fields"][0]["field"], field, "{}", answer.json());
        }
        for asked in ["", "longitude=110", "longitude=x&latitude=1", "longitude=110&latitude=40&system=mars"] {
            let answer = phone.get(&format!("/api/v1/public/stations/nearest?{asked}")).await;
            assert!(answer.status.is_client_error(), "{asked}");
        }
        let places: Value = phone.get("/api/v1/public/stations/places?q=%E4%B8%9C%E6%B2%B3").await.ok();
        assert_eq!(places["places"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_station_is_found_by_words_of_its_name_and_address_together() {
    App::each(&server::programmes(), async |app| {
        let _day = day(&app).await;
        let mut phone = Client::new(server::router(app.house()).unwrap());
        for (words, found) in
            [("东河 和平路", json!(["东河驿站"])), ("和平路 东河", json!(["东河驿站"])), ("东河 青年路", json!([]))]
        {
            let asked = format!("/api/v1/public/stations/places?q={}", encoded(words));
            let told: Value = phone.get(&asked).await.ok();
            let names = told["places"].as_array().unwrap().iter().map(|place| place["name"].clone());
            assert_eq!(names.collect::<Value>(), found);
        }
    })
    .await;
}
