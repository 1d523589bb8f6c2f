//! What an offer may cost is held against its line of the budget where the region's rules say so.

use axum::http::Method;
use chrono::TimeDelta;
use kernel::{
    audit,
    rulebook::{self, NewRulePack},
};
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    amend::amends,
    benefit::{Town, at, lasting, meals, published, round, town},
    region_terms::set,
    roles::officer,
    settlement::{claimed, plan, redeemed},
};

async fn publishes(officer: &mut Client, offer: &Value) -> Answer {
    officer.post(&format!("/api/v1/benefit-offers/{}/publish", offer["id"].as_str().unwrap()), &json!({})).await
}

/// A town whose line for meals holds a thousand yuan, and whose region says this of offers beyond it.
async fn bounded(app: &App, rule: i64) -> Town {
    let mut town = town(app).await;
    app.write("UPDATE organisation SET division = code WHERE code = '152201'").await;
    plan(&mut town, 2026, 100_000).await;
    set(app, "1522", "benefit.over_budget", rule).await;
    town
}

/// What somebody lets an offer cost beyond its line, in fen.
async fn lets(officer: &mut Client, offer: &Value, most_fen: i64) -> Answer {
    let path = format!("/api/v1/benefit-offers/{}/let-over-budget", offer["id"].as_str().unwrap());
    officer.post(&path, &json!({ "most_fen": most_fen, "reason": "下月追加经费" })).await
}

/// What whoever publishes an offer is told of its line before.
async fn held_against(officer: &mut Client, offer: &Value) -> Value {
    let path = format!("/api/v1/benefit-offers/{}/budget", offer["id"].as_str().unwrap());
    officer.get(&path).await.ok()
}

