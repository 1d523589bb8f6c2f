//! Committing a group, and finding out what became of it when the connection broke in the middle: run again blindly, what
//! had been committed would be done twice.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement};

use crate::Fault;

/// How often the server is asked. Each question waits for a connection as long as the pool allows.
const QUESTIONS: u32 = 10;
/// Between two questions, while the old connection's end is still at work.
const PAUSE: Duration = Duration::from_millis(200);

pub(crate) async fn commit(
    connection: &DatabaseConnection,
    transaction: DatabaseTransaction,
    number: Option<&str>,
) -> Result<(), Fault> {
    let Err(err) = transaction.commit().await else { return Ok(()) };
    // A file is this process's own: what it did not commit is not there.
    let Some(number) = number else { return Err(Fault::Commit(err)) };
    tracing::warn!(%err, "the connection broke in a commit; the server is asked what became of it");
    for _ in 0..QUESTIONS {
        match status(connection, number).await {
            Ok(Some(status)) if status == "committed" => return Ok(()),
            Ok(Some(status)) if status == "aborted" => return Err(Fault::Commit(err)),
            Ok(_) => {}
            Err(err) => tracing::warn!(%err, "the server does not answer yet"),
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(Fault::Unsure(err))
}

async fn status(connection: &DatabaseConnection, number: &str) -> Result<Option<String>, DbErr> {
    let sql = "SELECT pg_xact_status(CAST($1 AS xid8)) AS status";
    let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [number.into()]);
    match connection.query_one_raw(asked).await? {
        Some(row) => row.try_get("", "status"),
        None => Ok(None),
    }
}
