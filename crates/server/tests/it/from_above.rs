//! What a union above offers to people below: their officers read it with their own figures alone, act on none of it, and take
//! back only what is theirs to take back.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use kernel::organisation::Level;
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    amend::amends,
    benefit::{Town, claims, code, lasting, meals, published, round, town, workers},
    roles::{found, officer},
};

const OFFERS: &str = "/api/v1/benefit-offers";

fn path(offer: &Value) -> String {
    format!("{OFFERS}/{}", offer["id"].as_str().unwrap())
}

/// The titles that a list shows, the newest first.
async fn titles(officer: &mut Client, asked: &str) -> Vec<String> {
    let list: Value = officer.get(&format!("{OFFERS}?{asked}")).await.ok();
    list["items"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

/// A round of so many pieces, of which some are set aside.
fn shared_out(app: &App, total: i64, shares: &Value) -> Value {
    let mut rounds = lasting(app, TimeDelta::days(1), total);
    rounds[0]["shares"] = shares.clone();
    rounds
}

/// Stays that are all set aside, tickets for couriers alone, kits with one for the riders, and a draft.
async fn offered(app: &App, town: &mut Town) -> [Value; 4] {
    let riders = |quota: i64| json!({ "organisation_id": town.riders, "quota": quota });
    let couriers = json!({ "organisation_id": town.couriers, "quota": 3 });
    let stays = json!({ "title": "疗休养", "rounds": shared_out(app, 5, &json!([riders(2), couriers])) });
    let tickets = json!({ "title": "观影券", "audience": { "organisations": [town.couriers] } });
    let kits = json!({ "title": "礼包", "rounds": shared_out(app, 4, &json!([riders(1)])) });
    let draft = meals(app, town, 5, &json!({ "title": "草稿", "rounds": shared_out(app, 5, &json!([riders(5)])) }));
    let stays = published(app, town, 5, &stays).await;
    let tickets = published(app, town, 5, &tickets).await;
    let kits = published(app, town, 4, &kits).await;
    let draft: Value = town.officer.post(OFFERS, &draft).await.ok();
    [stays, tickets, kits, draft]
}

#[tokio::test]
async fn officers_below_read_what_is_meant_for_their_people_with_their_own_figures_alone() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let cleaners = found(&app, Some(town.county), "152201B", "保洁员联合工会", Level::Grassroots).await;
        let [stays, tickets, kits, draft] = offered(&app, &mut town).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let couriers = workers(&app, town.couriers, 3..6).await;
        for (worker, offer) in [
            (&riders[0], &stays),
            (&couriers[0], &stays),
            (&couriers[1], &stays),
            (&riders[1], &kits),
            (&couriers[2], &kits),
        ] {
            let claimed = claims(&town.phone, worker, &round(offer), "claim").await;
            assert_eq!(claimed.status, StatusCode::CREATED, "{}", claimed.json());
        }

        let mut below = officer(&app, "riders", "业务干部", town.riders).await;
        assert_eq!(titles(&mut below, "").await, ["礼包", "疗休养"]);
        assert_eq!(titles(&mut below, &format!("organisation={}", town.riders)).await, ["礼包", "疗休养"]);
        assert_eq!(titles(&mut below, "from_above=true&kind=meal").await, ["礼包", "疗休养"]);
        assert_eq!(titles(&mut below, "from_above=false").await, [""; 0]);
        let all = below.get(OFFERS).await;
        assert!(!String::from_utf8_lossy(&all.body).contains("快递员"), "{}", all.json());
        let shown: Value = below.get(&path(&stays)).await.ok();
        assert_eq!(shown, all.json()["items"][1]);
        let own = json!([{ "organisation_id": town.riders, "organisation": "骑手联合工会", "quota": 2, "given": 1 }]);
        let of_round = &shown["rounds"][0];
        assert_eq!((&of_round["shares"], &of_round["shared"]), (&own, &json!(false)), "{shown}");
        assert_eq!((&of_round["total"], &of_round["given"]), (&json!(2), &json!(1)));
        assert_eq!((&shown["total"], &shown["given"]), (&json!(2), &json!(1)));
        assert_eq!((&shown["from_above"], &shown["budget_line"]), (&json!(true), &json!("")));
        assert_eq!(shown["places"][0]["name"], "红城驿站");
        let listed: Value = below.get(&format!("{}/claims", path(&stays))).await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["organisation"]), (&json!(1), &json!("骑手联合工会")));
        // Beside the one that is theirs there are some that the others share, and what those got is not told.
        let shown: Value = below.get(&path(&kits)).await.ok();
        assert_eq!((&shown["total"], &shown["given"]), (&json!(1), &json!(1)), "{shown}");
        assert_eq!(shown["rounds"][0]["shared"], false);
        for hidden in [&tickets, &draft] {
            assert_eq!(below.get(&path(hidden)).await.status, StatusCode::NOT_FOUND);
            assert_eq!(below.get(&format!("{}/claims", path(hidden))).await.status, StatusCode::NOT_FOUND);
        }

        // The sister unions: one has a share and an offer of its own people's, the other what is everybody's.
        let mut beside = officer(&app, "couriers", "业务干部", town.couriers).await;
        assert_eq!(titles(&mut beside, "").await, ["礼包", "观影券", "疗休养"]);
        let shown: Value = beside.get(&path(&tickets)).await.ok();
        assert_eq!((&shown["total"], &shown["rounds"][0]["shares"]), (&json!(0), &json!([])), "{shown}");
        assert_eq!(shown["rounds"][0]["shared"], true);
        let mut without = officer(&app, "cleaners", "业务干部", cleaners).await;
        assert_eq!(titles(&mut without, "").await, ["礼包"]);
        let shown: Value = without.get(&path(&kits)).await.ok();
        assert_eq!((&shown["total"], &shown["given"]), (&json!(0), &json!(0)), "{shown}");
        assert_eq!((&shown["rounds"][0]["shared"], &shown["rounds"][0]["shares"]), (&json!(true), &json!([])));
        assert_eq!(without.get(&path(&stays)).await.status, StatusCode::NOT_FOUND);
        let listed: Value = without.get(&format!("{}/claims", path(&kits))).await.ok();
        assert_eq!(listed["total"], 0);

        // The union that offers sees all, and nothing comes from above.
        let shown: Value = town.officer.get(&path(&stays)).await.ok();
        assert_eq!((&shown["total"], &shown["given"], &shown["from_above"]), (&json!(5), &json!(3), &json!(false)));
        assert_eq!(titles(&mut town.officer, "from_above=true").await, [""; 0]);
        assert_eq!(titles(&mut town.officer, &format!("organisation={}", town.riders)).await, [""; 0]);
        drop((town, below, beside, without));
    })
    .await;
}

