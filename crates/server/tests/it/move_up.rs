//! What somebody who was drawn gives back goes to the next lot of its share, and anybody can see that it did.

use std::collections::BTreeMap;

use benefit::rules::draw::lot;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::{App, people};

use crate::{
    benefit::{Town, Worker, asks, claims, drawn, enters, published, round, sends, town, workers},
    roles::officer,
};

/// Puts the names of people in and has them drawn: in the order of their lots, the numbers of their names and of their people.
async fn lots(app: &App, town: &Town, people: &[Worker], round: &str) -> Vec<(String, usize)> {
    let mut named = Vec::new();
    for (who, one) in people.iter().enumerate() {
        let put = enters(&town.phone, one, round, &format!("{who}")).await;
        named.push((put["entry_id"].as_str().unwrap().to_owned(), who));
    }
    app.pass(TimeDelta::minutes(62));
    app.schedule().await;
    let draw: Value = town.phone.clone().get(&format!("/api/v1/public/draws/{round}")).await.ok();
    let said = |field: &str| draw[field].as_str().unwrap().to_owned();
    let lots = named.into_iter().map(|(name, who)| {
        let of = lot(&said("seed"), &said("list_hash"), name.parse().unwrap());
        (of, (name, who))
    });
    lots.collect::<BTreeMap<_, _>>().into_values().collect()
}

#[tokio::test]
async fn what_is_given_back_goes_to_the_next_lot() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..6).await;
        let offer = published(&app, &mut town, 1, &drawn(&app, TimeDelta::hours(1), 1)).await;
        let round = &round(&offer);
        let order = lots(&app, &town, &riders, round).await;
        let mut anybody = town.phone.clone();
        let rider = |place: usize| -> &Worker { &riders[order[place].1] };
        let mine = async |place: usize| asks(&town.phone, rider(place), "benefits").await[0].clone();
        let gives_back = async |place: usize| {
            let voucher = mine(place).await["voucher_id"].as_str().unwrap().to_owned();
            let answer = sends(&town.phone, rider(place), &format!("vouchers/{voucher}/cancel"), &voucher).await;
            assert!(answer.status.is_success(), "{}", answer.json());
            app.settle().await;
        };
        let told = |place: usize| app.sms().texts(&people::phone(u32::try_from(order[place].1).unwrap() + 1));

        assert!(told(0).iter().any(|text| text.contains("夏日爱心餐”已中签")), "{:?}", told(0));
        // The second has become nameless, so the piece goes to the third, who is told; and from him to the fourth.
        app.erase(rider(1).id).await;
        gives_back(0).await;
        assert_eq!(mine(0).await["state"], "given_back");
        assert_eq!(mine(2).await["state"], "had");
        assert_eq!(mine(3).await["state"], "lost");
        assert!(told(2).iter().any(|text| text.contains("夏日爱心餐") && text.contains("递补")), "{:?}", told(2));
        assert_eq!((told(0).len(), told(3).len()), (1, 0));
        gives_back(2).await;
        assert_eq!(mine(3).await["state"], "had");

        // Once the offer is ended nobody moves up any more.
        town.officer = officer(&app, "officer.late", "业务干部", town.county).await;
        let path = format!("/api/v1/benefit-offers/{}", offer["id"].as_str().unwrap());
        let _: Value = town.officer.post(&format!("{path}/close"), &json!({})).await.ok();
        gives_back(3).await;
        assert_eq!(mine(4).await["state"], "lost");
        let list = anybody.get(&format!("/api/v1/public/draws/{round}/list")).await;
        let list = String::from_utf8(list.body.to_vec()).unwrap();
        let became = |place: usize| {
            let line = list.lines().find(|line| line.starts_with(&order[place].0)).unwrap();
            line.split(' ').nth(2).unwrap_or_default().to_owned()
        };
        assert_eq!([0, 1, 2, 3, 4].map(became), ["won", "passed", "moved_up", "moved_up", ""]);
        let shown: Value = town.officer.get(&path).await.ok();
        assert_eq!(shown["given"], 0, "{shown}");
        drop((town, anybody));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_used_in_time_goes_to_the_next_lot() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let mut over = drawn(&app, TimeDelta::hours(1), 1);
        over["hold_hours"] = json!(2);
        let offer = published(&app, &mut town, 1, &over).await;
        for (n, rider) in riders.iter().enumerate() {
            enters(&town.phone, rider, &round(&offer), &format!("{n}")).await;
        }
        app.pass(TimeDelta::minutes(62));
        app.schedule().await;
        let state = async |rider: &Worker| asks(&town.phone, rider, "benefits").await[0]["state"].clone();
        let next = if state(&riders[0]).await == "lost" { &riders[0] } else { &riders[1] };
        assert_eq!(state(next).await, "lost");
        app.pass(TimeDelta::hours(2));
        app.schedule().await;
        assert_eq!(state(next).await, "had");
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn who_got_the_same_elsewhere_meanwhile_is_passed_over() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..4).await;
        let meals = round(&published(&app, &mut town, 5, &json!({})).await);
        let mut over = drawn(&app, TimeDelta::hours(1), 1);
        over["audience"] = json!({ "months_between": 12 });
        let round = &round(&published(&app, &mut town, 1, &over).await);
        let order = lots(&app, &town, &riders, round).await;
        let rider = |place: usize| -> &Worker { &riders[order[place].1] };
        let mine = async |place: usize| {
            let shown = asks(&town.phone, rider(place), "benefits").await;
            shown.as_array().unwrap().iter().find(|offer| offer["round_id"] == *round).unwrap().clone()
        };
        let claimed = claims(&town.phone, rider(1), &meals, "meal").await;
        assert_eq!(claimed.status, 201, "{}", claimed.json());
        let voucher = mine(0).await["voucher_id"].as_str().unwrap().to_owned();
        let back = sends(&town.phone, rider(0), &format!("vouchers/{voucher}/cancel"), "back").await;
        assert!(back.status.is_success(), "{}", back.json());
        app.settle().await;
        assert_eq!(mine(2).await["state"], "had");
        drop(town);
    })
    .await;
}
