//! Officers whose built-in role keeps stations may inspect them, too.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let given = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' station.inspect'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").eq("业务干部"))
            .to_owned();
        manager.execute(given).await
    }
}
