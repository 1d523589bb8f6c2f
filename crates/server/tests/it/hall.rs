//! Story 6 in the hall, through the router: who comes twice, who is a member elsewhere, the wall that counts, the kits,
//! the end.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use chrono::TimeDelta;
use kernel::{
    Id,
    ledger::{TakeBack, permissions::Reverse, take_back},
    organisation::Level,
    permission::LoggedIn,
};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    join::{Hall, consent, hall, signs},
    roles::found,
};

/// Somebody fills the form in; the clock moves on, so that the same phone may ask again.
async fn sign(app: &App, hall: &Hall, consent: &str, n: u32) -> testing::Answer {
    let mut client = Client::new(server::router(app.house()).unwrap());
    let answer = signs(app, &mut client, (&hall.code, consent), n).await;
    app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::seconds(61));
    answer
}

/// Whose a membership is.
fn person(member: &Value) -> Id {
    member["person_id"].as_str().unwrap().parse().unwrap()
}

async fn ready(app: &App) -> (Hall, String, String) {
    let hall = hall(app).await;
    let consent = consent(&mut Client::new(server::router(app.house()).unwrap()), &hall.code).await;
    let path = format!("/api/v1/events/{}", hall.event["id"].as_str().unwrap());
    (hall, consent, path)
}

#[tokio::test]
async fn the_wall_ends_for_who_logged_out() {
    let app = App::sqlite(&server::programmes()).await;
    let (mut hall, consent, path) = ready(&app).await;
    let mut wall = hall.officer.watch(&format!("{path}/live")).await;
    assert_eq!(wall.next().await["joined"], 0);
    assert!(hall.officer.send(Method::DELETE, "/api/v1/session", &[], Body::empty()).await.status.is_success());
    assert!(sign(&app, &hall, &consent, 1).await.status.is_success());
    let said = wall.end().await;
    assert!(!said.contains("data:"), "{said}");
}

#[tokio::test]
async fn who_comes_again_sees_the_same_card_and_the_wall_counts_him_once() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, path) = ready(&app).await;
        let mut wall = hall.officer.watch(&format!("{path}/live")).await;
        assert_eq!(wall.next().await["joined"], 0);
        let first: Value = sign(&app, &hall, &consent, 1).await.ok();
        let seen = wall.next().await;
        assert_eq!((&seen["joined"], &seen["approved"], &seen["kits_left"]), (&json!(1), &json!(1), &json!(3000)));
        assert_eq!(seen["by_organisation"][0]["joined"], 1);
        assert!(seen["recent"][0]["name"].as_str().unwrap().contains('*'));
        let again: Value = sign(&app, &hall, &consent, 1).await.ok();
        assert_eq!((&again["already"], &again["card_number"]), (&json!(true), &first["card_number"]));
        assert_eq!(again["gifts"], first["gifts"]);
        assert!(sign(&app, &hall, &consent, 2).await.status.is_success());
        let mut seen = wall.next().await;
        while seen["joined"] == 1 {
            seen = wall.next().await;
        }
        assert_eq!(seen["joined"], 2);
        let listed: Value = hall.officer.get(&format!("{path}/joins")).await.ok();
        assert_eq!((&listed["total"], &listed["items"][1]["card_number"]), (&json!(2), &first["card_number"]));
        assert_eq!(listed["items"][1]["sees_member"], true);
        let beside = found(&app, None, "152202", "阿尔山市总工会", Level::County).await;
        let card = first["card_number"].as_str().unwrap();
        let moved = format!("UPDATE membership_member SET organisation_id = {} WHERE card_number = '{card}'", beside.0);
        app.write(&moved).await;
        let listed: Value = hall.officer.get(&format!("{path}/joins")).await.ok();
        let seen: Vec<_> = listed["items"].as_array().unwrap().iter().map(|row| &row["sees_member"]).collect();
        assert_eq!(seen, [true, false]);
        let code = hall.officer.get(&format!("{path}/qr.svg")).await;
        assert_eq!(code.headers["content-type"], "image/svg+xml");
        assert!(code.body.starts_with(b"<") && code.body.ends_with(b"</svg>"));
    })
    .await;
}

