//! Lists as they go over the wire: a page, and where the next begins.

mod by_column;

use database::{Connection, Id};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Asterisk, Expr, ExprTrait, Query, SelectStatement},
};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

pub use by_column::ByColumn;

use crate::{Problem, caller::Find};

/// How many rows of a list are counted.
const MOST: u64 = 100_000;

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; absent at the end.
    pub next: Option<String>,
    /// How many rows the whole list has; 100001 stands for any number above 100000.
    pub total: u64,
}

/// A list whose rows are counted as far as anybody would page: a province's millions would be waited for on each page.
pub trait Counted {
    /// How many rows the list has; 100,001 stands for any number above 100,000.
    ///
    /// # Errors
    /// A fault of the database.
    fn counted(self, conn: &Connection) -> impl Future<Output = Result<u64, DbErr>> + Send;
}

impl<Q: QueryTrait<QueryStatement = SelectStatement>> Counted for Q {
    fn counted(self, conn: &Connection) -> impl Future<Output = Result<u64, DbErr>> + Send {
        let mut rows = self.into_query();
        rows.clear_selects().clear_order_by().expr(Expr::val(1)).limit(MOST + 1);
        let count = Expr::col(Asterisk).count();
        let count = Query::select().expr_as(count, "rows").from_subquery(rows, Alias::new("counted")).to_owned();
        async move {
            let row = conn.query_one(&count).await?;
            let rows: i64 = row.map_or(Ok(0), |row| row.try_get("", "rows"))?;
            Ok(u64::try_from(rows).unwrap_or(0))
        }
    }
}

/// Reads the words that a list's filter seeks: without the blanks around them, and none where nothing else stands.
///
/// # Errors
/// Those of the form that it is read from.
pub fn sought<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    Ok(text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// Rows whose name holds what is sought, or whose code begins with it. Codes are kept in capitals, and one of the databases
/// tells these from small letters.
pub fn by_name_or_code<C: ColumnTrait>(name: C, code: C, sought: &str) -> Expr {
    name.contains(sought).or(code.starts_with(sought.to_ascii_uppercase()))
}

/// Which page is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Where the page begins: `next` of the page before.
    pub cursor: Option<String>,
    /// How many rows, up to 200; 50 unless told. With 0 nothing but the total is told.
    #[param(minimum = 0, maximum = 200)]
    pub limit: Option<u64>,
}

impl Paging {
    /// The number of rows asked for, bounded.
    #[must_use]
    pub fn limit(&self) -> u64 {
        Ord::min(self.limit.unwrap_or(50), 200)
    }

    /// The cursor as a key, for lists ordered by key; absent or unreadable means from the beginning.
    #[must_use]
    pub fn after(&self) -> Option<Id> {
        self.cursor.as_deref().and_then(|text| text.parse().ok())
    }

    /// The page of a list in the order of its keys, the newest first. `key` is the column, and `of` reads it from a row.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn newest_first<E: EntityTrait>(
        &self,
        conn: &Connection,
        query: Select<E>,
        key: E::Column,
        of: fn(&E::Model) -> Id,
    ) -> Result<Page<E::Model>, Problem> {
        self.by_key(conn, query, (key, Order::Desc), of).await
    }

    /// The same of a list that may be long: `query` asks for its rows in the way that is told ([`Find`]).
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn newest_first_of_many<E: EntityTrait>(
        &self,
        conn: &Connection,
        query: impl Fn(Find) -> Select<E>,
        key: E::Column,
        of: fn(&E::Model) -> Id,
    ) -> Result<Page<E::Model>, Problem> {
        self.of_many(conn, query, (key, Order::Desc), of).await
    }

    /// The page of a short list in the order of its keys, the oldest first.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn oldest_first<E: EntityTrait>(
        &self,
        conn: &Connection,
        query: Select<E>,
        key: E::Column,
        of: fn(&E::Model) -> Id,
    ) -> Result<Page<E::Model>, Problem> {
        self.by_key(conn, query, (key, Order::Asc), of).await
    }

    /// The page of a list that may be long in the order of its keys, either way.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn of_many<E: EntityTrait>(
        &self,
        conn: &Connection,
        query: impl Fn(Find) -> Select<E>,
        order: (E::Column, Order),
        of: fn(&E::Model) -> Id,
    ) -> Result<Page<E::Model>, Problem> {
        let total = query(Find::ByPlace).counted(conn).await?;
        self.cut_by_key(conn, (query(Find::of(conn, total)), total), order, of).await
    }

    /// The same of a short list.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn by_key<E: EntityTrait>(
        &self,
        conn: &Connection,
        query: Select<E>,
        (key, order): (E::Column, Order),
        of: fn(&E::Model) -> Id,
    ) -> Result<Page<E::Model>, Problem> {
        let total = query.clone().counted(conn).await?;
        self.cut_by_key(conn, (query, total), (key, order), of).await
    }

    async fn cut_by_key<E: EntityTrait>(
        &self,
        conn: &Connection,
        (query, total): (Select<E>, u64),
        (key, order): (E::Column, Order),
        of: fn(&E::Model) -> Id,
    ) -> Result<Page<E::Model>, Problem> {
        if self.limit() == 0 {
            return Ok(Page { items: Vec::new(), next: None, total });
        }
        let query = match (self.after(), &order) {
            (None, _) => query,
            (Some(after), Order::Asc) => query.filter(ColumnTrait::gt(&key, after)),
            (Some(after), _) => query.filter(ColumnTrait::lt(&key, after)),
        };
        let rows = query.order_by(key, order).limit(self.limit() + 1).all(conn).await?;
        Ok(Page::cut(rows, self.limit(), total, |row| of(row).to_string()))
    }
}

/// All rows of a question in the order of their keys, some at a time: of a province's never all at once.
pub struct InSteps<E: EntityTrait> {
    rows: Select<E>,
    key: E::Column,
    of: fn(&E::Model) -> Id,
    behind: Id,
}

impl<E: EntityTrait> InSteps<E> {
    /// So many at a time. `key` is the column, and `of` reads it from a row.
    #[must_use]
    pub fn of(rows: Select<E>, key: E::Column, of: fn(&E::Model) -> Id, most: u64) -> Self {
        Self { rows: rows.order_by_asc(key).limit(most), key, of, behind: Id(0) }
    }

    /// The next ones; none behind the last.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn next(&mut self, conn: &Connection) -> Result<Option<Vec<E::Model>>, DbErr> {
        let some = self.rows.clone().filter(ColumnTrait::gt(&self.key, self.behind)).all(conn).await?;
        let Some(last) = some.last() else { return Ok(None) };
        self.behind = (self.of)(last);
        Ok(Some(some))
    }
}

impl<T> Page<T> {
    /// Cuts a page from one row more than was asked for; `key` names the row from which the next page goes on.
    pub fn cut(mut rows: Vec<T>, limit: u64, total: u64, key: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(key) } else { None };
        Self { items: rows, next, total }
    }

    /// The same page with its rows in another shape.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[derive(Deserialize)]
    struct Filter {
        #[serde(default, deserialize_with = "sought")]
        q: Option<String>,
    }

    #[test]
    fn what_is_sought_is_read_without_blanks() {
        let read = |filter: Value| serde_json::from_value::<Filter>(filter).unwrap().q;
        assert_eq!(read(json!({ "q": "　张 三 " })).as_deref(), Some("张 三"));
        for nothing in [json!({}), json!({ "q": null }), json!({ "q": "" }), json!({ "q": " 　" })] {
            assert_eq!(read(nothing), None);
        }
    }
}
