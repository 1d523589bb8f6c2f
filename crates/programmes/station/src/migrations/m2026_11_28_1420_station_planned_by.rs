//! Which union planned an inspection: of an unannounced one nobody below it knows beforehand.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer_null("planned_by");
        manager.alter_table(Table::alter().table("station_inspection").add_column(column).to_owned()).await?;
        let union = "(SELECT organisation_id FROM station_station WHERE station_station.id = station_id)";
        let known = Query::update().table("station_inspection").value("planned_by", Expr::cust(union)).to_owned();
        manager.execute(known).await
    }
}
