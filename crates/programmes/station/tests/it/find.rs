use chrono::TimeDelta;
use kernel::permission::LoggedIn;
use serde_json::{Value, json};
use station::{
    find::{Finder, nearest, search},
    permissions::KeepStations,
    register::{
        change::change,
        form::{StationAccess, StationForm},
        state::{StationPause, pause},
    },
    rules::hours::OpeningHours,
};
use testing::App;

use crate::world::{district, form, open_station, position, programmes, station};

/// The numbers on the signs of the stations that are found, the nearest first.
async fn found(app: &App, finder: &Finder, asked: Value) -> Vec<String> {
    let mut all = json!({ "longitude": 110.046, "latitude": 40.576, "system": "gcj02" });
    all.as_object_mut().unwrap().extend(asked.as_object().unwrap().clone());
    let query = serde_json::from_value(all).unwrap();
    let near = nearest(&app.caller::<LoggedIn>(), finder, &query).await.unwrap();
    near.into_iter().map(|near| near.code).collect()
}

async fn refused(app: &App, finder: &Finder, asked: Value) -> String {
    let query = serde_json::from_value(asked).unwrap();
    nearest(&app.caller::<LoggedIn>(), finder, &query).await.unwrap_err().fields.first().unwrap().field.to_string()
}

#[tokio::test]
async fn the_nearest_open_station_with_a_microwave_is_found_by_every_process() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        // Each process has a finder of its own on the same tables.
        let (one, other) = (Finder::default(), Finder::default());
        assert!(found(&app, &one, json!({})).await.is_empty());
        let (near, _) = open_station(&app, union, "BT-001", 1).await;
        station(&app, union, "BT-002").await;
        let (far, _) = open_station(&app, union, "BT-003", 2).await;
        let moved = StationForm {
            position: Some(serde_json::from_value(json!({ "longitude": 110.056, "latitude": 40.576 })).unwrap()),
            items: vec!["microwave".into(), "aed".into()],
            access: StationAccess::Members,
            ..form(union, "BT-003")
        };
        let keeper = app.caller::<KeepStations>();
        change(&keeper, far.id, &kernel::etag::IfMatch::version(far.version), moved).await.unwrap();
        // What is being prepared is no station to go to.
        for finder in [&one, &other] {
            assert_eq!(found(&app, finder, json!({})).await, ["BT-001", "BT-003"]);
            assert_eq!(found(&app, finder, json!({ "items": "microwave,aed", "open": true })).await, ["BT-003"]);
            assert_eq!(found(&app, finder, json!({ "limit": 1 })).await, ["BT-001"]);
            assert_eq!(found(&app, finder, json!({ "within": 300 })).await, ["BT-001"]);
        }
        let query = json!({ "longitude": 110.046, "latitude": 40.576, "system": "gcj02", "show": "bd09" });
        let told = nearest(&keeper, &one, &serde_json::from_value(query).unwrap()).await.unwrap();
        assert_eq!((told[0].metres, told[0].walking_minutes, told[0].now.text.as_str()), (0, 0, "开放中，至18:00"));
        assert!((1_100..2_500).contains(&told[1].metres) && told[1].walking_minutes > 20);
        assert_eq!(told[0].position.system, places::System::Bd09);
        assert_eq!([told[0].access, told[1].access], [StationAccess::Everyone, StationAccess::Members]);
        assert!(told[0].items.iter().any(|item| item.label == "微波炉" && item.works && !item.unconfirmed));
        assert!(told[0].maps.amap.contains("110.0460000%2C40.5760000"), "{}", told[0].maps.amap);

        let rest = StationPause { reason: "设备检修".into(), from: None, until: None };
        pause(&keeper, near.id, &rest).await.unwrap();
        for finder in [&one, &other] {
            assert_eq!(found(&app, finder, json!({ "open": true })).await, ["BT-003"]);
            assert_eq!(found(&app, finder, json!({})).await, ["BT-001", "BT-003"]);
        }
        // Wednesday, nine in the morning; it closes at six.
        assert_eq!(found(&app, &one, json!({ "open_for": 540 })).await, ["BT-003"]);
        assert!(found(&app, &one, json!({ "open_for": 541 })).await.is_empty());
        app.pass(TimeDelta::hours(10));
        assert!(found(&app, &one, json!({ "open": true })).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_lies_on_the_way_is_found_and_what_lies_behind_or_aside_is_not() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (keeper, finder) = (app.caller::<KeepStations>(), Finder::default());
        for (n, code, longitude, latitude) in
            [(1, "BT-001", "110.046", "40.576"), (2, "BT-002", "110.066", "40.577"), (3, "BT-003", "110.046", "40.606")]
        {
            let (made, _) = open_station(&app, union, code, n).await;
            let place = format!(r#"{{ "longitude": {longitude}, "latitude": {latitude}, "system": "gcj02" }}"#);
            let moved = StationForm { position: Some(serde_json::from_str(&place).unwrap()), ..form(union, code) };
            change(&keeper, made.id, &kernel::etag::IfMatch::version(made.version), moved).await.unwrap();
        }
        let way = |to: f64| json!({ "longitude": 110.03, "to_longitude": to, "to_latitude": 40.576 });
        assert_eq!(found(&app, &finder, way(110.08)).await, ["BT-001", "BT-002"]);
        assert!(found(&app, &finder, way(110.0)).await.is_empty());
        // The other way round the other one comes first.
        let back = json!({ "longitude": 110.08, "to_longitude": 110.03, "to_latitude": 40.576 });
        assert_eq!(found(&app, &finder, back).await, ["BT-002", "BT-001"]);
        let asked = json!({
            "longitude": 110.03, "latitude": 40.576, "system": "gcj02", "to_longitude": 110.08, "to_latitude": 40.576,
        });
        let told = nearest(&keeper, &finder, &serde_json::from_value(asked).unwrap()).await.unwrap();
        let detours: Vec<Option<u64>> = told.iter().map(|near| near.detour_metres).collect();
        assert!(matches!(detours.as_slice(), [Some(0..=5), Some(5..=50)]), "{detours:?}");
        let nowhere = json!({ "longitude": 110, "latitude": 40, "to_longitude": 40, "to_latitude": 110 });
        assert_eq!(refused(&app, &finder, nowhere).await, "to_latitude");
        let too_far = json!({ "longitude": 110, "latitude": 40, "to_longitude": 110, "to_latitude": 40.91 });
        assert_eq!(refused(&app, &finder, too_far).await, "to_latitude");
        let far = json!({ "to_longitude": 110.046, "to_latitude": 41.46 });
        assert_eq!(found(&app, &finder, far).await, ["BT-001", "BT-003"]);
    })
    .await;
}

