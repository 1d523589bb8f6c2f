//! The index that is kept in a file: used where it belongs to the ledger, passed over where it does not.

use std::path::Path;

use kernel::{
    Context, House, Id, Problem,
    ledger::{self, By, Figure, Tree},
    organisation::{
        permissions::{Manage, Reshape},
        relocate::{MoveUnder, relocate},
    },
    own,
};
use sea_orm::ConnectionTrait;
use testing::App;

use crate::ledger_figures::{Region, ask, day, fact, post};

async fn told(house: &House, region: &Region) -> Vec<Figure> {
    let context = &Context::system(house, "a test");
    let mut items = Vec::new();
    for organisation in [region.province, region.leagues[0], region.banners[0]] {
        items.extend(ledger::figures(context, &ask(organisation, By::None, Tree::Dated)).await.unwrap().items);
    }
    items
}

async fn execute(context: &Context, sql: &'static str) {
    let done = context.unit(|unit| async move {
        unit.execute_unprepared(sql).await?;
        Ok::<_, Problem>(())
    });
    done.await.unwrap();
}

fn flip(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

/// A region with three facts of two people whose index is kept.
async fn kept(app: &App) -> Region {
    let region = Region::found(app).await;
    let context: &Context = &app.caller::<Manage>();
    let served = [(0, 5), (1, 6), (2, 6)]
        .map(|(banner, person)| fact(region.banners[banner], "love_meal", Some(Id(person)), day("2026-06-01")));
    post(context, &served).await;
    ledger::keep(context).await.unwrap();
    region
}

#[tokio::test]
async fn a_start_goes_on_from_the_file() {
    App::each(&[own::programme()], |app| async move {
        let region = kept(&app).await;
        let context: &Context = &app.caller::<Manage>();
        let before = told(app.house(), &region).await;
        // Who starts on the file does not see what was changed before it, behind everybody's back; `verify` does.
        execute(context, "UPDATE ledger_fact SET quantity = 9 WHERE position = 2").await;
        let next = app.another_process().await;
        assert_eq!(told(&next, &region).await, before);
        let differences = ledger::verify(&Context::system(&next, "a test")).await.unwrap();
        assert_eq!(differences.len(), 3, "{differences:#?}");
        execute(context, "UPDATE ledger_fact SET quantity = 1 WHERE position = 2").await;

        // What came after it was kept: a fact, a merge, a move for days past.
        post(context, &[fact(region.banners[0], "love_meal", Some(Id(7)), day("2026-06-02"))]).await;
        let merge = context.unit(|unit| async move { ledger::merge_people(&unit, context, Id(7), Id(5)).await });
        merge.await.unwrap();
        let reshape = app.caller::<Reshape>();
        let under = MoveUnder { parent_id: region.leagues[1], day: day("2026-03-01") };
        relocate(&reshape, region.banners[1], &under).await.unwrap();
        let next = app.another_process().await;
        let now = told(app.house(), &region).await;
        assert_eq!(told(&next, &region).await, now);
        assert_eq!((now[0].items, now[0].people), (4, 2));
        assert_eq!((now[1].items, now[1].people), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_not_this_ledgers_is_passed_over() {
    let app = App::sqlite(&[own::programme()]).await;
    let region = kept(&app).await;
    let context: &Context = &app.caller::<Manage>();
    let file = app.house().settings().ledger_index.clone();
    // By this it shows whether the facts were read.
    execute(context, "UPDATE ledger_fact SET quantity = 9 WHERE position = 2").await;
    let meals = async || told(&app.another_process().await, &region).await[0].items;
    assert_eq!(meals().await, 3);
    flip(&file);
    assert_eq!(meals().await, 11);
    flip(&file);
    assert_eq!(meals().await, 3);
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..20]).unwrap();
    assert_eq!(meals().await, 11);
    std::fs::write(&file, bytes).unwrap();
    // A copy of the database from before the last fact was brought back, and went on otherwise.
    execute(context, "DELETE FROM ledger_fact WHERE position = 3").await;
    assert_eq!(meals().await, 10);
    post(context, &[fact(region.banners[3], "love_meal", None, day("2026-06-04"))]).await;
    assert_eq!(meals().await, 11);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(meals().await, 11);
}
