//! A rotation of the key while a process is without the new one.

use chrono::TimeDelta;
use kernel::{Context, keys};
use secret::Keyring;
use testing::App;

use crate::{
    keys::{fill, master, rotate, under},
    organisation_world::programmes,
};

/// Writes down what the second version's key gives as its check value.
async fn check(app: &App, value: &str) {
    app.write(&format!("UPDATE key_version SET check_value = '{value}' WHERE version = 2")).await;
}

#[tokio::test]
async fn a_rotation_outlasts_a_process_that_lacks_the_new_key_for_a_day() {
    App::each(&programmes(), async |app| {
        let context = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        fill(context, app.house(), 0..2).await;
        keys::rotate(context).await.unwrap();
        let right = app.house().keyring().check_value(2);
        // This process has another key than the one under which the house is to be sealed, and it has the job.
        check(&app, &Keyring::derive(&master(5), 1).unwrap().check_value(2)).await;
        for _ in 0..36 {
            app.pass(TimeDelta::minutes(43));
            app.settle().await;
        }
        assert_eq!(under(context, 1).await, 2);
        assert!(keys::rotate(context).await.is_err(), "nothing is announced meanwhile");
        check(&app, &right).await;
        app.pass(TimeDelta::minutes(43));
        app.settle().await;
        assert_eq!((under(context, 1).await, under(context, 2).await), (0, 2));
        assert_eq!(rotate(&app).await, 3);
    })
    .await;
}
