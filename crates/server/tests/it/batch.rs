//! A health check by batches: arranged, chosen by phone with those who come along, changed and given back until the deadline,
//! marked as attended once, exported; never more people than seats.

use axum::http::{Method, StatusCode};
use chrono::{DateTime, Utc};
use kernel::{access::sessions, permission::LoggedIn};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    amend::amends,
    benefit::{Town, Worker, asks, claims, code, published, round, town, workers},
    region_terms::told,
    roles::officer,
    settlement::link,
    stations::done,
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// What a phone sends to choose a batch.
pub(crate) async fn chooses(phone: &Client, worker: &Worker, voucher: &str, batch: &Value, along: &Value) -> Answer {
    let mut client = phone.clone();
    let headers = [("cookie", worker.cookie.as_str())];
    let form = json!({ "batch_id": batch["id"], "companions": along });
    client.send_json(Method::POST, &format!("/api/v1/me/vouchers/{voucher}/batch"), &headers, &form).await
}

async fn sends(phone: &Client, worker: &Worker, path: &str) -> Answer {
    let mut client = phone.clone();
    let headers = [("cookie", worker.cookie.as_str())];
    client.send_json(Method::POST, &format!("/api/v1/me/{path}"), &headers, &json!({})).await
}

pub(crate) struct Ward {
    pub(crate) town: Town,
    pub(crate) riders: Vec<Worker>,
    pub(crate) vouchers: Vec<String>,
    pub(crate) offer: String,
}

/// A check with vouchers for so many riders.
pub(crate) async fn ward(app: &App, riders: u32, companions: i32) -> Ward {
    let mut town = town(app).await;
    let riders = workers(app, town.riders, 1..riders + 1).await;
    let over = json!({ "kind": "health_check", "title": "免费体检", "companions": companions, "hold_hours": 48 });
    let offer = published(app, &mut town, 50, &over).await;
    let round = round(&offer);
    let mut vouchers = Vec::new();
    for (n, rider) in riders.iter().enumerate() {
        let claimed = claims(&town.phone, rider, &round, &format!("c{n}")).await.json();
        vouchers.push(claimed["voucher_id"].as_str().unwrap().to_owned());
    }
    Ward { town, riders, vouchers, offer: offer["id"].as_str().unwrap().to_owned() }
}

impl Ward {
    pub(crate) async fn arranges(&mut self, day: &str, seats: i64) -> Value {
        let form = json!({ "partner_id": self.town.place["id"], "starts_on": day, "ends_on": day, "seats": seats,
            "note": "空腹" });
        self.town.officer.post(&format!("/api/v1/benefit-offers/{}/batches", self.offer), &form).await.ok()
    }

    pub(crate) async fn batch(&mut self, batch: &Value) -> Value {
        self.town.officer.get(&format!("/api/v1/benefit-batches/{}", batch["id"].as_str().unwrap())).await.ok()
    }
}

