//! A rating has a name of its own: by its visit's key whoever reads the visits would know who gave it. Those that there are
//! are named by when they were given, which is told anyway. By its name one is found among its station's.

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
        manager.execute(named).await?;
        let before = Index::drop().name("station_rating_station_id").table("station_rating").to_owned();
        manager.drop_index(before).await?;
        let mut named = Index::create().name("station_rating_named").table("station_rating").to_owned();
        manager.create_index(named.col("station_id").col("id").to_owned()).await
    }
}
