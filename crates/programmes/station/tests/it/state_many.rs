//! Several stations opened or paused by one act.

use kernel::Id;
use station::{
    permissions::{KeepStations, SeeStations},
    register::{
        form::StationState,
        list::{StationFilter, list},
        state::{StationClosing, StationPause, close},
        state_many::{OpenStations, PauseStations, open_many, pause_many},
    },
};
use testing::App;

use crate::world::{district, open_station, programmes, station};

async fn states(app: &App) -> Vec<StationState> {
    let found = list(&app.caller::<SeeStations>(), &StationFilter::default(), &Default::default()).await.unwrap();
    found.items.iter().map(|row| row.state).collect()
}

fn pausing(stations: Vec<Id>, until: Option<&str>) -> PauseStations {
    let until = until.map(|day| day.parse().unwrap());
    PauseStations { stations, pause: StationPause { reason: "寒潮停暖".into(), from: None, until } }
}

#[tokio::test]
async fn what_can_not_be_turned_is_named_and_stays_as_it_is() {
    App::each(&programmes(), async |app| {
        use StationState::{Closed, Open, Paused, Planned};
        let union = district(&app).await;
        let (first, _) = open_station(&app, union, "BT-001", 1).await;
        let (second, _) = open_station(&app, union, "BT-002", 2).await;
        let bare = station(&app, union, "BT-003").await.id;
        let (gone, _) = open_station(&app, union, "BT-004", 4).await;
        let caller = app.caller::<KeepStations>();
        close(&caller, gone.id, &StationClosing { reason: "场地到期".into() }).await.unwrap();
        let all = vec![first.id, second.id, bare, gone.id];

        // One that is named twice pauses once: people are told once.
        let done = pause_many(&caller, &pausing([all.clone(), all.clone()].concat(), None)).await.unwrap();
        let refused: Vec<Id> = done.refused.iter().map(|one| one.id).collect();
        assert_eq!((done.turned, refused), (2, vec![bare, gone.id]));
        assert!(done.refused[0].reason.contains("筹建"), "{:?}", done.refused);
        assert_eq!(states(&app).await, [Paused, Paused, Planned, Closed]);

        let done = open_many(&caller, &OpenStations { stations: all.clone() }).await.unwrap();
        let reasons: Vec<&str> = done.refused.iter().map(|one| one.reason.as_str()).collect();
        assert_eq!((done.turned, reasons.len()), (2, 2));
        assert!(reasons[0].contains("站长") && reasons[1].contains("已撤销"), "{reasons:?}");
        assert_eq!(states(&app).await, [Open, Open, Planned, Closed]);

        // What is wrong with the act itself is no matter of one station, and nothing is done.
        let past = pause_many(&caller, &pausing(all.clone(), Some("2026-06-30"))).await.unwrap_err();
        let none = open_many(&caller, &OpenStations { stations: vec![] }).await.unwrap_err();
        let foreign = open_many(&caller, &OpenStations { stations: vec![first.id, union] }).await.unwrap_err();
        assert_eq!((past.code, none.code, foreign.status), ("until_past", "stations_chosen", 404));
        assert_eq!(states(&app).await, [Open, Open, Planned, Closed]);
    })
    .await;
}
