//! Activities at a station and what visitors say of it, on the phones of those concerned.

use axum::http::Method;
use serde_json::{Value, json};
use testing::{App, Client};

use crate::stations::day;

async fn standing(phone: &mut Client) -> Value {
    let mine: Value = phone.get("/api/v1/me/station-activities").await.ok();
    mine[0]["standing"].clone()
}

#[tokio::test]
async fn whoever_waits_moves_up_and_whoever_comes_is_counted_once() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let form = json!({
            "station_id": day.station, "kind": "lecture", "title": "骑手急救课", "host": "市红十字会",
            "starts_at": "2026-07-01T02:00:00Z", "ends_at": "2026-07-01T04:00:00Z", "capacity": 1,
        });
        let made: Value = day.officer.post("/api/v1/station-activities", &form).await.ok();
        let own = format!("/api/v1/me/station-activities/{}", made["id"].as_str().unwrap());
        let (sign_up, give_up) = (format!("{own}/sign-up"), format!("{own}/give-up"));
        let nothing = json!({});
        assert_eq!(day.worker.post(&sign_up, &nothing).await.ok::<Value>()["standing"], "已报名");
        assert_eq!(day.worker.post(&sign_up, &nothing).await.code(), "activity_signed_up");
        day.master.post(&sign_up, &nothing).await;
        assert_eq!(standing(&mut day.master).await, "候补第1位，有人退出会自动递补");
        day.worker.post(&give_up, &nothing).await;
        assert_eq!(day.worker.post(&give_up, &nothing).await.code(), "activity_not_signed_up");
        assert_eq!(standing(&mut day.master).await, "已报名");
        assert_eq!(day.worker.post(&sign_up, &nothing).await.ok::<Value>()["waiting_place"], 1);
        let mut larger = form.clone();
        larger["capacity"] = json!(2);
        let path = format!("/api/v1/station-activities/{}", made["id"].as_str().unwrap());
        let changed = day.officer.send_json(Method::PUT, &path, &[("if-match", "\"1\"")], &larger).await;
        assert_eq!(changed.ok::<Value>()["seated"], 2);
        assert_eq!(standing(&mut day.worker).await, "已报名");

        let here: Value = day.master.get(&format!("/api/v1/me/stations/{}/activities", day.station)).await.ok();
        assert_eq!((here[0]["seated"].clone(), here[0]["attended"].clone()), (json!(2), json!(0)));
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let attend = format!("/api/v1/me/stations/{}/attendances", day.station);
        let came = json!({ "activity_id": made["id"], "code": shown["text"] });
        let first: Value = day.master.post(&attend, &came).await.ok();
        assert_eq!((first["counted_before"].clone(), first["signed_up"].clone()), (json!(false), json!(true)));
        assert_eq!(day.master.post(&attend, &came).await.ok::<Value>()["counted_before"], true);
        assert_eq!(day.times("station_activity").await, 1);
        assert_eq!(standing(&mut day.worker).await, "已参加");
        let signed: Value = day.officer.get(&format!("{path}/signups")).await.ok();
        assert!(signed[0]["name"].as_str().unwrap().contains('*'));
        assert_eq!(day.officer.post(&format!("{path}/cancel"), &json!({ "reason": "讲师生病" })).await.status, 200);
        assert_eq!(day.master.post(&attend, &came).await.code(), "activity_cancelled");
    })
    .await;
}

#[tokio::test]
async fn what_visitors_say_is_answered_read_by_all_and_hidden_for_a_reason() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shown: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let visit = json!({ "sent_as": "phone-1-0001", "code": shown["text"] });
        assert!(day.enter(visit).await.status.is_success());
        let visits: Value = day.worker.get("/api/v1/me/station-visits").await.ok();
        let id = visits[0]["id"].as_str().unwrap();
        let rate = format!("/api/v1/me/station-visits/{id}/rate");
        let said = |points: i64| json!({ "points": points, "said": "微波炉好用，站长热心" });
        assert_eq!(day.master.post(&rate, &said(1)).await.status, 404);
        assert_eq!(day.worker.post(&rate, &said(6)).await.json()["fields"][0]["field"], "points");
        assert!(day.worker.post(&rate, &said(3)).await.status.is_success());
        assert_eq!(day.worker.post(&rate, &said(4)).await.ok::<Value>()["points"], 4);
        let here: Value = day.master.get(&format!("/api/v1/me/stations/{}/ratings", day.station)).await.ok();
        let reply = json!({ "id": here[0]["id"], "reply": "谢谢，常来歇脚" });
        assert!(
            day.master.post(&format!("/api/v1/me/stations/{}/reply", day.station), &reply).await.status.is_success()
        );
        assert_eq!(day.worker.post(&rate, &said(5)).await.code(), "rating_settled");
        let public = format!("/api/v1/public/stations/{}/ratings", day.station);
        let mut anybody = Client::new(server::router(app.house()).unwrap());
        let read: Value = anybody.get(&public).await.ok();
        assert_eq!(
            (read["average"].clone(), read["comments"][0]["reply"].clone()),
            (json!("4.0分"), reply["reply"].clone())
        );
        let hide = format!("/api/v1/stations/{}/hide-rating", day.station);
        let why = json!({ "id": id, "reason": "含广告" });
        assert!(day.officer.post(&hide, &why).await.status.is_success());
        assert_eq!(day.officer.post(&hide, &why).await.code(), "rating_hidden");
        assert_eq!(anybody.get(&public).await.ok::<Value>()["number"], 0);
    })
    .await;
}
