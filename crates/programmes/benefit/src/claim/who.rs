//! What the rules need to know of those who ask, in a few questions for all of them.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use database::Id;
use kernel::{
    Problem, ledger,
    organisation::closure,
    person::{self, Column},
    together::padded,
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use crate::rules::audience::{Audience, Someone};

/// The kind of fact whose sum tells who is a member.
const MEMBERSHIP: &str = "membership";

/// Somebody, and the union that looks after him.
pub(crate) struct Known {
    pub(crate) organisation: Id,
    pub(crate) someone: Someone,
}

type Row = (Id, Id, Option<String>, Option<NaiveDate>);

/// Who people are, as far as `audience` asks for it; `fact_kind` tells what they had.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn who(
    conn: &impl ConnectionTrait,
    (audience, fact_kind): (&Audience, &str),
    people: &[Id],
    today: NaiveDate,
) -> Result<HashMap<Id, Known>, Problem> {
    let rows: Vec<Row> = person::Entity::find()
        .select_only()
        .columns([Column::Id, Column::OrganisationId, Column::WorkerGroup, Column::BirthDate])
        .filter(Column::Id.is_in(padded(people)))
        .into_tuple()
        .all(conn)
        .await?;
    let places = above(conn, rows.iter().map(|(_, place, ..)| *place).collect()).await?;
    let known = |(id, organisation, group, birth): Row| {
        let places = places.get(&organisation).cloned().unwrap_or_default();
        let someone = Someone { group, places, birth, ..Someone::default() };
        (id, Known { organisation, someone })
    };
    let mut all: HashMap<Id, Known> = rows.into_iter().map(known).collect();
    if audience.members_only {
        let mut standing: HashMap<Id, i64> = HashMap::new();
        for fact in ledger::of_people(conn, people, &[MEMBERSHIP], None).await? {
            *standing.entry(fact.person).or_default() += fact.quantity;
        }
        for (id, known) in &mut all {
            known.someone.is_member = standing.get(id).is_some_and(|sum| *sum > 0);
        }
    }
    if let Some(since) = audience.had_since(today) {
        for (person, day) in had(conn, people, fact_kind, since).await? {
            if let Some(known) = all.get_mut(&person) {
                known.someone.had_on = known.someone.had_on.max(Some(day));
            }
        }
    }
    Ok(all)
}

/// On which days people had something of a kind; what was taken back they did not have.
async fn had(
    conn: &impl ConnectionTrait,
    people: &[Id],
    kind: &str,
    since: NaiveDate,
) -> Result<Vec<(Id, NaiveDate)>, Problem> {
    let mut days: HashMap<(Id, NaiveDate), i64> = HashMap::new();
    for fact in ledger::of_people(conn, people, &[kind], Some(since)).await? {
        *days.entry((fact.person, fact.day)).or_default() += fact.quantity;
    }
    Ok(days.into_iter().filter(|(_, sum)| *sum > 0).map(|(had, _)| had).collect())
}

/// Each organisation with those above it, the nearest first, in today's tree.
async fn above(conn: &impl ConnectionTrait, places: BTreeSet<Id>) -> Result<HashMap<Id, Vec<Id>>, Problem> {
    let places: Vec<Id> = places.into_iter().collect();
    let pairs: Vec<(Id, Id)> = closure::Entity::find()
        .select_only()
        .columns([closure::Column::Descendant, closure::Column::Ancestor])
        .filter(closure::Column::Descendant.is_in(padded(&places)))
        .order_by_asc(closure::Column::Depth)
        .into_tuple()
        .all(conn)
        .await?;
    let mut above: HashMap<Id, Vec<Id>> = HashMap::with_capacity(places.len());
    for (place, ancestor) in pairs {
        above.entry(place).or_default().push(ancestor);
    }
    Ok(above)
}
