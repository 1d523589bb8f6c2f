//! What no other test sends over HTTP, each once: the client fails where a change leaves no entry in the audit chain.

use axum::http::Method;
use chrono::TimeDelta;
use kernel::{Id, organisation::Level, permission::LoggedIn};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    attachments::hand_in_as,
    roles::{found, officer},
    roster::put_up,
    station_faults::stranger,
    stations::{day, done, phone},
    stock::send_file,
};

/// A county below a province, and an officer of the province.
async fn county(app: &App) -> (Id, Id, Client) {
    let root = found(app, None, "150000", "自治区总工会", Level::Province).await;
    let county = found(app, Some(root), "150202", "东河区总工会", Level::County).await;
    (root, county, officer(app, "officer", "业务干部", root).await)
}

fn key(record: &Value) -> &str {
    record["id"].as_str().unwrap_or_else(|| panic!("{record} has no key"))
}

/// It was done, and an entry in the audit chain tells of it; what changes nothing leaves none.
pub(crate) fn told(answer: &Answer) {
    done(answer);
    assert!(!answer.trace.acts().is_empty(), "{} left no entry", answer.trace.path());
}

/// A member of a union, by number.
async fn member(officer: &mut Client, union: Id, n: u32) -> Value {
    let form = people::member(n, "delivery_rider", &union);
    let member: Value = officer.post("/api/v1/members", &form).await.ok();
    told(&officer.post("/api/v1/members/approve", &json!({ "ids": [member["id"]] })).await);
    member
}

#[tokio::test]
async fn unions_are_merged_and_split() {
    App::each(&server::programmes(), async |app| {
        let (root, gone, _) = county(&app).await;
        let stays = found(&app, Some(root), "150203", "昆都仑区总工会", Level::County).await;
        let mut system = officer(&app, "system", "系统管理员", root).await;
        let into = json!({ "into_id": stays, "day": "2026-07-01" });
        let merged: Value = system.post(&format!("/api/v1/organisations/{gone}/merge"), &into).await.ok();
        assert_eq!(merged["id"], json!(stays));
        let off = json!({ "day": "2026-07-01", "name": "青山区总工会", "code": "150204", "children": [] });
        let split: Value = system.post(&format!("/api/v1/organisations/{stays}/split"), &off).await.ok();
        assert_eq!(split["name"], "青山区总工会");
    })
    .await;
}

#[tokio::test]
async fn papers_come_and_go_and_two_records_become_one() {
    App::each(&server::programmes(), async |app| {
        let (_, county, mut officer) = county(&app).await;
        let (stays, _) = stranger(&app, 3, &county.to_string()).await;
        let (gone, _) = stranger(&app, 4, &county.to_string()).await;
        let path = format!("/api/v1/people/{stays}");
        let papers = async |officer: &mut Client, way: &str, seen: &Value, form: Value| {
            let seen = format!("\"{}\"", seen["version"]);
            officer.send_json(Method::POST, &format!("{path}/{way}"), &[("if-match", &seen)], &form).await
        };
        let seen: Value = officer.get(&path).await.ok();
        let passport = json!({ "kind": "passport", "number": "E12345678" });
        let more: Value = papers(&mut officer, "papers", &seen, passport).await.ok();
        let wrong = json!({ "paper_id": more["papers"][1]["id"], "reason": "是别人的护照" });
        let left: Value = papers(&mut officer, "papers/remove", &more, wrong).await.ok();
        assert_eq!((more["papers"].as_array().unwrap().len(), left["papers"].as_array().unwrap().len()), (2, 1));
        let into = json!({ "into_id": stays, "reason": "同一人登记了两次" });
        let one: Value = officer.post(&format!("/api/v1/people/{gone}/merge"), &into).await.ok();
        assert_eq!(one["merged_from"], json!([gone]));
    })
    .await;
}

#[tokio::test]
async fn an_address_is_expected_at_the_units_sign_in_and_is_not_any_more() {
    App::each(&server::programmes(), async |app| {
        let (root, county, _) = county(&app).await;
        let mut security = officer(&app, "security", "安全管理员", root).await;
        let role = json!({ "name": "台账员", "permissions": ["ledger.view"], "organisation_id": county });
        let role: Value = security.post("/api/v1/roles", &role).await.ok();
        let account = json!({
            "username": "clerk", "password": "Niangjia-2026", "name": "王干事",
            "grants": [{ "role_id": role["id"], "organisation_id": county }],
        });
        let account: Value = security.post("/api/v1/accounts", &account).await.ok();
        let path = format!("/api/v1/accounts/{}/provider", key(&account));
        let form = json!({ "email": "wang@gh.example.cn" });
        told(&security.send_json(Method::PUT, &path, &[], &form).await);
        let shown: Value = security.get(&format!("/api/v1/accounts/{}", key(&account))).await.ok();
        assert_eq!(shown["single_sign_on"], true);
        told(&security.send_json(Method::DELETE, &path, &[], &json!({})).await);
        assert_eq!(security.send_json(Method::DELETE, &path, &[], &json!({})).await.code(), "not_bound");
    })
    .await;
}

