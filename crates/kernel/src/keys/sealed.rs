use database::Connection;
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryResult,
    sea_query::{Condition, Expr, Order, Query, SelectStatement},
};

use secret::Keyring;

use super::{damage, follow::number, tables::Entity};
use crate::{Context, Fault, House, Problem};

/// What stands beside a sealed value so that it can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indexed {
    /// The column of the blind index.
    pub column: &'static str,
    /// What the index is for.
    pub purpose: &'static str,
    /// A column whose text and a colon stand before the value in what is indexed.
    pub behind: Option<&'static str>,
}

/// A column whose values are sealed, as a programme declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What the column is called in the place that a value is sealed for.
    pub place: &'static str,
    /// The columns that name a row, at most two, and, added up, are the row key of its place.
    pub keys: &'static [&'static str],
    /// The blind index of the value, which goes with it to the next version.
    pub index: Option<Indexed>,
    /// Whether a value may be as long as a file, so that few are sealed anew at once.
    pub large: bool,
    /// Where the values are files: the column with the version that each is sealed under, 0 while it lies plain. It needs an
    /// index with the keys behind it. A text names its version itself.
    pub under: Option<&'static str>,
}

impl Sealed {
    /// A column of texts that are short, and that nobody is looked for by.
    #[must_use]
    pub const fn text(
        table: &'static str,
        column: &'static str,
        place: &'static str,
        keys: &'static [&'static str],
    ) -> Self {
        Self { table, column, place, keys, index: None, large: false, under: None }
    }

    /// The values that are not sealed under a version.
    pub(super) fn outdated(&self, version: u16) -> Condition {
        if let Some(under) = self.under {
            // Named one by one, so that they are found in the index, and no file is read for it.
            return Condition::all().add(Expr::col(under).is_in(0..i32::from(version)));
        }
        let value = || Expr::col(self.column);
        Condition::all().add(value().is_not_null()).add(value().ne("")).add(value().not_like(format!("v{version}.%")))
    }

    /// The next rows behind `after` that are not sealed under a version: their keys, then the value, or of a file the version
    /// that it is sealed under.
    pub(super) fn next(&self, version: u16, after: &[i64], limit: u64) -> SelectStatement {
        let mut query = Query::select();
        query
            .columns(self.keys.iter().copied())
            .column(self.under.unwrap_or(self.column))
            .from(self.table)
            .cond_where(self.outdated(version));
        query.columns(self.index.and_then(|index| index.behind));
        if after.len() == self.keys.len() {
            query.cond_where(self.behind(after));
        }
        for key in self.keys {
            query.order_by(*key, Order::Asc);
        }
        query.limit(limit).to_owned()
    }

    /// What stands in a row that is not sealed under a version, though it be no text any more.
    pub(super) async fn bytes(&self, conn: &Connection, keys: &[i64], version: u16) -> Result<Option<Vec<u8>>, DbErr> {
        let mut query = Query::select();
        query.column(self.column).from(self.table).cond_where(self.is(keys)).cond_where(self.outdated(version));
        let Some(row) = conn.query_one(&query).await? else { return Ok(None) };
        let text = row.try_get::<String>("", self.column).map(String::into_bytes);
        text.or_else(|_| row.try_get("", self.column)).map(Some)
    }

    /// The row that a row of `key_damage` names, in a question that knows both tables.
    pub(super) fn noted(&self) -> Condition {
        let noted = [damage::Column::FirstKey, damage::Column::SecondKey];
        let same = self
            .keys
            .iter()
            .zip(noted)
            .map(|(key, noted)| Expr::col((self.table, *key)).equals((damage::Entity, noted)));
        same.fold(Condition::all(), Condition::add)
    }

    /// Whether a value was set aside because it can't be opened.
    fn is_set_aside(&self) -> Expr {
        let noted = |column| Expr::col((damage::Entity, column));
        let query = Query::select()
            .expr(Expr::val(1))
            .from(damage::Entity)
            .and_where(noted(damage::Column::InTable).eq(self.table))
            .and_where(noted(damage::Column::InColumn).eq(self.column))
            .and_where(noted(damage::Column::SetAsideAt).is_not_null())
            .cond_where(self.noted())
            .to_owned();
        Expr::exists(query)
    }

    /// Rows behind a key, in the order of all its parts.
    fn behind(&self, after: &[i64]) -> Condition {
        let mut any = Condition::any();
        for at in 0..self.keys.len() {
            let mut all = Condition::all();
            for (place, (key, value)) in self.keys.iter().zip(after).enumerate().take(at + 1) {
                let column = Expr::col(*key);
                all = all.add(if place == at { column.gt(*value) } else { column.eq(*value) });
            }
            any = any.add(all);
        }
        any
    }

    /// The row with these keys.
    pub(super) fn is(&self, keys: &[i64]) -> Condition {
        self.keys.iter().zip(keys).fold(Condition::all(), |all, (key, value)| all.add(Expr::col(*key).eq(*value)))
    }

    /// The row's blind index anew, and its column.
    pub(super) fn index_of(
        &self,
        keyring: &Keyring,
        row: &QueryResult,
        plain: &str,
    ) -> Result<Option<(&'static str, String)>, DbErr> {
        let Some(index) = self.index else { return Ok(None) };
        let text = match index.behind {
            Some(column) => format!("{}:{plain}", row.try_get::<String>("", column)?),
            None => plain.to_owned(),
        };
        Ok(Some((index.column, keyring.blind_index(index.purpose, &text))))
    }

    /// The place of the row with these keys.
    pub(crate) fn place_of(&self, keys: &[i64]) -> secret::Place<'static> {
        let row_key = keys.iter().fold(0_i64, |sum, key| sum.wrapping_add(*key));
        secret::Place { table: self.table, column: self.place, row_key }
    }
}

