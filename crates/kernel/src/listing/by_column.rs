use std::{fmt::Display, str::FromStr};

use database::{Connection, Id};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, Value};

use super::{Counted, Page, Paging};
use crate::{Problem, caller::Find};

/// The order of a list by a column, such as a day, and by the key where that is the same.
pub struct ByColumn<E: EntityTrait, T> {
    /// The column.
    pub column: E::Column,
    /// The key.
    pub key: E::Column,
    /// Reads both from a row.
    pub of: fn(&E::Model) -> (T, Id),
}

impl<E: EntityTrait, T: Display + FromStr + Copy + Into<Value>> ByColumn<E, T> {
    /// Sorts, and goes on behind a cursor; from the beginning where it can't be read.
    #[must_use]
    pub fn sorted(&self, query: Select<E>, order: &Order, cursor: Option<&str>) -> Select<E> {
        let query = query.order_by(self.column, order.clone()).order_by(self.key, order.clone());
        let behind = cursor.and_then(|cursor| {
            let (at, id) = cursor.split_once('.')?;
            Some((at.parse::<T>().ok()?, id.parse::<Id>().ok()?))
        });
        let Some((at, id)) = behind else { return query };
        // The first word alone tells the index where to go on.
        let [from, later, same] = match order {
            Order::Asc => [self.column.gte(at), self.column.gt(at), self.key.gt(id)],
            _ => [self.column.lte(at), self.column.lt(at), self.key.lt(id)],
        };
        query.filter(from).filter(Condition::any().add(later).add(same))
    }

    /// What names a row in that order: `2026-05-01.123`.
    pub fn cursor(&self, row: &E::Model) -> String {
        let (at, id) = (self.of)(row);
        format!("{at}.{id}")
    }

    /// The page of a list that may be long: `query` asks for its rows in the way that is told ([`Find`]).
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn page(
        &self,
        conn: &Connection,
        query: impl Fn(Find) -> Select<E>,
        order: &Order,
        paging: &Paging,
    ) -> Result<Page<E::Model>, Problem> {
        let total = query(Find::ByPlace).counted(conn).await?;
        let query = self.sorted(query(Find::of(conn, total)), order, paging.cursor.as_deref());
        let found = query.limit(paging.limit() + 1).all(conn).await?;
        Ok(Page::cut(found, paging.limit(), total, |row| self.cursor(row)))
    }

    /// So many rows behind a cursor, and the cursor of the last, for a file of all.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn behind(
        &self,
        conn: &Connection,
        query: Select<E>,
        order: &Order,
        after: Option<&str>,
        most: u64,
    ) -> Result<(Vec<E::Model>, Option<String>), Problem> {
        let found = self.sorted(query, order, after).limit(most).all(conn).await?;
        let next = found.last().map(|row| self.cursor(row));
        Ok((found, next))
    }
}
