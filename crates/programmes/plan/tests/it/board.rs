use kernel::{
    etag::IfMatch,
    files,
    listing::Paging,
    organisation::{
        Level,
        founding::Paper,
        merge::{MergeInto, merge},
    },
};
use plan::{
    Counting, IndicatorDraft, IndicatorSource, PlanDraft,
    approval::submit::{SubmitQuarter, submit},
    board::{BoardParams, board},
    breakdown::BreakdownParams,
    budget::reverse::ReverseReason,
    change::{PlanForm, change},
    create_from, indicators,
    list::{PlanFilter, list},
    permissions::{EditPlans, RecordValues, SeePlans, SubmitQuarters},
    publish,
    record_value::{NewValue, record, values},
    reverse_value::reverse,
    rules::progress::Status,
    series::series,
    view::detail,
    year_before::YearBefore,
};
use testing::App;

use crate::world::{day, draft, found, meals, programmes, world};

#[tokio::test]
async fn the_board_counts_from_the_ledger_against_target_and_calendar() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        meals(&app, world.west, 300, "2026-02-10").await;
        meals(&app, world.east, 250, "2026-06-20").await;
        let caller = app.caller::<SeePlans>();
        let shown = board(&caller, world.plan, &BoardParams::default()).await.unwrap();
        let item = &shown.items[0].standing;
        // 1 July is day 182 of 365.
        assert_eq!(
            (item.target, item.actual, item.share_bp, item.elapsed_bp),
            (Some(1000), Some(550), Some(5500), Some(4986))
        );
        assert_eq!((item.status, item.forecast.as_ref().unwrap().value), (Some(Status::OnCourse), 1103));
        let before = item.month_before.as_ref().unwrap();
        assert_eq!((before.on, before.actual, before.change), (day("2026-06-01"), Some(300), Some(250)));
        assert_eq!(shown.counts.not_started, 2);
        let drill = shown.items[0].drill.as_ref().unwrap();
        assert_eq!((drill.kinds.as_slice(), drill.organisation), (["love_meal".to_owned()].as_slice(), world.region));
        let past = BoardParams { on: Some(day("2026-01-31")), ..BoardParams::default() };
        assert_eq!(board(&caller, world.plan, &past).await.unwrap().items[0].standing.actual, Some(0));
        let west = BoardParams { organisation: Some(world.west), ..BoardParams::default() };
        let west = board(&caller, world.plan, &west).await.unwrap();
        assert_eq!((west.items[0].standing.actual, west.items[0].standing.target), (Some(300), None));
    })
    .await;
}

#[tokio::test]
async fn once_the_year_is_over_a_target_is_reached_or_missed_and_nothing_is_expected() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        meals(&app, world.west, 970, "2026-06-20").await;
        app.set_clock("2027-01-05T02:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        let caller = app.caller::<SeePlans>();
        let on = BoardParams { on: Some(day("2026-12-30")), ..BoardParams::default() };
        let item = board(&caller, world.plan, &on).await.unwrap().items.remove(0).standing;
        assert_eq!(item.status, Some(Status::OnCourse));
        assert!(item.forecast.unwrap().text.starts_with("按目前进度年底为"));
        let shown = board(&caller, world.plan, &BoardParams::default()).await.unwrap();
        let item = &shown.items[0].standing;
        assert_eq!((shown.on, item.status_label.as_deref()), (day("2026-12-31"), Some("未完成")));
        assert_eq!(item.forecast.as_ref().unwrap().text, "年底为970份，差30份");
        assert_eq!((shown.counts.missed, shown.counts.on_course, shown.counts.not_started), (3, 0, 0));

        // A month before its first days the next year's count had not begun.
        let next = PlanDraft { year: 2027, budget: Vec::new(), ..draft() };
        let next = create_from(&app.caller::<EditPlans>(), world.region, &next).await.unwrap();
        meals(&app, world.west, 5, "2027-01-04").await;
        let item = board(&caller, next, &BoardParams::default()).await.unwrap().items.remove(0).standing;
        assert_eq!((item.actual, item.month_before), (Some(5), None));
    })
    .await;
}

