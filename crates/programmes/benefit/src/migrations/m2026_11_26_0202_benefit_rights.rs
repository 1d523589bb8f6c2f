//! The roles of a house that was there before this programme get its rights.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

const RIGHTS: [(&str, &str); 2] = [
    ("业务干部", "benefit.view benefit.keep benefit.publish benefit.partners benefit.redeem benefit.kinds"),
    ("只读领导", "benefit.view"),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (role, rights) in RIGHTS {
            let given = Query::update()
                .table("role")
                .value("permissions", Expr::cust(format!("permissions || ' {rights}'")))
                .and_where(Expr::col("built_in").eq(true))
                .and_where(Expr::col("name").eq(role))
                .to_owned();
            manager.execute(given).await?;
        }
        Ok(())
    }
}
