//! What officers decide on those who are nominated: many at once, anew, and as long as the offer goes on.

use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    benefit::{Town, Worker, round, sends, town, workers},
    nominate::{at, becomes_courier, nominates, path, stay},
    roles::officer,
};

/// A town, and an officer of its riders' union.
async fn ready(app: &App) -> (Town, Client) {
    let town = town(app).await;
    let union = officer(app, "riders", "业务干部", town.riders).await;
    (town, union)
}

/// What becomes of nominating each of some people.
async fn nominated(client: &mut Client, round: &str, people: &[Worker]) -> Vec<Value> {
    let mut all = Vec::with_capacity(people.len());
    for one in people {
        all.push(nominates(client, round, one).await.1);
    }
    all
}

#[tokio::test]
async fn many_are_sought_decided_together_and_taken_away() {
    App::each(&server::programmes(), async |app| {
        let (mut town, mut union) = ready(&app).await;
        let riders = workers(&app, town.riders, 1..5).await;
        let offer = stay(&app, &mut town, (4, 4)).await;
        let id = &round(&offer);
        let mut all = nominated(&mut union, id, &riders[..3]).await;
        all.extend(nominated(&mut town.officer, id, &riders[3..]).await);
        let all: Vec<Value> = all.iter().map(|one| one["id"].clone()).collect();
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
        let (mut town, mut union) = ready(&app).await;
        let riders = workers(&app, town.riders, 1..6).await;
        let offer = stay(&app, &mut town, (4, 4)).await;
        let id = &round(&offer);
        let all = nominated(&mut union, id, &riders[..4]).await;
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
async fn the_second_of_two_who_decide_at_once_overwrites_nothing_that_he_did_not_see() {
    App::each(&server::programmes(), async |app| {
        let (mut town, mut union) = ready(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let offer = stay(&app, &mut town, (2, 2)).await;
        let id = &round(&offer);
        let all = nominated(&mut union, id, &riders).await;
        let mut other = officer(&app, "county.other", "业务干部", town.county).await;
        let decide = |approve: bool, seen: &str| json!({ "approve": approve, "note": "会议决定", "seen": seen });
        let _: Value = town.officer.post(&path(&all[0], "decide"), &decide(true, "proposed")).await.ok();

        // The other's page still shows that both wait.
        let late = other.post(&path(&all[0], "decide"), &decide(false, "proposed")).await;
        assert_eq!(late.code(), "nomination_decided", "{}", late.json());
        let both = json!({ "nominations": [all[0]["id"], all[1]["id"]], "approve": false, "note": "材料不齐" });
        let done: Value = other.post("/api/v1/benefit-nominations/decide", &both).await.ok();
        assert_eq!((&done["decided"], &done["refused"][0]["id"]), (&json!(1), &all[0]["id"]), "{done}");
        assert!(done["refused"][0]["reason"].as_str().unwrap().contains("已经办理"), "{done}");
        let list: Value = other.get(&format!("/api/v1/benefit-nomination-rounds/{id}/nominations")).await.ok();
        let states = list["items"].as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap());
        assert_eq!(states.collect::<Vec<_>>(), ["approved", "refused"], "{list}");

        // Who sees that it was approved may still say otherwise.
        let changed: Value = other.post(&path(&all[0], "decide"), &decide(false, "approved")).await.ok();
        assert_eq!(changed["state"], "refused", "{changed}");
        drop((town, union, other));
    })
    .await;
}

#[tokio::test]
async fn of_an_offer_that_was_ended_nobody_is_decided_on_and_its_round_says_so() {
    App::each(&server::programmes(), async |app| {
        let (mut town, mut union) = ready(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let offer = stay(&app, &mut town, (2, 2)).await;
        let id = &round(&offer);
        let all = nominated(&mut union, id, &riders).await;
        let decide = json!({ "approve": true });
        let _: Value = town.officer.post(&path(&all[0], "decide"), &decide).await.ok();
        let close = format!("/api/v1/benefit-offers/{}/close", offer["id"].as_str().unwrap());
        let _: Value = town.officer.post(&close, &json!({})).await.ok();

        assert_eq!(town.officer.post(&path(&all[1], "decide"), &decide).await.code(), "nominations_ended");
        let many = json!({ "nominations": [all[1]["id"]], "approve": true });
        let many: Value = town.officer.post("/api/v1/benefit-nominations/decide", &many).await.ok();
        assert!(many["refused"][0]["reason"].as_str().unwrap().contains("已结束"), "{many}");
        // Its time of nominations would still go on.
        let shown: Value = union.get(&format!("/api/v1/benefit-nomination-rounds/{id}")).await.ok();
        assert_eq!((&shown["phase"], &shown["phase_label"]), (&json!("ended"), &json!("服务已结束")), "{shown}");
        drop((town, union));
    })
    .await;
}
