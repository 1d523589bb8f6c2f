use database::{Connection, Id};
use documents::Value;
use sea_orm::{Order, QueryOrder, QuerySelect, Select, entity::prelude::*};

use super::words::Word;
use crate::{Answer, Context, Fault, House, Problem};

/// Some rows of an export, and behind which row the next ones come.
#[derive(Debug, Default)]
pub struct RowPage {
    /// The rows, a value for each heading.
    pub rows: Vec<Vec<Value<'static>>>,
    /// What names the last row; absent at the end.
    pub next: Option<String>,
}

/// How many rows pass a filter (as JSON) in the caller's scope.
pub type Count = for<'a> fn(&'a Context, &'a str) -> Answer<'a, u64>;

/// The next rows that pass a filter in the caller's scope, at most about a thousand, so that memory stays flat.
pub type Next = for<'a> fn(&'a Context, &'a str, Option<&'a str>) -> Answer<'a, RowPage>;

/// One kind of data that can be taken away, as the programme that keeps it declares.
#[derive(Clone, Copy)]
pub struct ExportKind {
    /// Unique among all programmes: `members`.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Whoever takes it away must hold this still when the file is written and fetched.
    pub permission: &'static str,
    /// Whether its rows are about people, so that many of them want a second officer.
    pub personal: bool,
    /// The columns.
    pub headings: &'static [&'static str],
    /// What people read for its list's filter, field by field.
    pub words: &'static [(&'static str, Word)],
    /// How many rows there are.
    pub count: Count,
    /// The rows, people masked.
    pub next: Next,
}

/// The rows of a query behind `after`, at most `most` of them, in the order of their keys, so that the hundred thousandth costs
/// no more than the first; and what names the last. `key` is the column, `order` that of the list, and `of` reads the key from
/// a row.
///
/// # Errors
/// A fault of the database.
pub async fn behind<E: EntityTrait>(
    conn: &Connection,
    query: Select<E>,
    (key, order): (E::Column, Order),
    of: fn(&E::Model) -> Id,
    after: Option<&str>,
    most: u64,
) -> Result<(Vec<E::Model>, Option<String>), Problem> {
    let query = match (after.and_then(|after| after.parse::<Id>().ok()), &order) {
        (Some(after), Order::Asc) => query.filter(key.gt(after)),
        (Some(after), _) => query.filter(key.lt(after)),
        (None, _) => query,
    };
    let found = query.order_by(key, order).limit(most).all(conn).await?;
    let next = found.last().map(|row| of(row).to_string());
    Ok((found, next))
}

/// All kinds of export that programmes declare.
pub(super) fn kinds(house: &House) -> impl Iterator<Item = &'static ExportKind> {
    house.programmes().iter().flat_map(|programme| programme.exports)
}

/// The kind of a code.
///
/// # Errors
/// A fault if no programme declares it any more.
pub(super) fn kind(house: &House, code: &str) -> Result<&'static ExportKind, Problem> {
    let found = kinds(house).find(|kind| kind.code == code);
    found.ok_or_else(|| Fault::Stored(format!("no programme declares the export `{code}`")).into())
}
