//! A station's cupboard and donation corner: nothing goes that is not there, and nothing goes twice, however many ask at once.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    roles::PASSWORD,
    station_faults::stranger,
    stations::{Day, day, phone},
};

fn path(day: &Day, rest: &str) -> String {
    format!("/api/v1/me/stations/{}/{rest}", day.station)
}

async fn receive(day: &mut Day, n: u32, quantity: i64, expires: Option<&str>) -> Value {
    let receipt = json!({
        "sent_as": format!("receipt-{n:04}"), "kind": "medicine", "name": "创可贴", "unit": "盒", "least": 5,
        "quantity": quantity, "expires_on": expires,
    });
    let to = path(day, "supplies");
    day.master.post(&to, &receipt).await.json()
}

#[tokio::test]
async fn nothing_goes_that_is_not_there_and_what_expires_first_goes_first() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        assert_eq!(receive(&mut day, 1, 3, None).await["fields"][0]["code"], "no_expiry");
        assert_eq!(receive(&mut day, 1, 3, Some("2026-06-30")).await["fields"][0]["code"], "expired");
        receive(&mut day, 1, 3, Some("2026-07-20")).await;
        // Sent again, it came once.
        receive(&mut day, 2, 4, Some("2027-07-01")).await;
        let good = receive(&mut day, 2, 4, Some("2027-07-01")).await;
        assert_eq!(
            (good["left"].clone(), good["expiring"].clone(), good["low"].clone()),
            (json!(7), json!(3), json!(false))
        );
        let taking =
            |name: &str, quantity: i64| json!({ "sent_as": name, "good_id": good["id"], "quantity": quantity });
        let to = path(&day, "takings");
        let left: Value = day.master.post(&to, &taking("taking-0001", 2)).await.ok();
        let left_again: Value = day.master.post(&to, &taking("taking-0001", 2)).await.ok();
        assert_eq!(
            (&left["left"], &left_again["left"], &left["batches"][0]["left"]),
            (&json!(5), &json!(5), &json!(1))
        );
        assert_eq!(day.master.post(&to, &taking("taking-0002", 6)).await.code(), "supply_short");
        // Twelve hands at once, and five boxes.
        let asked = (0..12).map(|n| {
            let (mut hand, to, form) = (day.master.clone(), to.clone(), taking(&format!("at-once-{n:04}"), 1));
            async move { hand.post(&to, &form).await.status }
        });
        let got = join_all(asked).await.into_iter().filter(|status| status.is_success()).count();
        let shown: Value = day.master.get(&path(&day, "supplies")).await.ok();
        assert_eq!((got, &shown[0]["left"], &shown[0]["low"]), (5, &json!(0), &json!(true)));
        let low: Value = day.officer.get("/api/v1/station-supplies?warning=low").await.ok();
        assert_eq!((&low["total"], &low["items"][0]["station"]), (&json!(1), &json!("东河驿站")));
        let taken = taking("by-a-stranger", 1);
        assert_eq!(day.worker.post(&to, &taken).await.status, StatusCode::NOT_FOUND);
        // What has expired is cleared away.
        receive(&mut day, 3, 2, Some("2026-07-02")).await;
        app.pass(TimeDelta::days(3));
        let shown: Value = day.master.get(&path(&day, "supplies")).await.ok();
        assert_eq!((&shown[0]["left"], &shown[0]["expired"]), (&json!(0), &json!(2)));
        assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
        for (warning, total) in [("expired", 1), ("expiring", 0)] {
            let listed: Value = day.officer.get(&format!("/api/v1/station-supplies?warning={warning}")).await.ok();
            assert_eq!(listed["total"], total, "{warning}");
        }
        let waste = json!({
            "sent_as": "waste-0001", "good_id": good["id"], "batch_id": shown[0]["batches"][0]["id"], "quantity": 2,
        });
        assert_eq!(day.master.post(&to, &waste).await.ok::<Value>()["expired"], 0);
    })
    .await;
}