#[tokio::test]
async fn whoever_chose_a_batch_is_reminded_once_on_the_day_before() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 3, 0).await;
        let (first, second) = (ward.arranges("2026-07-10", 3).await, ward.arranges("2026-07-11", 3).await);
        let phone = ward.town.phone.clone();
        for (at, batch) in [(0, &first), (1, &second)] {
            done(&chooses(&phone, &ward.riders[at], &ward.vouchers[at], batch, &json!([])).await);
        }
        let reminded = |n: u32| {
            let texts = app.sms().texts(&people::phone(n)).into_iter();
            texts.filter(|text| text.contains("请看手机“我的凭证”")).collect::<Vec<_>>()
        };
        for early in ["2026-07-08T12:00:00Z", "2026-07-09T00:59:00Z"] {
            app.set_clock(at(early));
            app.schedule().await;
            assert_eq!(reminded(1), Vec::<String>::new());
        }
        for again in ["2026-07-09T01:00:00Z", "2026-07-09T06:00:00Z"] {
            app.set_clock(at(again));
            app.work("benefit_batch_soon").await.unwrap();
            app.settle().await;
            let texts = reminded(1);
            assert!(texts.len() == 1 && texts[0].contains("您选的“免费体检”7月10日开始，地点："), "{texts:?}");
        }
        // Neither whose batch begins later, nor who chose none.
        assert_eq!((reminded(2).len(), reminded(3).len()), (0, 0));
        app.set_clock(at("2026-07-10T02:00:00Z"));
        app.work("benefit_batch_soon").await.unwrap();
        app.settle().await;
        assert_eq!((reminded(1).len(), reminded(2).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_check_goes_from_the_batch_to_the_fact() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 3, 1).await;
        let (first, second) = (ward.arranges("2026-07-10", 3).await, ward.arranges("2026-07-20", 3).await);
        let path = format!("/api/v1/benefit-offers/{}/batches", ward.offer);
        let outside = json!({ "partner_id": ward.town.place["id"], "starts_on": "2026-08-10", "ends_on": "2026-08-10", "seats": 3 });
        assert_eq!(ward.town.officer.post(&path, &outside).await.json()["fields"][0]["field"], "starts_on");
        let phone = ward.town.phone.clone();
        let riders = std::mem::take(&mut ward.riders);
        let (rider, other, voucher) = (&riders[0], &riders[1], ward.vouchers[0].clone());

        // The phone shows both, and no code before one is chosen; the place refuses in words.
        let mine = asks(&phone, rider, &format!("vouchers/{voucher}")).await;
        assert_eq!((&mine["by_batch"], &mine["batch"], &mine["qr_svg"]), (&json!(true), &Value::Null, &Value::Null));
        let options = asks(&phone, rider, &format!("vouchers/{voucher}/batches")).await;
        assert_eq!((&options[0]["free"], &options[0]["choose_until"]), (&json!(3), &json!("2026-07-07")));
        let scan = json!({ "partner_id": ward.town.place["id"], "code": code(&app, &json!({ "voucher_id": voucher }), &ward.town).await });
        assert_eq!(ward.town.officer.post("/api/v1/benefit-redemptions", &scan).await.code(), "batch_not_chosen");

        // His wife comes along: two seats; her number is read, sealed, and shown masked.
        let wife = json!([{ "name": "王小红", "number_kind": "citizen_number", "number": people::number(77) }]);
        let wrong = json!([{ "name": "王小红", "number_kind": "phone", "number": "123" }]);
        let refused = chooses(&phone, rider, &voucher, &first, &wrong).await;
        assert_eq!(refused.json()["fields"][0]["field"], "companions.0.number");
        let two = json!([wife[0], wife[0]]);
        assert_eq!(chooses(&phone, rider, &voucher, &first, &two).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let chosen = chooses(&phone, rider, &voucher, &first, &wife).await.json();
        let along = &chosen["batch"]["companions"][0];
        assert!(along["name"].as_str().unwrap().contains('*') && along["number"].as_str().unwrap().contains('*'), "{chosen}");
        assert_eq!(ward.batch(&first).await["taken"], 2);

        // Another rider finds one seat only; alone he fits. The first moves, and two are free again.
        let full = chooses(&phone, other, &ward.vouchers[1], &first, &wife).await;
        assert_eq!((full.status, full.code().as_str()), (StatusCode::CONFLICT, "batch_full"));
        assert!(full.json()["detail"].as_str().unwrap().contains("只剩1个"), "{}", full.json());
        assert_eq!(chooses(&phone, other, &ward.vouchers[1], &first, &json!([])).await.status, StatusCode::OK);
        assert_eq!(chooses(&phone, rider, &voucher, &second, &wife).await.status, StatusCode::OK);
        assert_eq!((&ward.batch(&first).await["taken"], &ward.batch(&second).await["taken"]), (&json!(1), &json!(2)));
        // Nobody's voucher but his own.
        assert_eq!(chooses(&phone, other, &voucher, &first, &json!([])).await.status, StatusCode::NOT_FOUND);

        // What people chose stays as it is; more seats may be added, not fewer than taken.
        let change = async |ward: &mut Ward, batch: &Value, over: Value| {
            let mut form = json!({ "partner_id": batch["place"]["id"], "starts_on": batch["starts_on"],
                "ends_on": batch["ends_on"], "seats": batch["seats"], "note": batch["note"] });
            form.as_object_mut().unwrap().extend(over.as_object().unwrap().clone());
            let version = format!("\"{}\"", batch["version"]);
            let path = format!("/api/v1/benefit-batches/{}", batch["id"].as_str().unwrap());
            ward.town.officer.send_json(Method::PUT, &path, &[("if-match", &version)], &form).await
        };
        assert_eq!(change(&mut ward, &first, json!({ "ends_on": "2026-07-11" })).await.code(), "batch_chosen");
        assert_eq!(change(&mut ward, &second, json!({ "seats": 1 })).await.code(), "batch_too_few_seats");
        assert_eq!(change(&mut ward, &second, json!({ "seats": 9 })).await.json()["seats"], 9);

        // Until the deadline he may give it back; then neither the batch nor the voucher.
        assert_eq!(sends(&phone, rider, &format!("vouchers/{voucher}/leave-batch")).await.json()["batch"], Value::Null);
        assert_eq!(chooses(&phone, rider, &voucher, &first, &wife).await.status, StatusCode::OK);
        app.set_clock(at("2026-07-08T02:00:00Z"));
        let relogged = worker_again(&app, rider).await;
        let rider = &relogged;
        ward.town.officer = officer(&app, "county.later", "业务干部", ward.town.county).await;
        assert_eq!(sends(&phone, rider, &format!("vouchers/{voucher}/leave-batch")).await.code(), "batch_too_late");
        assert_eq!(sends(&phone, rider, &format!("vouchers/{voucher}/cancel")).await.code(), "batch_too_late");
        assert_eq!(chooses(&phone, rider, &voucher, &second, &json!([])).await.code(), "batch_too_late");
        // Who chose stays beyond his hours; who did not has run out.
        app.schedule().await;
        let claims = format!("/api/v1/benefit-offers/{}/claims?state=expired", ward.offer);
        let list: Value = ward.town.officer.get(&claims).await.ok();
        assert_eq!(list["total"], 1, "{list}");

        // On the day one is scanned, the other marked on the list: each once, each a fact.
        let attend = format!("/api/v1/benefit-claims/{}/attend", ward.vouchers[1]);
        assert_eq!(ward.town.officer.post(&attend, &json!({})).await.code(), "batch_not_yet");
        app.set_clock(at("2026-07-10T01:00:00Z"));
        ward.town.officer = officer(&app, "county.last", "业务干部", ward.town.county).await;
        let came: Value = ward.town.officer.post(&attend, &json!({})).await.ok();
        assert_eq!(came["state_label"], "已到场");
        assert_eq!(ward.town.officer.post(&attend, &json!({})).await.code(), "already_redeemed");
        let code = code(&app, &json!({ "voucher_id": voucher }), &ward.town).await;
        let scan = json!({ "partner_id": ward.town.place["id"], "code": code });
        let _: Value = ward.town.officer.post("/api/v1/benefit-redemptions", &scan).await.ok();
        let shown = ward.batch(&first).await;
        assert_eq!((&shown["people"], &shown["attended"], &shown["taken"]), (&json!(2), &json!(2), &json!(3)));
        let figures = format!("/api/v1/figures?organisation={}&kinds=health_check&from=2026-01-01&to=2026-12-31", ward.town.county);
        let figures: Value = ward.town.officer.get(&figures).await.ok();
        assert_eq!(figures["items"][0]["people"], 2, "{figures}");

        // The list leaves by a right of its own, masked.
        let export = format!("/api/v1/benefit-batches/{}/exports", first["id"].as_str().unwrap());
        let form = json!({ "format": "csv", "reason": "交体检中心核对", "filter": {} });
        let mut leader = officer(&app, "leader", "只读领导", ward.town.county).await;
        assert_eq!(leader.post(&export, &form).await.status, StatusCode::FORBIDDEN);
        let (made, file) = ward.town.officer.take_away(&export, &form).await;
        assert_eq!(made["rows"], 2, "{made}");
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("已到场") && text.contains('*') && !text.contains("王小红"), "{text}");
        let absent = json!({ "format": "csv", "reason": "交体检中心核对", "filter": { "state": "claimed" } });
        let absent: Value = ward.town.officer.post(&export, &absent).await.ok();
        assert_eq!((&absent["rows"], &absent["filter"]), (&json!(0), &json!("到场情况：未到场")));

        // A month after the batch nobody knows any more who came along.
        app.set_clock(at("2026-08-11T02:00:00Z"));
        ward.town.officer = officer(&app, "county.august", "业务干部", ward.town.county).await;
        app.schedule().await;
        let seats = format!("/api/v1/benefit-batches/{}/seats", first["id"].as_str().unwrap());
        let list: Value = ward.town.officer.get(&seats).await.ok();
        let with: Vec<(i64, usize)> = list["items"].as_array().unwrap().iter()
            .map(|row| (row["along"].as_i64().unwrap(), row["companions"].as_array().unwrap().len())).collect();
        assert!(with.contains(&(1, 0)) && with.iter().all(|(_, known)| *known == 0), "{list}");
        assert_eq!(told(&app, "benefits.forget_companions").await, [json!({ "companions": 1, "days": 30 })]);
        drop((ward, phone, leader, relogged));
    })
    .await;
}