#[tokio::test]
async fn a_member_of_another_union_comes_without_a_second_membership() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, path) = ready(&app).await;
        let home = found(&app, hall.county, "152201K", "快递员联合工会", Level::Grassroots).await;
        let apply = people::member(1, "courier", &home);
        let applied: Value = hall.officer.post("/api/v1/members", &apply).await.ok();
        let approved: Value =
            hall.officer.post("/api/v1/members/approve", &json!({ "ids": [applied["id"]] })).await.ok();
        assert_eq!(approved["approved"], 1, "{approved}");
        let answer: Value = sign(&app, &hall, &consent, 1).await.ok();
        assert_eq!((&answer["already"], &answer["gifts"]), (&json!(true), &json!([])));
        let told = answer["message"].as_str().unwrap();
        assert!(told.contains("一人只有一个会籍") && told.contains("快递员联合工会"), "{told}");
        assert_eq!(sign(&app, &hall, &consent, 1).await.ok::<Value>()["message"], answer["message"]);
        // An application that waited at the desk is approved like the others.
        let mut early = apply.clone();
        let union = &hall.event["unions"][0]["id"];
        (early["organisation_id"], early["document_number"]) = (union.clone(), json!(people::number(2)));
        (early["name"], early["phone"]) = (json!(people::name(2)), json!(people::phone(2)));
        let applied: Value = hall.officer.post("/api/v1/members", &early).await.ok();
        assert_eq!(applied["state"], "applied");
        let welcome: Value = sign(&app, &hall, &consent, 2).await.ok();
        assert_eq!((&welcome["state"], &welcome["gifts"]), (&json!("normal"), &hall.event["gifts"]));
        let members: Value = hall.officer.get("/api/v1/members?limit=1").await.ok();
        assert_eq!(members["total"], 2);
        let waiting: Value = hall.officer.get("/api/v1/transfers?state=waiting").await.ok();
        assert_eq!((&waiting["total"], &waiting["items"][0]["may_answer"]), (&json!(1), &json!(true)));
        let todo: Value = hall.officer.get("/api/v1/enrolment/todo").await.ok();
        assert_eq!((&todo[0]["code"], &todo[0]["count"]), (&json!("transfers"), &json!(1)), "{todo}");
        let joins: Value = hall.officer.get(&format!("{path}/joins")).await.ok();
        let kit = json!({ "join_id": joins["items"][1]["id"], "gate": "1号台" });
        assert_eq!(hall.officer.post(&format!("{path}/kits"), &kit).await.code(), "kit_not_promised");
    })
    .await;
}

