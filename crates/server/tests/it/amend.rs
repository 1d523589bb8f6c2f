//! What may still change of an offer once it is published, and what may not: its text, a later last day, more places, a round
//! that has not opened; and a draft that nobody wants any more.

use axum::{body::Body, http::Method};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{access::sessions, permission::LoggedIn};
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    benefit::{Town, Worker, asks, claims, code, published, round, town, workers},
    roles::officer,
    settlement::redeemed,
};

fn says(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

fn path(offer: &Value) -> String {
    format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap())
}

async fn deletes(town: &mut Town, path: &str) -> Answer {
    town.officer.send(Method::DELETE, path, &[], Body::empty()).await
}

pub(crate) async fn amends(officer: &mut Client, offer: &Value, form: &Value) -> Answer {
    let version = format!("\"{}\"", offer["version"]);
    officer.send_json(Method::POST, &format!("{}/amend", path(offer)), &[("if-match", &version)], form).await
}

#[tokio::test]
async fn a_published_offer_is_corrected_prolonged_and_given_more_places() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let meals = published(&app, &mut town, 10, &json!({})).await;
        let version = format!("\"{}\"", meals["version"]);
        let whole = crate::benefit::meals(&app, &town, 10, &json!({}));
        let changed = town.officer.send_json(Method::PUT, &path(&meals), &[("if-match", &version)], &whole).await;
        assert_eq!(says(&changed), (409, "offer_published".into()));
        // 31 days from the first of July at nine would end after the last day.
        let held = published(&app, &mut town, 10, &json!({ "kind": "kit", "hold_hours": 31 * 24 })).await;
        let meal = claims(&town.phone, &riders[0], &round(&meals), "a").await.json();
        let kit = claims(&town.phone, &riders[0], &round(&held), "b").await.json();
        let place = json!({ "organisation_id": town.county, "name": "新街口餐厅", "kind": "canteen", "active": true });
        let place: Value = town.officer.post("/api/v1/benefit-partners", &place).await.ok();

        let form =
            |until: &str| json!({ "description": "两荤一素。", "redeem_until": until, "more_places": [place["id"]] });
        for (told, field) in [
            (form("2026-07-30"), "redeem_until"),
            (form("2027-12-31"), "redeem_until"),
            (json!({ "description": "", "redeem_until": "2026-08-10", "more_places": [town.county] }), "more_places"),
        ] {
            let refused = amends(&mut town.officer, &meals, &told).await;
            assert!(refused.status == 422 && refused.json().to_string().contains(field), "{}", refused.json());
        }
        let amended = amends(&mut town.officer, &meals, &form("2026-08-10")).await;
        assert_eq!(amended.status, 200, "{}", amended.json());
        assert_eq!(
            (&amended.json()["description"], &amended.json()["redeem_until"]),
            (&json!("两荤一素。"), &json!("2026-08-10"))
        );
        assert_eq!(amended.json()["places"].as_array().unwrap().len(), 2);
        assert_eq!(amends(&mut town.officer, &meals, &form("2026-08-11")).await.status, 412);
        let told: Value = amends(&mut town.officer, &held, &form("2026-08-10")).await.ok();
        assert_eq!(told["redeem_until"], "2026-08-10");

        // Vouchers live on: until the new last day, or as long as they are held.
        let until = async |voucher: &Value| -> DateTime<Utc> {
            let path = format!("vouchers/{}", voucher["voucher_id"].as_str().unwrap());
            asks(&town.phone, &riders[0], &path).await["use_until"].as_str().unwrap().parse().unwrap()
        };
        assert_eq!(until(&meal).await, "2026-08-10T16:00:00Z".parse::<DateTime<Utc>>().unwrap());
        let began = app.house().ambient().now();
        let kept = until(&kit).await - began;
        assert!(kept > TimeDelta::hours(31 * 24 - 1) && kept <= TimeDelta::hours(31 * 24), "{kept}");

        // In August it is handed over at the new place.
        app.set_clock("2026-08-05T04:00:00Z".parse().unwrap());
        town.officer = officer(&app, "officer.august", "业务干部", town.county).await;
        let form = json!({ "partner_id": place["id"], "code": code(&app, &meal, &town).await });
        let done: Value = town.officer.post("/api/v1/benefit-redemptions", &form).await.ok();
        assert_eq!(done["place"], "新街口餐厅");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn a_round_that_has_not_opened_is_changed_and_removed() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let now = app.house().ambient().now();
        let times = |from: i64, to: i64, total: i64| {
            let at = |hours: i64| (now + TimeDelta::hours(hours)).to_rfc3339();
            json!({ "opens_at": at(from), "closes_at": at(to), "total": total, "shares": [] })
        };
        let rounds = json!([times(-1, 24, 3), times(48, 72, 5)]);
        let drawn = published(&app, &mut town, 3, &json!({ "way": "draw", "rounds": rounds })).await;
        let [open, soon] =
            [0, 1].map(|at: usize| format!("/api/v1/benefit-rounds/{}", drawn["rounds"][at]["id"].as_str().unwrap()));
        let anybody = town.phone.clone();
        let seed = async |id: &Value| -> Value {
            let path = format!("/api/v1/public/draws/{}", id.as_str().unwrap());
            anybody.clone().get(&path).await.json()["seed_hash"].clone()
        };
        let before = seed(&drawn["rounds"][1]["id"]).await;

        let at = |version: i64, mut round: Value| {
            round["version"] = json!(version);
            round
        };
        let read = drawn["version"].as_i64().unwrap();
        let later = times(96, 120, 8);
        assert_eq!(says(&town.officer.put(&open, &at(read, later.clone())).await), (409, "round_opened".into()));
        assert_eq!(says(&deletes(&mut town, &open).await), (409, "round_opened".into()));
        let late = town.officer.put(&soon, &at(read, times(-3, -2, 8))).await;
        assert_eq!(
            (late.status.as_u16(), late.json().to_string().contains("closes_at")),
            (422, true),
            "{}",
            late.json()
        );
        let untagged = [("content-type", "application/json")];
        let unread = town.officer.send_json(Method::PUT, &soon, &untagged, &later).await;
        assert_eq!(says(&unread), (428, "if_match_missing".into()));
        let changed: Value = town.officer.put(&soon, &at(read, later)).await.ok();
        // Another officer who read the offer before that learns of it instead of putting his own in its place.
        let mut other = officer(&app, "officer.other", "业务干部", town.county).await;
        let stale = other.put(&soon, &at(read, times(50, 74, 5))).await;
        assert_eq!((says(&stale), &stale.json()["changed"]), ((412, "stale".into()), &json!(["rounds"])));
        let round = &changed["rounds"][1];
        assert_eq!((&round["id"], &round["total"]), (&drawn["rounds"][1]["id"], &json!(8)), "{changed}");
        let opens: DateTime<Utc> = round["opens_at"].as_str().unwrap().parse().unwrap();
        assert_eq!((opens - now).num_hours(), 96);
        // The seed stays the one that was published.
        assert!(before.is_string());
        assert_eq!(seed(&round["id"]).await, before);
        assert_eq!(deletes(&mut town, &soon).await.status, 204);
        let left: Value = town.officer.get(&path(&drawn)).await.ok();
        assert_eq!(left["rounds"].as_array().unwrap().len(), 1);
        assert_eq!(deletes(&mut town, &soon).await.status, 404);

        // A draft whose rounds are over is not published; one that nobody wants is deleted, one that was published is not.
        let mut form = drawn.clone();
        form["places"] = json!([town.place["id"]]);
        form["rounds"] = json!([times(-3, -2, 3)]);
        let draft: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
        let refused = town.officer.post(&format!("{}/publish", path(&draft)), &json!({})).await;
        assert_eq!(says(&refused), (422, "offer_rounds_over".into()));
        let amended =
            amends(&mut town.officer, &draft, &json!({ "description": "", "redeem_until": "2026-07-31" })).await;
        assert_eq!(says(&amended), (409, "offer_is_draft".into()));
        assert_eq!(deletes(&mut town, &path(&draft)).await.status, 204);
        assert_eq!(town.officer.get(&path(&draft)).await.status, 404);
        assert_eq!(says(&deletes(&mut town, &path(&drawn)).await), (409, "offer_not_draft".into()));
        drop((town, anybody, other));
    })
    .await;
}

