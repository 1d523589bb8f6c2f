//! Counselling is booked and written down by a consent of its own, and ends with it.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    consult::{book, desk, desk_of, times},
    roles::PASSWORD,
    stations::{day, done},
};

const CONSENTS: &str = "/api/v1/me/consents";

async fn states(phone: &mut Client) -> Vec<Value> {
    let mine: Value = phone.get("/api/v1/me/station-bookings").await.ok();
    mine.as_array().unwrap().iter().map(|one| one["state"].clone()).collect()
}

#[tokio::test]
async fn a_counsellor_is_booked_and_writes_as_long_as_the_worker_agrees() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let counsellor = desk_of(&mut day, "counselling").await;
        let today = times(&mut day.worker, &counsellor, 0).await;
        // Without it nobody books, and he reads what is kept, who sees it and for how long.
        let refused = book(&mut day.worker, &counsellor, &today[0]).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "consent_missing"));
        let notice = refused.json()["extra"].clone();
        assert!(["保存什么", "谁能看", "保存多久"].iter().all(|told| notice["text"].as_str().unwrap().contains(told)));
        assert_eq!(states(&mut day.worker).await, Vec::<Value>::new());
        let agreed = json!({ "purpose": notice["purpose"], "version": notice["version"] });
        let kept: Value = day.worker.post(CONSENTS, &agreed).await.ok();
        assert_eq!(
            (&kept["consents"][0]["purpose"], &kept["consents"][0]["version"]),
            (&json!("counselling"), &notice["version"])
        );
        let booked: Value = book(&mut day.worker, &counsellor, &today[0]).await.ok();
        let tomorrow = times(&mut day.worker, &counsellor, 1).await;
        done(&book(&mut day.worker, &counsellor, &tomorrow[0]).await);

        let own = format!("/api/v1/station-consultations/{}", booked["id"].as_str().unwrap());
        let write = async |client: &mut Client, text: &str| {
            client.send_json(Method::PUT, &format!("{own}/record"), &[], &json!({ "text": text })).await
        };
        done(&day.officer.post(&format!("{own}/mark"), &json!({ "came": true })).await);
        done(&write(&mut day.officer, "睡眠不好").await);

        // Taken back: what is to come is cancelled, what was held stays, and nothing more is written.
        let withdrawn: Value = day.worker.post(&format!("{CONSENTS}/counselling/withdraw"), &json!({})).await.ok();
        assert_eq!(withdrawn["agree_again"][0]["purpose"], "counselling");
        assert_eq!(states(&mut day.worker).await, ["cancelled", "held"]);
        assert_eq!(write(&mut day.officer, "约了下次").await.code(), "consultation_not_agreed");
        let opened: Value = day.officer.post(&format!("{own}/open"), &json!({})).await.ok();
        assert_eq!(opened["text"], "睡眠不好");
        assert_eq!(book(&mut day.worker, &counsellor, &tomorrow[0]).await.code(), "consent_missing");

        // Given again, it goes on; the law desk never asked.
        done(&day.worker.post(CONSENTS, &agreed).await);
        done(&write(&mut day.officer, "约了下次").await);
        // A text that was written anew is agreed to anew.
        let edition = |version: &str| {
            format!(
                "UPDATE person_consent SET version = '{version}' WHERE purpose = 'counselling' AND withdrawn_at IS NULL"
            )
        };
        app.write(&edition("older")).await;
        assert_eq!(book(&mut day.worker, &counsellor, &tomorrow[0]).await.code(), "consent_missing");
        app.write(&edition(notice["version"].as_str().unwrap())).await;
        done(&book(&mut day.worker, &counsellor, &tomorrow[0]).await);
        drop(day);
    })
    .await;
}

#[tokio::test]
async fn who_books_a_lawyer_is_told_what_is_kept_and_asked_for_no_consent() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        for (kind, told) in [("legal", true), ("job", true), ("counselling", false)] {
            let desk = desk_of(&mut day, kind).await;
            let shown: Value = day.worker.get(&format!("/api/v1/me/station-desks/{desk}")).await.ok();
            let says = |word: &str| shown["notice"].as_str().is_some_and(|text| text.contains(word));
            assert_eq!(["谁能看", "保存多久", "不记名"].map(says), [told; 3], "{shown}");
        }
        let lawyer = desk(&mut day).await;
        let tomorrow = times(&mut day.worker, &lawyer, 1).await;
        done(&book(&mut day.worker, &lawyer, &tomorrow[0]).await);
        let agreed = json!({ "purpose": "counselling", "version": "2026-1" });
        done(&day.worker.post(CONSENTS, &agreed).await);
        done(&day.worker.post(&format!("{CONSENTS}/counselling/withdraw"), &json!({})).await);
        assert_eq!(states(&mut day.worker).await, ["booked"]);
        drop(day);
    })
    .await;
}

#[tokio::test]
async fn who_comes_to_a_counsellor_without_having_agreed_stays_nobody_known() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let counsellor = desk_of(&mut day, "counselling").await;
        let come = json!({ "desk_id": counsellor, "phone": people::phone(2) });
        app.pass(TimeDelta::minutes(5));
        for agreed in [false, true] {
            if agreed {
                let agreed = json!({ "purpose": "counselling", "version": "2026-1" });
                done(&day.worker.post(CONSENTS, &agreed).await);
            }
            app.pass(TimeDelta::minutes(30));
            done(&day.officer.log_in("officer", PASSWORD).await);
            // The master can't try numbers to learn who comes here.
            let here = format!("/api/v1/me/stations/{}/walk-ins", day.station);
            assert_eq!(day.master.post(&here, &come).await.json()["fields"][0]["field"], "phone");
            let came: Value = day.officer.post("/api/v1/station-consultations/walk-ins", &come).await.ok();
            assert_eq!((came["name"].is_string(), states(&mut day.worker).await.len()), (agreed, usize::from(agreed)));
            let path = format!("/api/v1/station-consultations/{}/record", came["id"].as_str().unwrap());
            let written = day.officer.send_json(Method::PUT, &path, &[], &json!({ "text": "睡眠不好" })).await;
            assert_eq!(written.status.is_success(), agreed, "{}", written.json());
        }
        assert_eq!(day.times("station_consultation").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_a_desk_advises_on_stays_once_somebody_has_booked_there() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let lawyer = desk(&mut day).await;
        let path = format!("/api/v1/station-desks/{lawyer}");
        let turn = async |officer: &mut Client, kind: &str| {
            let mut form: Value = officer.get(&path).await.ok();
            form["kind"] = json!(kind);
            officer.put(&path, &form).await
        };
        done(&turn(&mut day.officer, "job").await);
        done(&turn(&mut day.officer, "legal").await);
        let tomorrow = times(&mut day.worker, &lawyer, 1).await;
        done(&book(&mut day.worker, &lawyer, &tomorrow[0]).await);
        // He never agreed to be counselled.
        assert_eq!(turn(&mut day.officer, "counselling").await.code(), "desk_kind_kept");
        done(&turn(&mut day.officer, "legal").await);
    })
    .await;
}
