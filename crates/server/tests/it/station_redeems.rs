//! A station of the register as a place of redemption: picked once, redeeming on its master's phone, following the register.

use axum::http::StatusCode;
use kernel::organisation::Level;
use serde_json::{Value, json};
use testing::App;

use crate::{
    benefit::round,
    roles::{found, officer},
    settlement::key_of,
    stations::{Day, day},
    stock::send_file,
};

/// The station as a place of redemption, whatever else the form says of it.
async fn place(day: &mut Day) -> Value {
    let form =
        json!({ "organisation_id": day.county, "site_id": day.station, "name": "", "kind": "shop", "active": true });
    day.officer.post("/api/v1/benefit-partners", &form).await.ok()
}

/// Meals that are handed over at the station, one of them claimed by the worker: his voucher.
async fn claimed(day: &mut Day, place: &Value) -> String {
    let form = json!({
        "organisation_id": day.county, "kind": "meal", "title": "夏日爱心餐", "unit_fen": 1500,
        "redeem_from": "2026-07-01", "redeem_until": "2026-07-31", "places": [place["id"]],
        "rounds": [{ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": 5 }],
    });
    let offer: Value = day.officer.post("/api/v1/benefit-offers", &form).await.ok();
    let path = format!("/api/v1/benefit-offers/{}/publish", offer["id"].as_str().unwrap());
    let offer: Value = day.officer.post(&path, &json!({})).await.ok();
    let path = format!("/api/v1/me/benefit-rounds/{}/claim", round(&offer));
    let voucher: Value = day.worker.post(&path, &json!({})).await.ok();
    voucher["voucher_id"].as_str().unwrap().to_owned()
}

async fn shown(day: &mut Day, voucher: &str) -> Value {
    day.worker.get(&format!("/api/v1/me/vouchers/{voucher}")).await.ok()
}

#[tokio::test]
async fn a_master_redeems_at_his_own_station_and_nobody_else_does() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let place = place(&mut day).await;
        assert_eq!((&place["name"], &place["code"], &place["kind"]), (&json!("东河驿站"), &json!("BT-001"), &json!("station")));
        let again = json!({ "organisation_id": day.county, "site_id": day.station, "name": "", "kind": "shop", "active": true });
        assert_eq!(day.officer.post("/api/v1/benefit-partners", &again).await.json()["fields"][0]["code"], "site_known");
        // Whose union it isn't learns nothing of it.
        let neighbour = found(&app, None, "150300", "乌海市总工会", Level::Prefecture).await;
        let mut stranger = officer(&app, "stranger", "业务干部", neighbour).await;
        let theirs = json!({ "organisation_id": neighbour, "site_id": day.station, "name": "", "kind": "shop", "active": true });
        assert_eq!(stranger.post("/api/v1/benefit-partners", &theirs).await.status, StatusCode::NOT_FOUND);

        let voucher = claimed(&mut day, &place).await;
        let mine = shown(&mut day, &voucher).await;
        assert_eq!((&mine["places"][0]["site_id"], &mine["places"][0]["shut"]), (&json!(day.station), &Value::Null));
        let scan = json!({ "partner_id": place["id"], "code": mine["code"] });
        let places: Value = day.master.get("/api/v1/me/redemption-places").await.ok();
        assert_eq!((&places[0]["site_id"], &places[0]["redeemed_today"]), (&json!(day.station), &json!(0)));
        let looked: Value = day.master.post("/api/v1/me/redemptions/look", &scan).await.ok();
        assert_eq!((&looked["place"], &looked["redeemed_at"]), (&json!("东河驿站"), &Value::Null));
        let typed = json!({ "partner_id": place["id"], "code": mine["typed_code"] });
        assert_eq!(day.master.post("/api/v1/me/redemptions/look", &typed).await.ok::<Value>(), looked);
        // The holder has no post there.
        assert_eq!(day.worker.get("/api/v1/me/redemption-places").await.json(), json!([]));
        for path in ["/api/v1/me/redemptions/look", "/api/v1/me/redemptions"] {
            assert_eq!(day.worker.post(path, &scan).await.status, StatusCode::NOT_FOUND);
        }
        let done: Value = day.master.post("/api/v1/me/redemptions", &scan).await.ok();
        assert!(done["redeemed_at"].is_string(), "{done}");
        assert_eq!(day.times("love_meal").await, 1);
        let records: Value = day.worker.get("/api/v1/me/records").await.ok();
        let meal = records["items"].as_array().unwrap().iter().find(|row| row["kind"] == "love_meal").unwrap();
        assert_eq!(meal["place"], json!({ "name": "东河驿站", "is_open": true }));
        let meals = day.of_the_year("redeemed").await;
        assert_eq!((&meals["label"], &meals["unit"], &meals["sum"]), (&json!("爱心餐"), &json!("份"), &json!(1)));
        let list: Value = day.officer.get("/api/v1/benefit-redemptions").await.ok();
        let by = list["items"][0]["by"].as_str().unwrap();
        assert!(by.contains('*') && by.ends_with("（手机核销）"), "{list}");
        // The station's figure opens what it counted.
        let of = async |day: &mut Day, asked: String| {
            let list: Value = day.officer.get(&format!("/api/v1/benefit-redemptions?{asked}")).await.ok();
            list["total"].clone()
        };
        let here = format!("site={}&from=2026-07-01&to=2026-07-31&taken_back=false", day.station);
        assert_eq!(of(&mut day, format!("{here}&kind=meal")).await, json!(1));
        assert_eq!(of(&mut day, format!("{here}&kind=kit")).await, json!(0));
        let elsewhere = format!("site={}", day.county);
        assert_eq!(of(&mut day, elsewhere).await, json!(0));
        assert_eq!(day.master.post("/api/v1/me/redemptions", &scan).await.code(), "already_redeemed");
        let places: Value = day.master.get("/api/v1/me/redemption-places").await.ok();
        assert_eq!((&places[0]["redeemed_today"], &places[0]["latest"][0]["title"]), (&json!(1), &json!("夏日爱心餐")));
        // Taken back, it is nothing that was handed over there.
        let back = format!("/api/v1/benefit-claims/{voucher}/take-back");
        assert!(day.officer.post(&back, &json!({ "reason": "误扫" })).await.status.is_success());
        assert_ne!(day.of_the_year("redeemed").await["sum"], json!(1));
        let places: Value = day.master.get("/api/v1/me/redemption-places").await.ok();
        assert_eq!(places[0]["redeemed_today"], 0);
    })
    .await;
}

