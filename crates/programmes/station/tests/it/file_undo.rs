//! A file of stations is taken back as a whole.

use kernel::{Id, audit, etag::IfMatch};
use sea_orm::entity::prelude::*;
use station::{
    files::{
        import::{StationFile, import},
        past,
        undo::{StationFileTakenBack, StationUndoRow, StationUndoVerdict, look, undo},
    },
    permissions::{AppointMasters, ImportStations, KeepStations, SeeStations},
    posts::{
        PostRole,
        appoint::{Appointment, appoint},
    },
    register::{
        change::change,
        form::StationForm,
        list::{StationFilter, StationRow, list},
    },
};
use testing::App;

use crate::world::{district, person, programmes, station};

const HEADINGS: &str = "驿站编号,驿站名称,类型,地址,经度,纬度,开放时间";

async fn bring(app: &App, union: Id, rows: &[&str]) -> Id {
    let rest = |code: &&str| format!("{code},暖心驿站{code},自建,和平路1号,110.05,40.58,每天 08:00-20:00");
    let text = format!("{HEADINGS}\n{}\n", rows.iter().map(rest).collect::<Vec<_>>().join("\n"));
    let (file_name, bytes) = ("驿站.csv".to_owned(), text.into_bytes());
    let file = StationFile { organisation_id: union, file_name, bytes, dry_run: false, skip_wrong: false };
    let caller = app.caller::<ImportStations>();
    import(&caller, file).await.unwrap();
    past::list(&caller, &Default::default()).await.unwrap().items.first().unwrap().id
}

async fn stations(app: &App) -> Vec<StationRow> {
    list(&app.caller::<SeeStations>(), &StationFilter::default(), &Default::default()).await.unwrap().items
}

fn verdicts(rows: &[StationUndoRow]) -> Vec<(&str, StationUndoVerdict)> {
    rows.iter().map(|row| (row.code.as_str(), row.verdict)).collect()
}

#[tokio::test]
async fn what_a_file_made_goes_and_what_it_changed_comes_back_unless_somebody_went_on() {
    App::each(&programmes(), async |app| {
        use StationUndoVerdict::{Left, Removed, Restored};
        let union = district(&app).await;
        let old = station(&app, union, "BT-001").await;
        station(&app, union, "BT-002").await;
        let file = bring(&app, union, &["BT-001", "BT-002", "BT-003", "BT-004", "BT-005"]).await;
        let caller = app.caller::<ImportStations>();
        let kept = past::list(&caller, &Default::default()).await.unwrap();
        assert_eq!((kept.total, kept.items[0].made, kept.items[0].changed), (1, 3, 2));

        // Somebody went on with one that was changed, and something hangs on one that was made.
        let all = stations(&app).await;
        let by_code = |code: &str| all.iter().find(|row| row.code == code).unwrap().id;
        let keep = app.caller::<KeepStations>();
        let mine = StationForm { capacity: 99, ..crate::world::form(union, "BT-002") };
        change(&keep, by_code("BT-002"), &IfMatch::version(2), mine).await.unwrap();
        let master = person(&app, 1, union).await;
        let post = Appointment { person_id: master, role: PostRole::Master, from_day: None };
        appoint(&app.caller::<AppointMasters>(), by_code("BT-004"), &post).await.unwrap();

        let looked = look(&caller, file).await.unwrap();
        let expected =
            [("BT-001", Restored), ("BT-002", Left), ("BT-003", Removed), ("BT-004", Left), ("BT-005", Removed)];
        let mut told = looked.rows.clone();
        told.sort_by(|one, other| one.code.cmp(&other.code));
        assert_eq!(verdicts(&told), expected, "{told:?}");
        assert!(told[1].words.contains("又有人") && told[3].words.contains("站长"), "{told:?}");
        assert_eq!((looked.removed, looked.restored, looked.left), (2, 1, 2));
        assert_eq!(stations(&app).await.len(), 5);

        let why = |reason: &str| StationFileTakenBack { reason: reason.into() };
        assert_eq!(undo(&caller, file, &why(" ")).await.unwrap_err().fields[0].field, "reason");
        let done = undo(&caller, file, &why("传错了文件")).await.unwrap();
        assert_eq!(done, looked);
        let rows = stations(&app).await;
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes, ["BT-001", "BT-002", "BT-004"]);
        assert_eq!((&rows[0].name, rows[0].capacity), (&old.form.name, old.form.capacity));
        assert_eq!((rows[1].capacity, rows[2].name.as_str()), (99, "暖心驿站BT-004"));
        let acts = audit::Entity::find().filter(audit::Column::Action.eq("stations.remove"));
        assert_eq!(acts.all(caller.read()).await.unwrap().len(), 2);
        let kept = past::list(&caller, &Default::default()).await.unwrap();
        assert_eq!(kept.items[0].undone.as_deref(), Some("传错了文件"));

        // What could go back did, and nothing goes back twice; the numbers on the signs are free again.
        assert_eq!(undo(&caller, file, &why("再来一次")).await.unwrap_err().code, "nothing_to_undo");
        let again = bring(&app, union, &["BT-003"]).await;
        assert_eq!(look(&caller, again).await.unwrap().removed, 1);
        assert_eq!(look(&caller, union).await.unwrap_err().status, 404);
    })
    .await;
}
