//! The unit of work on a real file: refused, cancelled and slow units leave nothing; the rest is there after reopening.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests start bare tasks to press on the writer from many sides, and stop at the first surprise"
)]

use std::time::Duration;

use database::{
    Database, Fault, Limits, Migration, Settings, Unit,
    sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, Statement},
    sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, schema::integer, sea_query::Table},
};

struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m2026_01_01_marks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(Table::create().table("mark").col(integer("value").unique_key()).to_owned()).await
    }
}

fn steps() -> Vec<Migration> {
    vec![Box::new(Step)]
}

async fn open(dir: &tempfile::TempDir, limits: Limits) -> Database {
    let settings = Settings { limits, ..Settings::file(&dir.path().join("test.sqlite")) };
    let database = Database::open(&settings).await.unwrap();
    database.migrate(&[steps]).await.unwrap();
    database
}

async fn mark(unit: &Unit, value: i32) -> Result<(), Fault> {
    let insert =
        Statement::from_sql_and_values(unit.get_database_backend(), "INSERT INTO mark VALUES ($1)", [value.into()]);
    unit.execute_raw(insert).await?;
    Ok(())
}

async fn count(database: &Database) -> i64 {
    let reader = database.reader();
    let sql = Statement::from_string(reader.get_database_backend(), "SELECT count(*) AS n FROM mark");
    reader.query_one_raw(sql).await.unwrap().unwrap().try_get("", "n").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn units_from_many_tasks_are_kept_and_the_refused_ones_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    let tasks: Vec<_> = (0..200)
        .map(|value| {
            let database = database.clone();
            tokio::spawn(async move {
                database
                    .unit(|unit| async move {
                        mark(&unit, value).await?;
                        if value % 3 == 0 { Err(Fault::Stored("refused".into())) } else { Ok(value) }
                    })
                    .await
            })
        })
        .collect();
    let mut kept = 0;
    for task in tasks {
        kept += i64::from(task.await.unwrap().is_ok());
    }
    assert_eq!(kept, 133);
    assert_eq!(count(&database).await, 133);
    database.close().await.unwrap();
    let again = open(&dir, Limits::default()).await;
    assert_eq!(count(&again).await, 133);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_undoes_its_own_unit_only() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    let (first, second, third) = tokio::join!(
        database.unit(|unit| async move { mark(&unit, 1).await }),
        database.unit(|unit| async move {
            mark(&unit, 2).await?;
            mark(&unit, 1).await
        }),
        database.unit(|unit| async move { mark(&unit, 3).await }),
    );
    assert!(first.is_ok() && third.is_ok());
    assert!(second.unwrap_err().is_duplicate());
    assert_eq!(count(&database).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_goes_away_leaves_nothing_and_holds_nobody_up() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    let (started, wait) = tokio::sync::oneshot::channel();
    let started = std::sync::Arc::new(std::sync::Mutex::new(Some(started)));
    let gone = {
        let database = database.clone();
        tokio::spawn(async move {
            let started = &started;
            database
                .unit(|unit| async move {
                    mark(&unit, 7).await?;
                    if let Some(started) = started.lock().unwrap().take() {
                        started.send(()).unwrap();
                    }
                    std::future::pending::<Result<(), Fault>>().await
                })
                .await
        })
    };
    wait.await.unwrap();
    gone.abort();
    database.unit(|unit| async move { mark(&unit, 8).await }).await.unwrap();
    assert_eq!(count(&database).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_over_its_time_is_undone() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits { unit: Duration::from_millis(50), ..Limits::default() }).await;
    let slow = database
        .unit(|unit| async move {
            mark(&unit, 1).await?;
            std::future::pending::<Result<(), Fault>>().await
        })
        .await;
    assert!(matches!(slow, Err(Fault::TooSlow(_))));
    assert_eq!(count(&database).await, 0);
}

fn mark_later(unit: &Unit, value: i32) {
    let insert =
        Statement::from_sql_and_values(unit.get_database_backend(), "INSERT INTO mark VALUES (?)", [value.into()]);
    unit.later("mark", insert);
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_that_nobody_waits_for_are_seen_by_their_own_unit_and_kept_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    let seen = database
        .unit(|unit| async move {
            mark_later(&unit, 1);
            mark_later(&unit, 2);
            let sql = Statement::from_string(unit.get_database_backend(), "SELECT count(*) AS n FROM mark");
            let seen: i64 = unit.query_one_raw(sql).await?.unwrap().try_get("", "n")?;
            mark_later(&unit, 3);
            Ok::<_, Fault>(seen)
        })
        .await;
    assert_eq!(seen.unwrap(), 2);
    assert_eq!(count(&database).await, 3);
}

mod marks {
    use database::sea_orm::{self, entity::prelude::*};

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "mark")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub value: i32,
    }

    database::plain_table!();
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_handed_in_go_together_but_never_past_another_write() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    let row = |value| marks::ActiveModel { value: Set(value) };
    let kept = database
        .unit(|unit| async move {
            for value in 1..=600 {
                database::insert::<marks::Entity>(&unit, row(value))?;
            }
            let turned = Statement::from_string(unit.get_database_backend(), "UPDATE mark SET value = -value");
            unit.later("mark", turned);
            database::insert::<marks::Entity>(&unit, row(601))?;
            Ok::<_, Fault>(())
        })
        .await;
    kept.unwrap();
    let found = marks::Entity::find().all(database.reader()).await.unwrap();
    let mut values: Vec<i32> = found.into_iter().map(|mark| mark.value).collect();
    values.sort_unstable();
    assert_eq!(values, (-600..0).chain([601]).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_fails_at_the_end_of_its_unit_undoes_the_unit() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    let refused = database
        .unit(|unit| async move {
            mark(&unit, 1).await?;
            mark_later(&unit, 2);
            mark_later(&unit, 2);
            Ok::<_, Fault>(())
        })
        .await;
    assert!(refused.unwrap_err().is_duplicate());
    let refused = database
        .unit(|unit| async move {
            mark_later(&unit, 5);
            Err::<(), _>(Fault::Stored("refused".into()))
        })
        .await;
    assert!(refused.is_err());
    assert_eq!(count(&database).await, 0);
}

