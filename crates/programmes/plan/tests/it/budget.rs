use kernel::{
    Context, Id,
    etag::IfMatch,
    ledger::{
        By, FactParams, FigureQuery, TakeBack, Tree, figures, list_facts,
        permissions::{Reverse, View},
        take_back,
    },
    listing::Paging,
    organisation::{
        Level,
        relocate::{MoveUnder, relocate},
    },
    outbox,
};
use plan::{
    approval::submit::{SubmitQuarter, submit},
    board::{BoardParams, board},
    budget::{
        behind::payments_behind,
        budget, budget_on,
        lines::{LineForm, add, change},
        pay::{NewPayment, pay, payments},
        reverse::{ReverseReason, reverse},
    },
    create_from, indicators,
    permissions::{EditPlans, KeepBudget, MakeReports, SeePlans, SubmitQuarters},
    publish,
    report::{
        Format, file,
        make::{NewReport, make},
    },
    view::detail,
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use testing::App;

use crate::world::{day, draft, found, meals, programmes, world};

/// Money that is paid to one of the unions of a trade.
fn payment(organisation_id: Id, amount_fen: i64, on: &str) -> NewPayment {
    let (payee, note) = ("西盟货运行业工会联合会".into(), String::new());
    NewPayment { organisation_id, amount_fen, day: day(on), payee, note }
}

#[tokio::test]
async fn a_payment_stays_within_its_line_and_counts_in_the_plan() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<KeepBudget>();
        let line = budget(&caller, world.plan).await.unwrap().items.first().cloned().unwrap();
        let payment = |amount_fen| payment(world.west, amount_fen, "2026-05-10");
        let paid = pay(&caller, line.id, &payment(60_000)).await.unwrap();
        assert_eq!((paid.paid_fen, paid.left_fen, paid.paid_bp), (60_000, 40_000, Some(6000)));
        assert_eq!(pay(&caller, line.id, &payment(40_001)).await.unwrap_err().code, "exceeds_line");
        assert_eq!(pay(&caller, line.id, &payment(0)).await.unwrap_err().fields[0].field, "amount_fen");
        let before = NewPayment { day: day("2025-12-31"), ..payment(1) };
        assert_eq!(pay(&caller, line.id, &before).await.unwrap_err().fields[0].code, "outside_year");
        pay(&caller, line.id, &payment(40_000)).await.unwrap();
        let reached = |app: std::sync::Arc<App>| async move {
            let shown = board(&app.caller::<SeePlans>(), world.plan, &BoardParams::default()).await.unwrap();
            shown.items[1].standing.actual
        };
        assert_eq!(reached(app.clone()).await, Some(100_000));
        let list = payments(&caller, line.id, &Paging::default()).await.unwrap();
        let reason = ReverseReason { reason: "收款户名有误".into() };
        let back = reverse(&caller, list.items[0].id, &reason).await.unwrap();
        assert_eq!((back.paid_fen, reached(app.clone()).await), (60_000, Some(60_000)));
        assert_eq!(reverse(&caller, list.items[0].id, &reason).await.unwrap_err().code, "payment_reversed");
        let less = LineForm { name: "专项经费".into(), allotted_fen: 50_000, indicator_id: line.indicator_id };
        let refused = change(&caller, line.id, &IfMatch::version(line.version), &less).await.unwrap_err();
        assert_eq!(refused.code, "below_paid");
        let least = LineForm { allotted_fen: 60_000, ..less };
        let all_paid = change(&caller, line.id, &IfMatch::version(line.version), &least).await.unwrap();
        assert_eq!((all_paid.paid_fen, all_paid.left_fen), (60_000, 0));
        // What was paid counts as money that is the goal itself, and would count twice beside meals.
        let seen = IfMatch::version(all_paid.version);
        let meals = LineForm { indicator_id: Some(world.indicators[0]), ..least };
        assert_eq!(change(&caller, line.id, &seen, &meals).await.unwrap_err().code, "paid_otherwise");
        let visits = async || {
            let mut goal = detail(&app.caller::<SeePlans>(), world.plan).await.unwrap().indicators.remove(1);
            goal.form.kinds = vec!["consolation_visit".into()];
            indicators::change(&app.caller(), goal.id, &IfMatch::version(goal.version), &goal.form).await
        };
        assert_eq!(visits().await.unwrap_err().fields[0].code, "paid_otherwise");
        reverse(&caller, list.items[1].id, &reason).await.unwrap();
        visits().await.unwrap();
        change(&caller, line.id, &seen, &meals).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_payment_for_visits_is_money_and_no_visit() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<KeepBudget>();
        let mut goal = detail(&app.caller::<SeePlans>(), world.plan).await.unwrap().indicators.remove(1);
        goal.form.kinds = vec!["consolation_visit".into()];
        indicators::change(&app.caller(), goal.id, &IfMatch::version(goal.version), &goal.form).await.unwrap();
        let line = budget(&caller, world.plan).await.unwrap().items.remove(0).id;
        pay(&caller, line, &payment(world.west, 60_000, "2026-05-10")).await.unwrap();
        let visits = FigureQuery {
            organisation: world.region,
            kinds: vec!["consolation_visit".into()],
            groups: Vec::new(),
            from: day("2026-01-01"),
            to: day("2026-06-30"),
            tree: Tree::Dated,
            by: By::None,
        };
        let visited = figures(&caller, &visits).await.unwrap().items.remove(0);
        assert_eq!((visited.amount_fen, visited.person_times, visited.people), (60_000, 0, 0));
        let paid = payments(&caller, line, &Paging::default()).await.unwrap().items.remove(0).id;
        reverse(&caller, paid, &ReverseReason { reason: "收款户名有误".into() }).await.unwrap();
        assert_eq!(figures(&caller, &visits).await.unwrap().items[0].amount_fen, 0);
    })
    .await;
}

