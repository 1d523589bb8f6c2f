//! A month with a place, from the first piece to the booked payment: looked at, disputed, answered, confirmed, settled, paid
//! out of the plan's budget, and what is taken back afterwards deducted in the next month.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    benefit::{Town, claims, code, published, round, town, workers},
    roles::officer,
    scope::said,
};

const BOOKED: &str = "已列入“2026年工作计划”的经费项目“爱心餐补贴”。";

/// Hands the claims of an offer over at the town's place.
pub(crate) async fn redeemed(app: &App, town: &mut Town, claims: &[Value]) {
    for claim in claims {
        let form = json!({ "partner_id": town.place["id"], "code": code(app, claim, town).await });
        let answer = town.officer.post("/api/v1/benefit-redemptions", &form).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
    }
}

/// So many workers claim an offer.
pub(crate) async fn claimed(app: &App, town: &Town, offer: &Value, numbers: std::ops::Range<u32>) -> Vec<Value> {
    let mut vouchers = Vec::new();
    for worker in workers(app, town.riders, numbers).await {
        vouchers.push(claims(&town.phone, &worker, &round(offer), "claim").await.json());
    }
    vouchers
}

/// Publishes a plan of a year with a line of so much for meals; answers the path of its budget.
pub(crate) async fn plan(town: &mut Town, year: i32, allotted_fen: i64) -> String {
    let form = json!({ "organisation_id": town.county, "year": year, "title": format!("{year}年工作计划") });
    let plan: Value = town.officer.post("/api/v1/plans", &form).await.ok();
    let path = format!("/api/v1/plans/{}", plan["id"].as_str().unwrap());
    let indicator = json!({
        "name": "爱心餐", "source": "ledger", "kinds": ["love_meal"], "counting": "items", "unit": "份", "target": 1000,
    });
    let indicator: Value = town.officer.post(&format!("{path}/indicators"), &indicator).await.ok();
    let line = json!({ "name": "爱心餐补贴", "allotted_fen": allotted_fen, "indicator_id": indicator["id"] });
    let _: Value = town.officer.post(&format!("{path}/budget"), &line).await.ok();
    let published = town.officer.post(&format!("{path}/publish"), &json!({})).await;
    assert!(published.status.is_success(), "{}", published.json());
    format!("{path}/budget")
}

/// What stands beside the goal of a plan whose budget has this path: the money, and of it what no fact carries, in fen.
pub(crate) async fn beside(town: &mut Town, budget: &str) -> (Value, Value) {
    let board: Value = town.officer.get(&budget.replace("/budget", "/board")).await.ok();
    (board["items"][0]["amount_fen"].clone(), board["items"][0]["paid_fen"].clone())
}

/// The secret of a place's link.
pub(crate) async fn key_of(officer: &mut Client, place: &Value) -> String {
    let path = format!("/api/v1/benefit-partners/{}/key", place["id"].as_str().unwrap());
    let link: Value = officer.post(&path, &json!({})).await.ok();
    link["address"].as_str().unwrap().split_once('#').unwrap().1.to_owned()
}

/// A browser at the place, and its link's secret.
pub(crate) async fn link(app: &App, town: &mut Town) -> (Client, String) {
    let key = key_of(&mut town.officer, &town.place).await;
    (Client::new(server::router(app.house()).unwrap()), key)
}

/// How many statements wait to be answered, to be settled, to be paid.
async fn waiting(town: &mut Town) -> [u64; 3] {
    let mut totals = [0; 3];
    for (total, what) in totals.iter_mut().zip(["answer", "settle", "pay"]) {
        let list: Value = town.officer.get(&format!("/api/v1/benefit-settlements?waiting={what}")).await.ok();
        *total = list["total"].as_u64().unwrap();
    }
    totals
}

