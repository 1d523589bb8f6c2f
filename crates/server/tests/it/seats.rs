//! Seats of a batch: until when they are had, and whose they stay.

use axum::http::StatusCode;
use serde_json::json;
use testing::{App, people};

use crate::{
    batch::{chooses, ward},
    benefit::{asks, sends},
};

#[tokio::test]
async fn the_list_of_a_batch_closes_some_days_before_it_and_a_party_that_leaves_frees_all_its_seats() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 1, 1).await;
        let (closed, last_day) = (ward.arranges("2026-07-03", 3).await, ward.arranges("2026-07-04", 3).await);
        let phone = ward.town.phone.clone();
        let wife = json!([{ "name": "王小红", "number_kind": "citizen_number", "number": people::number(77) }]);
        let refused = chooses(&phone, &ward.riders[0], &ward.vouchers[0], &closed, &wife).await;
        assert_eq!(refused.code(), "batch_closed", "{}", refused.json());
        let chosen = chooses(&phone, &ward.riders[0], &ward.vouchers[0], &last_day, &wife).await;
        assert_eq!((chosen.status, &ward.batch(&last_day).await["taken"]), (StatusCode::OK, &json!(2)));
        let leave = format!("vouchers/{}/leave-batch", ward.vouchers[0]);
        assert_eq!(sends(&phone, &ward.riders[0], &leave, "leave").await.status, StatusCode::OK);
        assert_eq!(ward.batch(&last_day).await["taken"], 0);
        drop((ward, phone));
    })
    .await;
}

#[tokio::test]
async fn who_chose_a_batch_keeps_it_when_his_two_records_become_one() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 2, 0).await;
        let batch = ward.arranges("2026-07-10", 3).await;
        let chosen = chooses(&ward.town.phone, &ward.riders[0], &ward.vouchers[0], &batch, &json!([])).await;
        assert_eq!(chosen.status, StatusCode::OK, "{}", chosen.json());
        app.merge_people(ward.riders[0].id, ward.riders[1].id).await;
        assert_eq!(ward.batch(&batch).await["taken"], 1);
        let mine = asks(&ward.town.phone, &ward.riders[1], &format!("vouchers/{}", ward.vouchers[0])).await;
        assert_eq!(mine["state"], "claimed", "{mine}");
        drop(ward);
    })
    .await;
}
