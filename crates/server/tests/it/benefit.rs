//! A benefit over HTTP, from the draft to the figure: offered, claimed, redeemed, taken back, given back, run out; and who is
//! refused why.

use axum::http::{Method, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use codes::document::DocumentKind;
use kernel::{
    Id,
    access::sessions,
    organisation::Level,
    permission::{LoggedIn, Oneself},
    person::{NewPerson, register},
};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    region_terms::told,
    roles::{PASSWORD, found, officer},
    settlement::link,
};

/// A county that offers, with a union of riders and one of couriers.
pub(crate) struct Town {
    pub(crate) county: Id,
    pub(crate) riders: Id,
    pub(crate) couriers: Id,
    pub(crate) officer: Client,
    pub(crate) place: Value,
    /// A browser at this process; workers' phones are told apart by what they send.
    pub(crate) phone: Client,
}

pub(crate) async fn town(app: &App) -> Town {
    let county = found(app, None, "152201", "乌兰浩特市总工会", Level::County).await;
    let riders = found(app, Some(county), "152201R", "骑手联合工会", Level::Grassroots).await;
    let couriers = found(app, Some(county), "152201K", "快递员联合工会", Level::Grassroots).await;
    let mut officer = officer(app, "officer", "业务干部", county).await;
    let form = json!({ "organisation_id": county, "name": "红城驿站", "kind": "station", "active": true });
    let place: Value = officer.post("/api/v1/benefit-partners", &form).await.ok();
    let phone = Client::new(server::router(app.house()).unwrap());
    Town { county, riders, couriers, officer, place, phone }
}

/// The clock stands at an instant, at which the officer logs in again.
pub(crate) async fn at(app: &App, town: &mut Town, instant: &str) {
    app.set_clock(instant.parse().unwrap());
    assert_eq!(town.officer.log_in("officer", PASSWORD).await.status, StatusCode::NO_CONTENT);
}

/// A worker with his phone.
pub(crate) struct Worker {
    pub(crate) id: Id,
    pub(crate) cookie: String,
}

/// People of a union, each logged in on his phone.
pub(crate) async fn workers(app: &App, union: Id, numbers: std::ops::Range<u32>) -> Vec<Worker> {
    let caller = &app.caller::<LoggedIn>();
    let new = |n: u32| NewPerson {
        name: people::name(n),
        document_kind: DocumentKind::CitizenNumber,
        document_number: people::number(n),
        phone: Some(people::phone(n)),
        worker_group: Some("delivery_rider".into()),
        organisation_id: union,
    };
    let all: Vec<(NewPerson, String)> = numbers.map(|n| (new(n), sessions::secret(caller))).collect();
    let all = &all;
    let known: Vec<Id> = caller
        .unit(|unit| async move {
            let mut known = Vec::new();
            for (new, secret) in all {
                let id = register(&unit, caller, new).await?.id;
                sessions::open(&unit, caller, secret, None, Some(id))?;
                known.push(id);
            }
            Ok(known)
        })
        .await
        .unwrap();
    let worker =
        |(id, (_, secret)): (Id, &(NewPerson, String))| Worker { id, cookie: format!("niangjia_session={secret}") };
    known.into_iter().zip(all).map(worker).collect()
}

/// What a worker's phone sends to a process.
pub(crate) async fn sends(process: &Client, worker: &Worker, path: &str, key: &str) -> Answer {
    let mut client = process.clone();
    let headers = [("cookie", worker.cookie.as_str()), ("idempotency-key", key)];
    client.send_json(Method::POST, &format!("/api/v1/me/{path}"), &headers, &json!({})).await
}

pub(crate) async fn asks(process: &Client, worker: &Worker, path: &str) -> Value {
    let mut client = process.clone();
    let headers = [("cookie", worker.cookie.as_str())];
    client.send(Method::GET, &format!("/api/v1/me/{path}"), &headers, axum::body::Body::empty()).await.ok()
}

/// An offer of meals as officers fill it in; `over` replaces fields.
pub(crate) fn meals(app: &App, town: &Town, total: i64, over: &Value) -> Value {
    let now = app.house().ambient().now();
    let at = |time: DateTime<Utc>| time.to_rfc3339();
    let mut form = json!({
        "organisation_id": town.county, "kind": "meal", "title": "夏日爱心餐", "description": "一荤两素。",
        "unit_fen": 1500, "budget_line": "爱心餐补贴", "redeem_from": "2026-07-01", "redeem_until": "2026-07-31",
        "places": [town.place["id"]],
        "rounds": [{ "opens_at": at(now - TimeDelta::hours(1)), "closes_at": at(now + TimeDelta::days(9)), "total": total }],
    });
    for (field, value) in over.as_object().unwrap() {
        form[field] = value.clone();
    }
    form
}

