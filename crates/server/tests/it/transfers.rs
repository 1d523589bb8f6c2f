//! Who answers a transfer, by what each officer's role lets him see: the other side within the term, the union above both
//! after it, nobody else ever.

use axum::http::Method;
use chrono::TimeDelta;
use kernel::{Id, organisation::Level, permission::LoggedIn};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    benefit::workers,
    roles::{found, officer},
};

const ROLE: &str = "业务干部";

/// The officers of a county and two unions below it, and of a union next door.
struct Officers {
    county: Client,
    home: Client,
    receiving: Client,
    stranger: Client,
    riders: Id,
    couriers: Id,
}

async fn officers(app: &App) -> Officers {
    let county = found(app, None, "152201", "乌兰浩特市总工会", Level::County).await;
    let riders = found(app, Some(county), "152201R", "骑手联合工会", Level::Grassroots).await;
    let couriers = found(app, Some(county), "152201K", "快递员联合工会", Level::Grassroots).await;
    let guards = found(app, Some(county), "152201G", "保安员联合工会", Level::Grassroots).await;
    Officers {
        county: officer(app, "county", ROLE, county).await,
        home: officer(app, "home", ROLE, riders).await,
        receiving: officer(app, "receiving", ROLE, couriers).await,
        stranger: officer(app, "stranger", ROLE, guards).await,
        riders,
        couriers,
    }
}

/// A member of the riders' union whom it marks out to the couriers'. Answers the membership and the transfer.
async fn marked_out(on: &mut Officers, n: u32) -> (String, String) {
    let form = people::member(n, "delivery_rider", &on.riders);
    let applied: Value = on.home.post("/api/v1/members", &form).await.ok();
    let approved: Value = on.home.post("/api/v1/members/approve", &json!({ "ids": [applied["id"]] })).await.ok();
    assert_eq!(approved["approved"], 1, "{approved}");
    let member = applied["id"].as_str().unwrap();
    let wish = json!({ "to_organisation_id": on.couriers, "reason": "换了工作" });
    let asked: Value = on.home.post(&format!("/api/v1/members/{member}/transfer"), &wish).await.ok();
    (member.to_owned(), asked["id"].as_str().unwrap().to_owned())
}

async fn todo(client: &mut Client) -> Vec<(String, u64)> {
    let todo: Value = client.get("/api/v1/enrolment/todo").await.ok();
    let one = |row: &Value| (row["code"].as_str().unwrap().to_owned(), row["count"].as_u64().unwrap());
    todo.as_array().unwrap().iter().map(one).collect()
}

fn one(code: &str) -> Vec<(String, u64)> {
    vec![(code.to_owned(), 1)]
}

