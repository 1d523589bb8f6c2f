//! One of everything that a union keeps, made over HTTP by its own officers.

use std::collections::BTreeMap;

use axum::http::Method;
use chrono::TimeDelta;
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::roles::found;

/// Stands in each name, so that a leak is found by its text, too.
pub(crate) const MARK: &str = "邻区";

/// What somebody may seek what is there by: the word in its names, and its member's name and whole numbers.
pub(crate) fn sought() -> [String; 4] {
    [MARK.to_owned(), people::name(1), people::number(1), people::phone(1)]
}

pub(crate) struct Stock {
    /// The grassroots union.
    pub union: Id,
    /// A record's key by its collection's name.
    keys: BTreeMap<&'static str, String>,
}

impl Stock {
    pub(crate) fn key(&self, collection: &str) -> &str {
        self.keys.get(collection).unwrap_or_else(|| panic!("the stock holds none of {collection}"))
    }

    /// A path with the key of what is there.
    pub(crate) fn fill(&self, path: &str) -> String {
        let parts: Vec<&str> = path.split('/').collect();
        path.replace("{id}", self.key(parts[3]))
    }

    /// Fails if an answer shows anything of what is there.
    pub(crate) fn must_not_show(&self, called: &str, answer: &str) {
        assert!(!answer.contains(MARK), "{called} shows a name: {answer}");
        for (collection, key) in self.keys.iter().filter(|(collection, _)| **collection != "platforms") {
            assert!(!answer.contains(key.as_str()), "{called} shows one of {collection}: {answer}");
        }
    }
}

/// Sends what makes a record, and answers it.
async fn make(client: &mut Client, path: &str, body: Value) -> Value {
    let answer = client.post(&format!("/api/v1/{path}"), &body).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.json());
    answer.json()
}

pub(crate) async fn send_file(client: &mut Client, path: &str, place: Id, name: &str, bytes: &[u8]) -> Value {
    post_file(client, path, place, name, bytes).await.ok()
}

pub(crate) async fn post_file(client: &mut Client, path: &str, place: Id, name: &str, bytes: &[u8]) -> Answer {
    let place = place.to_string();
    client.post_form(&format!("/api/v1/{path}"), &[], &[("organisation_id", &place)], (name, bytes)).await
}

fn key(record: &Value) -> String {
    record["id"].as_str().unwrap_or_else(|| panic!("{record} has no key")).to_owned()
}

/// Fills the union's house: `work` does the daily work, `security` keeps accounts, `above` keeps what all share.
pub(crate) async fn stock(app: &App, top: Id, above: &mut Client, work: &mut Client, security: &mut Client) -> Stock {
    let county = found(app, Some(top), "150202", &format!("{MARK}县总工会"), Level::County).await;
    let union = found(app, Some(county), "150202R", &format!("{MARK}骑手联合工会"), Level::Grassroots).await;
    let other = found(app, Some(county), "150202K", &format!("{MARK}快递员联合工会"), Level::Grassroots).await;
    let mut keys = BTreeMap::from([("organisations", union.to_string())]);
    keys.insert("platforms", key(&make(above, "platforms", json!({ "name": "美团", "rank": "head" })).await));
    workforce(&mut keys, work, union).await;
    let mut phone = membership(&mut keys, app, work, union, other).await;
    benefit(&mut keys, work, &mut phone, union).await;
    nomination(&mut keys, app, (above, work), union).await;
    plan(&mut keys, work, top, county).await;
    station(&mut keys, work, &mut phone, union).await;
    consultation(&mut keys, work, &mut phone).await;
    access(&mut keys, security, county).await;
    Stock { union, keys }
}