/// One round of so many pieces that is open from now on for so long.
pub(crate) fn lasting(app: &App, time: TimeDelta, total: i64) -> Value {
    let now = app.house().ambient().now();
    json!([{ "opens_at": now.to_rfc3339(), "closes_at": (now + time).to_rfc3339(), "total": total }])
}

/// The same, drawn.
pub(crate) fn drawn(app: &App, time: TimeDelta, total: i64) -> Value {
    json!({ "way": "draw", "rounds": lasting(app, time, total) })
}

/// Puts somebody's name in a draw; answers what he is told.
pub(crate) async fn enters(process: &Client, worker: &Worker, round: &str, key: &str) -> Value {
    let put = sends(process, worker, &format!("benefit-rounds/{round}/enter"), key).await;
    assert_eq!(put.status, StatusCode::CREATED, "{}", put.json());
    put.json()
}

/// Publishes an offer of so many meals; answers it.
pub(crate) async fn published(app: &App, town: &mut Town, total: i64, over: &Value) -> Value {
    let form = meals(app, town, total, over);
    let made: Value = town.officer.post("/api/v1/benefit-offers", &form).await.ok();
    let path = format!("/api/v1/benefit-offers/{}/publish", made["id"].as_str().unwrap());
    town.officer.post(&path, &json!({})).await.ok()
}

pub(crate) fn round(offer: &Value) -> String {
    offer["rounds"][0]["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn claims(process: &Client, worker: &Worker, round: &str, key: &str) -> Answer {
    sends(process, worker, &format!("benefit-rounds/{round}/claim"), key).await
}

async fn meals_counted(town: &mut Town) -> i64 {
    let path = format!("/api/v1/figures?organisation={}&kinds=love_meal&from=2026-01-01&to=2026-12-31", town.county);
    let figures: Value = town.officer.get(&path).await.ok();
    figures["items"][0]["items"].as_i64().unwrap_or(0)
}

/// What the voucher's QR code says.
pub(crate) async fn code(app: &App, voucher: &Value, town: &Town) -> String {
    let claim: Id = voucher["voucher_id"].as_str().unwrap().parse().unwrap();
    let (token, _) = benefit::redeem::token::issue(&app.caller::<Oneself>(), claim, town.riders).await.unwrap();
    format!("http://127.0.0.1:8080/w/v/{token}")
}

#[tokio::test]
async fn a_meal_goes_from_the_offer_to_the_figure() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let offer = published(&app, &mut town, 10, &json!({})).await;
        assert_eq!((&offer["state"], &offer["total"], &offer["given"]), (&json!("published"), &json!(10), &json!(0)));
        let shown = asks(&town.phone, rider, "benefits").await;
        assert_eq!((&shown[0]["state"], &shown[0]["left"]), (&json!("open"), &json!(10)), "{shown}");

        // Claimed once; the same call again gets the same answer, another one is refused and shown the voucher.
        let first = claims(&town.phone, rider, &round(&offer), "k1").await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.json());
        assert_eq!(claims(&town.phone, rider, &round(&offer), "k1").await.json(), first.json());
        let second = claims(&town.phone, rider, &round(&offer), "k2").await;
        assert_eq!((second.status, second.code().as_str()), (StatusCode::CONFLICT, "already_had"));
        assert_eq!(second.json()["extra"]["voucher_id"], first.json()["voucher_id"]);
        let voucher = format!("vouchers/{}", first.json()["voucher_id"].as_str().unwrap());
        let mine = asks(&town.phone, rider, &voucher).await;
        assert!(mine["qr_svg"].as_str().unwrap().contains("<svg"));
        assert_eq!((&mine["state_label"], &mine["places"][0]["name"]), (&json!("待使用"), &json!("红城驿站")));
        let listed = asks(&town.phone, rider, "vouchers").await;
        assert_eq!(listed[0]["places"], json!([]), "each of many would carry hundreds");
        assert_eq!(asks(&town.phone, rider, "benefits").await[0]["state"], "had");

        // Redeemed at the place by its link: looked at, handed over, not twice; a minute later the code is no good.
        let (mut stall, key) = link(&app, &mut town).await;
        let scan = json!({ "key": key, "code": code(&app, &first.json(), &town).await });
        let looked: Value = stall.post("/api/v1/public/redemptions/look", &scan).await.ok();
        assert_eq!((&looked["title"], &looked["redeemed_at"]), (&json!("夏日爱心餐"), &Value::Null));
        assert_eq!(meals_counted(&mut town).await, 0);
        let done: Value = stall.post("/api/v1/public/redemptions", &scan).await.ok();
        assert!(done["redeemed_at"].is_string() && done["name"].as_str().unwrap().contains('*'), "{done}");
        let twice = stall.post("/api/v1/public/redemptions", &scan).await;
        assert_eq!((twice.status, twice.code().as_str()), (StatusCode::CONFLICT, "already_redeemed"));
        assert_eq!(meals_counted(&mut town).await, 1);
        let day: Value = stall.post("/api/v1/public/redemptions/today", &json!({ "key": key })).await.ok();
        assert_eq!((&day["place"], &day["redeemed_today"]), (&json!("红城驿站"), &json!(1)));
        let other = stall.post("/api/v1/public/redemptions", &json!({ "key": "guess", "code": scan["code"] })).await;
        assert_eq!((other.status, other.code().as_str()), (StatusCode::FORBIDDEN, "partner_key_not_valid"));

        // Taken back by the officer: the figure follows, and the voucher is good again.
        let claim = first.json()["voucher_id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/benefit-claims/{claim}/take-back");
        let back: Value = town.officer.post(&path, &json!({ "reason": "误扫" })).await.ok();
        assert_eq!((back["state_label"].as_str(), meals_counted(&mut town).await), (Some("待使用"), 0));
        app.pass(TimeDelta::seconds(61));
        let late = stall.post("/api/v1/public/redemptions", &scan).await;
        assert_eq!((late.status.as_u16(), late.code().as_str()), (422, "voucher_code_not_valid"));
        let form = json!({ "partner_id": town.place["id"], "code": code(&app, &first.json(), &town).await });
        let done: Value = town.officer.post("/api/v1/benefit-redemptions", &form).await.ok();
        assert_eq!(done["place"], "红城驿站");
        assert_eq!(meals_counted(&mut town).await, 1);
        let list: Value =
            town.officer.get(&format!("/api/v1/benefit-offers/{}/claims", offer["id"].as_str().unwrap())).await.ok();
        assert_eq!((&list["total"], &list["items"][0]["place"]), (&json!(1), &json!("红城驿站")));
        assert_eq!(told(&app, "benefits.redeem").await.len(), 2);
        drop((town, stall));
    })
    .await;
}