pub(crate) fn says(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

pub(crate) fn sums(statement: &Value) -> (i64, i64) {
    (statement["pieces"].as_i64().unwrap(), statement["amount_fen"].as_i64().unwrap())
}

#[tokio::test]
async fn a_month_is_disputed_settled_paid_and_corrected_in_the_next() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let budget = plan(&mut town, 2026, 100_000).await;
        let until = json!({ "redeem_until": "2026-09-30" });
        let meals = published(&app, &mut town, 10, &until).await;
        let kits = json!({ "redeem_until": "2026-09-30", "kind": "kit", "unit_fen": 6_801, "budget_line": "礼包", "title": "暖心礼包" });
        let kits = published(&app, &mut town, 5, &kits).await;
        let vouchers = claimed(&app, &town, &meals, 1..5).await;
        redeemed(&app, &mut town, &vouchers).await;
        let packed = claimed(&app, &town, &kits, 1..3).await;
        redeemed(&app, &mut town, &packed).await;
        // A mistake that is taken back while the month goes on was never owed.
        let back = |voucher: &Value| format!("/api/v1/benefit-claims/{}/take-back", voucher["voucher_id"].as_str().unwrap());
        let _: Value = town.officer.post(&back(&vouchers[3]), &json!({ "reason": "误扫" })).await.ok();

        let list: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
        let july = list["items"][0].clone();
        assert_eq!((&list["total"], &list["amount_fen"]), (&json!(1), &json!(3 * 1500 + 2 * 6801)), "{list}");
        assert_eq!((sums(&july), &july["partner"], &july["over"]), ((5, 18_102), &json!("红城驿站"), &json!(false)));
        let path = format!("/api/v1/benefit-settlements/{}", july["id"].as_str().unwrap());
        let seen = json!({ "pieces": 5, "amount_fen": 18_102 });
        let early = town.officer.post(&format!("{path}/settle"), &seen).await;
        assert_eq!(says(&early), (409, "month_not_over".into()));
        assert_eq!(waiting(&mut town).await, [0; 3]);

        // The place looks at it and disputes a line, once.
        let (mut stall, key) = link(&app, &mut town).await;
        let own: Value = stall.post("/api/v1/public/statements", &json!({ "key": key })).await.ok();
        assert_eq!((sums(&own["items"][0]), own["items"][0]["lines"].as_array().unwrap().len()), ((5, 18_102), 2));
        // Day by day and offer by offer, so that it can say on which one differs.
        let day = |offer: &Value, pieces: i64, amount_fen: i64| {
            json!({ "day": "2026-07-01", "offer_id": offer["id"], "title": offer["title"], "pieces": pieces, "amount_fen": amount_fen })
        };
        assert_eq!(own["items"][0]["days"], json!([day(&meals, 3, 4_500), day(&kits, 2, 13_602)]));
        let dispute = json!({ "key": key, "settlement_id": july["id"], "offer_id": meals["id"], "reason": "实际发放4份，少记1份" });
        let told: Value = stall.post("/api/v1/public/statements/dispute", &dispute).await.ok();
        assert_eq!(told["items"][0]["disputed"], 1);
        assert_eq!(waiting(&mut town).await, [1, 0, 0]);
        let twice = stall.post("/api/v1/public/statements/dispute", &dispute).await;
        assert_eq!(says(&twice), (409, "line_disputed".into()));
        let other = json!({ "key": "guess", "settlement_id": july["id"], "offer_id": meals["id"], "reason": "不对" });
        assert_eq!(says(&stall.post("/api/v1/public/statements/dispute", &other).await), (403, "partner_key_not_valid".into()));

        // August: answered, confirmed, settled.
        app.set_clock("2026-08-03T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        town.officer = officer(&app, "officer.august", "业务干部", town.county).await;
        assert_eq!(waiting(&mut town).await, [1, 0, 0]);
        let settle = async |town: &mut Town, (pieces, amount_fen): (i64, i64)| {
            let seen = json!({ "pieces": pieces, "amount_fen": amount_fen });
            town.officer.post(&format!("{path}/settle"), &seen).await
        };
        assert_eq!(says(&settle(&mut town, (5, 18_102)).await), (409, "statement_disputed".into()));
        let id = told["items"][0]["disputes"][0]["id"].as_str().unwrap();
        let answer = |adjusted: i64| json!({ "answer": "核对监控，补计一份。", "adjusted": adjusted });
        let answers = format!("/api/v1/benefit-disputes/{id}/answer");
        assert_eq!(town.officer.post(&answers, &answer(-4)).await.status, 422);
        // Four were claimed, and three stand: one more may be paid for.
        let beyond = town.officer.post(&answers, &answer(2)).await;
        assert!(beyond.status == 422 && beyond.json().to_string().contains("最多补计1份"), "{}", beyond.json());
        let answered: Value = town.officer.post(&answers, &answer(1)).await.ok();
        assert_eq!(sums(&answered), (6, 19_602));
        assert_eq!(waiting(&mut town).await, [0, 1, 0]);
        assert_eq!(says(&town.officer.post(&answers, &answer(1)).await), (409, "dispute_answered".into()));
        // What an officer wrote down himself another one answers, and there is nothing more to agree upon.
        let own = json!({ "offer_id": meals["id"], "reason": "核销点来电，再少记1份" });
        let raised: Value = town.officer.post(&format!("{path}/disputes"), &own).await.ok();
        let raised = raised["disputes"].as_array().unwrap().iter().find(|one| one["answer"].is_null()).unwrap();
        let again = format!("/api/v1/benefit-disputes/{}/answer", raised["id"].as_str().unwrap());
        assert_eq!(says(&town.officer.post(&again, &answer(0)).await), (409, "own_dispute".into()));
        let mut other = officer(&app, "officer.other", "业务干部", town.county).await;
        assert_eq!(other.post(&again, &answer(1)).await.status, 422);
        let _: Value = other.post(&again, &answer(0)).await.ok();
        let confirm = |amount_fen: i64| json!({ "key": key, "settlement_id": july["id"], "pieces": 6, "amount_fen": amount_fen });
        let stale = stall.post("/api/v1/public/statements/confirm", &confirm(18_102)).await;
        assert_eq!(says(&stale), (409, "statement_changed".into()));
        let right: Value = stall.post("/api/v1/public/statements/confirm", &confirm(19_602)).await.ok();
        assert_eq!(right["items"][0]["confirmed"], true);
        assert_eq!(says(&settle(&mut town, (5, 18_102)).await), (409, "statement_changed".into()));
        let pay = json!({ "paid_on": "2026-08-03", "note": "转账0803" });
        assert_eq!(says(&town.officer.post(&format!("{path}/pay"), &pay).await), (409, "statement_not_settled".into()));
        let settled: Value = settle(&mut town, (6, 19_602)).await.ok();
        assert_eq!((&settled["state_label"], sums(&settled)), (&json!("已结算"), (6, 19_602)));
        assert_eq!(waiting(&mut town).await, [0, 0, 1]);
        let own: Value = stall.post("/api/v1/public/statements", &json!({ "key": key })).await.ok();
        assert_eq!(own["items"][0]["days"], json!([]), "what is settled is no longer disputed");
        assert_eq!(says(&settle(&mut town, (6, 19_602)).await), (409, "statement_settled".into()));
        assert_eq!(says(&stall.post("/api/v1/public/statements/dispute", &dispute).await), (409, "statement_settled".into()));

        // Paid: one line of the budget books it, the other is not in the plan until it is added.
        let _: Value = town.officer.post(&format!("{path}/pay"), &pay).await.ok();
        assert_eq!(waiting(&mut town).await, [0; 3]);
        assert_eq!(says(&town.officer.post(&format!("{path}/pay"), &pay).await), (409, "statement_paid".into()));
        app.settle().await;
        let paid: Value = town.officer.get(&path).await.ok();
        let bookings: Vec<_> = paid["bookings"].as_array().unwrap().iter().collect();
        assert_eq!((&bookings[0]["amount_fen"], &bookings[0]["told"]), (&json!(4 * 1500), &json!(BOOKED)), "{paid}");
        assert_eq!(bookings[1]["state"], "refused");
        assert!(bookings[1]["told"].as_str().unwrap().contains("“礼包”"), "{paid}");
        let line = json!({ "name": "礼包", "allotted_fen": 20_000 });
        let _: Value = town.officer.post(&budget, &line).await.ok();
        let _: Value = town.officer.post(&format!("{path}/pay"), &pay).await.ok();
        app.settle().await;
        let paid: Value = town.officer.get(&path).await.ok();
        assert!(paid["bookings"].as_array().unwrap().iter().all(|one| one["state"] == "booked"), "{paid}");
        let shown: Value = town.officer.get(&budget).await.ok();
        let spent: Vec<i64> = shown["items"].as_array().unwrap().iter().map(|one| one["paid_fen"].as_i64().unwrap()).collect();
        assert_eq!(spent, [6_000, 13_602]);

        // Whoever keeps the plan takes a payment back: the statement says so, and what it is can be booked anew.
        let lines: Value = town.officer.get(&budget).await.ok();
        let payments = format!("/api/v1/budget-lines/{}/payments", lines["items"][0]["id"].as_str().unwrap());
        let payments: Value = town.officer.get(&payments).await.ok();
        let reverse = format!("/api/v1/payments/{}/reverse", payments["items"][0]["id"].as_str().unwrap());
        let _: Value = town.officer.post(&reverse, &json!({ "reason": "列错了项目" })).await.ok();
        app.settle().await;
        let told: Value = town.officer.get(&path).await.ok();
        assert_eq!(told["bookings"][0]["state"], "refused", "{told}");
        assert!(told["bookings"][0]["told"].as_str().unwrap().ends_with("已冲销这笔支付：列错了项目。"), "{told}");
        let _: Value = town.officer.post(&format!("{path}/pay"), &pay).await.ok();
        app.settle().await;
        let paid: Value = town.officer.get(&path).await.ok();
        assert_eq!((&paid["bookings"][0]["state"], &paid["bookings"][0]["told"]), (&json!("booked"), &json!(BOOKED)));

        // The fourth was agreed upon, so its voucher is not handed over again.
        let form = json!({ "partner_id": town.place["id"], "code": code(&app, &vouchers[3], &town).await });
        let again = town.officer.post("/api/v1/benefit-redemptions", &form).await;
        assert_eq!(says(&again), (409, "pieces_paid_for".into()));

        // What is taken back now leaves July as it was signed and is deducted in August.
        let _: Value = town.officer.post(&back(&vouchers[0]), &json!({ "reason": "重复发放" })).await.ok();
        let after: Value = town.officer.get(&path).await.ok();
        assert_eq!((&after["lines"], sums(&after)), (&paid["lines"], (6, 19_602)));
        let august: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-08").await.ok();
        let august = format!("/api/v1/benefit-settlements/{}", august["items"][0]["id"].as_str().unwrap());
        let deducted: Value = town.officer.get(&august).await.ok();
        assert_eq!((sums(&deducted), &deducted["lines"][0]["corrected"]), ((-1, -1_500), &json!(1)));
        let sheet = said(&town.officer.get(&format!("{august}/sheet")).await.body);
        assert!(sheet.contains("红城驿站2026年8月结算单") && sheet.contains("扣减明细"), "{sheet}");
        // It is printed across, and a filter leaves the sum below its one line alone.
        assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("<autoFilter ref=\"A2:I3\""), "{sheet}");

        // Settled below zero, the budget's line gets it back.
        app.set_clock("2026-09-01T01:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(1));
        town.officer = officer(&app, "officer.september", "业务干部", town.county).await;
        let seen = json!({ "pieces": -1, "amount_fen": -1_500 });
        let _: Value = town.officer.post(&format!("{august}/settle"), &seen).await.ok();
        let _: Value = town.officer.post(&format!("{august}/pay"), &json!({ "paid_on": "2026-09-01" })).await.ok();
        app.settle().await;
        let shown: Value = town.officer.get(&budget).await.ok();
        assert_eq!((&shown["items"][0]["paid_fen"], &shown["items"][0]["left_fen"]), (&json!(4_500), &json!(95_500)));
        // Beside the goal stands what its two meals cost, as their facts tell.
        assert_eq!(beside(&mut town, &budget).await, (json!(3_000), json!(0)));
        drop((town, stall, other));
    })
    .await;
}