#[tokio::test]
async fn a_place_sees_whom_to_expect_and_nothing_else_of_them() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 2, 1).await;
        let batch = ward.arranges("2026-07-10", 3).await;
        let wife = json!([{ "name": "王小红", "number_kind": "citizen_number", "number": people::number(77) }]);
        let chosen = chooses(&ward.town.phone.clone(), &ward.riders[0], &ward.vouchers[0], &batch, &wife).await;
        assert_eq!(chosen.status, StatusCode::OK);
        let (mut place, key) = link(&app, &mut ward.town).await;
        let key = json!({ "key": key });
        let seen: Value = place.post("/api/v1/public/partner-batches", &key).await.ok();
        let (place_name, first) = (&ward.town.place["name"], &seen["items"][0]);
        assert_eq!((&seen["place"], seen["items"].as_array().unwrap().len()), (place_name, 1));
        assert_eq!((&first["people"], &first["taken"], &first["attended"]), (&json!(1), &json!(2), &json!(0)));
        let path = format!("/api/v1/public/partner-batches/{}/guests", batch["id"].as_str().unwrap());
        let guests: Value = place.post(&path, &key).await.ok();
        let guest = guests["items"][0].as_object().unwrap();
        assert!(guest["name"].as_str().unwrap().contains('*'), "{guests}");
        assert_eq!(
            (&guests["total"], &guest["along"], &guest["state_label"]),
            (&json!(1), &json!(1), &json!("未到场"))
        );
        assert_eq!(guest.keys().collect::<Vec<_>>(), ["along", "attended_at", "name", "state", "state_label"]);
        // A secret that was guessed opens nothing, and one place's opens no other's list.
        let guessed = place.post(&path, &json!({ "key": "guess" })).await;
        assert_eq!((guessed.status, guessed.code().as_str()), (StatusCode::FORBIDDEN, "partner_key_not_valid"));
        let form =
            json!({ "organisation_id": ward.town.county, "name": "另一家医院", "kind": "hospital", "active": true });
        ward.town.place = ward.town.officer.post("/api/v1/benefit-partners", &form).await.ok();
        let (mut other, foreign) = link(&app, &mut ward.town).await;
        let foreign = json!({ "key": foreign });
        assert_eq!(other.post(&path, &foreign).await.status, StatusCode::NOT_FOUND);
        let none: Value = other.post("/api/v1/public/partner-batches", &foreign).await.ok();
        assert_eq!(none["items"], json!([]));
        // What is long over is gone from the page.
        app.set_clock(at("2026-08-11T02:00:00Z"));
        let later: Value = place.post("/api/v1/public/partner-batches", &key).await.ok();
        assert_eq!(later["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_voided_voucher_holds_no_seat() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 1, 0).await;
        let batch = ward.arranges("2026-07-10", 3).await;
        let chosen = chooses(&ward.town.phone, &ward.riders[0], &ward.vouchers[0], &batch, &json!([])).await;
        assert_eq!((chosen.status, &ward.batch(&batch).await["taken"]), (StatusCode::OK, &json!(1)));
        let path = format!("/api/v1/benefit-claims/{}/void", ward.vouchers[0]);
        let voided: Value = ward.town.officer.post(&path, &json!({ "reason": "体检项目调整" })).await.ok();
        assert_eq!((&voided["state"], &ward.batch(&batch).await["taken"]), (&json!("voided"), &json!(0)));
        let again = chooses(&ward.town.phone, &ward.riders[0], &ward.vouchers[0], &batch, &json!([])).await;
        assert_eq!(again.code(), "seat_claim_not_waiting");
        drop(ward);
    })
    .await;
}