#[tokio::test]
async fn what_was_mistyped_is_taken_back_from_and_to_the_same_batches() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        receive(&mut day, 1, 3, Some("2026-07-20")).await;
        let good = receive(&mut day, 2, 400, Some("2027-07-01")).await;
        let (takings, back) = (path(&day, "takings"), path(&day, "supply-take-back"));
        let taking = json!({ "sent_as": "taking-0001", "good_id": good["id"], "quantity": 5 });
        assert!(day.master.post(&takings, &taking).await.status.is_success());
        let own = path(&day, &format!("supply-moves?limit=2&good={}", good["id"].as_str().unwrap()));
        let moves: Value = day.master.get(&own).await.ok();
        assert_eq!((&moves["total"], &moves["items"][0]["label"]), (&json!(3), &json!("领用")));
        assert_eq!((&moves["items"][0]["change"], &moves["items"][1]["change"]), (&json!(-5), &json!(400)));
        let next = format!("{own}&cursor={}", moves["next"].as_str().unwrap());
        assert_eq!(day.master.get(&next).await.ok::<Value>()["items"][0]["change"], 3);
        let wish = |one: usize| json!({ "move_id": moves["items"][one]["id"], "reason": "多打了一个零" });

        // Some of the receipt has gone: the taking is taken back first.
        assert_eq!(day.master.post(&back, &wish(1)).await.code(), "supply_used");
        assert_eq!(day.worker.post(&back, &wish(0)).await.status, StatusCode::NOT_FOUND);
        let full: Value = day.master.post(&back, &wish(0)).await.ok();
        assert_eq!((&full["left"], &full["batches"][0]["left"]), (&json!(403), &json!(3)));
        assert_eq!(day.master.post(&back, &wish(0)).await.code(), "supply_taken_back");
        let less: Value = day.master.post(&back, &wish(1)).await.ok();
        assert_eq!((&less["left"], &less["least"]), (&json!(3), &json!(5)));
        let moves: Value = day.master.get(&own).await.ok();
        let first = &moves["items"][0];
        assert_eq!((&first["label"], &first["change"]), (&json!("撤回入库"), &json!(-400)));
        let again = json!({ "move_id": first["id"], "reason": "再来" });
        assert_eq!(day.master.post(&back, &again).await.code(), "supply_is_back");

        // What was used at an incident belongs to it.
        let incident = json!({
            "sent_as": "incident-0001", "kind": "injury", "what": "有人擦伤", "did": "包扎",
            "used": [{ "good_id": good["id"], "quantity": 1 }],
        });
        let to = path(&day, "incidents");
        assert!(day.master.post(&to, &incident).await.status.is_success());
        let moves: Value = day.master.get(&own).await.ok();
        assert_eq!(moves["items"][0]["label"], "事件急救用去");
        let of_incident = json!({ "move_id": moves["items"][0]["id"], "reason": "记错" });
        assert_eq!(day.master.post(&back, &of_incident).await.code(), "supply_of_incident");

        // What is older an officer corrects; of a thing that never came nothing need be there.
        let mut typo = json!({
            "sent_as": "receipt-typo", "kind": "medicine", "name": "创口帖", "unit": "盒", "least": 5, "quantity": 2,
            "expires_on": "2027-07-01",
        });
        let supplies = path(&day, "supplies");
        let wrong: Value = day.master.post(&supplies, &typo).await.ok();
        app.pass(TimeDelta::days(1));
        assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
        let moves = format!("/api/v1/station-supplies/{}/moves", wrong["id"].as_str().unwrap());
        let listed: Value = day.officer.get(&moves).await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["can_be_taken_back"]), (&json!(1), &json!(true)));
        let late = json!({ "move_id": listed["items"][0]["id"], "reason": "名称写错" });
        assert_eq!(day.master.post(&back, &late).await.code(), "supply_not_today");
        let other = format!("/api/v1/station-supplies/{}/take-back", good["id"].as_str().unwrap());
        assert_eq!(day.officer.post(&other, &late).await.status, StatusCode::NOT_FOUND);
        let to = format!("/api/v1/station-supplies/{}/take-back", wrong["id"].as_str().unwrap());
        let gone: Value = day.officer.post(&to, &late).await.ok();
        assert_eq!((&gone["left"], &gone["least"], &gone["low"]), (&json!(0), &json!(0), &json!(false)));
        let listed: Value = day.officer.get(&moves).await.ok();
        assert_eq!(listed["items"][1]["taken_back"], "名称写错");
        // Received again under its right unit, it is asked for again.
        typo["sent_as"] = json!("receipt-again");
        assert_eq!(day.master.post(&supplies, &typo).await.ok::<Value>()["least"], 5);
    })
    .await;
}

