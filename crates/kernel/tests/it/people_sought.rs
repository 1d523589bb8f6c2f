//! Whole numbers that nobody has are counted by account, so that nobody finds out by trying what stands behind a mask.

use axum::Router;
use chrono::TimeDelta;
use futures::future::join_all;
use kernel::{
    Context, House,
    rulebook::{self, NewRulePack},
};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use testing::{App, Client, people};

use crate::{
    access_world::{logged_in, officer},
    organisation_world::{day, programmes, region},
    people::{last_acts, register},
};

/// So many searches for numbers that nobody has are answered in an hour.
async fn at_most(app: &App, value: i64) {
    at_most_in(app, "", value).await;
}

async fn at_most_in(app: &App, region: &str, value: i64) {
    let rule = NewRulePack {
        code: "people.misses_an_hour".into(),
        region: region.into(),
        valid_from: day("2026-01-01"),
        valid_to: None,
        value,
        source: "测试".into(),
    };
    rulebook::set_pack(&app.caller(), &rule).await.unwrap();
}

/// The same browser at another server process.
pub fn at_other(house: &House, browser: &Client) -> Client {
    let (router, _) = (kernel::own::programme().routes)().split_for_parts();
    browser.moved_to(Router::new().nest("/api/v1", router).with_state(house.clone()))
}

fn path(text: &str) -> String {
    let sent: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/api/v1/people?q={sent}")
}

/// How many are found.
async fn found(client: &mut Client, text: &str) -> Value {
    client.get(&path(text)).await.ok::<Value>()["total"].clone()
}

#[tokio::test]
async fn numbers_that_nobody_has_are_sought_so_often_in_an_hour() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        register(&app, region.county, 1, "王小明", Some("13900000001")).await;
        register(&app, region.tongliao, 2, "张小雨", None).await;
        at_most(&app, 3).await;
        officer(&app, "desk", "业务干部", region.county).await;
        officer(&app, "next", "业务干部", region.county).await;
        let (mut desk, other) = (logged_in(&app, "desk").await, app.another_process().await);
        let numbers = [2, 9].map(people::number);
        let [foreign, unknown] = numbers.each_ref().map(String::as_str);
        for (at, nobodys) in [foreign, "１３９００００００９９", unknown].into_iter().enumerate() {
            for (text, total) in [
                ("13900000001", 1),
                (&*people::number(1), 1),
                ("王", 1),
                ("没有此人", 0),
                ("SMITH", 0),
                ("139000", 0),
                (&foreign[..17], 0),
            ] {
                assert_eq!(found(&mut desk, text).await, total, "{at}: {text} costs nothing");
            }
            assert!(last_acts(&app, "people.misses").await.is_empty());
            let mut here = if at == 1 { at_other(&other, &desk) } else { desk.clone() };
            assert_eq!(found(&mut here, nobodys).await, 0, "{nobodys}");
        }
        for text in ["13900000001", foreign, "13900000098"] {
            for mut here in [desk.clone(), at_other(&other, &desk)] {
                let refused = here.get(&path(text)).await;
                assert_eq!((refused.status.as_u16(), refused.code().as_str()), (429, "too_many_misses"), "{text}");
                assert_eq!(refused.headers["retry-after"], "3600");
            }
        }
        assert_eq!(found(&mut desk, "王").await, 1, "by a name he is found still");
        assert_eq!(found(&mut logged_in(&app, "next").await, "13900000001").await, 1, "another's count is another's");
        let acts = last_acts(&app, "people.misses").await;
        assert_eq!((acts.len(), acts[0].organisation_id), (1, Some(region.county)));
        for secret in [foreign, "13900000099", unknown] {
            assert!(!acts[0].detail.contains(secret), "{}", acts[0].detail);
        }

        app.pass(TimeDelta::minutes(59));
        let refused = logged_in(&app, "desk").await.get(&path("13900000001")).await;
        assert_eq!(
            (refused.code().as_str(), &refused.headers["retry-after"]),
            ("too_many_misses", &"60".parse().unwrap())
        );
        app.pass(TimeDelta::minutes(1));
        let mut desk = logged_in(&app, "desk").await;
        assert_eq!(found(&mut desk, "13900000001").await, 1);
        assert_eq!(found(&mut desk, "13900000098").await, 0);
        drop(other);
    })
    .await;
}

