use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use database::Id;
use sea_orm::{EntityTrait, QueryFilter, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Fact, FactPlace, fact, kind, note};
use crate::{Actor, Context, Problem, organisation::tree, person};

/// What posted a fact, and where its page is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FactSource {
    /// What people read.
    pub label: String,
    /// The page's path in the console; absent where the fact itself is all there is.
    pub path: Option<String>,
}

/// The organisation that recorded a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recorder {
    /// The key.
    pub id: Id,
    /// The full name.
    pub name: String,
}

/// A fact as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FactRow {
    /// The key.
    pub id: Id,
    /// The day it happened.
    pub day: NaiveDate,
    /// The kind's code.
    pub kind: String,
    /// What people read.
    pub kind_label: String,
    /// The word behind the quantity.
    pub unit: String,
    /// Who recorded it.
    pub organisation: Recorder,
    /// The station or partner at which it was done, where the record of one person is read and that is known.
    pub place: Option<FactPlace>,
    /// For whom, masked.
    pub person: Option<person::Masked>,
    /// The worker group's code.
    pub group: Option<String>,
    /// How many.
    pub quantity: i64,
    /// How much money, in fen.
    pub amount_fen: i64,
    /// What posted it.
    pub source: FactSource,
    /// Whether it was taken back.
    pub reversed: bool,
    /// The fact that it takes back.
    pub reverses: Option<Id>,
    /// When it was recorded.
    pub recorded_at: database::Moment,
}

/// Facts as lists show them. Who may see them is the caller's matter.
pub(super) async fn rows_of(context: &Context, facts: Vec<Fact>) -> Result<Vec<FactRow>, Problem> {
    let conn = context.read();
    let mut reversed: HashSet<Id> = HashSet::new();
    for some in facts.chunks(1000) {
        let query = fact::Entity::find().select_only().column(fact::Column::Reverses);
        let query = query.filter(fact::Column::Reverses.is_in(some.iter().map(|fact| fact.id)));
        let found: Vec<Option<Id>> = query.into_tuple().all(conn).await?;
        reversed.extend(found.into_iter().flatten());
    }
    let people: HashSet<Id> = facts.iter().filter_map(|fact| fact.person_id).collect();
    let people = person::masked(conn, context, people).await?;
    let names = tree::names(conn, facts.iter().map(|fact| fact.organisation_id)).await?;
    let notes = notes(context, &facts).await?;
    Ok(facts.into_iter().map(|fact| row(context, fact, &reversed, &people, &names, &notes)).collect())
}

fn row(
    context: &Context,
    fact: Fact,
    reversed: &HashSet<Id>,
    people: &person::People,
    names: &HashMap<Id, String>,
    notes: &HashMap<Id, String>,
) -> FactRow {
    let kind = kind::find(context.house(), &fact.kind);
    let source = source(context, &fact, notes);
    FactRow {
        id: fact.id,
        day: fact.day,
        kind_label: kind.map_or_else(|| fact.kind.clone(), |kind| kind.label.to_owned()),
        unit: kind.map_or("", |kind| kind.unit).to_owned(),
        kind: fact.kind,
        organisation: Recorder {
            id: fact.organisation_id,
            name: names.get(&fact.organisation_id).cloned().unwrap_or_default(),
        },
        place: None,
        person: fact.person_id.and_then(|person| people.0.get(&person).cloned()),
        group: fact.worker_group,
        quantity: fact.quantity,
        amount_fen: fact.amount_fen,
        source,
        reversed: reversed.contains(&fact.id),
        reverses: fact.reverses,
        recorded_at: fact.recorded_at,
    }
}

/// A source `programme/record` is read as the programme's name, and its page lies at `/records/key`.
fn source(context: &Context, fact: &Fact, notes: &HashMap<Id, String>) -> FactSource {
    let ((programme, record), id) = (fact.source(), fact.source_id);
    if programme == "ledger" {
        let label = if fact.source_kind == note::SOURCE { "手工登记" } else { "冲销" };
        let text = notes.get(&id).filter(|text| !text.is_empty());
        return FactSource {
            label: text.map_or_else(|| label.to_owned(), |text| format!("{label}：{text}")),
            path: None,
        };
    }
    let known = context.house().programmes().iter().find(|known| known.name == programme);
    let path = (!record.is_empty()).then(|| format!("/{}s/{id}", record.replace('_', "-")));
    FactSource { label: known.map_or(programme, |known| known.label).to_owned(), path }
}

/// The notes beside facts that were recorded or taken back by hand. Officers write them for each other, so that the worker who
/// reads his own record reads none: why a fact was taken back may name who was meant.
async fn notes(context: &Context, facts: &[Fact]) -> Result<HashMap<Id, String>, Problem> {
    if matches!(context.actor(), Actor::Worker { .. }) {
        return Ok(HashMap::new());
    }
    let ids: Vec<Id> =
        facts.iter().filter(|fact| fact.source_kind.starts_with("ledger/")).map(|fact| fact.source_id).collect();
    let mut notes = HashMap::with_capacity(ids.len());
    for some in ids.chunks(1000) {
        let found =
            note::Entity::find().filter(note::Column::Id.is_in(some.iter().copied())).all(context.read()).await?;
        notes.extend(found.into_iter().map(|note| (note.id, note.text)));
    }
    Ok(notes)
}
