//! Whoever comes to a desk without having booked may stay nameless. An adviser's own desks are asked for by his account.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bookings = || Table::alter().table("station_booking").to_owned();
        let of = |name: &str, table: &'static str| Index::create().name(name).table(table).to_owned();
        // SQLite lets no column become empty: one that may be takes its place.
        manager.alter_table(bookings().add_column(big_integer_null("somebody")).to_owned()).await?;
        let copied = Query::update().table("station_booking").value("somebody", Expr::col("person_id")).to_owned();
        manager.execute(copied).await?;
        let index = Index::drop().name("station_booking_person").table("station_booking").to_owned();
        manager.drop_index(index).await?;
        manager.alter_table(bookings().drop_column("person_id").to_owned()).await?;
        manager.alter_table(bookings().rename_column("somebody", "person_id").to_owned()).await?;
        let index = of("station_booking_person", "station_booking").col("person_id").col("starts_at").to_owned();
        manager.create_index(index).await?;
        manager.create_index(of("station_desk_adviser", "station_desk").col("adviser_id").to_owned()).await
    }
}