/// What an officer may do with an offer of his own union.
async fn acts(app: &App, town: &Town, officer: &mut Client, (offer, claim): (&Value, &str)) -> Vec<Answer> {
    let own = path(offer);
    let form = meals(app, town, 5, &json!({}));
    let more = lasting(app, TimeDelta::days(1), 1)[0].clone();
    let amended = json!({ "description": "一荤两素。", "redeem_until": "2026-08-10" });
    let mut answers = vec![officer.put(&own, &form).await, amends(officer, offer, &amended).await];
    answers.push(officer.send(Method::DELETE, &own, &[], axum::body::Body::empty()).await);
    for (at, body) in [
        (format!("{own}/publish"), json!({})),
        (format!("{own}/close"), json!({})),
        (format!("{own}/rounds"), more),
        (format!("{own}/void"), json!({ "reason": "不发了" })),
        (format!("{own}/exports"), json!({ "format": "csv", "filter": {} })),
        (format!("/api/v1/benefit-rounds/{}/pool", round(offer)), json!({ "organisation_id": town.riders })),
        (format!("/api/v1/benefit-claims/{claim}/void"), json!({ "reason": "不发了" })),
        (
            "/api/v1/benefit-redemptions/exports".to_owned(),
            json!({ "format": "csv", "filter": { "offer": offer["id"] } }),
        ),
    ] {
        answers.push(officer.post(&at, &body).await);
    }
    for at in ["budget", "batches"] {
        answers.push(officer.get(&format!("{own}/{at}")).await);
    }
    answers
}

