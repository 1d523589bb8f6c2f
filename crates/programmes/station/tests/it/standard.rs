use chrono::{Days, TimeDelta};
use kernel::{Id, files, listing::Paging, permission::LoggedIn};
use serde_json::json;
use station::{
    days::usage::{UseFilter, look},
    find::{Finder, nearest},
    permissions::{InspectStations, KeepCatalogue, KeepStations, SeeStations},
    register::{
        form::{Photo, StationState},
        list::{Attention, StationFilter, list},
        state::open,
    },
    standard::{
        FindingState, InspectionKind,
        cancel::{InspectionCancel, cancel},
        findings::{self, FindingFilter, FindingStanding},
        finish::{InspectionResult, NewFinding, finish},
        inspections::{self, InspectionFilter, InspectionSheet, show},
        items::standard,
        keep::{StandardForm, change},
        marks::NewMark,
        mend::{Mending, MendingVerdict, judge, report},
        plan::{NewInspection, plan},
    },
};
use testing::App;

use crate::world::{district, open_station, programmes};

async fn planned(app: &App, station: Id, kind: InspectionKind) -> InspectionSheet {
    let caller = app.caller::<InspectStations>();
    let team = "市总工会保障工作部".to_owned();
    let new = NewInspection { station_id: station, kind, planned_on: caller.today(), team };
    let made = plan(&caller, &new).await.unwrap();
    show(caller.read(), &caller, made.id).await.unwrap()
}

/// Every item with all its points but for those of one item.
fn marked(sheet: &InspectionSheet, item: &str, score: i64) -> Vec<NewMark> {
    let mark = |code: &str, full| NewMark {
        code: code.to_owned(),
        score: Some(if code == item { score } else { full }),
        note: None,
        photos: Vec::new(),
    };
    sheet.marks.iter().map(|one| mark(&one.code, one.weight)).collect()
}

async fn photo(app: &App, union: Id) -> Photo {
    let caller = &app.caller::<LoggedIn>();
    let png = b"\x89PNG\r\n\x1a\n0000";
    let stored = caller.unit(|unit| async move { files::store(&unit, caller, union, "整改后.png", "", png).await });
    Photo { attachment_id: stored.await.unwrap(), caption: "整改后".into() }
}

#[tokio::test]
async fn a_station_below_standard_is_not_open_beyond_the_grace() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        let caller = app.caller::<InspectStations>();
        let sheet = planned(&app, station.id, InspectionKind::Unannounced).await;
        assert_eq!(sheet.marks.iter().map(|mark| mark.weight).sum::<i64>(), 100);
        let result = |marks, found| InspectionResult { done_on: caller.today(), marks, found, note: None };
        // Overdue medicine: no point of a critical item, so below standard with 96 points.
        let marks = marked(&sheet, "std_first_aid", 0);
        let silent = finish(&caller, sheet.inspection.id, &result(marks.clone(), vec![])).await.unwrap_err();
        assert_eq!(silent.code, "inspection_no_finding");
        let short = finish(&caller, sheet.inspection.id, &result(marks[1..].to_vec(), vec![])).await.unwrap_err();
        assert_eq!(short.fields[0].code, "marks_incomplete");
        let found = NewFinding {
            code: "std_first_aid".into(),
            wrong: "两盒药已过期".into(),
            mend_by: caller.today() + Days::new(7),
        };
        let done = finish(&caller, sheet.inspection.id, &result(marks, vec![found])).await.unwrap();
        let told = &done.inspection;
        assert_eq!((told.star, told.score.as_deref(), told.unmended), (Some(0), Some("96分"), 1));

        let state = async |state| {
            let filter = StationFilter { state: Some(state), ..StationFilter::default() };
            list(&app.caller::<SeeStations>(), &filter, &Paging::default()).await.unwrap().total
        };
        let finder = Finder::default();
        let stands_open = async || {
            let asked =
                serde_json::from_value(json!({ "longitude": 110.04, "latitude": 40.57, "open": true })).unwrap();
            let found = nearest(&app.caller::<LoggedIn>(), &finder, &asked).await.unwrap().len();
            let open_now = look(&app.caller::<SeeStations>(), &UseFilter::default()).await.unwrap().open_now;
            assert_eq!(i64::try_from(found).unwrap(), open_now);
            (found, state(StationState::Open).await, state(StationState::Paused).await)
        };
        assert_eq!(stands_open().await, (1, 1, 0));
        app.pass(TimeDelta::days(30));
        assert_eq!(stands_open().await, (1, 1, 0));
        app.pass(TimeDelta::days(1));
        // Saturday, nine in the morning: open but for its being below standard.
        assert_eq!(stands_open().await, (0, 0, 1));
        let refused = open(&app.caller::<KeepStations>(), station.id).await.unwrap_err();
        assert_eq!(refused.code, "station_below_standard");
        let wanting = StationFilter { attention: Some(Attention::Unmended), ..StationFilter::default() };
        assert_eq!(list(&app.caller::<SeeStations>(), &wanting, &Paging::default()).await.unwrap().total, 1);

        let again = planned(&app, station.id, InspectionKind::Again).await;
        let caller = app.caller::<InspectStations>();
        let good = InspectionResult {
            done_on: caller.today(),
            marks: marked(&again, "mix_partners", 5),
            found: vec![],
            note: Some("药品已更换".into()),
        };
        let early = InspectionResult { done_on: caller.today() - Days::new(40), ..good.clone() };
        assert_eq!(finish(&caller, again.inspection.id, &early).await.unwrap_err().code, "inspection_older");
        let done = finish(&caller, again.inspection.id, &good).await.unwrap();
        assert_eq!((done.inspection.star_label.as_deref(), done.found.len()), (Some("五星"), 0));
        assert_eq!(stands_open().await, (1, 1, 0));
        assert_eq!(finish(&caller, again.inspection.id, &good).await.unwrap_err().code, "inspection_not_planned");
        let history = InspectionFilter { station: Some(station.id), ..InspectionFilter::default() };
        let history = inspections::list(&app.caller(), &history, &Paging::default()).await.unwrap();
        assert_eq!(history.items.iter().map(|one| one.star).collect::<Vec<_>>(), [Some(5), Some(0)]);
    })
    .await;
}

