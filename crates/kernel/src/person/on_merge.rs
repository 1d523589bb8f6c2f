use database::{Id, Unit};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*, sea_query::Expr};

use crate::{Answer, Context, Problem};

/// Two records turn out to be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merging {
    /// The record that goes.
    pub from: Id,
    /// The record that stays.
    pub into: Id,
}

impl Merging {
    /// Rows whose `column` names the record that goes name the one that stays.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn hand_over<E: EntityTrait>(self, unit: &Unit, column: E::Column) -> Result<(), Problem> {
        let rows = E::update_many().col_expr(column, Expr::value(self.into)).filter(column.eq(self.from));
        rows.exec(unit).await?;
        Ok(())
    }

    /// The same where a person has one row for each value of `once`, such as an event: where the record that stays has its own,
    /// the other's stays as it was written.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn hand_over_once<E: EntityTrait>(
        self,
        unit: &Unit,
        column: E::Column,
        once: E::Column,
    ) -> Result<(), Problem> {
        let own = E::find().select_only().column(once).filter(column.eq(self.into)).into_query();
        E::update_many()
            .col_expr(column, Expr::value(self.into))
            .filter(column.eq(self.from))
            .filter(once.not_in_subquery(own))
            .exec(unit)
            .await?;
        Ok(())
    }
}

/// What a programme does in the unit that merges two people: it hands its rows over to the record that stays, or refuses
/// the merger by an error, after which nothing of it is kept.
pub type OnMerge = for<'a> fn(&'a Unit, &'a Context, Merging) -> Answer<'a>;