#[tokio::test]
async fn where_nobody_counted_nothing_is_said_and_nobody_reminded() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let share = IndicatorDraft {
            name: "入会率".into(),
            source: IndicatorSource::MemberShare,
            target: 8_000,
            base: None,
            base_period: None,
            ..draft().indicators.remove(2)
        };
        let title = "2026年组织建设要点".into();
        let draft = PlanDraft { title, indicators: vec![share], budget: Vec::new(), ..draft() };
        let plan = create_from(&app.caller::<EditPlans>(), world.west, &draft).await.unwrap();
        let shown = board(&app.caller::<SeePlans>(), plan, &BoardParams::default()).await.unwrap();
        let item = &shown.items[0].standing;
        assert_eq!(
            (item.actual, item.status, item.status_label.as_deref()),
            (None, Some(Status::Unknown), Some("暂无数据"))
        );
        assert!(!Status::Unknown.is_behind());
        assert_eq!((shown.counts.unknown, shown.counts.not_started), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn years_stand_side_by_side() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<SeePlans>();
        let of = async |on: &str, organisation| {
            let params = BoardParams { on: Some(day(on)), organisation: Some(organisation), ..BoardParams::default() };
            let shown = board(&caller, world.plan, &params).await.unwrap();
            shown.items.into_iter().map(|item| item.year_before).collect::<Vec<_>>()
        };
        meals(&app, world.west, 550, "2026-06-20").await;
        // Nothing was written down in the year before: that is no zero.
        assert_eq!(of("2026-06-30", world.region).await, [None, None, None]);
        meals(&app, world.west, 200, "2025-06-30").await;
        meals(&app, world.east, 90, "2025-07-01").await;
        let before = |on: &str, actual, change, whole| {
            Some(YearBefore { on: day(on), actual: Some(actual), change: Some(change), whole: Some(whole) })
        };
        assert_eq!(of("2026-06-30", world.region).await, [before("2025-06-30", 200, 350, 290), None, None]);
        assert_eq!(of("2026-06-29", world.region).await[0], before("2025-06-29", 0, 550, 290));
        assert_eq!(of("2026-06-30", world.east).await[0], before("2025-06-30", 0, 0, 90));
    })
    .await;
}

#[tokio::test]
async fn months_grow_towards_the_target() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        meals(&app, world.west, 300, "2026-02-10").await;
        let caller = app.caller::<SeePlans>();
        let grown = series(&caller, world.indicators[0], &BreakdownParams::default()).await.unwrap();
        let actual: Vec<_> = grown.items.iter().map(|point| point.actual.unwrap()).collect();
        assert_eq!(actual, [0, 300, 300, 300, 300, 300, 300]);
        assert_eq!((grown.items[0].pace, grown.target), (Some(85), Some(1000)));
        // Those of another year are not its own.
        let before = BreakdownParams { on: Some(day("2025-11-30")), ..BreakdownParams::default() };
        assert!(series(&caller, world.indicators[0], &before).await.unwrap().items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_ledger_cannot_know_is_recorded_with_evidence() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<RecordValues>();
        let value = |value, on: &str, note: &str| NewValue {
            organisation_id: world.region,
            value,
            day: day(on),
            note: note.into(),
            evidence_id: None,
        };
        let by_hand = world.indicators[2];
        record(&caller, by_hand, &value(4, "2026-05-31", "内工发〔2026〕12号")).await.unwrap();
        record(&caller, by_hand, &value(6, "2026-06-30", "内工发〔2026〕18号")).await.unwrap();
        let refused = record(&caller, by_hand, &value(6, "2026-07-02", "内工发〔2026〕18号")).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "day");
        assert_eq!(record(&caller, by_hand, &value(6, "2026-06-30", "")).await.unwrap_err().fields[0].field, "note");
        let store = async |place| {
            let caller = &caller;
            let pdf = |unit| async move { files::store(&unit, caller, place, "批复.pdf", "", b"%PDF-1.7").await };
            caller.unit(pdf).await.unwrap()
        };
        let (own, of_another) = (store(world.region).await, store(world.west).await);
        let with = |file| NewValue { evidence_id: Some(file), ..value(6, "2026-06-30", "内工发〔2026〕19号") };
        assert_eq!(record(&caller, by_hand, &with(own)).await.unwrap().evidence.unwrap().name, "批复.pdf");
        for wrong in [of_another, kernel::Id(7)] {
            let refused = record(&caller, by_hand, &with(wrong)).await.unwrap_err();
            assert_eq!(refused.fields[0].field, "evidence_id");
        }
        let counted = record(&caller, world.indicators[0], &value(6, "2026-06-30", "内工发〔2026〕18号")).await;
        assert_eq!(counted.unwrap_err().code, "indicator_counted");
        let shown = board(&app.caller::<SeePlans>(), world.plan, &BoardParams::default()).await.unwrap();
        assert_eq!((shown.items[2].standing.actual, shown.items[2].standing.share_bp), (Some(6), Some(6000)));
        let growth = shown.items[2].base_growth.map(|growth| (growth.change, growth.change_bp));
        assert_eq!((growth, shown.items[0].base_growth), (Some((2, Some(5_000))), None));
        // The base is the whole plan's; a part of it has none.
        let part = BoardParams { organisation: Some(world.west), ..BoardParams::default() };
        let part = board(&app.caller::<SeePlans>(), world.plan, &part).await.unwrap();
        assert_eq!(part.items[2].base_growth, None);
        let kept = values(&app.caller::<SeePlans>(), by_hand, &Paging::default()).await.unwrap();
        assert_eq!((kept.total, kept.items[0].value), (3, 6));
        let files: Vec<_> = kept.items.iter().map(|row| row.evidence.as_ref().map(|file| file.id)).collect();
        assert_eq!(files, [Some(own), None, None]);
        // Of two of a day the later one holds: it puts the other right.
        record(&caller, by_hand, &value(7, "2026-06-30", "内工发〔2026〕20号")).await.unwrap();
        let shown = board(&app.caller::<SeePlans>(), world.plan, &BoardParams::default()).await.unwrap();
        assert_eq!(shown.items[2].standing.actual, Some(7));
    })
    .await;
}