#[tokio::test]
async fn the_chain_is_taken_away_by_who_audits() {
    App::each(&server::programmes(), async |app| {
        let (root, ..) = county(&app).await;
        let mut audit = officer(&app, "audit", "审计管理员", root).await;
        let (made, file) = audit.take_away("/api/v1/audit/exports", &json!({ "format": "csv", "filter": {} })).await;
        assert!(made["rows"].as_i64().unwrap() > 0 && String::from_utf8_lossy(&file).contains("登录"), "{made}");
    })
    .await;
}

#[tokio::test]
async fn a_roster_is_brought_in_and_taken_back_and_another_one_stopped() {
    App::each(&server::programmes(), async |app| {
        let (_, county, mut officer) = county(&app).await;
        let roster = format!("姓名,证件号码,手机号\n{},{},{}\n", people::name(2), people::number(2), people::phone(2));
        let import = send_file(&mut officer, "imports", county, "名册.csv", roster.as_bytes()).await;
        let path = format!("/api/v1/imports/{}", key(&import));
        let columns = json!({ "fields": ["name", "document_number", "phone"] });
        told(&officer.send_json(Method::PUT, &format!("{path}/columns"), &[], &columns).await);
        for (step, state) in [("check", "checked"), ("start", "done"), ("undo", "undone")] {
            told(&officer.post(&format!("{path}/{step}"), &json!({})).await);
            app.settle().await;
            assert_eq!(officer.get(&path).await.json()["state"], state, "{step}");
        }
        let other = send_file(&mut officer, "imports", county, "名册2.csv", roster.as_bytes()).await;
        let path = format!("/api/v1/imports/{}", key(&other));
        told(&officer.post(&format!("{path}/check"), &json!({})).await);
        told(&officer.post(&format!("{path}/cancel"), &json!({})).await);
    })
    .await;
}

#[tokio::test]
async fn dues_that_were_written_down_by_mistake_are_taken_back() {
    App::each(&server::programmes(), async |app| {
        let (_, county, mut officer) = county(&app).await;
        let member = member(&mut officer, county, 1).await;
        let paid = json!({
            "member_ids": [member["id"]], "month": "2026-07-01", "amount_fen": 1_000, "paid_on": "2026-07-01",
        });
        told(&officer.post("/api/v1/dues", &paid).await);
        let dues: Value = officer.get("/api/v1/dues").await.ok();
        let back = format!("/api/v1/dues/{}/take-back", key(&dues["items"][0]));
        let why = json!({ "reason": "登记错了人" });
        told(&officer.post(&back, &why).await);
        assert!(officer.post(&back, &why).await.status.is_client_error());
    })
    .await;
}

#[tokio::test]
async fn who_lapsed_is_talked_to_and_leaves() {
    App::each(&server::programmes(), async |app| {
        let (_, county, mut officer) = county(&app).await;
        let away = member(&mut officer, county, 1).await;
        let payer = member(&mut officer, county, 2).await;
        app.pass(TimeDelta::days(190));
        let mut officer = self::officer(&app, "in.winter", "业务干部", county).await;
        for month in ["2026-07-01", "2026-12-01"] {
            let paid = json!({
                "member_ids": [payer["id"]], "month": month, "amount_fen": 1_000, "paid_on": "2027-01-06",
            });
            told(&officer.post("/api/v1/dues", &paid).await);
        }
        app.work("membership_lapses").await.unwrap();
        let path = format!("/api/v1/members/{}", key(&away));
        let today = app.caller::<LoggedIn>().today();
        let talk = json!({ "day": today, "words": "电话联系，已离开本地", "good_reason": false });
        told(&officer.post(&format!("{path}/talk"), &talk).await);
        app.pass(TimeDelta::days(30));
        let mut officer = self::officer(&app, "in.spring", "业务干部", county).await;
        let left: Value = officer.post(&format!("{path}/leave-lapsed"), &json!({})).await.ok();
        assert_eq!(left["state"], "left");
    })
    .await;
}

