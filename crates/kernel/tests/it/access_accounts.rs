//! Accounts, roles and tokens through the router: nobody hands out what he may not, nobody reaches outside his scope, and
//! a changed right holds from the next request.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use kernel::{
    Id,
    access::{Officer, account, first_day},
    audit::{self, AuditFilter},
    listing::Paging,
    organisation::{self, Kind, Level, create::NewOrganisation, form::OrganisationForm, permissions::Manage},
    permission::LoggedIn,
};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    access_world::{PASSWORD, client, logged_in, officer},
    organisation_world::{Region, programmes, region},
};

const NEW: &str = "Niangjia-0001";

async fn put(client: &mut Client, path: &str, version: &Value, body: &Value) -> Answer {
    client.send_json(Method::PUT, path, &[("if-match", &format!("\"{version}\""))], body).await
}

async fn role(client: &mut Client, name: &str) -> Value {
    let roles: Value = client.get("/api/v1/roles").await.ok();
    roles["items"].as_array().unwrap().iter().find(|role| role["name"] == name).cloned().unwrap()
}

async fn world(app: &App) -> (Region, Client) {
    let region = region(app).await;
    officer(app, "security", "安全管理员", region.hinggan).await;
    (region, logged_in(app, "security").await)
}

fn account(username: &str, role: &Value, place: Id) -> Value {
    let grant = json!({ "role_id": role["id"], "organisation_id": place });
    json!({ "username": username, "name": "新干部", "password": PASSWORD, "grants": [grant] })
}

/// A first log-in, with its change of password.
async fn first_log_in(app: &App, username: &str) -> Client {
    let mut client = client(app);
    assert_eq!(client.log_in(username, PASSWORD).await.code(), "password_expired");
    let form = json!({ "username": username, "old": PASSWORD, "new": NEW });
    let changed = client.post("/api/v1/session/expired-password", &form).await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.json());
    client
}

