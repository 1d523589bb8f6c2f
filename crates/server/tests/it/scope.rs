//! Scope holds below the application: every question of the document, exports, counts, searches and files among them, asked
//! by 64 at a time in mixed roles, with two roles on one account, right after a change of roles and right after a restart.

use std::{
    collections::{BTreeSet, VecDeque},
    io::{Cursor, Read},
    sync::{Arc, Mutex},
};

use axum::http::{Method, StatusCode};
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{App, Client};
use tokio::task::JoinSet;
use zip::ZipArchive;

use crate::{
    document::{document, operations},
    neighbour::{COMMON, is_endless},
    privacy::encoded,
    roles::{OFFICERS, found, officer},
    stock::{MARK, Stock, sought, stock},
};

const AT_ONCE: usize = 64;
/// The name of the side that holds nothing but itself.
const HERE: &str = "呼和浩特市总工会";
/// Wants the right to export, too, of whoever did not bring the roster himself.
const ANOTHERS: &str = "GET /api/v1/imports/{id}/bad.xlsx";
/// Finds the union that a member moves on to, which may be any.
const ANYWHERE: &str = "/api/v1/transfers/receiving-unions";

/// A question of the document, about what is there.
#[derive(Debug, Clone)]
struct Question {
    called: String,
    path: String,
    permission: String,
    /// Whether it names what is there, so that only 200 and 404 can be right.
    is_keyed: bool,
    /// Whether it seeks what is there by its names and numbers.
    is_search: bool,
}

fn questions(stock: &Stock, there: Id) -> Vec<Question> {
    let mut all = Vec::new();
    for (method, path, operation) in operations(&document()) {
        let permission = operation["x-permission"].as_str().unwrap().to_owned();
        if method != "GET" || is_endless(&path) || ["everyone", "logged_in", "oneself"].contains(&&*permission) {
            continue;
        }
        let called = format!("{method} {path}");
        let is_keyed = path.contains('{') && !COMMON.contains(&path.split('/').nth(3).unwrap());
        let mut ask = |path, is_search| {
            all.push(Question { called: called.clone(), path, permission: permission.clone(), is_keyed, is_search });
        };
        if is_keyed {
            ask(stock.fill(&path), false);
        } else {
            let path = path.replace("{year}", "2026").replace("{id}", stock.key("platforms"));
            ask(format!("{path}?organisation={there}"), false);
            let mut parameters = operation["parameters"].as_array().into_iter().flatten();
            if path != ANYWHERE && parameters.any(|one| one["name"] == "q") {
                for text in sought() {
                    ask(format!("{path}?q={}", encoded(&text)), true);
                }
            }
            ask(path, false);
        }
    }
    assert!(all.len() > 220, "only {} questions", all.len());
    all
}

/// What an answer says: workbooks and letters are zip files, whose parts are read.
pub(crate) fn said(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        for index in 0..archive.len() {
            let mut part = Vec::new();
            archive.by_index(index).unwrap().read_to_end(&mut part).unwrap();
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    text
}

struct Said {
    asker: usize,
    question: Question,
    status: StatusCode,
    text: String,
}

/// Every asker asks every question, 64 at once, the askers mixed.
async fn ask_all(askers: &[Client], questions: &[Question]) -> Vec<Said> {
    let every = questions.iter().flat_map(|question| (0..askers.len()).map(|asker| (asker, question.clone())));
    let waiting = Arc::new(Mutex::new(every.collect::<VecDeque<_>>()));
    let mut asking = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (waiting, askers) = (waiting.clone(), askers.to_vec());
        asking.spawn(async move {
            let mut heard = Vec::new();
            loop {
                let next = waiting.lock().unwrap().pop_front();
                let Some((asker, question)) = next else { return heard };
                let answer = askers[asker].clone().get(&question.path).await;
                let text = said(&answer.body);
                heard.push(Said { asker, question, status: answer.status, text });
            }
        });
    }
    asking.join_all().await.into_iter().flatten().collect()
}

impl Said {
    /// How many rows the whole list has, if it is one that tells.
    fn total(&self) -> u64 {
        serde_json::from_str::<Value>(&self.text).unwrap_or_default()["total"].as_u64().unwrap_or_default()
    }
}