async fn workforce(keys: &mut BTreeMap<&'static str, String>, work: &mut Client, union: Id) {
    let employer = json!({
        "organisation_id": union, "name": format!("{MARK}物流有限公司"), "credit_code": "914403001922038216",
        "kind": "enterprise",
    });
    keys.insert("employers", key(&make(work, "employers", employer).await));
    let branch = json!({ "platform_id": keys["platforms"], "organisation_id": union, "name": format!("{MARK}站点") });
    keys.insert("branches", key(&make(work, "branches", branch).await));
    let file = send_file(work, "attachments", union, &format!("{MARK}.pdf"), b"%PDF-1.7").await;
    keys.insert("attachments", key(&file));
    let fact = json!({ "kind": "love_meal", "organisation_id": union, "quantity": 3, "day": "2026-06-30" });
    keys.insert("facts", key(&make(work, "facts", fact).await));
}

/// Answers the phone of the member.
async fn membership(
    keys: &mut BTreeMap<&'static str, String>,
    app: &App,
    work: &mut Client,
    union: Id,
    other: Id,
) -> Client {
    let member = people::member(1, "delivery_rider", &union);
    let member = make(work, "members", member).await;
    make(work, "members/approve", json!({ "ids": [member["id"]] })).await;
    keys.insert("members", key(&member));
    let dues = json!({
        "member_ids": [member["id"]], "month": "2026-07-01", "amount_fen": 1_000, "paid_on": "2026-07-01",
    });
    make(work, "dues", dues).await;
    let dues: Value = work.get("/api/v1/dues").await.ok();
    keys.insert("dues", key(&dues["items"][0]));
    let table = format!("证件号码,月份,金额（元）\n{},2026-08,10\n", people::number(1));
    send_file(work, "dues/table", union, &format!("{MARK}会费.csv"), table.as_bytes()).await;
    let tables: Value = work.get("/api/v1/dues-files").await.ok();
    keys.insert("dues-files", key(&tables["items"][0]));
    let form = json!({ "organisation_id": union, "filter": {} });
    keys.insert("exports", key(&make(work, "members/exports", form).await));
    let people: Value = work.get("/api/v1/people").await.ok();
    keys.insert("people", key(&people["items"][0]));
    let wish = json!({ "to_organisation_id": other, "reason": "换了工作" });
    let transfer = make(work, &format!("members/{}/transfer", key(&member)), wish).await;
    keys.insert("transfers", key(&transfer));
    let event = json!({
        "organisation_id": union, "title": format!("{MARK}集中入会"), "place": "广场", "unions": [union], "gifts": [],
        "starts_at": "2026-07-01T00:00:00Z", "ends_at": "2026-07-01T06:00:00Z", "kits_total": 0, "approves_at_once": true,
    });
    keys.insert("events", key(&make(work, "events", event).await));
    let roster = format!("姓名,证件号码,手机号\n{},{},{}\n", people::name(2), people::number(2), people::phone(2));
    let import = send_file(work, "imports", union, &format!("{MARK}.csv"), roster.as_bytes()).await;
    keys.insert("imports", key(&import));

    let mut phone = Client::new(server::router(app.house()).unwrap());
    phone.post("/api/v1/worker/code", &json!({ "phone": people::phone(1) })).await;
    let code = app.sms().last(&people::phone(1)).unwrap();
    let entered = phone.post("/api/v1/worker/session", &json!({ "phone": people::phone(1), "code": code })).await;
    assert!(entered.status.is_success(), "{}", entered.json());
    let wish = json!({ "kind": "delete", "text": "请删除我的旧手机号" });
    keys.insert("privacy-requests", key(&make(&mut phone, "me/privacy/requests", wish).await));
    phone
}

