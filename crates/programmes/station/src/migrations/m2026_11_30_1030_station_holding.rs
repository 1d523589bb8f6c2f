//! Who holds a post now, and which volunteers' hours are to be confirmed, is found without reading all that is past.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, columns) in [
            ("station_post_until", "station_post", ["until_day", "from_day"]),
            ("station_volunteer_hours", "station_volunteer", ["hours", "shift_id"]),
        ] {
            let [first, second] = columns;
            let index = Index::create().name(name).table(table).col(first).col(second).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
