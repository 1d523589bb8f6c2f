//! What one person is to many offers: asked in a few questions for all of them.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use database::Id;
use kernel::{Context, Problem};

use crate::{
    claim::{Waiting, had, unused, who},
    rules::audience::{Audience, NotFor, Someone},
    tables::{kind::Model as Kind, offer},
};

/// An offer with whom it is for, and its kind.
pub(super) type Asked<'a> = (&'a offer::Model, Audience, &'a Kind);

/// One person, as far as some offers ask for him.
pub(super) struct Myself {
    someone: Someone,
    /// On which days he had something, by the fact's kind.
    had: Vec<(String, NaiveDate)>,
    /// The vouchers that he has not used yet, by the kind of fact as which they will count.
    unused: HashMap<String, Waiting>,
    today: NaiveDate,
}

impl Myself {
    /// Reads what these offers ask for; `kinds` are all kinds by their codes.
    ///
    /// # Errors
    /// 404 if there is no such person; a fault of the database.
    pub(super) async fn read(
        context: &Context,
        id: Id,
        (asked, kinds): (&[Asked<'_>], &HashMap<String, Kind>),
    ) -> Result<Self, Problem> {
        let (conn, today) = (context.read(), context.today());
        let members_only = asked.iter().any(|(_, audience, _)| audience.members_only);
        let all = Audience { members_only, ..Audience::default() };
        let known = who(conn, (&all, ""), &[id], today).await?.remove(&id).ok_or_else(Problem::not_found)?;
        let seldom = || asked.iter().filter_map(move |(_, audience, kind)| Some((audience.had_since(today)?, *kind)));
        let (mut days, mut waits) = (Vec::new(), HashMap::new());
        if let Some(since) = seldom().map(|(since, _)| since).min() {
            let facts: BTreeSet<&str> = seldom().map(|(_, kind)| kind.fact_kind.as_str()).collect();
            let facts: Vec<&str> = facts.into_iter().collect();
            days = had(conn, &[id], &facts, since).await?;
            for (_, kind, voucher) in unused(conn, None, &[id], context.now().into()).await? {
                if let Some(kind) = kinds.get(&kind) {
                    waits.insert(kind.fact_kind.clone(), voucher);
                }
            }
        }
        let had = days.into_iter().map(|(_, kind, day)| (kind, day)).collect();
        Ok(Self { someone: known.someone, had, unused: waits, today })
    }

    /// The organisation that looks after him and those above it, the nearest first.
    pub(super) fn places(&self) -> &[Id] {
        &self.someone.places
    }

    /// Why an offer is not for him, in words.
    pub(super) fn why_not(&self, (offer, audience, kind): &Asked<'_>) -> Option<String> {
        let since = audience.had_since(self.today);
        let days =
            self.had.iter().filter(|(fact, day)| *fact == kind.fact_kind && since.is_some_and(|since| *day >= since));
        let someone = Someone { had_on: days.map(|(_, day)| *day).max(), ..self.someone.clone() };
        let not = audience.admits(offer.organisation_id, &someone, self.today).err().map(NotFor::words);
        let waits = self.unused.get(&kind.fact_kind).filter(|_| since.is_some());
        not.or_else(|| waits.map(|voucher| voucher.words(audience)))
    }
}
