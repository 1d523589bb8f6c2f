//! Who decides on a quarter that was handed up: the union above, not the one that handed it up.

use axum::http::StatusCode;
use chrono::{TimeZone, Utc};
use kernel::{
    Id,
    listing::Paging,
    organisation::{
        Level,
        close::{ClosingDay, close},
        founding::Paper,
        merge::{MergeInto, merge},
        permissions::Reshape,
    },
};
use membership::{
    import::{
        Verdict,
        rows::{RowFilter, rows},
        steps::{start, start_check, start_undo},
        upload::{Upload, upload},
    },
    permissions::ImportMembers,
};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::{
    consult::desk_with_booking,
    join::rider,
    roles::{PASSWORD, found, officer},
    roster::{act, put_up},
    shares::joins,
    station_activities::lecture,
    stations::{day, done},
};

/// A county below a league, and a union of riders in it.
async fn unions(app: &App) -> [Id; 3] {
    let league = found(app, None, "152200", "兴安盟总工会", Level::Prefecture).await;
    let county = found(app, Some(league), "152201", "乌兰浩特市总工会", Level::County).await;
    let riders = found(app, Some(county), "152201R", "骑手联合工会", Level::Grassroots).await;
    [league, county, riders]
}

/// The second quarter of a union is handed up.
async fn hand_up(officer: &mut Client, union: Id) {
    let wish = json!({ "organisation_id": union, "quarter": "2026Q2" });
    let _answered = officer.post("/api/v1/quarter-approvals", &wish).await.ok::<Value>();
}

/// The same of a station's county, by another of its officers.
pub(crate) async fn hand_up_at(app: &App, county: &str) -> Client {
    let county: Id = county.parse().unwrap();
    let mut officer = officer(app, "later", "业务干部", county).await;
    hand_up(&mut officer, county).await;
    officer
}

/// How many members count below a union at the end of a day.
async fn counted(officer: &mut Client, union: Id, on: &str) -> i64 {
    let path = format!("/api/v1/figures?organisation={union}&kinds=membership&from=2026-01-01&to={on}");
    officer.get(&path).await.ok::<Value>()["items"][0]["standing"].as_i64().unwrap_or(0)
}

#[tokio::test]
async fn the_union_above_decides() {
    App::each(&server::programmes(), async |app| {
        let league = found(&app, None, "152200", "兴安盟总工会", Level::Prefecture).await;
        let county = found(&app, Some(league), "152201", "乌兰浩特市总工会", Level::County).await;
        let mut above = officer(&app, "above", "业务干部", league).await;
        let mut below = officer(&app, "below", "业务干部", county).await;
        let wish = json!({ "organisation_id": county, "quarter": "2026Q1" });
        let sent: Value = below.post("/api/v1/quarter-approvals", &wish).await.ok();
        let path = |verb: &str| format!("/api/v1/quarter-approvals/{}/{verb}", sent["id"].as_str().unwrap());
        let reason = json!({ "reason": "数据有误" });
        assert_eq!(below.post(&path("approve"), &json!({})).await.code(), "not_above");
        assert_eq!(below.post(&path("return"), &reason).await.code(), "not_above");
        let approved: Value = above.post(&path("approve"), &json!({})).await.ok();
        assert_eq!(approved["state"], "approved");
        assert_eq!(above.post(&path("return"), &reason).await.status, StatusCode::OK);
        let shown: Value = below.get(&format!("/api/v1/quarter-approvals?organisation={county}&year=2026")).await.ok();
        assert_eq!(shown["rows"][0]["quarters"][0]["reason"], "数据有误");
    })
    .await;
}

#[tokio::test]
async fn nobody_leaves_into_a_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 3, 10, 1, 0, 0).unwrap());
        let [_, county, riders] = unions(&app).await;
        let mut early = officer(&app, "early", "业务干部", county).await;
        let member = joins(&mut early, riders, 1, "delivery_rider").await;
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 5, 1, 0, 0).unwrap());
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        hand_up(&mut officer, county).await;
        let path = format!("/api/v1/members/{}/leave", member.as_str().unwrap());
        let leave = |day: &str| json!({ "reason": "本人申请", "day": day });
        // Who left in March is missing on the last day of June.
        for day in ["2026-03-20", "2026-06-20"] {
            let refused = officer.post(&path, &leave(day)).await;
            assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "quarter_locked"), "{day}");
        }
        let left: Value = officer.post(&path, &leave("2026-07-02")).await.ok();
        assert_eq!(left["state"], "left");
    })
    .await;
}