#[tokio::test]
async fn what_the_budget_does_not_bear_is_not_offered() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        app.write("UPDATE organisation SET division = code WHERE code = '152201'").await;
        plan(&mut town, 2026, 100_000).await;
        // There is no fourth way.
        let fourth = NewRulePack {
            code: "benefit.over_budget".into(),
            region: "1522".into(),
            valid_from: "2026-01-01".parse().unwrap(),
            valid_to: None,
            value: 3,
            source: "区工会〔2026〕8号".into(),
        };
        assert_eq!(rulebook::set_pack(&app.caller(), &fourth).await.unwrap_err().code, "rule_too_large");
        // Without a rule it is only told. Meals of 15 yuan.
        let none = published(&app, &mut town, 100, &json!({ "budget_line": "没有的项目" })).await;
        assert_eq!(none["may_be_let_over"], false);
        let told = json!({ "left_fen": null, "need_fen": 150_000, "refused": null });
        assert_eq!(held_against(&mut town.officer, &none).await, told);
        set(&app, "1522", "benefit.over_budget", 1).await;
        let first = published(&app, &mut town, 60, &json!({})).await;
        let form = meals(&app, &town, 10, &json!({ "title": "第二项" }));
        let second: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        let refused = publishes(&mut town.officer, &second).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, "offer_over_budget"));
        let said = refused.json()["detail"].as_str().unwrap().to_owned();
        for figure in ["余额1,000元", "最多还要支出1,050元", "共150元", "超出50元"] {
            assert!(said.contains(figure), "{said}");
        }
        let told = json!({ "left_fen": 100_000, "need_fen": 105_000, "refused": said });
        assert_eq!(held_against(&mut town.officer, &second).await, told);
        assert_eq!(lets(&mut town.officer, &second, 15_000).await.code(), "offer_not_let_over");

        let rounds = format!("/api/v1/benefit-offers/{}/rounds", first["id"].as_str().unwrap());
        let round = |pieces| lasting(&app, TimeDelta::days(1), pieces)[0].clone();
        assert_eq!(town.officer.post(&rounds, &round(7)).await.code(), "offer_over_budget");
        let added = town.officer.post(&rounds, &round(6)).await;
        assert_eq!(added.status.as_u16(), 201, "{}", added.json());
        let form = meals(&app, &town, 1, &json!({ "budget_line": "没有的项目" }));
        let unknown: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        assert_eq!(publishes(&mut town.officer, &unknown).await.code(), "offer_without_line");

        // A second officer may let it go, as far as he said and not for himself.
        set(&app, "152201", "benefit.over_budget", 2).await;
        assert_eq!(publishes(&mut town.officer, &second).await.code(), "offer_over_budget_unless_let");
        let mut other = officer(&app, "other", "业务干部", town.county).await;
        // But not where there is no line that it could go beyond.
        let _: Value = lets(&mut other, &unknown, 1_500).await.ok();
        let refused = publishes(&mut town.officer, &unknown).await;
        assert_eq!(refused.code(), "offer_without_line");
        assert!(refused.json()["detail"].as_str().unwrap().contains("2026年计划"), "{}", refused.json());
        let shown: Value = lets(&mut town.officer, &second, 15_000).await.ok();
        assert_eq!(shown["may_be_let_over"], true);
        let refused = publishes(&mut town.officer, &second).await;
        assert_eq!(refused.code(), "offer_let_by_himself");
        assert_eq!(held_against(&mut town.officer, &second).await["refused"], refused.json()["detail"]);
        assert_eq!(held_against(&mut other, &second).await["refused"], Value::Null);
        let _: Value = lets(&mut other, &second, 14_999).await.ok();
        assert_eq!(publishes(&mut town.officer, &second).await.code(), "offer_over_budget_unless_let");
        let shown: Value = lets(&mut other, &second, 15_000).await.ok();
        let told =
            json!({ "most_fen": 15_000, "by": "other", "at": shown["let_over"]["at"], "reason": "下月追加经费" });
        assert_eq!(shown["let_over"], told);
        assert!(told["at"].is_string(), "{told}");
        let path = format!("/api/v1/benefit-offers/{}", second["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&path).await.ok::<Value>()["let_over"], told);
        let gone = publishes(&mut town.officer, &second).await;
        assert!(gone.status.is_success(), "{}", gone.json());
        // What he let go beyond one line goes beyond no other.
        let _: Value = lets(&mut other, &none, 150_000).await.ok();
        let onto = json!({ "description": "", "redeem_until": "2026-07-31", "budget_line": "爱心餐补贴" });
        assert_eq!(amends(&mut town.officer, &none, &onto).await.code(), "offer_over_budget");
        let noted = audit::Entity::find().filter(audit::Column::Action.eq("benefits.let_over_budget"));
        let noted = noted.all(app.caller::<kernel::permission::LoggedIn>().read()).await.unwrap();
        assert!(noted.len() == 5 && noted[0].detail.contains("下月追加经费"), "{noted:?}");
        drop((town, other));
    })
    .await;
}

