//! Secrets are opened one by one and the person sees it; on his request, or after a long time, he is made nameless, and no
//! figure changes.

use axum::http::{Method, StatusCode};
use chrono::{NaiveDate, TimeDelta};
use kernel::{
    Id, audit,
    permission::LoggedIn,
    rulebook::{self, NewRulePack},
};
use sea_orm::{EntityTrait, QueryOrder};
use secret::masking;
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    join::{Hall, by_phone, rider},
    roles::officer,
};

/// A rider who joined in a hall, and his record's key.
async fn known_rider(app: &App) -> (Hall, Client, String) {
    let (mut hall, phone) = rider(app).await;
    let found: Value = hall.officer.get("/api/v1/people").await.ok();
    let person = found["items"][0]["id"].as_str().unwrap().to_owned();
    (hall, phone, person)
}

/// What the ledger counts for the county.
async fn figures(hall: &mut Hall) -> Value {
    let county = hall.county.unwrap();
    hall.officer.get(&format!("/api/v1/figures?organisation={county}&from=2026-01-01&to=2026-12-31&by=kind")).await.ok()
}

/// How often an act stands in the audit chain, and that nobody's name, number or phone does.
async fn acts(app: &App, action: &str) -> usize {
    let entries = audit::Entity::find().order_by_asc(audit::Column::Position);
    let entries = entries.all(app.caller::<LoggedIn>().read()).await.unwrap();
    for secret in [people::name(1), people::number(1), people::phone(1)] {
        assert!(entries.iter().all(|entry| !entry.detail.contains(&secret)), "{secret} stands in the audit chain");
    }
    entries.iter().filter(|entry| entry.action == action).count()
}

#[tokio::test]
async fn whoever_opens_a_secret_is_seen_by_the_person() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone, person) = known_rider(&app).await;
        let path = format!("/api/v1/people/{person}/reveal");
        let asked = json!({ "field": "phone", "purpose": "contact", "reason": "通知领取礼包" });
        let no_reason = json!({ "field": "phone", "purpose": "contact", "reason": " " });
        assert_eq!(hall.officer.post(&path, &no_reason).await.json()["fields"][0]["field"], "reason");
        let no_purpose = json!({ "field": "phone", "reason": "通知领取礼包" });
        assert_eq!(hall.officer.post(&path, &no_purpose).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(acts(&app, "people.reveal").await, 0);
        let opened: Value = hall.officer.post(&path, &asked).await.ok();
        assert_eq!(opened["value"], people::phone(1));
        let number = json!({ "field": "document_number", "purpose": "verify", "reason": "核对身份证" });
        let opened: Value = hall.officer.post(&path, &number).await.ok();
        assert_eq!(opened["value"], people::number(1));
        assert_eq!(acts(&app, "people.reveal").await, 2, "one act for each");

        let mine: Value = phone.get("/api/v1/me/privacy").await.ok();
        let looked = &mine["looked"];
        let told = |at: usize, name: &str| looked[at][name].as_str().unwrap_or_default().to_owned();
        assert_eq!(
            [told(0, "field"), told(0, "purpose"), told(0, "reason"), told(0, "action_label")],
            ["证件号码", "核对身份", "核对身份证", "查看敏感信息原文"].map(str::to_owned)
        );
        assert_eq!(
            [told(1, "field"), told(1, "purpose"), told(1, "reason"), told(1, "union")],
            ["手机号码", "联系本人", "通知领取礼包", "乌兰浩特市总工会"].map(str::to_owned)
        );
        assert!(told(0, "who").contains("officer"), "{looked}");
    })
    .await;
}

#[tokio::test]
async fn whoever_looked_at_a_record_that_turned_out_to_be_his_is_seen_however_many_were_merged() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone, rider) = known_rider(&app).await;
        let mut chain = vec![rider];
        for n in [5, 6] {
            let member = people::member(n, "courier", &hall.county);
            assert!(hall.officer.post("/api/v1/members", &member).await.status.is_success());
            let found: Value = hall.officer.get(&format!("/api/v1/people?q={}", people::phone(n))).await.ok();
            let person = found["items"][0]["id"].as_str().unwrap().to_owned();
            let asked = json!({ "field": "phone", "purpose": "contact", "reason": format!("核对第{n}份") });
            let _: Value = hall.officer.post(&format!("/api/v1/people/{person}/reveal"), &asked).await.ok();
            chain.push(person);
        }
        for pair in chain.windows(2).rev() {
            app.merge_people(pair[1].parse().unwrap(), pair[0].parse().unwrap()).await;
        }
        let mine: Value = phone.get("/api/v1/me/privacy").await.ok();
        let reasons: Vec<&Value> = mine["looked"].as_array().unwrap().iter().map(|look| &look["reason"]).collect();
        let looks = [json!("核对第6份"), json!("核对第5份")];
        assert!(looks.iter().all(|look| reasons.contains(&look)), "{mine}");
        let _: Value = phone.post("/api/v1/me/privacy/export", &json!({})).await.ok();
        let again: Value = phone.get("/api/v1/me/privacy").await.ok();
        assert_eq!(again["looked"], mine["looked"], "what he does himself is no look");
    })
    .await;
}