#[tokio::test]
async fn a_record_without_a_phone_is_not_taken_over_by_who_knows_name_and_number() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, _) = ready(&app).await;
        let apply = json!({
            "name": people::name(1), "document_kind": "citizen_number", "document_number": people::number(1),
            "group": "delivery_rider", "organisation_id": hall.event["unions"][0]["id"],
        });
        let applied: Value = hall.officer.post("/api/v1/members", &apply).await.ok();
        assert_eq!(applied["state"], "applied");
        let refused = sign(&app, &hall, &consent, 1).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "phone_unknown"));
        assert!(refused.headers.get("set-cookie").is_none());
        let members: Value = hall.officer.get("/api/v1/members").await.ok();
        assert_eq!(members["items"][0]["phone"], Value::Null, "{members}");
        // The desk looks at the paper and writes the number down; then he joins like anybody, and sees who did it.
        let path = format!("/api/v1/people/{}/phone", members["items"][0]["person_id"].as_str().unwrap());
        let bound = |n: u32, phone: u32| json!({ "document_number": people::number(n), "phone": people::phone(phone) });
        let wrong = hall.officer.post(&path, &bound(2, 1)).await.json();
        assert_eq!(wrong["fields"][0]["code"], "paper_differs", "{wrong}");
        assert!(sign(&app, &hall, &consent, 2).await.status.is_success());
        assert_eq!(hall.officer.post(&path, &bound(1, 2)).await.code(), "phone_taken");
        let answer: Value = hall.officer.post(&path, &bound(1, 1)).await.ok();
        assert_eq!(answer["phone"], secret::masking::phone(&people::phone(1)));
        app.settle().await;
        assert!(app.sms().texts(&people::phone(1)).last().unwrap().contains("登记为职工档案的登录手机号"));
        assert_eq!(hall.officer.post(&path, &bound(1, 3)).await.code(), "phone_kept");
        let joined = sign(&app, &hall, &consent, 1).await;
        let told = joined.json();
        assert_eq!((&told["state"], &told["already"]), (&json!("normal"), &json!(false)), "{told}");
        let mut phone = Client::new(server::router(app.house()).unwrap());
        phone.post("/api/v1/worker/code", &json!({ "phone": people::phone(1) })).await;
        let code = app.sms().last(&people::phone(1)).unwrap();
        let log_in = json!({ "phone": people::phone(1), "code": code });
        assert_eq!(phone.post("/api/v1/worker/session", &log_in).await.status, StatusCode::NO_CONTENT);
        let mine: Value = phone.get("/api/v1/me/privacy").await.ok();
        let look = &mine["looked"][0];
        assert_eq!(
            (&look["action_label"], &look["reason"]),
            (&json!("登记手机号码"), &json!("当面核对证件原件")),
            "{mine}"
        );
    })
    .await;
}

#[tokio::test]
async fn one_kit_each_at_any_table_and_the_end_is_the_end() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, path) = ready(&app).await;
        let joined: Value = sign(&app, &hall, &consent, 1).await.ok();
        let kits = format!("{path}/kits");
        let card = |gate: &str| json!({ "code": joined["card_number"], "gate": gate });
        assert_eq!(hall.officer.post(&kits, &card(" ")).await.code(), "gate_missing");
        assert_eq!(hall.officer.post(&kits, &json!({ "gate": "1号台" })).await.code(), "who_missing");
        let (key, post) = ([("idempotency-key", "kit")], Method::POST);
        let given: Value = hall.officer.send_json(post.clone(), &kits, &key, &card("1号台")).await.ok();
        // What got no answer is kept with the device's own time, and sent again with it under the key of the first try.
        let mut unanswered = card("1号台");
        unanswered["given_at"] = json!((app.house().ambient().now() - TimeDelta::minutes(1)).to_rfc3339());
        assert_eq!(hall.officer.send_json(post, &kits, &key, &unanswered).await.ok::<Value>(), given);
        // A device that was offline sends again what it kept, under another key or none.
        let mut kept = card("1号台");
        kept["given_at"] = given["given_at"].clone();
        assert_eq!(hall.officer.post(&kits, &kept).await.ok::<Value>(), given);
        let joins: Value = hall.officer.get(&format!("{path}/joins")).await.ok();
        assert_eq!(joins["items"][0]["kit_gate"], "1号台");
        let again = json!({ "join_id": joins["items"][0]["id"], "gate": "2号台" });
        let conflict = hall.officer.post(&kits, &again).await;
        let told = conflict.json();
        assert_eq!((conflict.status, conflict.code().as_str()), (StatusCode::CONFLICT, "kit_given"));
        assert_eq!((&told["extra"]["first"], &told["extra"]["second"]["gate"]), (&given, &json!("2号台")), "{told}");
        let stranger = json!({ "code": "1522010000099990", "gate": "1号台" });
        assert!(hall.officer.post(&kits, &stranger).await.status.is_client_error());
        let closed: Value = hall.officer.post(&format!("{path}/close"), &json!({})).await.ok();
        assert_eq!((&closed["open"], &closed["counts"]["kits_given"]), (&json!(false), &json!(1)));
        let mut late = Client::new(server::router(app.house()).unwrap());
        let page: Value = late.get(&format!("/api/v1/public/events/{}", hall.code)).await.ok();
        assert_eq!(page["open"], false);
        let asked = late
            .post(&format!("/api/v1/public/events/{}/code", hall.code), &json!({ "phone": people::phone(9) }))
            .await;
        assert_eq!((asked.status, asked.code().as_str()), (StatusCode::CONFLICT, "event_not_open"));
    })
    .await;
}

