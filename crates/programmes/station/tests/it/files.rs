use kernel::Id;
use station::{
    files::{
        geojson::collection,
        import::{RowVerdict, StationFile, StationFileAnswer, import},
    },
    permissions::{ExportStations, ImportStations, SeeStations},
    register::list::{StationFilter, list},
};
use testing::App;

use crate::world::{district, programmes, station};

const SHEET: &str = "驿站编号,驿站名称,类型,地址,经度,纬度,坐标系,开放时间,设施\n\
    BT-001,东河驿站,自建,巴彦塔拉大街1号,110.05,40.58,GCJ-02,每天 08:00-20:00,微波炉、饮用水\n\
    BT-002,二宫驿站,共建,和平路2号,,,,周一至周五 9:00-17:00,\n\
    BT-003,三宫驿站,自建,和平路3号,40.58,110.05,,每天 24小时,咖啡机\n";

fn file(union: Id, text: &str, dry_run: bool) -> StationFile {
    StationFile { organisation_id: union, file_name: "驿站.csv".into(), bytes: text.as_bytes().to_vec(), dry_run }
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
async fn geojson_goes_out_and_comes_in_unchanged() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        station(&app, union, "BT-001").await;
        station(&app, union, "BT-002").await;
        let told = collection(&app.caller::<ExportStations>(), &StationFilter::default()).await.unwrap();
        assert_eq!(told["features"].as_array().unwrap().len(), 2);
        let text = told.to_string();
        let caller = app.caller::<ImportStations>();
        let same = import(&caller, file(union, &text, true)).await.unwrap();
        assert_eq!((same.same, same.wrong), (2, 0), "{:?}", same.rows);
        let moved = text.replace("BT-002", "BT-009");
        let moved = import(&caller, file(union, &moved, false)).await.unwrap();
        assert_eq!((moved.new, moved.same), (1, 1), "{:?}", moved.rows);
        let broken = import(&caller, file(union, "{\"features\": [", true)).await.unwrap_err();
        assert_eq!(broken.code, "file_unreadable");
    })
    .await;
}
