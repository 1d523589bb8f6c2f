use chrono::{TimeDelta, TimeZone, Utc};
use kernel::{
    Id,
    listing::Paging,
    organisation::{
        Kind,
        employer::{
            EmployerKind,
            keep::{self as employers, EmployerFilter, EmployerForm},
        },
        founding::{Election, FoundingStep, NewFoundingStep, Paper, StepTakenBack, record, take_back},
        head_count::keep::{self, NewHeadCount},
        merge::{MergeInto, merge},
        permissions::{ManageWorkforce, RecordSteps, Reshape, ViewWorkforce},
        platform::{
            Rank,
            branch::{self, BranchForm},
        },
    },
    rulebook::{self, NewRulePack, permissions::Manage},
};
use membership::{
    figures::{
        matrix::{MatrixFilter, matrix},
        set_up::{SetUpFilter, set_up},
        shares::{Share, ShareFilter, SharesBy, shares},
        todo::todo,
        trend::{TrendFilter, trend},
    },
    permissions::{SeeEnrolment, SeeMembers},
};
use testing::App;

use crate::world::{applied, company, day, member, programmes, region, union_of};

/// A place counts its riders.
async fn counted(app: &App, organisation_id: Id, workers: i64) {
    let count = NewHeadCount {
        organisation_id,
        group: "delivery_rider".into(),
        day: day("2026-05-31"),
        workers,
        source: "平台企业报送".into(),
    };
    keep::create(&app.caller::<ManageWorkforce>(), &count).await.unwrap();
}

#[tokio::test]
async fn shares_are_members_over_active_workers_with_the_count_named() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 0..3 {
            member(&app, n, region.riders).await;
        }
        applied(&app, 8, region.couriers).await;
        counted(&app, region.county, 8).await;
        let caller = app.caller::<SeeEnrolment>();
        let mut filter = ShareFilter { organisation: region.county, on: None, by: None, group: None };
        let by_group = shares(&caller, &filter).await.unwrap();
        let riders = by_group.items.iter().find(|share| share.key == "delivery_rider").unwrap();
        assert_eq!((riders.members, riders.workers, riders.share_bp), (3, 8, Some(3750)));
        assert_eq!(riders.counted_on, Some(day("2026-05-31")));
        let couriers = by_group.items.iter().find(|share| share.key == "courier").unwrap();
        assert_eq!((couriers.share_bp, couriers.counted_on), (None, None));
        assert_eq!(by_group.total.share_bp, Some(3750));
        filter.by = Some(SharesBy::Organisation);
        let below = shares(&caller, &filter).await.unwrap();
        assert_eq!((below.items.len(), below.items[0].share_bp), (2, None));
        let over_time = trend(&caller, &TrendFilter { organisation: region.county, group: None }).await.unwrap();
        assert_eq!(over_time.items.len(), 12);
        assert_eq!((over_time.items[11].members, over_time.items[10].members), (3, 0));
        assert_eq!(below.items.iter().map(|share| share.outside).collect::<Vec<_>>(), [0, 3]);
        let waiting = todo(&app.caller::<SeeMembers>()).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].code.as_str(), waiting[0].count), (1, "applications", 1));
    })
    .await;
}

#[tokio::test]
async fn members_stand_above_the_line_where_somebody_counted_and_the_others_are_told() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 1..=2 {
            member(&app, n, region.riders).await;
        }
        member(&app, 3, region.couriers).await;
        counted(&app, region.riders, 4).await;
        let caller = app.caller::<SeeEnrolment>();
        let told = |share: &Share| (share.members, share.outside, share.workers, share.share_bp);
        let mut filter = ShareFilter { organisation: region.county, on: None, by: None, group: None };
        let by_group = shares(&caller, &filter).await.unwrap();
        let riders = by_group.items.iter().find(|share| share.key == "delivery_rider").unwrap();
        assert_eq!((told(riders), told(&by_group.total)), ((2, 1, 4, Some(5000)), (2, 1, 4, Some(5000))));
        filter.by = Some(SharesBy::Organisation);
        let below: Vec<_> = shares(&caller, &filter).await.unwrap().items.iter().map(told).collect();
        assert_eq!(below, [(0, 1, 0, None), (2, 0, 4, Some(5000))]);
        let over_time = trend(&caller, &TrendFilter { organisation: region.county, group: None }).await.unwrap();
        assert_eq!(told(&over_time.items[11]), (2, 1, 4, Some(5000)));
        // A group that nobody names is nobody's.
        let unknown = ShareFilter { group: Some("nobody".into()), ..filter };
        assert_eq!(told(&shares(&caller, &unknown).await.unwrap().total), (0, 0, 0, None));
        // The county's own count holds for all below it.
        counted(&app, region.county, 10).await;
        let filter = ShareFilter { group: None, ..unknown };
        assert_eq!(told(&shares(&caller, &filter).await.unwrap().total), (3, 0, 10, Some(3000)));
    })
    .await;
}

