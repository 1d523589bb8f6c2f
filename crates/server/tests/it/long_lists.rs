//! However much has gathered on a page that shows only so much, what somebody has to act on is there.

use kernel::permission::LoggedIn;
use serde_json::{Value, json};
use station::roster::{
    form::ShiftForm,
    many::{Planned, plan_many},
};
use testing::App;

use crate::{
    batch::ward,
    benefit::{asks, claims, published, round, town, workers},
    cupboard::gloves,
    roster::{afternoon, put_up},
    settlement::{claimed, link, redeemed},
    stations::{day, done},
};

/// Many later claims like the only one that there is, each given back.
const GIVEN_BACK: &str = "INSERT INTO benefit_claim (id, offer_id, round_id, share_id, organisation_id, person_id, \
     worker_group, slot, state, claimed_at, use_until) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 120) \
     SELECT id + n, offer_id, round_id, share_id, organisation_id, person_id, worker_group, id + n, 'returned', \
     claimed_at, use_until FROM benefit_claim, more";

/// The statements that a place has of many other unions for the same month.
const OTHER_PAYERS: &str = "INSERT INTO benefit_settlement (id, partner_id, organisation_id, month, state, pieces, \
     amount_fen, pay_note) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 40) \
     SELECT id + n, partner_id, organisation_id + n, month, state, pieces, amount_fen, pay_note \
     FROM benefit_settlement, more";

/// Many batches like the only one that there is.
const BATCHES: &str = "INSERT INTO benefit_batch (id, offer_id, organisation_id, partner_id, starts_on, ends_on, seats, \
     taken, note, version) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 120) \
     SELECT id - n, offer_id, organisation_id, partner_id, starts_on, ends_on, seats, taken, note, version \
     FROM benefit_batch, more";

/// Many later reservations like the only one that there is, of other gifts, each put back.
const PUT_BACK: &str = "INSERT INTO station_gift_claim (id, gift_id, person_id, quantity, state, until) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 80) \
     SELECT id + n, gift_id + n, person_id, quantity, 'returned', until FROM station_gift_claim, more";

#[tokio::test]
async fn a_voucher_that_waits_is_shown_whatever_came_after_it() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let offer = published(&app, &mut town, 10, &json!({})).await;
        let waits = claims(&town.phone, rider, &round(&offer), "a").await.json();
        app.write(GIVEN_BACK).await;
        let shown = asks(&town.phone, rider, "vouchers").await;
        let shown = shown.as_array().unwrap();
        assert_eq!((&shown[0]["id"], &shown[0]["state"]), (&waits["voucher_id"], &json!("claimed")));
        assert_eq!((shown.len(), &shown[1]["state"]), (101, &json!("returned")));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn a_place_sees_the_statements_of_two_years_of_all_who_pay() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let meals = published(&app, &mut town, 10, &json!({})).await;
        let vouchers = claimed(&app, &town, &meals, 1..2).await;
        redeemed(&app, &mut town, &vouchers).await;
        let (mut stall, key) = link(&app, &mut town).await;
        app.write(OTHER_PAYERS).await;
        for (month, shown) in [("2026-07", 41), ("2024-08", 41), ("2024-07", 1)] {
            let others =
                format!("UPDATE benefit_settlement SET month = '{month}' WHERE organisation_id <> {}", town.county);
            app.write(&others).await;
            let own: Value = stall.post("/api/v1/public/statements", &json!({ "key": key })).await.ok();
            assert_eq!(own["items"].as_array().unwrap().len(), shown, "{month}");
        }
        drop((town, stall));
    })
    .await;
}

#[tokio::test]
async fn a_place_sees_the_batches_to_come_however_many_there_were() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 1, 0).await;
        ward.arranges("2026-07-10", 3).await;
        app.write(BATCHES).await;
        let coming = ward.arranges("2026-07-20", 3).await;
        let (mut place, key) = link(&app, &mut ward.town).await;
        app.set_clock("2026-07-12T02:00:00Z".parse().unwrap());
        let seen: Value = place.post("/api/v1/public/partner-batches", &json!({ "key": key })).await.ok();
        let seen = seen["items"].as_array().unwrap();
        assert_eq!((seen.len(), &seen[0]["id"]), (101, &coming["id"]));
        drop((ward, place));
    })
    .await;
}

#[tokio::test]
async fn a_master_sees_the_shifts_of_today_however_many_there_were() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let today = put_up(&mut day, &afternoon(2)).await;
        let form = ShiftForm {
            day: "2026-06-30".parse().unwrap(),
            from_hour: 9,
            until_hour: 12,
            task: "整理图书".into(),
            wanted: 2,
            guided: true,
            post_id: None,
        };
        let (station, organisation) = (day.station.parse().unwrap(), day.county.parse().unwrap());
        let were = &vec![Planned { station, organisation, form, volunteers: Vec::new() }; 160];
        let caller = &app.caller::<LoggedIn>();
        caller.unit(|unit| async move { plan_many(&unit, caller, were).await }).await.unwrap();
        let roster: Value = day.master.get(&format!("/api/v1/me/stations/{}/shifts", day.station)).await.ok();
        let shown = roster["shifts"].as_array().unwrap();
        assert_eq!((shown.len(), &shown[150]["id"]), (151, &json!(today)));
    })
    .await;
}

#[tokio::test]
async fn what_is_reserved_anew_is_shown_whatever_was_reserved_in_between() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gift = gloves(&mut day).await;
        let own = format!("/api/v1/me/station-gifts/{}", gift["id"].as_str().unwrap());
        let one = json!({ "quantity": 1 });
        done(&day.worker.post(&format!("{own}/reserve"), &one).await);
        done(&day.worker.post(&format!("{own}/cancel"), &json!({})).await);
        app.write(PUT_BACK).await;
        let anew: Value = day.worker.post(&format!("{own}/reserve"), &one).await.ok();
        let shown: Value = day.worker.get("/api/v1/me/station-gifts").await.ok();
        let mine = shown["mine"].as_array().unwrap();
        assert_eq!((&mine[0]["id"], &mine[0]["state"]), (&anew["id"], &json!("reserved")));
        assert_eq!((mine.len(), &mine[1]["state"]), (61, &json!("returned")));
    })
    .await;
}