/// Whichever way a number is tried, an export and the look at a paper among them, they are counted together.
#[tokio::test]
async fn numbers_that_nobody_has_are_counted_wherever_they_are_tried() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, person) = known_rider(&app).await;
        let rule = NewRulePack {
            code: "people.misses_an_hour".into(),
            region: String::new(),
            valid_from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            valid_to: None,
            value: 3,
            source: "测试".into(),
        };
        rulebook::set_pack(&app.caller(), &rule).await.unwrap();
        let form = json!({ "organisation_id": hall.county, "format": "csv", "filter": { "q": people::phone(4) } });
        let desk = &mut hall.officer;
        let sought = |n: u32| format!("/api/v1/members?q={}", people::phone(n));
        let bind = format!("/api/v1/people/{person}/phone");
        let looked = |n: u32| json!({ "document_number": people::number(n), "phone": people::phone(9) });

        assert_eq!(desk.get(&sought(1)).await.ok::<Value>()["total"], 1);
        assert_eq!(desk.post(&bind, &looked(1)).await.code(), "phone_kept");
        assert_eq!(desk.get(&sought(2)).await.ok::<Value>()["total"], 0);
        let wrong = desk.post(&bind, &looked(3)).await.json();
        assert_eq!(wrong["fields"][0]["code"], "paper_differs", "{wrong}");
        let (exports, key) = ("/api/v1/members/exports", [("idempotency-key", "once")]);
        let made: Value = desk.send_json(Method::POST, exports, &key, &form).await.ok();
        assert_eq!(made["rows"], 0, "what is kept under the key is the export: {made}");

        assert_eq!(desk.get(&sought(1)).await.code(), "too_many_misses");
        assert_eq!(desk.post(&bind, &looked(1)).await.code(), "too_many_misses");
        assert_eq!(desk.post(exports, &form).await.code(), "too_many_misses");
        assert_eq!(acts(&app, "people.misses").await, 1);
        let by_name = format!("/api/v1/members?q={}", encoded(&people::name(1)));
        assert_eq!(desk.get(&by_name).await.ok::<Value>()["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn on_his_request_he_is_made_nameless_and_no_figure_changes() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone, person) = known_rider(&app).await;
        let wish = json!({ "kind": "delete", "text": "请删除我的全部信息" });
        let asked: Value = phone.post("/api/v1/me/privacy/requests", &wish).await.ok();
        let mend = json!({ "kind": "correct", "text": "我的姓名写错了" });
        assert_eq!(phone.post("/api/v1/me/privacy/requests", &mend).await.status, StatusCode::CREATED);
        let waiting: Value = hall.officer.get("/api/v1/privacy-requests?state=waiting").await.ok();
        assert_eq!(waiting["items"][0]["id"], asked["id"], "the one whose term runs out first");
        let answer = format!("/api/v1/privacy-requests/{}/answer", asked["id"].as_str().unwrap());
        let everything = json!({ "done": true, "answer": "已删除。", "erased": "everything" });
        let unsaid = json!({ "done": true, "answer": "已删除。" });
        assert_eq!(hall.officer.post(&answer, &unsaid).await.code(), "erase_missing");
        assert_eq!(hall.officer.post(&answer, &everything).await.code(), "still_member");
        let members: Value = hall.officer.get("/api/v1/members").await.ok();
        let member = members["items"][0]["id"].as_str().unwrap().to_owned();
        let leave = json!({ "reason": "本人申请退会" });
        assert!(hall.officer.post(&format!("/api/v1/members/{member}/leave"), &leave).await.status.is_success());
        let before = figures(&mut hall).await;

        let hold = json!({ "reason": "诉讼（2026）内01民初1号" });
        let held: Value = hall.officer.post(&format!("/api/v1/people/{person}/hold"), &hold).await.ok();
        assert_eq!(held["reason"], hold["reason"]);
        assert_eq!(hall.officer.post(&format!("/api/v1/people/{person}/hold"), &hold).await.code(), "hold_standing");
        assert_eq!(hall.officer.post(&answer, &everything).await.code(), "person_held");
        let lift = hall.officer.post(&format!("/api/v1/people/{person}/lift-hold"), &hold).await;
        assert_eq!(lift.status, StatusCode::NO_CONTENT);
        assert_eq!(acts(&app, "people.erase").await, 0, "what was refused left nothing");

        let done: Value = hall.officer.post(&answer, &everything).await.ok();
        assert_eq!(done["state"], "done");
        let waiting: Value = hall.officer.get("/api/v1/privacy-requests?state=waiting").await.ok();
        assert_eq!(waiting["total"], 0, "nothing of a nameless person waits to be put right");
        // Though the gateway is away just then.
        app.sms().refuse(&people::phone(1));
        app.settle().await;
        app.sms().take(&people::phone(1));
        app.pass(TimeDelta::minutes(1));
        app.settle().await;
        assert!(app.sms().last_text(&people::phone(1)).unwrap().contains("已经删除"));
        assert_eq!(acts(&app, "people.erase").await, 1);
        assert_eq!(figures(&mut hall).await, before, "figures of the past stay");
        let shown: Value = hall.officer.get(&format!("/api/v1/people/{person}")).await.ok();
        assert_eq!((&shown["papers"], &shown["phone"]), (&json!([]), &Value::Null), "{shown}");
        assert!(shown["erased_at"].is_string());
        for at in [format!("members/{member}"), format!("people/{person}"), "people".into(), "privacy-requests".into()]
        {
            let told = String::from_utf8(hall.officer.get(&format!("/api/v1/{at}")).await.body.to_vec()).unwrap();
            let name = masking::name(&people::name(1));
            let (number, phone) = (masking::document_number(&people::number(1)), masking::phone(&people::phone(1)));
            for secret in [&*name, &*number, &*phone, "请删除我的全部信息", "本人申请退会"] {
                assert!(!told.contains(secret), "{at} still tells {secret}: {told}");
            }
        }
        for sought in [people::name(1), people::number(1), people::phone(1)] {
            let found: Value = hall.officer.get(&format!("/api/v1/people?q={}", encoded(&sought))).await.ok();
            assert_eq!(found["total"], 0, "{sought} still finds him");
        }
        assert_eq!(phone.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED, "his session ended");
        // He may come again, as somebody new.
        app.set_clock(app.house().ambient().now() + TimeDelta::minutes(2));
        let (.., answer) = by_phone(&app, &hall, 1).await;
        assert_eq!(answer.ok::<Value>()["already"], false);
    })
    .await;
}

