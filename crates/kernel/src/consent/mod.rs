//! What people agree to, for each purpose on its own (个人信息保护法 art. 14 to 17, 29 and 31): the text that they see, what
//! they gave, and what they took back. What was given stays on record when it is taken back.

/// The table.
pub mod migration;
mod tables;

use database::{Connection, Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, Select, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;

pub use tables::{ActiveModel, Column, Entity, Model};

use crate::{Answer, Context, House, Problem};

crate::refusals! {
    /// Why nothing goes on without consent.
    pub enum ConsentRefusal {
        /// Not agreed, or to an older text.
        Missing { label: &'static str } = 422 "consent_missing"
            "请阅读并同意个人信息处理告知书（{label}；内容可能已更新，请重新打开页面）。",
    }
}

/// What a programme does in the unit in which a person takes a consent back: what rests on it alone ends.
pub type OnWithdraw = for<'a> fn(&'a Unit, &'a Context, Id) -> Answer<'a>;

/// Something for which sensitive personal information is handled, and that goes on by a consent of its own only (art. 29).
#[derive(Clone, Copy)]
pub struct Purpose {
    /// The stable code, in snake case.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// The edition of the text.
    pub version: &'static str,
    /// The text that a person sees before he agrees.
    pub text: &'static str,
    /// What ends when he takes his consent back, and what goes on; he reads it before.
    pub ends: &'static str,
    /// What is done then.
    pub on_withdraw: Option<OnWithdraw>,
}

/// The text that one agrees to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentText {
    /// What for.
    pub purpose: String,
    /// What people read for that.
    pub label: String,
    /// The edition; sent back by who agrees.
    pub version: String,
    /// The text.
    pub text: String,
}

/// The purposes of the house.
pub fn purposes(house: &House) -> impl Iterator<Item = &'static Purpose> {
    house.programmes().iter().flat_map(|programme| programme.consents)
}

/// The house's purpose of a code.
#[must_use]
pub fn purpose(house: &House, code: &str) -> Option<&'static Purpose> {
    purposes(house).find(|purpose| purpose.code == code)
}

/// When somebody took back what he had agreed to; none while one of these consents stands, or if there are none.
pub fn taken_back<'a>(given: impl Iterator<Item = &'a Model>) -> Option<Moment> {
    let ended: Option<Vec<Moment>> = given.map(|consent| consent.withdrawn_at).collect();
    ended?.into_iter().max()
}

impl Purpose {
    /// The text as it is now.
    #[must_use]
    pub fn notice(&self) -> ConsentText {
        ConsentText {
            purpose: self.code.to_owned(),
            label: self.label.to_owned(),
            version: self.version.to_owned(),
            text: self.text.to_owned(),
        }
    }

    /// Whether this edition is agreed to.
    ///
    /// # Errors
    /// [`ConsentRefusal`] with the [`ConsentText`] if it is not.
    pub fn check(&self, version: &str) -> Result<(), Problem> {
        if version == self.version { Ok(()) } else { Err(self.missing()) }
    }

    fn missing(&self) -> Problem {
        Problem::from(ConsentRefusal::Missing { label: self.label }).with_extra(self.notice())
    }

    fn of(&self, person: Id) -> Select<Entity> {
        Entity::find().filter(Column::PersonId.eq(person)).filter(Column::Purpose.eq(self.code))
    }

    /// The last consent of a person that stands, to whichever edition.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn standing(&self, conn: &Connection, person: Id) -> Result<Option<Model>, Problem> {
        let standing = self.of(person).filter(Column::WithdrawnAt.is_null());
        Ok(standing.order_by_desc(Column::GivenAt).order_by_desc(Column::Id).one(conn).await?)
    }

    /// The key of a person's consent to the text as it is now.
    ///
    /// # Errors
    /// [`ConsentRefusal`] with the [`ConsentText`] if none stands.
    pub async fn demand(&self, conn: &Connection, person: Id) -> Result<Id, Problem> {
        let standing = self.standing(conn, person).await?.filter(|given| given.version == self.version);
        standing.map(|given| given.id).ok_or_else(|| self.missing())
    }

    /// When a person took back what he had agreed to; none while one of his consents stands, or if he never gave one.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn withdrawn(&self, conn: &Connection, person: Id) -> Result<Option<Moment>, Problem> {
        Ok(taken_back(self.of(person).all(conn).await?.iter()))
    }

    /// Writes a consent down, once for each edition that holds. Answers whether it was written.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn give(&self, unit: &Unit, context: &Context, person: Id, place: &str) -> Result<bool, Problem> {
        let held = self.of(person).filter(Column::Version.eq(self.version)).filter(Column::WithdrawnAt.is_null());
        let is_new = held.one(unit).await?.is_none();
        if is_new {
            self.give_first(unit, context, person, place)?;
        }
        Ok(is_new)
    }

    /// [`Self::give`] for a person who can't have agreed before.
    ///
    /// # Errors
    /// A fault of the program.
    pub fn give_first(&self, unit: &Unit, context: &Context, person: Id, place: &str) -> Result<(), Problem> {
        let row = ActiveModel {
            id: Set(context.id()),
            person_id: Set(person),
            purpose: Set(self.code.to_owned()),
            version: Set(self.version.to_owned()),
            place: Set(place.to_owned()),
            given_at: Set(context.now().into()),
            withdrawn_at: Set(None),
        };
        database::insert::<Entity>(unit, row)?;
        Ok(())
    }
}