#[tokio::test]
async fn whose_two_records_were_merged_takes_his_kit_by_the_card_that_he_has() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, path) = ready(&app).await;
        let apply = people::member(2, "delivery_rider", &hall.event["unions"][0]["id"]);
        let desk: Value = hall.officer.post("/api/v1/members", &apply).await.ok();
        let approved: Value = hall.officer.post("/api/v1/members/approve", &json!({ "ids": [desk["id"]] })).await.ok();
        assert_eq!(approved["approved"], 1, "{approved}");
        assert!(sign(&app, &hall, &consent, 1).await.status.is_success());
        let members: Value = hall.officer.get("/api/v1/members?sort=oldest").await.ok();
        let [first, second] = [0, 1].map(|n| members["items"][n].clone());
        assert_eq!(first["id"], desk["id"]);
        app.merge_people(person(&second), person(&first)).await;
        let kit = json!({ "code": first["card_number"], "gate": "1号台" });
        let given = hall.officer.post(&format!("{path}/kits"), &kit).await;
        assert!(given.status.is_success(), "{}", given.json());
    })
    .await;
}

#[tokio::test]
async fn the_wall_knows_each_tables_queue_and_kits_also_after_a_device_was_offline() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, path) = ready(&app).await;
        let seen = hall.officer.get(&path).await;
        let mut form = hall.event.clone();
        form["unions"] = json!([form["unions"][0]["id"]]);
        form["gates"] = json!([{ "name": "一号台", "kits": 5 }, { "name": "二号台", "kits": 5 }]);
        let version = [("if-match", seen.headers["etag"].to_str().unwrap())];
        let changed: Value = hall.officer.send_json(Method::PUT, &path, &version, &form).await.ok();
        assert_eq!((&changed["kits_total"], &changed["gates"]), (&json!(10), &form["gates"]));
        let mut gates = Vec::new();
        for n in 1..=4 {
            let joined: Value = sign(&app, &hall, &consent, n).await.ok();
            let gate = joined["gate"].as_str().unwrap().to_owned();
            assert!(joined["message"].as_str().unwrap().ends_with(&format!("请到“{gate}”领取礼包。")), "{joined}");
            gates.push(gate);
        }
        let mut wall = hall.officer.watch(&format!("{path}/live")).await;
        let table = |seen: &Value, gate: &str| {
            let rows = seen["by_gate"].as_array().unwrap();
            let row = rows.iter().find(|row| row["gate"] == gate).unwrap();
            (row["waiting"].as_i64().unwrap(), row["kits"].as_i64().unwrap(), row["left"].as_i64().unwrap())
        };
        let seen = wall.next().await;
        assert_eq!((table(&seen, "一号台"), table(&seen, "二号台")), ((2, 0, 5), (2, 0, 5)), "{seen}");
        let joins: Value = hall.officer.get(&format!("{path}/joins")).await.ok();
        let first = &joins["items"][3];
        assert_eq!((&first["gate"], &first["second_kits"]), (&json!(gates[0]), &json!([])));
        let (kits, own) = (format!("{path}/kits"), gates[0].as_str());
        let other = if own == "一号台" { "二号台" } else { "一号台" };
        let given: Value = hall.officer.post(&kits, &json!({ "join_id": first["id"], "gate": own })).await.ok();
        // Scanned once more by a device that is online: refused before anything is given.
        let again = hall.officer.post(&kits, &json!({ "join_id": first["id"], "gate": other })).await;
        assert_eq!(again.code(), "kit_given");
        // The other table's device was offline and gave a kit some minutes ago.
        let at = app.caller::<LoggedIn>().now() - TimeDelta::minutes(3);
        let late = json!({ "join_id": first["id"], "gate": other, "given_at": at.to_rfc3339() });
        for _ in 0..2 {
            let told = hall.officer.post(&kits, &late).await.json();
            assert_eq!((&told["code"], &told["extra"]["first"]), (&json!("kit_given"), &given), "{told}");
            assert_eq!(told["extra"]["second"]["gate"], other);
        }
        let mut wall = hall.officer.watch(&format!("{path}/live")).await;
        let seen = wall.next().await;
        assert_eq!((table(&seen, own), table(&seen, other)), ((1, 1, 4), (2, 1, 4)), "{seen}");
        assert_eq!((&seen["kits_given"], &seen["kits_left"]), (&json!(1), &json!(8)));
        let twice: Value = hall.officer.get(&format!("{path}/joins?second_kit=true")).await.ok();
        assert_eq!((&twice["total"], &twice["items"][0]["id"]), (&json!(1), &first["id"]));
        assert_eq!(
            (&twice["items"][0]["kit_gate"], &twice["items"][0]["second_kits"][0]["gate"]),
            (&json!(own), &json!(other))
        );
        // Whoever has his kit is not sent to a table again.
        assert_eq!(sign(&app, &hall, &consent, 1).await.ok::<Value>()["gate"], Value::Null);
    })
    .await;
}

