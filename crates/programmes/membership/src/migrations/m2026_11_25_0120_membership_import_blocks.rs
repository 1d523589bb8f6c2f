//! Rosters are kept a thousand rows at a time: a row of the database for each of theirs made up half of an import's work.
//! Rosters that lay row by row can't be opened here, where there is no key; what they entered stays as it is.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let key = || Index::create().col("import_id").col("block").to_owned();
        let block = Table::create()
            .table("membership_import_block")
            .col(big_integer("import_id"))
            .col(big_integer("block"))
            .col(big_integer("last_row"))
            .col(text("verdicts"))
            .col(big_integer("joins"))
            .col(big_integer("transfers"))
            .col(big_integer("already"))
            .col(big_integer("repeated"))
            .col(big_integer("bad"))
            .col(big_integer("entered"))
            .primary_key(&mut key())
            .to_owned();
        let cells = Table::create()
            .table("membership_import_cells")
            .col(big_integer("import_id"))
            .col(big_integer("block"))
            .col(text("cells"))
            .primary_key(&mut key())
            .to_owned();
        manager.create_table(block).await?;
        manager.create_table(cells).await?;
        let emptied = Query::update().table("membership_import").value("state", "emptied").to_owned();
        manager.execute(emptied).await?;
        manager.drop_table(Table::drop().table("membership_import_row").to_owned()).await
    }
}
