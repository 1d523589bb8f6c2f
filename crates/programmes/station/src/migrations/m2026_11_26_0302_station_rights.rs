//! The roles of a house that was there before stations may keep and see them, as those of a new house do.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let officers = " station.view station.keep station.appoint station.catalogue station.import station.export \
                        station.correct";
        for (role, added) in [("业务干部", officers), ("只读领导", " station.view")] {
            let given = Query::update()
                .table("role")
                .value("permissions", Expr::cust(format!("permissions || '{added}'")))
                .and_where(Expr::col("built_in").eq(true))
                .and_where(Expr::col("name").eq(role))
                .to_owned();
            manager.execute(given).await?;
        }
        Ok(())
    }
}
