//! What the programmes keep about a person, for the copy that he may take (个人信息保护法 art. 45): every row of every table
//! that holds his key, so that no programme can forget one.

use database::{Id, catalog};
use sea_orm::{ConnectionTrait, FromQueryResult, JsonValue, Statement};
use serde_json::{Map, Value};

use crate::{Context, Problem, keys, ledger};

/// The columns that lead to a person; no table has two of them.
pub const PERSON_COLUMNS: [&str; 3] = ["person_id", "giver_id", "seen_by"];
/// Ends of the names of columns that hold no words of anybody: secrets, their hashes, blind indexes.
const SECRET: [&str; 5] = ["hash", "index", "sealed", "token", "secret"];

/// All rows about a person and those who turned out to be him, by table. Sealed words are opened; the tables that `told`
/// names are left out. The caller is the person himself.
///
/// # Errors
/// A fault of the database.
pub async fn copy(context: &Context, person: Id, told: &[&str]) -> Result<Map<String, Value>, Problem> {
    let conn = context.read();
    let keys: Vec<String> = ledger::all_of(conn, person).await?.iter().map(ToString::to_string).collect();
    let mut copy = Map::new();
    for column in PERSON_COLUMNS {
        for table in catalog::tables_with(conn, column).await? {
            if told.contains(&table.as_str()) {
                continue;
            }
            let sql = format!("SELECT * FROM \"{table}\" WHERE \"{column}\" IN ({})", keys.join(", "));
            let asked = Statement::from_string(conn.get_database_backend(), sql);
            let rows = JsonValue::find_by_statement(asked).all(conn).await?;
            let rows: Vec<Value> = rows.into_iter().map(|row| plain(context, &table, row)).collect();
            if !rows.is_empty() {
                copy.insert(table, rows.into());
            }
        }
    }
    Ok(copy)
}

/// A row without secrets, its sealed words opened.
fn plain(context: &Context, table: &str, row: Value) -> Value {
    let Value::Object(row) = row else { return row };
    let mut plain = Map::new();
    let sealed = context.house().programmes().iter().flat_map(|programme| programme.sealed);
    for sealed in sealed.filter(|sealed| sealed.table == table && !sealed.large) {
        let keys: Option<Vec<i64>> = sealed.keys.iter().map(|key| row.get(*key)?.as_i64()).collect();
        if let (Some(keys), Some(text)) =
            (keys, row.get(sealed.column).and_then(Value::as_str).filter(|text| !text.is_empty()))
        {
            let words = keys::told(context, sealed.place_of(&keys), text);
            plain.insert(sealed.place.to_owned(), words.into());
        }
    }
    let told = |(name, value): &(String, Value)| {
        !value.is_null() && !value.is_array() && !SECRET.iter().any(|secret| name.ends_with(secret))
    };
    plain.extend(row.into_iter().filter(told).map(|(name, value)| {
        // Keys are longer than what a reader of JSON takes for a number.
        let value = if value.is_i64() && name.ends_with("id") { value.to_string().into() } else { value };
        (name, value)
    }));
    plain.into()
}
