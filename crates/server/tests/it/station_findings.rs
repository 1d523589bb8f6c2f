//! What inspections found, mended by the master on his phone.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    roles,
    station_moved::another,
    stations::{Day, day, done},
    stock::send_file,
};

/// The smallest that passes for a picture.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01";

async fn photo(phone: &mut Client, station: &str, bytes: &[u8]) -> Answer {
    phone.post_form(&format!("/api/v1/me/stations/{station}/photos"), &[], &[], ("IMG_1.png", bytes)).await
}

#[tokio::test]
async fn a_photo_is_read_from_the_master_alone_and_no_further_than_it_may_be_long() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let path = format!("/api/v1/me/stations/{}/photos", day.station);
        let headers = [("content-type", "multipart/form-data; boundary=edge")];
        let no_form = || Body::from("--edge\r\n");
        assert_eq!(day.worker.send(Method::POST, &path, &headers, no_form()).await.code(), "not_found");
        assert_eq!(day.master.send(Method::POST, &path, &headers, no_form()).await.code(), "broken_upload");
        // Behind what is too long stands a photo that could be taken.
        let disposition = "\r\n--edge\r\ncontent-disposition: form-data; name=";
        let photo = format!("{disposition}\"file\"; filename=\"IMG_1.png\"\r\n\r\n");
        for (name, length) in [("file\"; filename=\"IMG_0.png", 11 << 20), ("else", 1 << 20)] {
            let head = format!("{disposition}\"{name}\"\r\n\r\n");
            let long = vec![b'x'; length];
            let body = [head.as_bytes(), &long, photo.as_bytes(), PNG, b"\r\n--edge--\r\n"].concat();
            let answer = day.master.send(Method::POST, &path, &headers, Body::from(body)).await;
            assert_eq!(answer.code(), "attachment_too_large", "{name}");
        }
    })
    .await;
}

/// Something that an inspection found; its key.
pub(crate) async fn found(day: &mut Day) -> Value {
    inspected(day, "unannounced").await["found"][0]["id"].clone()
}

/// An inspection that found something.
async fn inspected(day: &mut Day, kind: &str) -> Value {
    let plan = json!({ "station_id": day.station, "kind": kind, "planned_on": "2026-07-01", "team": "检查组" });
    let plan: Value = day.officer.post("/api/v1/station-inspections", &plan).await.ok();
    let path = format!("/api/v1/station-inspections/{}", plan["id"].as_str().unwrap());
    let sheet: Value = day.officer.get(&path).await.ok();
    let items = sheet["marks"].as_array().unwrap();
    let marks: Vec<Value> = items.iter().map(|one| json!({ "code": one["code"], "score": one["weight"] })).collect();
    let found = json!([{ "code": "norm_clean", "wrong": "桌面不净", "mend_by": "2026-07-08" }]);
    let result = json!({ "done_on": "2026-07-01", "marks": marks, "found": found });
    day.officer.post(&format!("{path}/finish"), &result).await.ok()
}

#[tokio::test]
async fn what_was_counted_at_another_union_is_taken_back_there() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let inspection = inspected(&mut day, "planned").await;
        let came: Value = day.enter(json!({ "sent_as": "phone-1-0001", "quantity": 3 })).await.ok();
        let counted = async |day: &mut Day| (day.times("station_inspected").await, day.times("station_visit").await);
        assert_eq!(counted(&mut day).await, (1, 3));
        // Another union answers for the station since, and its officer sees nothing else of the first one's.
        let other = another(&app).await;
        day.change(|form| form["organisation_id"] = json!(other)).await;
        let mut officer = roles::officer(&app, "other", "业务干部", other).await;
        let path = format!("/api/v1/station-inspections/{}/take-back", inspection["id"].as_str().unwrap());
        done(&officer.post(&path, &json!({ "reason": "登记错了驿站" })).await);
        assert_eq!(counted(&mut day).await, (0, 3));
        let back = json!({ "entry_id": came["entry"]["id"], "reason": "登记错了驿站" });
        done(&officer.post(&format!("/api/v1/stations/{}/take-back", day.station), &back).await);
        assert_eq!(counted(&mut day).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_look_round_is_proved_by_the_masters_own_photo() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let path = format!("/api/v1/me/stations/{}", day.station);
        let duty: Value = day.master.get(&path).await.ok();
        let stored: Value = photo(&mut day.master, &day.station, PNG).await.ok();
        let shown = json!([{ "attachment_id": stored["id"], "caption": "开站" }]);
        let points = json!([{ "code": duty["checks"][0]["code"], "ok": true }]);
        let look =
            |photos: Value| json!({ "sent_as": "round-0001", "kind": "opening", "points": points, "photos": photos });
        let rounds = format!("{path}/rounds");
        let strange = look(json!([{ "attachment_id": "1", "caption": "" }]));
        assert_eq!(day.master.post(&rounds, &strange).await.json()["fields"][0]["code"], "unknown_photo");
        let done: Value = day.master.post(&rounds, &look(shown.clone())).await.ok();
        assert_eq!(done["photos"], shown);
        let seen: Value = day.officer.get(&format!("/api/v1/stations/{}/rounds", day.station)).await.ok();
        assert_eq!(seen["items"][0]["photos"], shown);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_late_at_a_station_that_was_closed() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        found(&mut day).await;
        let plan =
            json!({ "station_id": day.station, "kind": "planned", "planned_on": "2026-07-02", "team": "检查组" });
        done(&day.officer.post("/api/v1/station-inspections", &plan).await);
        app.pass(TimeDelta::days(9));
        done(&day.officer.log_in("officer", roles::PASSWORD).await);
        let late = async |day: &mut Day| {
            let overdue: Value = day.officer.get("/api/v1/station-findings?standing=overdue").await.ok();
            let findings: Value = day.officer.get("/api/v1/station-findings").await.ok();
            let inspections: Value = day.officer.get("/api/v1/station-inspections?state=planned").await.ok();
            json!([overdue["total"], findings["items"][0]["days_late"], inspections["items"][0]["late"]])
        };
        assert_eq!(late(&mut day).await, json!([1, 2, true]));
        let close = format!("/api/v1/stations/{}/close", day.station);
        done(&day.officer.post(&close, &json!({ "reason": "房屋租期已满" })).await);
        assert_eq!(late(&mut day).await, json!([0, 0, false]));
    })
    .await;
}

