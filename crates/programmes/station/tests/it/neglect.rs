//! What nobody looks after, as officers read it.

use kernel::listing::Paging;
use station::{
    neglect::{self, Level, NeglectKind},
    permissions::{KeepStations, SeeStations},
    register::{
        list::{Attention, StationFilter, list},
        view::{in_scope, view},
    },
};
use testing::App;

use crate::world::{district, open_station, programmes};

#[tokio::test]
async fn what_is_neglected_is_told_with_its_day_and_how_high_it_climbed() {
    App::each(&programmes(), async |app| {
        let noon = |day: u32| format!("2026-07-{day:02}T04:00:00Z").parse().unwrap();
        app.set_clock(noon(8));
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        open_station(&app, union, "BT-002", 2).await;
        app.write("UPDATE station_station SET state = 'paused' WHERE code = 'BT-002'").await;
        for (day, level, listed, above) in [(8, Level::Master, 0, 0), (9, Level::Union, 1, 0), (13, Level::Above, 1, 1)]
        {
            app.set_clock(noon(day));
            neglect::begin(&app.caller::<KeepStations>()).await.unwrap();
            let caller = app.caller::<SeeStations>();
            let row = in_scope(caller.read(), &caller, station.id).await.unwrap();
            let shown = view(caller.read(), &caller, row).await.unwrap().neglected;
            let told: Vec<_> = shown.iter().map(|one| (one.kind, one.since.to_string(), one.level)).collect();
            assert_eq!(told, [(NeglectKind::Round, "2026-07-08".to_owned(), level)], "July {day}");

            let all = list(&caller, &StationFilter::default(), &Paging::default()).await.unwrap().items;
            let tags: Vec<usize> = all.iter().map(|row| row.neglected.len()).collect();
            assert_eq!(tags, [listed, 0], "July {day}");
            let count = async |kind, attention| {
                let filter = StationFilter { neglect: Some(kind), attention, ..StationFilter::default() };
                usize::try_from(list(&caller, &filter, &Paging::default()).await.unwrap().total).unwrap()
            };
            assert_eq!(count(NeglectKind::Round, None).await, listed, "July {day}");
            assert_eq!(count(NeglectKind::Round, Some(Attention::Climbed)).await, above, "July {day}");
            assert_eq!(count(NeglectKind::Round, Some(Attention::AtUnion)).await, listed - above, "July {day}");
            assert_eq!(count(NeglectKind::Fault, None).await, 0, "July {day}");
        }
    })
    .await;
}

#[tokio::test]
async fn however_much_is_neglected_all_of_it_climbs_and_ends() {
    App::each(&programmes(), async |app| {
        let noon = |day: u32| format!("2026-07-{day:02}T04:00:00Z").parse().unwrap();
        app.set_clock(noon(8));
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        // More than are read at once.
        let faults = format!(
            "INSERT INTO station_fault (id, station_id, item_label, reported_at, state) \
             WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 1100) \
             SELECT n, {}, '其他', 0, 'open' FROM more",
            station.id
        );
        app.write(&faults).await;
        let levels = async || {
            neglect::begin(&app.caller::<KeepStations>()).await.unwrap();
            let caller = app.caller::<SeeStations>();
            let row = in_scope(caller.read(), &caller, station.id).await.unwrap();
            let shown = view(caller.read(), &caller, row).await.unwrap().neglected.into_iter();
            shown.filter(|one| one.kind == NeglectKind::Fault).map(|one| one.level).collect::<Vec<_>>()
        };
        assert_eq!(levels().await, vec![Level::Master; 1_100]);
        assert_eq!(levels().await, vec![Level::Above; 1_100], "told once, each climbs as high as it is old");
        app.write("UPDATE station_fault SET state = 'mended'").await;
        assert_eq!(levels().await, Vec::<Level>::new());
    })
    .await;
}
