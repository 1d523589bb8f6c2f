//! What the database says of itself.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Connection, Fault, Migrations, Settings, migrate, open::Kind};

/// Whether there is something to open: a file that is there, or a server, which tells for itself.
///
/// # Errors
/// When the URL is not understood.
pub fn is_there(settings: &Settings) -> Result<bool, Fault> {
    Ok(match Kind::of(&settings.url)? {
        Kind::Sqlite(path) => path.exists(),
        Kind::Postgres => true,
    })
}

/// Where a schema and this program differ: steps by their names, in their order.
#[derive(Debug)]
pub struct Apart {
    /// Those that the schema still lacks; all of them where there is no schema yet.
    pub lacking: Vec<String>,
    /// Those that it has and this program doesn't know: a newer program has worked on it.
    pub beyond: Vec<String>,
}

/// Where the schema and this program differ. Changes nothing.
///
/// # Errors
/// A fault of the database.
pub async fn apart(reader: &Connection, migrations: &[Migrations]) -> Result<Apart, Fault> {
    let known = migrate::names(migrations);
    let mut done: Vec<String> = Vec::new();
    if has_schema(reader).await? {
        let sql = "SELECT version FROM seaql_migrations ORDER BY version";
        for row in reader.query_all_raw(Statement::from_string(reader.get_database_backend(), sql)).await? {
            done.push(row.try_get("", "version")?);
        }
    }
    let lacking = known.iter().filter(|name| !done.contains(*name)).cloned().collect();
    let beyond = done.into_iter().filter(|name| !known.contains(name)).collect();
    Ok(Apart { lacking, beyond })
}

/// Whether this program has made its tables there.
///
/// # Errors
/// A fault of the database.
pub async fn has_schema(conn: &impl ConnectionTrait) -> Result<bool, Fault> {
    Ok(text_columns(conn).await?.iter().any(|(table, _)| table == "seaql_migrations"))
}

/// Every column of every table that holds text: table and column, sorted.
///
/// # Errors
/// A fault of the database.
pub async fn text_columns(conn: &impl ConnectionTrait) -> Result<Vec<(String, String)>, Fault> {
    let sql = match conn.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name AS place, column_name AS name FROM information_schema.columns \
             WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying')"
        }
        _ => {
            "SELECT t.name AS place, c.name AS name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND (lower(c.type) LIKE '%char%' OR lower(c.type) LIKE '%text%')"
        }
    };
    let mut columns = Vec::new();
    for row in conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await? {
        columns.push((row.try_get("", "place")?, row.try_get("", "name")?));
    }
    columns.sort();
    Ok(columns)
}

/// The tables that have a column of this name, sorted.
///
/// # Errors
/// A fault of the database.
pub async fn tables_with(reader: &Connection, column: &str) -> Result<Vec<String>, Fault> {
    let sql = match reader.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name AS place FROM information_schema.columns \
             WHERE table_schema = current_schema() AND column_name = $1 ORDER BY 1"
        }
        _ => {
            "SELECT t.name AS place FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND c.name = ? ORDER BY 1"
        }
    };
    let asked = Statement::from_sql_and_values(reader.get_database_backend(), sql, [column.into()]);
    let rows = reader.query_all_raw(asked).await?;
    rows.iter().map(|row| Ok(row.try_get("", "place")?)).collect()
}

/// The database server's own clock, in microseconds since 1970; for a file this machine's.
///
/// # Errors
/// A fault of the database.
pub async fn clock(reader: &Connection) -> Result<i64, Fault> {
    let sql = match reader.get_database_backend() {
        DbBackend::Postgres => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS now",
        _ => "SELECT CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER) AS now",
    };
    let row = reader.query_one_raw(Statement::from_string(reader.get_database_backend(), sql)).await?;
    let row = row.ok_or_else(|| Fault::Stored("the clock gave no row".into()))?;
    Ok(row.try_get("", "now")?)
}

/// Whether the database finds itself sound: what is wrong, as it says it. A server looks after itself.
///
/// # Errors
/// A fault of the database.
pub async fn soundness(conn: &impl ConnectionTrait) -> Result<Vec<String>, Fault> {
    if conn.get_database_backend() == DbBackend::Postgres {
        return Ok(Vec::new());
    }
    let rows = conn.query_all_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(10)")).await?;
    let said: Vec<String> = rows.iter().filter_map(|row| row.try_get_by_index(0).ok()).collect();
    Ok(said.into_iter().filter(|line| line != "ok").collect())
}