#[tokio::test]
async fn a_unit_knows_whether_it_has_written() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    for (sql, written) in [
        ("SELECT value FROM mark", false),
        ("UPDATE mark SET value = 2 RETURNING value", false),
        ("INSERT INTO mark VALUES (1) RETURNING value", true),
        ("UPDATE mark SET value = 2 RETURNING value", true),
    ] {
        let asked = database.unit(|unit| async move {
            unit.query_all_raw(Statement::from_string(unit.get_database_backend(), sql)).await?;
            Ok::<_, Fault>(unit.has_written())
        });
        assert_eq!(asked.await.unwrap(), written, "{sql}");
    }
    let told = database.unit(|unit| async move {
        unit.execute_unprepared("UPDATE mark SET value = 3 WHERE value = 9").await?;
        let nothing = unit.has_written();
        mark_later(&unit, 5);
        Ok::<_, Fault>((nothing, unit.has_written()))
    });
    assert_eq!(told.await.unwrap(), (false, true));
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    assert!(database.reader().execute_unprepared("DELETE FROM mark").await.is_err());
}

#[tokio::test]
async fn an_unknown_address_is_refused_without_telling_its_password() {
    let refused = Database::open(&Settings::new("mysql://root:secret@host/db")).await.err().unwrap();
    assert!(!refused.to_string().contains("secret"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_ends_from_below_takes_its_whole_group_with_it_and_each_runs_again() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits { group: Duration::from_secs(5), ..Limits::default() }).await;
    let tasks: Vec<_> = (0..60)
        .map(|value| {
            let (database, below) = (database.clone(), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)));
            tokio::spawn(async move {
                let below = &below;
                database
                    .unit(|unit| async move {
                        mark(&unit, value).await?;
                        // As a full disk does it: the whole transaction is gone, the first time.
                        if value % 20 == 5 && !below.swap(true, std::sync::atomic::Ordering::Relaxed) {
                            unit.execute_unprepared("ROLLBACK").await?;
                            return Err(Fault::Stored("the disk was full".into()));
                        }
                        Ok(value)
                    })
                    .await
            })
        })
        .collect();
    for task in tasks {
        // A unit that was committed by itself and run again would find its own mark there.
        task.await.unwrap().unwrap();
    }
    assert_eq!(count(&database).await, 60);
    database.close().await.unwrap();
    assert_eq!(count(&open(&dir, Limits::default()).await).await, 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_written_is_told_and_the_next_is_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    let full = database
        .unit(|unit| async move {
            mark(&unit, 1).await?;
            unit.execute_unprepared("PRAGMA max_page_count = 1").await?;
            for value in 2..2_000 {
                mark(&unit, value).await?;
            }
            Ok::<_, Fault>(())
        })
        .await
        .unwrap_err();
    assert_eq!(full.trouble(), Some(database::Trouble::Full), "{full}");
    database
        .unit(|unit| async move {
            unit.execute_unprepared("PRAGMA max_page_count = 1000000").await?;
            mark(&unit, 1).await
        })
        .await
        .unwrap();
    assert_eq!(count(&database).await, 1);
    assert!(database.is_proved(Duration::from_secs(60)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_begins_anew_while_units_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir, Limits::default()).await;
    // 40,000 pages in all; the log alone would take 165 MB.
    for value in 0..400 {
        let sql = format!(
            "CREATE TABLE page_{value} AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) SELECT zeroblob(4000) AS page FROM n"
        );
        let sql = &sql;
        database
            .unit(|unit| async move { unit.execute_unprepared(sql).await.map(drop).map_err(Fault::from) })
            .await
            .unwrap();
    }
    let log = std::fs::metadata(dir.path().join("test.sqlite-wal")).unwrap().len();
    assert!(log < 100_000_000, "the log holds {log} bytes");
    let kept = std::fs::metadata(dir.path().join("test.sqlite")).unwrap().len();
    assert!(kept > 60_000_000, "the file holds {kept} bytes");
}