#[tokio::test]
async fn a_payment_is_not_taken_back_on_the_ledger_alone() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<KeepBudget>();
        let line = budget(&caller, world.plan).await.unwrap().items.remove(0).id;
        let payment = payment(world.west, 60_000, "2026-05-10");
        pay(&caller, line, &payment).await.unwrap();
        let params = FactParams {
            organisation: world.region,
            kinds: None,
            groups: None,
            from: None,
            to: None,
            tree: Tree::Dated,
            person: None,
            own: None,
            lying_on: None,
        };
        let written = list_facts(&app.caller::<View>(), &params, &Paging::default()).await.unwrap().items.remove(0);
        // Officers record money of this kind by hand, too.
        assert_eq!((written.kind.as_str(), written.amount_fen), ("federation_funds_paid", 60_000));
        let because = TakeBack { reason: "登记有误".into() };
        let refused = take_back(&app.caller::<Reverse>(), written.id, &because).await.unwrap_err();
        assert_eq!(refused.code, "of_programme");
        let paid = payments(&caller, line, &Paging::default()).await.unwrap().items.remove(0).id;
        reverse(&caller, paid, &ReverseReason { reason: "收款户名有误".into() }).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_draft_allots_no_more_than_a_line_may_have() {
    let app = App::sqlite(&programmes()).await;
    let region = found(&app, None, "150000", "自治区总工会", Level::Province).await;
    let mut draft = draft();
    draft.budget[0].allotted_fen = 100_000_000_000_001;
    let refused = create_from(&app.caller::<EditPlans>(), region, &draft).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "budget");
    draft.budget[0].allotted_fen -= 1;
    create_from(&app.caller::<EditPlans>(), region, &draft).await.unwrap();
    app.close().await;
}

/// Another programme spends of a line what facts of some kinds carry already.
async fn spends_of(app: &App, (line, counted): (&str, &[&str]), organisation: Id, amount_fen: i64, on: &str) {
    let context: &Context = &app.caller::<KeepBudget>();
    let spent = &json!({
        "booking": context.id(), "organisation": organisation, "line": line, "amount_fen": amount_fen,
        "day": on, "payee": "西盟货运行业工会联合会", "note": "", "counted": counted,
    });
    context.unit(|unit| async move { outbox::publish(&unit, context, "budget_spent", spent) }).await.unwrap();
    app.settle().await;
}