/// A house that had its union but not all of its officers would be taken for one whose first day is over.
#[tokio::test]
async fn a_first_day_is_whole_or_has_not_been() {
    App::each(&programmes(), async |app| {
        let caller = &app.caller::<Manage>();
        let id = caller.id();
        let officer = |username: &str, role| Officer {
            username: username.into(),
            name: username.into(),
            password: PASSWORD.into(),
            role,
            organisation: id,
            must_change: true,
        };
        let form = OrganisationForm::new("150222", "固阳县总工会", Kind::Federation);
        let top = NewOrganisation { parent_id: None, level: Level::County, form };
        let kept = async || {
            let unions = organisation::Entity::find().count(caller.read()).await.unwrap();
            (unions, account::Entity::find().count(caller.read()).await.unwrap())
        };
        let broken = [officer("security", "安全管理员"), officer("nobody", "没有的角色")];
        first_day(caller, (id, &top), &broken).await.unwrap_err();
        assert_eq!(kept().await, (0, 0));
        let whole = [officer("security", "安全管理员"), officer("audit", "审计管理员")];
        first_day(caller, (id, &top), &whole).await.unwrap();
        assert_eq!(kept().await, (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_password_that_was_given_and_never_used_opens_nothing_after_its_time() {
    App::each(&programmes(), async |app| {
        let (region, mut security) = world(&app).await;
        let work = role(&mut security, "业务干部").await;
        let made: Value = security.post("/api/v1/accounts", &account("officer.1", &work, region.county)).await.ok();
        app.pass(TimeDelta::days(89));
        assert_eq!(client(&app).log_in("officer.1", PASSWORD).await.code(), "password_expired");
        app.pass(TimeDelta::days(1));
        assert_eq!(client(&app).log_in("officer.1", PASSWORD).await.code(), "first_password_expired");
        let form = json!({ "username": "officer.1", "old": PASSWORD, "new": NEW });
        let replaced = client(&app).post("/api/v1/session/expired-password", &form).await;
        assert_eq!(replaced.code(), "first_password_expired");
        // Given anew it opens again.
        officer(&app, "security.2", "安全管理员", region.hinggan).await;
        let mut other = logged_in(&app, "security.2").await;
        let of = format!("/api/v1/accounts/{}", made["id"].as_str().unwrap());
        // Who may give it anew sees that he must.
        assert_eq!(made["password_lapsed"], json!(false));
        assert_eq!(other.get(&of).await.json()["password_lapsed"], json!(true));
        let path = format!("{of}/password");
        assert_eq!(other.post(&path, &json!({ "password": "Niangjia-0002" })).await.status, StatusCode::NO_CONTENT);
        assert_eq!(client(&app).log_in("officer.1", "Niangjia-0002").await.code(), "password_expired");
        assert_eq!(other.get(&of).await.json()["password_lapsed"], json!(false));
        drop((security, other));
    })
    .await;
}

#[tokio::test]
async fn an_account_is_made_used_changed_and_taken_out_of_use() {
    App::each(&programmes(), async |app| {
        let (region, mut security) = world(&app).await;
        let (work, look) = (role(&mut security, "业务干部").await, role(&mut security, "只读领导").await);
        let made = security.post("/api/v1/accounts", &account("Officer.1", &work, region.county)).await;
        assert_eq!((made.status, &made.headers["etag"]), (StatusCode::CREATED, &"\"1\"".parse().unwrap()));
        let made = made.json();
        assert_eq!((&made["username"], &made["must_change"]), (&json!("officer.1"), &json!(true)));
        let path = format!("/api/v1/accounts/{}", made["id"].as_str().unwrap());
        let mut officer = first_log_in(&app, "officer.1").await;
        assert_eq!(officer.get("/api/v1/employers").await.status, StatusCode::OK);
        let employer = json!({});
        assert_ne!(officer.post("/api/v1/employers", &employer).await.status, StatusCode::FORBIDDEN);
        assert_eq!(officer.get("/api/v1/accounts").await.status, StatusCode::FORBIDDEN);

        let form = json!({ "name": "新干部", "grants": [{ "role_id": look["id"], "organisation_id": region.county }] });
        let saved = put(&mut security, &path, &made["version"], &form).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.json());
        assert_eq!(officer.get("/api/v1/employers").await.status, StatusCode::FORBIDDEN);
        assert_eq!(officer.get("/api/v1/organisations").await.status, StatusCode::OK);
        let late = put(&mut security, &path, &made["version"], &form).await;
        assert_eq!((late.status.as_u16(), &late.json()["changed"]), (412, &json!(["grants"])));
        assert_eq!(security.send_json(Method::PUT, &path, &[], &form).await.status.as_u16(), 428);
        let none = json!({ "name": "新干部", "grants": [] });
        assert_eq!(put(&mut security, &path, &saved.json()["version"], &none).await.code(), "no_role");

        let given = json!({ "password": PASSWORD });
        assert_eq!(security.post(&format!("{path}/password"), &given).await.status, StatusCode::NO_CONTENT);
        assert_eq!(officer.get("/api/v1/organisations").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(client(&app).log_in("officer.1", NEW).await.code(), "wrong_login");
        assert_eq!(client(&app).log_in("officer.1", PASSWORD).await.code(), "password_expired");
        assert_eq!(security.post(&format!("{path}/disable"), &()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(client(&app).log_in("officer.1", PASSWORD).await.code(), "wrong_login");
        let off: Value = security.get("/api/v1/accounts?enabled=false").await.ok();
        assert_eq!((&off["total"], &off["items"][0]["grants"][0]["role_name"]), (&json!(1), &json!("只读领导")));
        assert_eq!(security.post(&format!("{path}/enable"), &()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(client(&app).log_in("officer.1", PASSWORD).await.code(), "password_expired");

        let chain = audit::Entity::find().order_by_asc(audit::Column::Position);
        let chain = chain.all(app.caller::<LoggedIn>().read()).await.unwrap();
        let acts: Vec<&str> = chain.iter().map(|act| act.action.as_str()).collect();
        for wanted in ["create", "update", "change_password", "reset_password", "disable", "enable"] {
            assert!(acts.contains(&format!("accounts.{wanted}").as_str()), "{wanted}: {acts:?}");
        }
        assert!(chain.iter().all(|act| !act.detail.contains("新干部") && !act.detail.contains("argon2")));
        drop((security, officer));
    })
    .await;
}

#[tokio::test]
async fn what_is_filled_in_wrongly_is_told() {
    App::each(&programmes(), async |app| {
        let (region, mut security) = world(&app).await;
        let work = role(&mut security, "业务干部").await;
        let right = account("officer", &work, region.county);
        let with = |key: &str, value: Value| {
            let mut form = right.clone();
            form[key] = value;
            form
        };
        let elsewhere = json!([{ "role_id": work["id"], "organisation_id": region.tongliao }]);
        let above = json!([{ "role_id": work["id"], "organisation_id": region.province }]);
        for (form, code) in [
            (with("username", json!("有 空格")), "username"),
            (with("username", json!("SECURITY")), "username_taken"),
            (with("name", json!("王")), "name"),
            (with("password", json!("short")), "weak_password"),
            (with("grants", json!([])), "no_role"),
            (with("grants", elsewhere), "grant_not_found"),
            (with("grants", above), "grant_not_found"),
        ] {
            let answer = security.post("/api/v1/accounts", &form).await;
            let told = answer.json();
            let field = told["fields"][0]["code"].as_str().unwrap_or(told["code"].as_str().unwrap());
            assert_eq!((answer.status.as_u16(), field), (422, code), "{told}");
        }
        let all: Value = security.get("/api/v1/accounts").await.ok();
        assert_eq!(all["total"], 1);
        drop(security);
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_over_an_account_that_reaches_beyond_him() {
    App::each(&programmes(), async |app| {
        let (region, mut security) = world(&app).await;
        let neighbour = officer(&app, "neighbour", "业务干部", region.tongliao).await;
        let upper = officer(&app, "upper", "业务干部", region.province).await;
        let system = officer(&app, "system", "系统管理员", region.hinggan).await;
        for foreign in [neighbour, upper] {
            let path = format!("/api/v1/accounts/{foreign}");
            assert_eq!(security.get(&path).await.status, StatusCode::NOT_FOUND);
            for act in ["disable", "enable"] {
                assert_eq!(security.post(&format!("{path}/{act}"), &()).await.status, StatusCode::NOT_FOUND);
            }
            let given = json!({ "password": NEW });
            assert_eq!(security.post(&format!("{path}/password"), &given).await.status, StatusCode::NOT_FOUND);
        }
        officer(&app, "top", "安全管理员", region.province).await;
        let mut top = logged_in(&app, "top").await;
        let work = role(&mut top, "业务干部").await;
        let path = format!("/api/v1/accounts/{upper}");
        let grants = |places: &[Id]| {
            let one = |place: &Id| json!({ "role_id": work["id"], "organisation_id": place });
            json!({ "name": "upper", "grants": places.iter().map(one).collect::<Vec<_>>() })
        };
        let both = put(&mut top, &path, &json!(1), &grants(&[region.province, region.county])).await;
        assert_eq!(both.status, StatusCode::OK, "{}", both.json());
        let seen: Value = security.get(&path).await.ok();
        assert_eq!((seen["grants"].as_array().unwrap().len(), &seen["elsewhere"]), (1, &json!(true)));
        let given = json!({ "password": NEW });
        assert_eq!(security.post(&format!("{path}/password"), &given).await.code(), "held_elsewhere");
        assert_eq!(security.post(&format!("{path}/disable"), &()).await.code(), "held_elsewhere");
        let taken = put(&mut security, &path, &seen["version"], &grants(&[])).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.json());
        let left: Value = top.get(&path).await.ok();
        assert_eq!(left["grants"][0]["organisation_id"], json!(region.province));
        let reset = security.post(&format!("/api/v1/accounts/{system}/password"), &given).await;
        assert_eq!((reset.status, reset.code().as_str()), (StatusCode::FORBIDDEN, "stronger_than_own"));
        let way_out = reset.json()["detail"].as_str().unwrap().to_owned();
        assert!(way_out.contains("niangjia password"), "{way_out}");
        assert_eq!(top.post(&format!("/api/v1/accounts/{system}/password"), &given).await.status.as_u16(), 204);
        drop((security, top));
    })
    .await;
}

#[tokio::test]
async fn three_offices_in_three_hands_and_nobody_raises_himself() {
    App::each(&programmes(), async |app| {
        let (region, mut security) = world(&app).await;
        let (own, system, work) = (
            role(&mut security, "安全管理员").await,
            role(&mut security, "系统管理员").await,
            role(&mut security, "业务干部").await,
        );
        assert_eq!((&own["office"], &work["office"]), (&json!("security"), &Value::Null));
        let listed: Value = security.get("/api/v1/accounts?q=secur").await.ok();
        let me = format!("/api/v1/accounts/{}", listed["items"][0]["id"].as_str().unwrap());
        let raised =
            json!({ "name": "security", "grants": [{ "role_id": work["id"], "organisation_id": region.county }] });
        assert_eq!(put(&mut security, &me, &json!(1), &raised).await.code(), "own_account");
        assert_eq!(security.post(&format!("{me}/disable"), &()).await.code(), "own_account");
        let mut two = account("both", &own, region.county);
        let second = json!({ "role_id": system["id"], "organisation_id": region.county });
        two["grants"].as_array_mut().unwrap().push(second);
        assert_eq!(security.post("/api/v1/accounts", &two).await.code(), "two_offices");
        let beside = security.post("/api/v1/accounts", &account("keeper", &system, region.hinggan)).await;
        assert_eq!((beside.status, beside.code().as_str()), (StatusCode::FORBIDDEN, "beyond_own"));
        let below = security.post("/api/v1/accounts", &account("keeper", &system, region.county)).await;
        assert_eq!(below.status, StatusCode::CREATED, "{}", below.json());
        drop(security);
    })
    .await;
}

#[tokio::test]
async fn a_role_is_made_of_what_its_maker_may_hand_out_and_holds_at_once() {
    App::each(&programmes(), async |app| {
        let (region, mut security) = world(&app).await;
        let new = |name: &str, permissions: &[&str]| json!({ "name": name, "permissions": permissions });
        let known: Value = security.get("/api/v1/permissions").await.ok();
        assert!(known.as_array().unwrap().iter().any(|one| one["code"] == "ledger.view" && one["label"] != ""));
        for (form, code) in [
            (new("x", &["ledger.view"]), "name"),
            (new("台账员", &[]), "no_permission"),
            (new("台账员", &["ledger.fly"]), "unknown_permission"),
            (new("业务干部", &["ledger.view"]), "name_taken"),
            (new("台账员", &["rulebook.manage"]), "beyond_own"),
            (new("台账员", &["rulebook.manage", "access.view"]), "two_offices"),
        ] {
            let told = security.post("/api/v1/roles", &form).await.json();
            let field = told["fields"][0]["code"].as_str().unwrap_or(told["code"].as_str().unwrap()).to_owned();
            assert_eq!(field, code, "{told}");
        }
        let made = security.post("/api/v1/roles", &new("台账员", &["ledger.view", "organisations.view"])).await;
        assert_eq!((made.status, &made.json()["organisation_id"]), (StatusCode::CREATED, &json!(region.hinggan)));
        let made = made.json();
        let path = format!("/api/v1/roles/{}", made["id"].as_str().unwrap());
        assert_eq!(security.post("/api/v1/accounts", &account("clerk", &made, region.county)).await.status, 201);
        let mut clerk = first_log_in(&app, "clerk").await;
        assert_eq!(clerk.get("/api/v1/organisations").await.status, StatusCode::OK);
        let less = put(&mut security, &path, &json!(1), &new("台账员", &["ledger.view"])).await;
        assert_eq!(less.status, StatusCode::OK, "{}", less.json());
        let only = AuditFilter { action: Some("roles.update".into()), ..AuditFilter::default() };
        let acts = audit::list(&app.caller::<LoggedIn>(), &only, &Paging::default()).await.unwrap();
        assert_eq!(acts.items[0].detail["before"]["permissions"], json!(["ledger.view", "organisations.view"]));
        assert_eq!(clerk.get("/api/v1/organisations").await.status, StatusCode::FORBIDDEN);
        assert_eq!(put(&mut security, &path, &json!(1), &new("台账员", &["ledger.view"])).await.status, 412);
        assert_eq!(security.send_json(Method::DELETE, &path, &[], &()).await.code(), "role_in_use");

        officer(&app, "below", "安全管理员", region.county).await;
        officer(&app, "beside", "安全管理员", region.tongliao).await;
        let (mut below, mut beside) = (logged_in(&app, "below").await, logged_in(&app, "beside").await);
        assert_eq!(put(&mut below, &path, &json!(2), &new("台账员", &["ledger.view"])).await.code(), "role_above");
        assert_eq!(beside.get(&path).await.status, StatusCode::NOT_FOUND);
        let built_in = role(&mut below, "业务干部").await;
        let built_in = format!("/api/v1/roles/{}", built_in["id"].as_str().unwrap());
        assert_eq!(below.send_json(Method::DELETE, &built_in, &[], &()).await.code(), "built_in");
        assert_eq!(
            put(&mut security, &built_in, &json!(1), &new("业务干部", &["ledger.view"])).await.code(),
            "role_above"
        );

        let unused: Value = security.post("/api/v1/roles", &new("无人", &["ledger.view"])).await.ok();
        let unused = format!("/api/v1/roles/{}", unused["id"].as_str().unwrap());
        assert_eq!(security.send_json(Method::DELETE, &unused, &[], &()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(security.get(&unused).await.status, StatusCode::NOT_FOUND);
        drop((security, clerk, below, beside));
    })
    .await;
}

#[tokio::test]
async fn another_system_calls_with_a_token_until_its_last_day() {
    App::each(&programmes(), async |app| {
        let (region, mut security) = world(&app).await;
        let work = role(&mut security, "业务干部").await;
        let new = |role: &Value, place: Id, until: &str| {
            json!({ "name": "市政数据平台", "role_id": role["id"], "organisation_id": place, "expires_on": until })
        };
        let office = role(&mut security, "安全管理员").await;
        for (form, code) in [
            (new(&work, region.county, "2026-06-30"), "invalid"),
            (new(&work, region.county, "2027-07-03"), "invalid"),
            (new(&work, region.tongliao, "2026-07-31"), "grant_not_found"),
            (new(&office, region.county, "2026-07-31"), "token_office"),
        ] {
            assert_eq!(security.post("/api/v1/tokens", &form).await.code(), code, "{form}");
        }
        let made: Value = security.post("/api/v1/tokens", &new(&work, region.county, "2026-07-03")).await.ok();
        let secret = made["secret"].as_str().unwrap();
        let mut system = client(&app).with_token(secret);
        let seen: Value = system.get("/api/v1/session").await.ok();
        assert_eq!((&seen["kind"], &seen["name"]), (&json!("token"), &json!("市政数据平台")));
        let unions: Value = system.get("/api/v1/organisations").await.ok();
        assert_eq!((&unions["total"], &unions["items"][0]["code"]), (&json!(1), &json!("152201")));
        assert_eq!(system.get("/api/v1/accounts").await.status, StatusCode::FORBIDDEN);
        let list = security.get("/api/v1/tokens").await;
        assert!(!String::from_utf8_lossy(&list.body).contains(&secret[4..]));
        let shown = &list.json()["items"][0];
        assert_eq!(shown["masked"], format!("nj_****{}", &secret[secret.len() - 4..]));
        assert!(shown["used_at"].is_string(), "{shown}");
        assert_eq!(shown["organisation_name"], "152201总工会");
        assert_eq!(client(&app).with_token("nj_wrong").get("/api/v1/session").await.code(), "unauthenticated");

        app.set_clock("2026-07-03T23:59:59+08:00".parse().unwrap());
        assert_eq!(system.get("/api/v1/session").await.status, StatusCode::OK, "its last day is whole");
        app.set_clock("2026-07-04T00:00:00+08:00".parse().unwrap());
        assert_eq!(system.get("/api/v1/session").await.code(), "unauthenticated");
        app.set_clock("2026-07-01T09:00:00+08:00".parse().unwrap());
        assert_eq!(system.get("/api/v1/session").await.status, StatusCode::OK);
        let path = format!("/api/v1/tokens/{}", made["id"].as_str().unwrap());
        assert_eq!(security.send_json(Method::DELETE, &path, &[], &()).await.status, StatusCode::NO_CONTENT);
        assert_eq!(system.get("/api/v1/session").await.code(), "unauthenticated");
        assert_eq!(security.send_json(Method::DELETE, &path, &[], &()).await.status, StatusCode::NOT_FOUND);
        drop((security, system));
    })
    .await;
}

#[tokio::test]
async fn an_account_put_into_use_again_has_neither_its_lock_nor_its_log_ins() {
    App::each(&programmes(), async |app| {
        let (region, mut security) = world(&app).await;
        let path = format!("/api/v1/accounts/{}", officer(&app, "officer", "业务干部", region.county).await);
        let mut left_open = logged_in(&app, "officer").await;
        for _ in 0..5 {
            assert_eq!(client(&app).log_in("officer", NEW).await.code(), "wrong_login");
        }
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.code(), "locked");
        for act in ["disable", "enable"] {
            assert_eq!(security.post(&format!("{path}/{act}"), &()).await.status, StatusCode::NO_CONTENT);
        }
        assert_eq!(left_open.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(client(&app).log_in("officer", PASSWORD).await.status, StatusCode::NO_CONTENT);
        drop((security, left_open));
    })
    .await;
}

#[tokio::test]
async fn a_role_in_use_brings_nobody_a_second_office_and_no_other_system_any() {
    App::each(&programmes(), async |app| {
        let Region { province, county, .. } = region(&app).await;
        officer(&app, "top", "安全管理员", province).await;
        let mut top = logged_in(&app, "top").await;
        let new = |name: &str, permission: &str| {
            json!({ "name": name, "permissions": [permission], "organisation_id": county })
        };
        let watch: Value = top.post("/api/v1/roles", &new("查账", "audit.view")).await.ok();
        let desk: Value = top.post("/api/v1/roles", &new("窗口", "organisations.view")).await.ok();
        let mut both = account("both", &watch, county);
        let second = json!({ "role_id": desk["id"], "organisation_id": county });
        both["grants"].as_array_mut().unwrap().push(second);
        assert_eq!(top.post("/api/v1/accounts", &both).await.status, StatusCode::CREATED);
        let path = format!("/api/v1/roles/{}", desk["id"].as_str().unwrap());
        let raised = json!({ "name": "窗口", "permissions": ["organisations.view", "rulebook.manage"] });
        assert_eq!(put(&mut top, &path, &json!(1), &raised).await.code(), "two_offices");
        let token = json!({
            "name": "市政数据平台", "role_id": desk["id"], "organisation_id": county, "expires_on": "2026-07-31",
        });
        assert_eq!(top.post("/api/v1/tokens", &token).await.status, StatusCode::CREATED);
        assert_eq!(put(&mut top, &path, &json!(1), &raised).await.code(), "held_by_tokens");

        // Nor does anybody raise himself by the role that he holds, or take from it what nobody could give back.
        let own = role(&mut top, "安全管理员").await;
        assert_eq!((&own["own"], &role(&mut top, "审计管理员").await["own"]), (&json!(true), &json!(false)));
        let path = format!("/api/v1/roles/{}", own["id"].as_str().unwrap());
        let other = json!({ "name": own["name"], "permissions": ["ledger.view"] });
        assert_eq!(put(&mut top, &path, &own["version"], &other).await.code(), "own_role");
        let strict = json!({ "name": own["name"], "permissions": own["permissions"], "second_factor": true });
        assert_eq!(put(&mut top, &path, &own["version"], &strict).await.status, StatusCode::OK);

        // Nor is anything taken from a role that its editor could not give: he would silence the audit.
        let audit = role(&mut top, "审计管理员").await;
        let path = format!("/api/v1/roles/{}", audit["id"].as_str().unwrap());
        let less = json!({ "name": "审计管理员", "permissions": ["organisations.view", "audit.view"] });
        assert_eq!(put(&mut top, &path, &audit["version"], &less).await.code(), "beyond_own");
        drop(top);
    })
    .await;
}
