//! What a worker sees of himself on his phone, and what he may ask.

use axum::http::StatusCode;
use chrono::{DateTime, TimeZone, Utc};
use kernel::{etag::IfMatch, rulebook};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    hall::let_officers_approve,
    join::{by_phone, hall, rider},
};

#[tokio::test]
async fn a_member_sees_card_union_and_record() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone) = rider(&app).await;
        let me: Value = phone.get("/api/v1/me").await.ok();
        assert!(me["name"].as_str().unwrap().contains('*'));
        assert_eq!((&me["member"]["state"], &me["member"]["since"]), (&json!("normal"), &json!("2026-07-01")));
        let card: Value = phone.get("/api/v1/me/card").await.ok();
        assert!(card["qr_svg"].as_str().unwrap().ends_with("</svg>"));
        assert_eq!(card["valid_until"], "2026-07-01T09:02:00+08:00");
        assert!(phone.get("/api/v1/me/card.pdf").await.body.starts_with(b"%PDF"));
        let union: Value = phone.get("/api/v1/me/union").await.ok();
        assert!(union.to_string().contains("骑手联合工会"), "{union}");
        assert_eq!(union["members"], 1);
        let records: Value = phone.get("/api/v1/me/records").await.ok();
        assert!(records["items"].as_array().unwrap().iter().any(|row| row["kind"] == "member_joined"), "{records}");
        let dues = json!({
            "member_ids": [me["member"]["id"]], "month": "2026-07-01", "amount_fen": 1_000, "paid_on": "2026-07-01",
        });
        let entered: Value = hall.officer.post("/api/v1/dues", &dues).await.ok();
        assert_eq!(entered["entered"], 1, "{entered}");
        let mine: Value = phone.get("/api/v1/me/dues").await.ok();
        assert_eq!((&mine["this_year_fen"], &mine["months"][0]["month"]), (&json!(1_000), &json!("2026-07-01")));
    })
    .await;
}

