//! A stay for those whom unions nominate: within the share, approved by somebody else above, publicly shown for five working
//! days, objected to, and given by the program to whom nothing speaks against.

use axum::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{permission::LoggedIn, person};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    amend::amends,
    benefit::{Town, Worker, claims, lasting, published, round, sends, town, workers},
    draw::overwrite,
    roles::officer,
};

pub(crate) async fn nominates(client: &mut Client, round: &str, worker: &Worker) -> (u16, Value) {
    let form = json!({ "person_id": worker.id, "reason": "连续三年投诉为零，抢险救灾表现突出" });
    let answer = client.post(&format!("/api/v1/benefit-nomination-rounds/{round}/nominations"), &form).await;
    (answer.status.as_u16(), answer.json())
}

/// In how many rounds something waits for an officer.
async fn waiting(officer: &mut Client, what: &str) -> Value {
    officer.get(&format!("/api/v1/benefit-nomination-rounds?waiting={what}")).await.ok::<Value>()["total"].clone()
}

pub(crate) fn path(nomination: &Value, act: &str) -> String {
    format!("/api/v1/benefit-nominations/{}/{act}", nomination["id"].as_str().unwrap())
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A round of so many pieces, and how many of them are the riders'.
fn for_riders(app: &App, town: &Town, time: TimeDelta, (total, quota): (i64, i64)) -> Value {
    let mut rounds = lasting(app, time, total);
    rounds[0]["shares"] = json!([{ "organisation_id": town.riders, "quota": quota }]);
    rounds
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

/// Stays for riders whom their unions nominate within a day.
async fn stay(app: &App, town: &mut Town, (total, quota): (i64, i64)) -> Value {
    let rounds = for_riders(app, town, TimeDelta::days(1), (total, quota));
    let over = json!({ "way": "nominate", "kind": "recuperation", "title": "劳模疗休养", "rounds": rounds,
        "audience": { "groups": ["delivery_rider"] } });
    published(app, town, total, &over).await
}

/// What people do changes as it does in life.
async fn becomes_courier(app: &App, worker: &Worker) {
    let (caller, id) = (&app.caller::<LoggedIn>(), worker.id);
    let changed = caller.unit(|unit| async move {
        let row = person::ActiveModel { worker_group: Set(Some("courier".into())), ..Default::default() };
        person::Entity::update_many().set(row).filter(person::Column::Id.eq(id)).exec(&unit).await?;
        Ok(())
    });
    changed.await.unwrap();
}

#[tokio::test]
async fn many_are_sought_decided_together_and_taken_away() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let riders = workers(&app, town.riders, 1..5).await;
        let offer = stay(&app, &mut town, (4, 4)).await;
        let id = &round(&offer);
        let mut all = Vec::new();
        for rider in &riders[..3] {
            all.push(nominates(&mut union, id, rider).await.1["id"].clone());
        }
        all.push(nominates(&mut town.officer, id, &riders[3]).await.1["id"].clone());
        let list = format!("/api/v1/benefit-nomination-rounds/{id}/nominations");
        for (asked, found) in [
            (format!("q={}", people::phone(2)), vec![all[1].clone()]),
            (format!("q={}&state=approved", people::phone(2)), vec![]),
            (format!("organisation={}", town.riders), all.clone()),
            (format!("organisation={}", town.couriers), vec![]),
        ] {
            let found_now: Value = town.officer.get(&format!("{list}?{asked}")).await.ok();
            let keys: Vec<Value> =
                found_now["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
            assert_eq!(keys, found, "{asked}");
        }

        // One became a courier, and one was nominated by who decides: both stay as they are, and it is said why.
        becomes_courier(&app, &riders[1]).await;
        let together = "/api/v1/benefit-nominations/decide";
        let decide = |which: &[Value], approve: bool, note: &str| {
            json!({ "nominations": which, "approve": approve, "note": note })
        };
        assert_eq!(town.officer.post(together, &decide(&[], true, "")).await.code(), "nominations_chosen");
        assert_eq!(town.officer.post(together, &decide(&all, false, "")).await.json()["fields"][0]["field"], "note");
        assert_eq!(union.post(together, &decide(&all, true, "")).await.status, 404);
        let done: Value = town.officer.post(together, &decide(&all, true, "会议通过")).await.ok();
        assert_eq!((&done["decided"], &done["refused"][0]["id"]), (&json!(2), &all[1]), "{done}");
        assert!(done["refused"][0]["reason"].as_str().unwrap().contains("不符合条件"), "{done}");
        assert_eq!(done["refused"][1]["id"], all[3]);
        assert!(done["refused"][1]["reason"].as_str().unwrap().contains("自己推荐"), "{done}");
        let done: Value = town.officer.post(together, &decide(&all[1..2], false, "已转为快递员")).await.ok();
        assert_eq!((&done["decided"], &done["refused"]), (&json!(1), &json!([])));
        let shown: Value = town.officer.get(&list).await.ok();
        let states = shown["items"].as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap());
        assert_eq!(states.collect::<Vec<_>>(), ["approved", "refused", "approved", "proposed"]);
        assert_eq!((&shown["items"][0]["note"], &shown["items"][1]["note"]), (&json!("会议通过"), &json!("已转为快递员")));

        // The refused reads in his copy that he was, not what officers noted.
        let copy = sends(&town.phone, &riders[1], "privacy/export", "copy").await.json();
        let mine = copy["others"]["benefit_nomination"]["rows"].to_string();
        assert!(mine.contains("未通过") && !mine.contains("已转为快递员"), "{copy}");

        // The file tells who and how it stands, and not why.
        let exports = format!("/api/v1/benefit-nomination-rounds/{id}/exports");
        let form = json!({ "format": "csv", "filter": { "state": "approved" } });
        let mut leader = officer(&app, "leader", "只读领导", town.county).await;
        assert_eq!(leader.post(&exports, &form).await.status, 403);
        let (made, file) = town.officer.take_away(&exports, &form).await;
        assert_eq!(made["rows"], 2, "{made}");
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("审批通过") && text.contains("会议通过") && text.contains('*'), "{text}");
        assert!(!text.contains("投诉") && !text.contains(&people::phone(1)), "{text}");
        // Named of one union it holds that union's people alone: by its rule they leave, and its second officer lets them.
        for (named, rows) in [(town.riders, 4), (town.couriers, 0)] {
            let form = json!({ "format": "csv", "organisation_id": named, "filter": {} });
            assert_eq!(town.officer.post(&exports, &form).await.ok::<Value>()["rows"], rows);
        }
        drop((town, union, leader));
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_decided_anew_and_who_no_longer_qualifies_is_left_out() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let riders = workers(&app, town.riders, 1..6).await;
        let offer = stay(&app, &mut town, (4, 4)).await;
        let id = &round(&offer);
        let mut all = Vec::new();
        for rider in &riders[..4] {
            all.push(nominates(&mut union, id, rider).await.1);
        }
        let decide = |approve: bool| json!({ "approve": approve, "note": "看错材料" });

        // Refused by mistake, he is decided on anew: with a reason, within the share, and only if he was refused.
        let _: Value = town.officer.post(&path(&all[0], "decide"), &decide(false)).await.ok();
        let reason = json!({ "reason": "审批时点错" });
        let (_, fifth) = nominates(&mut union, id, &riders[4]).await;
        assert_eq!(town.officer.post(&path(&all[0], "reopen"), &reason).await.code(), "share_full");
        let _: Value = union.post(&path(&fifth, "withdraw"), &json!({})).await.ok();
        assert_eq!(town.officer.post(&path(&fifth, "decide"), &decide(true)).await.code(), "nomination_decided");
        assert_eq!(town.officer.post(&path(&all[0], "reopen"), &json!({ "reason": "" })).await.status, 422);
        assert_eq!(town.officer.post(&path(&all[1], "reopen"), &reason).await.code(), "nomination_not_refused");
        let waits: Value = town.officer.post(&path(&all[0], "reopen"), &reason).await.ok();
        assert_eq!((&waits["state"], &waits["note"]), (&json!("proposed"), &json!("重新审批：审批时点错")));

        // Who became a courier is not approved; who becomes one later is not shown; who does while shown gets nothing.
        becomes_courier(&app, &riders[1]).await;
        let refused = town.officer.post(&path(&all[1], "decide"), &decide(true)).await;
        assert_eq!(refused.code(), "nominee_not_for", "{}", refused.json());
        let _: Value = town.officer.post(&path(&all[1], "decide"), &decide(false)).await.ok();
        for one in [&all[0], &all[2], &all[3]] {
            let _: Value = town.officer.post(&path(one, "decide"), &decide(true)).await.ok();
        }
        becomes_courier(&app, &riders[2]).await;
        app.set_clock(at("2026-07-03T02:00:00Z"));
        town.officer = officer(&app, "county.later", "业务干部", town.county).await;
        let publicity = format!("/api/v1/benefit-nomination-rounds/{id}/publicity");
        let _: Value = town.officer.post(&publicity, &json!({})).await.ok();
        let public: Value = town.phone.clone().get(&format!("/api/v1/public/publicity/{id}")).await.ok();
        assert_eq!(public["items"].as_array().unwrap().len(), 2, "{public}");
        assert_eq!(town.officer.post(&path(&all[2], "reopen"), &reason).await.code(), "nominations_shown");
        assert_eq!(town.officer.post(&path(&all[0], "decide"), &decide(false)).await.code(), "nominations_shown");
        becomes_courier(&app, &riders[3]).await;
        app.set_clock(at("2026-07-11T02:00:00Z"));
        town.officer = officer(&app, "county.last", "业务干部", town.county).await;
        app.schedule().await;
        let list: Value = town.officer.get(&format!("/api/v1/benefit-nomination-rounds/{id}/nominations")).await.ok();
        let told: Vec<(&str, bool, bool)> = all
            .iter()
            .map(|one| {
                let row = list["items"].as_array().unwrap().iter().find(|row| row["id"] == one["id"]).unwrap();
                let note = row["note"].as_str().unwrap();
                (row["state"].as_str().unwrap(), note.starts_with("公示前"), note.starts_with("发放前"))
            })
            .collect();
        let expected =
            [("given", false, false), ("refused", false, false), ("refused", true, false), ("refused", false, true)];
        assert_eq!(told, expected, "{list}");
        let claims: Value =
            town.officer.get(&format!("/api/v1/benefit-offers/{}/claims", offer["id"].as_str().unwrap())).await.ok();
        assert_eq!((&claims["total"], &claims["items"][0]["person_id"]), (&json!(1), &json!(riders[0].id)));
        drop((town, union));
    })
    .await;
}

