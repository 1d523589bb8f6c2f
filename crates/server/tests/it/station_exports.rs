//! What is done at stations leaves as a workbook, as the lists show it: without the words and names that stay here.

use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    cupboard::gloves,
    station_findings::found,
    station_redeems::brought_in,
    stations::{day, done},
};

/// The rows of a list that pass a filter, as a file holds them.
async fn rows(officer: &mut Client, of: &str, filter: Value) -> Vec<String> {
    let form = json!({ "format": "csv", "filter": filter });
    let (made, file) = officer.take_away(&format!("/api/v1/station-{of}/exports"), &form).await;
    let text = String::from_utf8(file.to_vec()).unwrap();
    let many = usize::try_from(made["rows"].as_u64().unwrap()).unwrap();
    text.lines().skip(1).take(many).map(str::to_owned).collect()
}

/// One row, which begins so.
async fn one(officer: &mut Client, of: &str, filter: Value, begins: &str) -> String {
    let mut all = rows(officer, of, filter).await;
    assert_eq!(all.len(), 1, "{all:?}");
    let row = all.remove(0);
    assert!(row.starts_with(begins), "{row}");
    row
}

#[tokio::test]
async fn what_officials_and_masters_wrote_down_leaves_without_what_was_said() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let guest = json!({
            "station_id": day.station, "name": "王建国", "office": "市人社局副局长", "day": "2026-07-01", "activities": 2,
            "did": "宣讲工伤保险",
            "requests": [{ "kind": "platform", "group": "courier", "wish": "雨天配送时限能不能放宽" }],
        });
        done(&day.officer.post("/api/v1/station-guests", &guest).await);
        let incident = json!({
            "sent_as": "incident-0001", "kind": "heat_stroke", "what": "骑手进站后头晕", "did": "降温、补水", "ambulance": true,
            "helped": "张师傅 13800000000",
        });
        done(&day.master.post(&format!("/api/v1/me/stations/{}/incidents", day.station), &incident).await);
        let officer = &mut day.officer;
        let period = json!({ "from": "2026-07-01", "to": "2026-07-01", "station": day.station });
        let begins = "2026-07-01,王建国,市人社局副局长,东河驿站,东河区总工会,宣讲工伤保险,2,1";
        one(officer, "guests", period.clone(), begins).await;
        assert!(rows(officer, "guests", json!({ "q": "司法" })).await.is_empty());

        let period = json!({ "q": "BT-001", "from": "2026-07-01", "to": "2026-07-01" });
        let begins = "2026-07-01,BT-001,东河驿站,东河区总工会,平台规则,快递员,王建国（市人社局副局长）";
        let row = one(officer, "requests", period, begins).await;
        assert!(!row.contains("雨天"), "{row}");
        assert!(rows(officer, "requests", json!({ "kind": "pay" })).await.is_empty());

        let begins = "2026-07-01,BT-001,东河驿站,东河区总工会,";
        let row = one(officer, "incidents", json!({ "open": true, "organisation": day.county }), begins).await;
        assert!(row.contains(",是,是,,") && !row.contains("头晕") && !row.contains("13800000000"), "{row}");
        assert!(rows(officer, "incidents", json!({ "open": false })).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn inspections_leave_with_what_they_found_and_unannounced_ones_once_they_were_done() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        found(&mut day).await;
        let plan =
            json!({ "station_id": day.station, "kind": "unannounced", "planned_on": "2026-07-02", "team": "检查组" });
        done(&day.officer.post("/api/v1/station-inspections", &plan).await);
        let listed: Value = day.officer.get("/api/v1/station-inspections").await.ok();
        assert_eq!(listed["total"], 2);
        let begins = "2026-07-01,BT-001,东河驿站,东河区总工会,暗访抽查,已完成,检查组,";
        let row = one(&mut day.officer, "inspections", json!({}), begins).await;
        assert!(row.contains(",1,1,桌面不净（") && row.contains("期限2026-07-08"), "{row}");
        assert!(rows(&mut day.officer, "inspections", json!({ "state": "planned" })).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn taking_a_file_back_names_what_hangs_on_a_station_but_no_inspection_that_comes_unannounced() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let path = brought_in(&mut day).await;
        let stations: Value = day.officer.get("/api/v1/stations?q=BT-009").await.ok();
        for (kind, hangs) in [("unannounced", "驿站已有其他记录"), ("planned", "驿站已有标准检查")] {
            let plan = json!({
                "station_id": stations["items"][0]["id"], "kind": kind, "planned_on": "2026-07-02", "team": "检查组",
            });
            done(&day.officer.post("/api/v1/station-inspections", &plan).await);
            let undo: Value = day.officer.get(&path).await.ok();
            assert!(undo["rows"][0]["words"].as_str().unwrap().starts_with(hangs), "{undo}");
        }
    })
    .await;
}

