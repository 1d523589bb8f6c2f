//! What the rules need to know of those who ask, in a few questions for all of them.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{
    Problem, ledger,
    organisation::closure,
    person::{self, Column},
    together::padded,
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    kind,
    rules::audience::{Audience, Someone},
    tables::{
        claim::{self, ClaimState},
        offer,
    },
};

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
    conn: &Connection,
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
        let members = ledger::members(conn, people).await?;
        for (id, known) in &mut all {
            known.someone.is_member = members.contains(id);
        }
    }
    if let Some(since) = audience.had_since(today) {
        for (person, _, day) in had(conn, people, &[fact_kind], since).await? {
            if let Some(known) = all.get_mut(&person) {
                known.someone.had_on = known.someone.had_on.max(Some(day));
            }
        }
    }
    Ok(all)
}

/// By the person, the union that looks after him and his worker group's code.
pub(crate) type Unions = HashMap<Id, (Id, Option<String>)>;

/// The unions that look after some people now.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn unions_of(conn: &Connection, people: &[Id]) -> Result<Unions, Problem> {
    let mut unions = Unions::with_capacity(people.len());
    for some in people.chunks(database::KEYS_AT_ONCE) {
        let rows: Vec<(Id, Id, Option<String>)> = person::Entity::find()
            .select_only()
            .columns([Column::Id, Column::OrganisationId, Column::WorkerGroup])
            .filter(Column::Id.is_in(padded(some)))
            .into_tuple()
            .all(conn)
            .await?;
        unions.extend(rows.into_iter().map(|(id, union, group)| (id, (union, group))));
    }
    Ok(unions)
}

/// What people had of some kinds of fact, and on which days; what was taken back they did not have.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn had(
    conn: &Connection,
    people: &[Id],
    kinds: &[&str],
    since: NaiveDate,
) -> Result<Vec<(Id, String, NaiveDate)>, Problem> {
    let mut days: HashMap<(Id, String, NaiveDate), i64> = HashMap::new();
    for fact in ledger::of_people(conn, people, kinds, Some(since)).await? {
        *days.entry((fact.person, fact.kind, fact.day)).or_default() += fact.quantity;
    }
    Ok(days.into_iter().filter(|(_, sum)| *sum > 0).map(|(had, _)| had).collect())
}

/// A voucher that somebody has not used yet.
pub(crate) struct Waiting {
    pub(crate) claim: Id,
    pub(crate) title: String,
}

impl Waiting {
    /// Why it keeps its holder from another one, as people read it.
    pub(crate) fn words(&self, audience: &Audience) -> String {
        let months = audience.months_between.unwrap_or(0);
        format!("已领取的“{}”还没有使用，{months}个月内同类服务限享受一次", self.title)
    }
}

/// Who holds a voucher of the same kind that waits to be used, outside `round`, where one may have an offer only every few
/// months: the ledger tells only of what was redeemed.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn waiting(
    conn: &Connection,
    (offer, audience): (&offer::Model, &Audience),
    round: Option<Id>,
    people: &[Id],
    now: Moment,
) -> Result<HashMap<Id, Waiting>, Problem> {
    if audience.months_between.is_none() {
        return Ok(HashMap::new());
    }
    let unused = unused(conn, round, people, now).await?;
    if unused.is_empty() {
        return Ok(HashMap::new());
    }
    let kinds = kind::all(conn).await?;
    let counted = |code: &str| kinds.iter().find(|kind| kind.code == code).map(|kind| kind.fact_kind.as_str());
    let same = unused.into_iter().filter(|(_, kind, _)| counted(kind) == counted(&offer.kind));
    Ok(same.map(|(person, _, voucher)| (person, voucher)).collect())
}

/// The vouchers that people have not used yet, outside `round`: whose, and its offer's kind.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn unused(
    conn: &Connection,
    round: Option<Id>,
    people: &[Id],
    now: Moment,
) -> Result<Vec<(Id, String, Waiting)>, Problem> {
    use claim::Column;
    // By the people, who have few claims each: by the offers, hundred thousands would be read to find theirs.
    let mut open = claim::Entity::find()
        .select_only()
        .columns([Column::Id, Column::PersonId, Column::OfferId])
        .filter(Column::PersonId.is_in(padded(people)))
        .filter(Column::State.eq(ClaimState::Claimed))
        .filter(Column::UseUntil.gt(now));
    if let Some(round) = round {
        open = open.filter(Column::RoundId.ne(round));
    }
    let open: Vec<(Id, Id, Id)> = open.into_tuple().all(conn).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let offers: BTreeSet<Id> = open.iter().map(|(.., offer)| *offer).collect();
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(offers)).all(conn).await?;
    let voucher = |(claim, person, id): (Id, Id, Id)| {
        let offer = offers.iter().find(|offer| offer.id == id)?;
        Some((person, offer.kind.clone(), Waiting { claim, title: offer.title.clone() }))
    };
    Ok(open.into_iter().filter_map(voucher).collect())
}

/// Each organisation with those above it, the nearest first, in today's tree.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn above(conn: &Connection, places: BTreeSet<Id>) -> Result<HashMap<Id, Vec<Id>>, Problem> {
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
