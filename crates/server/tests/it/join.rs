//! Story 6 under load, through the router: two thousand workers join at once, some of them sending twice, and each is a
//! member exactly once.

use std::collections::HashSet;

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use futures::{StreamExt, stream};
use kernel::{Id, organisation::Level, permission::LoggedIn};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    privacy::encoded,
    roles::{found, officer},
};

const WORKERS: u32 = 2_000;
/// On PostgreSQL fewer, because each of an unoptimised build's statements goes over a socket and the test would take half
/// a minute; the rule is the same.
const WORKERS_ON_SERVER: u32 = 500;
const AT_ONCE: usize = 64;

pub(crate) struct Hall {
    pub officer: Client,
    pub county: Option<Id>,
    pub event: Value,
    pub code: String,
}

/// A county with a union of riders that holds an event.
pub(crate) async fn hall(app: &App) -> Hall {
    let county = found(app, None, "152201", "乌兰浩特市总工会", Level::County).await;
    let riders = found(app, Some(county), "152201R", "骑手联合工会", Level::Grassroots).await;
    let mut officer = officer(app, "officer", "业务干部", county).await;
    let now = app.caller::<LoggedIn>().now();
    let form = json!({
        "organisation_id": county, "title": "骑手集中入会", "place": "工人文化宫",
        "starts_at": (now - TimeDelta::hours(1)).to_rfc3339(), "ends_at": (now + TimeDelta::hours(5)).to_rfc3339(),
        "unions": [riders], "gifts": [{ "kind": "kit", "name": "暖心礼包" }],
        "kits_total": 3000, "approves_at_once": true,
    });
    let event: Value = officer.post("/api/v1/events", &form).await.ok();
    let code = event["code"].as_str().unwrap().to_owned();
    Hall { officer, county: Some(county), event, code }
}

/// A hall, and a rider who just joined in it.
pub(crate) async fn rider(app: &App) -> (Hall, Client) {
    let hall = hall(app).await;
    let (phone, _, joined) = by_phone(app, &hall, 1).await;
    assert!(joined.status.is_success(), "{}", joined.json());
    (hall, phone)
}

/// Somebody who fills the form in on his phone, the version of what he agreed to, and what he was answered.
pub(crate) async fn by_phone(app: &App, hall: &Hall, n: u32) -> (Client, String, Answer) {
    let mut phone = Client::new(server::router(app.house()).unwrap());
    let consent = consent(&mut phone, &hall.code).await;
    let answer = signs(app, &mut phone, (&hall.code, &consent), n).await;
    (phone, consent, answer)
}

/// Asks for a code and sends the form.
pub(crate) async fn signs(app: &App, client: &mut Client, (event, consent): (&str, &str), n: u32) -> Answer {
    let form = filled(app, client, (event, consent), n).await;
    client.post(&format!("/api/v1/public/events/{event}/join"), &form).await
}

/// Asks for a code; the form with it, before it is sent.
pub(crate) async fn filled(app: &App, client: &mut Client, (event, consent): (&str, &str), n: u32) -> Value {
    let phone = people::phone(n);
    let asked = client.post(&format!("/api/v1/public/events/{event}/code"), &json!({ "phone": phone })).await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT, "{}", asked.json());
    form(n, &app.sms().last(&phone).unwrap(), consent)
}

pub(crate) async fn consent(client: &mut Client, code: &str) -> String {
    let seen: Value = client.get(&format!("/api/v1/public/events/{code}")).await.ok();
    assert_eq!(seen["open"], true);
    seen["consent"]["version"].as_str().unwrap().to_owned()
}

fn form(n: u32, code: &str, consent: &str) -> Value {
    json!({
        "phone": people::phone(n), "code": code, "name": people::name(n),
        "document_kind": "citizen_number", "document_number": people::number(n),
        "group": "delivery_rider", "consent_version": consent,
    })
}

