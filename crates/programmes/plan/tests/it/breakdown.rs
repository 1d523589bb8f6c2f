use chrono::TimeDelta;
use kernel::{
    Id,
    etag::IfMatch,
    ledger::Tree,
    organisation::{
        Level,
        head_count::keep::{self as head_counts, NewHeadCount},
        relocate::{MoveUnder, relocate},
    },
};
use plan::{
    IndicatorDraft, PlanDraft,
    breakdown::{
        BreakdownParams, breakdown,
        propose::propose,
        raise::{Raise, raise},
        set::{GivenTarget, Targets, set},
    },
    create_from,
    permissions::{BreakDown, EditPlans, Remind, SeePlans},
    remind::{NewReminder, ReminderAnswer, ReminderFilter, answer, remind, reminders},
    rules::breakdown::{Key, Origin},
    view::detail,
};
use testing::App;

use crate::world::{World, day, draft, found, meals, programmes, world};

fn targets(world: &World, west: i64, east: i64) -> Targets {
    let given = |organisation_id, value| GivenTarget { organisation_id, value };
    Targets { targets: vec![given(world.west, west), given(world.east, east)] }
}

#[tokio::test]
async fn a_target_is_broken_down_and_its_gap_is_told() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let (id, here) = (world.indicators[0], BreakdownParams::default());
        let caller = app.caller::<BreakDown>();
        let proposed = propose(&caller, id, &here, Key::Equal).await.unwrap();
        assert_eq!(proposed.targets.iter().map(|one| one.given.value).collect::<Vec<_>>(), [500, 500]);
        assert_eq!(propose(&caller, id, &here, Key::HeadCount).await.unwrap_err().code, "no_basis");
        let first = set(&caller, id, &here, &IfMatch::version(0), &targets(&world, 600, 300)).await.unwrap();
        assert_eq!((first.sum, first.gap, first.version), (Some(900), Some(-100), 1));
        let late = set(&caller, id, &here, &IfMatch::version(0), &targets(&world, 1, 1)).await.unwrap_err();
        assert_eq!(late.status, 412);
        let stranger = Targets { targets: vec![GivenTarget { organisation_id: world.region, value: 1 }] };
        let refused = set(&caller, id, &here, &IfMatch::version(1), &stranger).await.unwrap_err();
        assert_eq!(refused.fields[0].code, "not_below");
        meals(&app, world.west, 300, "2026-02-10").await;
        meals(&app, world.east, 290, "2026-06-20").await;
        let shown = breakdown(&app.caller::<SeePlans>(), id, &here).await.unwrap();
        let places: Vec<_> = shown.children.iter().map(|child| (child.standing.share_bp, child.place)).collect();
        assert!(places.contains(&(Some(5000), Some(2))) && places.contains(&(Some(9667), Some(1))), "{places:?}");
        assert_eq!(shown.own.actual, Some(590));
        // Who is left out has no target any more.
        let only = Targets { targets: vec![GivenTarget { organisation_id: world.west, value: 600 }] };
        let anew = set(&caller, id, &here, &IfMatch::version(1), &only).await.unwrap();
        assert_eq!((anew.sum, anew.gap), (Some(600), Some(-400)));
    })
    .await;
}

#[tokio::test]
async fn what_no_unit_below_shows_is_told_beside_them() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let county = found(&app, Some(world.west), "152921", "左旗总工会", Level::County).await;
        meals(&app, county, 30, "2026-02-10").await;
        meals(&app, county, 5, "2026-06-20").await;
        meals(&app, world.west, 7, "2026-02-10").await;
        let beside = async |organisation, tree| {
            let params = BreakdownParams { organisation: Some(organisation), tree, ..BreakdownParams::default() };
            let shown = breakdown(&app.caller::<SeePlans>(), world.indicators[0], &params).await.unwrap();
            (shown.own.actual.unwrap(), shown.beside.unwrap())
        };
        assert_eq!(beside(world.west, Tree::Dated).await, (42, 7));
        let moved = MoveUnder { parent_id: world.east, day: day("2026-04-01") };
        relocate(&app.caller(), county, &moved).await.unwrap();
        // Until March its meals were the west's, and it shows those of the whole year.
        assert_eq!(beside(world.west, Tree::Dated).await, (37, 37));
        assert_eq!(beside(world.east, Tree::Dated).await, (5, -30));
        assert_eq!((beside(world.west, Tree::Today).await, beside(world.east, Tree::Today).await), ((7, 7), (35, 0)));
        // By hand the upper one tells for all.
        let by_hand = breakdown(&app.caller::<SeePlans>(), world.indicators[2], &BreakdownParams::default()).await;
        assert_eq!(by_hand.unwrap().beside, None);
    })
    .await;
}