#[tokio::test]
async fn a_list_that_can_not_be_given_keeps_no_other_waiting() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let rounds = for_riders(&app, &town, TimeDelta::days(1), (1, 1));
        let mut offers = Vec::new();
        for title in ["劳模疗休养", "骑手疗休养"] {
            let over = json!({ "way": "nominate", "kind": "recuperation", "title": title, "rounds": rounds });
            let offer = published(&app, &mut town, 1, &over).await;
            let (status, nominated) = nominates(&mut union, &round(&offer), rider).await;
            assert_eq!(status, 201, "{nominated}");
            let _: Value = town.officer.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
            offers.push(offer);
        }
        // The one that is shown first is damaged afterwards.
        for (offer, day, name) in [
            (&offers[0], "2026-07-03T02:00:00Z", "county.friday"),
            (&offers[1], "2026-07-06T02:00:00Z", "county.monday"),
        ] {
            app.set_clock(at(day));
            town.officer = officer(&app, name, "业务干部", town.county).await;
            let publicity = format!("/api/v1/benefit-nomination-rounds/{}/publicity", round(offer));
            let _: Value = town.officer.post(&publicity, &json!({})).await.ok();
        }
        let damaged = offers[0]["id"].as_str().unwrap().parse().unwrap();
        overwrite(&app, ("benefit_offer", "audience"), ("id", damaged)).await;
        app.set_clock(at("2026-07-15T02:00:00Z"));
        app.schedule().await;
        town.officer = officer(&app, "county.last", "业务干部", town.county).await;
        let claims = format!("/api/v1/benefit-offers/{}/claims", offers[1]["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&claims).await.ok::<Value>()["total"], 1);
        drop((town, union));
    })
    .await;
}

