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
    Ok((rows > 0).then(|| statement::<E>(backend, rows, values)))
}

/// The statement that inserts these values, row after row. A value that a whole column shares is handed over once: binding
/// costs nearly as much as writing does, and what is written together is mostly alike.
fn statement<E: EntityTrait>(backend: DbBackend, rows: usize, values: Vec<Value>) -> Statement {
    let width = values.len() / rows.max(1);
    let is_alike =
        |column: usize| values.iter().skip(column).step_by(width).all(|value| values.get(column) == Some(value));
    let mut shared: Vec<bool> = (0..width).map(|column| rows > 1 && is_alike(column)).collect();
    if shared.iter().all(|shared| *shared) {
        shared.fill(false);
    }
    let is_shared = |at: usize| shared.get(at % width).copied().unwrap_or_default();
    let mut once = Vec::new();
    let mut each = Vec::with_capacity(values.len());
    for (at, value) in values.into_iter().enumerate() {
        match is_shared(at) {
            true if at < width => once.push(value),
            true => {}
            false => each.push(value),
        }
    }
    once.append(&mut each);
    Statement::from_sql_and_values(backend, alike::<E>(backend, rows, &shared), once)
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
    let mut text = beginning::<E>(backend);
    let mut number = 0;
    tuples(&mut text, backend, &mut number, (rows, E::Column::iter().count()));
    text
}

/// The text that inserts rows of which some columns are the same in each: their values come first, then what differs, row
/// after row.
fn alike<E: EntityTrait>(backend: DbBackend, rows: usize, shared: &[bool]) -> String {
    let differing = shared.iter().filter(|shared| !**shared).count();
    if differing == shared.len() {
        return text::<E>(backend, rows);
    }
    let mut text = beginning::<E>(backend);
    let (mut number, mut column) = (0, 0);
    for (at, shared) in shared.iter().enumerate() {
        text.push_str(if at == 0 { "SELECT " } else { ", " });
        if *shared {
            mark(&mut text, backend, &mut number);
        } else {
            column += 1;
            put(&mut text, format_args!("\"each\".\"column{column}\""));
        }
    }
    text.push_str(" FROM (");
    tuples(&mut text, backend, &mut number, (rows, differing));
    text.push_str(") AS \"each\"");
    text
}

fn beginning<E: EntityTrait>(backend: DbBackend) -> String {
    let names: Vec<String> = E::Column::iter().map(|column| format!("\"{}\"", column.as_str())).collect();
    // What a statement wrote before it failed need not be undone: the unit is. So SQLite need not keep, for each statement,
    // what its pages held before. PostgreSQL has no such words and does so anyway.
    let insert = if backend == DbBackend::Sqlite { "INSERT OR FAIL" } else { "INSERT" };
    format!("{insert} INTO \"{}\" ({}) ", E::default().table_name(), names.join(", "))
}

/// The marks of values that come row after row.
fn tuples(text: &mut String, backend: DbBackend, number: &mut usize, (rows, columns): (usize, usize)) {
    text.reserve(rows * columns * 8);
    text.push_str("VALUES ");
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            text.push_str(if column == 0 { "" } else { ", " });
            mark(text, backend, number);
        }
        text.push(')');
    }
}

/// Writes the mark of the next value.
fn mark(text: &mut String, backend: DbBackend, number: &mut usize) {
    *number += 1;
    match backend {
        DbBackend::Postgres => put(text, format_args!("${number}")),
        _ => text.push('?'),
    }
}

fn put(text: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _written = text.write_fmt(part);
}
