use chrono::TimeDelta;
use kernel::{
    audit,
    etag::IfMatch,
    listing::Paging,
    organisation::{
        close::{self, ClosingDay},
        founding::Paper,
        permissions::Reshape,
    },
};
use sea_orm::entity::prelude::*;
use station::{
    permissions::{KeepStations, SeeStations},
    register::{
        change::change,
        create::create,
        form::{StationForm, StationState},
        list::{Attention, StationFilter, list},
        state::{StationClosing, StationPause, StationReopening, close as shut, open, pause, reopen},
        view::{in_scope, view},
    },
};
use testing::App;

use crate::world::{district, form, open_station, programmes, station};

#[tokio::test]
async fn a_station_is_made_changed_opened_paused_and_closed() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let caller = app.caller::<KeepStations>();
        let made = station(&app, union, "BT-001").await;
        assert_eq!((made.state, made.now.text.as_str()), (StationState::Planned, "筹建中"));
        // The numbers of another map became WGS-84, some hundred metres off.
        let at = made.form.position.unwrap();
        assert!(at.longitude.to_string().starts_with("110.04") && at.longitude.to_string() != "110.0460000");
        let twin = create(&caller, form(union, "BT-001")).await.unwrap_err();
        assert_eq!(twin.fields[0].code, "station_code_taken");

        let mine = StationForm { capacity: 25, items: vec!["fridge".into()], ..form(union, "BT-001") };
        let changed = change(&caller, made.id, &IfMatch::version(1), mine).await.unwrap();
        assert_eq!((changed.version, changed.stock.len(), changed.form.capacity), (2, 1, 25));
        let late = change(&caller, made.id, &IfMatch::version(1), form(union, "BT-001")).await.unwrap_err();
        assert_eq!((late.status, late.changed), (412, vec!["capacity".to_owned(), "items".to_owned()]));

        let refused = open(&caller, made.id).await.unwrap_err();
        assert_eq!((refused.code, refused.detail.contains("站长")), ("station_not_ready", true));
        let (opened, _) = open_station(&app, union, "BT-002", 1).await;
        // Wednesday, nine in the morning.
        assert_eq!((opened.now.open, opened.now.text.as_str()), (true, "开放中，至18:00"));
        let rest =
            StationPause { reason: "设备检修".into(), from: None, until: Some("2026-07-02".parse().unwrap()) };
        let paused = pause(&caller, opened.id, &rest).await.unwrap();
        assert_eq!((paused.now.text.as_str(), paused.pauses), ("暂停开放（设备检修），至7月2日", true));
        app.pass(TimeDelta::days(2));
        let caller = app.caller::<KeepStations>();
        let again = list(&app.caller::<SeeStations>(), &of(StationState::Open), &Paging::default()).await.unwrap();
        assert_eq!((again.total, again.items[0].now.open), (1, true));
        assert_eq!(open(&caller, opened.id).await.unwrap_err().code, "station_state");
        let end = StationClosing { reason: "场地到期".into() };
        assert_eq!(shut(&caller, opened.id, &end).await.unwrap().now.text, "已撤销（场地到期）");
        let dead = change(&caller, opened.id, &IfMatch::version(4), form(union, "BT-002")).await.unwrap_err();
        assert_eq!(dead.code, "station_closed");
    })
    .await;
}

fn of(state: StationState) -> StationFilter {
    StationFilter { state: Some(state), ..StationFilter::default() }
}

#[tokio::test]
async fn a_pause_that_is_planned_begins_and_ends_by_itself_and_can_be_taken_back() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (made, _) = open_station(&app, union, "BT-001", 1).await;
        let plan = |from: &str, until: Option<&str>| StationPause {
            reason: "设备检修".into(),
            from: Some(from.parse().unwrap()),
            until: until.map(|until| until.parse().unwrap()),
        };
        let standing = async || {
            let seer = app.caller::<SeeStations>();
            let mut totals = Vec::new();
            for state in [StationState::Open, StationState::Paused] {
                totals.push(list(&seer, &of(state), &Paging::default()).await.unwrap().total);
            }
            totals
        };
        let caller = app.caller::<KeepStations>();
        for until in [None, Some("2026-07-02")] {
            let refused = pause(&caller, made.id, &plan("2026-07-03", until)).await.unwrap_err();
            assert_eq!(refused.code, "pause_plan_endless");
        }
        let planned = pause(&caller, made.id, &plan("2026-07-02", Some("2026-07-03"))).await.unwrap();
        assert_eq!((planned.state, planned.now.open), (StationState::Open, true));
        assert_eq!(planned.paused_from, Some("2026-07-02".parse().unwrap()));
        assert_eq!(planned.state_reason.as_deref(), Some("设备检修"));
        let back = open(&caller, made.id).await.unwrap();
        assert_eq!((back.paused_from, back.paused_until, back.state_reason), (None, None, None));
        // So it can while the house is shut for another reason.
        pause(&caller, made.id, &plan("2026-07-02", Some("2026-07-03"))).await.unwrap();
        app.write("UPDATE station_station SET shut_from = '2026-07-01'").await;
        let row = in_scope(caller.read(), &caller, made.id).await.unwrap();
        let shown = view(caller.read(), &caller, row).await.unwrap();
        assert_eq!((shown.state, shown.state_reason.as_deref()), (StationState::Paused, Some("设备检修")));
        let still = open(&caller, made.id).await.unwrap();
        assert_eq!((still.state, still.pauses), (StationState::Paused, false));
        app.write("UPDATE station_station SET shut_from = NULL").await;
        pause(&caller, made.id, &plan("2026-07-02", Some("2026-07-03"))).await.unwrap();
        assert_eq!(standing().await, [1, 0]);
        app.pass(TimeDelta::days(1));
        assert_eq!(standing().await, [0, 1]);
        let caller = app.caller::<KeepStations>();
        let refused = pause(&caller, made.id, &plan("2026-07-05", Some("2026-07-06"))).await.unwrap_err();
        assert_eq!(refused.code, "station_pauses_now");
        app.pass(TimeDelta::days(2));
        assert_eq!(standing().await, [1, 0]);
    })
    .await;
}

