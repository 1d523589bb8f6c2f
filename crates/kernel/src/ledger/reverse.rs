use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Id, Unit};
use sea_orm::{Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{Fact, NewFact, Source, fact, kind, post::write};
use crate::{Context, Fault, Problem};

crate::refusals! {
    /// Why a fact is not reversed.
    pub enum ReverseRefusal {
        /// It was reversed before.
        AlreadyReversed = 409 "already_reversed" "这条记录已经冲销过了，请刷新后查看。",
        /// It is itself a reversal.
        IsReversal = 409 "is_reversal" "冲销记录本身不能再冲销；如冲销有误，请重新登记一条正确的记录。",
    }
}

/// Takes a fact back, in the unit that corrects what it told of: by a fact of opposite sign that names it. From then on
/// neither counts in any figure. Answers the new fact's key.
///
/// # Errors
/// 404 if there is no such fact in the caller's scope, 409 if it was reversed before or is itself a reversal.
pub async fn reverse(unit: &Unit, context: &Context, fact: Id, source: Source) -> Result<Id, Problem> {
    let within = context.scope().within((fact::Entity, fact::Column::OrganisationId));
    let original = fact::Entity::find().filter(fact::Column::Id.eq(fact)).filter(within).one(unit).await?;
    let original = original.ok_or_else(Problem::not_found)?;
    if original.reverses.is_some() {
        return Err(ReverseRefusal::IsReversal.into());
    }
    if fact::Entity::find().filter(fact::Column::Reverses.eq(fact)).one(unit).await?.is_some() {
        return Err(ReverseRefusal::AlreadyReversed.into());
    }
    let ids = write(unit, context, &[opposite(context, original, source)?]).await?;
    ids.first().copied().ok_or_else(Problem::not_found)
}

/// The first day on which a record counts, if it posted anything.
///
/// # Errors
/// A fault of the database.
pub async fn first_day_of(unit: &Unit, source: &Source) -> Result<Option<NaiveDate>, Problem> {
    Ok(first_days_of(unit, source.kind, [source.id]).await?.remove(&source.id))
}

/// The same for records of one kind, at most a thousand, by their keys; those that posted nothing are absent.
///
/// # Errors
/// A fault of the database.
pub async fn first_days_of(
    unit: &Unit,
    kind: &str,
    records: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, NaiveDate>, Problem> {
    let first = fact::Entity::find()
        .select_only()
        .column(fact::Column::SourceId)
        .column_as(fact::Column::Day.min(), "first_day")
        .filter(fact::Column::SourceKind.eq(kind))
        .filter(fact::Column::SourceId.is_in(records))
        .filter(fact::reverses_none())
        .group_by(fact::Column::SourceId);
    let first: Vec<(Id, NaiveDate)> = first.into_tuple().all(unit).await?;
    Ok(first.into_iter().collect())
}

/// Takes back every fact that a record posted and that still counts, in the unit that undoes the record: all figures of the
/// past and of today are as if it had never been. Answers how many there were.
///
/// # Errors
/// A fault of the database.
pub async fn reverse_all_of(unit: &Unit, context: &Context, source: &Source) -> Result<usize, Problem> {
    let within = context.scope().within((fact::Entity, fact::Column::OrganisationId));
    let counting = counting(unit, source, within).await?.into_iter();
    let opposites: Result<Vec<NewFact>, Problem> =
        counting.map(|fact| opposite(context, fact, source.clone())).collect();
    Ok(write(unit, context, &opposites?).await?.len())
}

/// What a record posted and still counts, whichever union recorded it, in the order of the ledger.
///
/// # Errors
/// A fault of the database.
pub async fn counting_of(unit: &Unit, source: &Source) -> Result<Vec<Fact>, Problem> {
    counting(unit, source, Condition::all()).await
}

async fn counting(unit: &Unit, source: &Source, which: Condition) -> Result<Vec<Fact>, Problem> {
    let posted = fact::Entity::find()
        .filter(fact::Column::SourceKind.eq(source.kind))
        .filter(fact::Column::SourceId.eq(source.id))
        .filter(fact::stands())
        .filter(which)
        .order_by_asc(fact::Column::Position);
    Ok(posted.all(unit).await?)
}

fn opposite(context: &Context, fact: Fact, source: Source) -> Result<NewFact, Problem> {
    let kind = kind::find(context.house(), &fact.kind);
    let kind = kind.ok_or_else(|| Fault::Stored(format!("no programme declares the kind of fact `{}`", fact.kind)))?;
    Ok(NewFact {
        kind: kind.code,
        organisation: fact.organisation_id,
        person: fact.person_id,
        group: fact.worker_group,
        quantity: -fact.quantity,
        amount_fen: -fact.amount_fen,
        day: fact.day,
        source,
        reverses: Some(fact.id),
    })
}