#[tokio::test]
async fn who_was_not_approved_reads_why() {
    App::each(&server::programmes(), async |app| {
        let mut hall = hall(&app).await;
        let path = format!("/api/v1/events/{}", hall.event["id"].as_str().unwrap());
        let_officers_approve(&mut hall, &path).await;
        let (mut phone, _, answer) = by_phone(&app, &hall, 1).await;
        assert_eq!(answer.ok::<Value>()["state"], "applied");
        let me: Value = phone.get("/api/v1/me").await.ok();
        assert_eq!(me["member"]["refused_because"], Value::Null);
        let refuse = format!("/api/v1/members/{}/refuse", me["member"]["id"].as_str().unwrap());
        let why = json!({ "reason": "证件照片不清楚" });
        assert!(hall.officer.post(&refuse, &why).await.status.is_success());
        let me: Value = phone.get("/api/v1/me").await.ok();
        assert_eq!((&me["member"]["state"], &me["member"]["refused_because"]), (&json!("refused"), &why["reason"]));
        // He may still call, but how many members the union has is for them to know.
        let union: Value = phone.get("/api/v1/me/union").await.ok();
        assert_eq!((&union["name"], &union["members"]), (&json!("骑手联合工会"), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_is_shown_exported_and_asked_about() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone) = rider(&app).await;
        let kept: Value = phone.get("/api/v1/me/privacy").await.ok();
        assert!(!kept.to_string().contains(&people::number(1)) && !kept.to_string().contains(&people::phone(1)));
        assert_eq!(kept["consents"][0]["purpose"], "membership");
        let file = phone.post("/api/v1/me/privacy/export", &json!({})).await;
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let mine = &file.json()["person"];
        assert_eq!(mine["papers"][0]["number"], json!(people::number(1)));
        assert_eq!((&mine["papers"][0]["kind"], &mine["worker_group"]), (&json!("居民身份证"), &json!("外卖配送员")));
        assert_eq!(file.json()["memberships"][0]["history"].as_array().unwrap().len(), 2);
        for _ in 1..6 {
            assert_eq!(phone.post("/api/v1/me/privacy/export", &json!({})).await.status, StatusCode::OK);
        }
        assert_eq!(phone.post("/api/v1/me/privacy/export", &json!({})).await.code(), "too_often");
        let empty = json!({ "kind": "correct", "text": " " });
        assert_eq!(phone.post("/api/v1/me/privacy/requests", &empty).await.json()["fields"][0]["field"], "text");
        let wish = json!({ "kind": "delete", "text": "请删除我的旧手机号" });
        let asked = phone.post("/api/v1/me/privacy/requests", &wish).await;
        assert_eq!((asked.status, asked.json()["due_on"].clone()), (StatusCode::CREATED, json!("2026-07-22")));
        assert_eq!(phone.post("/api/v1/me/privacy/requests", &wish).await.code(), "privacy_waiting");
        let waiting: Value = hall.officer.get("/api/v1/privacy-requests?state=waiting").await.ok();
        assert_eq!(waiting["items"][0]["text"], wish["text"]);
        // Paused while his own word is awaited: he reads why, and the day moves when it is taken up again.
        let path = |verb: &str| format!("/api/v1/privacy-requests/{}/{verb}", asked.json()["id"].as_str().unwrap());
        let paused: Value =
            hall.officer.post(&path("pause"), &json!({ "reason": "等待本人说明是哪个号码" })).await.ok();
        assert_eq!((&paused["state"], &paused["left"]), (&json!("paused"), &json!(15)), "{paused}");
        app.settle().await;
        let texts = app.sms().texts(&people::phone(1));
        assert!(texts.iter().any(|text| text.contains("您的个人信息请求暂停办理")), "{texts:?}");
        let mine: Value = phone.get("/api/v1/me/privacy").await.ok();
        assert_eq!(mine["requests"][0]["term"]["pauses"][0]["reason"], "等待本人说明是哪个号码", "{mine}");
        let still: Value = hall.officer.get("/api/v1/privacy-requests?paused=true").await.ok();
        assert_eq!(still["total"], 1);
        let runs: Value = hall.officer.post(&path("resume"), &json!({})).await.ok();
        assert_eq!((&runs["state"], &runs["due_on"]), (&json!("running"), &json!("2026-07-22")), "{runs}");
        let id = waiting["items"][0]["id"].as_str().unwrap();
        let answer = json!({ "done": true, "answer": "已删除。", "erased": "part" });
        let path = format!("/api/v1/privacy-requests/{id}/answer");
        assert_eq!(hall.officer.post(&path, &answer).await.status, StatusCode::OK);
        assert_eq!(hall.officer.post(&path, &answer).await.code(), "privacy_answered");
        let seen: Value = phone.get("/api/v1/me/privacy").await.ok();
        assert_eq!(
            (&seen["requests"][0]["answer"], &seen["requests"][0]["state"]),
            (&json!("已删除。"), &json!("done"))
        );
        assert_eq!(phone.post("/api/v1/me/privacy/requests", &wish).await.status, StatusCode::CREATED);
        let withdraw = "/api/v1/me/consents/membership/withdraw";
        let after: Value = phone.post(withdraw, &json!({})).await.ok();
        assert!(after["consents"][0]["withdrawn_at"].is_string());
        assert_eq!(phone.post(withdraw, &json!({})).await.code(), "consent_not_given");
        assert_eq!(hall.officer.get("/api/v1/me").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

/// What waits for officers of privacy requests on a day, and the last day that the person reads, and whether it has passed.
async fn waiting(app: &App, phone: &str, now: DateTime<Utc>) -> (Vec<(String, u64)>, Value, Value) {
    app.set_clock(now);
    let caller = app.caller::<membership::permissions::SeeMembers>();
    let found = membership::figures::todo::todo(&caller).await.unwrap().into_iter();
    let told = found.filter(|one| one.code.contains("privacy")).map(|one| (one.code, one.count)).collect();
    let mut client = Client::new(server::router(app.house()).unwrap());
    assert_eq!(client.post("/api/v1/worker/code", &json!({ "phone": phone })).await.status, StatusCode::NO_CONTENT);
    let code = app.sms().last(phone).unwrap();
    client.post("/api/v1/worker/session", &json!({ "phone": phone, "code": code })).await;
    let kept: Value = client.get("/api/v1/me/privacy").await.ok();
    let request = &kept["requests"][0];
    (told, request["due_on"].clone(), request["overdue"].clone())
}

#[tokio::test]
async fn the_term_of_a_request_is_watched_and_reckoned_once_its_year_is_announced() {
    App::each(&server::programmes(), async |app| {
        let (_, mut client) = rider(&app).await;
        let wish = json!({ "kind": "delete", "text": "请删除我的旧手机号" });
        client.post("/api/v1/me/privacy/requests", &wish).await;
        let phone = people::phone(1);
        let on = |day| Utc.with_ymd_and_hms(2026, 7, day, 1, 0, 0).unwrap();
        for (day, codes) in [
            (17, vec!["privacy_requests"]),
            (18, vec!["privacy_requests", "privacy_requests_nearly_due"]),
            (22, vec!["privacy_requests", "privacy_requests_nearly_due"]),
            (23, vec!["privacy_requests", "late_privacy_requests"]),
        ] {
            let wanted: Vec<_> = codes.iter().map(|code| ((*code).to_owned(), 1)).collect();
            let late = json!(codes.contains(&"late_privacy_requests"));
            assert_eq!(waiting(&app, &phone, on(day)).await, (wanted, json!("2026-07-22"), late), "{day}");
        }
        // The next year is not announced yet; a term that reaches it has no last day until it is.
        let december = Utc.with_ymd_and_hms(2026, 12, 28, 1, 0, 0).unwrap();
        app.set_clock(december);
        let mut client = Client::new(server::router(app.house()).unwrap());
        client.post("/api/v1/worker/code", &json!({ "phone": phone })).await;
        let code = app.sms().last(&phone).unwrap();
        client.post("/api/v1/worker/session", &json!({ "phone": phone, "code": code })).await;
        let other = json!({ "kind": "correct", "text": "请更正我的姓名" });
        let asked: Value = client.post("/api/v1/me/privacy/requests", &other).await.json();
        assert_eq!(asked["due_on"], Value::Null);
        let days = (1..=11).map(|n| rulebook::CalendarDay {
            day: format!("2027-01-{n:02}").parse().unwrap(),
            is_off: true,
            name: "假日".into(),
        });
        let year = rulebook::CalendarForm { days: days.collect() };
        let caller = app.caller::<rulebook::permissions::Manage>();
        rulebook::save_calendar(&caller, 2027, "", &IfMatch::content("[]"), &year).await.unwrap();
        app.schedule().await;
        // Three working days of the old year, then from the 12th on.
        let later = december + chrono::TimeDelta::hours(1);
        assert_eq!(waiting(&app, &phone, later).await.1, json!("2027-01-27"));
    })
    .await;
}