#[tokio::test]
async fn what_was_recorded_as_a_count_does_not_become_a_share() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let by_hand = world.indicators[2];
        let edits = app.caller::<EditPlans>();
        let change = async |unit: &str, target| {
            let mut seen = detail(&app.caller::<SeePlans>(), world.plan).await.unwrap().indicators.remove(2);
            (seen.form.unit, seen.form.target) = (unit.into(), target);
            indicators::change(&edits, by_hand, &IfMatch::version(seen.version), &seen.form).await
        };
        change("%", 6_000).await.unwrap();
        change("份", 10).await.unwrap();
        let note = "内工发〔2026〕12号".into();
        let value =
            NewValue { organisation_id: world.region, value: 4, day: day("2026-05-31"), note, evidence_id: None };
        record(&app.caller::<RecordValues>(), by_hand, &value).await.unwrap();
        assert_eq!(change("%", 6_000).await.unwrap_err().fields[0].code, "other_scale");
        change("件", 12).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_kind_is_counted_only_as_its_programme_declares() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        for (counting, code) in [(Counting::PersonTimes, Some("counting_misfit")), (Counting::People, None)] {
            let mut draft = PlanDraft { year: 2027, budget: Vec::new(), ..draft() };
            draft.indicators[0].counting = Some(counting);
            let answer = create_from(&app.caller::<EditPlans>(), world.region, &draft).await;
            assert_eq!(answer.err().map(|problem| problem.fields[0].code.clone()).as_deref(), code);
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_union_recorded_holds_for_those_below_it() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let town = found(&app, Some(world.west), "152921", "乌兰镇总工会", Level::Township).await;
        for (organisation_id, value) in [(town, 2), (world.west, 5), (world.east, 3)] {
            let (day, note) = (day("2026-06-30"), "内工发〔2026〕12号".into());
            let value = NewValue { organisation_id, value, day, note, evidence_id: None };
            record(&app.caller::<RecordValues>(), world.indicators[2], &value).await.unwrap();
        }
        let shown = board(&app.caller::<SeePlans>(), world.plan, &BoardParams::default()).await.unwrap();
        assert_eq!(shown.items[2].standing.actual, Some(8));
    })
    .await;
}

#[tokio::test]
async fn what_was_recorded_for_the_wrong_union_is_taken_back() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<RecordValues>();
        let tell = async |organisation_id, value| {
            let (day, note) = (day("2026-06-30"), "内工发〔2026〕12号".into());
            let value = NewValue { organisation_id, value, day, note, evidence_id: None };
            record(&caller, world.indicators[2], &value).await.unwrap().id
        };
        let stands = async || {
            let shown = board(&app.caller::<SeePlans>(), world.plan, &BoardParams::default()).await.unwrap();
            shown.items[2].standing.actual
        };
        let west = tell(world.west, 5).await;
        tell(world.east, 3).await;
        // What the region tells stands for those below it.
        let wrong = tell(world.region, 1).await;
        assert_eq!(stands().await, Some(1));
        let because = |reason: &str| ReverseReason { reason: reason.into() };
        assert_eq!(reverse(&caller, wrong, &because("")).await.unwrap_err().fields[0].field, "reason");
        reverse(&caller, wrong, &because("填错了单位")).await.unwrap();
        assert_eq!(stands().await, Some(8));
        assert_eq!(reverse(&caller, wrong, &because("填错了单位")).await.unwrap_err().code, "value_reversed");
        let kept = values(&app.caller::<SeePlans>(), world.indicators[2], &Paging::default()).await.unwrap();
        assert_eq!((kept.total, kept.items[0].reversed_because.as_deref()), (3, Some("填错了单位")));
        // What was handed up stays.
        let quarter = SubmitQuarter { organisation_id: world.west, quarter: "2026Q2".into() };
        submit(&app.caller::<SubmitQuarters>(), &quarter).await.unwrap();
        assert_eq!(reverse(&caller, west, &because("填错了单位")).await.unwrap_err().code, "quarter_locked");
    })
    .await;
}