#[tokio::test]
async fn who_chose_a_batch_that_is_called_off_is_told_and_chooses_another() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 2, 1).await;
        let (first, second) = (ward.arranges("2026-07-10", 3).await, ward.arranges("2026-07-20", 3).await);
        let phone = ward.town.phone.clone();
        let riders = std::mem::take(&mut ward.riders);
        let wife = json!([{ "name": "王小红", "number_kind": "citizen_number", "number": people::number(77) }]);
        assert_eq!(chooses(&phone, &riders[0], &ward.vouchers[0], &first, &wife).await.status, StatusCode::OK);
        assert_eq!(chooses(&phone, &riders[1], &ward.vouchers[1], &second, &json!([])).await.status, StatusCode::OK);

        let off = format!("/api/v1/benefit-batches/{}/call-off", first["id"].as_str().unwrap());
        let silent = ward.town.officer.post(&off, &json!({ "reason": "" })).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let reason = json!({ "reason": "体检中心停电检修" });
        let shown: Value = ward.town.officer.post(&off, &reason).await.ok();
        assert_eq!(
            (&shown["called_off"], &shown["taken"], &shown["people"]),
            (&reason["reason"], &json!(0), &json!(0))
        );
        assert_eq!(ward.town.officer.post(&off, &reason).await.code(), "batch_called_off");
        app.settle().await;
        // He is told once, and he alone; whoever chose another batch is left in peace.
        let told = |n| app.sms().texts(&people::phone(n)).into_iter().filter(|text| text.contains("停电检修")).count();
        assert_eq!((told(1), told(2)), (1, 0));

        // His voucher is good as before, without a batch; this one is shown with the reason, and he takes another.
        let mine = asks(&phone, &riders[0], &format!("vouchers/{}", ward.vouchers[0])).await;
        assert_eq!((&mine["state"], &mine["batch"]), (&json!("claimed"), &Value::Null));
        let options = asks(&phone, &riders[0], &format!("vouchers/{}/batches", ward.vouchers[0])).await;
        assert_eq!((&options[0]["open"], &options[0]["called_off"]), (&json!(false), &reason["reason"]));
        let again = chooses(&phone, &riders[0], &ward.vouchers[0], &first, &json!([])).await;
        assert_eq!(again.code(), "batch_called_off");
        assert_eq!(chooses(&phone, &riders[0], &ward.vouchers[0], &second, &wife).await.status, StatusCode::OK);
        assert_eq!(ward.batch(&second).await["taken"], 3);

        // What was called off stays as it is, and what is over or was attended takes place.
        let path = format!("/api/v1/benefit-batches/{}", first["id"].as_str().unwrap());
        let removed = ward.town.officer.send_json(Method::DELETE, &path, &[], &json!({})).await;
        assert_eq!(removed.code(), "batch_called_off");
        app.set_clock(at("2026-07-20T01:00:00Z"));
        ward.town.officer = officer(&app, "county.later", "业务干部", ward.town.county).await;
        let attend = format!("/api/v1/benefit-claims/{}/attend", ward.vouchers[1]);
        let _: Value = ward.town.officer.post(&attend, &json!({})).await.ok();
        let off = format!("/api/v1/benefit-batches/{}/call-off", second["id"].as_str().unwrap());
        assert_eq!(ward.town.officer.post(&off, &reason).await.code(), "batch_attended");
        app.set_clock(at("2026-07-21T01:00:00Z"));
        ward.town.officer = officer(&app, "county.last", "业务干部", ward.town.county).await;
        assert_eq!(ward.town.officer.post(&off, &reason).await.code(), "batch_over");
        drop((ward, phone, riders));
    })
    .await;
}