#[tokio::test]
async fn who_is_refused_reads_why() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let (riders, couriers) = (workers(&app, town.riders, 1..4).await, workers(&app, town.couriers, 4..5).await);
        let phone = town.phone.clone();
        let refused = async |worker: &Worker, offer: &Value, key: &str| {
            let answer = claims(&phone, worker, &round(offer), key).await;
            (answer.status.as_u16(), answer.code(), answer.json()["detail"].as_str().unwrap_or_default().to_owned())
        };
        let audience = |audience: Value| json!({ "audience": audience });
        for (told, why) in [
            (json!({ "members_only": true }), "您还不是会员"),
            (json!({ "groups": ["courier"] }), "其他职工群体"),
            (json!({ "organisations": [town.couriers] }), "其他工会"),
            (json!({ "least_age": 90 }), "年满90周岁"),
            (json!({ "most_age": 20 }), "20周岁及以下"),
        ] {
            let offer = published(&app, &mut town, 5, &audience(told)).await;
            let (status, code, detail) = refused(&riders[0], &offer, "a").await;
            assert_eq!((status, code.as_str()), (403, "not_for_you"), "{detail}");
            assert!(detail.contains(why), "{detail}");
        }

        // Not open yet, over, ended; the opening itself lets in.
        let now = app.house().ambient().now();
        let times = json!([{ "opens_at": (now + TimeDelta::minutes(1)).to_rfc3339(),
            "closes_at": (now + TimeDelta::minutes(2)).to_rfc3339(), "total": 1 }]);
        let soon = published(&app, &mut town, 1, &json!({ "rounds": times })).await;
        let (status, code, detail) = refused(&riders[0], &soon, "a").await;
        assert_eq!((status, code.as_str()), (409, "not_yet_open"));
        assert!(detail.contains("2026年7月1日09:01"), "{detail}");
        app.pass(TimeDelta::minutes(1));
        assert_eq!(claims(&town.phone, &riders[0], &round(&soon), "b").await.status, StatusCode::CREATED);
        assert_eq!(refused(&riders[1], &soon, "c").await.1, "all_gone");
        app.pass(TimeDelta::minutes(1));
        assert_eq!(refused(&riders[2], &soon, "d").await.1, "all_gone");

        // Shared out: the riders' pieces are not the couriers'.
        let shares = json!([{ "opens_at": now.to_rfc3339(), "closes_at": (now + TimeDelta::days(1)).to_rfc3339(),
            "total": 1, "shares": [{ "organisation_id": town.riders, "quota": 1 }] }]);
        let shared = published(&app, &mut town, 1, &json!({ "rounds": shares })).await;
        let (status, _, detail) = refused(&couriers[0], &shared, "e").await;
        assert!(status == 403 && detail.contains("没有分配给您所在工会的名额"), "{detail}");
        assert_eq!(claims(&town.phone, &riders[0], &round(&shared), "f").await.status, StatusCode::CREATED);

        // Once a year: what waits in another round counts as well as what the ledger tells.
        let seldom = published(&app, &mut town, 5, &audience(json!({ "months_between": 12 }))).await;
        assert_eq!(claims(&town.phone, &riders[1], &round(&seldom), "g").await.status, StatusCode::CREATED);
        let id = seldom["id"].as_str().unwrap();
        let form =
            json!({ "opens_at": now.to_rfc3339(), "closes_at": (now + TimeDelta::days(1)).to_rfc3339(), "total": 9 });
        let more: Value = town.officer.post(&format!("/api/v1/benefit-offers/{id}/rounds"), &form).await.ok();
        let rounds = more["rounds"].as_array().unwrap();
        let other = rounds.iter().find(|one| one["id"] != seldom["rounds"][0]["id"]).unwrap()["id"].as_str().unwrap();
        assert_eq!(claims(&town.phone, &riders[1], other, "h").await.code(), "voucher_waiting");
        let ended: Value = town.officer.post(&format!("/api/v1/benefit-offers/{id}/close"), &json!({})).await.ok();
        assert_eq!(ended["state"], "closed");
        let more = town.officer.post(&format!("/api/v1/benefit-offers/{id}/rounds"), &form).await;
        assert_eq!(more.code(), "offer_not_going_on", "{}", more.json());
        assert_eq!(claims(&town.phone, &riders[2], other, "i").await.code(), "round_over");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_is_given_back_or_runs_out_is_free_again() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..4).await;
        let offer = published(&app, &mut town, 1, &json!({ "hold_hours": 2 })).await;
        let round = &round(&offer);
        let first = claims(&town.phone, &riders[0], round, "a").await.json();
        assert_eq!(claims(&town.phone, &riders[1], round, "b").await.code(), "all_gone");
        let cancel = format!("vouchers/{}/cancel", first["voucher_id"].as_str().unwrap());
        let cancelled = sends(&town.phone, &riders[0], &cancel, "c").await;
        assert_eq!(cancelled.json()["state_label"], "已取消");
        // Sent again it changes nothing, and neither does the claim's own call.
        assert_eq!(sends(&town.phone, &riders[0], &cancel, "c").await.status, StatusCode::OK);
        assert_eq!(claims(&town.phone, &riders[0], round, "a").await.json(), first);
        assert_eq!(sends(&town.phone, &riders[0], &cancel, "d").await.code(), "claim_not_waiting");
        let second = claims(&town.phone, &riders[1], round, "e").await;
        assert_eq!(second.status, StatusCode::CREATED, "{}", second.json());

        // Two hours later it has run out; whoever let it run out had his turn.
        app.pass(TimeDelta::hours(2));
        let path = format!("vouchers/{}/cancel", second.json()["voucher_id"].as_str().unwrap());
        assert_eq!(sends(&town.phone, &riders[1], &path, "too late").await.code(), "claim_not_waiting");
        app.schedule().await;
        let voucher =
            asks(&town.phone, &riders[1], &format!("vouchers/{}", second.json()["voucher_id"].as_str().unwrap())).await;
        assert_eq!((&voucher["state_label"], &voucher["qr_svg"]), (&json!("已过期"), &Value::Null));
        assert_eq!(claims(&town.phone, &riders[1], round, "f").await.code(), "already_had");
        assert_eq!(claims(&town.phone, &riders[2], round, "g").await.status, StatusCode::CREATED);
        let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
        // Who was away for two hours logs in again.
        town.officer = officer(&app, "officer.again", "业务干部", town.county).await;
        let shown: Value = town.officer.get(&path).await.ok();
        assert_eq!((&shown["given"], &shown["redeemed"]), (&json!(1), &json!(0)));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn what_an_event_promised_is_given_once() {
    App::each(&server::programmes(), async |app| {
        let mut hall = crate::join::hall(&app).await;
        let county = hall.county.unwrap();
        let make = async |officer: &mut Client, path: &str, body: Value| -> Value {
            officer.post(&format!("/api/v1/{path}"), &body).await.ok()
        };
        let place = json!({ "organisation_id": county, "name": "红城驿站", "kind": "station", "active": true });
        let place = make(&mut hall.officer, "benefit-partners", place).await;
        let phone = Client::new(server::router(app.house()).unwrap());
        let consent = crate::join::consent(&mut phone.clone(), &hall.code).await;
        let joins = async |n: u32| {
            crate::join::join(&app, phone.clone(), &hall.code, &consent, n).await;
            app.settle().await;
        };
        // One joins before there is an offer, one when it has one piece only.
        joins(101).await;
        let rounds = |total: i64| {
            json!({ "opens_at": "2026-07-01T00:00:00Z", "closes_at": "2026-07-09T00:00:00Z", "total": total })
        };
        let form = json!({
            "organisation_id": county, "kind": "kit", "title": "入会礼包", "unit_fen": 6800, "event_id": hall.event["id"],
            "redeem_from": "2026-07-01", "redeem_until": "2026-07-31", "places": [place["id"]], "rounds": [rounds(1)],
        });
        let offer = make(&mut hall.officer, "benefit-offers", form).await;
        let id = offer["id"].as_str().unwrap().to_owned();
        make(&mut hall.officer, &format!("benefit-offers/{id}/publish"), json!({})).await;
        app.settle().await;
        joins(102).await;
        let counted = async |officer: &mut Client| -> Value {
            let shown: Value = officer.get(&format!("/api/v1/benefit-offers/{id}")).await.ok();
            json!([shown["total"], shown["given"], shown["redeemed"]])
        };
        assert_eq!(counted(&mut hall.officer).await, json!([1, 1, 0]));
        // A further round is given to who still waits, and to nobody twice.
        make(&mut hall.officer, &format!("benefit-offers/{id}/rounds"), rounds(5)).await;
        app.settle().await;
        // Two are told of together.
        crate::join::join(&app, phone.clone(), &hall.code, &consent, 104).await;
        joins(103).await;
        assert_eq!(counted(&mut hall.officer).await, json!([6, 4, 0]));

        // Whoever gets the kit at the hall's table has no voucher any more; whoever redeems gets none at the table.
        let list: Value = hall.officer.get(&format!("/api/v1/benefit-offers/{id}/claims")).await.ok();
        assert_eq!(list["total"], 4);
        let joined: Value =
            hall.officer.get(&format!("/api/v1/events/{}/joins", hall.event["id"].as_str().unwrap())).await.ok();
        let first = &joined["items"][0];
        let kits = format!("events/{}/kits", hall.event["id"].as_str().unwrap());
        make(&mut hall.officer, &kits, json!({ "join_id": first["id"], "gate": "一号台" })).await;
        app.settle().await;
        let used: Value = hall.officer.get(&format!("/api/v1/benefit-offers/{id}/claims?state=redeemed")).await.ok();
        assert_eq!((&used["total"], &used["items"][0]["name"]), (&json!(1), &first["name"]));
        let waiting: Value = hall.officer.get(&format!("/api/v1/benefit-offers/{id}/claims?state=claimed")).await.ok();
        let claim: Id = waiting["items"][0]["id"].as_str().unwrap().parse().unwrap();
        let (code, _) = benefit::redeem::token::issue(&app.caller::<Oneself>(), claim, county).await.unwrap();
        make(&mut hall.officer, "benefit-redemptions", json!({ "partner_id": place["id"], "code": code })).await;
        app.settle().await;
        let joined: Value =
            hall.officer.get(&format!("/api/v1/events/{}/joins", hall.event["id"].as_str().unwrap())).await.ok();
        let mut elsewhere = joined["items"].as_array().unwrap().iter().filter(|row| row["kit_gate"] == "红城驿站");
        let (row, none) = (elsewhere.next().unwrap(), elsewhere.next());
        assert!(none.is_none(), "{joined}");
        let again = hall.officer.post(&format!("/api/v1/{kits}"), &json!({ "join_id": row["id"], "gate": "一号台" })).await;
        assert_eq!(again.code(), "kit_given");
        drop((hall, phone));
    })
    .await;
}
