//! One-time codes and workers' log-ins through the router.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use futures::future::join_all;
use kernel::{
    Id,
    permission::LoggedIn,
    person::{
        self, NewPerson,
        merge::{MergePerson, merge},
        permissions::Merge,
    },
};
use sea_orm::{ConnectionTrait, sea_query::Query};
use secret::Place;
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    access_world::{client, client_at},
    organisation_world::{programmes, region},
};

const CODE: &str = "/api/v1/worker/code";
const SESSION: &str = "/api/v1/worker/session";

/// A worker with a paper of his own and a number that others may have.
async fn worker(app: &App, n: u32, phone: &str, union: Id) -> Id {
    let new = &NewPerson {
        name: people::name(n),
        document_kind: serde_json::from_value(json!("citizen_number")).unwrap(),
        document_number: people::number(n),
        phone: Some(phone.to_owned()),
        worker_group: None,
        organisation_id: union,
    };
    let caller = &app.caller::<LoggedIn>();
    caller.unit(|unit| async move { person::register(&unit, caller, new).await }).await.unwrap().id
}

#[tokio::test]
async fn a_number_that_several_have_logs_nobody_in() {
    App::each(&programmes(), async |app| {
        let union = region(&app).await.county;
        let phone = people::phone(1);
        let first = worker(&app, 1, &phone, union).await;
        let second = worker(&app, 2, &phone, union).await;
        let mut phone_in_hand = client(&app);
        assert_eq!(phone_in_hand.post(CODE, &json!({ "phone": phone })).await.status, StatusCode::NO_CONTENT);
        let log_in = json!({ "phone": phone, "code": app.sms().last(&phone).unwrap() });
        let shared = phone_in_hand.post(SESSION, &log_in).await;
        assert_eq!((shared.status, shared.code().as_str()), (StatusCode::CONFLICT, "phone_shared"));
        let gone = &MergePerson { into_id: second, reason: "同一人办了两次证".into() };
        merge(&app.caller::<Merge>(), first, gone).await.unwrap();
        assert_eq!(phone_in_hand.post(SESSION, &log_in).await.status, StatusCode::NO_CONTENT, "one record is left");
        let session: Value = phone_in_hand.get("/api/v1/session").await.ok();
        let left: Vec<char> = people::name(2).chars().collect();
        assert_eq!(session["name"], format!("{}*{}", left[0], left[2]));
        assert_eq!(phone_in_hand.post(SESSION, &log_in).await.json()["fields"][0]["code"], "wrong_code");
        drop(phone_in_hand);
    })
    .await;
}

#[tokio::test]
async fn a_code_opens_for_five_minutes() {
    App::each(&programmes(), async |app| {
        let union = region(&app).await.county;
        let phone = people::phone(8);
        worker(&app, 8, &phone, union).await;
        for (after, status) in [(301, StatusCode::UNPROCESSABLE_ENTITY), (300, StatusCode::NO_CONTENT)] {
            assert_eq!(client(&app).post(CODE, &json!({ "phone": phone })).await.status, StatusCode::NO_CONTENT);
            let log_in = json!({ "phone": phone, "code": app.sms().last(&phone).unwrap() });
            app.pass(TimeDelta::seconds(after));
            assert_eq!(client(&app).post(SESSION, &log_in).await.status, status, "after {after} seconds");
        }
    })
    .await;
}

/// Whoever guesses sends all guesses at once; they are checked one after another, and five are enough.
#[tokio::test]
async fn of_guesses_at_the_same_moment_five_are_checked() {
    App::each(&programmes(), async |app| {
        let union = region(&app).await.county;
        let phone = people::phone(5);
        worker(&app, 5, &phone, union).await;
        assert_eq!(client(&app).post(CODE, &json!({ "phone": phone })).await.status, StatusCode::NO_CONTENT);
        let code = app.sms().last(&phone).unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let guesses = (0..20).map(|_| wrong).chain([code.as_str()]);
        let answers = join_all(guesses.map(|code| {
            let (mut client, log_in) = (client(&app), json!({ "phone": phone, "code": code }));
            async move { client.post(SESSION, &log_in).await }
        }));
        for answer in answers.await {
            assert_eq!(answer.json()["fields"][0]["code"], "wrong_code");
        }
    })
    .await;
}

