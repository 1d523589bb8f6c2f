//! Which facts carry the money of a payment already, as the programme that spent it told, so that it stands beside an indicator
//! once. Of what was booked before, its event tells.

use sea_orm_migration::{prelude::*, schema::*};
use serde::Deserialize;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

/// What of `budget_spent` is asked for.
#[derive(Deserialize)]
struct Spent {
    booking: String,
    counted: Vec<String>,
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = text("counted").default("").take();
        manager.alter_table(Table::alter().table("plan_payment").add_column(column).to_owned()).await?;
        let events = Query::select()
            .column("payload")
            .from("outbox_event")
            .and_where(Expr::col("kind").eq("budget_spent"))
            .order_by("position", Order::Asc)
            .to_owned();
        for event in manager.get_connection().query_all(&events).await? {
            let told: String = event.try_get("", "payload")?;
            let Ok(spent) = serde_json::from_str::<Spent>(&told) else { continue };
            let Ok(booking) = spent.booking.parse::<i64>() else { continue };
            let known = Query::update()
                .table("plan_payment")
                .value("counted", spent.counted.join(","))
                .and_where(Expr::col("booking").eq(booking))
                .to_owned();
            manager.execute(known).await?;
        }
        Ok(())
    }
}
