//! What of an inspection was marked so far, in a table of its own: no list of inspections carries it along.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("station_inspection_draft")
            .col(big_integer("inspection_id").primary_key())
            .col(text("draft"))
            .col(text("drafted_by"))
            .col(big_integer("drafted_at"))
            .to_owned();
        manager.create_table(table).await?;
        let kept = Query::select()
            .columns(["id", "draft", "drafted_by", "drafted_at"])
            .from("station_inspection")
            .and_where(Expr::col("draft").is_not_null())
            .to_owned();
        let moved = Query::insert()
            .into_table("station_inspection_draft")
            .columns(["inspection_id", "draft", "drafted_by", "drafted_at"])
            .select_from(kept)
            .map_err(|err| DbErr::Custom(err.to_string()))?
            .to_owned();
        manager.execute(moved).await?;
        for column in ["draft", "drafted_by", "drafted_at"] {
            manager.alter_table(Table::alter().table("station_inspection").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
