use chrono::{DateTime, TimeDelta, Utc};
use kernel::{
    Id,
    etag::IfMatch,
    ledger::{
        RecordFact, TakeBack,
        permissions::{Record, Reverse},
        record, take_back,
    },
    organisation::{
        Kind, Level,
        create::{NewOrganisation, create},
        form::OrganisationForm,
        head_count::{self, keep::NewHeadCount},
        platform::{
            self, Rank,
            branch::{self, BranchForm},
            keep::PlatformForm,
        },
        relocate::{MoveUnder, relocate},
    },
};
use plan::{
    approval::{
        ApprovalState,
        decide::{ReturnQuarter, approve, give_back},
        list::{ApprovalParams, approvals},
        submit::{SubmitQuarter, submit},
    },
    breakdown::{
        BreakdownParams,
        raise::{Raise, raise},
        set::{GivenTarget, Targets, set},
    },
    indicators,
    permissions::{ApproveQuarters, BreakDown, EditPlans, RecordValues, SeePlans, SubmitQuarters},
    record_value::{self, NewValue},
    view::detail,
};
use testing::App;

use crate::world::{day, found, programmes, world};

fn wish(organisation_id: Id, quarter: &str) -> SubmitQuarter {
    SubmitQuarter { organisation_id, quarter: quarter.into() }
}

fn meal(organisation_id: Id, on: &str) -> RecordFact {
    RecordFact {
        kind: "love_meal".into(),
        organisation_id,
        person_id: None,
        person: None,
        group: None,
        quantity: 5,
        amount_fen: 0,
        day: day(on),
        note: String::new(),
    }
}

fn counted(organisation_id: Id, on: &str) -> NewHeadCount {
    NewHeadCount {
        organisation_id,
        group: "truck_driver".into(),
        day: day(on),
        workers: 1,
        source: "县总工会统计".into(),
    }
}

fn lodged(organisation_id: Id, platform_id: Id, opened: Option<&str>) -> BranchForm {
    BranchForm {
        platform_id,
        organisation_id,
        name: "分公司".into(),
        union_organisation_id: None,
        union_since: None,
        opened_on: opened.map(day),
        closed_on: None,
    }
}

fn valued(organisation_id: Id, on: &str) -> NewValue {
    NewValue { organisation_id, value: 6, day: day(on), note: "内工发〔2026〕18号".into(), evidence_id: None }
}

