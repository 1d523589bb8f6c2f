use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{Fact, fact, kind};
use crate::{Context, Fault, Problem};

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
    /// The fact that this one reverses; [`reverse`](super::reverse) makes such facts.
    pub reverses: Option<Id>,
}

/// Writes facts in the unit that writes what they tell of. Answers their keys.
///
/// # Errors
/// A fault of the database, or of the program: a kind that no programme declares, a reversal that is not the opposite of
/// what it names.
pub async fn post(unit: &Unit, context: &Context, facts: &[NewFact]) -> Result<Vec<Id>, Problem> {
    check(unit, context, facts).await?;
    write(unit, context, facts).await
}

pub(super) async fn write(unit: &Unit, context: &Context, facts: &[NewFact]) -> Result<Vec<Id>, Problem> {
    let last: Option<(i64, Moment)> = fact::Entity::find()
        .select_only()
        .columns([fact::Column::Position, fact::Column::RecordedAt])
        .order_by_desc(fact::Column::Position)
        .into_tuple()
        .one(unit)
        .await?;
    let (position, before) = last.unwrap_or((0, Moment(i64::MIN)));
    // Later facts never carry an earlier or the same instant, even if the clock was set back: so 'recorded until then'
    // names the same facts for ever.
    let recorded_at = Moment::from(context.now()).max(Moment(before.0.saturating_add(1)));
    let mut ids = Vec::with_capacity(facts.len());
    let mut rows = Vec::with_capacity(facts.len());
    for (position, new) in (position + 1..).zip(facts) {
        let id = context.id();
        ids.push(id);
        rows.push(row(new, id, position, recorded_at));
    }
    database::insert_all::<fact::Entity>(unit, rows).await?;
    Ok(ids)
}

async fn check(unit: &Unit, context: &Context, facts: &[NewFact]) -> Result<(), Problem> {
    let undeclared = facts.chunk_by(|a, b| a.kind == b.kind).filter_map(|alike| alike.first());
    if let Some(new) = undeclared.into_iter().find(|new| kind::find(context.house(), new.kind).is_none()) {
        return Err(Fault::Stored(format!("no programme declares the kind of fact `{}`", new.kind)).into());
    }
    let named: Vec<Id> = facts.iter().filter_map(|new| new.reverses).collect();
    let mut originals: HashMap<Id, Fact> = HashMap::with_capacity(named.len());
    for named in named.chunks(database::KEYS_AT_ONCE) {
        let found = fact::Entity::find().filter(fact::Column::Id.is_in(named.iter().copied())).all(unit).await?;
        originals.extend(found.into_iter().map(|fact| (fact.id, fact)));
    }
    let unfit = |new: &&NewFact| {
        new.reverses.is_some_and(|named| !originals.get(&named).is_some_and(|fact| is_opposite(new, fact)))
    };
    match facts.iter().find(unfit) {
        Some(new) => {
            Err(Fault::Stored(format!("a reversal is not the opposite of the fact {:?}", new.reverses)).into())
        }
        None => Ok(()),
    }
}

fn is_opposite(new: &NewFact, fact: &Fact) -> bool {
    fact.reverses.is_none()
        && new.kind == fact.kind
        && (new.organisation, new.person, &new.group, new.day)
            == (fact.organisation_id, fact.person_id, &fact.worker_group, fact.day)
        && (new.quantity, new.amount_fen) == (-fact.quantity, -fact.amount_fen)
}

/// Whether a fact takes back exactly what another one tells.
pub(super) fn is_reversal_of(new: &Fact, fact: &Fact) -> bool {
    let taken_back =
        Fact { quantity: -fact.quantity, amount_fen: -fact.amount_fen, reverses: Some(fact.id), ..fact.clone() };
    let Fact { position, id, source_id, recorded_at, .. } = *new;
    fact.reverses.is_none()
        && *new == Fact { position, id, source_id, recorded_at, source_kind: new.source_kind.clone(), ..taken_back }
}

fn row(new: &NewFact, id: Id, position: i64, recorded_at: Moment) -> fact::ActiveModel {
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
        recorded_at: Set(recorded_at),
    }
}
