//! Whether those who were nominated, or put their names in, still qualify when it is given: meanwhile one may leave the union
//! or get the same elsewhere.

use std::collections::HashMap;

use database::{Connection, Id, Unit};
use kernel::{Context, Problem, person};

use super::{Stand, waiting, who};
use crate::kind;

/// Nobody has this key, or goes by it any more.
pub(super) const UNKNOWN: &str = "没有找到您的档案，请联系所在工会";

/// Why the offer is not for some of these people, in words; who qualifies is not among the answers. The share stays the one
/// that he had then.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn no_longer(
    conn: &Connection,
    context: &Context,
    stand: &Stand,
    people: &[Id],
) -> Result<HashMap<Id, String>, Problem> {
    let fact_kind = kind::get(conn, &stand.offer.kind).await?.fact_kind;
    let mut why = HashMap::new();
    for some in people.chunks(database::KEYS_AT_ONCE) {
        why.extend(of_some(conn, context, (stand, &fact_kind), some).await?);
    }
    Ok(why)
}

async fn of_some(
    conn: &Connection,
    context: &Context,
    (stand, fact_kind): (&Stand, &str),
    people: &[Id],
) -> Result<HashMap<Id, String>, Problem> {
    let (offer, audience, today) = (&stand.offer, &stand.audience, context.today());
    let known = who(conn, (audience, fact_kind), people, today).await?;
    let waits = waiting(conn, (offer, audience), Some(stand.round.id), people, context.now().into()).await?;
    let why = |id: &Id| match known.get(id) {
        None => Some("没有找到本人档案".to_owned()),
        Some(known) => {
            let not = audience.admits(offer.organisation_id, &known.someone, today).err();
            not.map(|not| not.words()).or_else(|| waits.get(id).map(|voucher| voucher.words(audience)))
        }
    };
    Ok(people.iter().filter_map(|id| why(id).map(|why| (*id, why))).collect())
}

/// Whom an offer that was for all of these people is not for any more, since they were looked at before the unit: whose record
/// was merged or made nameless meanwhile, or who got one meanwhile where one may have it only every few months. Whatever else
/// they were then they may have been a moment later, too: the order in which it is written matters to nobody.
///
/// # Errors
/// A fault of the database.
pub(super) async fn not_any_more(
    unit: &Unit,
    context: &Context,
    stand: &Stand,
    people: &[Id],
) -> Result<HashMap<Id, String>, Problem> {
    let gone = person::gone(unit, people).await?;
    let mut why: HashMap<Id, String> = gone.into_iter().map(|id| (id, UNKNOWN.to_owned())).collect();
    if stand.audience.months_between.is_none() {
        return Ok(why);
    }
    let (offer, audience, today) = (&stand.offer, &stand.audience, context.today());
    let fact_kind = kind::get(unit, &offer.kind).await?.fact_kind;
    for (id, known) in who(unit, (audience, &fact_kind), people, today).await? {
        if let Err(not) = audience.admits(offer.organisation_id, &known.someone, today) {
            why.entry(id).or_insert_with(|| not.words());
        }
    }
    Ok(why)
}
