//! One sees where one is logged in, ends what was left open, and is not logged in on any number of devices.

use std::collections::BTreeSet;

use axum::{body::Body, http::Method};
use chrono::TimeDelta;
use kernel::{
    access,
    permission::LoggedIn,
    rulebook::{self, NewRulePack},
};
use sea_orm::{ConnectionTrait, sea_query::Query};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    access_world::{PASSWORD, client, logged_in, officer},
    organisation_world::{day, programmes, region},
    people::last_acts,
    people_sought::{at_other, only_reads},
};

const OWN: &str = "/api/v1/session/log-ins";
const END: &str = "/api/v1/session/log-ins/end";

async fn own(client: &mut Client) -> Vec<Value> {
    client.get(OWN).await.ok()
}

#[tokio::test]
async fn an_officer_ends_what_he_left_open_elsewhere() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        officer(&app, "other", "业务干部", county).await;
        let mut other = logged_in(&app, "other").await;
        let (mut desk, mut phone, mut hall) =
            (logged_in(&app, "officer").await, logged_in(&app, "officer").await, logged_in(&app, "officer").await);
        let seen = own(&mut desk).await;
        assert_eq!(seen.len(), 3, "{seen:?}");
        assert_eq!(seen.iter().filter(|one| one["current"] == true).count(), 1);
        let at_hall = own(&mut hall).await.into_iter().find(|one| one["current"] == true).unwrap();
        let left: Vec<Value> = desk.post(END, &json!({ "id": at_hall["id"] })).await.ok();
        assert_eq!((left.len(), hall.get(OWN).await.status.as_u16()), (2, 401));
        // Another's log-in has no name here, and the one that asks stays.
        let of_other = own(&mut other).await[0]["id"].clone();
        let current = left.iter().find(|one| one["current"] == true).unwrap()["id"].clone();
        for spared in [of_other, current] {
            let left: Vec<Value> = desk.post(END, &json!({ "id": spared })).await.ok();
            assert_eq!(left.len(), 2);
        }
        let left: Vec<Value> = desk.post(END, &json!({})).await.ok();
        assert_eq!((left.len(), &left[0]["current"]), (1, &json!(true)));
        assert_eq!((phone.get(OWN).await.status.as_u16(), other.get(OWN).await.status.as_u16()), (401, 200));
        assert_eq!(client(&app).get(OWN).await.status, 401);
        assert_eq!(last_acts(&app, "session.end_others").await.len(), 2, "twice something ended");
    })
    .await;
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_this_host() {
    App::each_with(
        &programmes(),
        |told| told.settings.secure_cookies = true,
        async |app| {
            let county = region(&app).await.county;
            officer(&app, "officer", "业务干部", county).await;
            let mut desk = client(&app);
            let entered = desk.log_in("officer", PASSWORD).await;
            let cookie = entered.headers["set-cookie"].to_str().unwrap();
            let (named, rules) = cookie.split_once("; ").unwrap();
            let secret = named.strip_prefix("__Host-niangjia_session=").unwrap();
            assert_eq!(rules, "Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure");
            assert_eq!(desk.get(OWN).await.status, 200);
            // A name that any host beside this one could have set opens nothing.
            let bare = format!("niangjia_session={secret}");
            let answer = client(&app).send(Method::GET, OWN, &[("cookie", &bare)], Body::empty()).await;
            assert_eq!(answer.status, 401);
            let left = desk.send(Method::DELETE, "/api/v1/session", &[], Body::empty()).await;
            assert!(left.headers["set-cookie"].to_str().unwrap().starts_with("__Host-niangjia_session=; "));
            assert_eq!(desk.get(OWN).await.status, 401);
        },
    )
    .await;
}

#[tokio::test]
async fn each_log_in_has_a_secret_of_its_own_and_no_row_holds_it() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let (mut desk, mut secrets) = (client(&app), BTreeSet::new());
        for _ in 0..2 {
            let entered = desk.log_in("officer", PASSWORD).await;
            let cookie = entered.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
            let (_, secret) = cookie.split_once('=').unwrap();
            assert_eq!(secret.len(), 43, "256 bits");
            secrets.insert(secret.to_owned());
        }
        assert_eq!(secrets.len(), 2);
        let caller = app.caller::<LoggedIn>();
        let query = Query::select().column("hash").from("session").to_owned();
        let kept = caller.read().query_all(&query).await.unwrap();
        assert!(!kept.is_empty());
        for row in kept {
            let hash: String = row.try_get_by(0).unwrap();
            assert!(!secrets.iter().any(|secret| hash.contains(secret.as_str())), "{hash}");
        }
    })
    .await;
}

#[tokio::test]
async fn one_more_device_than_may_be_ends_the_one_left_longest() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let mut first = logged_in(&app, "officer").await;
        app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::seconds(90));
        let mut others = Vec::new();
        for _ in 0..9 {
            others.push(logged_in(&app, "officer").await);
        }
        assert_eq!(first.get(OWN).await.status, 200, "ten may be");
        app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::seconds(90));
        for one in &mut others {
            assert_eq!(one.get(OWN).await.status, 200);
        }
        let mut last = logged_in(&app, "officer").await;
        assert_eq!(first.get(OWN).await.status, 401);
        assert_eq!(own(&mut last).await.len(), 10);
    })
    .await;
}