async fn benefit(keys: &mut BTreeMap<&'static str, String>, work: &mut Client, phone: &mut Client, union: Id) {
    let place = json!({ "organisation_id": union, "name": format!("{MARK}驿站"), "kind": "station", "active": true });
    let place = key(&make(work, "benefit-partners", place).await);
    let offer = json!({
        "organisation_id": union, "kind": "meal", "title": format!("{MARK}爱心餐"), "unit_fen": 1500,
        "redeem_from": "2026-07-01", "redeem_until": "2026-07-31", "places": [place],
        "rounds": [{ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-02T00:00:00Z", "total": 10 }],
    });
    let drawn = [("title", json!(format!("{MARK}疗休养"))), ("kind", json!("recuperation")), ("way", json!("draw"))];
    let mut other = offer.clone();
    other.as_object_mut().unwrap().extend(drawn.map(|(field, value)| (field.to_owned(), value)));
    let drawn = key(&make(work, "benefit-offers", other).await);
    make(work, &format!("benefit-offers/{drawn}/publish"), json!({})).await;
    let checked = [("title", json!(format!("{MARK}体检"))), ("kind", json!("health_check")), ("companions", json!(1))];
    let mut other = offer.clone();
    other.as_object_mut().unwrap().extend(checked.map(|(field, value)| (field.to_owned(), value)));
    keys.insert("benefit-batches", batch(work, phone, &place, other).await);
    let offer = key(&make(work, "benefit-offers", offer).await);
    let published = make(work, &format!("benefit-offers/{offer}/publish"), json!({})).await;
    let round = published["rounds"][0]["id"].as_str().unwrap();
    keys.insert("benefit-rounds", round.to_owned());
    let claim = make(phone, &format!("me/benefit-rounds/{round}/claim"), json!({})).await;
    keys.insert("benefit-claims", claim["voucher_id"].as_str().unwrap().to_owned());
    let voucher: Value = phone.get(&format!("/api/v1/me/vouchers/{}", keys["benefit-claims"])).await.ok();
    make(work, "benefit-redemptions", json!({ "partner_id": place, "code": voucher["code"] })).await;
    let statements: Value = work.get("/api/v1/benefit-settlements").await.ok();
    let statement = key(&statements["items"][0]);
    let dispute = json!({ "offer_id": offer, "reason": format!("{MARK}少记一份") });
    let disputed = make(work, &format!("benefit-settlements/{statement}/disputes"), dispute).await;
    keys.insert("benefit-disputes", key(&disputed["disputes"][0]));
    keys.extend([("benefit-settlements", statement), ("benefit-partners", place), ("benefit-offers", offer)]);
}

/// A check whose batch the worker chooses with somebody who comes along.
async fn batch(work: &mut Client, phone: &mut Client, place: &str, offer: Value) -> String {
    let offer = key(&make(work, "benefit-offers", offer).await);
    let published = make(work, &format!("benefit-offers/{offer}/publish"), json!({})).await;
    let batch = json!({ "partner_id": place, "starts_on": "2026-07-20", "ends_on": "2026-07-24", "seats": 20,
        "note": format!("{MARK}集合") });
    let batch = key(&make(work, &format!("benefit-offers/{offer}/batches"), batch).await);
    let round = published["rounds"][0]["id"].as_str().unwrap();
    let claim = make(phone, &format!("me/benefit-rounds/{round}/claim"), json!({})).await;
    let along = json!([{ "name": "王小红", "number_kind": "phone", "number": people::phone(9),
        "birth_date": "1992-03-08" }]);
    let chosen = json!({ "batch_id": batch, "companions": along });
    make(phone, &format!("me/vouchers/{}/batch", claim["voucher_id"].as_str().unwrap()), chosen).await;
    batch
}

/// Somebody is nominated, approved by another officer, publicly shown, and objected to.
async fn nomination(
    keys: &mut BTreeMap<&'static str, String>,
    app: &App,
    (above, work): (&mut Client, &mut Client),
    union: Id,
) {
    let offer = json!({
        "organisation_id": union, "kind": "recuperation", "title": format!("{MARK}劳模疗休养"), "unit_fen": 150_000,
        "redeem_from": "2026-07-01", "redeem_until": "2026-07-31", "places": [keys["benefit-partners"]], "way": "nominate",
        "rounds": [{ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-01T01:01:00Z", "total": 10 }],
    });
    let offer = key(&make(work, "benefit-offers", offer).await);
    let published = make(work, &format!("benefit-offers/{offer}/publish"), json!({})).await;
    let round = key(&published["rounds"][0]);
    let form = json!({ "person_id": keys["people"], "reason": format!("{MARK}抢险先进") });
    let nominated = key(&make(work, &format!("benefit-nomination-rounds/{round}/nominations"), form).await);
    make(above, &format!("benefit-nominations/{nominated}/decide"), json!({ "approve": true })).await;
    app.pass(TimeDelta::minutes(2));
    make(work, &format!("benefit-nomination-rounds/{round}/publicity"), json!({})).await;
    let form = json!({ "reason": format!("{MARK}已离职") });
    let objected = make(work, &format!("benefit-nominations/{nominated}/objections"), form).await;
    keys.insert("benefit-objections", key(&objected["objections"][0]));
    keys.extend([("benefit-nomination-rounds", round), ("benefit-nominations", nominated)]);
}

async fn plan(keys: &mut BTreeMap<&'static str, String>, work: &mut Client, top: Id, county: Id) {
    let draft = json!({ "organisation_id": top, "year": 2026, "title": format!("{MARK}2026年计划") });
    let plan = key(&make(work, "plans", draft).await);
    let indicator = json!({
        "name": "爱心餐", "source": "ledger", "kinds": ["love_meal"], "counting": "items", "unit": "份", "target": 1000,
    });
    let indicator = key(&make(work, &format!("plans/{plan}/indicators"), indicator).await);
    let by_hand = json!({ "name": "制度建设", "source": "manual", "unit": "份", "target": 10 });
    let by_hand = key(&make(work, &format!("plans/{plan}/indicators"), by_hand).await);
    let value =
        json!({ "organisation_id": top, "value": 4, "day": "2026-06-30", "note": format!("{MARK}会议纪要第四号") });
    keys.insert("indicator-values", key(&make(work, &format!("indicators/{by_hand}/values"), value).await));
    let line = json!({ "name": "爱心餐经费", "allotted_fen": 1_000_000 });
    let line = key(&make(work, &format!("plans/{plan}/budget"), line).await);
    make(work, &format!("plans/{plan}/publish"), json!({})).await;
    let payment = json!({ "organisation_id": top, "amount_fen": 100, "day": "2026-06-30", "payee": "餐厅" });
    keys.insert("payments", key(&make(work, &format!("budget-lines/{line}/payments"), payment).await));
    let targets = json!({ "targets": [{ "organisation_id": county, "value": 1000 }] });
    let headers = [("if-match", "\"0\"")];
    let path = format!("/api/v1/indicators/{indicator}/breakdown");
    let broken_down = work.send_json(Method::PUT, &path, &headers, &targets).await;
    assert!(broken_down.status.is_success(), "{}", broken_down.json());
    let reminder = json!({ "organisations": [county], "text": "请抓紧推进爱心餐。" });
    make(work, &format!("indicators/{indicator}/remind"), reminder).await;
    let reminders: Value = work.get("/api/v1/reminders").await.ok();
    keys.insert("reminders", key(&reminders["items"][0]));
    let report = make(work, &format!("plans/{plan}/reports"), json!({ "period": "2026Q2" })).await;
    keys.insert("reports", key(&report));
    let quarter = json!({ "organisation_id": county, "quarter": "2026Q1" });
    keys.insert("quarter-approvals", key(&make(work, "quarter-approvals", quarter).await));
    keys.extend([("plans", plan), ("indicators", indicator), ("budget-lines", line)]);
}

async fn station(keys: &mut BTreeMap<&'static str, String>, work: &mut Client, phone: &mut Client, union: Id) {
    let hours = json!({ "week": [[], [], [], [], [], [], []], "self_service": true });
    let photo = send_file(work, "attachments", union, &format!("{MARK}.png"), b"\x89PNG\r\n\x1a\n....").await;
    let form = json!({
        "organisation_id": union, "code": "NEXT-1", "name": format!("{MARK}驿站"), "kind": "own", "access": "everyone",
        "address": format!("{MARK}街1号"), "position": { "longitude": 110.0, "latitude": 40.6 }, "area": 30, "capacity": 20,
        "hours": hours, "items": ["microwave"], "photos": [{ "attachment_id": photo["id"], "caption": format!("{MARK}门口") }],
    });
    let made = make(work, "stations", form).await;
    let post = json!({ "person_id": keys["people"], "role": "master" });
    make(work, &format!("stations/{}/posts", key(&made)), post).await;
    let device = json!({ "code": "next-lock-1", "kind": "lock", "label": format!("{MARK}门锁") });
    keys.insert("station-devices", key(&make(work, &format!("stations/{}/devices", key(&made)), device).await));
    inspection(keys, work, &key(&made)).await;
    let activity = json!({
        "station_id": made["id"], "kind": "lecture", "title": format!("{MARK}讲座"), "host": format!("{MARK}红十字会"),
        "starts_at": "2026-07-02T02:00:00Z", "ends_at": "2026-07-02T04:00:00Z", "capacity": 10,
    });
    keys.insert("station-activities", key(&make(work, "station-activities", activity).await));
    let guest = json!({
        "station_id": made["id"], "name": format!("{MARK}干部"), "office": format!("{MARK}人社局"), "day": "2026-07-01",
        "activities": 1, "did": format!("{MARK}宣讲"), "requests": [{ "kind": "pay", "wish": format!("{MARK}工资拖欠") }],
    });
    keys.insert("station-guests", key(&make(work, "station-guests", guest).await));
    let incident = json!({
        "sent_as": "next-incident", "kind": "injury", "what": format!("{MARK}有人滑倒"), "did": format!("{MARK}包扎"),
        "helped": format!("{MARK}骑手"), "serious": true,
    });
    let to = format!("me/stations/{}/incidents", key(&made));
    keys.insert("station-incidents", key(&make(phone, &to, incident).await));
    let correction = json!({
        "sent_as": "next-correction", "corrects": "next-incident", "kind": "injury", "what": format!("{MARK}有人摔倒"),
        "did": format!("{MARK}包扎"), "helped": format!("{MARK}环卫工"), "serious": true,
    });
    make(phone, &format!("me/stations/{}/incident-corrections", key(&made)), correction).await;
    let receipt = json!({
        "sent_as": "next-receipt", "kind": "goods", "name": format!("{MARK}雨衣"), "unit": "件", "least": 5, "quantity": 2,
    });
    let to = format!("me/stations/{}/supplies", key(&made));
    keys.insert("station-supplies", key(&make(phone, &to, receipt).await));
    let table = format!("驿站编号,驿站名称,地址\nNEXT-2,{MARK}第二驿站,{MARK}街2号\n");
    send_file(work, "stations/import", union, &format!("{MARK}驿站.csv"), table.as_bytes()).await;
    let files: Value = work.get("/api/v1/station-files").await.ok();
    keys.insert("station-files", key(&files["items"][0]));
    keys.insert("stations", key(&made));
}

async fn access(keys: &mut BTreeMap<&'static str, String>, security: &mut Client, county: Id) {
    let role = json!({
        "name": format!("{MARK}台账员"), "permissions": ["ledger.view"], "organisation_id": county,
    });
    let role = key(&make(security, "roles", role).await);
    let account = json!({
        "username": "next.door", "password": "Niangjia-2026", "name": format!("{MARK}干部"),
        "grants": [{ "role_id": role, "organisation_id": county }],
    });
    keys.insert("accounts", key(&make(security, "accounts", account).await));
    let token = json!({
        "name": format!("{MARK}系统"), "role_id": role, "organisation_id": county, "expires_on": "2026-12-31",
    });
    keys.insert("tokens", key(&make(security, "tokens", token).await));
    let assessment = json!({
        "organisation_id": county, "subject": format!("{MARK}心理咨询"), "aims": format!("{MARK}约谈"),
        "risks": "泄露", "measures": "加密", "conclusion": "allowed", "assessor": format!("{MARK}干部"),
        "assessed_on": "2026-07-01", "valid_until": "2027-06-30",
    });
    let assessment = key(&make(security, "impact-assessments", assessment).await);
    let files = format!("impact-assessments/{assessment}/files");
    send_file(security, &files, county, &format!("{MARK}评估.pdf"), b"%PDF-1.7").await;
    keys.insert("impact-assessments", assessment);
    keys.insert("roles", role);
}

async fn inspection(keys: &mut BTreeMap<&'static str, String>, work: &mut Client, station: &str) {
    let plan = json!({ "station_id": station, "kind": "unannounced", "planned_on": "2026-07-01", "team": "检查组" });
    let plan = key(&make(work, "station-inspections", plan).await);
    let sheet: Value = work.get(&format!("/api/v1/station-inspections/{plan}")).await.ok();
    let items = sheet["marks"].as_array().unwrap();
    let marks: Vec<Value> = items.iter().map(|one| json!({ "code": one["code"], "score": one["weight"] })).collect();
    let found = json!([{ "code": "norm_clean", "wrong": format!("{MARK}桌面不净"), "mend_by": "2026-07-08" }]);
    let result = json!({ "done_on": "2026-07-01", "marks": marks, "found": found });
    let done = make(work, &format!("station-inspections/{plan}/finish"), result).await;
    keys.extend([("station-inspections", plan), ("station-findings", key(&done["found"][0]))]);
}

/// A consultation at a desk of the station: booked on the phone, held, and written down by the officer himself. Beside it a
/// shift that somebody volunteers for, and something that is broken.
async fn consultation(keys: &mut BTreeMap<&'static str, String>, work: &mut Client, phone: &mut Client) {
    let station = keys["stations"].clone();
    make(work, &format!("stations/{station}/open"), json!({})).await;
    let session: Value = work.get("/api/v1/session").await.ok();
    let advisers: Value = work.get(&format!("/api/v1/stations/{station}/desk-advisers")).await.ok();
    let mut advisers = advisers.as_array().unwrap().iter();
    let adviser = advisers.find(|one| one["name"] == session["name"]).unwrap();
    let form = json!({
        "station_id": station, "kind": "legal", "adviser_id": adviser["id"], "minutes": 30,
        "hours": { "week": vec![json!([{ "opens": "09:30", "closes": "17:00" }]); 7] }, "about": format!("{MARK}二楼"),
    });
    let desk = key(&make(work, "station-desks", form).await);
    let times: Value = phone.get(&format!("/api/v1/me/station-desks/{desk}")).await.ok();
    let time = json!({ "starts_at": times["days"][0]["times"][0]["starts_at"] });
    let booking = key(&make(phone, &format!("me/station-desks/{desk}/book"), time).await);
    make(work, &format!("station-consultations/{booking}/mark"), json!({ "came": true })).await;
    let path = format!("/api/v1/station-consultations/{booking}/record");
    let said = json!({ "text": format!("{MARK}欠薪") });
    assert!(work.send_json(Method::PUT, &path, &[], &said).await.status.is_success());
    keys.extend([("station-desks", desk), ("station-consultations", booking)]);
    let shift = json!({
        "station_id": station, "day": "2026-07-03", "from_hour": 9, "until_hour": 11, "task": format!("{MARK}整理图书"),
        "wanted": 2, "guided": true,
    });
    let shift = key(&make(work, "station-shifts", shift).await[0]);
    make(phone, &format!("me/station-shifts/{shift}/join"), json!({})).await;
    let volunteers: Value = work.get(&format!("/api/v1/station-shifts/{shift}/volunteers")).await.ok();
    keys.extend([("station-shifts", shift), ("station-volunteers", key(&volunteers[0]))]);
    let fault = json!({ "station_id": station, "item": "microwave", "said": format!("{MARK}不加热") });
    make(phone, "me/station-faults", fault).await;
    let faults: Value = work.get(&format!("/api/v1/station-faults?station={station}")).await.ok();
    keys.insert("station-faults", key(&faults["items"][0]));
}
