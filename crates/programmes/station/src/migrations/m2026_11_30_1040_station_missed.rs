//! Whoever missed his time at a desk and came later keeps the time that he booked. Of those who came later before this it is
//! known that they did, and no longer when they had booked.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["missed_from", "missed_until"] {
            let column = big_integer_null(name);
            manager.alter_table(Table::alter().table("station_booking").add_column(column).to_owned()).await?;
        }
        let came_later = Query::update()
            .table("station_booking")
            .value("missed_from", Expr::col("starts_at"))
            .value("missed_until", Expr::col("ends_at"))
            .and_where(Expr::col("actor").is_not_null())
            .and_where(Expr::col("made_at").lt(Expr::col("starts_at")))
            .to_owned();
        manager.execute(came_later).await
    }
}