#[tokio::test]
async fn what_a_merged_union_had_counted_stands_below_its_members_at_the_successor() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 1..=3 {
            member(&app, n, region.riders).await;
        }
        counted(&app, region.riders, 8).await;
        app.set_clock(app.caller::<Reshape>().now() + TimeDelta::days(3));
        let caller = app.caller::<Reshape>();
        let into = MergeInto { into_id: region.couriers, day: caller.today(), paper: Paper::default() };
        merge(&caller, region.riders, &into).await.unwrap();
        app.settle().await;
        for organisation in [region.couriers, region.county] {
            for on in [None, Some(day("2026-07-03"))] {
                let filter = ShareFilter { organisation, on, by: None, group: None };
                let total = shares(&app.caller::<SeeEnrolment>(), &filter).await.unwrap().total;
                let there = on.is_none() || organisation == region.county;
                let wanted = if there { (3, 0, 8) } else { (0, 0, 0) };
                assert_eq!((total.members, total.outside, total.workers), wanted, "{organisation} {on:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn officers_are_warned_before_a_term_runs_out() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        // Wednesday: five working days end on Wednesday the 8th, thirty days on Friday the 31st.
        applied(&app, 1, region.riders).await;
        member(&app, 2, region.riders).await;
        applied(&app, 2, region.couriers).await;
        let on = async |day: u32| {
            app.set_clock(Utc.with_ymd_and_hms(2026, 7, day, 1, 0, 0).unwrap());
            let found = todo(&app.caller::<SeeMembers>()).await.unwrap();
            found.into_iter().map(|one| (one.code, one.count)).collect::<Vec<_>>()
        };
        let told = |codes: &[&str]| codes.iter().map(|code| ((*code).to_owned(), 1)).collect::<Vec<_>>();
        assert_eq!(on(7).await, told(&["applications", "transfers"]));
        assert_eq!(on(8).await, told(&["applications", "applications_nearly_due", "transfers"]));
        assert_eq!(on(9).await, told(&["applications", "late_applications", "transfers"]));
        assert_eq!(on(25).await, told(&["applications", "late_applications", "transfers"]));
        let last = ["applications", "late_applications", "transfers", "transfers_nearly_due"];
        assert_eq!(on(26).await, told(&last));
    })
    .await;
}

#[tokio::test]
async fn an_application_is_late_by_the_rule_of_its_own_unions_region() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        app.write("UPDATE organisation SET division = '152222' WHERE code = '152201-K'").await;
        let pack = NewRulePack {
            code: "membership.answer_working_days".into(),
            region: "152222".into(),
            valid_from: day("2026-01-01"),
            valid_to: None,
            value: 1,
            source: "旗县工会〔2026〕8号".into(),
        };
        rulebook::set_pack(&app.caller::<Manage>(), &pack).await.unwrap();
        applied(&app, 1, region.riders).await;
        applied(&app, 2, region.couriers).await;
        // Friday: the couriers' working day was Thursday, the riders have until Wednesday.
        app.set_clock(Utc.with_ymd_and_hms(2026, 7, 3, 1, 0, 0).unwrap());
        let found = todo(&app.caller::<SeeMembers>()).await.unwrap();
        let found: Vec<_> = found.iter().map(|one| (one.code.as_str(), one.count)).collect();
        assert_eq!(found, [("applications", 2), ("late_applications", 1)]);
    })
    .await;
}

/// A branch of a company in a county, with a union since a day.
async fn branch(app: &App, platform_id: Id, county: Id, name: &str, since: Option<&str>) {
    let form = BranchForm {
        platform_id,
        organisation_id: county,
        name: name.into(),
        union_organisation_id: None,
        union_since: since.map(day),
        opened_on: None,
        closed_on: None,
    };
    branch::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap();
}

