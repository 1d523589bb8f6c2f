//! Answering those who ask together: what can be told without a unit first, the rest by one unit.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::ExprTrait};

use super::{
    ClaimRefusal,
    desk::{Asked, Claimant, Queue},
    qualify::{UNKNOWN, not_any_more},
    stand::{Stand, answer, held, left, shares, told},
    who::{Known, waiting, who},
};
use crate::{
    kind,
    rules::{
        quota::{Asking, Holding, Verdict, decide, share_of},
        window,
    },
    tables::{claim, offer, share},
};

/// Answers all of them.
pub(super) async fn give(context: &Context, round: Id, queue: &Queue, mut asked: Vec<Asked>) {
    while !asked.is_empty() {
        asked = attempt(context, round, queue, asked).await;
    }
}

/// Answers all of them, or none of those whose shares were handed on to another union while they waited for their turn: they
/// are looked at anew.
async fn attempt(context: &Context, round: Id, queue: &Queue, asked: Vec<Asked>) -> Vec<Asked> {
    let returns = queue.returns();
    let tell_all = |asked: Vec<Asked>, problem: Problem| {
        asked.into_iter().for_each(|one| one.tell(Err(problem.clone())));
        Vec::new()
    };
    let (stand, asked) = match prepare(context, round, asked).await {
        Ok(prepared) => prepared,
        Err((problem, asked)) => return tell_all(asked, problem),
    };
    let (asked, wanted): (Vec<Asked>, Vec<Wanted>) = asked.into_iter().unzip();
    if left(&stand.shares).values().all(|left| *left <= 0) {
        queue.is_empty_since(returns);
        return tell_all(asked, ClaimRefusal::AllGone.into());
    }
    if asked.is_empty() {
        return asked;
    }
    let done = match hand_out(context, &stand, &wanted).await {
        Ok(Some(done)) => done,
        Ok(None) => return asked,
        Err(problem) => return tell_all(asked, problem),
    };
    if done.emptied {
        queue.is_empty_since(returns);
    }
    for ((one, wanted), verdict) in asked.into_iter().zip(&wanted).zip(done.verdicts) {
        let found = |told: &[(Id, String)]| told.iter().find(|(id, _)| verdict == Verdict::Had(*id)).cloned();
        one.tell(match (verdict, found(&done.waits), found(&done.turned_away)) {
            (Verdict::Given, ..) => Ok(wanted.claim),
            (_, Some((claim, why)), _) => Err(ClaimRefusal::waits(claim, why)),
            (.., Some((_, why))) => Err(ClaimRefusal::NotForYou { why }.into()),
            (_, None, None) => answer(verdict),
        });
    }
    Vec::new()
}

/// Somebody who may get a piece.
pub(crate) struct Wanted {
    pub(crate) claim: Id,
    pub(crate) person: Id,
    pub(crate) once: Option<String>,
    pub(crate) organisation: Id,
    pub(crate) group: Option<String>,
    pub(crate) share: Id,
}

type Unanswered = (Problem, Vec<Asked>);