/// A nomination by the town's officer that somebody else approved, is shown from today, and is objected to; answers the
/// offer, and the objection's path.
async fn objected(app: &App, town: &mut Town, other: &mut Client, (rider, title): (&Worker, &str)) -> (Value, String) {
    let rounds = for_riders(app, town, TimeDelta::minutes(2), (1, 1));
    let over = json!({ "way": "nominate", "kind": "recuperation", "title": title, "rounds": rounds,
        "redeem_until": "2026-07-10" });
    let offer = published(app, town, 1, &over).await;
    let (_, nominated) = nominates(&mut town.officer, &round(&offer), rider).await;
    let _: Value = other.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
    app.pass(TimeDelta::minutes(3));
    let publicity = format!("/api/v1/benefit-nomination-rounds/{}/publicity", round(&offer));
    let _: Value = other.post(&publicity, &json!({})).await.ok();
    let row: Value = other.post(&path(&nominated, "objections"), &json!({ "reason": "本月已离职" })).await.ok();
    let id = row["objections"][0]["id"].as_str().unwrap();
    (offer, format!("/api/v1/benefit-objections/{id}/answer"))
}

#[tokio::test]
async fn who_nominated_answers_no_objection_and_nobody_gets_a_voucher_that_has_run_out() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut other = officer(&app, "county.other", "业务干部", town.county).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let (stay, answer) = objected(&app, &mut town, &mut other, (&riders[0], "劳模疗休养")).await;
        let (never, unanswered) = objected(&app, &mut town, &mut other, (&riders[1], "骑手疗休养")).await;
        let dismissed = json!({ "answer": "经核实仍在职。", "upheld": false });
        for path in [&answer, &unanswered] {
            assert_eq!(town.officer.post(path, &dismissed).await.code(), "own_nominee");
        }

        // Answered when the last day is over, it is not given until the day is postponed.
        app.set_clock(at("2026-07-13T02:00:00Z"));
        town.officer = officer(&app, "county.last", "业务干部", town.county).await;
        let _: Value = town.officer.post(&answer, &dismissed).await.ok();
        let given = async |town: &mut Town, offer: &Value| {
            app.pass(TimeDelta::minutes(6));
            app.schedule().await;
            let path = format!("/api/v1/benefit-offers/{}/claims", offer["id"].as_str().unwrap());
            town.officer.get(&path).await.ok::<Value>()
        };
        assert_eq!(given(&mut town, &stay).await["total"], 0);
        let at_round = format!("/api/v1/benefit-nomination-rounds/{}", round(&stay));
        let shown: Value = town.officer.get(&at_round).await.ok();
        assert_eq!((&shown["phase"], &shown["too_late"]), (&json!("waiting"), &json!(true)), "{shown}");
        let later = json!({ "description": "一荤两素。", "redeem_until": "2026-07-31" });
        let amended = amends(&mut town.officer, &stay, &later).await;
        assert_eq!(amended.status, 200, "{}", amended.json());
        let claims = given(&mut town, &stay).await;
        assert_eq!((&claims["total"], &claims["items"][0]["state"]), (&json!(1), &json!("claimed")), "{claims}");
        let shown: Value = town.officer.get(&at_round).await.ok();
        assert_eq!((&shown["phase"], &shown["too_late"]), (&json!("given"), &json!(false)), "{shown}");

        // Ended instead, it is given to nobody, and the list is done with.
        let close = format!("/api/v1/benefit-offers/{}/close", never["id"].as_str().unwrap());
        let _: Value = town.officer.post(&close, &json!({})).await.ok();
        assert_eq!(given(&mut town, &never).await["total"], 0);
        let list = format!("/api/v1/benefit-nomination-rounds/{}/nominations", round(&never));
        let list: Value = town.officer.get(&list).await.ok();
        assert_eq!(list["items"][0]["state"], "refused", "{list}");
        drop((town, other));
    })
    .await;
}

