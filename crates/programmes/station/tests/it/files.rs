use std::io::Read;

use documents::{
    Value,
    table_out::{Frame, TableFormat, TableWriter},
};
use kernel::{Context, Id, organisation};
use serde_json::json;
use station::{
    files::{
        export::STATIONS,
        geojson::collection,
        import::{RowVerdict, StationFile, StationFileAnswer, import},
    },
    permissions::{ExportStations, ImportStations, KeepStations, SeeStations},
    register::{
        form::StationForm,
        list::{StationFilter, list},
        state::{StationClosing, close},
        view::{StationView, in_scope, view},
    },
};
use testing::{App, behind_instructions, texts_of, typed_over};

use crate::world::{district, open_station, programmes, station};

const SHEET: &str = "驿站编号,驿站名称,类型,地址,经度,纬度,坐标系,开放时间,设施\n\
    BT-001,东河驿站,自建,巴彦塔拉大街1号,110.05,40.58,GCJ-02,每天 08:00-20:00,微波炉、饮用水\n\
    BT-002,二宫驿站,共建,和平路2号,,,,周一至周五 9:00-17:00,\n\
    BT-003,三宫驿站,自建,和平路3号,40.58,110.05,,每天 24小时,咖啡机\n";

fn file(union: Id, text: &str, dry_run: bool) -> StationFile {
    sent(union, "驿站.csv", text.as_bytes().to_vec(), dry_run)
}

fn sent(organisation_id: Id, name: &str, bytes: Vec<u8>, dry_run: bool) -> StationFile {
    StationFile { organisation_id, file_name: name.into(), bytes, dry_run, skip_wrong: false }
}

async fn stations(app: &App) -> u64 {
    list(&app.caller::<SeeStations>(), &StationFilter::default(), &Default::default()).await.unwrap().total
}

fn verdicts(answer: &StationFileAnswer) -> Vec<RowVerdict> {
    answer.rows.iter().map(|row| row.verdict).collect()
}

#[tokio::test]
async fn a_dry_run_says_in_words_what_would_become_of_each_row() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let caller = app.caller::<ImportStations>();
        let looked = import(&caller, file(union, SHEET, true)).await.unwrap();
        assert_eq!(verdicts(&looked), [RowVerdict::New, RowVerdict::Wrong, RowVerdict::Wrong]);
        assert!(looked.rows[1].words.contains("场地提供单位"), "{}", looked.rows[1].words);
        for part in ["开放时间", "纬度", "咖啡机"] {
            assert!(looked.rows[2].words.contains(part), "{part}: {}", looked.rows[2].words);
        }
        // All rows or none.
        assert_eq!(import(&caller, file(union, SHEET, false)).await.unwrap_err().code, "rows_wrong");
        assert_eq!(stations(&app).await, 0);
        let good: String = SHEET.split_inclusive('\n').take(2).collect();
        let done = import(&caller, file(union, &good, false)).await.unwrap();
        assert!(done.written && done.new == 1);
        let again = import(&caller, file(union, &good, false)).await.unwrap();
        assert_eq!((again.same, stations(&app).await), (1, 1));
        let other = good.replace("东河驿站", "东河暖心驿站").replace("、饮用水", "");
        let changed = import(&caller, file(union, &other, true)).await.unwrap();
        assert_eq!(changed.rows[0].words, "将修改：设施和服务、驿站名称。");
    })
    .await;
}

#[tokio::test]
async fn rows_that_were_wrong_come_in_once_they_are_mended() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let caller = app.caller::<ImportStations>();
        let text = SHEET.replace("驿站编号,", "备注,驿站编号,").replace("\nBT", "\n=1+1,BT");
        let back = import(&caller, file(union, &text, true)).await.unwrap().to_mend.unwrap();
        let (name, bytes) = app.taken(back).await;
        let rows = texts_of(&bytes);
        assert_eq!((&*name, rows.len()), ("驿站-待改正-20260701.xlsx", 4));
        let headings = "备注,驿站编号,驿站名称,类型,地址,经度,纬度,坐标系,开放时间,设施,问题";
        assert_eq!(rows[1].join(","), headings);
        assert_eq!(rows[2][..6], ["=1+1", "BT-002", "二宫驿站", "共建", "和平路2号", ""]);
        assert!(rows[2][10].starts_with("原文件第3行：") && rows[2][10].contains("场地提供单位"), "{rows:?}");
        assert!(rows[3][10].starts_with("原文件第4行：") && rows[3][10].contains("咖啡机"), "{rows:?}");
        let mended = [
            ("共建", "自建"),
            ("40.58", "110.05"),
            ("110.05", "40.58"),
            ("每天 24小时", "24小时自助"),
            ("咖啡机", "微波炉"),
        ];
        // Meanwhile the others may go in.
        let rest = StationFile { skip_wrong: true, ..file(union, &text, false) };
        let first = import(&caller, rest).await.unwrap();
        assert_eq!((first.written, first.new, first.wrong, stations(&app).await), (true, 1, 2, 1));
        assert_eq!(app.taken(first.to_mend.unwrap()).await.1, bytes);
        let mended = sent(union, &name, typed_over(&bytes, &mended), false);
        let done = import(&caller, mended).await.unwrap();
        assert_eq!(
            (done.written, verdicts(&done), done.to_mend),
            (true, vec![RowVerdict::New; 2], None),
            "{:?}",
            done.rows
        );
        // A map's file has no rows to be mended in a table.
        let map = json!({ "features": [{ "properties": { "code": "BT-009" } }] }).to_string();
        let looked = import(&caller, file(union, &map, true)).await.unwrap();
        assert_eq!((looked.wrong, looked.to_mend), (1, None));
    })
    .await;
}