/// Three pairs of gloves in the corner, one for each who wants some.
pub(crate) async fn gloves(day: &mut Day) -> Value {
    let gift = json!({
        "name": "骑行手套", "unit": "双", "quantity": 3, "each": 1, "giver_kind": "company", "giver": "鹿城体育",
    });
    day.master.post(&path(day, "gifts"), &gift).await.ok()
}

#[tokio::test]
async fn whoever_writes_a_gift_down_reads_all_that_is_wrong_at_once_in_the_order_of_the_form() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gift = json!({
            "name": " ", "unit": "", "quantity": 0, "each": 11, "giver_kind": "company", "giver": null,
        });
        let refused = day.master.post(&path(&day, "gifts"), &gift).await.json();
        let fields: Vec<&Value> = refused["fields"].as_array().unwrap().iter().map(|wrong| &wrong["field"]).collect();
        assert_eq!(json!(fields), json!(["giver", "name", "quantity", "unit", "each"]));
    })
    .await;
}

#[tokio::test]
async fn whoever_gives_finds_it_in_the_copy_of_all_that_is_kept_of_him() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let code: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let gift = json!({
            "name": "保温杯", "unit": "个", "quantity": 1, "each": 1, "giver_kind": "worker", "code": code["text"],
        });
        let _: Value = day.master.post(&path(&day, "gifts"), &gift).await.ok();
        let copy: Value = day.worker.post("/api/v1/me/privacy/export", &json!({})).await.ok();
        let given = &copy["others"]["station_gift"];
        assert_eq!(
            (&given["heading"], &given["rows"][0]["name"]),
            (&json!("捐给驿站的物品"), &json!("保温杯")),
            "{copy}"
        );
        assert_eq!(given["rows"][0]["giver_kind"], "个人", "{copy}");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_given_twice() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gift = gloves(&mut day).await;
        let mut hands = vec![day.worker.clone()];
        for n in 3..10 {
            let member = people::member(n, "courier", &day.county);
            assert!(day.officer.post("/api/v1/members", &member).await.status.is_success());
            hands.push(phone(&app, n).await);
        }
        // Eight want three pairs, each of them twice.
        let to = format!("/api/v1/me/station-gifts/{}", gift["id"].as_str().unwrap());
        let asked = hands.iter().chain(&hands).map(|hand| {
            let (mut hand, to) = (hand.clone(), format!("{to}/reserve"));
            async move { hand.post(&to, &json!({ "quantity": 1 })).await.status.is_success() }
        });
        assert_eq!(join_all(asked).await.into_iter().filter(|got| *got).count(), 3);
        let corner: Value = day.master.get(&path(&day, "gifts")).await.ok();
        let reserved = corner["reserved"].as_array().unwrap().clone();
        assert_eq!((reserved.len(), &corner["gifts"][0]["left"]), (3, &json!(0)));
        // The first pair is handed over by two at once.
        let hand_over = path(&day, "gift-hand-over");
        let claim = json!({ "claim_id": reserved[0]["id"] });
        let both = (0..4).map(|_| {
            let (mut master, to, claim) = (day.master.clone(), hand_over.clone(), claim.clone());
            async move { master.post(&to, &claim).await.status.is_success() }
        });
        assert_eq!(join_all(both).await.into_iter().filter(|done| *done).count(), 1);
        assert_eq!(day.times("station_gift").await, 1);
        assert_eq!(day.of_the_year("gifts").await["sum"], 1);
        for (station, total) in [(day.station.clone(), 1), ("7".to_owned(), 0)] {
            let path = format!("/api/v1/station-gifts?station={station}");
            assert_eq!(day.officer.get(&path).await.json()["total"], total, "of station {station}");
        }
        // One gives his back, and another one gets it; the third does not come.
        let (mut gave, mut thanked) = (0, 0);
        for hand in &mut hands {
            let mine: Value = hand.get("/api/v1/me/station-gifts").await.ok();
            match mine["mine"][0]["state"].as_str() {
                Some("reserved") if gave == 0 => {
                    assert!(hand.post(&format!("{to}/cancel"), &json!({})).await.status.is_success());
                    gave += 1;
                }
                Some("taken") => {
                    let words = json!({ "text": "手套很暖和，谢谢！" });
                    assert!(hand.post(&format!("{to}/thank"), &words).await.status.is_success());
                    thanked += 1;
                }
                _ => {}
            }
        }
        assert_eq!((gave, thanked), (1, 1));
        app.pass(TimeDelta::hours(49));
        app.schedule().await;
        let corner: Value = day.master.get(&path(&day, "gifts")).await.ok();
        assert_eq!((&corner["gifts"][0]["left"], &corner["reserved"]), (&json!(2), &json!([])));
        let gift = &corner["gifts"][0];
        assert_eq!((&gift["thanks"], &gift["thanked"]), (&json!("手套很暖和，谢谢！"), &json!(1)));
        let late = day.master.post(&hand_over, &json!({ "claim_id": reserved[1]["id"] })).await;
        assert_eq!(late.code(), "gift_not_kept");
        drop::<Vec<Client>>(hands);
    })
    .await;
}