#[tokio::test]
async fn what_is_free_is_held_against_no_line() {
    App::each(&server::programmes(), async |app| {
        let mut town = bounded(&app, 1).await;
        let form = meals(&app, &town, 9, &json!({ "unit_fen": 0, "budget_line": "没有的项目" }));
        let free: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        // Nobody could tell what any line has left.
        app.write("ALTER TABLE plan_budget_line RENAME TO away").await;
        let gone = publishes(&mut town.officer, &free).await;
        app.write("ALTER TABLE away RENAME TO plan_budget_line").await;
        assert!(gone.status.is_success(), "{}", gone.json());
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_had_run_out_is_not_prolonged_beyond_the_budget() {
    App::each(&server::programmes(), async |app| {
        let mut town = bounded(&app, 1).await;
        let early = published(&app, &mut town, 60, &json!({})).await;
        at(&app, &mut town, "2026-08-02T02:00:00Z").await;
        let later = published(&app, &mut town, 60, &json!({ "redeem_until": "2026-08-31" })).await;
        assert_eq!(later["state"], "published");
        // Nobody ended the first; yet it goes on no more.
        for (run_out, offer) in [(false, &later), (true, &early)] {
            let asked = format!("/api/v1/benefit-offers?state=published&run_out={run_out}");
            let list: Value = town.officer.get(&asked).await.ok();
            assert_eq!((&list["total"], &list["items"][0]["id"]), (&json!(1), &offer["id"]), "{list}");
        }
        let again = json!({ "description": "", "redeem_until": "2026-08-10" });
        assert_eq!(amends(&mut town.officer, &early, &again).await.code(), "offer_over_budget");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_was_handed_over_last_year_is_not_this_years() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        app.write("UPDATE organisation SET division = code WHERE code = '152201'").await;
        plan(&mut town, 2026, 100_000).await;
        plan(&mut town, 2027, 27_000).await;
        set(&app, "1522", "benefit.over_budget", 1).await;
        let both = published(&app, &mut town, 10, &json!({ "redeem_until": "2027-03-31" })).await;
        let vouchers = claimed(&app, &town, &both, 1..3).await;
        redeemed(&app, &mut town, &vouchers).await;
        let next = json!({ "redeem_from": "2027-01-01", "redeem_until": "2027-01-31" });
        let form = meals(&app, &town, 11, &next);
        let more: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        assert_eq!(publishes(&mut town.officer, &more).await.code(), "offer_over_budget");
        assert_eq!(published(&app, &mut town, 10, &next).await["state"], "published");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_was_let_go_beyond_one_line_is_held_against_the_next() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        app.write("UPDATE organisation SET division = code WHERE code = '152201'").await;
        plan(&mut town, 2026, 100_000).await;
        let offer = published(&app, &mut town, 10, &json!({ "budget_line": "没有的项目" })).await;
        set(&app, "1522", "benefit.over_budget", 2).await;
        let mut other = officer(&app, "other", "业务干部", town.county).await;
        let _: Value = lets(&mut other, &offer, 200_000).await.ok();
        let onto = json!({ "description": "", "redeem_until": "2026-07-31", "budget_line": "爱心餐补贴" });
        let moved = amends(&mut town.officer, &offer, &onto).await;
        assert!(moved.status.is_success(), "{}", moved.json());
        assert_eq!(moved.json()["let_over"], Value::Null);
        let rounds = format!("/api/v1/benefit-offers/{}/rounds", offer["id"].as_str().unwrap());
        let more = lasting(&app, TimeDelta::days(1), 60)[0].clone();
        assert_eq!(town.officer.post(&rounds, &more).await.code(), "offer_over_budget_unless_let");
        drop((town, other));
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_is_changed_is_let_go_anew() {
    App::each(&server::programmes(), async |app| {
        let mut town = bounded(&app, 2).await;
        let form = meals(&app, &town, 80, &json!({}));
        let draft: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        let mut other = officer(&app, "other", "业务干部", town.county).await;
        let _: Value = lets(&mut other, &draft, 120_000).await.ok();
        let path = format!("/api/v1/benefit-offers/{}", draft["id"].as_str().unwrap());
        let changed = town.officer.send_json(Method::PUT, &path, &[("if-match", "\"1\"")], &form).await;
        assert!(changed.status.is_success(), "{}", changed.json());
        assert_eq!(publishes(&mut town.officer, &draft).await.code(), "offer_over_budget_unless_let");
        let _: Value = lets(&mut other, &draft, 120_000).await.ok();
        let gone = publishes(&mut town.officer, &draft).await;
        assert!(gone.status.is_success(), "{}", gone.json());
        drop((town, other));
    })
    .await;
}

/// Forty meals of 15 yuan are offered, of which two were handed over and, with July, paid.
async fn half_paid(app: &App, town: &mut Town, over: &Value) {
    let offer = published(app, town, 40, over).await;
    let vouchers = claimed(app, town, &offer, 1..3).await;
    redeemed(app, town, &vouchers).await;
    at(app, town, "2026-08-03T01:00:00Z").await;
    let list: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
    let path = format!("/api/v1/benefit-settlements/{}", list["items"][0]["id"].as_str().unwrap());
    let seen = json!({ "pieces": 2, "amount_fen": 3_000 });
    let _: Value = town.officer.post(&format!("{path}/settle"), &seen).await.ok();
    let _: Value = town.officer.post(&format!("{path}/pay"), &json!({ "paid_on": "2026-08-03" })).await.ok();
    app.settle().await;
}

#[tokio::test]
async fn what_is_booked_is_not_held_against_the_line_twice() {
    App::each(&server::programmes(), async |app| {
        let mut town = bounded(&app, 1).await;
        half_paid(&app, &mut town, &json!({ "redeem_until": "2026-09-30" })).await;
        // 970 yuan are left, of which 570 may still go on the first.
        let form = meals(&app, &town, 27, &json!({ "redeem_until": "2026-09-30" }));
        let more: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        let refused = publishes(&mut town.officer, &more).await.json();
        assert!(refused["detail"].as_str().unwrap().contains("余额970元"), "{refused}");
        let borne = published(&app, &mut town, 26, &json!({ "redeem_until": "2026-09-30" })).await;
        assert_eq!(borne["state"], "published");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_a_union_below_spends_is_held_against_the_line_until_it_has_its_own() {
    App::each(&server::programmes(), async |app| {
        let mut town = bounded(&app, 1).await;
        let until = json!({ "redeem_until": "2026-09-30" });
        let below = json!({ "redeem_until": "2026-09-30", "organisation_id": town.riders });
        half_paid(&app, &mut town, &below).await;
        let form = meals(&app, &town, 27, &until);
        let more: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        let refused = publishes(&mut town.officer, &more).await;
        assert_eq!(refused.code(), "offer_over_budget");
        let told = json!({ "left_fen": 97_000, "need_fen": 97_500, "refused": refused.json()["detail"] });
        assert_eq!(held_against(&mut town.officer, &more).await, told);
        assert_eq!(published(&app, &mut town, 26, &until).await["state"], "published");

        let county = std::mem::replace(&mut town.county, town.riders);
        plan(&mut town, 2026, 100_000).await;
        town.county = county;
        let told = json!({ "left_fen": 97_000, "need_fen": 79_500, "refused": null });
        assert_eq!(held_against(&mut town.officer, &more).await, told);
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_was_claimed_of_an_ended_offer_is_still_held_against_the_line() {
    App::each(&server::programmes(), async |app| {
        let mut town = bounded(&app, 1).await;
        let ended = published(&app, &mut town, 60, &json!({})).await;
        claimed(&app, &town, &ended, 1..6).await;
        let close = format!("/api/v1/benefit-offers/{}/close", ended["id"].as_str().unwrap());
        let _: Value = town.officer.post(&close, &json!({})).await.ok();
        let form = meals(&app, &town, 62, &json!({}));
        let more: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        assert_eq!(publishes(&mut town.officer, &more).await.code(), "offer_over_budget");
        assert_eq!(published(&app, &mut town, 61, &json!({})).await["state"], "published");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn a_round_does_not_grow_beyond_the_budget() {
    App::each(&server::programmes(), async |app| {
        let mut town = bounded(&app, 1).await;
        let now = app.house().ambient().now();
        let soon = |total: i64| {
            json!({ "opens_at": (now + TimeDelta::days(1)).to_rfc3339(), "closes_at": (now + TimeDelta::days(2)).to_rfc3339(),
                "total": total, "shares": [] })
        };
        let offer = published(&app, &mut town, 60, &json!({ "rounds": [soon(60)] })).await;
        let path = format!("/api/v1/benefit-rounds/{}", round(&offer));
        let seen = |total: i64| {
            let mut form = soon(total);
            form["version"] = offer["version"].clone();
            form
        };
        assert_eq!(town.officer.put(&path, &seen(67)).await.code(), "offer_over_budget");
        let grown = town.officer.put(&path, &seen(66)).await;
        assert!(grown.status.is_success(), "{}", grown.json());
        drop(town);
    })
    .await;
}