pub(crate) fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn who_was_long_gone_is_made_nameless_by_himself() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _, person) = known_rider(&app).await;
        let members: Value = hall.officer.get("/api/v1/members").await.ok();
        let member = members["items"][0]["id"].as_str().unwrap().to_owned();
        app.schedule().await;
        let shown = async |app: &App| {
            let mut reader = officer_again(app, hall.county.unwrap()).await;
            reader.get(&format!("/api/v1/people/{person}")).await.ok::<Value>()
        };
        // A member is known however long nothing was done for him.
        app.set_clock(app.house().ambient().now() + TimeDelta::days(3700));
        app.settle().await;
        assert!(shown(&app).await["erased_at"].is_null());
        let leave = json!({ "reason": "本人申请退会" });
        let left = officer_again(&app, hall.county.unwrap())
            .await
            .post(&format!("/api/v1/members/{member}/leave"), &leave)
            .await;
        assert!(left.status.is_success(), "{}", left.json());
        app.set_clock(app.house().ambient().now() + TimeDelta::days(3600));
        app.settle().await;
        assert!(shown(&app).await["erased_at"].is_null(), "the term begins with the last that was done");
        app.set_clock(app.house().ambient().now() + TimeDelta::days(60));
        app.settle().await;
        assert!(shown(&app).await["erased_at"].is_string());
        assert_eq!(acts(&app, "people.erase").await, 1);
    })
    .await;
}

/// Passwords expire long before people are forgotten.
async fn officer_again(app: &App, place: Id) -> Client {
    let username = format!("reader{}", app.house().ambient().id());
    officer(app, &username, "业务干部", place).await
}