#[tokio::test]
async fn the_master_mends_with_photos_and_the_inspector_confirms() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let station = day.station.clone();
        let list = format!("/api/v1/me/stations/{station}/findings");
        let mend = format!("/api/v1/me/stations/{station}/mendings");
        assert_eq!(day.master.get(&list).await.ok::<Value>(), json!([]));
        let id = found(&mut day).await;
        let open: Value = day.master.get(&list).await.ok();
        assert_eq!((&open[0]["wrong"], &open[0]["mend_by"]), (&json!("桌面不净"), &json!("2026-07-08")));
        let duty: Value = day.master.get(&format!("/api/v1/me/stations/{station}")).await.ok();
        assert_eq!(duty["findings"], 1);

        assert_eq!(photo(&mut day.master, &station, b"%PDF-1.7").await.code(), "photo_type");
        assert_eq!(photo(&mut day.master, &station, b"").await.code(), "attachment_empty");
        assert_eq!(photo(&mut day.worker, &station, PNG).await.status, StatusCode::NOT_FOUND);
        let stored: Value = photo(&mut day.master, &station, PNG).await.ok();
        let form = |proof: Value| json!({ "finding_id": id, "mending": "已清洗桌面", "proof": proof });
        let bare = day.master.post(&mend, &form(json!([]))).await.json();
        assert_eq!(bare["fields"][0]["field"], "proof");
        // A photo that somebody else handed in proves nothing.
        let county = day.county.parse().unwrap();
        let foreign = send_file(&mut day.officer, "attachments", county, "a.png", PNG).await;
        let claimed = form(json!([{ "attachment_id": foreign["id"], "caption": "整改后" }]));
        assert_eq!(day.master.post(&mend, &claimed).await.json()["fields"][0]["code"], "unknown_photo");

        let proved = form(json!([{ "attachment_id": stored["id"], "caption": "整改后" }]));
        assert_eq!(day.worker.post(&mend, &proved).await.status, StatusCode::NOT_FOUND);
        let said: Value = day.master.post(&mend, &proved).await.ok();
        assert_eq!((&said["state"], &said["mending"]), (&json!("reported"), &json!("已清洗桌面")));
        let duty: Value = day.master.get(&format!("/api/v1/me/stations/{station}")).await.ok();
        assert_eq!(duty["findings"], 0);
        // The officer sees the picture, sends it back, and confirms it at last.
        let picture = format!("/api/v1/attachments/{}", stored["id"].as_str().unwrap());
        assert_eq!(day.officer.get(&picture).await.body, PNG);
        let mine: Value = day.master.get("/api/v1/me/privacy").await.ok();
        let look = &mine["looked"][0];
        let told = (&look["action_label"], &look["who"], &look["union"]);
        assert_eq!(told, (&json!("下载附件"), &json!("officer"), &json!("自治区总工会")));
        let judge = format!("/api/v1/station-findings/{}/judge", id.as_str().unwrap());
        let back = json!({ "mended": false, "answer": "看不清楚" });
        assert!(day.officer.post(&judge, &back).await.status.is_success());
        assert_eq!(day.master.get(&list).await.ok::<Value>()[0]["answer"], "看不清楚");
        assert!(day.master.post(&mend, &proved).await.status.is_success());
        assert!(day.officer.post(&judge, &json!({ "mended": true })).await.status.is_success());
        assert_eq!(day.master.get(&list).await.ok::<Value>(), json!([]));
        assert_eq!(day.master.post(&mend, &proved).await.code(), "finding_mended");
    })
    .await;
}