/// The same of the line 专项经费, and no fact carries it.
async fn spends(app: &App, organisation: Id, amount_fen: i64, on: &str) {
    spends_of(app, ("专项经费", &[]), organisation, amount_fen, on).await;
}

#[tokio::test]
async fn what_came_back_is_not_taken_back_once_it_was_paid_out_again() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<KeepBudget>();
        let line = budget(&caller, world.plan).await.unwrap().items.first().cloned().unwrap();
        let spend = async |amount_fen: i64| spends(&app, world.west, amount_fen, "2026-05-10").await;
        let take_back = async |amount_fen: i64| {
            let list = payments(&caller, line.id, &Paging::default()).await.unwrap().items;
            let id = list.iter().find(|payment| payment.amount_fen == amount_fen).unwrap().id;
            reverse(&caller, id, &ReverseReason { reason: "登记有误".into() }).await
        };
        // Another programme spends the whole line and gets a part back: less than nothing would be paid without the first.
        spend(100_000).await;
        spend(-40_000).await;
        assert_eq!(take_back(100_000).await.unwrap_err().code, "reversal_unbalanced");
        // That part is spent again: more would be paid than the line has without what came back.
        spend(40_000).await;
        assert_eq!(take_back(-40_000).await.unwrap_err().code, "reversal_unbalanced");
        assert_eq!(take_back(40_000).await.unwrap().paid_fen, 60_000);
        assert_eq!(take_back(-40_000).await.unwrap().paid_fen, 100_000);
    })
    .await;
}

#[tokio::test]
async fn the_money_stands_beside_the_goal_and_gives_the_cost_of_each() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        meals(&app, world.west, 300, "2026-02-10").await;
        meals(&app, world.east, 100, "2026-02-10").await;
        let caller = app.caller::<KeepBudget>();
        let form =
            LineForm { name: "爱心餐补贴".into(), allotted_fen: 900_000, indicator_id: Some(world.indicators[0]) };
        let line = add(&caller, world.plan, &form).await.unwrap();
        for (organisation_id, amount_fen, on) in
            [(world.west, 360_000, "2026-03-10"), (world.east, 100_000, "2026-05-10")]
        {
            let payment = NewPayment { payee: "配餐企业".into(), ..payment(organisation_id, amount_fen, on) };
            pay(&caller, line.id, &payment).await.unwrap();
        }
        let shown = async |organisation, on: &str| {
            let params = BoardParams { organisation: Some(organisation), on: Some(day(on)), ..BoardParams::default() };
            let standing =
                board(&app.caller::<SeePlans>(), world.plan, &params).await.unwrap().items[0].standing.clone();
            (standing.amount_fen, standing.cost_each_fen)
        };
        assert_eq!(shown(world.region, "2026-07-01").await, (460_000, Some(1_150)));
        assert_eq!(shown(world.region, "2026-03-31").await, (360_000, Some(900)));
        assert_eq!(shown(world.west, "2026-07-01").await, (360_000, Some(1_200)));
        assert_eq!(shown(world.west, "2026-03-09").await, (0, None));
        // Money that is the goal itself is not counted twice.
        let own = budget(&caller, world.plan).await.unwrap().items.first().cloned().unwrap();
        let payment = payment(world.west, 60_000, "2026-05-10");
        pay(&caller, own.id, &payment).await.unwrap();
        let money = board(&app.caller::<SeePlans>(), world.plan, &BoardParams::default()).await.unwrap().items[1]
            .standing
            .clone();
        assert_eq!((money.actual, money.amount_fen, money.paid_fen), (Some(60_000), 60_000, 0));
        let behind = async |indicator| {
            let (caller, params) = (app.caller::<SeePlans>(), BoardParams::default());
            payments_behind(&caller, indicator, &params, &Paging::default()).await.unwrap().total
        };
        assert_eq!((behind(world.indicators[0]).await, behind(world.indicators[1]).await), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn money_that_the_counted_facts_carry_is_not_added_again_once_it_is_paid() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<KeepBudget>();
        let form =
            LineForm { name: "爱心餐补贴".into(), allotted_fen: 900_000, indicator_id: Some(world.indicators[0]) };
        let line = add(&caller, world.plan, &form).await.unwrap();
        let shown = async || {
            let (caller, params) = (app.caller::<SeePlans>(), BoardParams::default());
            let standing = board(&caller, world.plan, &params).await.unwrap().items.remove(0).standing;
            let behind = payments_behind(&caller, world.indicators[0], &params, &Paging::default()).await.unwrap();
            assert_eq!(behind.items.iter().map(|row| row.amount_fen).sum::<i64>(), standing.paid_fen);
            (standing.amount_fen, behind.total)
        };
        spends_of(&app, ("爱心餐补贴", &["warm_kit", "love_meal"]), world.west, 3_000, "2026-05-10").await;
        assert_eq!(shown().await, (0, 0));
        // What other facts carry, or none, stands in none that the indicator counts.
        spends_of(&app, ("爱心餐补贴", &["warm_kit"]), world.west, 2_000, "2026-05-10").await;
        spends_of(&app, ("爱心餐补贴", &[]), world.west, 500, "2026-05-10").await;
        assert_eq!(shown().await, (2_500, 2));
        let list = payments(&caller, line.id, &Paging::default()).await.unwrap();
        assert_eq!((list.total, list.items.iter().map(|row| row.amount_fen).sum::<i64>()), (3, 5_500));
    })
    .await;
}

