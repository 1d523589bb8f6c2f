//! A person becomes nameless: why he was nominated, and what was said against it and answered, is forgotten; what was not
//! given yet is withdrawn.

use database::{Id, Unit};
use kernel::{Answer, Context};
use sea_orm::{ActiveValue::Set, Condition, QuerySelect, QueryTrait, entity::prelude::*};

use crate::tables::{nomination, objection};

/// What the kernel calls in the unit that makes a person nameless.
pub fn forget<'a>(unit: &'a Unit, _: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let own = nomination::Entity::find().select_only().column(nomination::Column::Id);
        let own = own.filter(nomination::Column::PersonId.eq(person)).into_query();
        let answered = objection::ActiveModel { answer: Set(Some(String::new())), ..Default::default() };
        let against = objection::Entity::update_many().set(answered);
        let against = against.filter(objection::Column::NominationId.in_subquery(own.clone()));
        against.filter(objection::Column::AnsweredAt.is_not_null()).exec(unit).await?;
        let row = objection::ActiveModel { reason_sealed: Set(String::new()), ..Default::default() };
        let against_or_by_him = Condition::any()
            .add(objection::Column::NominationId.in_subquery(own))
            .add(objection::Column::PersonId.eq(person));
        objection::Entity::update_many().set(row).filter(against_or_by_him).exec(unit).await?;
        let waiting = [nomination::NominationState::Proposed, nomination::NominationState::Approved];
        let row = nomination::ActiveModel { state: Set(nomination::NominationState::Withdrawn), ..Default::default() };
        let of_him = nomination::Entity::update_many().set(row).filter(nomination::Column::PersonId.eq(person));
        of_him.filter(nomination::Column::State.is_in(waiting)).exec(unit).await?;
        let row = nomination::ActiveModel {
            reason_sealed: Set(String::new()),
            note: Set(String::new()),
            ..Default::default()
        };
        let of_him = nomination::Entity::update_many().set(row).filter(nomination::Column::PersonId.eq(person));
        of_him.exec(unit).await?;
        Ok(())
    })
}