#[tokio::test]
async fn within_the_term_the_receiving_union_answers() {
    App::each(&server::programmes(), async |app| {
        let mut on = officers(&app).await;
        let (member, transfer) = marked_out(&mut on, 1).await;
        let (accept, empty) = (format!("/api/v1/transfers/{transfer}/accept"), json!({}));
        assert_eq!(on.stranger.post(&accept, &empty).await.status, 404);
        assert_eq!(on.home.post(&accept, &empty).await.code(), "not_your_answer");
        let withdraw = format!("/api/v1/transfers/{transfer}/withdraw");
        assert_eq!(on.stranger.post(&withdraw, &empty).await.status, 404);
        assert_eq!(on.receiving.post(&withdraw, &empty).await.code(), "not_yours_to_withdraw");
        assert_eq!((todo(&mut on.home).await, todo(&mut on.receiving).await), (vec![], one("transfers")));
        assert_eq!(on.receiving.get(&format!("/api/v1/members/{member}")).await.status, 404);
        for (officer, sees) in [(&mut on.home, true), (&mut on.receiving, false), (&mut on.county, true)] {
            let listed: Value = officer.get("/api/v1/transfers").await.ok();
            assert_eq!((&listed["total"], &listed["items"][0]["sees_member"]), (&json!(1), &json!(sees)));
            assert_eq!(listed["items"][0]["may_withdraw"], json!(sees));
        }
        let settled: Value = on.receiving.post(&accept, &empty).await.ok();
        assert_eq!(settled["organisation_id"], json!(on.couriers));
        assert_eq!(on.home.get(&format!("/api/v1/members/{member}")).await.status, 404);
        let shown: Value = on.receiving.get(&format!("/api/v1/members/{member}")).await.ok();
        assert_eq!((&shown["state"], shown["history"].as_array().unwrap().len()), (&json!("normal"), 4));
        assert_eq!(
            (&shown["history"][0]["actor"], &shown["history"][3]["actor"]),
            (&json!("receiving"), &json!("home"))
        );
        assert!(todo(&mut on.receiving).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_receiving_union_pauses_its_term_takes_it_up_again_and_declines() {
    App::each(&server::programmes(), async |app| {
        let mut on = officers(&app).await;
        let (member, transfer) = marked_out(&mut on, 1).await;
        let path = format!("/api/v1/transfers/{transfer}");
        let why = json!({ "reason": "等待核实社保关系" });
        assert_eq!(on.home.post(&format!("{path}/pause"), &why).await.code(), "not_your_answer");
        for (step, form) in [("pause", &why), ("resume", &json!({})), ("decline", &why)] {
            let answer = on.receiving.post(&format!("{path}/{step}"), form).await;
            assert!(answer.status.is_success(), "{step}: {}", answer.json());
        }
        let shown: Value = on.home.get(&format!("/api/v1/members/{member}")).await.ok();
        assert_eq!(shown["state"], "normal");
    })
    .await;
}

#[tokio::test]
async fn after_the_term_only_the_union_above_both_decides() {
    App::each(&server::programmes(), async |app| {
        let mut on = officers(&app).await;
        let (_, transfer) = marked_out(&mut on, 1).await;
        // The thirtieth day is still within the term.
        app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::days(30));
        log_in_again(&mut on).await;
        let near_its_end = [one("transfers"), one("transfers_nearly_due")].concat();
        assert_eq!(todo(&mut on.receiving).await, near_its_end);
        app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::days(1));
        log_in_again(&mut on).await;
        let (accept, empty) = (format!("/api/v1/transfers/{transfer}/accept"), json!({}));
        assert!(todo(&mut on.receiving).await.is_empty());
        assert_eq!(on.receiving.post(&accept, &empty).await.code(), "not_your_answer");
        assert_eq!(todo(&mut on.county).await, one("overdue_transfers"));
        let listed: Value = on.county.get("/api/v1/transfers?overdue=true").await.ok();
        let row = &listed["items"][0];
        assert_eq!(
            (&row["overdue"], &row["may_answer"], &row["answerer"]),
            (&json!(true), &json!(true), &json!("higher"))
        );
        let settled: Value = on.county.post(&accept, &empty).await.ok();
        assert_eq!(settled["organisation_id"], json!(on.couriers));
        assert_eq!(on.county.post(&accept, &empty).await.code(), "transfer_answered");
    })
    .await;
}

#[tokio::test]
async fn what_a_member_asked_of_his_data_is_answered_where_he_went() {
    App::each(&server::programmes(), async |app| {
        let mut on = officers(&app).await;
        let worker = workers(&app, on.riders, 1..2).await.remove(0);
        let mut phone = Client::new(server::router(app.house()).unwrap());
        let (wish, headers) =
            (json!({ "kind": "delete", "text": "请删除我的旧手机号" }), [("cookie", &*worker.cookie)]);
        let asked = phone.send_json(Method::POST, "/api/v1/me/privacy/requests", &headers, &wish).await.ok::<Value>();
        let (_, transfer) = marked_out(&mut on, 1).await;
        let waiting = async |client: &mut Client| {
            client.get("/api/v1/privacy-requests?state=waiting").await.ok::<Value>()["total"].clone()
        };
        assert_eq!((waiting(&mut on.home).await, waiting(&mut on.receiving).await), (json!(1), json!(0)));
        let accept = format!("/api/v1/transfers/{transfer}/accept");
        assert_eq!(on.receiving.post(&accept, &json!({})).await.status, 200);
        assert_eq!((waiting(&mut on.home).await, waiting(&mut on.receiving).await), (json!(0), json!(1)));
        let answer = format!("/api/v1/privacy-requests/{}/answer", asked["id"].as_str().unwrap());
        let done = json!({ "done": true, "answer": "旧手机号已删除。", "erased": "part" });
        assert_eq!(on.home.post(&answer, &done).await.status, 404);
        assert_eq!(on.receiving.post(&answer, &done).await.ok::<Value>()["state"], "done");
    })
    .await;
}

#[tokio::test]
async fn what_unions_wrote_to_each_other_of_a_transfer_is_not_in_the_members_copy() {
    App::each(&server::programmes(), async |app| {
        let mut on = officers(&app).await;
        let worker = workers(&app, on.riders, 1..2).await.remove(0);
        let (_, transfer) = marked_out(&mut on, 1).await;
        let decline = format!("/api/v1/transfers/{transfer}/decline");
        let why = json!({ "reason": "与李师傅有纠纷" });
        assert_eq!(on.receiving.post(&decline, &why).await.status, 200);
        let mut phone = Client::new(server::router(app.house()).unwrap());
        let headers = [("cookie", &*worker.cookie)];
        let path = "/api/v1/me/privacy/export";
        let copy: Value = phone.send_json(Method::POST, path, &headers, &json!({})).await.ok();
        let told = &copy["others"]["membership_transfer"];
        assert_eq!(
            (&told["rows"][0]["state"], &told["columns"]["from_organisation"]),
            (&json!("未接收"), &json!("转出工会")),
            "{told}"
        );
        let steps = copy["memberships"][0]["history"].as_array().unwrap();
        let named: Vec<&str> = steps.iter().filter_map(|step| step["step"].as_str()).collect();
        assert!(named.contains(&"提出转接") && named.contains(&"不接收转接"), "{named:?}");
        let text = copy.to_string();
        assert!(!text.contains("换了工作") && !text.contains("李师傅"), "{copy}");
    })
    .await;
}

#[tokio::test]
async fn a_desk_gives_no_phone_to_whom_another_union_looks_after() {
    App::each(&server::programmes(), async |app| {
        let mut on = officers(&app).await;
        let form = |union: Id, phone: Option<String>| {
            json!({
                "name": people::name(1), "document_kind": "citizen_number", "document_number": people::number(1),
                "phone": phone, "group": "delivery_rider", "organisation_id": union,
            })
        };
        let found = async |client: &mut Client| {
            let path = format!("/api/v1/members?q={}", people::phone(1));
            client.get(&path).await.ok::<Value>()["total"].clone()
        };
        let phone = Some(people::phone(1));
        let applied: Value = on.home.post("/api/v1/members", &form(on.riders, None)).await.ok();
        let _: Value = on.home.post("/api/v1/members/approve", &json!({ "ids": [applied["id"]] })).await.ok();
        let asked: Value = on.receiving.post("/api/v1/members", &form(on.couriers, phone.clone())).await.ok();
        assert_eq!((&asked["outcome"], found(&mut on.home).await), (&json!("transfer_asked"), json!(0)));
        // His own union's desk does.
        let known: Value = on.home.post("/api/v1/members", &form(on.riders, phone)).await.ok();
        assert_eq!((&known["outcome"], found(&mut on.home).await), (&json!("already"), json!(1)));
    })
    .await;
}

#[tokio::test]
async fn who_is_not_taken_in_stays_until_his_own_union_lets_him_go() {
    App::each(&server::programmes(), async |app| {
        let mut on = officers(&app).await;
        for (n, steps) in [(1, &["retain", "restore", "expel"][..]), (2, &["decease"][..])] {
            let (member, transfer) = marked_out(&mut on, n).await;
            let why = json!({ "reason": "本人和单位都已说明情况" });
            let decline = format!("/api/v1/transfers/{transfer}/decline");
            let settled: Value = on.receiving.post(&decline, &why).await.ok();
            assert_eq!((&settled["state"], &settled["organisation_id"]), (&json!("normal"), &json!(on.riders)));
            for step in steps {
                let taken = on.home.post(&format!("/api/v1/members/{member}/{step}"), &why).await;
                assert!(taken.status.is_success(), "{step}: {}", taken.json());
            }
        }
    })
    .await;
}

/// Officers' log-ins do not outlive a day.
async fn log_in_again(on: &mut Officers) {
    for (client, name) in [(&mut on.county, "county"), (&mut on.home, "home"), (&mut on.receiving, "receiving")] {
        assert!(client.log_in(name, crate::roles::PASSWORD).await.status.is_success());
    }
}

#[tokio::test]
async fn whose_transfer_nobody_answered_in_time_reads_that_the_higher_union_decides() {
    App::each(&server::programmes(), async |app| {
        let mut on = officers(&app).await;
        let worker = workers(&app, on.riders, 1..2).await.remove(0);
        marked_out(&mut on, 1).await;
        let mut phone = Client::new(server::router(app.house()).unwrap());
        let headers = [("cookie", &*worker.cookie)];
        for (due_on, overdue) in [("2026-07-01", false), ("2026-06-30", true)] {
            app.write(&format!("UPDATE membership_transfer SET due_on = '{due_on}'")).await;
            let me: Value = phone.send_json(Method::GET, "/api/v1/me", &headers, &json!({})).await.ok();
            assert_eq!(me["transfer"]["overdue"], overdue, "{me}");
        }
    })
    .await;
}