#[tokio::test]
async fn an_end_that_was_a_mistake_is_taken_back_behind_a_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 10, 1, 0, 0).unwrap());
        let [_, county, riders] = unions(&app).await;
        let mut early = officer(&app, "early", "业务干部", county).await;
        let member = joins(&mut early, riders, 1, "delivery_rider").await;
        let path = |verb: &str| format!("/api/v1/members/{}/{verb}", member.as_str().unwrap());
        let why = json!({ "reason": "办错了人" });
        let _left: Value = early.post(&path("leave"), &why).await.ok();
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 5, 1, 0, 0).unwrap());
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        hand_up(&mut officer, county).await;
        let back: Value = officer.post(&path("take-back"), &why).await.ok();
        assert_eq!(back["state"], "normal");
        assert_eq!(
            (counted(&mut officer, county, "2026-06-30").await, counted(&mut officer, county, "2026-07-01").await),
            (0, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn no_union_is_closed_back_into_a_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 3, 10, 1, 0, 0).unwrap());
        let [_, county, riders] = unions(&app).await;
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 5, 1, 0, 0).unwrap());
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        let count = json!({
            "organisation_id": riders, "group": "courier", "day": "2026-04-01", "workers": 80, "source": "工会统计",
        });
        let _entered = officer.post("/api/v1/head-counts", &count).await.ok::<Value>();
        let workers = async |officer: &mut Client| {
            let path = format!("/api/v1/enrolment/shares?organisation={county}&group=courier&on=2026-06-30");
            officer.get(&path).await.ok::<Value>()["total"]["workers"].clone()
        };
        assert_eq!(workers(&mut officer).await, 80);
        hand_up(&mut officer, county).await;
        let caller = app.caller::<Reshape>();
        let on = |day: &str| ClosingDay { day: day.parse().unwrap(), paper: Paper::default() };
        assert_eq!(close(&caller, riders, &on("2026-06-20")).await.unwrap_err().code, "quarter_locked");
        close(&caller, riders, &on("2026-07-01")).await.unwrap();
        assert_eq!(workers(&mut officer).await, 80);
    })
    .await;
}

#[tokio::test]
async fn no_union_is_merged_into_the_one_above_it_in_a_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 3, 10, 1, 0, 0).unwrap());
        let [_, county, riders] = unions(&app).await;
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 5, 1, 0, 0).unwrap());
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        hand_up(&mut officer, county).await;
        let caller = app.caller::<Reshape>();
        let on = |day: &str| MergeInto { into_id: county, day: day.parse().unwrap(), paper: Paper::default() };
        assert_eq!(merge(&caller, riders, &on("2026-06-20")).await.unwrap_err().code, "quarter_locked");
        merge(&caller, riders, &on("2026-07-01")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn whom_a_roster_brings_late_counts_behind_the_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 5, 1, 0, 0).unwrap());
        let [_, county, riders] = unions(&app).await;
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        hand_up(&mut officer, county).await;
        let mut roster = String::from("姓名,身份证号,入会日期\n");
        for (n, day) in (1..).zip(["2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01"]) {
            roster.push_str(&format!("{},{},{day}\n", people::name(n), people::number(n)));
        }
        let caller = app.caller::<ImportMembers>();
        let bytes = roster.into_bytes();
        let file = Upload { file_name: "花名册.csv".into(), bytes, organisation_id: riders };
        let import = upload(&caller, file).await.unwrap().id;
        start_check(&caller, import).await.unwrap();
        app.settle().await;
        let kept = rows(&caller, import, &RowFilter::default(), &Paging::default()).await.unwrap().items;
        let verdicts: Vec<_> = kept.iter().map(|row| row.verdict.unwrap()).collect();
        assert_eq!(verdicts, [Verdict::Join; 4]);
        let late: Vec<bool> = kept.iter().map(|row| row.message.contains("自2026年7月1日起计入统计")).collect();
        assert_eq!(late, [true, true, true, false], "{}", kept[0].message);
        start(&caller, import).await.unwrap();
        app.settle().await;
        assert_eq!(
            (counted(&mut officer, county, "2026-06-30").await, counted(&mut officer, county, "2026-07-05").await),
            (0, 4)
        );
        let members: Value = officer.get("/api/v1/members?state=normal").await.ok();
        let since: Vec<&Value> = members["items"].as_array().unwrap().iter().map(|one| &one["member_since"]).collect();
        assert!(since.contains(&&json!("2026-03-31")), "{since:?}");
    })
    .await;
}

