//! Running numbers for cards. Units of work run one after another, so reading and writing the one row is no race.

use database::Unit;
use kernel::Problem;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::{rules::card, tables::serial};

kernel::refusals! {
    /// Why no card is given.
    pub enum SerialRefusal {
        /// A thousand million cards were given.
        UsedUp = 409 "card_numbers_used_up" "会员证编号已用完，请联系系统管理员。",
    }
}

const CARD: &str = "card";

/// Takes the next `count` running numbers; answers the first.
///
/// # Errors
/// All were given, or a fault of the database.
pub async fn take(unit: &Unit, count: usize) -> Result<i64, Problem> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let given = serial::Entity::find_by_id(CARD.to_owned()).one(unit).await?;
    let last = given.as_ref().map_or(0, |row| row.last);
    let next = last.checked_add(count).filter(|next| *next <= card::LAST_SERIAL).ok_or(SerialRefusal::UsedUp)?;
    let row = serial::ActiveModel { name: Set(CARD.to_owned()), last: Set(next) };
    if given.is_some() {
        database::update(unit, serial::Entity::update_many().set(row));
    } else {
        database::insert::<serial::Entity>(unit, row)?;
    }
    Ok(last + 1)
}

/// The card number of a running number in a union.
///
/// # Errors
/// All were given.
pub fn number(organisation: &kernel::organisation::Model, serial: i64) -> Result<String, Problem> {
    let prefix = card::prefix(organisation.division.as_deref(), &organisation.code);
    card::number(&prefix, serial).ok_or_else(|| SerialRefusal::UsedUp.into())
}
