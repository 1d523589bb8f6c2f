//! A province's stations: what is asked of all of them.

use chrono::TimeDelta;
use kernel::{Id, caller::Find, listing::Paging};
use sea_orm::{DbBackend, QueryTrait, Statement};
use station::{
    days::usage::{UseFilter, look},
    door::{
        DeviceKind,
        alarms::{self, AlarmFilter},
        many::{Fitted, fit_many},
    },
    files::geojson::collection,
    neglect,
    permissions::{ExportStations, KeepStations, SeeStations},
    register::{
        list::{Attention, StationFilter, filtered, list},
        many::{Founded, found_many},
        order::StationSort,
    },
};
use testing::App;

use crate::world::{district, form, person, programmes};

/// So many open stations of a union; their keys.
async fn found(app: &App, union: Id, number: usize) -> Vec<Id> {
    let (caller, master) = (&app.caller::<KeepStations>(), person(app, 1, union).await);
    let one = |n: usize| Founded {
        id: caller.id(),
        form: form(union, &format!("BT-{n:05}")),
        opened_on: caller.today(),
        master,
        post: caller.id(),
        faults: Vec::new(),
    };
    let all: &Vec<Founded> = &(0..number).map(one).collect();
    caller.unit(|unit| async move { found_many(&unit, caller, all).await }).await.unwrap();
    all.iter().map(|one| one.id).collect()
}

#[tokio::test]
async fn the_few_that_want_looking_after_are_found_by_an_index() {
    let app = App::sqlite(&programmes()).await;
    for (question, index) in [
        ("station_alarm WHERE over_at IS NULL AND station_id IN (7, 8)", "station_alarm_lasting"),
        ("station_alarm WHERE over_at IS NULL", "station_alarm_lasting"),
        ("station_alarm WHERE organisation_id IN (7, 8)", "station_alarm_place"),
        ("station_item WHERE works = FALSE", "station_item_works"),
        (
            "station_entry WHERE station_id = 7 AND day BETWEEN '2025-01-01' AND '2026-07-01' AND taken_back IS NULL",
            "station_entry_day",
        ),
        ("station_round WHERE day >= '2026-07-01'", "station_round_on"),
        ("station_gift WHERE closed_at IS NULL AND \"left\" > 0 ORDER BY id DESC LIMIT 30", "station_gift_left"),
        ("station_incident WHERE day < '2026-01-01' AND what_sealed <> ''", "station_incident_told"),
    ] {
        let steps = app.plan(Statement::from_string(DbBackend::Sqlite, format!("SELECT * FROM {question}"))).await;
        assert!(steps[0].contains(index), "{question}: {steps:?}");
    }
}

#[tokio::test]
async fn many_stations_are_not_sorted_for_a_page() {
    let app = App::sqlite(&programmes()).await;
    let union = district(&app).await;
    let context = &app.caller::<SeeStations>().lent(vec![union]);
    for (find, sorts) in [(Find::ByPlace, true), (Find::InOrder, false)] {
        let mut question = filtered(find, context, &StationFilter::default()).build(DbBackend::Sqlite);
        question.sql.push_str(r#" ORDER BY "station_station"."code" LIMIT 51"#);
        let steps = app.plan(question).await;
        assert_eq!(steps.iter().any(|step| step.contains("ORDER BY")), sorts, "{find:?}: {steps:?}");
    }
}

#[tokio::test]
async fn pages_of_a_long_list_of_stations_are_the_list_in_pieces() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let made = found(&app, union, 5_003).await;
        let caller = app.caller::<SeeStations>();
        for sort in [StationSort::Code, StationSort::Newest] {
            let filter = StationFilter { organisation: Some(union), sort: Some(sort), ..StationFilter::default() };
            let (mut cursor, mut seen) = (None, Vec::new());
            loop {
                let page = list(&caller, &filter, &Paging { cursor, limit: Some(200) }).await.unwrap();
                assert_eq!(page.total, 5_003);
                seen.extend(page.items.into_iter().map(|row| row.id));
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            let mut wanted = made.clone();
            if sort == StationSort::Newest {
                wanted.sort_unstable();
                wanted.reverse();
            }
            assert!(seen == wanted, "{sort:?}: {} rows", seen.len());
        }
    })
    .await;
}