#[tokio::test]
async fn a_station_that_pauses_tomorrow_stays_open_until_midnight() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (keeper, finder) = (app.caller::<KeepStations>(), Finder::default());
        let (made, _) = open_station(&app, union, "BT-001", 1).await;
        let always = StationForm { hours: OpeningHours::read("每天 00:00-24:00").unwrap(), ..form(union, "BT-001") };
        change(&keeper, made.id, &kernel::etag::IfMatch::version(made.version), always).await.unwrap();
        let [from, until] = ["2026-07-02", "2026-07-03"].map(|day| Some(day.parse().unwrap()));
        let rest = StationPause { reason: "线路检修".into(), from, until };
        pause(&keeper, made.id, &rest).await.unwrap();
        app.pass(TimeDelta::minutes(14 * 60 + 30));
        assert_eq!(found(&app, &finder, json!({ "open_for": 30 })).await, ["BT-001"]);
        assert!(found(&app, &finder, json!({ "open_for": 31 })).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_has_bounds() {
    App::each(&programmes(), async |app| {
        let (finder, here) = (Finder::default(), json!({ "longitude": 110, "latitude": 40 }));
        for (field, value) in [("limit", json!(51)), ("within", json!(100_001)), ("open_for", json!(721))] {
            let mut asked = here.clone();
            asked[field] = value;
            assert_eq!(refused(&app, &finder, asked).await, field);
        }
        let mut asked = here.clone();
        asked["items"] = json!("microwave,咖啡机");
        assert_eq!(refused(&app, &finder, asked).await, "items");
        assert_eq!(refused(&app, &finder, json!({ "longitude": 40, "latitude": 110 })).await, "latitude");
    })
    .await;
}

#[tokio::test]
async fn places_are_found_by_name() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let finder = Finder::default();
        open_station(&app, union, "BT-001", 1).await;
        let caller = app.caller::<LoggedIn>();
        let places = async |asked: Value| {
            let found = search(&caller, &finder, &serde_json::from_value(asked).unwrap()).await.unwrap();
            assert!(found.items.iter().any(|item| item.code == "microwave"));
            found.places.into_iter().map(|place| place.name).collect::<Vec<_>>()
        };
        assert_eq!(places(json!({})).await, ["东河区"]);
        assert_eq!(places(json!({ "q": "东河" })).await, ["东河区", "东河驿站BT-001"]);
        assert_eq!(places(json!({ "q": "巴彦塔拉" })).await, ["东河驿站BT-001"]);
        assert_eq!(places(json!({ "q": "建设银行" })).await, ["东河驿站BT-001"]);
        assert!(places(json!({ "q": "昆都仑" })).await.is_empty());
        let query = json!({ "q": "东河区", "system": "gcj02" });
        let found = search(&caller, &finder, &serde_json::from_value(query).unwrap()).await.unwrap();
        assert_eq!((found.places[0].position, &*found.places[0].address), (position("gcj02"), "1个驿站"));
        assert_eq!(found.places[0].division.as_deref(), Some("150202"));
    })
    .await;
}