/// One worker's minute; every twentieth sends twice, as on a bad network. Answers the number on his card.
pub(crate) async fn join(app: &App, mut client: Client, code: &str, consent: &str, n: u32) -> String {
    let path = format!("/api/v1/public/events/{code}/join");
    let form = filled(app, &mut client, (code, consent), n).await;
    let key = format!("00000000-0000-4000-8000-{n:012}");
    let headers = [("idempotency-key", key.as_str())];
    let joined: Value = client.send_json(Method::POST, &path, &headers, &form).await.ok();
    assert_eq!((&joined["state"], &joined["already"]), (&json!("normal"), &json!(false)), "{joined}");
    if n.is_multiple_of(20) {
        let again: Value = client.send_json(Method::POST, &path, &headers, &form).await.ok();
        assert_eq!(again, joined);
        let me: Value = client.get("/api/v1/me").await.ok();
        assert_eq!(me["member"]["card_number"], joined["card_number"]);
        let late = client.post(&path, &form).await;
        assert_eq!(
            (late.status, late.json()["fields"][0]["code"].clone()),
            (422.try_into().unwrap(), json!("wrong_code"))
        );
    }
    joined["card_number"].as_str().unwrap().to_owned()
}

/// Somebody joins in a hall, on a phone of his own; answers the number on his card.
pub(crate) async fn joins(app: &App, hall: &Hall, n: u32) -> String {
    let mut phone = Client::new(server::router(app.house()).unwrap());
    let consent = consent(&mut phone, &hall.code).await;
    join(app, phone, &hall.code, &consent, n).await
}

#[tokio::test]
async fn two_thousand_join_at_once_and_each_once() {
    App::each(&server::programmes(), async |app| {
        let workers = if app.is_on_server() { WORKERS_ON_SERVER } else { WORKERS };
        let mut hall = hall(&app).await;
        let consent = consent(&mut Client::new(server::router(app.house()).unwrap()), &hall.code).await;
        let router = server::router(app.house()).unwrap();
        let joins = (0..workers).map(|n| join(&app, Client::new(router.clone()), &hall.code, &consent, n));
        let cards: Vec<String> = stream::iter(joins).buffer_unordered(AT_ONCE).collect().await;
        assert_eq!(cards.iter().collect::<HashSet<_>>().len(), cards.len());
        let event = hall.event["id"].as_str().unwrap();
        let seen: Value = hall.officer.get(&format!("/api/v1/events/{event}")).await.ok();
        assert_eq!(
            (&seen["counts"]["joined"], &seen["counts"]["approved"]),
            (&json!(workers), &json!(workers)),
            "{seen}"
        );
        let members: Value = hall.officer.get("/api/v1/members?state=normal&limit=1").await.ok();
        assert_eq!(members["total"], json!(workers));
        let county = hall.event["organisation_id"].as_str().unwrap();
        let path = format!("/api/v1/figures?organisation={county}&kinds=member_joined&from=2026-07-01&to=2026-07-01");
        let figures: Value = hall.officer.get(&path).await.ok();
        assert_eq!(figures["items"][0]["people"], json!(workers), "{figures}");
        app.settle().await;
    })
    .await;
}

/// Those who come at the same moment are settled by one unit; nobody is told what is another's.
#[tokio::test]
async fn of_those_who_join_together_each_is_answered_for_himself() {
    const GOOD: u32 = 20;
    App::each(&server::programmes(), async |app| {
        let mut hall = hall(&app).await;
        let router = server::router(app.house()).unwrap();
        let mut client = Client::new(router.clone());
        let consent = consent(&mut client, &hall.code).await;
        let mut forms = Vec::new();
        for n in 0..GOOD + 3 {
            forms.push(filled(&app, &mut client, (&hall.code, &consent), n).await);
            // Some name their union, for the others it is found.
            if n % 2 == 0 {
                forms[n as usize]["organisation_id"] = hall.event["unions"][0]["id"].clone();
            }
        }
        // One has a wrong code, and one paper comes by two phones.
        let wrong = if forms[20]["code"] == "000000" { "000001" } else { "000000" };
        forms[20]["code"] = json!(wrong);
        forms[22]["document_number"] = forms[21]["document_number"].clone();
        forms[22]["name"] = forms[21]["name"].clone();
        let path = format!("/api/v1/public/events/{}/join", hall.code);
        let answers = forms.iter().map(|form| {
            let (mut client, path) = (Client::new(router.clone()), path.clone());
            async move { client.post(&path, form).await }
        });
        let answers = futures::future::join_all(answers).await;
        for (n, answer) in (0..GOOD).zip(&answers) {
            let joined = answer.json();
            assert_eq!((&joined["state"], &joined["already"]), (&json!("normal"), &json!(false)), "{n}: {joined}");
        }
        assert_eq!(answers[20].json()["fields"][0]["code"], "wrong_code");
        let mut twice = [answers[21].status, answers[22].status];
        twice.sort();
        assert_eq!(twice, [StatusCode::OK, StatusCode::CONFLICT], "{} {}", answers[21].json(), answers[22].json());
        let event = hall.event["id"].as_str().unwrap();
        let seen: Value = hall.officer.get(&format!("/api/v1/events/{event}")).await.ok();
        assert_eq!((&seen["counts"]["joined"], &seen["counts"]["approved"]), (&json!(GOOD + 1), &json!(GOOD + 1)));
        app.settle().await;
    })
    .await;
}