#[tokio::test]
async fn a_request_sent_again_sends_no_second_text_and_the_first_code_holds() {
    App::each(&programmes(), async |app| {
        region(&app).await;
        let (mut client, phone) = (client(&app), people::phone(3));
        let key = [("idempotency-key", "00000000-0000-4000-8000-000000000001")];
        for _ in 0..2 {
            let sent = client.send_json(Method::POST, CODE, &key, &json!({ "phone": phone })).await;
            assert_eq!(sent.status, StatusCode::NO_CONTENT);
        }
        let code = app.sms().last(&phone).unwrap();
        let answer = client.post(SESSION, &json!({ "phone": phone, "code": code })).await;
        assert_eq!(answer.code(), "phone_not_known", "only a right code comes so far");
        drop(client);
    })
    .await;
}

#[tokio::test]
async fn a_text_that_the_gateway_refused_goes_out_when_the_request_is_sent_again() {
    App::each(&programmes(), async |app| {
        region(&app).await;
        let (mut client, phone) = (client(&app), people::phone(9));
        let (key, asked) = ([("idempotency-key", "00000000-0000-4000-8000-000000000006")], json!({ "phone": phone }));
        app.sms().refuse(&phone);
        let refused = client.send_json(Method::POST, CODE, &key, &asked).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "code_not_sent"));
        app.sms().take(&phone);
        app.pass(TimeDelta::minutes(1));
        assert_eq!(client.send_json(Method::POST, CODE, &key, &asked).await.status, StatusCode::NO_CONTENT);
        assert!(app.sms().last(&phone).is_some(), "the text went out");
        drop(client);
    })
    .await;
}