/// A worker who logs in once more, as his log-in ran out.
async fn logged_in_again(app: &App, worker: &Worker) -> Worker {
    let caller = &app.caller::<LoggedIn>();
    let secret = &sessions::secret(caller);
    let opened = caller.unit(|unit| async move {
        sessions::open(&unit, caller, secret, None, Some(worker.id))?;
        Ok(())
    });
    opened.await.unwrap();
    Worker { id: worker.id, cookie: format!("niangjia_session={secret}") }
}

#[tokio::test]
async fn what_is_taken_back_is_good_as_long_as_the_offer_goes_on_by_then() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let meals = published(&app, &mut town, 10, &json!({})).await;
        let meal = claims(&town.phone, rider, &round(&meals), "a").await.json();
        redeemed(&app, &mut town, std::slice::from_ref(&meal)).await;
        let longer = json!({ "description": "一荤两素。", "redeem_until": "2026-08-10" });
        let _: Value = amends(&mut town.officer, &meals, &longer).await.ok();
        app.set_clock("2026-08-05T04:00:00Z".parse().unwrap());
        town.officer = officer(&app, "officer.august", "业务干部", town.county).await;
        let voucher = meal["voucher_id"].as_str().unwrap();
        let back = format!("/api/v1/benefit-claims/{voucher}/take-back");
        let told: Value = town.officer.post(&back, &json!({ "reason": "误扫" })).await.ok();
        assert_eq!(told["state_label"], "待使用");
        app.schedule().await;
        let rider = &logged_in_again(&app, rider).await;
        let mine = asks(&town.phone, rider, &format!("vouchers/{voucher}")).await;
        assert_eq!(
            (&mine["state"], &mine["use_until"]),
            (&json!("claimed"), &json!("2026-08-11T00:00:00+08:00")),
            "{mine}"
        );
        drop(town);
    })
    .await;
}
