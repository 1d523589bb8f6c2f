//! Each figure of use opens to the entries that make it up.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate};
use kernel::{caller::Find, listing::Paging, organisation::Level};
use sea_orm::{DbBackend, QueryTrait};
use station::{
    days::{
        ranks::{self, RankFilter},
        records::{RECORDS, RecordFilter, filtered, list},
        take_back::{EntryTakeBack, take_back},
        usage::{UseFigure, UseFilter, look},
    },
    permissions::{CorrectEntries, SeeStations},
    rules::blocks::Period,
};
use testing::App;

use crate::{
    usage::{write, written},
    world::{district, found, open_station, programmes},
};

/// What the records behind a figure add up to, page by page; a file has as many rows.
async fn behind(app: &App, filter: &RecordFilter) -> i64 {
    let (caller, mut cursor, mut sum, mut seen) = (app.caller::<SeeStations>(), None, 0, BTreeSet::new());
    loop {
        let page = list(&caller, filter, &Paging { cursor, limit: Some(20) }).await.unwrap();
        for record in page.items {
            sum += record.entry.quantity;
            assert!(seen.insert(record.entry.id), "{filter:?}");
        }
        cursor = page.next;
        if cursor.is_none() {
            let rows = (RECORDS.count)(&caller, &serde_json::to_string(filter).unwrap()).await.unwrap();
            assert_eq!([page.total, rows], [u64::try_from(seen.len()).unwrap(); 2], "{filter:?}");
            return sum;
        }
    }
}

#[tokio::test]
async fn the_records_behind_each_figure_add_up_to_it() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let other = found(&app, Some(union), "150202001", "回民街道总工会", Level::Township).await;
        let stations = [
            (open_station(&app, union, "BT-001", 1).await.0.id, union),
            (open_station(&app, other, "BT-002", 2).await.0.id, other),
        ];
        write(&app, &stations).await;
        let (caller, corrects) = (app.caller::<SeeStations>(), app.caller::<CorrectEntries>());
        for (station, _) in stations {
            for entry in written(&app, station).await.iter().step_by(15) {
                let back = EntryTakeBack { entry_id: entry.id, reason: "多记了".into() };
                take_back(&corrects, station, &back).await.unwrap();
            }
        }
        for (organisation, ago, days) in [(None, 0, 45), (Some(union), 180, 90), (Some(other), 255, 10)] {
            let to = caller.today() - Days::new(ago);
            let from = to - Days::new(days);
            let filter = UseFilter { organisation, from: Some(from), to: Some(to), before: Some(true) };
            let used = look(&caller, &filter).await.unwrap();
            let ranked = RankFilter { organisation, from: Some(from), to: Some(to), ..RankFilter::default() };
            let ranked = ranks::look(&caller, &ranked).await.unwrap();
            for before in [false, true] {
                let shifted = |day: NaiveDate| if before { day - Months::new(12) } else { day };
                let of = |figure: &UseFigure| if before { figure.before.unwrap() } else { figure.value };
                let visits = RecordFilter {
                    organisation,
                    from: Some(shifted(from)),
                    to: Some(shifted(to)),
                    ..RecordFilter::default()
                };
                let services = RecordFilter { service: Some("*".into()), ..visits.clone() };
                let (came, served) = if before {
                    (used.visits_before.unwrap(), used.services_before.unwrap())
                } else {
                    (used.visits, used.services)
                };
                assert!(came > 0, "nobody came in the period of {visits:?}");
                let mut figures = vec![(came, visits.clone()), (served, services.clone())];
                for figure in &used.by_hour {
                    figures.push((of(figure), RecordFilter { hour: figure.key.parse().ok(), ..visits.clone() }));
                }
                for figure in &used.by_weekday {
                    figures.push((of(figure), RecordFilter { weekday: figure.key.parse().ok(), ..visits.clone() }));
                }
                for figure in used.by_day.iter().filter(|figure| of(figure) > 0) {
                    let day = figure.key.parse().ok().map(shifted);
                    figures.push((of(figure), RecordFilter { from: day, to: day, ..visits.clone() }));
                }
                for figure in &used.by_group {
                    let group = if figure.key.is_empty() { "-".to_owned() } else { figure.key.clone() };
                    figures.push((of(figure), RecordFilter { group: Some(group), ..visits.clone() }));
                }
                for figure in &used.by_service {
                    let service = Some(figure.key.clone());
                    figures.push((of(figure), RecordFilter { service, ..visits.clone() }));
                }
                for rank in &ranked.items {
                    let (came, served) =
                        if before { (rank.visits_before, rank.services_before) } else { (rank.visits, rank.services) };
                    figures.push((came, RecordFilter { station: Some(rank.id), ..visits.clone() }));
                    figures.push((served, RecordFilter { station: Some(rank.id), ..services.clone() }));
                }
                for (number, filter) in figures {
                    assert_eq!(behind(&app, &filter).await, number, "{filter:?}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn records_are_found_by_an_index() {
    let app = App::sqlite(&programmes()).await;
    let union = district(&app).await;
    let context = &app.caller::<SeeStations>().lent(vec![union]);
    let period = Period { from: "2026-06-01".parse().unwrap(), to: "2026-07-01".parse().unwrap() };
    for (filter, index) in [
        (RecordFilter::default(), "station_entry_behind (organisation_id=? AND day>? AND day<?)"),
        (
            RecordFilter { weekday: Some(2), hour: Some(9), ..RecordFilter::default() },
            "station_entry_behind (organisation_id=? AND day=? AND hour=?",
        ),
        (
            RecordFilter { station: Some(union), ..RecordFilter::default() },
            "station_entry_day (station_id=? AND day>? AND day<?)",
        ),
    ] {
        let question = filtered(Find::ByPlace, context, &filter, period).build(DbBackend::Sqlite);
        let steps = app.plan(question).await;
        assert!(steps.iter().any(|step| step.contains(index)), "{filter:?}: {steps:?}");
    }
}
