use chrono::{Days, TimeDelta};
use kernel::{Id, files, ledger, listing::Paging, permission::LoggedIn};
use sea_orm::entity::prelude::*;
use serde_json::json;
use station::{
    days::usage::{UseFilter, look},
    find::{Finder, nearest},
    permissions::{InspectStations, KeepCatalogue, KeepStations, SeeStations},
    register::{
        form::{Photo, StationState},
        list::{Attention, StationFilter, list},
        state::open,
        state_many::{OpenStations, open_many},
        view::in_scope,
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
        numbers::INSPECTED,
        plan::{NewInspection, plan},
        take_back::{InspectionBack, take_back},
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
        let result = |marks, found| InspectionResult { done_on: caller.today(), marks, found, note: None, seen: None };
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
        assert_eq!((told.star, told.score.as_deref(), told.unmended), (Some(0), Some("96 分"), 1));

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
        let many = OpenStations { stations: vec![station.id] };
        let many = open_many(&app.caller::<KeepStations>(), &many).await.unwrap();
        assert_eq!((many.turned, &many.refused[0].reason), (0, &refused.detail));
        let wanting = StationFilter { attention: Some(Attention::Unmended), ..StationFilter::default() };
        assert_eq!(list(&app.caller::<SeeStations>(), &wanting, &Paging::default()).await.unwrap().total, 1);

        let again = planned(&app, station.id, InspectionKind::Again).await;
        let caller = app.caller::<InspectStations>();
        let good = InspectionResult {
            done_on: caller.today(),
            marks: marked(&again, "mix_partners", 5),
            found: vec![],
            note: Some("药品已更换".into()),
            seen: None,
        };
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
async fn inspections_are_listed_by_the_day_on_which_they_were_or_will_be_done() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        let first = app.caller::<InspectStations>().today();
        let sheet = planned(&app, station.id, InspectionKind::Planned).await;
        app.pass(TimeDelta::days(3));
        let caller = app.caller::<InspectStations>();
        let marks = marked(&sheet, "norm_clean", 3);
        let result = InspectionResult { done_on: caller.today(), marks, found: vec![], note: None, seen: None };
        finish(&caller, sheet.inspection.id, &result).await.unwrap();
        app.pass(TimeDelta::days(1));
        planned(&app, station.id, InspectionKind::Planned).await;
        let count = async |from: Option<u64>, to: Option<u64>| {
            let [from, to] = [from, to].map(|ahead| ahead.map(|days| first + Days::new(days)));
            let filter = InspectionFilter { from, to, ..InspectionFilter::default() };
            inspections::list(&app.caller(), &filter, &Paging::default()).await.unwrap().total
        };
        assert_eq!((count(Some(0), Some(2)).await, count(Some(3), Some(3)).await), (0, 1));
        assert_eq!((count(Some(4), None).await, count(None, Some(3)).await, count(None, None).await), (1, 1, 2));
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
            seen: None,
        };
        let id = finish(&caller, sheet.inspection.id, &result).await.unwrap().found[0].id;
        app.pass(TimeDelta::days(3));
        let late = FindingFilter { standing: Some(FindingStanding::Overdue), ..FindingFilter::default() };
        let late = findings::list(&app.caller(), &late, &Paging::default()).await.unwrap();
        assert_eq!((late.total, late.items[0].days_late), (1, 3));
        for (inspection, expected) in [(sheet.inspection.id, 1), (station.id, 0)] {
            let of = FindingFilter { inspection: Some(inspection), ..FindingFilter::default() };
            assert_eq!(findings::list(&app.caller(), &of, &Paging::default()).await.unwrap().total, expected);
        }
        // By the station's name or number, and by the deadline.
        let due = Some(caller.today());
        let at = |text: &str| FindingFilter { q: Some(text.into()), ..FindingFilter::default() };
        let (from, to) = (due.and_then(|day| day.succ_opt()), due.and_then(|day| day.pred_opt()));
        for (of, expected) in [
            (FindingFilter { from: due, to: due, ..at("东河驿站") }, 1),
            (at("BT-001"), 1),
            (at("河西"), 0),
            (FindingFilter { from, ..FindingFilter::default() }, 0),
            (FindingFilter { to, ..FindingFilter::default() }, 0),
        ] {
            assert_eq!(findings::list(&app.caller(), &of, &Paging::default()).await.unwrap().total, expected);
        }

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
        // Confirmed by mistake, it is to be mended again.
        assert_eq!(judge(&caller, id, &no(None)).await.unwrap_err().code, "finding_no_reason");
        let again = judge(&caller, id, &no(Some("点错了一条"))).await.unwrap();
        assert_eq!((again.state, again.mended_on), (FindingState::Open, None));
        report(&keeper, id, &mending).await.unwrap();
        assert_eq!(judge(&caller, id, &yes).await.unwrap().state, FindingState::Mended);
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

#[tokio::test]
async fn a_result_is_taken_back_and_a_late_one_stands_in_the_history_only() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        let caller = app.caller::<InspectStations>();
        let stands = async || {
            let row = in_scope(caller.read(), &caller, station.id).await.unwrap();
            (row.star, row.inspected_on, row.shut_from)
        };
        let days = |ago| caller.today() - Days::new(ago);
        let result = |sheet: &InspectionSheet, lost: &str, ago, found| InspectionResult {
            done_on: days(ago),
            marks: marked(sheet, lost, 0),
            found,
            note: None,
            seen: None,
        };
        let first = planned(&app, station.id, InspectionKind::Planned).await;
        finish(&caller, first.inspection.id, &result(&first, "mix_partners", 20, vec![])).await.unwrap();
        let before = stands().await;
        assert_eq!((before.0.unwrap() > 0, before.1, before.2), (true, Some(days(20)), None));
        // Marked by mistake: below standard at once.
        let wrong = planned(&app, station.id, InspectionKind::Planned).await;
        let found = || {
            let wrong = "药品过期".to_owned();
            vec![NewFinding { code: "std_first_aid".into(), wrong, mend_by: caller.today() }]
        };
        finish(&caller, wrong.inspection.id, &result(&wrong, "std_first_aid", 2, found())).await.unwrap();
        assert_eq!(stands().await, (Some(0), Some(days(2)), Some(caller.today() + Days::new(29))));
        let counted = async || {
            let facts = ledger::fact::Entity::find().filter(ledger::fact::Column::Kind.eq(INSPECTED));
            facts.all(caller.read()).await.unwrap().iter().map(|fact| fact.quantity).sum::<i64>()
        };
        assert_eq!(counted().await, 2);
        let none = InspectionBack { reason: " ".into() };
        assert_eq!(take_back(&caller, wrong.inspection.id, &none).await.unwrap_err().status, 422);
        let why = InspectionBack { reason: "录错了驿站".into() };
        let back = take_back(&caller, wrong.inspection.id, &why).await.unwrap();
        assert_eq!((back.inspection.state_label.as_str(), back.inspection.star, back.found.len()), ("待检查", None, 0));
        assert!(back.inspection.note.unwrap().contains("录错了驿站"));
        // What was marked stays to be looked through.
        assert_eq!(back.marks.iter().find(|mark| mark.code == "std_first_aid").unwrap().score, Some(0));
        assert_eq!((stands().await, counted().await), (before, 1));
        assert_eq!(take_back(&caller, wrong.inspection.id, &why).await.unwrap_err().code, "inspection_not_done");
        // A result that comes late changes nothing of today.
        let late = planned(&app, station.id, InspectionKind::Unannounced).await;
        let done = finish(&caller, late.inspection.id, &result(&late, "std_first_aid", 40, found())).await.unwrap();
        assert_eq!((done.inspection.star, stands().await, counted().await), (Some(0), before, 2));
        let ancient = result(&wrong, "mix_partners", 367, vec![]);
        assert_eq!(finish(&caller, wrong.inspection.id, &ancient).await.unwrap_err().code, "inspection_ahead");
    })
    .await;
}