#[tokio::test]
async fn a_target_is_recorded_raised_and_reminded_of() {
    App::each(&server::programmes(), async |app| {
        let (root, county, mut officer) = county(&app).await;
        let mut below = self::officer(&app, "below", "业务干部", county).await;
        let plan = json!({ "organisation_id": root, "year": 2026, "title": "2026年工作要点" });
        let plan: Value = officer.post("/api/v1/plans", &plan).await.ok();
        let indicator = json!({ "name": "走访慰问", "source": "manual", "unit": "次", "target": 1000 });
        let indicator: Value = officer.post(&format!("/api/v1/plans/{}/indicators", key(&plan)), &indicator).await.ok();
        told(&officer.post(&format!("/api/v1/plans/{}/publish", key(&plan)), &json!({})).await);
        let path = format!("/api/v1/indicators/{}", key(&indicator));
        let targets = json!({ "targets": [{ "organisation_id": county, "value": 1000 }] });
        let unseen = [("if-match", "\"0\"")];
        told(&officer.send_json(Method::PUT, &format!("{path}/breakdown"), &unseen, &targets).await);
        let raise = json!({ "organisation_id": county, "value": 1200 });
        told(&below.post(&format!("{path}/raise"), &raise).await);
        let value = json!({ "organisation_id": county, "value": 30, "day": "2026-07-01", "note": "走访台账第3号" });
        let value: Value = below.post(&format!("{path}/values"), &value).await.ok();
        let back = format!("/api/v1/indicator-values/{}/reverse", key(&value));
        told(&below.post(&back, &json!({ "reason": "填错了单位" })).await);
        let reminder = json!({ "organisations": [county], "text": "请抓紧走访。" });
        told(&officer.post(&format!("{path}/remind"), &reminder).await);
        // It waits for who was reminded, not for who reminds.
        for (client, received) in [(&mut officer, 0), (&mut below, 1)] {
            for (filter, count) in [("open=true", 1), ("open=true&received=true", received)] {
                let page: Value = client.get(&format!("/api/v1/reminders?{filter}")).await.ok();
                assert_eq!(page["total"], count, "{filter}");
            }
        }
        let reminders: Value = below.get("/api/v1/reminders").await.ok();
        let answer = format!("/api/v1/reminders/{}/answer", key(&reminders["items"][0]));
        let said = json!({ "answer": "本周内走访完毕" });
        told(&below.post(&answer, &said).await);
        assert_eq!(below.post(&answer, &said).await.code(), "reminder_answered");
    })
    .await;
}

#[tokio::test]
async fn what_an_inspection_found_is_mended_and_its_result_taken_back() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let many = json!({
            "stations": [day.station], "kind": "planned", "from": "2026-07-02", "to": "2026-07-03", "team": "检查组",
        });
        let planned: Value = day.officer.post("/api/v1/station-inspections/plan", &many).await.ok();
        let path = format!("/api/v1/station-inspections/{}", planned["inspections"][0].as_str().unwrap());
        let sheet: Value = day.officer.get(&path).await.ok();
        let full = |mark: &Value| json!({ "code": mark["code"], "score": mark["weight"] });
        let marks: Vec<Value> = sheet["marks"].as_array().unwrap().iter().map(full).collect();
        let found = json!([{ "code": "norm_clean", "wrong": "桌面不净", "mend_by": "2026-07-08" }]);
        let result = json!({ "done_on": "2026-07-01", "marks": marks, "found": found });
        let done_so: Value = day.officer.post(&format!("{path}/finish"), &result).await.ok();
        let png = b"\x89PNG\r\n\x1a\n....";
        let photo: Value = hand_in_as(&mut day.officer, "image/png", "桌面.png", png).await.ok();
        let mending = json!({
            "mending": "已擦净", "proof": [{ "attachment_id": photo["id"], "caption": "桌面" }],
        });
        let report = format!("/api/v1/station-findings/{}/report", key(&done_so["found"][0]));
        let reported: Value = day.officer.post(&report, &mending).await.ok();
        assert_eq!(reported["state"], "reported");
        let why = json!({ "reason": "登记到了别的驿站" });
        told(&day.officer.post(&format!("{path}/take-back"), &why).await);
    })
    .await;
}

