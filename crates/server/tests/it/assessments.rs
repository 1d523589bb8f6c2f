//! The register of impact assessments: what is written down, what ran out, and what goes on without one.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use chrono::TimeDelta;
use kernel::{Id, audit, files, organisation::Level, permission::LoggedIn};
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    attachments::hand_in_at,
    privacy::encoded,
    roles::{PASSWORD, found, officer},
};

const PATH: &str = "/api/v1/impact-assessments";

/// The purposes that nobody assessed.
async fn missing(client: &mut Client) -> BTreeSet<String> {
    lacking(client, "").await
}

/// The same, by a filter.
async fn lacking(client: &mut Client, filter: &str) -> BTreeSet<String> {
    let page: Value = client.get(&format!("{PATH}/missing?{filter}")).await.ok();
    page["items"].as_array().unwrap().iter().map(|one| one["purpose"].as_str().unwrap().to_owned()).collect()
}

async fn total(client: &mut Client, filter: &str) -> Value {
    client.get(&format!("{PATH}?{filter}")).await.ok::<Value>()["total"].clone()
}

/// An assessment of July of the union's counselling, but for what is told.
fn form(union: Id, over: &Value) -> Value {
    let mut form = json!({
        "organisation_id": union, "subject": "驿站心理咨询", "purpose": "counselling", "aims": "留出时间和跟进",
        "risks": "记录泄露会损害名誉", "measures": "加密，只有本人和接待人能看", "conclusion": "guarded",
        "assessor": "网信办公室", "assessed_on": "2026-07-01", "valid_until": "2026-07-31",
    });
    form.as_object_mut().unwrap().extend(over.as_object().unwrap().clone());
    form
}