#[tokio::test]
async fn geojson_goes_out_and_comes_in_unchanged() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        station(&app, union, "BT-001").await;
        station(&app, union, "BT-002").await;
        // Where nobody could read it, nothing is written down either.
        let nowhere = StationFilter { organisation: Some(Id(1)), ..StationFilter::default() };
        let refused = collection(&app.caller::<ExportStations>(), &nowhere).await.unwrap_err();
        assert_eq!(refused.code, "not_found");
        let told = collection(&app.caller::<ExportStations>(), &StationFilter::default()).await.unwrap();
        assert_eq!(told["features"].as_array().unwrap().len(), 2);
        let text = told.to_string();
        let caller = app.caller::<ImportStations>();
        let same = import(&caller, file(union, &text, true)).await.unwrap();
        assert_eq!((same.same, same.wrong), (2, 0), "{:?}", same.rows);
        let marked = import(&caller, file(union, &format!("\u{FEFF}{text}"), true)).await.unwrap();
        assert_eq!(marked, same);
        let moved = text.replace("BT-002", "BT-009");
        let moved = import(&caller, file(union, &moved, false)).await.unwrap();
        assert_eq!((moved.new, moved.same), (1, 1), "{:?}", moved.rows);
        let shaped = text.replace("\"Point\"", "\"MultiPoint\"");
        let shaped = import(&caller, file(union, &shaped, true)).await.unwrap();
        assert!(shaped.wrong == 2 && shaped.rows[0].words.contains("经纬度"), "{:?}", shaped.rows);
        let broken = import(&caller, file(union, "{\"features\": [", true)).await.unwrap_err();
        assert_eq!(broken.code, "file_unreadable");
    })
    .await;
}

#[tokio::test]
async fn stations_may_lie_behind_a_sheet_that_tells_how_to_fill_it_in() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let headings = ["驿站编号", "驿站名称", "类型", "地址", "开放时间"];
        let row = ["BT-001", "东河驿站", "自建", "巴彦塔拉大街1号", "每天 08:00-20:00"];
        let bytes = behind_instructions(&headings, row.map(Into::into));
        let file = sent(union, "驿站.xlsx", bytes, true);
        let looked = import(&app.caller::<ImportStations>(), file).await.unwrap();
        assert_eq!(verdicts(&looked), [RowVerdict::New], "{:?}", looked.rows);
    })
    .await;
}

#[tokio::test]
async fn tables_go_out_and_come_in_unchanged() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        station(&app, union, "BT-002").await;
        open_station(&app, union, "BT-001", 1).await;
        let caller = app.caller::<ExportStations>();
        let context: &Context = &caller;
        for (filter, codes) in [("{}", ["BT-001", "BT-002"]), (r#"{"sort":"newest"}"#, ["BT-001", "BT-002"])] {
            let page = (STATIONS.next)(context, filter, None).await.unwrap();
            let rest = (STATIONS.next)(context, filter, page.next.as_deref()).await.unwrap();
            let told: Vec<String> = page.rows.iter().map(|row| row[0].text().into_owned()).collect();
            assert_eq!((told, rest.rows.len()), (codes.map(str::to_owned).to_vec(), 0), "{filter}");
        }
        let page = (STATIONS.next)(context, "{}", None).await.unwrap();
        let place = |heading| STATIONS.headings.iter().position(|one| *one == heading).unwrap();
        for heading in ["面积（平方米）", "容纳人数"] {
            assert!(page.rows.iter().all(|row| matches!(row[place(heading)], Value::Integer(_))), "{heading}");
        }
        let created = "2026-07-01T00:00:00".parse().unwrap();
        let frame = Frame { title: "工会驿站", headings: STATIONS.headings, mark: "", created };
        for (format, name) in [(TableFormat::Csv, "驿站.csv"), (TableFormat::Xlsx, "驿站.xlsx")] {
            let mut table = TableWriter::new(format, &std::env::temp_dir(), &frame).unwrap();
            for row in &page.rows {
                table.row(row.iter().cloned()).unwrap();
            }
            let mut bytes = Vec::new();
            table.finish(&[("行数", "2".to_owned())]).unwrap().read_to_end(&mut bytes).unwrap();
            let same = import(&app.caller::<ImportStations>(), sent(union, name, bytes, true)).await.unwrap();
            assert_eq!(verdicts(&same), [RowVerdict::Same, RowVerdict::Same], "{name}: {:?}", same.rows);
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_columns_of_one_heading_none_is_taken() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let twice = "驿站编号,驿站名称,地址,地址\nBT-001,东河驿站,巴彦塔拉大街1号,\n";
        let refused = import(&app.caller::<ImportStations>(), file(union, twice, true)).await.unwrap_err();
        assert_eq!((refused.code, refused.detail.contains("“地址”")), ("heading_twice", true));
    })
    .await;
}