#[tokio::test]
async fn a_quarter_handed_up_in_between_stands_as_it_was_until_it_comes_back() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 5, 1, 0, 0).unwrap());
        let [league, county, riders] = unions(&app).await;
        let mut below = officer(&app, "below", "业务干部", county).await;
        let mut above = officer(&app, "above", "业务干部", league).await;
        let caller = app.caller::<ImportMembers>();
        // Two rosters, each with one in the quarter and one behind it; one is entered, the other only checked.
        let checked = async |first: u32| {
            let row = |n, day| format!("{},{},{day}\n", people::name(n), people::number(n));
            let rows = row(first, "2026-05-15") + &row(first + 1, "2026-07-01");
            let bytes = format!("姓名,身份证号,入会日期\n{rows}").into_bytes();
            let file = Upload { file_name: "花名册.csv".into(), bytes, organisation_id: riders };
            let import = upload(&caller, file).await.unwrap().id;
            start_check(&caller, import).await.unwrap();
            app.settle().await;
            import
        };
        let kept = async |import| rows(&caller, import, &RowFilter::default(), &Paging::default()).await.unwrap().items;
        let (entered, waiting) = (checked(1).await, checked(3).await);
        start(&caller, entered).await.unwrap();
        app.settle().await;
        let wish = json!({ "organisation_id": county, "quarter": "2026Q2" });
        let sent: Value = below.post("/api/v1/quarter-approvals", &wish).await.ok();
        start(&caller, waiting).await.unwrap();
        start_undo(&caller, entered).await.unwrap();
        app.settle().await;
        let late = kept(waiting).await;
        assert!(late[0].done && late[1].done, "{}", late[0].message);
        // It counts from July on, so it can be taken back; what counted in May can't.
        start_undo(&caller, waiting).await.unwrap();
        app.settle().await;
        assert!(!kept(waiting).await[0].done);
        let undone = kept(entered).await;
        assert_eq!([undone[0].done, undone[1].done], [true, false]);
        assert!(undone[0].message.contains("未撤销") && undone[0].message.contains("已报送"), "{}", undone[0].message);
        let back = format!("/api/v1/quarter-approvals/{}/return", sent["id"].as_str().unwrap());
        assert_eq!(above.post(&back, &json!({ "reason": "名册有误" })).await.status, StatusCode::OK);
        start_undo(&caller, entered).await.unwrap();
        app.settle().await;
        assert!(!kept(entered).await[0].done);
        let members: Value = below.get("/api/v1/members?state=normal").await.ok();
        assert_eq!(members["total"], 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_leaves_before_the_day_from_which_he_counts() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 5, 1, 0, 0).unwrap());
        let [league, county, riders] = unions(&app).await;
        let mut below = officer(&app, "below", "业务干部", county).await;
        let mut above = officer(&app, "above", "业务干部", league).await;
        let wish = json!({ "organisation_id": county, "quarter": "2026Q2" });
        let sent: Value = below.post("/api/v1/quarter-approvals", &wish).await.ok();
        let caller = app.caller::<ImportMembers>();
        let bytes =
            format!("姓名,身份证号,入会日期\n{},{},2026-03-31\n", people::name(1), people::number(1)).into_bytes();
        let file = Upload { file_name: "花名册.csv".into(), bytes, organisation_id: riders };
        let import = upload(&caller, file).await.unwrap().id;
        start_check(&caller, import).await.unwrap();
        app.settle().await;
        start(&caller, import).await.unwrap();
        app.settle().await;
        let back = format!("/api/v1/quarter-approvals/{}/return", sent["id"].as_str().unwrap());
        assert_eq!(above.post(&back, &json!({ "reason": "名册有误" })).await.status, StatusCode::OK);
        let members: Value = below.get("/api/v1/members?state=normal").await.ok();
        let path = format!("/api/v1/members/{}/leave", members["items"][0]["id"].as_str().unwrap());
        let leave = |day: &str| json!({ "reason": "本人申请", "day": day });
        // The quarter is open again, but it never counted him: its last day would have one less than nobody.
        assert_eq!(below.post(&path, &leave("2026-06-20")).await.code(), "day_too_early");
        let left: Value = below.post(&path, &leave("2026-07-01")).await.ok();
        assert_eq!(left["state"], "left");
        assert_eq!(counted(&mut below, county, "2026-07-05").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_station_corrects_nothing_of_a_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 20, 1, 0, 0).unwrap());
        let mut day = day(&app).await;
        let tally = json!({ "sent_as": "phone-1-0001", "group": "courier", "quantity": 6 });
        let entered: Value = day.enter(tally).await.ok();
        let guest = |on: &str| {
            json!({
                "station_id": day.station, "name": "王主席", "office": "区总工会主席", "day": on, "activities": 0,
                "did": "和骑手座谈",
            })
        };
        let (june, july) = (guest("2026-06-20"), guest("2026-07-02"));
        let held: Value = day.officer.post("/api/v1/station-guests", &june).await.ok();
        let afternoon = json!({
            "day": "2026-06-20", "from_hour": 14, "until_hour": 16, "task": "整理图书", "wanted": 1, "guided": true,
        });
        let shift = put_up(&mut day, &afternoon).await;
        assert!(act(&mut day.worker, &shift, "join").await.status.is_success());
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 2, 1, 0, 0).unwrap());
        let mut officer = hand_up_at(&app, &day.county).await;
        let undo = json!({ "entry_id": entered["entry"]["id"], "reason": "多记了一遍" });
        let back = format!("/api/v1/stations/{}/take-back", day.station);
        assert_eq!(officer.post(&back, &undo).await.code(), "quarter_locked");
        let guest_back = format!("/api/v1/station-guests/{}/take-back", held["id"].as_str().unwrap());
        assert_eq!(officer.post(&guest_back, &json!({ "reason": "记错了" })).await.code(), "quarter_locked");
        assert_eq!(officer.post("/api/v1/station-guests", &june).await.code(), "quarter_locked");
        let places: Value = officer.get(&format!("/api/v1/station-shifts/{shift}/volunteers")).await.ok();
        let confirm = format!("/api/v1/station-volunteers/{}/confirm", places[0]["id"].as_str().unwrap());
        assert_eq!(officer.post(&confirm, &json!({})).await.code(), "quarter_locked");
        // Neither does a phone that was without a network; of the day before yesterday it would be early enough.
        let late = |at: &str, sent_as: &str| json!({ "sent_as": sent_as, "quantity": 1, "happened_at": at });
        assert_eq!(day.enter(late("2026-06-30T06:00:00Z", "phone-1-0002")).await.code(), "quarter_locked");
        assert!(day.enter(late("2026-07-01T06:00:00Z", "phone-1-0003")).await.status.is_success());
        assert!(officer.post("/api/v1/station-guests", &july).await.status.is_success());
    })
    .await;
}