#[tokio::test]
async fn the_few_that_open_today_are_found_behind_the_many_that_are_closed() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        found(&app, union, 1_003).await;
        let closed = r#""exceptions":[{"day":"2026-07-01","spans":[],"reason":null}]"#;
        let closes = format!(
            r#"UPDATE station_station SET hours = replace(hours, '"exceptions":[]', '{closed}') WHERE code < 'BT-01001'"#
        );
        app.write(&closes).await;
        let caller = app.caller::<SeeStations>();
        let unchecked = StationFilter { attention: Some(Attention::Unchecked), ..StationFilter::default() };
        let (mut cursor, mut seen) = (None, Vec::new());
        loop {
            let page = list(&caller, &unchecked, &Paging { cursor, limit: Some(1) }).await.unwrap();
            assert_eq!(page.total, 2);
            seen.extend(page.items.into_iter().map(|row| (row.code, row.opens_today)));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, [("BT-01001".to_owned(), true), ("BT-01002".to_owned(), true)]);
        let all = list(&caller, &StationFilter::default(), &Paging::default()).await.unwrap();
        assert!(all.items.iter().all(|row| !row.opens_today && !row.checked_today));
        assert_eq!(look(&caller, &UseFilter::default()).await.unwrap().unchecked, 2);
        let map = collection(&app.caller::<ExportStations>(), &unchecked).await.unwrap();
        assert_eq!(map["features"].as_array().unwrap().len(), 2);

        // On a Sunday nobody is waited for at any of them.
        app.set_clock("2026-07-05T04:00:00Z".parse().unwrap());
        let caller = app.caller::<SeeStations>();
        assert_eq!(list(&caller, &unchecked, &Paging::default()).await.unwrap().total, 0);
        assert_eq!(look(&caller, &UseFilter::default()).await.unwrap().unchecked, 0);
    })
    .await;
}

#[tokio::test]
async fn a_look_round_that_was_missed_climbs_at_each_of_many_stations() {
    App::each(&programmes(), async |app| {
        let noon = |day: &str| format!("2026-07-{day}T04:00:00Z").parse().unwrap();
        app.set_clock(noon("08"));
        let union = district(&app).await;
        found(&app, union, 1_003).await;
        let caller = app.caller::<SeeStations>();
        let neglected = StationFilter { attention: Some(Attention::Neglected), ..StationFilter::default() };
        for (day, wanted) in [("08", 0), ("09", 1_003)] {
            app.set_clock(noon(day));
            neglect::begin(&app.caller::<KeepStations>()).await.unwrap();
            let page = list(&caller, &neglected, &Paging::default()).await.unwrap();
            assert_eq!(page.total, wanted, "July {day}");
            let figures = look(&app.caller::<SeeStations>(), &UseFilter::default()).await.unwrap();
            let standing = (figures.stations, figures.open_now, figures.faulty, figures.unchecked);
            assert_eq!(standing, (1_003, 1_003, 0, 1_003));
        }
    })
    .await;
}

#[tokio::test]
async fn devices_that_fell_silent_are_missed_at_each_of_many_stations() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let stations = found(&app, union, 1_003).await;
        let caller = &app.caller::<KeepStations>();
        let fitted = |(n, station): (usize, &Id)| Fitted {
            id: caller.id(),
            station: *station,
            code: format!("bt-{n}"),
            kind: DeviceKind::Temperature,
            label: "室内温度",
            said: (200, None),
        };
        let devices: &Vec<Fitted> = &stations.iter().enumerate().map(fitted).collect();
        caller.unit(|unit| async move { fit_many(&unit, caller, devices).await }).await.unwrap();
        // Nobody looks round a paused station, so nothing else is told.
        app.write("UPDATE station_station SET state = 'paused'").await;
        let lasting = AlarmFilter { organisation: Some(union), lasting: Some(true), ..AlarmFilter::default() };
        for (minutes, wanted) in [(1, 0), (30, 1_003)] {
            app.pass(TimeDelta::minutes(minutes));
            app.schedule().await;
            let page = alarms::list(&app.caller::<SeeStations>(), &lasting, &Paging::default()).await.unwrap();
            assert_eq!(page.total, wanted, "after {minutes} minutes more");
        }
    })
    .await;
}