#[tokio::test]
async fn numbers_in_wide_digits_are_numbers_and_headings_are_known_however_they_are_set() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let wide = "驿站编号*,驿站名称（必填）,类型,地址,经度,纬度,面积(平方米),容 纳 人 数,开放时间\n\
                    BT-001,东河驿站,自建,巴彦塔拉大街1号,１１０．０５,４０．５８,\"1,200\",６０,每天 08:00-20:00\n";
        import(&app.caller::<ImportStations>(), file(union, wide, false)).await.unwrap();
        let told = collection(&app.caller::<ExportStations>(), &StationFilter::default()).await.unwrap();
        let only = &told["features"][0];
        assert_eq!((&only["properties"]["area"], &only["properties"]["capacity"]), (&json!(1_200), &json!(60)));
        assert_eq!(only["geometry"]["type"], "Point");
    })
    .await;
}

async fn as_it_stands(app: &App, id: Id) -> StationView {
    let caller = app.caller::<SeeStations>();
    let row = in_scope(caller.read(), &caller, id).await.unwrap();
    view(caller.read(), &caller, row).await.unwrap()
}

#[tokio::test]
async fn a_column_that_a_file_leaves_out_changes_nothing() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (open, _) = open_station(&app, union, "BT-010", 1).await;
        let caller = app.caller::<ImportStations>();
        let city = organisation::by_code(caller.read(), caller.scope(), "150200").await.unwrap().id;
        let few = "驿站编号,驿站名称,类型,地址\nBT-010,东河暖心驿站,共建,巴彦塔拉大街1号\n";
        let looked = import(&caller, file(city, few, true)).await.unwrap();
        assert_eq!(looked.rows[0].words, "将修改：驿站名称。");
        import(&caller, file(city, few, false)).await.unwrap();
        let after = as_it_stands(&app, open.id).await;
        assert_eq!(after.form, StationForm { name: "东河暖心驿站".into(), ..open.form });
        // A station that serves keeps its place and its hours.
        let bare = "驿站编号,驿站名称,经度,纬度,开放时间\nBT-010,东河暖心驿站,,,\n";
        let refused = import(&caller, file(city, bare, true)).await.unwrap();
        assert_eq!(verdicts(&refused), [RowVerdict::Wrong]);
        assert!(refused.rows[0].words.contains("地图位置、开放时间"), "{}", refused.rows[0].words);
        // Only what is named and empty is emptied.
        let emptied = "驿站编号,驿站名称,服务电话,共建单位\nBT-010,东河暖心驿站,,\n";
        import(&caller, file(city, emptied, false)).await.unwrap();
        let after = as_it_stands(&app, open.id).await.form;
        assert_eq!((after.service_line, after.partners.len(), after.items.len()), (None, 0, 3));
    })
    .await;
}

#[tokio::test]
async fn a_closed_station_comes_in_unchanged_and_in_no_other_way() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (open, _) = open_station(&app, union, "BT-001", 1).await;
        station(&app, union, "BT-002").await;
        let end = StationClosing { reason: "场地到期".into() };
        close(&app.caller::<KeepStations>(), open.id, &end).await.unwrap();
        let text = collection(&app.caller::<ExportStations>(), &StationFilter::default()).await.unwrap().to_string();
        let caller = app.caller::<ImportStations>();
        let same = import(&caller, file(union, &text, false)).await.unwrap();
        assert_eq!(verdicts(&same), [RowVerdict::Same, RowVerdict::Same], "{:?}", same.rows);
        let other = import(&caller, file(union, &text.replace("巴彦塔拉大街1号", "和平路1号"), true)).await.unwrap();
        assert_eq!(verdicts(&other), [RowVerdict::Wrong, RowVerdict::Changed], "{:?}", other.rows);
    })
    .await;
}
