//! What a file of stations does beside their particulars: masters and states.

use chrono::TimeDelta;
use kernel::Id;
use station::{
    files::{
        export::STATIONS,
        import::{RowVerdict, StationFile, StationFileAnswer, import},
    },
    permissions::{ExportStations, ImportStations, KeepStations, SeeStations},
    register::{
        form::StationState,
        list::{StationFilter, StationRow, list},
        state::{StationPause, pause},
        view::{StationView, in_scope, view},
    },
};
use testing::{
    App,
    people::{name, phone},
};

use crate::world::{district, open_station, person, programmes, station};

async fn sent(app: &App, union: Id, rows: &[&str], dry_run: bool) -> StationFileAnswer {
    let text = format!("驿站编号,驿站名称,状态,状态原因,站长,站长手机号码\n{}\n", rows.join("\n"));
    let (file_name, bytes) = ("驿站.csv".to_owned(), text.into_bytes());
    let file = StationFile { organisation_id: union, file_name, bytes, dry_run, skip_wrong: true };
    import(&app.caller::<ImportStations>(), file).await.unwrap()
}

async fn rows(app: &App) -> Vec<StationRow> {
    list(&app.caller::<SeeStations>(), &StationFilter::default(), &Default::default()).await.unwrap().items
}

async fn shown(app: &App, id: Id) -> StationView {
    let caller = app.caller::<SeeStations>();
    let row = in_scope(caller.read(), &caller, id).await.unwrap();
    view(caller.read(), &caller, row).await.unwrap()
}

#[tokio::test]
async fn masters_are_appointed_and_stations_opened_by_a_file_as_by_hand() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let bare = station(&app, union, "BT-001").await;
        station(&app, union, "BT-002").await;
        let (open, _) = open_station(&app, union, "BT-003", 1).await;
        person(&app, 2, union).await;
        let title = |code: &str| format!("东河驿站{code}");
        let named = |code: &str, rest: &str| format!("{code},{},{rest}", title(code));
        let (who, number) = (name(2), phone(2));
        let file = [
            named("BT-001", &format!("开放,,{who},{number}")),
            named("BT-002", "开放,,,"),
            named("BT-003", &format!("暂停,寒潮停暖,{who},{}", phone(1))),
        ];
        let file = file.each_ref().map(String::as_str);
        let looked = sent(&app, union, &file, true).await;
        assert_eq!(looked.rows[0].words, "将任命站长。状态将为“开放”。");
        assert!(looked.rows[1].words.contains("站长"), "{:?}", looked.rows);
        assert!(looked.rows[2].words.contains("没有找到姓名和手机号码都"), "{:?}", looked.rows);
        let done = sent(&app, union, &file, false).await;
        assert_eq!((done.changed, done.wrong), (1, 2), "{:?}", done.rows);
        let view = shown(&app, bare.id).await;
        assert_eq!((view.state, view.posts.len()), (StationState::Open, 1));

        // One that pauses says why; then it goes on, or is closed for good, as its life allows.
        let silent = sent(&app, union, &[&named("BT-003", "暂停,,,")], true).await;
        assert!(silent.rows[0].words.contains("请填写原因"), "{:?}", silent.rows);
        sent(&app, union, &[&named("BT-003", "暂停,寒潮停暖,,")], false).await;
        let view = shown(&app, open.id).await;
        assert_eq!((view.state, view.state_reason.as_deref()), (StationState::Paused, Some("寒潮停暖")));
        let back = sent(&app, union, &[&named("BT-003", "筹建,重新装修,,")], true).await;
        assert!(back.rows[0].words.contains("不能这样办理"), "{:?}", back.rows);
        sent(&app, union, &[&named("BT-003", "已撤销,场地到期,,")], false).await;
        assert_eq!(shown(&app, open.id).await.state, StationState::Closed);

        // What goes out of this comes in again and changes nothing, though no number is told.
        let caller = app.caller::<ExportStations>();
        let page = (STATIONS.next)(&caller, "{}", None).await.unwrap();
        let place = |heading| STATIONS.headings.iter().position(|one| *one == heading).unwrap();
        let columns = ["驿站编号", "驿站名称", "状态", "状态原因", "站长", "站长手机号码"].map(place);
        let text = |row: &Vec<documents::Value<'_>>| columns.map(|at| row[at].text().into_owned()).join(",");
        let lines: Vec<String> = page.rows.iter().map(text).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert!(lines[0].contains('*') && lines[0].ends_with(','), "{lines:?}");
        let same = sent(&app, union, &lines, false).await;
        assert_eq!((same.same, same.wrong), (3, 0), "{:?}", same.rows);
        // He who is the master already is not appointed again, nor is a number asked of who is left as he is.
        let again = sent(&app, union, &[&named("BT-001", &format!("开放,,{who},{number}"))], true).await;
        assert_eq!(again.rows[0].verdict, RowVerdict::Same, "{:?}", again.rows);
        assert_eq!(rows(&app).await.len(), 3);

        // One that pauses from now on does so until it is opened, whatever was planned before.
        let [from, until] = ["2026-07-05", "2026-07-06"].map(|day| Some(day.parse().unwrap()));
        let plan = StationPause { reason: "设备检修".into(), from, until };
        pause(&app.caller::<KeepStations>(), bare.id, &plan).await.unwrap();
        for (row, words) in [
            ("开放,,,", "与现有档案一致。"),
            ("开放,照常开放,,", "状态将为“开放”，原定的“7月5日起暂停开放（设备检修），至7月6日”将取消。"),
            ("暂停,寒潮停暖,,", "状态将为“暂停”，原定的“7月5日起暂停开放（设备检修），至7月6日”将取消。"),
        ] {
            assert_eq!(sent(&app, union, &[&named("BT-001", row)], true).await.rows[0].words, words);
        }
        sent(&app, union, &[&named("BT-001", "暂停,寒潮停暖,,")], false).await;
        let view = shown(&app, bare.id).await;
        assert_eq!((view.state, view.paused_until), (StationState::Paused, None));
    })
    .await;
}

#[tokio::test]
async fn a_new_station_is_made_with_its_master_and_opened_by_one_row() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        person(&app, 1, union).await;
        let text = format!(
            "驿站编号,驿站名称,类型,地址,经度,纬度,开放时间,状态,站长,站长手机号码\n\
             BT-001,东河驿站,自建,巴彦塔拉大街1号,110.05,40.58,每天 08:00-20:00,开放,{},{}\n\
             BT-002,二宫驿站,自建,和平路2号,110.05,40.58,每天 08:00-20:00,开放,,\n",
            name(1),
            phone(1)
        );
        let file = |dry_run| StationFile {
            organisation_id: union,
            file_name: "驿站.csv".into(),
            bytes: text.clone().into_bytes(),
            dry_run,
            skip_wrong: true,
        };
        let looked = import(&app.caller::<ImportStations>(), file(true)).await.unwrap();
        assert!(looked.rows[1].words.contains("开放前还缺：站长"), "{:?}", looked.rows);
        app.pass(TimeDelta::hours(1));
        let done = import(&app.caller::<ImportStations>(), file(false)).await.unwrap();
        assert_eq!((done.new, done.wrong), (1, 1), "{:?}", done.rows);
        let made = rows(&app).await;
        assert_eq!((made.len(), made[0].state, made[0].master.is_some()), (1, StationState::Open, true));
    })
    .await;
}