#[tokio::test]
async fn stations_are_sought_filtered_and_paged() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        for number in 1..=5 {
            station(&app, union, &format!("BT-00{number}")).await;
        }
        open_station(&app, union, "BT-006", 1).await;
        let caller = app.caller::<SeeStations>();
        let count = async |filter: StationFilter| list(&caller, &filter, &Paging::default()).await.unwrap().total;
        assert_eq!(count(StationFilter { q: Some("BT-003".into()), ..Default::default() }).await, 1);
        assert_eq!(count(StationFilter { q: Some("建设银行".into()), ..Default::default() }).await, 6);
        assert_eq!(count(StationFilter { item: Some("microwave".into()), ..Default::default() }).await, 6);
        assert_eq!(count(StationFilter { item: Some("aed".into()), ..Default::default() }).await, 0);
        assert_eq!(count(of(StationState::Planned)).await, 5);
        let wanting = |attention| StationFilter { attention: Some(attention), ..Default::default() };
        assert_eq!(count(wanting(Attention::NoMaster)).await, 5);
        assert_eq!(count(wanting(Attention::Unchecked)).await, 1);
        assert_eq!(count(wanting(Attention::Faults)).await, 0);
        let mut codes = Vec::new();
        let mut paging = Paging { cursor: None, limit: Some(4) };
        loop {
            let page = list(&caller, &StationFilter::default(), &paging).await.unwrap();
            codes.extend(page.items.into_iter().map(|row| row.code));
            let Some(next) = page.next else { break };
            paging.cursor = Some(next);
        }
        assert_eq!(codes, ["BT-001", "BT-002", "BT-003", "BT-004", "BT-005", "BT-006"]);
    })
    .await;
}

#[tokio::test]
async fn a_union_with_stations_is_not_closed() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        station(&app, union, "BT-001").await;
        let caller = app.caller::<Reshape>();
        let refused = close::close(&caller, union, &ClosingDay { day: caller.today(), paper: Paper::default() })
            .await
            .unwrap_err();
        assert_eq!(refused.code, "has_stations");
    })
    .await;
}

#[tokio::test]
async fn a_station_that_was_closed_by_mistake_is_prepared_anew_while_its_union_is_there() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let caller = app.caller::<KeepStations>();
        let (opened, _) = open_station(&app, union, "BT-001", 1).await;
        let mistake = StationReopening { reason: "点错了驿站".into() };
        assert_eq!(reopen(&caller, opened.id, &mistake).await.unwrap_err().code, "station_state");
        let end = StationClosing { reason: "场地到期".into() };
        shut(&caller, opened.id, &end).await.unwrap();
        let why = StationReopening { reason: " ".into() };
        assert_eq!(reopen(&caller, opened.id, &why).await.unwrap_err().fields[0].field, "reason");
        let back = reopen(&caller, opened.id, &mistake).await.unwrap();
        assert_eq!((back.state, back.now.text.as_str()), (StationState::Planned, "筹建中"));
        assert_eq!((back.closed_on, back.opened_on), (None, opened.opened_on));
        let told = audit::Entity::find().filter(audit::Column::Action.eq("stations.reopen"));
        let told = told.all(caller.read()).await.unwrap();
        assert!(told.len() == 1 && told[0].detail.contains("点错了驿站"), "{told:?}");
        assert_eq!(open(&caller, opened.id).await.unwrap().state, StationState::Open);

        shut(&caller, opened.id, &end).await.unwrap();
        let reshape = app.caller::<Reshape>();
        close::close(&reshape, union, &ClosingDay { day: reshape.today(), paper: Paper::default() }).await.unwrap();
        assert_eq!(reopen(&caller, opened.id, &mistake).await.unwrap_err().code, "station_union_closed");
    })
    .await;
}