#[tokio::test]
async fn a_round_that_nobody_can_nominate_for_any_more_is_shown_as_such() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let now = app.house().ambient().now();
        let rounds = json!([{ "opens_at": now.to_rfc3339(), "closes_at": (now + TimeDelta::days(9)).to_rfc3339(),
            "total": 1, "shares": [{ "organisation_id": town.riders, "quota": 1 }] }]);
        let over = json!({ "way": "nominate", "kind": "recuperation", "title": "劳模疗休养", "rounds": rounds,
            "redeem_until": "2026-07-03" });
        let offer = published(&app, &mut town, 1, &over).await;
        // The last day of redemption ends before the round does.
        app.set_clock(at("2026-07-04T01:00:00Z"));
        town.officer = officer(&app, "county.late", "业务干部", town.county).await;
        assert_eq!(nominates(&mut town.officer, &round(&offer), rider).await.0, 409);
        let shown: Value = town.officer.get(&format!("/api/v1/benefit-nomination-rounds/{}", round(&offer))).await.ok();
        assert_eq!(shown["phase"], "deciding", "{shown}");
        drop(town);
    })
    .await;
}

/// As many more nominations as there are in a city, of people who are not here, like the only one that there is.
const MORE: &str = "INSERT INTO benefit_nomination (id, offer_id, round_id, share_id, organisation_id, person_id, worker_group, \
     reason_sealed, state, nominated_by, nominated_at, note, decided_by, decided_at) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 33000) \
     SELECT id + n, offer_id, round_id, share_id, organisation_id, person_id + n, worker_group, reason_sealed, state, \
     nominated_by, nominated_at, note, decided_by, decided_at FROM benefit_nomination, more";