/// Another station of the county, not opened yet; its key.
pub(crate) async fn built(day: &mut Day, code: &str) -> String {
    let hours = json!({ "week": [[], [], [], [], [], [], []], "self_service": true });
    let form = json!({
        "organisation_id": day.county, "code": code, "name": format!("{code}号驿站"), "kind": "own",
        "access": "everyone", "address": "和平路2号", "position": { "longitude": 110.0, "latitude": 40.6 }, "area": 30,
        "capacity": 20, "hours": hours, "items": ["microwave"],
    });
    let made: Value = day.officer.post("/api/v1/stations", &form).await.ok();
    made["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn all_stations_of_a_union_become_places_by_one_act() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        place(&mut day).await;
        let gone = built(&mut day, "BT-002").await;
        let why = json!({ "reason": "场地到期" });
        assert!(day.officer.post(&format!("/api/v1/stations/{gone}/close"), &why).await.status.is_success());
        let new = [built(&mut day, "BT-003").await, built(&mut day, "BT-004").await];
        let neighbour = found(&app, None, "150300", "乌海市总工会", Level::Prefecture).await;
        let mut stranger = officer(&app, "stranger", "业务干部", neighbour).await;
        let (path, form) = ("/api/v1/benefit-partners/stations", json!({ "organisation_id": day.county }));
        assert_eq!(stranger.post(path, &form).await.status, StatusCode::NOT_FOUND);

        // One was a place before, and one is closed for good.
        let answer: Value = day.officer.post(path, &form).await.ok();
        assert_eq!(answer, json!({ "added": 2, "known": 1 }));
        let answer: Value = day.officer.post(path, &form).await.ok();
        assert_eq!(answer, json!({ "added": 0, "known": 3 }));
        let listed: Value = day.officer.get("/api/v1/benefit-partners").await.ok();
        let last = &listed["items"][0];
        assert_eq!(
            (&listed["total"], &last["site_id"], &last["name"]),
            (&json!(3), &json!(new[1]), &json!("BT-004号驿站"))
        );
        assert_eq!((&last["kind"], &last["active"]), (&json!("station"), &json!(true)));
        // From then on each follows the register, as one that was written down by itself.
        assert!(day.officer.post(&format!("/api/v1/stations/{}/close", new[1]), &why).await.status.is_success());
        app.settle().await;
        let listed: Value = day.officer.get("/api/v1/benefit-partners?active=true").await.ok();
        assert_eq!(listed["total"], 2, "{listed}");
        drop(stranger);
    })
    .await;
}

