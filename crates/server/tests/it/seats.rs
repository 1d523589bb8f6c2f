//! Seats of a batch: until when they are had, and whose they stay.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testing::{Answer, App, people};

use crate::{
    batch::{Ward, chooses, ward},
    benefit::{asks, at, sends},
};

#[tokio::test]
async fn the_list_of_a_batch_closes_some_days_before_it_and_a_party_that_leaves_frees_all_its_seats() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 1, 1).await;
        let (closed, last_day) = (ward.arranges("2026-07-04", 3).await, ward.arranges("2026-07-05", 3).await);
        at(&app, &mut ward.town, "2026-07-02T01:00:00Z").await;
        let phone = ward.town.phone.clone();
        let wife = json!([{ "name": "王小红", "number_kind": "citizen_number", "number": people::number(77) }]);
        let refused = chooses(&phone, &ward.riders[0], &ward.vouchers[0], &closed, &wife).await;
        let told = refused.json();
        assert_eq!(told["detail"], "这一批2026年7月1日已截止报名，请选择其他批次。", "{told}");
        assert_eq!(refused.code(), "batch_closed");
        let chosen = chooses(&phone, &ward.riders[0], &ward.vouchers[0], &last_day, &wife).await;
        assert_eq!((chosen.status, &ward.batch(&last_day).await["taken"]), (StatusCode::OK, &json!(2)));
        let leave = format!("vouchers/{}/leave-batch", ward.vouchers[0]);
        assert_eq!(sends(&phone, &ward.riders[0], &leave, "leave").await.status, StatusCode::OK);
        assert_eq!(ward.batch(&last_day).await["taken"], 0);
        drop((ward, phone));
    })
    .await;
}

/// A batch of a day, as officers fill it in.
fn on(ward: &Ward, day: &str, seats: i64) -> Value {
    json!({ "partner_id": ward.town.place["id"], "starts_on": day, "ends_on": day, "seats": seats, "note": "" })
}

#[tokio::test]
async fn a_batch_that_nobody_could_choose_any_more_is_not_arranged() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 1, 0).await;
        let batches = format!("/api/v1/benefit-offers/{}/batches", ward.offer);
        let told = |answer: Answer| {
            let said = answer.json();
            (answer.status.as_u16(), said["fields"][0]["field"].clone(), said["fields"][0]["code"].clone())
        };
        let refused = (422, json!("starts_on"), json!("list_closed"));
        // It is 1 July, and the list of a batch closes three days before it.
        for day in ["2026-07-01", "2026-07-03"] {
            let form = on(&ward, day, 3);
            assert_eq!(told(ward.town.officer.post(&batches, &form).await), refused, "{day}");
        }
        let batch = ward.arranges("2026-07-04", 3).await;
        at(&app, &mut ward.town, "2026-07-03T01:00:00Z").await;
        let change = async |ward: &mut Ward, day: &str, seats: i64| {
            let (path, form) =
                (format!("/api/v1/benefit-batches/{}", batch["id"].as_str().unwrap()), on(ward, day, seats));
            ward.town.officer.send_json(Method::PUT, &path, &[("if-match", "\"1\"")], &form).await
        };
        assert_eq!(told(change(&mut ward, "2026-07-05", 3).await), refused);
        // What else is changed has nothing to do with its days.
        assert_eq!(change(&mut ward, "2026-07-04", 5).await.json()["seats"], 5);
        drop(ward);
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