#[tokio::test]
async fn nobody_hands_a_gift_over_to_himself() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gift = gloves(&mut day).await;
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", gift["id"].as_str().unwrap());
        let two = day.master.post(&reserve, &json!({ "quantity": 2 })).await.json();
        assert_eq!(two["fields"][0]["field"], "quantity", "one for each");
        let claim: Value = day.master.post(&reserve, &json!({ "quantity": 1 })).await.ok();
        let own = json!({ "claim_id": claim["id"] });
        assert_eq!(day.master.post(&path(&day, "gift-hand-over"), &own).await.code(), "own_gift");
        assert_eq!(day.times("station_gift").await, 0);
        let mine: Value = day.master.get("/api/v1/me/station-gifts").await.ok();
        assert_eq!(mine["mine"][0]["state"], "reserved");
        // He reads where it is kept for him.
        assert_eq!(mine["mine"][0]["station"], "东河驿站");
        assert_eq!(mine["mine"][0]["address"], "和平路1号");
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_for_somebody_is_handed_over_however_much_was_given_since() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let gift = |name: &str| {
            json!({
                "name": name, "unit": "件", "quantity": 1, "each": 1, "giver_kind": "company", "giver": "鹿城体育",
            })
        };
        assert!(day.master.post(&path(&day, "gifts"), &gift("护膝")).await.status.is_success());
        let coat: Value = day.master.post(&path(&day, "gifts"), &gift("棉衣")).await.ok();
        let reserve = format!("/api/v1/me/station-gifts/{}/reserve", coat["id"].as_str().unwrap());
        assert!(day.worker.post(&reserve, &json!({ "quantity": 1 })).await.status.is_success());
        for _ in 0..50 {
            assert!(day.master.post(&path(&day, "gifts"), &gift("雨衣")).await.status.is_success());
        }
        let corner: Value = day.master.get(&path(&day, "gifts")).await.ok();
        let shown = corner["gifts"].as_array().unwrap();
        assert_eq!([&shown[49]["name"], &shown[50]["name"]], [&json!("雨衣"), &json!("棉衣")]);
        assert_eq!(corner["reserved"][0]["gift"], "棉衣");
        // Of what is gone no more is told than that, and what lies there still stands before it.
        app.write(r#"UPDATE station_gift SET "left" = 0 WHERE name = '雨衣'"#).await;
        let corner: Value = day.master.get(&path(&day, "gifts")).await.ok();
        let shown = corner["gifts"].as_array().unwrap();
        assert_eq!((shown.len(), &shown[0]["name"]), (51, &json!("护膝")));
        let coat = json!({ "claim_id": corner["reserved"][0]["id"] });
        assert!(day.master.post(&path(&day, "gift-hand-over"), &coat).await.status.is_success());
        let records: Value = day.worker.get("/api/v1/me/records").await.ok();
        let given = records["items"].as_array().unwrap().iter().find(|row| row["kind"] == "station_gift").unwrap();
        assert_eq!(given["place"]["name"], "东河驿站");
    })
    .await;
}