/// All columns whose values are sealed.
pub(super) fn all(house: &House) -> impl Iterator<Item = &'static Sealed> {
    house.programmes().iter().flat_map(|programme| programme.sealed)
}

/// How far the house is with its newest key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The version that is sealed under.
    pub version: u16,
    /// Values that are still sealed under an older one, by column: table, column and how many. Those that were set aside
    /// don't count.
    pub outdated: Vec<(&'static str, &'static str, i64)>,
    /// Those of them that can't be opened, by name.
    pub unopened: Vec<String>,
    /// Values that were set aside and still need an older key.
    pub set_aside: u64,
    /// Whether this process has the key of every version that the house used.
    pub known: bool,
}

/// Counts what is still sealed under older versions: it reads every sealed column through.
///
/// # Errors
/// A fault of the database.
pub async fn stand(context: &Context) -> Result<Stand, Problem> {
    let rows = Entity::find().all(context.read()).await?;
    let keyring = context.house().keyring();
    let version = rows.iter().map(number).max().unwrap_or_else(|| keyring.current());
    let known = rows.iter().all(|row| keyring.check_value(number(row)) == row.check_value);
    let unopened: Vec<String> = damage::waiting(context.read()).await?.iter().map(damage::Model::name).collect();
    let set_aside = damage::kept_aside(context.read()).await?;
    Ok(Stand { version, outdated: outdated(context.read(), context, version).await?, unopened, set_aside, known })
}

/// Values that are not sealed under a version, by column, but for those that were set aside.
pub(super) async fn outdated(
    conn: &Connection,
    context: &Context,
    version: u16,
) -> Result<Vec<(&'static str, &'static str, i64)>, Problem> {
    let mut found = Vec::new();
    for sealed in all(context.house()) {
        let mut query = Query::select();
        query
            .expr_as(Expr::val(1_i64).count(), "values")
            .from(sealed.table)
            .cond_where(sealed.outdated(version))
            .and_where(sealed.is_set_aside().not());
        let row = conn.query_one(&query).await?.ok_or_else(|| Fault::Stored("a count gave no row".into()))?;
        let count: i64 = row.try_get("", "values").map_err(Fault::from)?;
        if count > 0 {
            found.push((sealed.table, sealed.column, count));
        }
    }
    Ok(found)
}