#[tokio::test]
async fn who_chose_a_batch_has_the_new_last_day_and_nobody_less_time_than_before() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 2, 0).await;
        let (first, second) = (ward.arranges("2026-07-30", 3).await, ward.arranges("2026-07-31", 3).await);
        let phone = ward.town.phone.clone();
        for (n, batch) in [&first, &second].into_iter().enumerate() {
            let chosen = chooses(&phone, &ward.riders[n], &ward.vouchers[n], batch, &json!([])).await;
            assert_eq!(chosen.status, StatusCode::OK);
        }
        app.set_clock(at("2026-07-30T02:00:00Z"));
        ward.town.officer = officer(&app, "county.later", "业务干部", ward.town.county).await;
        let off = format!("/api/v1/benefit-batches/{}/call-off", second["id"].as_str().unwrap());
        let _: Value = ward.town.officer.post(&off, &json!({ "reason": "体检中心停电检修" })).await.ok();

        let path = format!("/api/v1/benefit-offers/{}", ward.offer);
        let offer: Value = ward.town.officer.get(&path).await.ok();
        let form = json!({ "description": offer["description"], "redeem_until": "2026-08-10" });
        let amended = amends(&mut ward.town.officer, &offer, &form).await;
        assert_eq!(amended.status, StatusCode::OK, "{}", amended.json());
        let mut until = Vec::new();
        for (rider, voucher) in ward.riders.iter().zip(&ward.vouchers) {
            let shown = asks(&phone, &worker_again(&app, rider).await, &format!("vouchers/{voucher}")).await;
            until.push(at(shown["use_until"].as_str().unwrap()));
        }
        // The hours of the one whose batch was called off began that day.
        assert_eq!(until[0], at("2026-08-10T16:00:00Z"));
        assert!(until[1] > at("2026-08-01T01:00:00Z") && until[1] < at("2026-08-01T03:00:00Z"), "{until:?}");
        drop((ward, phone));
    })
    .await;
}