#[tokio::test]
async fn two_records_of_one_person_have_one_piece_of_a_gift_and_lose_none() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let (going, mut one) = stranger(&app, 3, &day.county).await;
        let (stays, mut other) = stranger(&app, 4, &day.county).await;
        let mut gifts = Vec::new();
        for name in ["骑行手套", "保温杯"] {
            let gift = json!({
                "name": name, "unit": "件", "quantity": 3, "each": 1, "giver_kind": "company", "giver": "鹿城体育",
            });
            let gift: Value = day.master.post(&path(&day, "gifts"), &gift).await.ok();
            gifts.push(format!("/api/v1/me/station-gifts/{}", gift["id"].as_str().unwrap()));
        }
        let piece = json!({ "quantity": 1 });
        for (phone, gift) in [(&mut one, &gifts[0]), (&mut other, &gifts[0])] {
            assert!(phone.post(&format!("{gift}/reserve"), &piece).await.status.is_success());
        }
        // As the record that stays he gave the gloves back; as the one that goes he took the cup.
        assert!(other.post(&format!("{}/cancel", gifts[0]), &json!({})).await.status.is_success());
        assert!(one.post(&format!("{}/reserve", gifts[1]), &piece).await.status.is_success());
        let corner: Value = day.master.get(&path(&day, "gifts")).await.ok();
        let cup = corner["reserved"].as_array().unwrap().iter().find(|claim| claim["gift"] == "保温杯").unwrap();
        let cup = json!({ "claim_id": cup["id"] });
        assert!(day.master.post(&path(&day, "gift-hand-over"), &cup).await.status.is_success());
        assert!(other.post(&format!("{}/reserve", gifts[1]), &piece).await.status.is_success());

        app.merge_people(going, stays).await;
        let corner: Value = day.master.get(&path(&day, "gifts")).await.ok();
        let kept: Vec<&Value> = corner["reserved"].as_array().unwrap().iter().map(|claim| &claim["gift"]).collect();
        assert_eq!(kept, [&json!("骑行手套")], "{corner}");
        let left = corner["gifts"].as_array().unwrap().iter().map(|gift| gift["left"].as_i64().unwrap());
        assert_eq!(left.sum::<i64>(), 4, "{corner}");
        let mine: Value = other.get("/api/v1/me/station-gifts").await.ok();
        let gloves = mine["mine"].as_array().unwrap().iter().find(|claim| claim["gift"] == "骑行手套").unwrap();
        assert_eq!(gloves["state"], "reserved", "{mine}");
        // The cup that he took he has had.
        assert_eq!(other.post(&format!("{}/reserve", gifts[1]), &piece).await.code(), "gift_had");
    })
    .await;
}

