use chrono::TimeDelta;
use documents::sheet_in::{Limits, Sheet, read_where};
use kernel::{Id, etag::IfMatch};
use plan::{
    breakdown::{
        BreakdownParams,
        set::{GivenTarget, Targets, set},
    },
    permissions::{BreakDown, MakeReports, SeePlans},
    report::{
        Format, file,
        make::{NewReport, make},
    },
};
use testing::App;
use tokio::join;

use crate::world::{day, meals, programmes, world};

#[tokio::test]
async fn a_report_keeps_its_figures_when_facts_come_late() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        meals(&app, world.west, 300, "2026-02-10").await;
        let caller = app.caller::<MakeReports>();
        let quarter = NewReport { period: "2026Q1".into(), as_of: None, organisation_id: None };
        let made = make(&caller, world.plan, &quarter).await.unwrap();
        assert_eq!(made.as_of, day("2026-03-31"));
        let seen = app.caller::<SeePlans>();
        let (title, letter) = file(&seen, made.id, Format::Docx).await.unwrap();
        assert!(title.contains("自治区总工会2026年第一季度") && letter.starts_with(b"PK"));
        let sheet = file(&seen, made.id, Format::Xlsx).await.unwrap().1;
        meals(&app, world.west, 50, "2026-03-01").await;
        let again = make(&caller, world.plan, &quarter).await.unwrap();
        assert_eq!(again, made);
        assert_eq!(file(&seen, again.id, Format::Docx).await.unwrap().1, letter);
        assert_eq!(file(&seen, again.id, Format::Xlsx).await.unwrap().1, sheet);
        let later = NewReport { period: "2027".into(), as_of: None, organisation_id: None };
        assert_eq!(make(&caller, world.plan, &later).await.unwrap_err().fields[0].field, "period");
    })
    .await;
}

#[tokio::test]
async fn a_report_that_two_make_at_once_is_one() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<MakeReports>();
        let quarter = NewReport { period: "2026Q1".into(), as_of: None, organisation_id: None };
        let (one, other) = join!(make(&caller, world.plan, &quarter), make(&caller, world.plan, &quarter));
        assert_eq!(one.unwrap(), other.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_report_of_a_day_that_was_not_over_is_made_anew() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let today = NewReport { period: "2026Q3".into(), as_of: Some(day("2026-07-01")), organisation_id: None };
        let morning = make(&app.caller::<MakeReports>(), world.plan, &today).await.unwrap();
        meals(&app, world.west, 300, "2026-07-01").await;
        app.pass(TimeDelta::days(1));
        let caller = app.caller::<MakeReports>();
        let whole = make(&caller, world.plan, &today).await.unwrap();
        assert_eq!(whole.as_of, day("2026-07-01"));
        assert_ne!(whole.id, morning.id);
        assert_eq!(make(&caller, world.plan, &today).await.unwrap(), whole);
    })
    .await;
}

#[tokio::test]
async fn a_report_tells_of_the_money_of_its_own_union_only() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let lines = async |organisation: Id| {
            let quarter = NewReport { period: "2026Q1".into(), as_of: None, organisation_id: Some(organisation) };
            let made = make(&app.caller::<MakeReports>(), world.plan, &quarter).await.unwrap();
            let book = file(&app.caller::<SeePlans>(), made.id, Format::Xlsx).await.unwrap().1;
            let money = |sheet: &Sheet| sheet.name == "经费执行";
            // Below the title and the headings.
            read_where(&book, "a.xlsx", Limits::default(), money).unwrap().rows.len() - 2
        };
        assert_eq!((lines(world.region).await, lines(world.west).await), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_report_tells_each_unit_below_indicator_by_indicator() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let given = |organisation_id, value| GivenTarget { organisation_id, value };
        let targets = Targets { targets: vec![given(world.west, 600), given(world.east, 400)] };
        let (caller, here) = (app.caller::<BreakDown>(), BreakdownParams::default());
        set(&caller, world.indicators[0], &here, &IfMatch::version(0), &targets).await.unwrap();
        meals(&app, world.west, 300, "2026-02-10").await;
        let quarter = NewReport { period: "2026Q1".into(), as_of: None, organisation_id: None };
        let made = make(&app.caller::<MakeReports>(), world.plan, &quarter).await.unwrap();
        let book = file(&app.caller::<SeePlans>(), made.id, Format::Xlsx).await.unwrap().1;
        let units = |sheet: &Sheet| sheet.name == "下级单位各项指标";
        let rows = read_where(&book, "a.xlsx", Limits::default(), units).unwrap().rows;
        let texts: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(|cell| &*cell.text).collect()).collect();
        assert!(texts.iter().any(|row| row.starts_with(&["西盟总工会", "爱心餐", "600份", "300份"])), "{texts:?}");
    })
    .await;
}