#[tokio::test]
async fn what_was_found_is_mended_with_proof_and_confirmed() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        let sheet = planned(&app, station.id, InspectionKind::Planned).await;
        let caller = app.caller::<InspectStations>();
        let found =
            NewFinding { code: "norm_clean".into(), wrong: "微波炉内有油污".into(), mend_by: caller.today() };
        let result = InspectionResult {
            done_on: caller.today(),
            marks: marked(&sheet, "norm_clean", 1),
            found: vec![found],
            note: None,
        };
        let id = finish(&caller, sheet.inspection.id, &result).await.unwrap().found[0].id;
        app.pass(TimeDelta::days(3));
        let late = FindingFilter { standing: Some(FindingStanding::Overdue), ..FindingFilter::default() };
        let late = findings::list(&app.caller(), &late, &Paging::default()).await.unwrap();
        assert_eq!((late.total, late.items[0].days_late), (1, 3));

        let (keeper, caller) = (app.caller::<KeepStations>(), app.caller::<InspectStations>());
        let yes = MendingVerdict { mended: true, answer: None };
        assert_eq!(judge(&caller, id, &yes).await.unwrap_err().code, "finding_not_reported");
        let bare = Mending { mending: "已清洗".into(), proof: vec![] };
        assert_eq!(report(&keeper, id, &bare).await.unwrap_err().fields[0].field, "proof");
        let foreign = Photo { attachment_id: Id(1), caption: String::new() };
        let claimed = Mending { mending: "已清洗".into(), proof: vec![foreign] };
        assert_eq!(report(&keeper, id, &claimed).await.unwrap_err().fields[0].code, "unknown_photo");
        let mending = Mending { mending: "已清洗".into(), proof: vec![photo(&app, union).await] };
        report(&keeper, id, &mending).await.unwrap();
        let no = |answer: Option<&str>| MendingVerdict { mended: false, answer: answer.map(str::to_owned) };
        assert_eq!(judge(&caller, id, &no(None)).await.unwrap_err().code, "finding_no_reason");
        let back = judge(&caller, id, &no(Some("照片看不清"))).await.unwrap();
        assert_eq!(back.state, FindingState::Open);
        report(&keeper, id, &mending).await.unwrap();
        let mended = judge(&caller, id, &yes).await.unwrap();
        assert_eq!((mended.state, mended.mended_on, mended.days_late), (FindingState::Mended, Some(caller.today()), 0));
        assert_eq!(judge(&caller, id, &yes).await.unwrap_err().code, "finding_mended");
    })
    .await;
}

#[tokio::test]
async fn the_checklist_changes_and_what_was_planned_can_be_cancelled() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        let keeper = app.caller::<KeepCatalogue>();
        let listed = standard(keeper.read()).await.unwrap();
        assert_eq!(
            (listed.out_of, listed.strengths.iter().map(|one| one.out_of).collect::<Vec<_>>()),
            (100, vec![20; 5])
        );
        let row = &listed.items.iter().find(|row| row.item.code == "norm_clean").unwrap().item;
        let form = StandardForm {
            strength: row.strength,
            label: row.label.clone(),
            guide: row.guide.clone(),
            weight: row.weight,
            critical: false,
            offered: false,
            sort: row.sort,
        };
        change(&keeper, "norm_clean", &kernel::etag::IfMatch::version(1), &form).await.unwrap();
        assert_eq!(standard(keeper.read()).await.unwrap().out_of, 97);
        let sheet = planned(&app, station.id, InspectionKind::Planned).await;
        assert!(sheet.marks.iter().all(|mark| mark.code != "norm_clean"));
        let caller = app.caller::<InspectStations>();
        let reason = InspectionCancel { reason: "驿站临时停电".into() };
        let gone = cancel(&caller, sheet.inspection.id, &reason).await.unwrap();
        assert_eq!((gone.state_label.as_str(), gone.note.as_deref()), ("已取消", Some("驿站临时停电")));
        assert_eq!(cancel(&caller, sheet.inspection.id, &reason).await.unwrap_err().code, "inspection_not_planned");
    })
    .await;
}