pub(crate) async fn let_officers_approve(hall: &mut Hall, path: &str) {
    let seen = hall.officer.get(path).await;
    let mut form = hall.event.clone();
    form["approves_at_once"] = json!(false);
    form["unions"] = json!([form["unions"][0]["id"]]);
    let version = [("if-match", seen.headers["etag"].to_str().unwrap())];
    let changed: Value = hall.officer.send_json(Method::PUT, path, &version, &form).await.ok();
    assert_eq!(changed["approves_at_once"], false);
}

#[tokio::test]
async fn who_was_refused_and_comes_again_is_approved_where_he_joined() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, path) = ready(&app).await;
        let_officers_approve(&mut hall, &path).await;
        assert_eq!(sign(&app, &hall, &consent, 1).await.ok::<Value>()["state"], "applied");
        let waiting: Value = hall.officer.get("/api/v1/members?state=applied").await.ok();
        let refuse = format!("/api/v1/members/{}/refuse", waiting["items"][0]["id"].as_str().unwrap());
        assert!(hall.officer.post(&refuse, &json!({ "reason": "证件照片不清楚" })).await.status.is_success());
        assert_eq!(sign(&app, &hall, &consent, 1).await.ok::<Value>()["state"], "applied");
        let rule = json!({ "rule": { "organisation_id": hall.county, "event_id": hall.event["id"] } });
        let answer: Value = hall.officer.post("/api/v1/members/approve", &rule).await.ok();
        assert_eq!(answer["approved"], 1, "{answer}");
        let shown: Value = hall.officer.get(&path).await.ok();
        assert_eq!((&shown["counts"]["joined"], &shown["counts"]["approved"]), (&json!(1), &json!(1)));
        let joins: Value = hall.officer.get(&format!("{path}/joins")).await.ok();
        assert_eq!((&joins["total"], &joins["items"][0]["state"]), (&json!(1), &json!("normal")), "{joins}");
        let kit = json!({ "code": joins["items"][0]["card_number"], "gate": "1号台" });
        let given = hall.officer.post(&format!("{path}/kits"), &kit).await;
        assert!(given.status.is_success(), "{}", given.json());
    })
    .await;
}