#[tokio::test]
async fn what_is_handled_by_consent_is_assessed_and_assessed_anew_in_time() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let county = found(&app, Some(root), "150202", "东河区总工会", Level::County).await;
        let mut security = officer(&app, "security", "安全管理员", root).await;
        let mut below = officer(&app, "below", "安全管理员", county).await;
        let mut other = officer(&app, "other", "业务干部", root).await;
        assert_eq!(other.get(PATH).await.status, StatusCode::FORBIDDEN);
        let all = ["child_companion", "counselling", "membership"].map(str::to_owned);
        assert_eq!(missing(&mut security).await, BTreeSet::from(all.clone()));

        let form = |over: Value| form(root, &over);
        let wrong = form(
            json!({ "risks": "无", "purpose": "other", "assessed_on": "2026-07-02", "valid_until": "2026-07-02" }),
        );
        let refused = security.post(PATH, &wrong).await.json();
        let fields: Vec<&Value> = refused["fields"].as_array().unwrap().iter().map(|one| &one["field"]).collect();
        assert_eq!(fields, ["risks", "purpose", "assessed_on", "valid_until"], "{refused}");
        // What must not be done is not covered by the record that says so.
        let forbidden = form(json!({ "subject": "儿童同行", "purpose": "child_companion", "conclusion": "forbidden" }));
        assert_eq!(security.post(PATH, &forbidden).await.status, StatusCode::CREATED);
        let made: Value = security.post(PATH, &form(json!({}))).await.ok();
        assert_eq!((&made["conclusion_label"], &made["expired"]), (&json!("落实保护措施后可以开展"), &json!(false)));
        assert_eq!(missing(&mut security).await, BTreeSet::from(["child_companion", "membership"].map(str::to_owned)));

        assert_eq!(total(&mut security, "soon=true").await, 2, "in time to be done anew");

        // It holds for whoever works below, too, who neither lists nor changes it.
        assert!(!missing(&mut below).await.contains("counselling"));
        assert_eq!(total(&mut below, "").await, 0);
        let own = format!("{PATH}/{}", made["id"].as_str().unwrap());
        assert_eq!(below.put(&own, &made).await.status, StatusCode::NOT_FOUND);
        assert_eq!(below.post(PATH, &form(json!({}))).await.status, StatusCode::NOT_FOUND);

        // It is mended by whoever saw what stands there; what is sought is found, and taken away.
        let mut mended = made.clone();
        mended["measures"] = json!("加密，只有本人和接待人能看，每次打开留痕");
        assert_eq!(security.put(&own, &mended).await.status, StatusCode::OK);
        assert_eq!(security.put(&own, &mended).await.status, StatusCode::PRECONDITION_FAILED);
        let seek = |text| format!("q={}", encoded(text));
        assert_eq!(total(&mut security, &seek(" 心理 ")).await, 1);
        assert_eq!(total(&mut security, &seek("没有的")).await, 0);
        let asked = json!({ "format": "csv", "filter": { "q": " 心理 " } });
        let (exported, file) = security.take_away(&format!("{PATH}/exports"), &asked).await;
        assert_eq!(exported["rows"], 1);
        assert!(String::from_utf8_lossy(&file).contains("每次打开留痕"));

        // After its time it is missing again, until it is done anew; the old record stays.
        app.set_clock("2026-08-01T01:00:00Z".parse().unwrap());
        assert!(security.log_in("security", PASSWORD).await.status.is_success());
        assert_eq!(missing(&mut security).await, BTreeSet::from(all));
        assert_eq!(total(&mut security, "expired=true").await, 2);
        assert_eq!(total(&mut security, "soon=true").await, 0);
        let anew = form(json!({ "assessed_on": "2026-08-01", "valid_until": "2027-07-31" }));
        assert_eq!(security.post(PATH, &anew).await.status, StatusCode::CREATED);
        assert!(!missing(&mut security).await.contains("counselling"));
        let expired: Value = security.get(&format!("{PATH}?expired=true")).await.ok();
        assert_eq!((&expired["total"], &expired["items"][0]["subject"]), (&json!(1), &json!("儿童同行")));
        assert_eq!(total(&mut security, "").await, 3);

        // A later finding that it must not be done ends what stood before, though that holds longer.
        let stopped =
            form(json!({ "conclusion": "forbidden", "assessed_on": "2026-08-01", "valid_until": "2026-08-02" }));
        assert_eq!(security.post(PATH, &stopped).await.status, StatusCode::CREATED);
        assert!(missing(&mut security).await.contains("counselling"));

        // Each change stands in the audit chain.
        for (act, times) in [("assessments.create", 4), ("assessments.change", 1)] {
            let told = audit::Entity::find().filter(audit::Column::Action.eq(act));
            assert_eq!(told.count(app.caller::<LoggedIn>().read()).await.unwrap(), times, "{act}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_assessment_holds_for_the_union_that_made_it_and_those_below() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let city = found(&app, Some(root), "150200", "包头市总工会", Level::Prefecture).await;
        let county = found(&app, Some(city), "150202", "东河区总工会", Level::County).await;
        let mut upper = officer(&app, "upper", "安全管理员", root).await;
        let mut middle = officer(&app, "middle", "安全管理员", city).await;
        let mut lower = officer(&app, "lower", "安全管理员", county).await;
        assert_eq!(middle.post(PATH, &form(city, &json!({}))).await.status, StatusCode::CREATED);
        assert!(!missing(&mut middle).await.contains("counselling"));
        assert!(!missing(&mut lower).await.contains("counselling"));
        assert!(missing(&mut upper).await.contains("counselling"));

        // What the union above forbids, none below allows, until that one allows it again.
        for (conclusion, stands) in [("forbidden", true), ("guarded", false)] {
            let form = form(root, &json!({ "conclusion": conclusion, "valid_until": "2026-07-05" }));
            assert_eq!(upper.post(PATH, &form).await.status, StatusCode::CREATED);
            assert_eq!(missing(&mut lower).await.contains("counselling"), stands, "{conclusion}");
        }

        // Who looks at one of several unions reads what is its own.
        let at_city = format!("organisation={city}");
        let listed: Value = upper.get(&format!("{PATH}?{at_city}")).await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["displaced"]), (&json!(1), &json!(true)));
        assert_eq!(total(&mut upper, "").await, 3);
        let taken = json!({ "format": "csv", "organisation_id": city, "filter": {} });
        assert_eq!(upper.take_away(&format!("{PATH}/exports"), &taken).await.0["rows"], 1);
        let own = form(city, &json!({ "subject": "儿童同行", "purpose": "child_companion" }));
        assert_eq!(middle.post(PATH, &own).await.status, StatusCode::CREATED);
        assert!(missing(&mut upper).await.contains("child_companion"));
        assert!(!lacking(&mut upper, &at_city).await.contains("child_companion"));
        let foreign = lower.get(&format!("{PATH}/missing?{at_city}")).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);

        // What ran out at the city and was done anew above need not be done again, the other must.
        app.set_clock("2026-08-01T01:00:00Z".parse().unwrap());
        for (name, officer, ran_out) in [("upper", &mut upper, 2), ("middle", &mut middle, 1)] {
            assert!(officer.log_in(name, PASSWORD).await.status.is_success());
            assert_eq!(total(officer, "expired=true").await, ran_out, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_an_assessment_rests_on_is_kept_with_it() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let county = found(&app, Some(root), "150202", "东河区总工会", Level::County).await;
        let mut security = officer(&app, "security", "安全管理员", root).await;
        let mut below = officer(&app, "below", "安全管理员", county).await;
        let made: Value = security.post(PATH, &form(root, &json!({}))).await.ok();
        let own = format!("{PATH}/{}", made["id"].as_str().unwrap());
        let (files, file) = (format!("{own}/files"), format!("{own}/file"));
        assert_eq!(security.get(&file).await.status, StatusCode::NOT_FOUND, "it rests on none yet");
        let (kind, pdf) = ("application/pdf", &b"%PDF-1.7 content"[..]);
        for name in ["评估报告.pdf", "审批表.pdf"] {
            assert_eq!(hand_in_at(&mut security, &files, (kind, name, pdf)).await.status, StatusCode::OK);
        }
        let listed: Value = security.get(PATH).await.ok();
        let shown = listed["items"][0]["files"].as_array().unwrap();
        assert_eq!(shown.iter().map(|one| &one["name"]).collect::<Vec<_>>(), ["评估报告.pdf", "审批表.pdf"]);
        let second: Id = shown[1]["id"].as_str().unwrap().parse().unwrap();
        let path = format!("{file}?attachment={second}");
        assert_eq!(&security.get(&path).await.body[..], pdf);
        assert_eq!(below.get(&path).await.status, StatusCode::NOT_FOUND);

        // It may be no other file of the union, and twenty are enough.
        let other: Value = security.post(PATH, &form(root, &json!({ "subject": "儿童同行" }))).await.ok();
        let foreign = format!("{PATH}/{}/file?attachment={second}", other["id"].as_str().unwrap());
        assert_eq!(security.get(&foreign).await.status, StatusCode::NOT_FOUND);
        let others: Vec<String> = (2..20).map(|n| format!("({n}, {})", made["id"].as_str().unwrap())).collect();
        let others = others.join(", ");
        app.write(&format!("INSERT INTO impact_assessment_file (attachment_id, assessment_id) VALUES {others}")).await;
        let refused = hand_in_at(&mut security, &files, (kind, "多余.pdf", pdf)).await;
        assert_eq!(refused.code(), "assessment_files_full");
        for (act, times) in [("assessments.attach", 2), ("attachments.add", 2), ("attachments.fetch", 1)] {
            let told = audit::Entity::find().filter(audit::Column::Action.eq(act));
            assert_eq!(told.count(app.caller::<LoggedIn>().read()).await.unwrap(), times, "{act}");
        }

        // Other attachments go after ten years; these stay as the record does.
        app.pass(TimeDelta::days(5_000));
        app.work("kernel.attachment_expire").await.unwrap();
        assert_eq!(files::fetch(&app.caller::<LoggedIn>(), second).await.unwrap().bytes, pdf);
    })
    .await;
}
