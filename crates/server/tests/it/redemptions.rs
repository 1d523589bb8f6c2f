//! What was handed over, as officers see it: of which offer, where and by whom; sought, taken back, and taken away.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    benefit::{Town, claims, code, published, round, town, workers},
    roles::officer,
    settlement::{claimed, key_of, redeemed},
};

async fn listed(town: &mut Town, asked: &str) -> Value {
    town.officer.get(&format!("/api/v1/benefit-redemptions?{asked}")).await.ok()
}

/// What the rows say at a field.
fn said(list: &Value, field: &str) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|row| row[field].as_str().unwrap().to_owned()).collect()
}

/// Meals for a rider at the station and for a courier at the canteen, and the day after a kit for another rider.
async fn handed_over(app: &App, town: &mut Town) -> [Value; 3] {
    let riders = workers(app, town.riders, 1..3).await;
    let couriers = workers(app, town.couriers, 3..4).await;
    let form = json!({ "organisation_id": town.county, "name": "新街口餐厅", "kind": "canteen", "active": true });
    let canteen: Value = town.officer.post("/api/v1/benefit-partners", &form).await.ok();
    let places = json!({ "places": [town.place["id"], canteen["id"]] });
    let meals = published(app, town, 10, &places).await;
    let kits = published(app, town, 10, &json!({ "kind": "kit", "title": "暖心礼包" })).await;
    let first = claims(&town.phone, &riders[0], &round(&meals), "a").await.json();
    let second = claims(&town.phone, &couriers[0], &round(&meals), "b").await.json();
    let third = claims(&town.phone, &riders[1], &round(&kits), "c").await.json();

    let form = json!({ "partner_id": town.place["id"], "code": code(app, &first, town).await });
    let _: Value = town.officer.post("/api/v1/benefit-redemptions", &form).await.ok();
    app.pass(TimeDelta::minutes(1));
    let key = key_of(&mut town.officer, &canteen).await;
    let scan = json!({ "key": key, "code": code(app, &second, town).await });
    let _: Value = town.phone.clone().post("/api/v1/public/redemptions", &scan).await.ok();
    app.pass(TimeDelta::days(1));
    town.officer = officer(app, "officer.later", "业务干部", town.county).await;
    let form = json!({ "partner_id": town.place["id"], "code": code(app, &third, town).await });
    let _: Value = town.officer.post("/api/v1/benefit-redemptions", &form).await.ok();
    [meals, canteen, first]
}

#[tokio::test]
async fn what_was_handed_over_is_found_by_offer_place_day_and_name() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let [meals, canteen, _] = handed_over(&app, &mut town).await;
        let all = listed(&mut town, "").await;
        assert_eq!(said(&all, "title"), ["暖心礼包", "夏日爱心餐", "夏日爱心餐"], "{all}");
        assert_eq!(said(&all, "place"), ["红城驿站", "新街口餐厅", "红城驿站"]);
        assert_eq!(said(&all, "by"), ["officer.later", "核销点扫码链接", "officer"]);
        assert_eq!(said(&all, "organisation"), ["骑手联合工会", "快递员联合工会", "骑手联合工会"]);
        assert!(said(&all, "name").iter().all(|name| name.contains('*')), "{all}");

        let offer = format!("offer={}", meals["id"].as_str().unwrap());
        let canteen = format!("place={}", canteen["id"].as_str().unwrap());
        for (asked, found) in [
            (offer.clone(), 2),
            (canteen.clone(), 1),
            (format!("{offer}&{canteen}"), 1),
            ("from=2026-07-02".to_owned(), 1),
            ("to=2026-07-01".to_owned(), 2),
            ("from=2026-07-01&to=2026-07-02".to_owned(), 3),
            ("from=2026-07-03".to_owned(), 0),
            (format!("organisation={}", town.couriers), 1),
            (format!("q={}", people::phone(1)), 1),
            (format!("{canteen}&q={}", people::phone(1)), 0),
            ("taken_back=true".to_owned(), 0),
        ] {
            let list = listed(&mut town, &asked).await;
            assert_eq!(list["total"], found, "{asked}: {list}");
        }
        let first = listed(&mut town, &format!("{offer}&limit=1")).await;
        let next = format!("{offer}&limit=1&cursor={}", first["next"].as_str().unwrap());
        let second = listed(&mut town, &next).await;
        assert_eq!(
            (said(&first, "place"), said(&second, "place")),
            (vec!["新街口餐厅".into()], vec!["红城驿站".into()])
        );
        assert_eq!(second["next"], Value::Null);

        // Whose people they aren't sees nothing of them.
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        let own: Value = union.get("/api/v1/benefit-redemptions").await.ok();
        assert_eq!(said(&own, "organisation"), ["骑手联合工会", "骑手联合工会"]);
        drop((town, union));
    })
    .await;
}

