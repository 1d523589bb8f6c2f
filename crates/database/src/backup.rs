//! Copies of a whole database, made while it is in use, and brought back into an empty one.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use percent_encoding::percent_decode_str;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use url::Url;

use crate::{
    Fault, Settings, catalog,
    open::{Kind, connect, file},
};

/// Why a copy is not made or not brought back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// The target is there already; nothing is written over.
    #[error("{0} 已存在，不会覆盖")]
    Exists(PathBuf),
    /// What another database has left would be taken for a part of the one that is brought back.
    #[error("{0} 是以前的数据库留下的文件，请先移走再恢复")]
    Remains(PathBuf),
    /// Not a copy of such a database, or one that is torn.
    #[error("{0} 不是完整的数据库备份：{1}")]
    Unsound(PathBuf, String),
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
    std::fs::read_dir(folder(to)).map_err(|err| BackupFault::File(folder(to).to_owned(), err))?;
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
            let written = || std::fs::File::open(to).and_then(|copy| copy.sync_all());
            let copied = copied.map_err(|err| BackupFault::from(Fault::from(err)));
            whole(to, copied.and_then(|_| written().map_err(|err| BackupFault::File(to.to_owned(), err))))
        }
        Kind::Postgres => {
            let arguments = [OsStr::new("--format=custom"), OsStr::new("--file"), to.as_ref()];
            whole(to, run("pg_dump", &settings.url, &arguments))
        }
    }
}

/// Leaves no half of a copy where the disk was full, say: it would look like one, and stand in the way of the next.
fn whole(to: &Path, copied: Result<(), BackupFault>) -> Result<(), BackupFault> {
    copied.inspect_err(|_| remove(to))
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
            if let Some(left) = REMAINS.map(|end| beside(&path, end)).into_iter().find(|left| left.exists()) {
                return Err(BackupFault::Remains(left));
            }
            let half = beside(&path, ".restoring");
            let brought = bring(from, &half, &path).await;
            remove(&half);
            brought
        }
        Kind::Postgres => run(
            "pg_restore",
            &settings.url,
            &[OsStr::new("--no-owner"), OsStr::new("--single-transaction"), from.as_ref()],
        ),
    }
}

/// Takes away again what [`restore`] has just brought back, where nobody can use it. A server's database is its operator's to
/// empty.
///
/// # Errors
/// When the URL is not understood.
pub fn discard(settings: &Settings) -> Result<(), Fault> {
    if let Kind::Sqlite(path) = Kind::of(&settings.url)? {
        remove(&path);
    }
    Ok(())
}

/// What SQLite keeps beside its file.
const REMAINS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Removes a file, and what SQLite keeps beside it. What is not there is in the way of nothing.
fn remove(path: &Path) {
    for end in [""].into_iter().chain(REMAINS) {
        let _ = std::fs::remove_file(beside(path, end));
    }
}

/// A name beside that of a file.
pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Copies a file, looks whether it is sound, and only then gives it the database's name.
async fn bring(from: &Path, half: &Path, to: &Path) -> Result<(), BackupFault> {
    let read = |err| BackupFault::File(from.to_owned(), err);
    let written = |err| BackupFault::File(to.to_owned(), err);
    let mut source = std::fs::File::open(from).map_err(read)?;
    let mut target = std::fs::File::create(half).map_err(written)?;
    std::io::copy(&mut source, &mut target).map_err(written)?;
    target.sync_all().map_err(written)?;
    let wrong = flaws(half).await.unwrap_or_else(|err| vec![err.to_string()]);
    if !wrong.is_empty() {
        return Err(BackupFault::Unsound(from.to_owned(), wrong.join("; ")));
    }
    std::fs::rename(half, to).map_err(written)?;
    std::fs::File::open(folder(to)).and_then(|folder| folder.sync_all()).map_err(written)
}

fn folder(of: &Path) -> &Path {
    of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What is wrong with a file that should hold a database of this program's.
async fn flaws(path: &Path) -> Result<Vec<String>, Fault> {
    let connection = connect(file(path, 1, false)).await?;
    let wrong = wrong_with(&connection).await;
    connection.close().await?;
    wrong
}

async fn wrong_with(connection: &DatabaseConnection) -> Result<Vec<String>, Fault> {
    let mut wrong = catalog::soundness(connection).await?;
    if !catalog::has_schema(connection).await? {
        wrong.push("其中没有本系统的数据".to_owned());
    }
    Ok(wrong)
}

/// The password in an address, as it is: there some signs are written by their numbers (`p%40ss`).
fn password(url: &Url) -> Option<String> {
    url.password().map(|written| percent_decode_str(written).decode_utf8_lossy().into_owned())
}

/// Runs one of the server's tools. The password goes by the environment, where other users of the machine don't see it.
fn run(tool: &'static str, url: &str, arguments: &[&OsStr]) -> Result<(), BackupFault> {
    let failed = |why: String| BackupFault::Tool { tool, why };
    let mut url = Url::parse(url).map_err(|err| failed(err.to_string()))?;
    let password = password(&url);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_handed_over_as_it_is() {
        let of = |address: &str| password(&Url::parse(address).unwrap());
        assert_eq!(of("postgres://nj:p%40s%20s%2F%231@db/niangjia").as_deref(), Some("p@s s/#1"));
        assert_eq!(of("postgres://nj:%E5%A8%98@db/niangjia").as_deref(), Some("娘"));
        assert_eq!(of("postgres://nj@db/niangjia"), None);
    }
}