#[tokio::test]
async fn money_stays_with_what_it_was_paid_for_when_a_union_is_moved() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let town = found(&app, Some(world.west), "152921", "乌兰镇总工会", Level::Township).await;
        meals(&app, town, 100, "2026-02-10").await;
        let caller = app.caller::<KeepBudget>();
        let form =
            LineForm { name: "爱心餐补贴".into(), allotted_fen: 900_000, indicator_id: Some(world.indicators[0]) };
        let line = add(&caller, world.plan, &form).await.unwrap();
        let payment = NewPayment { payee: "配餐企业".into(), ..payment(town, 10_000, "2026-02-20") };
        pay(&caller, line.id, &payment).await.unwrap();
        let moved = MoveUnder { parent_id: world.east, day: day("2026-05-01") };
        relocate(&app.caller(), town, &moved).await.unwrap();
        let shown = async |organisation, tree| {
            let params = BoardParams { organisation: Some(organisation), on: Some(day("2026-06-30")), tree };
            let caller = app.caller::<SeePlans>();
            let standing = board(&caller, world.plan, &params).await.unwrap().items.remove(0).standing;
            // The money opens into the payments that it sums.
            let behind = payments_behind(&caller, world.indicators[0], &params, &Paging::default()).await.unwrap();
            assert_eq!(behind.items.iter().map(|row| row.amount_fen).sum::<i64>(), standing.paid_fen);
            assert!(behind.items.iter().all(|row| row.line == "爱心餐补贴" && row.organisation == "乌兰镇总工会"));
            (standing.actual, standing.amount_fen)
        };
        for (tree, with, without) in [(Tree::Dated, world.west, world.east), (Tree::Today, world.east, world.west)] {
            assert_eq!(shown(with, tree).await, (Some(100), 10_000), "{tree:?}");
            assert_eq!(shown(without, tree).await, (Some(0), 0), "{tree:?}");
        }
        assert_eq!(shown(world.region, Tree::Dated).await, (Some(100), 10_000));
        // Neither what was paid after the day nor what was taken back.
        let of = async |on: &str| {
            let params = BoardParams { on: Some(day(on)), ..BoardParams::default() };
            let caller = app.caller::<SeePlans>();
            payments_behind(&caller, world.indicators[0], &params, &Paging::default()).await.unwrap()
        };
        assert_eq!((of("2026-02-19").await.total, of("2026-02-20").await.total), (0, 1));
        let wrong = of("2026-02-20").await.items.remove(0).id;
        reverse(&caller, wrong, &ReverseReason { reason: "收款户名有误".into() }).await.unwrap();
        assert_eq!(of("2026-06-30").await.total, 0);
    })
    .await;
}

