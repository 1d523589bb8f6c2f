//! How many people are inside a station, over all its doors; until now each counter told of its own door.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

/// What the counters in use tell now.
const TOLD: &str = "COALESCE((SELECT SUM(\"value\" - COALESCE(\"second\", 0)) FROM station_device \
                    WHERE station_device.station_id = station_station.id AND kind = 'counter' \
                    AND \"value\" IS NOT NULL AND retired_on IS NULL), 0)";

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer("inside").default(0).to_owned();
        manager.alter_table(Table::alter().table("station_station").add_column(column).to_owned()).await?;
        let told = Query::update().table("station_station").value("inside", Expr::cust(TOLD)).to_owned();
        manager.execute(told).await?;
        let fewer = Expr::col("inside").lt(0);
        let nobody = Query::update().table("station_station").value("inside", 0).and_where(fewer).to_owned();
        manager.execute(nobody).await
    }
}