#[tokio::test]
async fn a_receipt_that_is_sent_again_changes_nothing() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let to = path(&day, "supplies");
        let receipt = |n: u32, least: i64| {
            json!({ "sent_as": format!("receipt-{n:04}"), "kind": "goods", "name": "矿泉水", "unit": "箱", "least": least,
                "quantity": 10 })
        };
        for (n, least) in [(1, 5), (2, 20), (1, 5)] {
            let _: Value = day.master.post(&to, &receipt(n, least)).await.ok();
        }
        let shown: Value = day.master.get(&to).await.ok();
        assert_eq!((&shown[0]["left"], &shown[0]["least"]), (&json!(20), &json!(20)));
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_as_medicine_comes_in_as_nothing_else_unless_it_never_came() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let good = receive(&mut day, 1, 3, Some("2027-07-01")).await;
        let plain = json!({
            "sent_as": "receipt-0002", "kind": "goods", "name": "创可贴", "unit": "包", "least": 2, "quantity": 4,
        });
        let to = path(&day, "supplies");
        assert_eq!(day.master.post(&to, &plain).await.json()["fields"][0]["code"], "other_kind");
        assert_eq!(day.master.get(&to).await.ok::<Value>()[0]["left"], 3);
        let own = path(&day, &format!("supply-moves?good={}", good["id"].as_str().unwrap()));
        let moves: Value = day.master.get(&own).await.ok();
        let back = json!({ "move_id": moves["items"][0]["id"], "reason": "种类选错了" });
        assert!(day.master.post(&path(&day, "supply-take-back"), &back).await.status.is_success());
        let right: Value = day.master.post(&to, &plain).await.ok();
        assert_eq!((&right["kind"], &right["unit"], &right["left"]), (&json!("goods"), &json!("包"), &json!(4)));
    })
    .await;
}

#[tokio::test]
async fn who_looks_for_first_aid_reads_whether_the_box_is_complete_and_in_date() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let mut stranger = Client::new(server::router(app.house()).unwrap());
        let near = async |stranger: &mut Client| {
            let asked = "/api/v1/public/stations/nearest?longitude=110&latitude=40.6";
            stranger.get(asked).await.ok::<Value>()[0]["first_aid_complete"].clone()
        };
        // A cupboard of medicine is no first-aid box.
        receive(&mut day, 1, 5, Some("2026-07-02")).await;
        assert_eq!(near(&mut stranger).await, Value::Null);
        day.change(|form| form["items"] = json!(["microwave", "haircut", "first_aid_box"])).await;
        assert_eq!(near(&mut stranger).await, true);
        // The last day is over; then what has come anew is there beside what is to be cleared away.
        app.set_clock("2026-07-02T15:59:59Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(near(&mut stranger).await, true);
        app.set_clock("2026-07-02T16:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(near(&mut stranger).await, false);
        let good = receive(&mut day, 2, 5, Some("2027-07-01")).await;
        assert_eq!(near(&mut stranger).await, false);
        let out = |batch: usize, name: &str, quantity: i64| {
            let batch = good["batches"][batch]["id"].clone();
            json!({ "sent_as": name, "good_id": good["id"], "batch_id": batch, "quantity": quantity })
        };
        let to = format!("/api/v1/me/stations/{}/takings", day.station);
        assert!(day.master.post(&to, &out(0, "waste-0001", 5)).await.status.is_success());
        assert_eq!(near(&mut stranger).await, true);
        // One less than there should be.
        assert!(day.master.post(&to, &out(1, "waste-0002", 1)).await.status.is_success());
        assert_eq!(near(&mut stranger).await, false);
    })
    .await;
}

#[tokio::test]
async fn a_batch_is_cleared_away_as_what_it_is_of() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let plaster = receive(&mut day, 1, 3, Some("2027-07-01")).await;
        let water = json!({
            "sent_as": "receipt-0002", "kind": "goods", "name": "矿泉水", "unit": "箱", "least": 5, "quantity": 10,
        });
        let water: Value = day.master.post(&path(&day, "supplies"), &water).await.ok();
        let waste = |good: &Value| {
            let batch = water["batches"][0]["id"].clone();
            json!({ "sent_as": "waste-0001", "good_id": good["id"], "batch_id": batch, "quantity": 1 })
        };
        let to = path(&day, "takings");
        assert_eq!(day.master.post(&to, &waste(&plaster)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(day.master.post(&to, &waste(&water)).await.ok::<Value>()["left"], 9);
    })
    .await;
}