#[tokio::test]
async fn what_is_paid_in_the_next_year_is_that_years_money() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        plan(&mut town, 2026, 100_000).await;
        let meals = published(&app, &mut town, 10, &json!({ "redeem_until": "2026-09-30" })).await;
        let vouchers = claimed(&app, &town, &meals, 1..3).await;
        redeemed(&app, &mut town, &vouchers).await;
        app.set_clock("2027-01-10T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        town.officer = officer(&app, "officer.january", "业务干部", town.county).await;
        let list: Value = town.officer.get("/api/v1/benefit-settlements?month=2026-07").await.ok();
        let path = format!("/api/v1/benefit-settlements/{}", list["items"][0]["id"].as_str().unwrap());
        let seen = json!({ "pieces": 2, "amount_fen": 3_000 });
        let _: Value = town.officer.post(&format!("{path}/settle"), &seen).await.ok();
        let booked = async |town: &mut Town| {
            let pay = json!({ "paid_on": "2027-01-10" });
            let _: Value = town.officer.post(&format!("{path}/pay"), &pay).await.ok();
            app.settle().await;
            town.officer.get(&path).await.json()["bookings"][0].clone()
        };
        let refused = booked(&mut town).await;
        assert!(refused["told"].as_str().unwrap().contains("2027年度没有"), "{refused}");
        plan(&mut town, 2027, 100_000).await;
        assert_eq!(booked(&mut town).await["told"], BOOKED.replace("2026", "2027"));
        drop(town);
    })
    .await;
}