#[tokio::test]
async fn whoever_changes_his_address_within_his_line_gains_nothing() {
    App::each(&programmes(), async |app| {
        let nobody = json!({ "phone": "12345" });
        for n in 0..120 {
            let asked = client_at(&app, [0x2001, 0xdb8, 1, 2, 0, 0, 0, n]).post(CODE, &nobody).await;
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let asked = client_at(&app, [0x2001, 0xdb8, 1, 2, 0, 0, 1, 0]).post(CODE, &nobody).await;
        assert_eq!(asked.code(), "too_often");
        let asked = client_at(&app, [0x2001, 0xdb8, 1, 3, 0, 0, 0, 0]).post(CODE, &nobody).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn a_number_gets_ten_codes_a_day_and_one_a_minute() {
    App::each(&programmes(), async |app| {
        region(&app).await;
        let (mut client, phone) = (client_at(&app, [10, 0, 0, 1]), json!({ "phone": people::phone(4) }));
        for _ in 0..10 {
            assert_eq!(client.post(CODE, &phone).await.status, StatusCode::NO_CONTENT);
            let soon = client.post(CODE, &phone).await;
            assert_eq!((soon.code().as_str(), &soon.headers["retry-after"]), ("code_too_soon", &"60".parse().unwrap()));
            app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::seconds(60));
        }
        let many = client.post(CODE, &phone).await;
        assert_eq!((many.status, many.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "code_too_many"));
        assert_eq!(many.headers["retry-after"], (24 * 3600 - 600).to_string());
        assert!(many.json()["detail"].as_str().unwrap().contains("请 24 小时后再试"));
        // The day is counted from the first code on, and tomorrow morning may still be part of it.
        app.pass(TimeDelta::hours(23));
        let late = client.post(CODE, &phone).await;
        assert!(late.json()["detail"].as_str().unwrap().contains("请 1 小时后再试"));
        assert_eq!(client.post(CODE, &json!({ "phone": "12345" })).await.json()["fields"][0]["field"], "phone");
        drop(client);
    })
    .await;
}

#[tokio::test]
async fn whoever_logged_in_before_is_not_shut_out_by_what_others_ask_for() {
    App::each(&programmes(), async |app| {
        let union = region(&app).await.county;
        let (number, another) = (people::phone(6), people::phone(7));
        worker(&app, 6, &number, union).await;
        let (asked, asked_another) = (json!({ "phone": number }), json!({ "phone": another }));
        let log_in = |code: &str| json!({ "phone": number, "code": code });
        let (mut own, mut stranger) = (client(&app), client(&app));
        assert_eq!(own.post(CODE, &asked).await.status, StatusCode::NO_CONTENT);
        let key = [("idempotency-key", "00000000-0000-4000-8000-000000000002")];
        let form = log_in(&app.sms().last(&number).unwrap());
        assert_eq!(own.send_json(Method::POST, SESSION, &key, &form).await.status, StatusCode::NO_CONTENT);
        for _ in 0..9 {
            app.pass(TimeDelta::minutes(1));
            assert_eq!(stranger.post(CODE, &asked).await.status, StatusCode::NO_CONTENT);
        }
        app.pass(TimeDelta::minutes(1));
        assert_eq!(stranger.post(CODE, &asked).await.code(), "code_too_many");

        // Neither what they asked for nor what they guess takes his code from him.
        assert_eq!(own.post(CODE, &asked).await.status, StatusCode::NO_CONTENT);
        let code = app.sms().last(&number).unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            assert_eq!(stranger.post(SESSION, &log_in(wrong)).await.json()["fields"][0]["code"], "wrong_code");
        }
        assert_eq!(own.post(SESSION, &log_in(&code)).await.status, StatusCode::NO_CONTENT);

        // The mark is his number's alone, also where the call that left it is sent again in another number's name.
        let again = own.send_json(Method::POST, SESSION, &key, &json!({ "phone": another, "code": code })).await;
        assert_eq!(again.status, StatusCode::NO_CONTENT);
        assert_eq!(stranger.post(CODE, &asked_another).await.status, StatusCode::NO_CONTENT);
        assert_eq!(own.post(CODE, &asked_another).await.code(), "code_too_soon");
        // What he may ask for himself has its bound, too.
        for _ in 0..9 {
            app.pass(TimeDelta::minutes(1));
            assert_eq!(own.post(CODE, &asked).await.status, StatusCode::NO_CONTENT);
        }
        app.pass(TimeDelta::minutes(1));
        assert_eq!(own.post(CODE, &asked).await.code(), "code_too_many");
    })
    .await;
}

#[tokio::test]
async fn a_log_in_sent_again_across_an_update_is_refused_in_words() {
    App::each(&programmes(), async |app| {
        let union = region(&app).await.county;
        let number = people::phone(8);
        worker(&app, 8, &number, union).await;
        let mut phone = client(&app);
        assert_eq!(phone.post(CODE, &json!({ "phone": number })).await.status, StatusCode::NO_CONTENT);
        let key = [("idempotency-key", "00000000-0000-4000-8000-000000000003")];
        let form = json!({ "phone": number, "code": app.sms().last(&number).unwrap() });
        for _ in 0..2 {
            assert_eq!(phone.send_json(Method::POST, SESSION, &key, &form).await.status, StatusCode::NO_CONTENT);
        }
        // The answer as a program kept it that knew no mark of the browser: the secret alone.
        let (caller, house) = (&app.caller::<LoggedIn>(), app.house());
        let kept = Query::select().column("key").from("given_answer").to_owned();
        let rows = caller.read().query_all(&kept).await.unwrap();
        let [row] = rows.as_slice() else { panic!("{} answers are kept", rows.len()) };
        let place = Place { table: "given_answer", column: "answer", row_key: row.try_get("", "key").unwrap() };
        let sealed = house.keyring().seal(place, r#"{"Ok":"secret"}"#, house.ambient().bytes());
        let older = &Query::update().table("given_answer").value("answer", sealed).to_owned();
        let written = caller.unit(|unit| async move {
            unit.execute(older).await?;
            Ok(())
        });
        written.await.unwrap();
        let again = phone.send_json(Method::POST, SESSION, &key, &form).await;
        assert_eq!((again.status, again.code().as_str()), (StatusCode::CONFLICT, "answered_before_update"));
        drop(phone);
    })
    .await;
}