/// With two of one number neither could log in by it.
#[tokio::test]
async fn nobody_joins_by_the_phone_of_somebody_else() {
    App::each(&server::programmes(), async |app| {
        let (hall, mut phone) = rider(&app).await;
        let consent = consent(&mut phone, &hall.code).await;
        let public = format!("/api/v1/public/events/{}", hall.code);
        let number = people::phone(1);
        let next_minute = || app.pass(TimeDelta::seconds(61));
        for union in [Value::Null, hall.event["unions"][0]["id"].clone()] {
            next_minute();
            phone.post(&format!("{public}/code"), &json!({ "phone": number })).await;
            let mut another = form(2, &app.sms().last(&number).unwrap(), &consent);
            another["phone"] = json!(number);
            another["organisation_id"] = union;
            let refused = phone.post(&format!("{public}/join"), &another).await;
            assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "phone_of_another"));
        }
        next_minute();
        phone.post("/api/v1/worker/code", &json!({ "phone": number })).await;
        let log_in = json!({ "phone": number, "code": app.sms().last(&number).unwrap() });
        assert_eq!(phone.post("/api/v1/worker/session", &log_in).await.status, StatusCode::NO_CONTENT);
    })
    .await;
}

/// Whoever comes to the table with a dead phone is found by his name, and afterwards those who never came.
#[tokio::test]
async fn who_joined_is_sought_by_name_or_number_and_by_the_kit_that_waits() {
    App::each(&server::programmes(), async |app| {
        let mut hall = hall(&app).await;
        let (_, _, first) = by_phone(&app, &hall, 1).await;
        let first: Value = first.ok();
        by_phone(&app, &hall, 2).await;
        let path = format!("/api/v1/events/{}", hall.event["id"].as_str().unwrap());
        let card = first["card_number"].as_str().unwrap();
        for sought in [encoded(&people::name(1)), people::phone(1), people::number(1), card.to_owned()] {
            let found: Value = hall.officer.get(&format!("{path}/joins?q={sought}")).await.ok();
            assert_eq!((&found["total"], &found["items"][0]["card_number"]), (&json!(1), &json!(card)), "{sought}");
        }
        let given = hall.officer.post(&format!("{path}/kits"), &json!({ "code": card, "gate": "一号台" })).await;
        assert!(given.status.is_success(), "{}", given.json());
        let waiting: Value = hall.officer.get(&format!("{path}/joins?kit_waiting=true")).await.ok();
        assert_eq!(waiting["total"], 1);
        assert_ne!(waiting["items"][0]["card_number"], card);
    })
    .await;
}

/// Whatever is chosen that is on no list is told, whether or not the union is named, and the code can be used after.
#[tokio::test]
async fn what_is_on_no_list_is_told_and_uses_no_code_up() {
    App::each(&server::programmes(), async |app| {
        let hall = hall(&app).await;
        let mut client = Client::new(server::router(app.house()).unwrap());
        let consent = consent(&mut client, &hall.code).await;
        let mut good = filled(&app, &mut client, (&hall.code, &consent), 1).await;
        good["organisation_id"] = hall.event["unions"][0]["id"].clone();
        let path = format!("/api/v1/public/events/{}/join", hall.code);
        for (field, wrong, told) in [
            ("group", json!("nobody"), "unknown_group"),
            ("platform_id", json!("1"), "unknown_platform"),
            ("organisation_id", json!(hall.county), "union_unclear"),
            ("consent_version", json!("old"), "consent_missing"),
            ("document_number", json!("152201"), "document_length"),
        ] {
            let mut form = good.clone();
            form[field] = wrong;
            let answer = client.post(&path, &form).await;
            let json = answer.json();
            let code = json["fields"][0]["code"].as_str().or(json["code"].as_str()).unwrap().to_owned();
            assert_eq!((answer.status.is_client_error(), code.as_str()), (true, told), "{field}: {json}");
        }
        let nowhere = path.replace(&hall.code, "guess");
        assert_eq!(client.post(&nowhere, &good).await.status, StatusCode::NOT_FOUND);
        let joined: Value = client.post(&path, &good).await.ok();
        assert_eq!((&joined["state"], &joined["already"]), (&json!("normal"), &json!(false)), "{joined}");
    })
    .await;
}