#[tokio::test]
async fn a_quarter_goes_up_level_by_level_and_is_locked() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let (sends, decides) = (app.caller::<SubmitQuarters>(), app.caller::<ApproveQuarters>());
        let (records, reverses) = (app.caller::<Record>(), app.caller::<Reverse>());
        let early = record(&records, &meal(world.west, "2026-03-05")).await.unwrap();
        let may = record(&records, &meal(world.west, "2026-05-05")).await.unwrap();
        for (quarter, code) in [("2026Q3", "quarter_not_over"), ("2026-06", "invalid"), ("2026Q2", "waits_for_below")] {
            assert_eq!(submit(&sends, &wish(world.region, quarter)).await.unwrap_err().code, code, "{quarter}");
        }
        let west = submit(&sends, &wish(world.west, "2026Q2")).await.unwrap();
        assert_eq!(west.state, ApprovalState::Submitted);
        assert_eq!(submit(&sends, &wish(world.west, "2026Q2")).await.unwrap_err().code, "already_submitted");

        // Nothing more by hand into that quarter there; before it, and next door, as ever.
        assert_eq!(record(&records, &meal(world.west, "2026-06-30")).await.unwrap_err().code, "quarter_locked");
        let because = TakeBack { reason: "登记有误".into() };
        assert_eq!(take_back(&reverses, may.id, &because).await.unwrap_err().code, "quarter_locked");
        let moved = MoveUnder { parent_id: world.east, day: day("2026-06-30") };
        assert_eq!(relocate(&app.caller(), world.west, &moved).await.unwrap_err().code, "quarter_locked");
        let counted = counted(world.west, "2026-06-30");
        assert_eq!(head_count::keep::create(&app.caller(), &counted).await.unwrap_err().code, "quarter_locked");
        take_back(&reverses, early.id, &because).await.unwrap();
        record(&records, &meal(world.east, "2026-06-30")).await.unwrap();
        record(&records, &meal(world.west, "2026-07-01")).await.unwrap();

        approve(&decides, west.id).await.unwrap();
        assert_eq!(approve(&decides, west.id).await.unwrap_err().code, "approval_not_now");
        let east = submit(&sends, &wish(world.east, "2026Q2")).await.unwrap();
        assert_eq!(submit(&sends, &wish(world.region, "2026Q2")).await.unwrap_err().code, "waits_for_below");
        approve(&decides, east.id).await.unwrap();
        // Nobody is above the region.
        let region = submit(&sends, &wish(world.region, "2026Q2")).await.unwrap();
        assert_eq!(region.state, ApprovalState::Approved);
        let value = valued(world.region, "2026-06-30");
        let late = record_value::record(&app.caller::<RecordValues>(), world.indicators[2], &value).await;
        assert_eq!(late.unwrap_err().code, "quarter_locked");

        let wrong = ReturnQuarter { reason: "爱心餐漏报".into() };
        assert_eq!(give_back(&decides, west.id, &wrong).await.unwrap_err().code, "above_is_locked");
        give_back(&decides, region.id, &wrong).await.unwrap();
        let returned = give_back(&decides, west.id, &wrong).await.unwrap();
        assert_eq!((returned.state, returned.reason.as_deref()), (ApprovalState::Returned, Some("爱心餐漏报")));
        assert_eq!(approve(&decides, west.id).await.unwrap_err().code, "approval_not_now");
        record(&records, &meal(world.west, "2026-06-30")).await.unwrap();
        submit(&sends, &wish(world.west, "2026Q2")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_stands_on_is_not_dated_back_behind_a_quarter_that_was_handed_up() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let (counts, values) = (app.caller(), app.caller::<RecordValues>());
        let enter = async |place: Id, on: &str| {
            let count = head_count::keep::create(&counts, &counted(place, on)).await.map(drop);
            let value = record_value::record(&values, world.indicators[2], &valued(place, on)).await.map(drop);
            [count, value].map(|entered| entered.map_err(|problem| problem.code))
        };
        // What was counted on the first of April holds in June; what is entered for a day before it holds to the end of March.
        assert_eq!(enter(world.east, "2026-04-01").await, [Ok(()), Ok(())]);
        for place in [world.west, world.east] {
            submit(&app.caller::<SubmitQuarters>(), &wish(place, "2026Q2")).await.unwrap();
        }
        assert_eq!(enter(world.west, "2026-03-15").await.map(Result::unwrap_err), ["quarter_locked"; 2]);
        assert_eq!(enter(world.east, "2026-03-15").await, [Ok(()), Ok(())]);
    })
    .await;
}

