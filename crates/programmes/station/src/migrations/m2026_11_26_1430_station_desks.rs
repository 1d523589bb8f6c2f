//! Desks where somebody advises, and who booked which time there. Officers whose built-in role keeps stations may advise.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(desk()).await?;
        manager.create_table(booking()).await?;
        for (name, table, columns) in [
            ("station_desk_station", "station_desk", ["station_id", "id"]),
            ("station_booking_desk", "station_booking", ["desk_id", "starts_at"]),
            ("station_booking_adviser", "station_booking", ["adviser_id", "starts_at"]),
            ("station_booking_person", "station_booking", ["person_id", "starts_at"]),
        ] {
            let [first, second] = columns;
            let index = Index::create().name(name).table(table).col(first).col(second).to_owned();
            manager.create_index(index).await?;
        }
        let given = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' station.advise'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").eq("业务干部"))
            .to_owned();
        manager.execute(given).await
    }
}

fn desk() -> TableCreateStatement {
    Table::create()
        .table("station_desk")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(string_len("kind", 12))
        .col(big_integer("adviser_id"))
        .col(text("hours"))
        .col(integer("minutes"))
        .col(text("about"))
        .col(text_null("closed"))
        .col(big_integer("made_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn booking() -> TableCreateStatement {
    Table::create()
        .table("station_booking")
        .col(big_integer("id").primary_key())
        .col(big_integer("desk_id"))
        .col(big_integer("station_id"))
        .col(big_integer("adviser_id"))
        .col(big_integer("person_id"))
        .col(big_integer("starts_at"))
        .col(big_integer("ends_at"))
        .col(string_len("state", 12))
        .col(text_null("reason"))
        .col(big_integer_null("fact_id"))
        .col(text_null("record_sealed"))
        .col(big_integer_null("recorded_at"))
        .col(big_integer("made_at"))
        .to_owned()
}