#[tokio::test]
async fn activities_gifts_and_supplies_leave_with_their_numbers() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let lecture = json!({
            "station_id": day.station, "kind": "lecture", "title": "骑手急救课", "host": "市红十字会",
            "starts_at": "2026-07-01T02:00:00Z", "ends_at": "2026-07-01T04:00:00Z", "capacity": 5,
        });
        let made: Value = day.officer.post("/api/v1/station-activities", &lecture).await.ok();
        let sign_up = format!("/api/v1/me/station-activities/{}/sign-up", made["id"].as_str().unwrap());
        done(&day.worker.post(&sign_up, &json!({})).await);
        let begins =
            "2026-07-01 10:00,2026-07-01 12:00,BT-001,东河驿站,东河区总工会,讲座,骑手急救课,市红十字会,5,1,0,0";
        one(&mut day.officer, "activities", json!({ "over": false, "station": day.station }), begins).await;
        assert!(rows(&mut day.officer, "activities", json!({ "over": true })).await.is_empty());

        let gift = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gift["id"].as_str().unwrap());
        let claim: Value = day.worker.post(&reserve, &json!({ "quantity": 1 })).await.ok();
        let here = format!("/api/v1/me/stations/{}", day.station);
        let claim = json!({ "claim_id": claim["id"] });
        done(&day.master.post(&format!("{here}/gift-hand-over"), &claim).await);
        let begins = "2026-07-01,BT-001,东河驿站,东河区总工会,骑行手套,鹿城体育,双,3,1,2,1,可领";
        one(&mut day.officer, "gifts", json!({ "left": true }), begins).await;
        assert!(rows(&mut day.officer, "gifts", json!({ "q": "雨衣" })).await.is_empty());

        let receipt = json!({
            "sent_as": "receipt-0001", "kind": "medicine", "name": "创可贴", "unit": "盒", "least": 5, "quantity": 3,
            "expires_on": "2026-07-20",
        });
        done(&day.master.post(&format!("{here}/supplies"), &receipt).await);
        let begins = "BT-001,东河驿站,东河区总工会,药品,创可贴,盒,3,5,是,3,0,2026-07-20";
        one(&mut day.officer, "supplies", json!({ "warning": "low" }), begins).await;
        assert!(rows(&mut day.officer, "supplies", json!({ "warning": "expired" })).await.is_empty());
        let old = json!({
            "sent_as": "receipt-0002", "kind": "medicine", "name": "创可贴", "unit": "盒", "least": 5, "quantity": 2,
            "expires_on": "2026-07-01",
        });
        done(&day.master.post(&format!("{here}/supplies"), &old).await);
        app.write("UPDATE station_batch SET expires_on = '2026-06-30' WHERE expires_on = '2026-07-01'").await;
        // As on the page, the next to expire is not what has expired.
        let begins = "BT-001,东河驿站,东河区总工会,药品,创可贴,盒,3,5,是,3,2,2026-07-20";
        one(&mut day.officer, "supplies", json!({ "warning": "expired" }), begins).await;
    })
    .await;
}