#[tokio::test]
async fn the_list_of_a_whole_city_is_looked_through() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let rounds = for_riders(&app, &town, TimeDelta::days(1), (50_000, 50_000));
        let over = json!({ "way": "nominate", "kind": "recuperation", "title": "劳模疗休养", "rounds": rounds,
            "audience": { "groups": ["delivery_rider"] } });
        let round = round(&published(&app, &mut town, 1, &over).await);
        let (_, nominated) = nominates(&mut union, &round, rider).await;
        let _: Value = town.officer.post(&path(&nominated, "decide"), &json!({ "approve": true })).await.ok();
        app.write(MORE).await;
        becomes_courier(&app, rider).await;
        app.set_clock(at("2026-07-03T02:00:00Z"));
        town.officer = officer(&app, "county.later", "业务干部", town.county).await;
        let publicity = format!("/api/v1/benefit-nomination-rounds/{round}/publicity");
        let shown = town.officer.post(&publicity, &json!({})).await;
        assert_eq!(shown.code(), "nobody_qualifies", "{}", shown.json());
        drop((town, union));
    })
    .await;
}

/// Sends a table of nominations, as a spreadsheet saves it.
async fn sends_table(client: &mut Client, round: &str, table: &str) -> Answer {
    let body = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"round_id\"\r\n\r\n{round}\r\n--edge\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"推荐表.csv\"\r\n\r\n{table}\r\n--edge--\r\n"
    );
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    client.send(Method::POST, "/api/v1/benefit-nominations/table", &headers, body.into()).await
}

#[tokio::test]
async fn a_table_nominates_within_the_share_and_gives_back_what_it_can_not() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        workers(&app, town.riders, 1..6).await;
        workers(&app, town.couriers, 6..7).await;
        let offer = stay(&app, &mut town, (3, 3)).await;
        let id = &round(&offer);
        let (name, phone, number) = (people::name, people::phone, people::number);
        let mut table = String::from("某县推荐表\n序号,姓名,手机号码,证件号码,所在工会,推荐理由\n");
        for row in [
            format!("1,{},{},,骑手联合工会,连续三年投诉为零", name(1), phone(1)),
            format!("2,{},,{},,抢险救灾表现突出", name(2), number(2)),
            format!("3,{},{},,快递员联合工会,工会不对", name(3), phone(3)),
            format!("4,{},{},,,名字和号码不是一个人", name(4), phone(3)),
            format!("5,{},{},,,别的工会的人", name(6), phone(6)),
            format!("6,{},{},,,", name(5), phone(5)),
            format!("7,{},{},,,重复的一行", name(1), phone(1)),
            format!("8,{},{},,,第三个名额", name(4), phone(4)),
            format!("9,{},{},,,第四个", name(5), phone(5)),
        ] {
            table.push_str(&row);
            table.push('\n');
        }
        let headless = sends_table(&mut union, id, "姓名,推荐理由\n王,好\n").await;
        assert_eq!(headless.code(), "heading_missing");
        assert_eq!(sends_table(&mut union, id, "姓名,手机号码,推荐理由\n").await.code(), "rows_missing");
        let told: Value = sends_table(&mut union, id, &table).await.ok();
        assert_eq!(told["nominated"], 3, "{told}");
        let refused: Vec<(u64, &str)> = told["refused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["row"].as_u64().unwrap(), row["reason"].as_str().unwrap()))
            .collect();
        let wanted = [
            (5, "现在属于“骑手联合工会”"),
            (6, "没有找到"),
            (7, "没有找到"),
            (8, "推荐理由"),
            (9, "已经被推荐过"),
            (11, "名额共3个"),
        ];
        assert_eq!(refused.len(), wanted.len(), "{told}");
        for ((row, reason), (at, words)) in refused.into_iter().zip(wanted) {
            assert!(row == at && reason.contains(words), "{row} {reason}, not {at} {words}");
        }
        let file = union.get(&format!("/api/v1/exports/{}/file", told["to_mend"].as_str().unwrap())).await;
        assert!(file.body.starts_with(b"PK"), "{}", file.status);
        let list: Value = union.get(&format!("/api/v1/benefit-nomination-rounds/{id}/nominations")).await.ok();
        assert_eq!((&list["total"], &list["items"][1]["reason"]), (&json!(3), &json!("抢险救灾表现突出")));

        // Once the time of nominations is over, no table helps.
        app.set_clock(at("2026-07-03T02:00:00Z"));
        let mut later = officer(&app, "riders.later", "业务干部", town.riders).await;
        assert_eq!(sends_table(&mut later, id, &table).await.code(), "nominations_closed");
        drop((town, union, later));
    })
    .await;
}