#[tokio::test]
async fn a_shift_is_called_off_and_a_station_closed_by_mistake_prepared_anew() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shift = json!({
            "day": "2026-07-02", "from_hour": 14, "until_hour": 16, "task": "整理图书", "wanted": 1, "guided": true,
        });
        let shift = put_up(&mut day, &shift).await;
        let why = json!({ "reason": "当天停电" });
        told(&day.officer.post(&format!("/api/v1/station-shifts/{shift}/call-off"), &why).await);
        let asked = json!({ "organisation_id": day.county, "filter": {} });
        told(&day.officer.post("/api/v1/station-requests/exports", &asked).await);
        for (turn, state) in [("close", "closed"), ("reopen", "planned")] {
            let path = format!("/api/v1/stations/{}/{turn}", day.station);
            let turned: Value = day.officer.post(&path, &json!({ "reason": "选错了驿站" })).await.ok();
            assert_eq!(turned["state"], state);
        }
    })
    .await;
}

#[tokio::test]
async fn several_stations_are_paused_and_opened_and_their_inspections_cancelled() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let plan =
            json!({ "station_id": day.station, "kind": "planned", "planned_on": "2026-07-02", "team": "检查组" });
        let planned: Value = day.officer.post("/api/v1/station-inspections", &plan).await.ok();
        let cancel = json!({ "inspections": [planned["id"]], "reason": "另行安排" });
        told(&day.officer.post("/api/v1/station-inspections/cancel", &cancel).await);
        let pause = json!({ "stations": [day.station], "reason": "内部装修" });
        told(&day.officer.post("/api/v1/stations/pause", &pause).await);
        let path = format!("/api/v1/stations/{}", day.station);
        assert_eq!(day.officer.get(&path).await.json()["state"], "paused");
        told(&day.officer.post("/api/v1/stations/open", &json!({ "stations": [day.station] })).await);
        assert_eq!(day.officer.get(&path).await.json()["state"], "open");
        let facts = json!({ "filter": { "organisation": day.county } });
        told(&day.officer.post("/api/v1/facts/exports", &facts).await);
    })
    .await;
}

/// A round of an offer for which unions nominate.
async fn round(officer: &mut Client, county: Id) -> String {
    let place = json!({ "organisation_id": county, "name": "东河驿站", "kind": "station", "active": true });
    let place: Value = officer.post("/api/v1/benefit-partners", &place).await.ok();
    let offer = json!({
        "organisation_id": county, "kind": "recuperation", "title": "劳模疗休养", "unit_fen": 150_000,
        "redeem_from": "2026-07-01", "redeem_until": "2026-07-31", "places": [place["id"]], "way": "nominate",
        "rounds": [{ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-01T01:01:00Z", "total": 10 }],
    });
    let offer: Value = officer.post("/api/v1/benefit-offers", &offer).await.ok();
    let published: Value =
        officer.post(&format!("/api/v1/benefit-offers/{}/publish", key(&offer)), &json!({})).await.ok();
    key(&published["rounds"][0]).to_owned()
}

#[tokio::test]
async fn a_refusal_is_decided_anew_and_a_worker_objects_to_who_is_shown() {
    App::each(&server::programmes(), async |app| {
        let (_, county, mut above) = county(&app).await;
        let mut officer = self::officer(&app, "below", "业务干部", county).await;
        for n in 1..=2 {
            member(&mut officer, county, n).await;
        }
        let people: Value = officer.get(&format!("/api/v1/people?q={}", people::phone(1))).await.ok();
        let round = round(&mut officer, county).await;
        let form = json!({ "person_id": people["items"][0]["id"], "reason": "抢险先进" });
        let rounds = format!("/api/v1/benefit-nomination-rounds/{round}");
        let nominated: Value = officer.post(&format!("{rounds}/nominations"), &form).await.ok();
        let path = format!("/api/v1/benefit-nominations/{}", key(&nominated));
        let decide =
            async |above: &mut Client, form: Value| -> Answer { above.post(&format!("{path}/decide"), &form).await };
        told(&decide(&mut above, json!({ "approve": false, "note": "证明不全" })).await);
        told(&above.post(&format!("{path}/reopen"), &json!({ "reason": "证明已补齐" })).await);
        told(&decide(&mut above, json!({ "approve": true })).await);
        app.pass(TimeDelta::minutes(2));
        told(&officer.post(&format!("{rounds}/publicity"), &json!({})).await);
        let object = format!("/api/v1/me/benefit-nominations/{}/object", key(&nominated));
        let mut worker = phone(&app, 2).await;
        told(&worker.post(&object, &json!({ "reason": "名额应当轮换" })).await);
        assert_eq!(worker.post(&object, &json!({ "reason": "名额应当轮换" })).await.code(), "already_objected");
    })
    .await;
}