#[tokio::test]
async fn the_matrix_counts_branches_with_a_union_by_company_and_county() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (other, head) = (company(&app, "甲快送", Rank::Other).await, company(&app, "乙外卖", Rank::Head).await);
        branch(&app, head, region.county, "乙外卖一站", Some("2026-05-01")).await;
        branch(&app, head, region.county, "乙外卖二站", Some("2026-03-01")).await;
        branch(&app, head, region.county, "乙外卖三站", None).await;
        branch(&app, other, region.county, "甲快送一站", None).await;
        let caller = app.caller::<SeeEnrolment>();
        let seen = matrix(&caller, &MatrixFilter { organisation: region.county }).await.unwrap();
        assert_eq!((seen.branches, seen.with_union, seen.coverage_bp), (4, 2, Some(5000)));
        let companies: Vec<_> = seen.companies.iter().map(|company| (company.id, company.coverage_bp)).collect();
        assert_eq!(companies, [(head, Some(6667)), (other, Some(0))]);
        assert_eq!((seen.counties.len(), seen.counties[0].id), (1, region.county));
        let cell = seen.cells.iter().find(|cell| cell.company == head).unwrap();
        assert_eq!((cell.branches, cell.with_union, cell.since), (3, 2, Some(day("2026-03-01"))));
        let nothing = matrix(&caller, &MatrixFilter { organisation: region.riders }).await.unwrap();
        assert_eq!((nothing.branches, nothing.coverage_bp, nothing.companies.len()), (0, None, 0));
    })
    .await;
}

#[tokio::test]
async fn employers_that_must_have_a_union_are_found_with_and_without_one() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let employer = async |n: u32, organisation_id, workers| {
            let body = format!("91150100MA0N{n:05}");
            let form = EmployerForm {
                organisation_id,
                name: format!("示例{n}有限公司"),
                credit_code: format!("{body}{}", codes::credit_code::check_character(&body).unwrap()),
                kind: EmployerKind::Enterprise,
                division: None,
                industry: None,
                ownership: None,
                workers,
                women: 0,
            };
            employers::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap().id
        };
        employer(1, region.county, 24).await;
        let alone = employer(2, region.county, 25).await;
        employer(3, region.riders, 300).await;
        let founded = employer(4, region.county, 60).await;
        let caller = app.caller::<SeeEnrolment>();
        let filter = SetUpFilter { organisation: region.county };
        let of = async |filter: &SetUpFilter| {
            let seen = set_up(&caller, filter).await.unwrap();
            let rows = seen.items.into_iter().chain([seen.total]);
            rows.map(|row| (row.employers, row.with_union, row.share_bp)).collect::<Vec<_>>()
        };
        // The joint union looks after one of them; 24 workers are not 25.
        assert_eq!(of(&filter).await, [(1, 1, Some(10_000)), (3, 1, Some(3333))]);
        // A group is no union, nor is one that is only being prepared.
        union_of(&app, region.county, alone, ("152201-G", Kind::UnionGroup)).await;
        let union = union_of(&app, region.county, founded, ("152201-E", Kind::GrassrootsUnion)).await;
        let preparing = NewFoundingStep {
            step: FoundingStep::Preparing,
            day: day("2026-06-01"),
            paper: Paper::default(),
            election: Election::default(),
            chair: None,
            term_years: None,
            credit_code: None,
            note: None,
        };
        let line = record(&app.caller::<RecordSteps>(), union, &preparing).await.unwrap();
        assert_eq!(of(&filter).await, [(1, 1, Some(10_000)), (3, 1, Some(3333))]);
        let mistake = StepTakenBack { step_id: line.last.unwrap(), reason: "已经成立".into() };
        take_back(&app.caller::<RecordSteps>(), union, &mistake).await.unwrap();
        assert_eq!(of(&filter).await, [(1, 1, Some(10_000)), (3, 2, Some(6667))]);
        assert_eq!(of(&SetUpFilter { organisation: region.couriers }).await, [(0, 0, None)]);
        assert!(set_up(&caller, &filter).await.unwrap().denominator.contains("25人以上"));
        let without = EmployerFilter { without_union: true, organisation: Some(region.county), q: None };
        let viewer = app.caller::<ViewWorkforce>();
        let found = employers::list(&viewer, &without, &Paging::default()).await.unwrap();
        assert_eq!(found.items.iter().map(|row| row.id).collect::<Vec<_>>(), [alone]);
    })
    .await;
}
