//! Rows on their way into a table. The statement's text is the same for every full chunk, so the database reads it once; a
//! builder's tree of expressions would cost more than the writing itself.

use std::fmt::Write;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, QueryTrait, Statement, UpdateMany, Value,
};

use crate::{Unit, later::Rows};

/// Rows in one statement: enough that its own cost is nothing, few enough that much of the next is made while the database
/// writes it, and below the number of values that a statement takes (32,766 on SQLite).
pub(crate) const ROWS: usize = 250;

/// Keys in one question or one statement, below the number of values that it takes.
pub const KEYS_AT_ONCE: usize = 1_000;

/// Inserts a row of which every column is set, together with the unit's other writes (see [`Unit::later`]).
///
/// # Errors
/// A column that is not set.
pub fn insert<E: EntityTrait>(unit: &Unit, row: E::ActiveModel) -> Result<(), DbErr> {
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let mut values = Vec::with_capacity(columns.len());
    take(&columns, row, &mut values)?;
    unit.later_rows(Rows { table: E::default().table_name(), text: text::<E>, number: 1, values });
    Ok(())
}

/// Updates rows, however many they are, together with the unit's other writes (see [`Unit::later`]).
pub fn update<E: EntityTrait>(unit: &Unit, query: UpdateMany<E>) {
    unit.later(E::default().table_name(), unit.get_database_backend().build(&query.into_query()));
}

/// Inserts rows: models, or active models of which every column is set.
///
/// # Errors
/// A fault of the database, or a column that is not set. Some of the rows may stand then, so the unit is to be refused.
pub async fn insert_all<E: EntityTrait>(
    unit: &Unit,
    rows: Vec<impl IntoActiveModel<E::ActiveModel>>,
) -> Result<(), DbErr> {
    let backend = unit.get_database_backend();
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let mut rows = rows.into_iter();
    let mut made = next_of::<E>(backend, &columns, &mut rows)?;
    while let Some(statement) = made {
        let next = async { next_of::<E>(backend, &columns, &mut rows) };
        (_, made) = tokio::try_join!(biased; unit.execute_raw(statement), next)?;
    }
    Ok(())
}

/// The statement that inserts the next rows, if there are any.
fn next_of<E: EntityTrait>(
    backend: DbBackend,
    columns: &[E::Column],
    rows: &mut impl Iterator<Item = impl IntoActiveModel<E::ActiveModel>>,
) -> Result<Option<Statement>, DbErr> {
    let mut values = Vec::with_capacity(rows.size_hint().0.min(ROWS) * columns.len());
    for row in rows.take(ROWS) {
        let row: E::ActiveModel = row.into_active_model();
        take(columns, row, &mut values)?;
    }
    let rows = values.len() / columns.len();
    Ok((rows > 0).then(|| Statement::from_sql_and_values(backend, text::<E>(backend, rows), values)))
}

fn take<C, A>(columns: &[C], mut row: A, values: &mut Vec<Value>) -> Result<(), DbErr>
where
    C: ColumnTrait,
    A: ActiveModelTrait<Entity: EntityTrait<Column = C>>,
{
    for column in columns {
        let value = row.take(*column).into_value();
        values.push(value.ok_or_else(|| DbErr::AttrNotSet(column.as_str().to_owned()))?);
    }
    Ok(())
}

fn text<E: EntityTrait>(backend: DbBackend, rows: usize) -> String {
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.as_str())).collect();
    let mut text = String::with_capacity(64 + rows * columns.len() * 8);
    let mut number = 0;
    let mut put = |part: std::fmt::Arguments<'_>| {
        // Writing to a string can't fail.
        let _written = text.write_fmt(part);
    };
    // What a statement wrote before it failed need not be undone: the unit is. So SQLite need not keep, for each statement,
    // what its pages held before. PostgreSQL has no such words and does so anyway.
    let insert = if backend == DbBackend::Sqlite { "INSERT OR FAIL" } else { "INSERT" };
    put(format_args!("{insert} INTO \"{}\" ({}) VALUES ", E::default().table_name(), names.join(", ")));
    for row in 0..rows {
        put(format_args!("{}", if row == 0 { "(" } else { ", (" }));
        for column in 0..columns.len() {
            number += 1;
            let comma = if column == 0 { "" } else { ", " };
            match backend {
                DbBackend::Postgres => put(format_args!("{comma}${number}")),
                _ => put(format_args!("{comma}?")),
            }
        }
        put(format_args!(")"));
    }
    text
}
