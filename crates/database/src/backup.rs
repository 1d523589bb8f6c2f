//! Copies of a whole database, made while it is in use, and brought back into an empty one.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use url::Url;

use crate::{
    Fault, Settings,
    open::{Kind, connect, file},
};

/// Why a copy is not made or not brought back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// The target is there already; nothing is written over.
    #[error("{0} 已存在，不会覆盖")]
    Exists(PathBuf),
    /// A file can't be read or written.
    #[error("文件 {0} 无法读写：{1}")]
    File(PathBuf, std::io::Error),
    /// The server's own tool failed, or is not there.
    #[error("{tool} 没有成功：{why}")]
    Tool {
        /// Which tool.
        tool: &'static str,
        /// What it said.
        why: String,
    },
    /// The database refused.
    #[error("{0}")]
    Database(#[from] Fault),
}

/// Writes a copy of the database as it stands at one moment; writers go on meanwhile. An SQLite file is copied into one file
/// of its own; PostgreSQL by `pg_dump` in its custom format.
///
/// # Errors
/// [`BackupFault`].
pub async fn back_up(settings: &Settings, to: &Path) -> Result<(), BackupFault> {
    if to.exists() {
        return Err(BackupFault::Exists(to.to_owned()));
    }
    match Kind::of(&settings.url)? {
        Kind::Sqlite(path) => {
            let connection = connect(file(&path, 1, false)).await?;
            let copy = Statement::from_sql_and_values(
                DbBackend::Sqlite,
                "VACUUM INTO ?",
                [to.to_string_lossy().into_owned().into()],
            );
            let copied = connection.execute_raw(copy).await;
            connection.close().await.map_err(Fault::from)?;
            copied.map_err(Fault::from)?;
            let written = std::fs::File::open(to).and_then(|copy| copy.sync_all());
            written.map_err(|err| BackupFault::File(to.to_owned(), err))
        }
        Kind::Postgres => {
            run("pg_dump", &settings.url, &[OsStr::new("--format=custom"), OsStr::new("--file"), to.as_ref()])
        }
    }
}

/// Brings a copy back: as a new SQLite file, or into an empty PostgreSQL database by `pg_restore`.
///
/// # Errors
/// [`BackupFault`]; a database that is there already is left as it is.
pub async fn restore(settings: &Settings, from: &Path) -> Result<(), BackupFault> {
    match Kind::of(&settings.url)? {
        Kind::Sqlite(path) => {
            if path.exists() {
                return Err(BackupFault::Exists(path));
            }
            let copied = std::fs::copy(from, &path).map(drop);
            copied.map_err(|err| BackupFault::File(from.to_owned(), err))
        }
        Kind::Postgres => run(
            "pg_restore",
            &settings.url,
            &[OsStr::new("--no-owner"), OsStr::new("--single-transaction"), from.as_ref()],
        ),
    }
}

/// Runs one of the server's tools. The password goes by the environment, where other users of the machine don't see it.
fn run(tool: &'static str, url: &str, arguments: &[&OsStr]) -> Result<(), BackupFault> {
    let failed = |why: String| BackupFault::Tool { tool, why };
    let mut url = Url::parse(url).map_err(|err| failed(err.to_string()))?;
    let password = url.password().map(str::to_owned);
    url.set_password(None).map_err(|()| failed("the address takes no password".to_owned()))?;
    let mut command = Command::new(tool);
    command.args(arguments).arg("--dbname").arg(url.as_str());
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let output = command.output().map_err(|err| failed(err.to_string()))?;
    let said = || String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.success() { Ok(()) } else { Err(failed(said())) }
}