/// Nothing of what is there comes out, nor that something was found.
fn shows_nothing(stock: &Stock, said: &Said) {
    let Said { question, status, text, .. } = said;
    assert!(!status.is_server_error(), "{}: {text}", question.called);
    if question.is_keyed {
        assert!(matches!(status.as_u16(), 403 | 404), "{}: {status} {text}", question.called);
    }
    assert!(!question.is_search || said.total() == 0, "{} counts what it does not show: {text}", question.path);
    stock.must_not_show(&question.called, text);
}

struct World {
    root: Id,
    here: Id,
    there: Id,
    stock: Stock,
    owner: Vec<Client>,
    security: Client,
}

async fn world(app: &App) -> World {
    let root = found(app, None, "150000", "自治区总工会", Level::Province).await;
    let here = found(app, Some(root), "150100", HERE, Level::Prefecture).await;
    let there = found(app, Some(root), "150200", &format!("{MARK}总工会"), Level::Prefecture).await;
    let mut owner = Vec::new();
    for (username, role) in OFFICERS {
        owner.push(officer(app, &format!("owner.{username}"), role, there).await);
    }
    let mut above = officer(app, "above", "业务干部", root).await;
    let security = officer(app, "top.security", "安全管理员", root).await;
    let [_, keeper, _, work, _] = &mut owner[..] else { panic!("the officers changed") };
    let stock = stock(app, there, &mut above, work, keeper).await;
    World { root, here, there, stock, owner, security }
}

pub(crate) async fn make_role(security: &mut Client, name: &str, permissions: &[&str]) -> Value {
    let made: Value = security.post("/api/v1/roles", &json!({ "name": name, "permissions": permissions })).await.ok();
    made["id"].clone()
}

/// Another system, with a role of its own at an organisation.
pub(crate) async fn system(
    app: &App,
    security: &mut Client,
    (role, permissions): (&str, &[&str]),
    place: Id,
) -> Client {
    let role = make_role(security, role, permissions).await;
    let token = json!({ "name": "外部系统", "role_id": role, "organisation_id": place, "expires_on": "2026-12-31" });
    let token: Value = security.post("/api/v1/tokens", &token).await.ok();
    Client::new(server::router(app.house()).unwrap()).with_token(token["secret"].as_str().unwrap())
}

/// Gives an account these roles instead of those that it has.
pub(crate) async fn give(security: &mut Client, username: &str, grants: &[(&Value, Id)]) {
    let listed: Value = security.get(&format!("/api/v1/accounts?q={username}")).await.ok();
    let account = &listed["items"][0];
    assert_eq!(account["username"], username);
    let grants: Vec<Value> =
        grants.iter().map(|(role, place)| json!({ "role_id": role, "organisation_id": place })).collect();
    let form = json!({ "name": "两岗干部", "grants": grants });
    let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
    let version = format!("\"{}\"", account["version"]);
    let saved = security.send_json(Method::PUT, &path, &[("if-match", &version)], &form).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.json());
}

