//! The rows of a house that stands still, as only somebody with its file could change them.

use std::path::Path;

use database::{Database, Fault, Settings};
use sea_orm::ConnectionTrait;

/// Changes rows; answers how many.
pub fn write(data: &Path, sql: &str) -> u64 {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let opened = Database::open(&Settings::file(&data.join("niangjia.sqlite"))).await.unwrap();
        let written = opened.unit(|unit| async move {
            let done = unit.execute_unprepared(sql).await?;
            Ok::<_, Fault>(done.rows_affected())
        });
        let rows = written.await.unwrap();
        opened.close().await.unwrap();
        rows
    })
}
