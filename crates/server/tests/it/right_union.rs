//! Which union takes in who joins by phone: found by his platform, then by his district, then the one that holds the event.

use axum::http::StatusCode;
use chrono::TimeDelta;
use kernel::{
    Id,
    organisation::{
        Level,
        permissions::ManageWorkforce,
        platform::{
            self, Rank,
            branch::{self, BranchForm},
            keep::PlatformForm,
        },
    },
    permission::LoggedIn,
};
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    join::{consent, filled},
    roles::{found, officer},
};

async fn company(app: &App, name: &str) -> Id {
    let form = PlatformForm { name: name.into(), rank: Rank::Head, credit_code: None };
    platform::keep::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap().id
}

async fn add_branch(app: &App, platform_id: Id, (organisation_id, union): (Id, Id), closed: Option<&str>) {
    let form = BranchForm {
        platform_id,
        organisation_id,
        name: "站点".into(),
        union_organisation_id: Some(union),
        union_since: Some("2026-01-01".parse().unwrap()),
        opened_on: None,
        closed_on: closed.map(|day| day.parse().unwrap()),
    };
    branch::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap();
}

/// Makes an event, and answers its code.
async fn event(app: &App, officer: &mut Client, holder: Id, unions: &[Id]) -> String {
    let now = app.caller::<LoggedIn>().now();
    let form = json!({
        "organisation_id": holder, "title": "集中入会", "place": "工人文化宫", "unions": unions, "gifts": [],
        "starts_at": (now - TimeDelta::hours(1)).to_rfc3339(), "ends_at": (now + TimeDelta::hours(5)).to_rfc3339(),
        "kits_total": 0, "approves_at_once": true,
    });
    let made: Value = officer.post("/api/v1/events", &form).await.ok();
    made["code"].as_str().unwrap().to_owned()
}

/// Joins, and answers the union's name, or those among which he must choose.
async fn joined(app: &App, code: &str, n: u32, told: (Option<Id>, Option<Id>)) -> Result<Value, Value> {
    let mut phone = Client::new(server::router(app.house()).unwrap());
    let consent = consent(&mut phone, code).await;
    let mut form = filled(app, &mut phone, (code, &consent), n).await;
    form["platform_id"] = json!(told.0);
    form["district_id"] = json!(told.1);
    let answer = phone.post(&format!("/api/v1/public/events/{code}/join"), &form).await;
    let json = answer.json();
    if answer.status == StatusCode::OK {
        return Ok(json["organisation"].clone());
    }
    assert_eq!(json["code"], "union_unclear", "{json}");
    Err(json["extra"]["unions"].clone())
}

#[tokio::test]
async fn the_right_union_is_found_by_platform_then_district_then_holder() {
    App::each(&server::programmes(), async |app| {
        let city = found(&app, None, "150200", "包头市总工会", Level::Prefecture).await;
        let east = found(&app, Some(city), "150202", "东河区总工会", Level::County).await;
        let west = found(&app, Some(city), "150203", "昆都仑区总工会", Level::County).await;
        let eastern = found(&app, Some(east), "150202-F", "东河骑手联合工会", Level::Grassroots).await;
        let western = found(&app, Some(west), "150203-F", "昆都仑骑手联合工会", Level::Grassroots).await;
        let parcels = found(&app, Some(east), "150202-P", "东河快递员联合工会", Level::Grassroots).await;
        let (food, courier, taxi) =
            (company(&app, "示例外卖").await, company(&app, "示例快递").await, company(&app, "示例网约车").await);
        add_branch(&app, food, (east, eastern), None).await;
        add_branch(&app, food, (west, western), None).await;
        add_branch(&app, courier, (east, parcels), None).await;
        // One that was closed finds nobody.
        add_branch(&app, courier, (west, western), Some("2026-06-01")).await;
        let mut officer = officer(&app, "officer", "业务干部", city).await;
        let all = [eastern, western, parcels];
        let code = event(&app, &mut officer, city, &all).await;

        let public = format!("/api/v1/public/events/{code}");
        let seen: Value = Client::new(server::router(app.house()).unwrap()).get(&public).await.ok();
        let shown = seen["unions"].as_array().unwrap().iter();
        let shown: Vec<_> = shown.map(|one| (one["district_id"].clone(), one["platforms"].clone())).collect();
        let told = |district: Id, platforms: &[Id]| (json!(district), json!(platforms));
        assert_eq!(shown, [told(east, &[food]), told(west, &[food]), told(east, &[courier])]);

        let named = |name: &str| Ok(json!(name));
        let asked = |unions: &[Id]| Err(json!(unions));
        for (n, told, wanted) in [
            (1, (Some(courier), None), named("东河快递员联合工会")),
            (2, (Some(food), Some(west)), named("昆都仑骑手联合工会")),
            (3, (None, Some(west)), named("昆都仑骑手联合工会")),
            (4, (Some(food), None), asked(&[eastern, western])),
            (5, (None, Some(east)), asked(&[eastern, parcels])),
            (6, (Some(taxi), None), asked(&all)),
            (7, (None, None), asked(&all)),
        ] {
            assert_eq!(joined(&app, &code, n, told).await, wanted, "{n}");
        }

        // A union that holds the event takes in whom no other is found for, unless the platform tells that he is another's.
        let own = event(&app, &mut officer, parcels, &all).await;
        assert_eq!(joined(&app, &own, 8, (None, None)).await, named("东河快递员联合工会"));
        assert_eq!(joined(&app, &own, 9, (Some(food), None)).await, asked(&[eastern, western]));
        app.settle().await;
    })
    .await;
}
