//! A stay for those whom unions nominate: within the share, approved by somebody else above, publicly shown for five working
//! days, objected to, and given by the program to whom nothing speaks against.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{permission::LoggedIn, person};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    benefit::{Town, Worker, claims, lasting, published, round, sends, town, workers},
    roles::officer,
};

pub(crate) async fn nominates(client: &mut Client, round: &str, worker: &Worker) -> (u16, Value) {
    let form = json!({ "person_id": worker.id, "reason": "连续三年投诉为零，抢险救灾表现突出" });
    let answer = client.post(&format!("/api/v1/benefit-nomination-rounds/{round}/nominations"), &form).await;
    (answer.status.as_u16(), answer.json())
}

/// In how many rounds something waits for an officer.
pub(crate) async fn waiting(officer: &mut Client, what: &str) -> Value {
    officer.get(&format!("/api/v1/benefit-nomination-rounds?waiting={what}")).await.ok::<Value>()["total"].clone()
}

pub(crate) fn path(nomination: &Value, act: &str) -> String {
    format!("/api/v1/benefit-nominations/{}/{act}", nomination["id"].as_str().unwrap())
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A round of so many pieces, and how many of them are the riders'.
pub(crate) fn for_riders(app: &App, town: &Town, time: TimeDelta, (total, quota): (i64, i64)) -> Value {
    let mut rounds = lasting(app, time, total);
    rounds[0]["shares"] = json!([{ "organisation_id": town.riders, "quota": quota }]);
    rounds
}

/// Stays for riders whom their unions nominate within a day.
pub(crate) async fn stay(app: &App, town: &mut Town, (total, quota): (i64, i64)) -> Value {
    let rounds = for_riders(app, town, TimeDelta::days(1), (total, quota));
    let over = json!({ "way": "nominate", "kind": "recuperation", "title": "劳模疗休养", "rounds": rounds,
        "audience": { "groups": ["delivery_rider"] } });
    published(app, town, total, &over).await
}

/// What people do changes as it does in life.
pub(crate) async fn becomes_courier(app: &App, worker: &Worker) {
    let (caller, id) = (&app.caller::<LoggedIn>(), worker.id);
    let changed = caller.unit(|unit| async move {
        let row = person::ActiveModel { worker_group: Set(Some("courier".into())), ..Default::default() };
        person::Entity::update_many().set(row).filter(person::Column::Id.eq(id)).exec(&unit).await?;
        Ok(())
    });
    changed.await.unwrap();
}

#[tokio::test]
async fn whom_unions_nominate_gets_it_after_approval_and_publicity() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let riders = workers(&app, town.riders, 1..5).await;
        let couriers = workers(&app, town.couriers, 5..6).await;
        let rounds = for_riders(&app, &town, TimeDelta::days(1), (3, 2));
        let over = json!({ "way": "nominate", "kind": "recuperation", "title": "劳模疗休养", "rounds": rounds });
        let offer = published(&app, &mut town, 3, &over).await;
        let id = &round(&offer);
        assert_eq!(claims(&town.phone, &riders[0], id, "a").await.code(), "by_nomination");
        assert_eq!(
            sends(&town.phone, &riders[0], &format!("benefit-rounds/{id}/enter"), "b").await.code(),
            "by_nomination"
        );

        // The union below sees the round above it, and nominates its own people within its share.
        let list: Value = union.get("/api/v1/benefit-nomination-rounds").await.ok();
        assert_eq!((&list["items"][0]["phase"], &list["items"][0]["decides"]), (&json!("nominating"), &json!(false)));
        let (_, first) = nominates(&mut union, id, &riders[0]).await;
        assert_eq!(nominates(&mut union, id, &riders[0]).await.1["code"], "already_nominated");
        let (_, second) = nominates(&mut union, id, &riders[1]).await;
        assert_eq!(nominates(&mut union, id, &riders[2]).await.1["code"], "share_full");
        assert_eq!(nominates(&mut union, id, &couriers[0]).await.0, 404);
        let _: Value = union.post(&path(&second, "withdraw"), &json!({})).await.ok();
        let (status, third) = nominates(&mut union, id, &riders[2]).await;
        assert_eq!(status, 201, "{third}");

        for (what, above) in [("decide", 1), ("answer", 0)] {
            assert_eq!(
                (waiting(&mut town.officer, what).await, waiting(&mut union, what).await),
                (json!(above), json!(0))
            );
        }

        // It does not decide; above, nobody decides on whom he nominated himself.
        assert_eq!(union.post(&path(&first, "decide"), &json!({ "approve": true })).await.status, 404);
        let (_, own) = nominates(&mut town.officer, id, &couriers[0]).await;
        let refused = town.officer.post(&path(&own, "decide"), &json!({ "approve": true })).await;
        assert_eq!(refused.code(), "own_nomination");
        let _: Value = town.officer.post(&path(&own, "withdraw"), &json!({})).await.ok();
        let _: Value = town.officer.post(&path(&first, "decide"), &json!({ "approve": true })).await.ok();
        assert_eq!(union.post(&path(&first, "withdraw"), &json!({})).await.code(), "nomination_decided");
        let publicity = format!("/api/v1/benefit-nomination-rounds/{id}/publicity");
        assert_eq!(town.officer.post(&publicity, &json!({})).await.code(), "nominations_open");

        // Friday: shown for five working days, until the Friday after.
        app.set_clock(at("2026-07-03T02:00:00Z"));
        town.officer = officer(&app, "county.later", "业务干部", town.county).await;
        assert_eq!(nominates(&mut town.officer, id, &riders[3]).await.1["code"], "nominations_closed");
        assert_eq!(town.officer.post(&publicity, &json!({})).await.code(), "nominations_undecided");
        assert_eq!(town.officer.post(&path(&third, "decide"), &json!({ "approve": false })).await.status, 422);
        let _: Value = town.officer.post(&path(&third, "decide"), &json!({ "approve": true })).await.ok();
        let shown: Value = town.officer.post(&publicity, &json!({})).await.ok();
        assert_eq!((&shown["phase"], &shown["shown_until"]), (&json!("public"), &json!("2026-07-10")));
        assert_eq!(waiting(&mut town.officer, "decide").await, 0);
        let mut anybody = town.phone.clone();
        let address = format!("/api/v1/public/publicity/{id}");
        let public: Value = anybody.get(&address).await.ok();
        let names: Vec<&str> =
            public["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert!(names.len() == 2 && names.iter().all(|name| name.contains('*')), "{public}");
        assert!(!public.to_string().contains("投诉"), "the reason is nobody's matter: {public}");
        let page: Value = anybody.get(&format!("{address}?limit=1")).await.ok();
        assert_eq!((&page["items"], &page["total"]), (&json!([public["items"][0]]), &json!(2)));
        let last: Value =
            anybody.get(&format!("{address}?limit=1&cursor={}", page["next"].as_str().unwrap())).await.ok();
        assert_eq!((&last["items"], &last["next"]), (&json!([public["items"][1]]), &Value::Null));

        // A colleague objects, once; nothing is given to whom it concerns until it is answered.
        let object = |key: &'static str| {
            let mut phone = town.phone.clone();
            let cookie = riders[3].cookie.clone();
            let path = format!("/api/v1/me/benefit-nominations/{}/object", third["id"].as_str().unwrap());
            async move {
                let headers = [("cookie", cookie.as_str()), ("idempotency-key", key)];
                let form = json!({ "reason": "本月已离职" });
                phone.send_json(axum::http::Method::POST, &path, &headers, &form).await
            }
        };
        assert_eq!(object("c").await.status, 204);
        assert_eq!(object("d").await.code(), "already_objected");
        let given = async |town: &mut Town| {
            app.schedule().await;
            let path = format!("/api/v1/benefit-offers/{}/claims", offer["id"].as_str().unwrap());
            let list: Value = town.officer.get(&path).await.ok();
            list["total"].as_i64().unwrap()
        };
        assert_eq!(given(&mut town).await, 0);
        app.set_clock(at("2026-07-11T02:00:00Z"));
        town.officer = officer(&app, "county.last", "业务干部", town.county).await;
        assert_eq!(given(&mut town).await, 1);
        let late = town.officer.post(&path(&third, "objections"), &json!({ "reason": "听说已离职" })).await;
        assert_eq!(late.code(), "nomination_not_shown", "{}", late.json());
        let list = format!("/api/v1/benefit-nomination-rounds/{id}/nominations");
        let list: Value = town.officer.get(&list).await.ok();
        let row = |nomination: &Value| {
            let mut rows = list["items"].as_array().unwrap().iter();
            rows.find(|row| row["id"] == nomination["id"]).unwrap().clone()
        };
        assert_eq!((&row(&first)["state"], &row(&third)["state"]), (&json!("given"), &json!("approved")));
        assert_eq!(row(&third)["objections"][0]["reason"], "本月已离职");
        let answer =
            format!("/api/v1/benefit-objections/{}/answer", row(&third)["objections"][0]["id"].as_str().unwrap());
        let form = json!({ "answer": "经核实，已于6月30日离职。", "upheld": true });
        assert_eq!(waiting(&mut town.officer, "answer").await, 1);
        let upheld: Value = town.officer.post(&answer, &form).await.ok();
        assert_eq!(waiting(&mut town.officer, "answer").await, 0);
        assert_eq!(upheld["state_label"], "未通过");
        assert_eq!(town.officer.post(&answer, &form).await.code(), "objection_answered");
        // Who objected reads in his copy that he was right, not what was found out about his colleague.
        let copy = sends(&town.phone, &riders[3], "privacy/export", "copy").await.json();
        let objected = &copy["others"]["benefit_objection"];
        let mine = &objected["rows"][0];
        assert_eq!((&mine["reason"], &mine["upheld"]), (&json!("本月已离职"), &json!(true)), "{copy}");
        assert!(!objected.to_string().contains("6月30日"), "{objected}");
        app.pass(TimeDelta::minutes(6));
        assert_eq!(given(&mut town).await, 1);
        // Done with, the list is taken down.
        assert_eq!(anybody.get(&address).await.status, 404);
        let shown: Value = town.officer.get(&format!("/api/v1/benefit-nomination-rounds/{id}")).await.ok();
        assert_eq!(shown["phase_label"], "已发放");
        let shown = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&shown).await.ok::<Value>()["given"], 1);
        drop((town, union, anybody));
    })
    .await;
}