#[tokio::test]
async fn a_region_may_let_its_officers_seek_less_often() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        at_most(&app, 3).await;
        at_most_in(&app, "152200", 1).await;
        officer(&app, "here", "业务干部", region.county).await;
        officer(&app, "elsewhere", "业务干部", region.tongliao).await;
        let (mut here, mut elsewhere) = (logged_in(&app, "here").await, logged_in(&app, "elsewhere").await);
        for desk in [&mut here, &mut elsewhere] {
            assert_eq!(found(desk, "13900000099").await, 0);
        }
        assert_eq!(here.get(&path("13900000098")).await.code(), "too_many_misses");
        assert_eq!(found(&mut elsewhere, "13900000098").await, 0);
    })
    .await;
}

/// Whoever guesses sends all guesses at once; they are judged one after another. Answers how many there were, and how many of
/// them were refused because the bound was met.
async fn refused_of_guesses(desk: &Client) -> (usize, usize) {
    let guesses = join_all((10..30).map(|n| {
        let mut client = desk.clone();
        async move { client.get(&path(&people::number(n))).await }
    }));
    let answers = guesses.await;
    (answers.len(), answers.iter().filter(|answer| answer.code() == "too_many_misses").count())
}

#[tokio::test]
async fn of_guesses_at_the_same_moment_no_more_are_answered() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        at_most(&app, 3).await;
        officer(&app, "desk", "业务干部", region.county).await;
        let desk = logged_in(&app, "desk").await;
        assert_eq!(refused_of_guesses(&desk).await, (20, 17));
        assert_eq!(last_acts(&app, "people.misses").await.len(), 1);
    })
    .await;
}

/// From now on a process can't write, as where the disk can only be read.
pub async fn only_reads(app: &App, process: &House) {
    let context = &Context::system(process, "a test");
    let order = if app.is_on_server() {
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    } else {
        "PRAGMA query_only = ON"
    };
    let told = context.unit(|unit| async move {
        unit.execute_unprepared(order).await?;
        Ok(())
    });
    told.await.unwrap();
}

#[tokio::test]
async fn while_nothing_can_be_written_who_is_there_is_found_and_guesses_keep_their_bound() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        register(&app, region.county, 1, "王小明", Some("13900000001")).await;
        at_most(&app, 3).await;
        officer(&app, "desk", "业务干部", region.county).await;
        let (mut desk, process) = (logged_in(&app, "desk").await, app.another_process().await);
        assert_eq!(found(&mut desk, "13900000099").await, 0, "one was counted while it could be");
        only_reads(&app, &process).await;
        let mut here = at_other(&process, &desk);
        for nobodys in ["13900000098", "13900000097"] {
            for text in ["13900000001", &*people::number(1), "王"] {
                assert_eq!(found(&mut here, text).await, 1, "{text}");
            }
            assert_eq!(here.get(&path(nobodys)).await.status.as_u16(), 503, "{nobodys}: its count can't be written");
        }
        for text in ["13900000001", "13900000096"] {
            let refused = here.get(&path(text)).await;
            assert_eq!((refused.status.as_u16(), refused.code().as_str()), (429, "too_many_misses"), "{text}");
            assert_eq!(refused.headers["retry-after"], "3600");
        }
        assert_eq!(found(&mut here, "王").await, 1, "by a name he is found still");
        app.pass(TimeDelta::hours(1));
        let mut here = at_other(&process, &logged_in(&app, "desk").await);
        assert_eq!(found(&mut here, "13900000001").await, 1);
        drop((here, process));
    })
    .await;
}

#[tokio::test]
async fn while_nothing_can_be_written_no_more_of_guesses_at_the_same_moment_are_answered() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        at_most(&app, 3).await;
        officer(&app, "desk", "业务干部", region.county).await;
        let process = app.another_process().await;
        only_reads(&app, &process).await;
        let desk = at_other(&process, &logged_in(&app, "desk").await);
        assert_eq!(refused_of_guesses(&desk).await, (20, 17));
        drop((desk, process));
    })
    .await;
}