#[tokio::test]
async fn a_table_that_was_without_a_network_gives_no_kit_in_a_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 30, 1, 0, 0).unwrap());
        let (hall, _) = rider(&app).await;
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 2, 1, 0, 0).unwrap());
        let mut officer = officer(&app, "later", "业务干部", hall.county.unwrap()).await;
        let wish = json!({ "organisation_id": hall.county, "quarter": "2026Q2" });
        let _answered = officer.post("/api/v1/quarter-approvals", &wish).await.ok::<Value>();
        let path = format!("/api/v1/events/{}", hall.event["id"].as_str().unwrap());
        let joins: Value = officer.get(&format!("{path}/joins")).await.ok();
        let (kits, join) = (format!("{path}/kits"), &joins["items"][0]["id"]);
        let kit = |at: &str| json!({ "join_id": join, "gate": "一号台", "given_at": at });
        // A device whose battery was empty believes that it is 1970.
        assert_eq!(officer.post(&kits, &kit("1970-01-01T06:00:00Z")).await.code(), "given_at_wrong");
        assert_eq!(officer.post(&kits, &kit("2026-06-30T06:00:00Z")).await.code(), "quarter_locked");
        let given = officer.post(&kits, &kit("2026-07-01T06:00:00Z")).await;
        assert!(given.status.is_success(), "{}", given.json());
    })
    .await;
}

#[tokio::test]
async fn nobody_comes_late_to_a_desk_or_an_activity_of_a_quarter_that_was_handed_up() {
    App::each(&server::programmes(), async |app| {
        app.set_clock(Utc.with_ymd_and_hms(2026, 6, 30, 1, 0, 0).unwrap());
        let mut day = day(&app).await;
        let (_, booked) = desk_with_booking(&mut day, 0).await;
        let lecture = lecture(&day.station, "2026-06-30", 5);
        let made: Value = day.officer.post("/api/v1/station-activities", &lecture).await.ok();
        let code: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 2, 0, 30, 0).unwrap());
        hand_up_at(&app, &day.county).await;
        done(&day.officer.log_in("officer", PASSWORD).await);
        let mark = format!("/api/v1/station-consultations/{}/mark", booked["id"].as_str().unwrap());
        assert_eq!(day.officer.post(&mark, &json!({ "came": true })).await.code(), "quarter_locked");
        let attend = format!("/api/v1/me/stations/{}/attendances", day.station);
        let came = json!({ "activity_id": made["id"], "code": code["text"], "happened_at": "2026-06-30T01:00:00Z" });
        assert_eq!(day.master.post(&attend, &came).await.code(), "quarter_locked");
    })
    .await;
}
