//! What this programme does when a person is made nameless: what its rows tell of him in words goes; that there was a
//! membership, and when, stays, as the facts do.

use std::collections::HashSet;

use database::{Connection, Id, Unit};
use kernel::{Answer, Context, Problem, deadline};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*};

use crate::{
    import::blank::blank_rows,
    me::requests,
    pausing::{APPLICATION, PRIVACY, TRANSFER},
    tables::{
        due, history, lapse, member,
        privacy_request::{self, Answered, Wish},
        transfer,
    },
};

kernel::refusals! {
    /// Why a person stays known.
    pub enum StillMember {
        /// Whoever is a member can't be nameless.
        Holds = 409 "still_member" "此人的会籍（或申请、转接）还有效，请先办理退会，再删除个人信息。",
    }
}

/// What is read where words must stand.
const DELETED: &str = "（已删除）";
/// What a request that waited is answered.
const GONE: &str = "个人信息已全部删除，不用再办理。";

/// Which of some people have such a membership.
pub fn still_members<'a>(conn: &'a Connection, people: &'a [Id]) -> Answer<'a, HashSet<Id>> {
    Box::pin(async move {
        let valid = member::Entity::find().select_only().column(member::Column::PersonId);
        let valid = valid.filter(member::Column::ValidPersonId.is_in(people.iter().copied()));
        let valid: Vec<Id> = valid.into_tuple().all(conn).await?;
        Ok(valid.into_iter().collect())
    })
}

/// Empties what is told of a person.
pub fn empty_person<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        if member::valid_of(unit, person).await?.is_some() {
            return Err(StillMember::Holds.into());
        }
        memberships(unit, context, person).await?;
        let own = privacy_request::Entity::find().filter(privacy_request::Column::PersonId.eq(person));
        for request in own.all(unit).await? {
            blank_request(unit, context, &request).await?;
            deadline::blank(unit, PRIVACY, &[request.id]).await?;
        }
        Ok(())
    })
}

async fn memberships(unit: &Unit, context: &Context, person: Id) -> Result<(), Problem> {
    let own = || {
        let own = member::Entity::find().select_only().column(member::Column::Id);
        own.filter(member::Column::PersonId.eq(person)).into_query()
    };
    let blank = member::ActiveModel { employer: Set(None), ..Default::default() };
    member::Entity::update_many().set(blank).filter(member::Column::PersonId.eq(person)).exec(unit).await?;
    let blank = history::ActiveModel { reason: Set(None), ..Default::default() };
    let steps = history::Entity::update_many().set(blank);
    steps.filter(history::Column::MemberId.in_subquery(own())).exec(unit).await?;
    let blank = lapse::ActiveModel { talk: Set(None), ..Default::default() };
    let lapses = lapse::Entity::update_many().set(blank);
    lapses.filter(lapse::Column::MemberId.in_subquery(own())).exec(unit).await?;
    // That an entry was taken back stays: the money is accounted for.
    let blank = due::ActiveModel { taken_back: Set(Some(DELETED.to_owned())), ..Default::default() };
    let dues = due::Entity::update_many().set(blank).filter(due::Column::TakenBack.is_not_null());
    dues.filter(due::Column::MemberId.in_subquery(own())).exec(unit).await?;
    let blank = transfer::ActiveModel { reason: Set(String::new()), answer: Set(None), ..Default::default() };
    transfer::Entity::update_many().set(blank).filter(transfer::Column::PersonId.eq(person)).exec(unit).await?;
    let members: Vec<Id> = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::PersonId.eq(person))
        .into_tuple()
        .all(unit)
        .await?;
    deadline::blank(unit, APPLICATION, &members).await?;
    let transfers: Vec<Id> = transfer::Entity::find()
        .select_only()
        .column(transfer::Column::Id)
        .filter(transfer::Column::PersonId.eq(person))
        .into_tuple()
        .all(unit)
        .await?;
    deadline::blank(unit, TRANSFER, &transfers).await?;
    blank_rows(unit, context, &members).await
}

/// A request's words may hold anything; that there was one, and when, stays. For one that waits nothing is left to be done.
async fn blank_request(unit: &Unit, context: &Context, request: &privacy_request::Model) -> Result<(), Problem> {
    let (id, house) = (request.id, context.house());
    let seal = |place, text| house.keyring().seal(place, text, house.ambient().bytes());
    let words_sealed = Set(seal(requests::words(id), DELETED));
    let blank = if request.state == Answered::Waiting {
        privacy_request::ActiveModel {
            words_sealed,
            state: Set(if request.wish == Wish::Delete { Answered::Done } else { Answered::Refused }),
            answer_sealed: Set(Some(seal(requests::answer(id), GONE))),
            answered_at: Set(Some(context.now().into())),
            answered_by: Set(Some(context.actor().word())),
            ..Default::default()
        }
    } else {
        let answer_sealed = Set(Some(seal(requests::answer(id), DELETED)));
        privacy_request::ActiveModel { words_sealed, answer_sealed, ..Default::default() }
    };
    let update = privacy_request::Entity::update_many().set(blank);
    update.filter(privacy_request::Column::Id.eq(id)).exec(unit).await?;
    Ok(())
}
