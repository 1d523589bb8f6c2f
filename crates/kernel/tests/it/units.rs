//! What units of work write, and those of several processes.

use database::insert_all;
use kernel::{
    Context, Problem,
    organisation::{permissions::Manage, place},
    own,
};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use testing::App;

use crate::ledger_figures::{Region, day};

#[tokio::test]
async fn a_unit_sees_what_others_committed_while_it_waited_whatever_the_server_is_set_to() {
    App::each(&[kernel::own::programme()], async |app| {
        if !app.is_on_server() {
            return;
        }
        let set = "EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation TO ''repeatable read''', \
                   current_database())";
        app.write(&format!("DO $$ BEGIN {set}; END $$")).await;
        let house = app.another_process().await;
        let context = &Context::system(&house, "a test");
        let level = context.unit(|unit| async move {
            let sql = "SELECT current_setting('transaction_isolation') AS level";
            let asked = Statement::from_string(unit.get_database_backend(), sql);
            let row = unit.query_one_raw(asked).await?.unwrap();
            Ok(row.try_get::<String>("", "level")?)
        });
        assert_eq!(level.await.unwrap(), "read committed");
    })
    .await;
}

#[tokio::test]
async fn rows_of_which_whole_columns_are_alike_are_written_as_they_are() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<Manage>();
        // More than one statement takes; in the first all parents are empty, in the next some are.
        let days = day("2020-02-01").iter_days().take(600).enumerate();
        let places = days.map(|(at, from_day)| place::Model {
            id: context.id(),
            organisation_id: region.banners[1],
            parent_id: (at > 300).then_some(region.leagues[at % 2]),
            from_day,
            until_day: (at > 550).then_some(day("2024-02-29")),
        });
        let places = &places.collect::<Vec<_>>();
        let insert = |unit| async move { Ok::<_, Problem>(insert_all::<place::Entity>(&unit, places.clone()).await?) };
        context.unit(insert).await.unwrap();
        for place in places {
            let kept = place::Entity::find_by_id(place.id).one(context.read()).await.unwrap();
            assert_eq!(kept.as_ref(), Some(place));
        }
    })
    .await;
}