#[tokio::test]
async fn a_code_dies_after_five_wrong_tries_and_is_not_sent_twice_a_minute() {
    App::each(&server::programmes(), async |app| {
        let hall = hall(&app).await;
        let mut client = Client::new(server::router(app.house()).unwrap());
        let consent = consent(&mut client, &hall.code).await;
        let (ask, path) =
            (format!("/api/v1/public/events/{}/code", hall.code), format!("/api/v1/public/events/{}/join", hall.code));
        let phone = json!({ "phone": people::phone(1) });
        assert_eq!(client.post(&ask, &phone).await.status, StatusCode::NO_CONTENT);
        assert_eq!(client.post(&ask, &phone).await.code(), "code_too_soon");
        let code = app.sms().last(&people::phone(1)).unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(client.post(&path, &form(1, wrong, &consent)).await.status, 422);
        }
        assert_eq!(client.post(&path, &form(1, &code, &consent)).await.json()["fields"][0]["code"], "wrong_code");
        app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::seconds(61));
        assert_eq!(client.post(&ask, &phone).await.status, StatusCode::NO_CONTENT);
        let code = app.sms().last(&people::phone(1)).unwrap();
        app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::seconds(301));
        assert_eq!(client.post(&path, &form(1, &code, &consent)).await.status, 422);
    })
    .await;
}

/// Those who join together are settled by one unit, which counts wrong codes, too.
#[tokio::test]
async fn guesses_at_the_same_moment_are_counted_before_the_next_is_checked() {
    App::each(&server::programmes(), async |app| {
        let hall = hall(&app).await;
        let router = server::router(app.house()).unwrap();
        let mut client = Client::new(router.clone());
        let consent = consent(&mut client, &hall.code).await;
        let (ask, path) =
            (format!("/api/v1/public/events/{}/code", hall.code), format!("/api/v1/public/events/{}/join", hall.code));
        assert_eq!(client.post(&ask, &json!({ "phone": people::phone(1) })).await.status, StatusCode::NO_CONTENT);
        let code = app.sms().last(&people::phone(1)).unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let guesses = (0..20).map(|_| wrong).chain([code.as_str()]).map(|code| {
            let mut form = form(1, code, &consent);
            form["organisation_id"] = hall.event["unions"][0]["id"].clone();
            let (mut client, path) = (Client::new(router.clone()), path.clone());
            async move { client.post(&path, &form).await }
        });
        for answer in futures::future::join_all(guesses).await {
            assert_eq!(answer.json()["fields"][0]["code"], "wrong_code");
        }
    })
    .await;
}

#[tokio::test]
async fn a_worker_comes_back_with_his_phone() {
    App::each(&server::programmes(), async |app| {
        let hall = hall(&app).await;
        let card = joins(&app, &hall, 7).await;
        let mut later = Client::new(server::router(app.house()).unwrap());
        let stranger = json!({ "phone": people::phone(8) });
        assert_eq!(later.post("/api/v1/worker/code", &stranger).await.status, StatusCode::NO_CONTENT);
        let code = app.sms().last(&people::phone(8)).unwrap();
        let known = later.post("/api/v1/worker/session", &json!({ "phone": people::phone(8), "code": code })).await;
        assert_eq!(known.code(), "phone_not_known");
        assert_eq!(later.post("/api/v1/worker/code", &json!({ "phone": people::phone(7) })).await.status, 204);
        let code = app.sms().last(&people::phone(7)).unwrap();
        let log_in = json!({ "phone": people::phone(7), "code": code });
        assert_eq!(later.post("/api/v1/worker/session", &log_in).await.status, StatusCode::NO_CONTENT);
        let me: Value = later.get("/api/v1/me").await.ok();
        assert_eq!(me["member"]["card_number"], json!(card));
        assert_eq!(later.get("/api/v1/members").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