/// The permissions that belong to none of the three offices.
async fn work_permissions(security: &mut Client) -> Vec<String> {
    let all: Value = security.get("/api/v1/permissions").await.ok();
    let of_no_office = all.as_array().unwrap().iter().filter(|one| one["office"].is_null());
    of_no_office.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_comes_out_at_once_with_two_roles_after_a_change_or_a_restart() {
    App::each(&server::programmes(), async |app| {
        let World { here, there, stock, owner, mut security, .. } = world(&app).await;
        let questions = questions(&stock, there);

        // Mixed roles of both sides.
        let mut askers = owner.clone();
        for (username, role) in OFFICERS {
            askers.push(officer(&app, &format!("neighbour.{username}"), role, here).await);
        }
        let (mut told, mut found) = (0, BTreeSet::new());
        for said in ask_all(&askers, &questions).await {
            if said.asker >= owner.len() {
                shows_nothing(&stock, &said);
            } else {
                assert!(!said.text.contains(HERE), "{} shows the other side: {}", said.question.called, said.text);
                told += usize::from(said.status.is_success());
                if said.question.is_search && said.total() > 0 {
                    found.insert(said.question.called);
                }
            }
        }
        assert!(told > 80, "the owners got only {told} answers");
        assert!(found.len() > 8, "the owners found something only by {found:?}");

        // Two roles on one account: each holds where it was given, never where the other was.
        let work = work_permissions(&mut security).await;
        let half = |odd: usize| -> Vec<&str> {
            work.iter().enumerate().filter(|(at, _)| at % 2 == odd).map(|(_, code)| code.as_str()).collect()
        };
        let first = make_role(&mut security, "单数岗", &half(1)).await;
        let second = make_role(&mut security, "双数岗", &half(0)).await;
        let mut crossed = Vec::new();
        for (username, places) in [("crossed.one", [there, here]), ("crossed.two", [here, there])] {
            crossed.push(officer(&app, username, "只读领导", here).await);
            give(&mut security, username, &[(&first, places[0]), (&second, places[1])]).await;
        }
        // Who holds a question's permission there: the first account by the first role, or the second by the second.
        let sees = |said: &Said| {
            let role = if half(1).contains(&&*said.question.permission) { 0 } else { 1 };
            said.asker == role && work.contains(&said.question.permission)
        };
        let mut opened = 0;
        for said in ask_all(&crossed, &questions).await {
            if !sees(&said) {
                shows_nothing(&stock, &said);
            } else if said.question.is_keyed && said.question.called != ANOTHERS {
                assert!(said.status.is_success(), "{}: {} {}", said.question.called, said.status, said.text);
                opened += 1;
            }
        }
        assert!(opened > 15, "only {opened} questions by key were answered");

        // After a restart nothing else holds; it is the first thing that this house is asked.
        let router = server::router(&app.another_process().await).unwrap();
        let moved: Vec<Client> = crossed.iter().map(|client| client.moved_to(router.clone())).collect();
        for said in ask_all(&moved, &questions).await {
            if !sees(&said) {
                shows_nothing(&stock, &said);
            }
        }

        // Both roles are given here instead: who is logged in sees nothing there from his next question on.
        for username in ["crossed.one", "crossed.two"] {
            give(&mut security, username, &[(&first, here), (&second, here)]).await;
        }
        for said in ask_all(&[crossed, moved].concat(), &questions).await {
            shows_nothing(&stock, &said);
        }
        drop((askers, owner, security));
    })
    .await;
}

#[tokio::test]
async fn a_role_s_editor_hands_out_nothing_that_he_lacks() {
    App::each(&server::programmes(), async |app| {
        let World { root, here, there, mut security, .. } = world(&app).await;
        let own = ["access.view", "access.roles", "ledger.view", "plan.view"];
        let editor_role = make_role(&mut security, "角色编辑", &own).await;
        let work = work_permissions(&mut security).await;
        let mut editor = officer(&app, "editor", "只读领导", here).await;
        give(&mut security, "editor", &[(&editor_role, here)]).await;
        let all: Value = security.get("/api/v1/permissions").await.ok();
        for (at, permission) in all.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).enumerate() {
            let role = json!({ "name": format!("试{at}"), "permissions": [permission] });
            let answer = editor.post("/api/v1/roles", &role).await;
            if own.contains(&permission) {
                assert_eq!(answer.status, StatusCode::CREATED, "{permission}: {}", answer.json());
                // Nor does what he may hand out reach where he has nothing.
                for place in [there, root] {
                    let elsewhere = json!({ "name": "别处", "permissions": [permission], "organisation_id": place });
                    assert!(editor.post("/api/v1/roles", &elsewhere).await.status.is_client_error(), "{permission}");
                }
                let path = format!("/api/v1/roles/{}", answer.json()["id"].as_str().unwrap());
                let missing = work.iter().find(|code| !own.contains(&code.as_str())).unwrap();
                let more = json!({ "name": format!("试{at}"), "permissions": [permission, missing] });
                let raised = editor.send_json(Method::PUT, &path, &[("if-match", "\"1\"")], &more).await;
                assert_eq!((raised.status, raised.code().as_str()), (StatusCode::FORBIDDEN, "beyond_own"));
            } else {
                let told = (answer.status, answer.code());
                assert_eq!(told, (StatusCode::FORBIDDEN, "beyond_own".to_owned()), "{permission}: {}", answer.json());
            }
        }
        drop((editor, security));
    })
    .await;
}
