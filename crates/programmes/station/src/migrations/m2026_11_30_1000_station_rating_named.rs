//! A rating has a name of its own: by its visit's key whoever reads the visits would know who gave it. Those that there are
//! are named by when they were given, which is told anyway.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let id = big_integer("id").default(0_i64).take();
        manager.alter_table(Table::alter().table("station_rating").add_column(id).to_owned()).await?;
        let named = Query::update().table("station_rating").value("id", Expr::col("said_at")).to_owned();
        manager.execute(named).await
    }
}
