//! Events, each listener of which goes on without the others.

use chrono::TimeDelta;
use kernel::{
    Answer, Context, House, Problem, Programme, Unit,
    outbox::{self, EventRecord, React, Subscription},
    permission::LoggedIn,
};
use sea_orm::{ColumnTrait, EntityTrait, ModelTrait, PaginatorTrait, QueryFilter};
use testing::App;

use crate::outbox_jobs::{note, noted, programmes, wait};

type Event = <EventRecord as ModelTrait>::Entity;
type Column = <Event as EntityTrait>::Column;

/// Refuses until it is mended.
fn fails<'a>(unit: &'a Unit, context: &'a Context, _: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        if Event::find().filter(Column::Kind.eq("mended")).count(unit).await? == 0 {
            return Err(Problem::new(409, "not_mended", "还没有修好。"));
        }
        outbox::publish(unit, context, "heard_late", &())
    })
}

fn hears<'a>(unit: &'a Unit, context: &'a Context, _: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move { outbox::publish(unit, context, "heard", &()) })
}

const LISTENERS: &[Subscription] = &[
    Subscription { name: "test.fails", event: "told", react: React::Each(fails) },
    Subscription { name: "test.hears", event: "told", react: React::Each(hears) },
];

/// The kernel, and a programme that only listens.
pub fn with_listeners(listeners: &'static [Subscription]) -> Vec<Programme> {
    let mut programmes = programmes(&[]);
    programmes[1].subscriptions = listeners;
    programmes
}

#[tokio::test]
async fn a_listener_that_fails_keeps_its_own_events_waiting_alone() {
    App::each(&with_listeners(LISTENERS), async |app| {
        let context = &app.caller::<LoggedIn>();
        note(context, "told").await.unwrap();
        assert_eq!(outbox::settle(app.house()).await.unwrap_err().code, "not_mended");
        assert_eq!((noted(&app, "heard").await, noted(&app, "heard_late").await), (1, 0));
        note(context, "mended").await.unwrap();
        wait(&app, 21);
        app.settle().await;
        assert_eq!((noted(&app, "heard").await, noted(&app, "heard_late").await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_listener_that_always_fails_is_tried_ever_more_seldom_and_is_told_of() {
    App::each(&with_listeners(LISTENERS), async |app| {
        let other = app.another_process().await;
        note(&app.caller::<LoggedIn>(), "told").await.unwrap();
        let fails = async |house: &House| outbox::settle(house).await.is_err();
        let failing = async || outbox::stand(&app.caller::<LoggedIn>()).await.unwrap().failing;
        assert_eq!(failing().await, []);
        // Ten seconds, doubled each time, to 43 minutes at most.
        for pause in [20, 40, 80, 160, 320, 640, 1280, 2560, 2560] {
            assert!(fails(app.house()).await, "before the pause of {pause} s");
            assert!(!fails(app.house()).await && !fails(&other).await, "at once");
            let found = failing().await;
            assert_eq!((found.len(), &*found[0].listener, &*found[0].code), (1, "test.fails", "not_mended"));
            wait(&app, pause - 1);
            assert!(!fails(&other).await, "within {pause} s");
            wait(&app, 1);
        }
        assert!(fails(app.house()).await);
        // What comes meanwhile waits with it, and nobody else's does.
        note(&app.caller::<LoggedIn>(), "told").await.unwrap();
        app.settle().await;
        assert_eq!((noted(&app, "heard").await, noted(&app, "heard_late").await), (2, 0));
        // The mended program starts: it doesn't wait for the pause's end.
        note(&app.caller::<LoggedIn>(), "mended").await.unwrap();
        outbox::schedule(&other).await.unwrap();
        app.settle().await;
        assert_eq!((noted(&app, "heard_late").await, failing().await), (2, vec![]));
        drop(other);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_put_back_makes_no_listener_wait() {
    App::each(&with_listeners(LISTENERS), async |app| {
        let now = app.caller::<LoggedIn>().now();
        app.set_clock(now + TimeDelta::days(30));
        note(&app.caller::<LoggedIn>(), "told").await.unwrap();
        assert!(outbox::settle(app.house()).await.is_err());
        app.set_clock(now);
        note(&app.caller::<LoggedIn>(), "mended").await.unwrap();
        app.settle().await;
        assert_eq!(noted(&app, "heard_late").await, 1);
    })
    .await;
}