#[tokio::test]
async fn officers_below_act_on_nothing_that_a_union_above_offers() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let [.., kits, _] = offered(&app, &mut town).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let claim = claims(&town.phone, rider, &round(&kits), "claim").await.json();
        let claim = claim["voucher_id"].as_str().unwrap();
        let mut below = officer(&app, "riders", "业务干部", town.riders).await;
        assert_eq!(below.get(&path(&kits)).await.status, StatusCode::OK);
        for answer in acts(&app, &town, &mut below, (&kits, claim)).await {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.json());
        }
        let shown: Value = town.officer.get(&path(&kits)).await.ok();
        assert_eq!((&shown["state"], &shown["total"], &shown["given"]), (&json!("published"), &json!(4), &json!(1)));
        drop((town, below));
    })
    .await;
}

#[tokio::test]
async fn who_redeems_at_the_place_or_offers_takes_a_redemption_back_and_the_members_union_does_not() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let form = json!({ "organisation_id": town.riders, "name": "骑手之家", "kind": "other", "active": true });
        let home: Value = town.officer.post("/api/v1/benefit-partners", &form).await.ok();
        let places = json!({ "places": [town.place["id"], home["id"]] });
        let offer = published(&app, &mut town, 5, &places).await;
        let mut riders = officer(&app, "riders", "业务干部", town.riders).await;
        let mut couriers = officer(&app, "couriers", "业务干部", town.couriers).await;
        let rider = &workers(&app, town.riders, 1..2).await[0];
        let courier = &workers(&app, town.couriers, 2..3).await[0];
        let of_rider = claims(&town.phone, rider, &round(&offer), "a").await.json();
        let of_courier = claims(&town.phone, courier, &round(&offer), "b").await.json();
        let back =
            |voucher: &Value| format!("/api/v1/benefit-claims/{}/take-back", voucher["voucher_id"].as_str().unwrap());
        let why = json!({ "reason": "误扫" });

        // Handed over at the county's place, of what the county pays: the rider's union takes nothing back of it.
        let scan = json!({ "partner_id": town.place["id"], "code": code(&app, &of_rider, &town).await });
        let _: Value = town.officer.post("/api/v1/benefit-redemptions", &scan).await.ok();
        let listed: Value = riders.get("/api/v1/benefit-redemptions").await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["is_own"]), (&json!(1), &json!(false)), "{listed}");
        assert_eq!(riders.post(&back(&of_rider), &why).await.status, StatusCode::NOT_FOUND);
        let listed: Value = town.officer.get("/api/v1/benefit-redemptions").await.ok();
        assert_eq!(listed["items"][0]["is_own"], true);
        assert_eq!(town.officer.post(&back(&of_rider), &why).await.ok::<Value>()["state"], "claimed");

        // Handed over at the riders' place, to another union's member: who redeemed there takes his mistake back, once.
        let scan = json!({ "partner_id": home["id"], "code": code(&app, &of_courier, &town).await });
        let _: Value = riders.post("/api/v1/benefit-redemptions", &scan).await.ok();
        assert_eq!(couriers.post(&back(&of_courier), &why).await.status, StatusCode::NOT_FOUND);
        assert_eq!(riders.post(&back(&of_courier), &why).await.ok::<Value>()["state"], "claimed");
        assert_eq!(riders.post(&back(&of_courier), &why).await.code(), "not_redeemed");
        assert_eq!(couriers.post(&back(&of_courier), &why).await.status, StatusCode::NOT_FOUND);
        // The union that offers takes back what was handed over at a place below.
        let _: Value = riders.post("/api/v1/benefit-redemptions", &scan).await.ok();
        assert_eq!(town.officer.post(&back(&of_courier), &why).await.ok::<Value>()["state"], "claimed");
        let shown: Value = town.officer.get(&path(&offer)).await.ok();
        assert_eq!((&shown["given"], &shown["redeemed"]), (&json!(2), &json!(0)));
        drop((town, riders, couriers));
    })
    .await;
}
