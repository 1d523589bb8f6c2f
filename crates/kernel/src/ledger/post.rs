use chrono::NaiveDate;
use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect};

use super::fact;
use crate::{Context, Problem};

/// What posted a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `programme/record`, for instance `membership/member`.
    pub kind: &'static str,
    /// The record's key.
    pub id: Id,
}

/// A fact to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFact {
    /// The kind's code, as a programme declares it.
    pub kind: &'static str,
    /// The organisation that records it; the use case has loaded it in scope.
    pub organisation: Id,
    /// The person it was done for.
    pub person: Option<Id>,
    /// The worker group's code.
    pub group: Option<String>,
    /// How many.
    pub quantity: i64,
    /// How much money, in fen.
    pub amount_fen: i64,
    /// The Beijing day it happened.
    pub day: NaiveDate,
    /// What posted it.
    pub source: Source,
    /// The fact that this one reverses.
    pub reverses: Option<Id>,
}

/// Writes facts in the unit that writes what they tell of. Answers their keys.
///
/// # Errors
/// A fault of the database.
pub async fn post(unit: &Unit, context: &Context, facts: &[NewFact]) -> Result<Vec<Id>, Problem> {
    let last: Option<i64> = fact::Entity::find()
        .select_only()
        .column(fact::Column::Position)
        .order_by_desc(fact::Column::Position)
        .into_tuple()
        .one(unit)
        .await?;
    let mut position = last.unwrap_or(0);
    let mut ids = Vec::with_capacity(facts.len());
    let rows = facts.iter().map(|new| {
        position += 1;
        let id = context.id();
        ids.push(id);
        row(new, id, position, context)
    });
    let rows: Vec<_> = rows.collect();
    for chunk in rows.chunks(1000) {
        fact::Entity::insert_many(chunk.to_vec()).exec_without_returning(unit).await?;
    }
    Ok(ids)
}

fn row(new: &NewFact, id: Id, position: i64, context: &Context) -> fact::ActiveModel {
    fact::ActiveModel {
        position: Set(position),
        id: Set(id),
        kind: Set(new.kind.to_owned()),
        organisation_id: Set(new.organisation),
        person_id: Set(new.person),
        worker_group: Set(new.group.clone()),
        quantity: Set(new.quantity),
        amount_fen: Set(new.amount_fen),
        day: Set(new.day),
        source_kind: Set(new.source.kind.to_owned()),
        source_id: Set(new.source.id),
        reverses: Set(new.reverses),
        recorded_at: Set(context.now().into()),
    }
}