#[tokio::test]
async fn a_branch_is_not_dated_back_into_a_quarter_that_was_handed_up() {
    App::each(&programmes(), |app| async move {
        let (world, caller) = (world(&app).await, app.caller());
        let company = PlatformForm { name: "示例外卖平台".into(), rank: Rank::Head, credit_code: None };
        let company = platform::keep::create(&caller, &company).await.unwrap().id;
        let known = branch::create(&caller, &lodged(world.west, company, None)).await.unwrap();
        submit(&app.caller::<SubmitQuarters>(), &wish(world.west, "2026Q2")).await.unwrap();

        let late = branch::create(&caller, &lodged(world.west, company, Some("2026-06-30"))).await.unwrap_err();
        assert_eq!(late.code, "quarter_locked");
        let undated = branch::create(&caller, &lodged(world.west, company, None)).await.unwrap_err();
        assert_eq!(undated.fields[0].code, "opened_on_missing");
        branch::create(&caller, &lodged(world.west, company, Some("2026-07-01"))).await.unwrap();
        branch::create(&caller, &lodged(world.east, company, None)).await.unwrap();

        let since = |on: &str| BranchForm { union_since: Some(day(on)), ..lodged(world.west, company, None) };
        let closed = |on: &str| BranchForm { closed_on: Some(day(on)), ..lodged(world.west, company, None) };
        let elsewhere = lodged(world.east, company, None);
        for changed in [since("2026-06-30"), closed("2026-03-31"), elsewhere] {
            let refused = branch::update(&caller, known.id, &IfMatch::version(1), &changed).await.unwrap_err();
            assert_eq!(refused.code, "quarter_locked", "{changed:?}");
        }
        branch::update(&caller, known.id, &IfMatch::version(1), &since("2026-07-01")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_union_that_was_moved_does_not_write_into_the_quarter_of_whom_it_lay_under_then() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let town = found(&app, Some(world.west), "152921", "乌兰镇总工会", Level::Township).await;
        submit(&app.caller::<SubmitQuarters>(), &wish(world.west, "2026Q1")).await.unwrap();
        let moved = MoveUnder { parent_id: world.east, day: day("2026-05-01") };
        relocate(&app.caller(), town, &moved).await.unwrap();
        let records = app.caller::<Record>();
        assert_eq!(record(&records, &meal(town, "2026-03-20")).await.unwrap_err().code, "quarter_locked");
        record(&records, &meal(town, "2026-05-02")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_union_whose_first_place_was_a_mistake_takes_nothing_out_of_a_quarter_that_was_handed_up() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let begun = async |code: &str| {
            let form = OrganisationForm::new(code, "乌兰镇总工会", Kind::Federation);
            let new = NewOrganisation { parent_id: Some(world.west), level: Level::Township, form };
            create(&app.caller(), &new).await.unwrap().id
        };
        let (town, other) = (begun("152921").await, begun("152922").await);
        let (counts, lodges) = (begun("152923").await, begun("152924").await);
        // Their places begin today, but what was recorded or counted before counts for those places, too.
        record(&app.caller::<Record>(), &meal(town, "2026-03-20")).await.unwrap();
        head_count::keep::create(&app.caller(), &counted(counts, "2026-03-20")).await.unwrap();
        let company = PlatformForm { name: "示例外卖平台".into(), rank: Rank::Head, credit_code: None };
        let company = platform::keep::create(&app.caller(), &company).await.unwrap().id;
        branch::create(&app.caller(), &lodged(lodges, company, None)).await.unwrap();
        submit(&app.caller::<SubmitQuarters>(), &wish(world.west, "2026Q1")).await.unwrap();
        let moved = &MoveUnder { parent_id: world.east, day: day("2026-07-01") };
        for recorded in [town, counts, lodges] {
            assert_eq!(relocate(&app.caller(), recorded, moved).await.unwrap_err().code, "quarter_locked");
        }
        relocate(&app.caller(), other, moved).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_targets_of_a_year_that_was_handed_up_stand() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let id = world.indicators[0];
        app.set_clock("2027-01-12T02:00:00Z".parse::<DateTime<Utc>>().unwrap());
        let (sends, decides) = (app.caller::<SubmitQuarters>(), app.caller::<ApproveQuarters>());
        let (edits, gives) = (app.caller::<EditPlans>(), app.caller::<BreakDown>());
        let change = async |target| {
            let mut seen = detail(&app.caller::<SeePlans>(), world.plan).await.unwrap().indicators.remove(0);
            seen.form.target = target;
            let changed = indicators::change(&edits, id, &IfMatch::version(seen.version), &seen.form).await;
            changed.map(drop).map_err(|problem| problem.code)
        };
        let give = async |version| {
            let targets = vec![GivenTarget { organisation_id: world.west, value: 600 }];
            let (here, seen) = (BreakdownParams::default(), IfMatch::version(version));
            let given = set(&gives, id, &here, &seen, &Targets { targets }).await;
            given.map(drop).map_err(|problem| problem.code)
        };
        let raised = async || {
            let mine = Raise { organisation_id: world.west, value: Some(2_000) };
            raise(&gives, id, mine).await.map(drop).map_err(|problem| problem.code)
        };
        for below in [world.west, world.east] {
            let sent = submit(&sends, &wish(below, "2026Q4")).await.unwrap();
            approve(&decides, sent.id).await.unwrap();
        }
        // Until the plan's own union hands its year up, a target that was written wrongly is put right.
        assert_eq!((change(1_200).await, give(0).await, raised().await), (Ok(()), Ok(()), Ok(())));
        let region = submit(&sends, &wish(world.region, "2026Q4")).await.unwrap();
        let locked = Err("plan_year_locked");
        assert_eq!((change(500).await, give(1).await, raised().await), (locked, locked, locked));
        give_back(&decides, region.id, &ReturnQuarter { reason: "目标有误".into() }).await.unwrap();
        assert_eq!(change(1_100).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn a_year_is_shown_with_those_directly_below() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let sent = submit(&app.caller::<SubmitQuarters>(), &wish(world.west, "2026Q1")).await.unwrap();
        let board = async |organisation| {
            let params = ApprovalParams { organisation, year: 2026 };
            approvals(&app.caller::<SeePlans>(), &params).await.unwrap()
        };
        let shown = board(world.region).await;
        assert_eq!(shown.over, ["2026Q1", "2026Q2"]);
        let rows: Vec<_> = shown.rows.iter().map(|row| (row.organisation_id, row.own, row.quarters.len())).collect();
        assert_eq!(rows, [(world.region, true, 0), (world.east, false, 0), (world.west, false, 1)]);
        assert!(shown.rows.iter().all(|row| row.founded_on == Some(day("2020-01-01"))), "as the world was founded");
        assert_eq!(board(world.west).await.rows[0].quarters, [sent]);
        app.set_clock(app.caller::<SeePlans>().now() + TimeDelta::days(100));
        assert_eq!(board(world.west).await.over.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_union_that_came_below_does_not_write_into_a_quarter_that_was_handed_up_there() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let town = found(&app, Some(world.east), "152221", "科尔沁镇总工会", Level::Township).await;
        submit(&app.caller::<SubmitQuarters>(), &wish(world.west, "2026Q1")).await.unwrap();
        let moved = MoveUnder { parent_id: world.west, day: day("2026-05-01") };
        relocate(&app.caller(), town, &moved).await.unwrap();
        let records = app.caller::<Record>();
        assert_eq!(record(&records, &meal(town, "2026-03-20")).await.unwrap_err().code, "quarter_locked");
        record(&records, &meal(town, "2026-04-02")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_quarter_waits_for_nobody_who_has_no_figures_in_it() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let sends = app.caller::<SubmitQuarters>();
        let send = async |place: Id, quarter: &str| {
            submit(&sends, &wish(place, quarter)).await.map(drop).map_err(|problem| problem.code)
        };
        let banner = found(&app, Some(world.east), "152201", "乌兰浩特市总工会", Level::County).await;
        assert_eq!(send(world.east, "2026Q1").await, Err("waits_for_below"));
        // The other league's quarter before it came there has none of its figures, the next one has.
        let moved = MoveUnder { parent_id: world.west, day: day("2026-04-10") };
        relocate(&app.caller(), banner, &moved).await.unwrap();
        assert_eq!(send(world.west, "2026Q1").await, Ok(()));
        assert_eq!(send(world.west, "2026Q2").await, Err("waits_for_below"));

        let form = OrganisationForm {
            founded_on: Some(day("2026-07-01")),
            ..OrganisationForm::new("152299", "新区总工会", Kind::Federation)
        };
        let founded = NewOrganisation { parent_id: Some(world.east), level: Level::County, form };
        create(&app.caller(), &founded).await.unwrap();
        assert_eq!(send(world.east, "2026Q2").await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn a_quarter_is_handed_up_when_it_is_over_and_by_counties_and_above() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let town = found(&app, Some(world.west), "152921", "乌兰镇总工会", Level::Township).await;
        let sends = async |place| submit(&app.caller::<SubmitQuarters>(), &wish(place, "2026Q3")).await;
        // The quarter's last day.
        app.pass(TimeDelta::days(91));
        assert_eq!(sends(world.west).await.unwrap_err().code, "quarter_not_over");
        app.pass(TimeDelta::days(1));
        assert_eq!(sends(town).await.unwrap_err().code, "level_submits_nothing");
        assert_eq!(sends(world.west).await.unwrap().state, ApprovalState::Submitted);
    })
    .await;
}
