//! Sums of how stations are used, by station, hour and service, for blocks of days: nobody who asks waits for a province's
//! entries.

use std::iter;

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

/// The first letters of a day that name a year, a month, the days of a month with the same first digit, and a day.
const LETTERS: [u8; 4] = [4, 7, 9, 10];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let hours: Vec<String> = (0..24).map(|hour| format!("hour_{hour}")).collect();
        let of_station = Table::create()
            .table("station_use")
            .col(big_integer("station_id"))
            .col(string_len("block", 10))
            .col(big_integer("visits"))
            .col(big_integer("services"))
            .primary_key(Index::create().col("station_id").col("block"))
            .to_owned();
        let mut of_hours = Table::create()
            .table("station_use_hours")
            .col(string_len("block", 10))
            .col(big_integer("organisation_id"))
            .primary_key(Index::create().col("block").col("organisation_id"))
            .to_owned();
        for hour in &hours {
            of_hours.col(big_integer(hour.clone()));
        }
        let of_service = Table::create()
            .table("station_use_service")
            .col(string_len("block", 10))
            .col(big_integer("organisation_id"))
            .col(string_len("service", 40))
            .col(big_integer("services"))
            .primary_key(Index::create().col("block").col("organisation_id").col("service"))
            .to_owned();
        for table in [of_station, of_hours, of_service] {
            manager.create_table(table).await?;
        }
        let days = Index::create().name("station_use_block").table("station_use").col("block").to_owned();
        manager.create_index(days).await?;

        let passing = |column: &str, passes: &str| (column.to_owned(), passes.to_owned());
        let (visit, service) = (passing("visits", "service IS NULL"), passing("services", "service IS NOT NULL"));
        let by_hour = hours.into_iter().enumerate();
        let by_hour = by_hour.map(|(hour, column)| (column, format!("service IS NULL AND hour = {hour}")));
        fill(manager, "station_use", &["station_id"], vec![visit, service.clone()]).await?;
        fill(manager, "station_use_hours", &["organisation_id"], by_hour.collect()).await?;
        fill(manager, "station_use_service", &["organisation_id", "service"], vec![service]).await
    }
}

/// Sums what was written down before, for each block and key, into columns that each take what a condition lets pass.
async fn fill(
    manager: &SchemaManager<'_>,
    table: &'static str,
    key: &[&'static str],
    sums: Vec<(String, String)>,
) -> Result<(), DbErr> {
    let any = sums.iter().map(|(_, passes)| passes.as_str()).collect::<Vec<_>>().join(" OR ");
    for letters in LETTERS {
        let block = format!("SUBSTR(CAST(day AS TEXT), 1, {letters})");
        let mut rows = Query::select();
        rows.expr(Expr::cust(block.clone())).from("station_entry");
        rows.and_where(Expr::col("taken_back").is_null()).and_where(Expr::cust(format!("({any})")));
        rows.add_group_by([Expr::cust(block)]);
        for column in key {
            rows.column(*column).group_by_col(*column);
        }
        for (_, passes) in &sums {
            rows.expr(Expr::cust(format!("SUM(CASE WHEN {passes} THEN quantity ELSE 0 END)")));
        }
        let columns =
            key.iter().map(|column| (*column).to_owned()).chain(sums.iter().map(|(column, _)| column.clone()));
        let mut insert = Query::insert();
        insert.into_table(table).columns(iter::once("block".to_owned()).chain(columns));
        insert.select_from(rows).map_err(|err| DbErr::Custom(err.to_string()))?;
        manager.execute(insert).await?;
    }
    Ok(())
}