#[tokio::test]
async fn nobody_hands_over_to_himself() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let place = place(&mut day).await;
        // It is the master who claims, by the phone with which he redeems.
        let mut colleague = std::mem::replace(&mut day.worker, day.master.clone());
        let voucher = claimed(&mut day, &place).await;
        let mine = shown(&mut day, &voucher).await;
        let scan = json!({ "partner_id": place["id"], "code": mine["code"] });
        for path in ["/api/v1/me/redemptions/look", "/api/v1/me/redemptions"] {
            assert_eq!(day.master.post(path, &scan).await.code(), "own_voucher");
        }
        // Not by the place's link in the same browser, either; in another's it does.
        let key = key_of(&mut day.officer, &place).await;
        let scan = json!({ "key": key, "code": mine["code"] });
        assert_eq!(day.master.post("/api/v1/public/redemptions", &scan).await.code(), "own_voucher");
        assert_eq!(day.times("love_meal").await, 0);
        assert!(colleague.post("/api/v1/public/redemptions", &scan).await.status.is_success());
        assert_eq!(day.times("love_meal").await, 1);
        drop(colleague);
    })
    .await;
}

#[tokio::test]
async fn what_the_register_says_holds_for_the_place_of_redemption() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let place = place(&mut day).await;
        let voucher = claimed(&mut day, &place).await;
        day.change(|form| {
            form["name"] = json!("东河劳动者驿站");
            form["address"] = json!("和平路9号");
        })
        .await;
        app.settle().await;
        let mine = shown(&mut day, &voucher).await;
        let known = &mine["places"][0];
        assert_eq!((&known["name"], &known["address"]), (&json!("东河劳动者驿站"), &json!("和平路9号")));
        let path = format!("/api/v1/stations/{}", day.station);

        // A pause is told to whoever holds a voucher; whoever stands in the door may be served all the same.
        let why = json!({ "reason": "设备检修", "until": "2026-07-03" });
        assert!(day.officer.post(&format!("{path}/pause"), &why).await.status.is_success());
        app.settle().await;
        let mine = shown(&mut day, &voucher).await;
        assert_eq!(mine["places"][0]["shut"], "暂停开放（设备检修），至7月3日");
        let scan = json!({ "partner_id": place["id"], "code": mine["code"] });
        assert!(day.master.post("/api/v1/me/redemptions/look", &scan).await.status.is_success());

        // Closed for good, it redeems nothing and can't be made to.
        let why = json!({ "reason": "场地到期" });
        assert!(day.officer.post(&format!("{path}/close"), &why).await.status.is_success());
        app.settle().await;
        assert_eq!(shown(&mut day, &voucher).await["places"][0]["shut"], "已撤销（场地到期）");
        assert_eq!(day.master.post("/api/v1/me/redemptions", &scan).await.status, StatusCode::NOT_FOUND);
        let listed: Value = day.officer.get("/api/v1/benefit-partners").await.ok();
        let mut place = listed["items"][0].clone();
        assert_eq!((&place["active"], &place["shut"]), (&json!(false), &json!("已撤销（场地到期）")));
        place["active"] = json!(true);
        let path = format!("/api/v1/benefit-partners/{}", place["id"].as_str().unwrap());
        let refused = day.officer.put(&path, &place).await;
        assert_eq!(refused.json()["fields"][0]["code"], "site_closed");
    })
    .await;
}

/// Brings a station in by a file; the file as it is taken back.
pub(crate) async fn brought_in(day: &mut Day) -> String {
    let table = "驿站编号,驿站名称,地址\nBT-009,误导入驿站,和平路9号\n";
    let county = day.county.parse().unwrap();
    let sent = send_file(&mut day.officer, "stations/import", county, "驿站.csv", table.as_bytes()).await;
    assert_eq!(sent["new"], 1, "{sent}");
    let files: Value = day.officer.get("/api/v1/station-files").await.ok();
    format!("/api/v1/station-files/{}/undo", files["items"][0]["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_station_that_was_brought_in_by_mistake_redeems_nothing_once_it_is_removed() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let path = brought_in(&mut day).await;
        let form = json!({ "organisation_id": day.county });
        let _: Value = day.officer.post("/api/v1/benefit-partners/stations", &form).await.ok();
        let undone: Value = day.officer.post(&path, &json!({ "reason": "传错了文件" })).await.ok();
        assert_eq!((&undone["removed"], &undone["rows"][0]["code"]), (&json!(1), &json!("BT-009")));
        app.settle().await;
        let listed: Value = day.officer.get("/api/v1/benefit-partners?active=false").await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["name"]), (&json!(1), &json!("误导入驿站")), "{listed}");
    })
    .await;
}
