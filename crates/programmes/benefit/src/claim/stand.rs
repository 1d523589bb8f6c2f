//! How a round stands, and what people have of it.

use std::collections::HashMap;

use database::{Connection, Id, Moment};
use kernel::{Problem, together::padded};
use sea_orm::{QuerySelect, entity::prelude::*};

use super::ClaimRefusal;
use crate::{
    rules::{
        audience::Audience,
        quota::{Holding, Verdict, before},
        window::{Phase, said},
    },
    tables::{
        claim::{self, ClaimState},
        offer::{self, OfferState},
        round, share,
    },
};

/// A round with its offer and shares.
pub(crate) struct Stand {
    pub(crate) offer: offer::Model,
    pub(crate) round: round::Model,
    pub(crate) shares: Vec<share::Model>,
    pub(crate) audience: Audience,
}

impl Stand {
    /// Reads it.
    ///
    /// # Errors
    /// 404 for a round that was never published.
    pub(crate) async fn read(conn: &Connection, id: Id) -> Result<Self, Problem> {
        let round = async { round::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found) };
        let (round, shares) = futures::try_join!(round, shares(conn, id))?;
        let offer = offer::Entity::find_by_id(round.offer_id).one(conn).await?;
        let offer = offer.filter(|offer| offer.state != OfferState::Draft).ok_or_else(Problem::not_found)?;
        let audience = crate::offer::audience_of(&offer)?;
        Ok(Self { offer, round, shares, audience })
    }

    /// Whether one may claim now.
    ///
    /// # Errors
    /// [`ClaimRefusal`].
    pub(crate) fn is_open(&self, now: Moment) -> Result<(), ClaimRefusal> {
        if self.offer.state == OfferState::Closed {
            return Err(ClaimRefusal::RoundOver);
        }
        match self.round.phase(&self.offer, now) {
            Phase::Open => Ok(()),
            // A process whose clock is ahead has opened it: who asks here is not to stand behind those who ask there.
            Phase::Soon if self.shares.iter().any(|share| share.given > 0) => Ok(()),
            Phase::Soon => Err(ClaimRefusal::NotYetOpen { opens: said(self.round.opens_at) }),
            Phase::Over => Err(ClaimRefusal::RoundOver),
        }
    }
}

/// The shares of a round.
pub(crate) async fn shares(conn: &Connection, round: Id) -> Result<Vec<share::Model>, Problem> {
    Ok(share::Entity::find().filter(share::Column::RoundId.eq(round)).all(conn).await?)
}

/// How many pieces of each share are left.
pub(super) fn left(shares: &[share::Model]) -> HashMap<Id, i64> {
    shares.iter().map(|share| (share.id, share.quota - share.given)).collect()
}

type Row = (Id, Id, i64, Option<String>, ClaimState);

/// What people have of a round.
pub(crate) async fn held(conn: &Connection, round: Id, people: &[Id]) -> Result<HashMap<Id, Vec<Holding>>, Problem> {
    use claim::Column;
    let rows: Vec<Row> = claim::Entity::find()
        .select_only()
        .columns([Column::Id, Column::PersonId, Column::Slot, Column::Once, Column::State])
        .filter(Column::PersonId.is_in(padded(people)))
        .filter(Column::RoundId.eq(round))
        .into_tuple()
        .all(conn)
        .await?;
    let mut held: HashMap<Id, Vec<Holding>> = HashMap::with_capacity(people.len());
    for (claim, person, slot, once, _) in rows {
        held.entry(person).or_default().push(Holding { claim, once, takes_the_place: slot == 0 });
    }
    Ok(held)
}

/// What somebody's holdings answer, if they do.
pub(super) fn told(held: &HashMap<Id, Vec<Holding>>, person: Id, once: Option<&str>) -> Option<Result<Id, Problem>> {
    before(held.get(&person).map(Vec::as_slice).unwrap_or_default(), once).map(answer)
}

/// A verdict as the answer to who asked.
pub(super) fn answer(verdict: Verdict) -> Result<Id, Problem> {
    match verdict {
        Verdict::Again(claim) => Ok(claim),
        Verdict::Had(claim) => {
            Err(Problem::from(ClaimRefusal::AlreadyHad).with_extra(serde_json::json!({ "voucher_id": claim })))
        }
        // Who is given something is answered with his own key.
        Verdict::Given | Verdict::Gone => Err(ClaimRefusal::AllGone.into()),
    }
}
