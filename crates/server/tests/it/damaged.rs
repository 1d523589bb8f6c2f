//! A sealed value whose bytes are damaged: whoever opens it hears so in words, lists show the others, it can be entered anew;
//! and where it keeps a rotation of the key from ending, the security administrator of the whole house sets it aside.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use kernel::{Context, audit, keys, organisation::Level, permission::LoggedIn, pulse::pulse};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Query};
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    join::rider,
    roles::{found, officer},
};

const DAMAGED: &str = "v1.AAAA";

/// Overwrites a sealed column, whose table has one row.
async fn overwrite(app: &App, table: &str, column: &str) {
    app.write(&format!("UPDATE {table} SET {column} = '{DAMAGED}'")).await;
}

async fn kept(app: &App, table: &'static str, column: &'static str) -> String {
    let query = Query::select().column(column).from(table).to_owned();
    let row = app.caller::<LoggedIn>().read().query_one(&query).await.unwrap();
    row.unwrap().try_get("", column).unwrap()
}

#[tokio::test]
async fn what_is_damaged_is_said_in_words_and_takes_no_list_along() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone) = rider(&app).await;
        overwrite(&app, "person", "phone_sealed").await;
        let listed: Value = hall.officer.get("/api/v1/people").await.ok();
        assert_eq!(listed["items"][0]["phone"], keys::UNREADABLE, "{listed}");
        let members = hall.officer.get("/api/v1/members").await;
        assert!(members.status.is_success(), "{}", members.json());
        for path in ["/api/v1/session", "/api/v1/me", "/api/v1/me/privacy"] {
            let answer = phone.get(path).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.json());
        }
        let person = format!("/api/v1/people/{}", listed["items"][0]["id"].as_str().unwrap());
        let asked = json!({ "field": "phone", "purpose": "contact", "reason": "核对手机号码" });
        let opened = hall.officer.post(&format!("{person}/reveal"), &asked).await;
        assert_eq!((opened.status, opened.code().as_str()), (StatusCode::CONFLICT, "damaged"));
        assert!(opened.json()["detail"].as_str().unwrap().contains("已损坏"), "{}", opened.json());

        // What is changed beside it leaves its bytes; another number takes their place.
        let mut version = 0;
        for (change, shown) in
            [(json!({ "name": people::name(2) }), true), (json!({ "phone": people::phone(2) }), false)]
        {
            let seen: Value = hall.officer.get(&person).await.ok();
            assert!(seen["version"].as_i64().unwrap() > version, "{seen}");
            version = seen["version"].as_i64().unwrap();
            let tag = format!("\"{version}\"");
            let changed = hall.officer.send_json(Method::PUT, &person, &[("if-match", &tag)], &change).await;
            let changed: Value = changed.ok();
            assert_eq!(changed["phone"] == keys::UNREADABLE, shown, "{changed}");
            assert_eq!(kept(&app, "person", "phone_sealed").await == DAMAGED, shown);
        }
        let opened: Value = hall.officer.post(&format!("{person}/reveal"), &asked).await.ok();
        assert_eq!(opened["value"], people::phone(2));
        app.settle().await;
        assert!(
            app.sms().last_text(&people::phone(2)).is_some(),
            "the new number is told; whose the old one was nobody knows"
        );
    })
    .await;
}

#[tokio::test]
async fn the_security_administrator_of_the_whole_house_sets_it_aside() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, _phone) = rider(&app).await;
        let county = hall.county.unwrap();
        let union = found(&app, Some(county), "152201K", "快递员联合工会", Level::Grassroots).await;
        let mut security = officer(&app, "security", "安全管理员", county).await;
        let mut below = officer(&app, "below", "安全管理员", union).await;
        let system = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        overwrite(&app, "person_paper", "number_sealed").await;
        assert_eq!(keys::rotate(system).await.unwrap(), 2);
        app.pass(TimeDelta::minutes(2));
        app.settle().await;
        let standing: Value = security.get("/api/v1/keys").await.ok();
        assert_eq!((&standing["version"], &standing["unopened"]), (&json!(2), &json!(1)), "{standing}");
        assert!(standing["done_at"].is_null(), "{standing}");
        let listed: Value = security.get("/api/v1/keys/unopened").await.ok();
        let found = &listed["items"][0];
        assert_eq!(
            (&listed["total"], &found["table"], &found["column"]),
            (&json!(1), &json!("person_paper"), &json!("number_sealed"))
        );
        assert!(found["sealed_under"] == 1 && found["set_aside_at"].is_null(), "{found}");
        assert_eq!(pulse(system).await.unwrap().unopened, 1);

        let aside = json!({ "ids": [found["id"]], "reason": "备份里也没有完好的" });
        let path = "/api/v1/keys/set-aside";
        for asked in
            [below.get("/api/v1/keys").await, below.get("/api/v1/keys/unopened").await, below.post(path, &aside).await]
        {
            assert_eq!((asked.status, asked.code().as_str()), (StatusCode::FORBIDDEN, "keys_above"));
        }
        assert_eq!(hall.officer.post(path, &aside).await.code(), "forbidden");
        assert_eq!(
            security.post(path, &json!({ "ids": [found["id"]], "reason": " " })).await.json()["fields"][0]["field"],
            "reason"
        );
        assert_eq!(security.post(path, &json!({ "ids": ["1"], "reason": "试" })).await.status.as_u16(), 422);
        assert_eq!(security.post(path, &json!({ "ids": ["1"], "reason": "试试" })).await.status, StatusCode::NOT_FOUND);
        assert_eq!(security.post(path, &aside).await.status, StatusCode::NO_CONTENT);
        assert_eq!(security.post(path, &aside).await.status, StatusCode::NOT_FOUND, "it was set aside before");
        app.settle().await;
        let standing: Value = security.get("/api/v1/keys").await.ok();
        assert!(standing["done_at"].is_string() && standing["unopened"] == 0, "{standing}");
        let listed: Value = security.get("/api/v1/keys/unopened").await.ok();
        let found = &listed["items"][0];
        assert_eq!((&found["set_aside_by"], &found["reason"]), (&json!("security"), &aside["reason"]));
        assert_eq!(kept(&app, "person_paper", "number_sealed").await, DAMAGED);
        let acts = audit::Entity::find().filter(audit::Column::Action.eq("keys.set_aside"));
        let acts = acts.all(system.read()).await.unwrap();
        let [act] = &acts[..] else { panic!("{acts:?}") };
        let detail: Value = serde_json::from_str(&act.detail).unwrap();
        assert_eq!(
            (&detail["row"], &detail["sm3"]),
            (&found["row"], &json!(secret::digest::sm3_hex(DAMAGED.as_bytes())))
        );
        assert!(!act.detail.contains(DAMAGED), "{}", act.detail);
        assert_eq!(keys::rotate(system).await.unwrap(), 3, "the next one begins");
        app.pass(TimeDelta::minutes(2));
        app.settle().await;
        let stand = keys::stand(system).await.unwrap();
        assert_eq!((stand.version, stand.outdated, stand.set_aside), (3, Vec::new(), 1));
    })
    .await;
}