/// The workbook of the first quarter in a fresh house, with or without a payment of April.
async fn first_quarter(late: bool) -> Vec<u8> {
    let app = App::sqlite(&programmes()).await;
    let world = world(&app).await;
    let caller = app.caller::<KeepBudget>();
    let line = budget(&caller, world.plan).await.unwrap().items.first().cloned().unwrap();
    let days = [(20_000, "2026-03-31"), (30_000, "2026-04-01")];
    for (amount_fen, on) in days.into_iter().take(if late { 2 } else { 1 }) {
        let payment =
            NewPayment { payee: "货运行业工会联合会".into(), ..payment(world.region, amount_fen, on) };
        pay(&caller, line.id, &payment).await.unwrap();
    }
    assert_eq!(budget_on(&caller, world.plan, day("2026-03-31")).await.unwrap().paid_fen, 20_000);
    let quarter = NewReport { period: "2026Q1".into(), as_of: None, organisation_id: None };
    let made = make(&app.caller::<MakeReports>(), world.plan, &quarter).await.unwrap();
    let sheet = file(&app.caller::<SeePlans>(), made.id, Format::Xlsx).await.unwrap().1;
    drop(caller);
    app.close().await;
    sheet
}

#[tokio::test]
async fn a_quarters_report_shows_what_was_paid_by_its_last_day() {
    assert_eq!(first_quarter(false).await, first_quarter(true).await);
}

#[tokio::test]
async fn nothing_is_booked_on_a_draft() {
    App::each(&programmes(), |app| async move {
        let region = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let (edits, keeps) = (app.caller::<EditPlans>(), app.caller::<KeepBudget>());
        let plan = create_from(&edits, region, &draft()).await.unwrap();
        spends(&app, region, 10_000, "2026-05-10").await;
        assert_eq!(budget(&keeps, plan).await.unwrap().paid_fen, 0);
        publish(&edits, plan).await.unwrap();
        spends(&app, region, 10_000, "2026-05-10").await;
        assert_eq!(budget(&keeps, plan).await.unwrap().paid_fen, 10_000);
    })
    .await;
}

#[tokio::test]
async fn the_money_of_a_quarter_that_was_handed_up_stays_as_it_was() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<KeepBudget>();
        let line = budget(&caller, world.plan).await.unwrap().items.remove(0).id;
        let payment = |on: &str| payment(world.west, 10_000, on);
        pay(&caller, line, &payment("2026-06-30")).await.unwrap();
        let quarter = SubmitQuarter { organisation_id: world.west, quarter: "2026Q2".into() };
        submit(&app.caller::<SubmitQuarters>(), &quarter).await.unwrap();
        assert_eq!(pay(&caller, line, &payment("2026-06-30")).await.unwrap_err().code, "quarter_locked");
        let paid = payments(&caller, line, &Paging::default()).await.unwrap().items.remove(0).id;
        let reason = ReverseReason { reason: "收款户名有误".into() };
        assert_eq!(reverse(&caller, paid, &reason).await.unwrap_err().code, "quarter_locked");
        spends(&app, world.west, 10_000, "2026-06-30").await;
        assert_eq!(budget(&caller, world.plan).await.unwrap().paid_fen, 10_000);
        pay(&caller, line, &payment("2026-07-01")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_a_line_has_left_is_told_in_a_unit_as_it_stands_there() {
    App::each(&programmes(), |app| async move {
        let west = world(&app).await.west;
        let context: &Context = &app.caller::<KeepBudget>();
        let left = context.unit(|unit| async move {
            unit.execute_unprepared("UPDATE plan_budget_line SET allotted_fen = 70001").await?;
            let line = kernel::budget::left(context, Some(&unit), (west, 2026, "专项经费")).await?;
            Ok(line.map(|line| line.left_fen))
        });
        assert_eq!(left.await.unwrap(), Some(70_001));
        let line = kernel::budget::left(context, None, (west, 2026, "专项经费")).await.unwrap();
        assert_eq!(line.map(|line| line.left_fen), Some(70_001));
    })
    .await;
}
