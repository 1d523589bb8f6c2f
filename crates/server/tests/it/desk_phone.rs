//! What a desk hears of the phone that it typed for somebody who is known, and who joins at an event without one.

use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    join::hall,
    roles::{found, officer},
};

/// The answer when this person is entered with a phone.
async fn entered(officer: &mut Client, union: Id, phone: &str) -> Value {
    let mut form = people::member(1, "courier", &union);
    form["phone"] = json!(phone);
    officer.post("/api/v1/members", &form).await.ok()
}

#[tokio::test]
async fn of_another_unions_people_it_hears_the_same_whichever_phone_it_types() {
    App::each(&server::programmes(), async |app| {
        let league = found(&app, None, "1522", "兴安盟总工会", Level::Prefecture).await;
        let here = found(&app, Some(league), "152201R", "骑手联合工会", Level::Grassroots).await;
        let there = found(&app, Some(league), "152202K", "快递员联合工会", Level::Grassroots).await;
        let mut own = officer(&app, "officer.here", "业务干部", here).await;
        let mut other = officer(&app, "officer.there", "业务干部", there).await;
        let (right, wrong) = (people::phone(1), people::phone(2));
        let applied = entered(&mut own, here, &right).await;
        let approved = own.post("/api/v1/members/approve", &json!({ "ids": [applied["id"]] })).await;
        assert!(approved.status.is_success(), "{}", approved.json());
        for (typed, is_told) in [(&right, false), (&wrong, true)] {
            assert_eq!(!entered(&mut own, here, typed).await["warning"].is_null(), is_told);
        }
        let told = entered(&mut other, there, &right).await["warning"].take();
        assert!(told.is_string());
        assert_eq!(entered(&mut other, there, &wrong).await["warning"], told);
    })
    .await;
}

/// What is sent of somebody who stands at the desk of an event.
pub(crate) fn at_the_desk(n: u32, phone: Option<&str>, union: &Value, event: &Value) -> Value {
    let mut form = people::member(n, "delivery_rider", union);
    (form["phone"], form["event_id"]) = (json!(phone), event["id"].clone());
    form
}

#[tokio::test]
async fn who_joins_at_an_events_desk_is_counted_there_and_has_his_kit() {
    App::each(&server::programmes(), async |app| {
        let mut hall = hall(&app).await;
        let (union, event) = (hall.event["unions"][0]["id"].clone(), hall.event.clone());
        let path = format!("/api/v1/events/{}", event["id"].as_str().unwrap());
        // What the rule lacks, an officer decides; who told his number is a member at once.
        for (n, phone, state) in [(1, None, "applied"), (2, Some(people::phone(2)), "normal")] {
            let form = at_the_desk(n, phone.as_deref(), &union, &event);
            let told: Value = hall.officer.post("/api/v1/members", &form).await.ok();
            assert_eq!((&told["outcome"], &told["state"]), (&json!("applied"), &json!(state)), "{told}");
            let again: Value = hall.officer.post("/api/v1/members", &form).await.ok();
            assert_eq!(again["outcome"], "already");
        }
        let seen: Value = hall.officer.get(&path).await.ok();
        assert_eq!((&seen["counts"]["joined"], &seen["counts"]["approved"]), (&json!(2), &json!(1)));
        let joins: Value = hall.officer.get(&format!("{path}/joins")).await.ok();
        let first = &joins["items"][1];
        hall.officer.post("/api/v1/members/approve", &json!({ "ids": [first["member_id"]] })).await;
        let kit = json!({ "join_id": first["id"], "gate": "一号台" });
        let given: Value = hall.officer.post(&format!("{path}/kits"), &kit).await.ok();
        assert_eq!(given["gate"], "一号台");
        let beside = at_the_desk(3, None, &json!(hall.county), &event);
        assert_eq!(hall.officer.post("/api/v1/members", &beside).await.code(), "union_not_in_event");
        // Whoever was entered afterwards is counted there, and an officer decides.
        assert!(hall.officer.post(&format!("{path}/close"), &json!({})).await.status.is_success());
        let late = at_the_desk(4, Some(&people::phone(4)), &union, &event);
        let told: Value = hall.officer.post("/api/v1/members", &late).await.ok();
        assert_eq!(told["state"], "applied", "{told}");
    })
    .await;
}