#[tokio::test]
async fn a_region_may_let_its_officers_be_logged_in_on_fewer_devices() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        let two = NewRulePack {
            code: "access.log_ins_at_once".into(),
            region: "152200".into(),
            valid_from: day("2026-01-01"),
            valid_to: None,
            value: 2,
            source: "测试".into(),
        };
        rulebook::set_pack(&app.caller(), &two).await.unwrap();
        for (username, place, left) in [("here", region.county, 2), ("elsewhere", region.tongliao, 3)] {
            officer(&app, username, "业务干部", place).await;
            for _ in 0..2 {
                drop(logged_in(&app, username).await);
            }
            assert_eq!(own(&mut logged_in(&app, username).await).await.len(), left, "{username}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_is_logged_in_on_a_copy_that_is_brought_back() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let (mut desk, mut phone) = (logged_in(&app, "officer").await, client(&app));
        let number = people::phone(5);
        phone.post("/api/v1/worker/code", &json!({ "phone": number })).await;
        access::end_all(&app.caller::<LoggedIn>()).await.unwrap();
        assert_eq!(desk.get(OWN).await.status, 401);
        let code = json!({ "phone": number, "code": app.sms().last(&number).unwrap() });
        let late = phone.post("/api/v1/worker/session", &code).await;
        assert_eq!(late.json()["fields"][0]["code"], "wrong_code");
    })
    .await;
}

#[tokio::test]
async fn a_page_that_asks_by_itself_keeps_no_log_in_open() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let ways: [&[(&str, &str)]; 3] = [&[], &[("x-niangjia-idle", "1")], &[("accept", "text/event-stream")]];
        let mut desks = Vec::new();
        for way in ways {
            desks.push((logged_in(&app, "officer").await, way));
        }
        // Each four minutes; only the first desk is used.
        for ended in [200, 200, 200, 401] {
            app.pass(TimeDelta::minutes(4));
            for ((desk, way), wanted) in desks.iter_mut().zip([200, ended, ended]) {
                assert_eq!(desk.send(Method::GET, OWN, way, Body::empty()).await.status.as_u16(), wanted, "{way:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn who_is_known_reads_on_while_nothing_can_be_written() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "security", "安全管理员", county).await;
        let mut desk = logged_in(&app, "security").await;
        let roles: Value = desk.get("/api/v1/roles").await.ok();
        let role = roles["items"].as_array().unwrap().iter().find(|role| role["name"] == "业务干部").unwrap();
        let token = json!({
            "name": "市政数据平台", "role_id": role["id"], "organisation_id": county, "expires_on": "2026-07-31",
        });
        let token: Value = desk.post("/api/v1/tokens", &token).await.ok();
        let process = app.another_process().await;
        only_reads(&app, &process).await;
        let mut here = at_other(&process, &desk);
        let mut system = at_other(&process, &client(&app).with_token(token["secret"].as_str().unwrap()));
        app.pass(TimeDelta::minutes(2));
        assert_eq!((here.get(OWN).await.status.as_u16(), system.get(OWN).await.status.as_u16()), (200, 403));
        assert_eq!(system.get("/api/v1/organisations").await.status, 200);
        // Its use can't be written down, so an officer's log-in ends as one that nobody uses.
        app.pass(TimeDelta::minutes(14));
        assert_eq!(here.get(OWN).await.status, 401);
        drop((here, system, process));
    })
    .await;
}

#[tokio::test]
async fn an_officer_who_never_pauses_logs_in_anew_after_eight_hours() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        let mut desk = logged_in(&app, "officer").await;
        for _ in 1..48 {
            app.pass(TimeDelta::minutes(10));
            assert_eq!(desk.get(OWN).await.status, 200);
        }
        app.pass(TimeDelta::minutes(10));
        assert_eq!(desk.get(OWN).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_that_is_sent_again_opens_the_same_log_in() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        officer(&app, "officer", "业务干部", county).await;
        app.pass(TimeDelta::days(91));
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.code(), "password_expired");
        let key = [("idempotency-key", "00000000-0000-4000-8000-000000000005")];
        let form = json!({ "username": "officer", "old": PASSWORD, "new": "Niangjia-2027" });
        for _ in 0..2 {
            // The first answer was lost on its way, so the browser has no cookie when it sends the call again.
            let mut browser = client(&app);
            let path = "/api/v1/session/expired-password";
            assert_eq!(browser.send_json(Method::POST, path, &key, &form).await.status, 204);
            assert_eq!(own(&mut browser).await.len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_names_a_call_of_one_caller_to_one_operation() {
    App::each(&programmes(), async |app| {
        let county = region(&app).await.county;
        for username in ["first", "second"] {
            officer(&app, username, "安全管理员", county).await;
        }
        let (mut first, mut second) = (logged_in(&app, "first").await, logged_in(&app, "second").await);
        let key = [("idempotency-key", "00000000-0000-4000-8000-000000000004")];
        let (path, role) = ("/api/v1/roles", |name: &str| json!({ "name": name, "permissions": ["ledger.view"] }));
        for _ in 0..2 {
            let made: Value = first.send_json(Method::POST, path, &key, &role("甲岗")).await.ok();
            assert_eq!(made["name"], "甲岗");
        }
        let of_other: Value = second.send_json(Method::POST, path, &key, &role("乙岗")).await.ok();
        assert_eq!(of_other["name"], "乙岗");
        let elsewhere: Vec<Value> = first.send_json(Method::POST, END, &key, &json!({})).await.ok();
        assert_eq!(elsewhere.len(), 1);
        drop((first, second));
    })
    .await;
}
