//! How long people are known, where a region has a term of its own.

use std::collections::HashSet;

use chrono::TimeDelta;
use kernel::{
    Answer, Connection, Context, Fault, Id, Unit,
    person::{self, masked, permissions::View, show::show},
    rulebook::{self, NewRulePack},
};
use testing::App;

use crate::{
    organisation_world::{day, programmes, region},
    people::register,
};

#[tokio::test]
async fn people_are_known_as_long_as_their_region_says() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let pack = |region: &str, value| NewRulePack {
            code: "people.kept_days".into(),
            region: region.into(),
            valid_from: day("2026-01-01"),
            valid_to: None,
            value,
            source: "测试".into(),
        };
        for (region, days) in [("1505", 400), ("1522", 5000), ("152201", 3000)] {
            rulebook::set_pack(&app.caller(), &pack(region, days)).await.unwrap();
        }
        let places = [region.tongliao, region.county, region.province, region.hinggan];
        let mut people = Vec::new();
        for (n, place) in (1..).zip(places) {
            people.push(register(&app, place, n, "王小明", None).await);
        }
        let mut passed = 0;
        for (after, gone) in [(399, 0), (402, 1), (3002, 2), (3652, 3), (4998, 3), (5002, 4)] {
            app.pass(TimeDelta::days(after - passed));
            passed = after;
            app.work("kernel.people_expire").await.unwrap();
            for (at, person) in people.iter().enumerate() {
                let caller = app.caller::<View>();
                let shown = show(&caller, *person).await.unwrap();
                assert_eq!(shown.erased_at.is_some(), at < gone, "{at} after {after} days");
                // What is read in the name's place is no name, and not masked like one.
                let listed = masked(caller.read(), &caller, [*person]).await.unwrap().name(*person);
                let name = if at < gone { "已匿名" } else { "王*明" };
                assert_eq!([&*shown.name, &*listed], [name; 2]);
            }
        }
    })
    .await;
}

/// Fails at what one of them left.
fn damaged<'a>(unit: &'a Unit, context: &'a Context, id: Id) -> Answer<'a> {
    Box::pin(async move {
        if person::get(unit, context.scope(), id).await?.name == "王小明" {
            return Err(Fault::Stored("damaged".into()).into());
        }
        Ok(())
    })
}

#[tokio::test]
async fn whose_record_is_damaged_holds_up_nobody_behind_him() {
    let mut with_damage = programmes();
    with_damage[0].on_erase = &[damaged];
    App::each(&with_damage, |app| async move {
        let region = region(&app).await;
        let first = register(&app, region.county, 1, "王小明", None).await;
        let behind = register(&app, region.county, 2, "李小红", None).await;
        app.pass(TimeDelta::days(3700));
        assert!(app.work("kernel.people_expire").await.unwrap_err().fault.is_some(), "nobody is told");
        let caller = app.caller::<View>();
        let erased = async |id| show(&caller, id).await.unwrap().erased_at.is_some();
        assert_eq!((erased(first).await, erased(behind).await), (false, true));
    })
    .await;
}

/// Needs the first of those asked about.
fn needs_one<'a>(_: &'a Connection, people: &'a [Id]) -> Answer<'a, HashSet<Id>> {
    Box::pin(async move { Ok(people.iter().copied().take(1).collect()) })
}

#[tokio::test]
async fn whom_a_programme_needs_is_not_tried_at_all() {
    let mut with_need = programmes();
    // Whoever is tried would be told of.
    with_need[0].on_erase = &[damaged];
    with_need[0].still_needs = &[needs_one];
    App::each(&with_need, |app| async move {
        let region = region(&app).await;
        let needed = register(&app, region.county, 1, "王小明", None).await;
        let behind = register(&app, region.county, 2, "李小红", None).await;
        app.pass(TimeDelta::days(3700));
        app.work("kernel.people_expire").await.unwrap();
        let caller = app.caller::<View>();
        let erased = async |id| show(&caller, id).await.unwrap().erased_at.is_some();
        assert_eq!((erased(needed).await, erased(behind).await), (false, true));
    })
    .await;
}