#[tokio::test]
async fn a_target_is_divided_by_the_workers_that_were_counted_below_each() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let town = found(&app, Some(world.west), "152921", "乌兰镇总工会", Level::Township).await;
        for (place, group, workers) in [
            (world.east, "truck_driver", 10),
            // Of drivers the town's are among the league's, of couriers it alone has counted any.
            (world.west, "truck_driver", 20),
            (town, "truck_driver", 5),
            (town, "courier", 10),
        ] {
            let (group, source) = (group.to_owned(), "县总工会统计".to_owned());
            let count = NewHeadCount { organisation_id: place, group, day: day("2026-05-31"), workers, source };
            head_counts::create(&app.caller(), &count).await.unwrap();
        }
        let caller = app.caller::<BreakDown>();
        let here = BreakdownParams::default();
        let proposed = propose(&caller, world.indicators[0], &here, Key::HeadCount).await.unwrap();
        let told: Vec<_> =
            proposed.targets.iter().map(|one| (one.given.organisation_id, one.basis, one.given.value)).collect();
        assert_eq!(told, [(world.east, 10, 250), (world.west, 30, 750)]);
    })
    .await;
}

#[tokio::test]
async fn each_level_may_raise_its_own_but_not_lower_it() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let (id, here) = (world.indicators[0], BreakdownParams::default());
        let caller = app.caller::<BreakDown>();
        set(&caller, id, &here, &IfMatch::version(0), &targets(&world, 600, 400)).await.unwrap();
        let mine = |value| Raise { organisation_id: world.west, value };
        assert_eq!(raise(&caller, id, mine(Some(600))).await.unwrap_err().code, "not_higher");
        let raised = raise(&caller, id, mine(Some(700))).await.unwrap();
        assert_eq!((raised.own.target, raised.own.origin), (Some(700), Some(Origin::Raised)));
        let shown = breakdown(&caller, id, &here).await.unwrap();
        assert_eq!((shown.sum, shown.gap), (Some(1100), Some(100)));
        let back = raise(&caller, id, mine(None)).await.unwrap();
        assert_eq!((back.own.target, back.own.origin), (Some(600), Some(Origin::Assigned)));
    })
    .await;
}

#[tokio::test]
async fn a_share_that_all_inherit_may_be_raised_but_not_lowered() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let share = IndicatorDraft { unit: "%".into(), target: 6_000, ..draft().indicators.remove(2) };
        let shares = PlanDraft { year: 2025, indicators: vec![share], budget: Vec::new(), ..draft() };
        let plan = create_from(&app.caller::<EditPlans>(), world.region, &shares).await.unwrap();
        let id = detail(&app.caller::<SeePlans>(), plan).await.unwrap().indicators[0].id;
        let caller = app.caller::<BreakDown>();
        let mine = |value| Raise { organisation_id: world.west, value };
        for refused in [1, 6_000, 10_001] {
            assert_eq!(raise(&caller, id, mine(Some(refused))).await.unwrap_err().code, "not_higher", "{refused}");
        }
        let raised = raise(&caller, id, mine(Some(7_000))).await.unwrap();
        assert_eq!((raised.own.target, raised.own.origin), (Some(7_000), Some(Origin::Raised)));
        let back = raise(&caller, id, mine(None)).await.unwrap();
        assert_eq!((back.own.target, back.own.origin), (Some(6_000), Some(Origin::Inherited)));
    })
    .await;
}

#[tokio::test]
async fn those_behind_are_reminded_once_a_day_and_answer() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let id = world.indicators[0];
        let caller = app.caller::<BreakDown>();
        set(&caller, id, &BreakdownParams::default(), &IfMatch::version(0), &targets(&world, 600, 400)).await.unwrap();
        meals(&app, world.east, 390, "2026-06-20").await;
        let word = NewReminder { organisations: vec![world.west, world.east], text: "请抓紧推进爱心餐".into() };
        let reminded = remind(&app.caller::<Remind>(), id, &word).await.unwrap();
        assert_eq!((reminded.sent, reminded.left_out.as_slice()), (1, [world.east].as_slice()));
        assert_eq!(remind(&app.caller::<Remind>(), id, &word).await.unwrap().sent, 0);
        let open = ReminderFilter { open: true, ..ReminderFilter::default() };
        let got = reminders(&app.caller::<SeePlans>(), &open, &kernel::listing::Paging::default()).await.unwrap();
        assert_eq!(
            (got.total, got.items[0].organisation_id, got.items[0].target.as_deref()),
            (1, world.west, Some("600份"))
        );
        let done = ReminderAnswer { answer: "已增设三处".into() };
        answer(&caller, got.items[0].id, &done).await.unwrap();
        assert_eq!(answer(&caller, got.items[0].id, &done).await.unwrap_err().code, "reminder_answered");
        app.pass(TimeDelta::days(1));
        let lost = NewReminder { organisations: vec![world.west, Id(1)], ..word.clone() };
        assert_eq!(remind(&app.caller::<Remind>(), id, &lost).await.unwrap_err().code, "not_found");
        let twice = NewReminder { organisations: vec![world.west, world.west], ..word };
        let again = remind(&app.caller::<Remind>(), id, &twice).await.unwrap();
        assert_eq!((again.sent, again.left_out.as_slice()), (1, [world.west].as_slice()), "on another day again, once");
    })
    .await;
}