#[tokio::test]
async fn an_event_whose_officers_approve_is_approved_by_rule() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, path) = ready(&app).await;
        let_officers_approve(&mut hall, &path).await;
        for n in 1..=3 {
            let waits: Value = sign(&app, &hall, &consent, n).await.ok();
            assert_eq!((&waits["state"], &waits["card_number"]), (&json!("applied"), &Value::Null));
        }
        let joins: Value = hall.officer.get(&format!("{path}/joins")).await.ok();
        let early = json!({ "join_id": joins["items"][0]["id"], "gate": "1号台" });
        assert_eq!(hall.officer.post(&format!("{path}/kits"), &early).await.code(), "kit_not_approved");
        let rule = json!({ "rule": { "organisation_id": hall.county, "event_id": hall.event["id"] } });
        let mut wall = hall.officer.watch(&format!("{path}/live")).await;
        assert_eq!(wall.next().await["approved"], 0);
        let answer: Value = hall.officer.post("/api/v1/members/approve", &rule).await.ok();
        assert_eq!((&answer["approved"], &answer["refused"], &answer["next"]), (&json!(3), &json!([]), &Value::Null));
        assert_eq!(wall.next().await["approved"], 3);
        assert!(hall.officer.post(&format!("{path}/kits"), &early).await.status.is_success());
        let again: Value = sign(&app, &hall, &consent, 1).await.ok();
        assert_eq!((&again["state"], &again["already"]), (&json!("normal"), &json!(true)));
    })
    .await;
}

#[tokio::test]
async fn afterwards_it_shows_who_joined_and_never_used_anything() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, consent, path) = ready(&app).await;
        for n in 1..=2 {
            assert!(sign(&app, &hall, &consent, n).await.status.is_success());
        }
        let members: Value = hall.officer.get("/api/v1/members?sort=oldest").await.ok();
        let served = &members["items"][0];
        let meal = json!({
            "kind": "love_meal", "organisation_id": served["organisation_id"], "person_id": served["person_id"],
            "quantity": 1, "amount_fen": 0, "day": "2026-07-01", "note": "暖心午餐",
        });
        let recorded = hall.officer.post("/api/v1/facts", &meal).await;
        assert!(recorded.status.is_success(), "{}", recorded.json());
        let never: Value = hall.officer.get(&format!("{path}/joins?unused=true")).await.ok();
        assert_eq!((&never["total"], &never["items"][0]["member_id"]), (&json!(1), &members["items"][1]["id"]));
        let used: Value = hall.officer.get(&format!("{path}/joins?unused=false")).await.ok();
        assert_eq!((&used["total"], &used["items"][0]["member_id"]), (&json!(1), &served["id"]));
        // Nor did he whose service was recorded by mistake; what was done for a record that was merged into another's stays his.
        let mut mistake = meal.clone();
        mistake["person_id"] = members["items"][1]["person_id"].clone();
        let recorded: Value = hall.officer.post("/api/v1/facts", &mistake).await.ok();
        let fact = recorded["id"].as_str().unwrap().parse().unwrap();
        let back = TakeBack { reason: "登错了人".into() };
        take_back(&app.caller::<Reverse>(), fact, &back).await.unwrap();
        let apply = json!({
            "name": people::name(3), "document_kind": "citizen_number", "document_number": people::number(3),
            "group": "delivery_rider", "organisation_id": served["organisation_id"],
        });
        assert!(hall.officer.post("/api/v1/members", &apply).await.status.is_success());
        let third: Value = hall.officer.get("/api/v1/members?state=applied").await.ok();
        app.merge_people(person(served), person(&third["items"][0])).await;
        let used: Value = hall.officer.get(&format!("{path}/joins?unused=false")).await.ok();
        assert_eq!((&used["total"], &used["items"][0]["member_id"]), (&json!(1), &served["id"]));
    })
    .await;
}