/// Tells those who need no unit, and answers who is left.
async fn prepare(context: &Context, round: Id, asked: Vec<Asked>) -> Result<(Stand, Vec<(Asked, Wanted)>), Unanswered> {
    let people: Vec<Id> = asked.iter().map(|one| one.question.person).collect();
    let read = async { futures::try_join!(Stand::read(context.read(), round), held(context.read(), round, &people)) };
    let (stand, held) = match read.await {
        Ok(read) => read,
        Err(problem) => return Err((problem, asked)),
    };
    let open = match stand.offer.way {
        offer::Way::FirstCome => stand.is_open(context.now().into()),
        offer::Way::Draw => Err(ClaimRefusal::ByDraw),
        offer::Way::Nominate => Err(ClaimRefusal::ByNomination),
    };
    let mut new = Vec::with_capacity(asked.len());
    for one in asked {
        match (told(&held, one.question.person, one.question.once.as_deref()), &open) {
            (Some(answer), _) => one.tell(answer),
            (None, Err(refusal)) => one.tell(Err(refusal.clone().into())),
            (None, Ok(())) => new.push(one),
        }
    }
    if new.is_empty() {
        return Ok((stand, Vec::new()));
    }
    let people: Vec<Id> = new.iter().map(|one| one.question.person).collect();
    let known = async {
        let is_seldom = stand.audience.months_between.is_some();
        let fact_kind =
            if is_seldom { kind::get(context.read(), &stand.offer.kind).await?.fact_kind } else { String::new() };
        who(context.read(), (&stand.audience, &fact_kind), &people, context.today()).await
    };
    let known = match known.await {
        Ok(known) => known,
        Err(problem) => return Err((problem, new)),
    };
    let by_place: HashMap<Id, Id> = stand.shares.iter().map(|share| (share.organisation_id, share.id)).collect();
    let mut admitted = Vec::with_capacity(new.len());
    for one in new {
        match admit(context, &stand, &by_place, (&one.question, known.get(&one.question.person))) {
            Ok(wanted) => admitted.push((one, wanted)),
            Err(refusal) => one.tell(Err(refusal.into())),
        }
    }
    Ok((stand, admitted))
}

fn admit(
    context: &Context,
    stand: &Stand,
    by_place: &HashMap<Id, Id>,
    (one, known): (&Claimant, Option<&Known>),
) -> Result<Wanted, ClaimRefusal> {
    let share = admit_to(stand, by_place, known, context.today())?;
    let known = known.ok_or_else(nobody)?;
    Ok(Wanted {
        claim: context.id(),
        person: one.person,
        once: one.once.clone(),
        organisation: known.organisation,
        group: known.someone.group.clone(),
        share,
    })
}

fn nobody() -> ClaimRefusal {
    ClaimRefusal::NotForYou { why: UNKNOWN.to_owned() }
}

/// The share that a piece for somebody comes from, if the offer is for him.
///
/// # Errors
/// [`ClaimRefusal::NotForYou`].
pub(crate) fn admit_to(
    stand: &Stand,
    by_place: &HashMap<Id, Id>,
    known: Option<&Known>,
    today: NaiveDate,
) -> Result<Id, ClaimRefusal> {
    let not = |why: String| ClaimRefusal::NotForYou { why };
    if stand.offer.event_id.is_some() {
        return Err(not("这项服务随集中入会活动发放，不用领取".to_owned()));
    }
    let known = known.ok_or_else(nobody)?;
    let admitted = stand.audience.admits(stand.offer.organisation_id, &known.someone, today);
    admitted.map_err(|reason| not(reason.words()))?;
    share_of(&known.someone.places, by_place).ok_or_else(|| not("本场没有分配给您所在工会的名额".to_owned()))
}

/// What a unit did.
#[derive(serde::Serialize, serde::Deserialize)]
struct Done {
    verdicts: Vec<Verdict>,
    /// The vouchers of other rounds and offers that keep people from one of this, and why in words.
    waits: Vec<(Id, String)>,
    /// The keys that were meant for the pieces of those who may have none any more, and why in words.
    turned_away: Vec<(Id, String)>,
    /// Whether nothing is left now.
    emptied: bool,
}