#[tokio::test]
async fn what_was_handed_over_is_taken_back_from_the_list_and_taken_away_masked() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let [meals, _, claim] = handed_over(&app, &mut town).await;
        let offer = format!("offer={}", meals["id"].as_str().unwrap());
        let before = listed(&mut town, &format!("{offer}&q={}", people::phone(1))).await;
        assert_eq!(before["items"][0]["claim_id"], claim["voucher_id"]);
        let path = format!("/api/v1/benefit-claims/{}/take-back", before["items"][0]["claim_id"].as_str().unwrap());
        let _: Value = town.officer.post(&path, &json!({ "reason": "误扫" })).await.ok();
        let back = listed(&mut town, &format!("{offer}&taken_back=true")).await;
        assert_eq!(back["items"][0]["id"], before["items"][0]["id"]);
        assert!(back["items"][0]["taken_back_at"].as_str().unwrap().starts_with("2026-07-02"), "{back}");
        assert_eq!(said(&listed(&mut town, &format!("{offer}&taken_back=false")).await, "place"), ["新街口餐厅"]);

        let form = json!({ "format": "csv", "filter": { "offer": meals["id"] } });
        let mut leader = officer(&app, "leader", "只读领导", town.county).await;
        let exports = "/api/v1/benefit-redemptions/exports";
        assert_eq!(leader.post(exports, &form).await.status, StatusCode::FORBIDDEN);
        let (made, file) = town.officer.take_away(exports, &form).await;
        assert_eq!((&made["rows"], &made["title"]), (&json!(2), &json!("夏日爱心餐核销记录")), "{made}");
        let text = String::from_utf8_lossy(&file);
        let rows: Vec<&str> = text.lines().filter(|line| line.contains("15.00")).collect();
        assert!(
            rows[0].contains("新街口餐厅") && rows[0].contains("核销点扫码链接") && rows[0].contains("15.00"),
            "{text}"
        );
        assert!(rows[1].contains("红城驿站") && rows[1].contains("2026-07-02"), "{text}");
        assert!(text.contains('*') && !text.contains(&people::phone(1)) && !text.contains(&people::name(1)), "{text}");
        let all = json!({ "format": "csv", "filter": { "organisation": town.riders, "to": "2026-07-01" } });
        let (made, _) = town.officer.take_away(exports, &all).await;
        assert_eq!((&made["rows"], &made["title"]), (&json!(1), &json!("骑手联合工会 普惠服务核销记录")), "{made}");
        drop((town, leader));
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_runs_out_as_it_would_have() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let offer = published(&app, &mut town, 2, &json!({ "hold_hours": 2 })).await;
        let vouchers = claimed(&app, &town, &offer, 1..3).await;
        redeemed(&app, &mut town, &vouchers).await;
        let takes_back = async |town: &mut Town, voucher: &Value| -> Value {
            let back = format!("/api/v1/benefit-claims/{}/take-back", voucher["voucher_id"].as_str().unwrap());
            let told: Value = town.officer.post(&back, &json!({ "reason": "误扫" })).await.ok();
            told["state_label"].clone()
        };
        assert_eq!(takes_back(&mut town, &vouchers[0]).await, "待使用");
        app.pass(TimeDelta::hours(2));
        town.officer = officer(&app, "officer.later", "业务干部", town.county).await;
        assert_eq!(takes_back(&mut town, &vouchers[1]).await, "已过期");
        app.schedule().await;
        let claims = format!("/api/v1/benefit-offers/{}/claims?state=expired", offer["id"].as_str().unwrap());
        assert_eq!(town.officer.get(&claims).await.ok::<Value>()["total"], 2);
        drop(town);
    })
    .await;
}
