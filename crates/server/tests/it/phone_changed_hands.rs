//! A number that changed hands, from the phone of whoever has it now to the desks of two unions.

use axum::http::StatusCode;
use chrono::TimeDelta;
use kernel::organisation::Level;
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    join::{consent, filled, rider},
    roles::{found, officer},
};

/// How many members an officer is told of who wait for another number: in what waits for him, and in the list.
async fn waiting(officer: &mut Client) -> (Value, Value) {
    let todo: Value = officer.get("/api/v1/enrolment/todo").await.ok();
    let lost = todo.as_array().unwrap().iter().find(|one| one["code"] == "lost_phones");
    let listed: Value = officer.get("/api/v1/members?phone_lost=true").await.ok();
    (lost.map_or(json!(0), |lost| lost["count"].clone()), listed["total"].clone())
}

#[tokio::test]
async fn who_has_the_number_now_joins_with_it_and_the_union_of_who_had_it_sees_that() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut owner) = rider(&app).await;
        let number = people::phone(1);
        let old: Value = owner.get("/api/v1/me").await.ok();
        let beside = found(&app, None, "152202", "阿尔山市总工会", Level::County).await;
        let mut neighbour = officer(&app, "neighbour", "业务干部", beside).await;
        app.pass(TimeDelta::seconds(61));

        let mut holder = Client::new(server::router(app.house()).unwrap());
        let consent = consent(&mut holder, &hall.code).await;
        let mut form = filled(&app, &mut holder, (&hall.code, &consent), 1).await;
        (form["name"], form["document_number"]) = (json!(people::name(2)), json!(people::number(2)));
        let join = format!("/api/v1/public/events/{}/join", hall.code);
        let refused = holder.post(&join, &form).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "phone_of_another"));
        let told = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(told.contains("不是我，号码换过主人") && !told.contains("骑手联合工会"), "{told}");

        assert_eq!(waiting(&mut hall.officer).await, (json!(0), json!(0)));
        holder.post("/api/v1/worker/code", &json!({ "phone": number })).await;
        let log_in = json!({ "phone": number, "code": app.sms().last(&number).unwrap() });
        assert_eq!(holder.post("/api/v1/worker/session", &log_in).await.status, StatusCode::NO_CONTENT);
        assert_eq!(holder.post("/api/v1/me/phone/give-up", &json!({})).await.status, StatusCode::NO_CONTENT);
        for phone in [&mut owner, &mut holder] {
            assert_eq!(phone.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
        }
        // With the same code, as nothing of what was refused is left.
        let joined: Value = holder.post(&join, &form).await.ok();
        assert_eq!((&joined["state"], &joined["already"]), (&json!("normal"), &json!(false)), "{joined}");

        assert_eq!(waiting(&mut hall.officer).await, (json!(1), json!(1)));
        assert_eq!(waiting(&mut neighbour).await, (json!(0), json!(0)));
        let path = format!("/api/v1/members/{}", old["member"]["id"].as_str().unwrap());
        let seen: Value = hall.officer.get(&path).await.ok();
        assert!(seen["phone"].is_null() && seen["phone_lost_at"].is_string(), "{seen}");
        assert_eq!(neighbour.get(&path).await.status, StatusCode::NOT_FOUND);
        let others: Value = hall.officer.get("/api/v1/members?phone_lost=false").await.ok();
        assert_eq!(others["total"], 1, "{others}");

        // The union writes his new number down, and he reads what became of the old one.
        let person = format!("/api/v1/people/{}/phone", old["person_id"].as_str().unwrap());
        let bound = json!({ "document_number": people::number(1), "phone": people::phone(3) });
        assert!(hall.officer.post(&person, &bound).await.status.is_success());
        assert_eq!(waiting(&mut hall.officer).await, (json!(0), json!(0)));
        app.settle().await;
        owner.post("/api/v1/worker/code", &json!({ "phone": people::phone(3) })).await;
        let log_in = json!({ "phone": people::phone(3), "code": app.sms().last(&people::phone(3)).unwrap() });
        assert_eq!(owner.post("/api/v1/worker/session", &log_in).await.status, StatusCode::NO_CONTENT);
        let mine: Value = owner.get("/api/v1/me/privacy").await.ok();
        let look = &mine["looked"][1];
        assert_eq!(
            (&look["who"], &look["action_label"]),
            (&json!("现在使用原号码的人"), &json!("手机号码换过主人，从档案取下")),
            "{mine}"
        );
    })
    .await;
}