#[tokio::test]
async fn what_a_union_recorded_before_it_was_merged_is_not_lost() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let by_hand = world.indicators[2];
        let tell = async |organisation_id, value, on: &str| {
            let note = "内工发〔2026〕12号".into();
            let value = NewValue { organisation_id, value, day: day(on), note, evidence_id: None };
            record(&app.caller::<RecordValues>(), by_hand, &value).await.unwrap();
        };
        let stands = async |organisation, on: &str| {
            let params = BoardParams { organisation: Some(organisation), on: Some(day(on)), ..BoardParams::default() };
            let shown = board(&app.caller::<SeePlans>(), world.plan, &params).await.unwrap();
            shown.items[2].standing.actual.unwrap()
        };
        tell(world.west, 5, "2026-05-31").await;
        tell(world.east, 3, "2026-05-31").await;
        let into = MergeInto { into_id: world.west, day: day("2026-06-15"), paper: Paper::default() };
        merge(&app.caller(), world.east, &into).await.unwrap();
        for on in ["2026-06-14", "2026-06-15"] {
            assert_eq!(stands(world.region, on).await, 8, "{on}");
        }
        assert_eq!((stands(world.west, "2026-06-14").await, stands(world.west, "2026-06-15").await), (5, 8));
        // What the successor tells anew tells of both.
        tell(world.west, 9, "2026-06-30").await;
        for organisation in [world.region, world.west] {
            assert_eq!(stands(organisation, "2026-06-30").await, 9);
        }
        // What the region tells from above has always told of both.
        tell(world.region, 8, "2026-05-31").await;
        assert_eq!(stands(world.region, "2026-06-29").await, 8);
    })
    .await;
}

#[tokio::test]
async fn those_below_see_a_plan_once_it_is_published() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let next = PlanDraft { year: 2027, budget: Vec::new(), ..draft() };
        let caller = app.caller::<EditPlans>();
        let plan = create_from(&caller, world.region, &next).await.unwrap();
        let below = &app.caller::<SeePlans>().lent(vec![world.west]);
        assert_eq!(detail(below, plan).await.err().unwrap().status, 404);
        publish(&caller, plan).await.unwrap();
        assert!(detail(below, plan).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_organisation_carries_out_its_own_plan_and_those_from_above() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<SeePlans>();
        let own = PlanDraft { budget: Vec::new(), ..draft() };
        let own = create_from(&app.caller::<EditPlans>(), world.west, &own).await.unwrap();
        let carries_out = async |organisation| {
            let filter = PlanFilter { year: Some(2026), carried_out_by: Some(organisation), ..PlanFilter::default() };
            let found = list(&caller, &filter, &Paging::default()).await.unwrap();
            found.items.into_iter().map(|plan| plan.id).collect::<Vec<_>>()
        };
        assert_eq!(carries_out(world.west).await, [own, world.plan]);
        for organisation in [world.region, world.east] {
            assert_eq!(carries_out(organisation).await, [world.plan]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_chapter_that_is_sent_twice_stands_twice() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let seen = detail(&app.caller::<SeePlans>(), world.plan).await.unwrap();
        let form = PlanForm {
            title: seen.title,
            chapters: [seen.chapters.clone(), seen.chapters.clone()].concat(),
            measures: [seen.measures.clone(), seen.measures].concat(),
        };
        let saved =
            change(&app.caller::<EditPlans>(), world.plan, &IfMatch::version(seen.version), &form).await.unwrap();
        assert_eq!((saved.chapters.len(), saved.measures.len()), (2, 2));
        assert_eq!(saved.chapters[0], seen.chapters[0], "the first keeps its key, and with it its indicators");
        assert_ne!(saved.chapters[1].id, seen.chapters[0].id);
    })
    .await;
}

#[tokio::test]
async fn ones_own_plan_is_not_shown_as_anothers_because_the_database_fails() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<SeePlans>();
        // Whose it is can't be read any more, its name still can.
        app.write("ALTER TABLE organisation RENAME COLUMN industry TO away").await;
        let shown = detail(&caller, world.plan).await;
        app.write("ALTER TABLE organisation RENAME COLUMN away TO industry").await;
        assert!(shown.err().unwrap().fault.is_some());
        assert!(detail(&caller, world.plan).await.unwrap().own);
    })
    .await;
}