/// The same worker, logged in anew.
async fn worker_again(app: &App, worker: &Worker) -> Worker {
    let caller = &app.caller::<LoggedIn>();
    let (id, secret) = (worker.id, &sessions::secret(caller));
    let opened = caller.unit(|unit| async move { sessions::open(&unit, caller, secret, None, Some(id)) });
    opened.await.unwrap();
    Worker { id, cookie: format!("niangjia_session={secret}") }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rush_for_the_last_seats_oversells_none() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 12, 2).await;
        let (first, second) = (ward.arranges("2026-07-10", 7).await, ward.arranges("2026-07-20", 5).await);
        let along = |n: usize| {
            let one = |k: usize| {
                let number = people::phone(u32::try_from(50 + k).unwrap());
                json!({ "name": "王小红", "number_kind": "phone", "number": number, "birth_date": "1992-03-08" })
            };
            json!((0..n % 3).map(one).collect::<Vec<_>>())
        };
        // Everybody asks for the one and then for the other, all at once; every third gives back.
        let all = ward.riders.iter().zip(&ward.vouchers).enumerate().map(|(n, (rider, voucher))| {
            let (phone, first, second, with) = (ward.town.phone.clone(), first.clone(), second.clone(), along(n));
            async move {
                let (one, other) = if n % 2 == 0 { (&first, &second) } else { (&second, &first) };
                for batch in [one, other] {
                    let answer = chooses(&phone, rider, voucher, batch, &with).await;
                    assert!(answer.status.is_success() || answer.code() == "batch_full", "{}", answer.json());
                }
                if n % 3 == 0 {
                    let left = sends(&phone, rider, &format!("vouchers/{voucher}/leave-batch")).await;
                    assert!(left.status.is_success() || left.code() == "batch_none", "{}", left.json());
                }
            }
        });
        futures::future::join_all(all).await;
        for batch in [&first, &second] {
            let shown = ward.batch(batch).await;
            let path = format!("/api/v1/benefit-batches/{}/seats", batch["id"].as_str().unwrap());
            let list: Value = ward.town.officer.get(&path).await.ok();
            let held: i64 =
                list["items"].as_array().unwrap().iter().map(|row| 1 + row["along"].as_i64().unwrap()).sum();
            assert_eq!(shown["taken"].as_i64().unwrap(), held);
            assert!(held <= shown["seats"].as_i64().unwrap() && held > 0, "{shown}");
        }
        drop(ward);
    })
    .await;
}
