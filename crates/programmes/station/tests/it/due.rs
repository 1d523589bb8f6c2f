//! Which stations are to be inspected again.

use kernel::{
    Context, Id,
    caller::Find,
    listing::Paging,
    rulebook::{self, NewRulePack},
};
use sea_orm::{DbBackend, QuerySelect, QueryTrait};
use station::{
    files::export::STATIONS,
    permissions::{ExportStations, SeeStations},
    register::{
        list::{Attention, StationFilter, filtered, list},
        order::{StationSort, sorted},
    },
};
use testing::App;

use crate::world::{district, open_station, programmes};

/// Six stations on 8 July 2026, as they were inspected last.
async fn inspected(app: &App) {
    app.set_clock("2026-07-08T04:00:00Z".parse().unwrap());
    let union = district(app).await;
    for (n, (code, stands)) in (1..).zip([
        ("BT-001", "inspected_on = '2025-07-07', star = 3"),
        ("BT-002", "inspected_on = '2025-07-08', star = 0"),
        ("BT-003", "inspected_on = '2025-08-06', star = 5"),
        ("BT-004", "inspected_on = '2025-08-07', star = 5"),
        ("BT-005", "opened_on = '2025-07-07'"),
        ("BT-006", "inspected_on = '2024-01-01', star = 1, state = 'closed'"),
    ]) {
        open_station(app, union, code, n).await;
        app.write(&format!("UPDATE station_station SET {stands} WHERE code = '{code}'")).await;
    }
}

async fn codes(app: &App, filter: StationFilter) -> Vec<String> {
    let page = list(&app.caller::<SeeStations>(), &filter, &Paging::default()).await.unwrap();
    page.items.into_iter().map(|row| row.code).collect()
}

#[tokio::test]
async fn a_station_is_due_as_the_rule_of_its_region_says() {
    App::each(&programmes(), async |app| {
        inspected(&app).await;
        let due = async |attention| {
            codes(&app, StationFilter { attention: Some(attention), ..StationFilter::default() }).await
        };
        let pack = async |region: &str, value| {
            let pack = NewRulePack {
                code: "station.inspect_months".into(),
                region: region.into(),
                valid_from: "2026-01-01".parse().unwrap(),
                valid_to: None,
                value,
                source: "测试".into(),
            };
            rulebook::set_pack(&app.caller(), &pack).await.unwrap();
        };
        // What holds elsewhere changes nothing here.
        pack("37", 1).await;
        assert_eq!(due(Attention::InspectionOverdue).await, ["BT-001", "BT-005"]);
        assert_eq!(due(Attention::InspectionSoon).await, ["BT-002", "BT-003"]);
        let caller = app.caller::<ExportStations>();
        let context: &Context = &caller;
        let filter = r#"{"attention":"inspection_overdue"}"#;
        let file = (STATIONS.next)(context, filter, None).await.unwrap();
        let told: Vec<String> =
            file.rows.iter().map(|row| row[row.len() - 2..].iter().map(|cell| cell.text()).collect()).collect();
        assert_eq!(told, ["三星2025-07-07", ""]);
        assert_eq!((STATIONS.count)(context, filter).await.unwrap(), 2);

        pack("1502", 6).await;
        let all = ["BT-001", "BT-002", "BT-003", "BT-004", "BT-005"];
        assert_eq!(
            (due(Attention::InspectionOverdue).await, due(Attention::InspectionSoon).await.len()),
            (all.map(str::to_owned).to_vec(), 0)
        );
    })
    .await;
}

#[tokio::test]
async fn stations_are_found_and_sorted_by_their_latest_inspection() {
    App::each(&programmes(), async |app| {
        inspected(&app).await;
        for (months, wanted) in [(11, 5), (12, 2), (13, 0)] {
            let filter = StationFilter { uninspected: Some(months), ..StationFilter::default() };
            assert_eq!(codes(&app, filter).await.len(), wanted, "{months}");
        }
        let filter = StationFilter { star: Some(5), ..StationFilter::default() };
        assert_eq!(codes(&app, filter).await, ["BT-003", "BT-004"]);
        for (sort, wanted) in [
            (StationSort::Inspected, ["BT-005", "BT-006", "BT-001", "BT-002", "BT-003", "BT-004"]),
            (StationSort::Stars, ["BT-005", "BT-002", "BT-006", "BT-001", "BT-003", "BT-004"]),
        ] {
            let filter = StationFilter { sort: Some(sort), ..StationFilter::default() };
            let (mut cursor, mut seen) = (None, Vec::new());
            for _ in 0..wanted.len() {
                let paging = Paging { cursor, limit: Some(1) };
                let page = list(&app.caller::<SeeStations>(), &filter, &paging).await.unwrap();
                seen.extend(page.items.into_iter().map(|row| row.code));
                cursor = page.next;
            }
            assert_eq!((seen, cursor), (wanted.map(str::to_owned).to_vec(), None), "{sort:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn many_stations_are_not_sorted_for_a_page_by_their_latest_inspection() {
    let app = App::sqlite(&programmes()).await;
    let caller = app.caller::<SeeStations>();
    let filter = StationFilter { organisation: Some(Id(7)), ..StationFilter::default() };
    // A page deep in the list begins with those of equal value where the one before ended, and not at the beginning.
    for (sort, cursor, index) in [
        (StationSort::Inspected, None, "station_station_longest"),
        (StationSort::Inspected, Some("2026-05-01_7"), "station_station_longest (inspected_on>"),
        (StationSort::Stars, None, "station_station_star"),
        (StationSort::Stars, Some("3_7"), "station_station_star (star>"),
    ] {
        let query = sorted(filtered(Find::InOrder, &caller, &filter), sort, cursor);
        let steps = app.plan(query.limit(51).build(DbBackend::Sqlite)).await;
        assert!(steps[0].contains(index), "{steps:?}");
        assert!(!steps.iter().any(|step| step.contains("ORDER BY")), "{steps:?}");
    }
}
