//! The list of kinds of benefits: added to, renamed and retired by whoever keeps the whole tree.

use axum::http::Method;
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    benefit::{meals, published, town},
    roles::officer,
};

const PATH: &str = "/api/v1/benefit-kinds";

fn says(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

async fn puts(officer: &mut Client, code: &str, version: i64, form: &Value) -> Answer {
    let version = format!("\"{version}\"");
    officer.send_json(Method::PUT, &format!("{PATH}/{code}"), &[("if-match", &version)], form).await
}

#[tokio::test]
async fn kinds_are_added_renamed_and_retired_from_the_top() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let form =
            json!({ "label": "电影票", "unit": "张", "fact_kind": "benefit_ticket", "offered": true, "sort": 20 });
        let new = |over: Value| {
            let mut new = form.clone();
            new["code"] = json!("film_ticket");
            new.as_object_mut().unwrap().extend(over.as_object().unwrap().clone());
            new
        };
        // Bad input names its fields, all at once.
        let empty = new(json!({ "label": " ", "unit": " ", "fact_kind": "film" }));
        let refused = town.officer.post(PATH, &empty).await.json();
        let fields: Vec<&str> =
            refused["fields"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["label", "unit", "fact_kind"], "{refused}");
        for code in ["", "Film", "_film", "film-ticket", &"f".repeat(41)] {
            let refused = town.officer.post(PATH, &new(json!({ "code": code }))).await;
            assert_eq!(
                (refused.status.as_u16(), &refused.json()["fields"][0]["field"]),
                (422, &json!("code")),
                "{code}"
            );
        }
        let made = town.officer.post(PATH, &new(json!({}))).await;
        assert_eq!((made.status.as_u16(), &made.json()["version"]), (201, &json!(1)), "{}", made.json());
        assert_eq!(says(&town.officer.post(PATH, &new(json!({}))).await), (409, "kind_taken".into()));

        // It is everyone's list: below the top nobody changes it, and whoever only looks may not try.
        let mut below = officer(&app, "below", "业务干部", town.riders).await;
        let other = new(json!({ "code": "other_film" }));
        assert_eq!(says(&below.post(PATH, &other).await), (403, "not_whole".into()));
        assert_eq!(says(&puts(&mut below, "film_ticket", 1, &form).await), (403, "not_whole".into()));
        let mut leader = officer(&app, "leader", "只读领导", town.county).await;
        assert_eq!(says(&puts(&mut leader, "film_ticket", 1, &form).await), (403, "forbidden".into()));

        // Renamed once, by who saw it as it is.
        let mut renamed = form.clone();
        renamed["label"] = json!("观影券");
        let kept: Value = puts(&mut town.officer, "film_ticket", 1, &renamed).await.ok();
        assert_eq!((&kept["label"], &kept["version"]), (&json!("观影券"), &json!(2)));
        assert_eq!(puts(&mut town.officer, "film_ticket", 1, &form).await.status, 412);
        assert_eq!(puts(&mut town.officer, "no_such_kind", 1, &form).await.status, 404);
        renamed["unit"] = json!("");
        assert_eq!(puts(&mut town.officer, "film_ticket", 2, &renamed).await.status, 422);

        // Retired, no offer is made of it any more; what it counts as may still change, for there never was one.
        let retired = json!({ "label": "观影券", "unit": "张", "fact_kind": "benefit_given", "offered": false });
        let kept: Value = puts(&mut town.officer, "film_ticket", 2, &retired).await.ok();
        assert_eq!((&kept["offered"], &kept["fact_kind"]), (&json!(false), &json!("benefit_given")));
        let offer = meals(&app, &town, 1, &json!({ "kind": "film_ticket" }));
        let refused = town.officer.post("/api/v1/benefit-offers", &offer).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["fields"][0]["field"]), (422, &json!("kind")));
        published(&app, &mut town, 1, &json!({})).await;
        let counted = json!({ "label": "爱心餐", "unit": "份", "fact_kind": "benefit_given", "offered": true });
        let refused = puts(&mut town.officer, "meal", 1, &counted).await.json();
        assert_eq!(refused["fields"][0]["code"], "kind_in_use", "{refused}");
        let list: Value = town.officer.get(PATH).await.ok();
        assert!(list.as_array().unwrap().iter().any(|kind| kind["code"] == "film_ticket"), "{list}");
        drop((town, below, leader));
    })
    .await;
}