/// The unit: counts, decides, writes; nothing where a share was handed on to another union while these waited for their turn.
async fn hand_out(context: &Context, stand: &Stand, wanted: &[Wanted]) -> Result<Option<Done>, Problem> {
    let round = stand.round.id;
    let people = &wanted.iter().map(|one| one.person).collect::<Vec<_>>();
    context
        .unit(|unit| async move {
            // The offer may have been closed or prolonged, and the others served, while these waited for their turn.
            let offer = offer::Entity::find_by_id(stand.offer.id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            if offer.state != stand.offer.state {
                return Err(ClaimRefusal::RoundOver.into());
            }
            let mut left = left(&shares(&unit, round).await?);
            if wanted.iter().any(|one| !left.contains_key(&one.share)) {
                return Ok(None);
            }
            let mut held = held(&unit, round, people).await?;
            let rule = (&offer, &stand.audience);
            let mut waits = Vec::new();
            for (person, voucher) in waiting(&unit, rule, Some(round), people, context.now().into()).await? {
                let claim = voucher.claim;
                held.entry(person).or_default().push(Holding { claim, once: None, takes_the_place: true });
                waits.push((claim, voucher.words(&stand.audience)));
            }
            let not = not_any_more(&unit, context, stand, people).await?;
            let turned_away = wanted.iter().filter_map(|one| Some((one.claim, not.get(&one.person)?.clone())));
            let turned_away: Vec<(Id, String)> = turned_away.collect();
            for one in wanted.iter().filter(|one| not.contains_key(&one.person)) {
                let holding = Holding { claim: one.claim, once: None, takes_the_place: true };
                held.entry(one.person).or_default().push(holding);
            }
            let asking: Vec<Asking> = wanted.iter().map(Wanted::asking).collect();
            let verdicts = decide(&asking, held, left.clone());
            let given: Vec<&Wanted> =
                wanted.iter().zip(&verdicts).filter(|(_, told)| **told == Verdict::Given).map(|(one, _)| one).collect();
            write(context, &unit, (&offer, round), &given).await?;
            for one in given {
                left.entry(one.share).and_modify(|left| *left -= 1);
            }
            Ok(Some(Done { verdicts, waits, turned_away, emptied: left.values().all(|left| *left <= 0) }))
        })
        .await
}

impl Wanted {
    fn asking(&self) -> Asking {
        Asking { person: self.person, once: self.once.clone(), share: self.share, claim: self.claim }
    }
}

/// The row of a claim.
pub(crate) fn row(context: &Context, offer: &offer::Model, round: Id, one: &Wanted) -> claim::ActiveModel {
    let now = context.now();
    let use_until = window::use_until((offer.redeem_from, offer.redeem_until), offer.hold_hours, now);
    claim::ActiveModel {
        id: Set(one.claim),
        offer_id: Set(offer.id),
        round_id: Set(round),
        share_id: Set(one.share),
        organisation_id: Set(one.organisation),
        person_id: Set(one.person),
        worker_group: Set(one.group.clone()),
        slot: Set(0),
        once: Set(one.once.clone()),
        state: Set(claim::ClaimState::Claimed),
        claimed_at: Set(now.into()),
        use_until: Set(use_until),
        due_at: Set(Some(use_until)),
        ended_at: Set(None),
        voided_why: Set(None),
    }
}

/// Writes the claims and what they take of their shares.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn write(
    context: &Context,
    unit: &Unit,
    (offer, round): (&offer::Model, Id),
    given: &[&Wanted],
) -> Result<(), Problem> {
    let mut taken: BTreeMap<Id, i64> = BTreeMap::new();
    for one in given {
        *taken.entry(one.share).or_default() += 1;
    }
    for (share, pieces) in taken {
        take(unit, share, pieces);
    }
    let row = |one: &&Wanted| row(context, offer, round, one);
    // Eights and a rest, so that there are few lengths and the database has read each of these statements before.
    let (eights, rest) = given.split_at(given.len() - given.len() % 8);
    for some in [eights, rest] {
        database::insert_all::<claim::Entity>(unit, some.iter().map(row).collect()).await?;
    }
    Ok(())
}

/// Takes pieces of a share, or gives them back (negative), together with the unit's other writes.
pub(crate) fn take(unit: &Unit, share: Id, pieces: i64) {
    let update = share::Entity::update_many()
        .col_expr(share::Column::Given, Expr::col(share::Column::Given).add(pieces))
        .filter(share::Column::Id.eq(share));
    database::update(unit, update);
}

/// Gives the pieces of some claims back to their shares, together with the unit's other writes.
pub(crate) fn free(unit: &Unit, claims: &[claim::Model]) {
    let mut pieces: BTreeMap<Id, i64> = BTreeMap::new();
    for claim in claims {
        *pieces.entry(claim.share_id).or_default() += 1;
    }
    for (share, pieces) in pieces {
        take(unit, share, -pieces);
    }
}
