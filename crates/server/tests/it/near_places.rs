//! The places at which a voucher is good, as its holder reads them: what lies near him first.

use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    benefit::{Town, asks, claims, published, round, workers},
    roles::{found, officer},
};

/// A place kept by a union.
async fn kept(officer: &mut Client, union: Id, name: &str) -> Value {
    let form = json!({ "organisation_id": union, "name": name, "kind": "canteen", "active": true });
    officer.post("/api/v1/benefit-partners", &form).await.ok()
}

#[tokio::test]
async fn the_places_of_a_voucher_stand_by_their_nearness_to_its_holder() {
    App::each(&server::programmes(), async |app| {
        let league = found(&app, None, "1522", "兴安盟总工会", Level::Prefecture).await;
        let here = found(&app, Some(league), "152201", "乌兰浩特市总工会", Level::County).await;
        let there = found(&app, Some(league), "152202", "阿尔山市总工会", Level::County).await;
        let riders = found(&app, Some(here), "152201R", "骑手联合工会", Level::Grassroots).await;
        let couriers = found(&app, Some(there), "152202K", "快递员联合工会", Level::Grassroots).await;
        let mut officer = officer(&app, "officer", "业务干部", league).await;
        // In Chinese signs' own order, the far ones come first.
        let far = kept(&mut officer, couriers, "一号食堂").await;
        let wide = kept(&mut officer, league, "丁香餐厅").await;
        let city = kept(&mut officer, here, "七里餐厅").await;
        let near = kept(&mut officer, here, "三里餐厅").await;
        let own = kept(&mut officer, riders, "骑手食堂").await;
        let phone = Client::new(server::router(app.house()).unwrap());
        let mut town = Town { county: league, riders, couriers, officer, place: far.clone(), phone };
        let all: Vec<&Value> = [&wide, &far, &city, &own, &near].map(|place| &place["id"]).into();
        let offer = published(&app, &mut town, 5, &json!({ "places": all })).await;

        let shown = async |union: Id, n: u32| {
            let worker = &workers(&app, union, n..n + 1).await[0];
            let offered = asks(&town.phone, worker, "benefits").await[0]["places"].clone();
            let had = claims(&town.phone, worker, &round(&offer), &n.to_string()).await.json();
            let voucher = asks(&town.phone, worker, &format!("vouchers/{}", had["voucher_id"].as_str().unwrap())).await;
            let names: Vec<Value> =
                voucher["places"].as_array().unwrap().iter().map(|place| place["name"].clone()).collect();
            assert_eq!(offered, json!(names[..4]), "what is offered names the first in the same order");
            json!(names)
        };
        let rider = shown(riders, 1).await;
        assert_eq!(rider, json!(["骑手食堂", "七里餐厅", "三里餐厅", "一号食堂", "丁香餐厅"]));
        let courier = shown(couriers, 2).await;
        assert_eq!(courier, json!(["一号食堂", "丁香餐厅", "七里餐厅", "三里餐厅", "骑手食堂"]));
        drop(town);
    })
    .await;
}
