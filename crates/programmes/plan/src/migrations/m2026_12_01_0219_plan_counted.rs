//! Which facts carry the money of a payment already, as the programme that spent it told, so that it stands beside an indicator
//! once. Of what was booked before, its event tells.

use std::collections::BTreeMap;

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
        // Payments have no index by their booking: few statements read them all.
        let mut booked: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for event in manager.get_connection().query_all(&events).await? {
            let told: String = event.try_get("", "payload")?;
            let Ok(spent) = serde_json::from_str::<Spent>(&told) else { continue };
            let Ok(booking) = spent.booking.parse() else { continue };
            booked.entry(spent.counted.join(",")).or_default().push(booking);
        }
        for (counted, bookings) in &booked {
            for some in bookings.chunks(500) {
                let known = Query::update()
                    .table("plan_payment")
                    .value("counted", counted.as_str())
                    .and_where(Expr::col("booking").is_in(some.iter().copied()))
                    .to_owned();
                manager.execute(known).await?;
            }
        }
        Ok(())
    }
}
