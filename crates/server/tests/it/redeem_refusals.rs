//! Whoever scans a voucher that is not good there and then reads why; days begin and end at midnight in Beijing.

use serde_json::{Value, json};
use testing::App;

use crate::benefit::{Town, at, claims, code, published, round, sends, town, workers};

/// What the officer reads who scans a voucher at a place.
async fn scans(app: &App, town: &mut Town, place: &Value, voucher: &Value) -> (u16, String) {
    let form = json!({ "partner_id": place["id"], "code": code(app, voucher, town).await });
    let answer = town.officer.post("/api/v1/benefit-redemptions", &form).await;
    (answer.status.as_u16(), answer.json()["detail"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn what_is_not_good_here_and_now_is_refused_in_words() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..5).await;
        let form = json!({ "organisation_id": town.county, "name": "铁西食堂", "kind": "canteen", "active": true });
        let elsewhere: Value = town.officer.post("/api/v1/benefit-partners", &form).await.ok();
        let days = json!({ "redeem_from": "2026-07-02", "redeem_until": "2026-07-03" });
        let offer = published(&app, &mut town, 4, &days).await;
        let mut vouchers = Vec::new();
        for (n, rider) in riders.iter().enumerate() {
            vouchers.push(claims(&town.phone, rider, &round(&offer), &format!("{n}")).await.json());
        }
        let place = town.place.clone();
        let back = format!("vouchers/{}/cancel", vouchers[3]["voucher_id"].as_str().unwrap());
        assert!(sends(&town.phone, &riders[3], &back, "back").await.status.is_success());

        at(&app, &mut town, "2026-07-01T15:59:59Z").await;
        let (status, words) = scans(&app, &mut town, &place, &vouchers[0]).await;
        assert!(status == 409 && words.contains("还没到使用日期，2026年7月2日起"), "{words}");
        at(&app, &mut town, "2026-07-01T16:00:00Z").await;
        for (voucher, at, why) in [(0, &elsewhere, "可以使用的地点：红城驿站"), (3, &place, "已被本人取消")]
        {
            let (status, words) = scans(&app, &mut town, at, &vouchers[voucher]).await;
            assert!(status == 409 && words.contains(why), "{words}");
        }
        assert_eq!(scans(&app, &mut town, &place, &vouchers[0]).await.0, 200);
        let (status, words) = scans(&app, &mut town, &place, &vouchers[0]).await;
        assert!(status == 409 && words.contains("2026年7月2日00:00在“红城驿站”使用过"), "{words}");

        at(&app, &mut town, "2026-07-03T15:59:59Z").await;
        assert_eq!(scans(&app, &mut town, &place, &vouchers[1]).await.0, 200);
        at(&app, &mut town, "2026-07-03T16:00:00Z").await;
        let (status, words) = scans(&app, &mut town, &place, &vouchers[2]).await;
        assert!(status == 409 && words.contains("已过使用期限"), "{words}");
        // Each counts on the day that people had by their own clocks.
        for (day, pieces) in [("2026-07-01", 0), ("2026-07-02", 1), ("2026-07-03", 1), ("2026-07-04", 0)] {
            let asked = format!("/api/v1/benefit-redemptions?from={day}&to={day}");
            assert_eq!(town.officer.get(&asked).await.ok::<Value>()["total"], pieces, "{day}");
        }
        drop(town);
    })
    .await;
}
