//! Who serves a file: one process, as each holds in its memory what figures need and hears of no other. A lock on a file beside
//! the database tells of it, which the system takes back when the process ends, however it ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Error, ErrorKind},
    path::{Path, PathBuf},
};

use crate::{Fault, Settings, backup::beside, open::Kind};

/// Why a database is not served, or it can't be told whether it is.
#[derive(Debug, thiserror::Error)]
pub enum ServingFault {
    /// Another process serves it.
    #[error("{0} is served by another process")]
    Taken(PathBuf),
    /// The file beside it can't be read, written or locked.
    #[error("{0}: {1}")]
    File(PathBuf, Error),
    /// The address is none.
    #[error("{0}")]
    Database(#[from] Fault),
}

/// That this process serves a database, until this is dropped.
#[derive(Debug)]
#[must_use]
pub struct Serving {
    _lock: Option<File>,
}

/// Who serves a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Served {
    /// A process.
    Yes,
    /// Nobody.
    No,
    /// Any number of processes may, on any machine.
    Anywhere,
}

/// Begins to serve a database.
///
/// # Errors
/// [`ServingFault`].
pub fn begin(settings: &Settings) -> Result<Serving, ServingFault> {
    let Kind::Sqlite(database) = Kind::of(&settings.url)? else { return Ok(Serving { _lock: None }) };
    let path = lock_of(&database);
    let opened = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(|err| ServingFault::File(path.clone(), err))?;
    match file.try_lock() {
        Ok(()) => Ok(Serving { _lock: Some(file) }),
        Err(TryLockError::WouldBlock) => Err(ServingFault::Taken(database)),
        Err(TryLockError::Error(err)) => Err(ServingFault::File(path, err)),
    }
}

/// Looks who serves a database. Makes nothing.
///
/// # Errors
/// [`ServingFault`].
pub fn look(settings: &Settings) -> Result<Served, ServingFault> {
    let Kind::Sqlite(database) = Kind::of(&settings.url)? else { return Ok(Served::Anywhere) };
    let path = lock_of(&database);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(err) if err.kind() == ErrorKind::NotFound => return Ok(Served::No),
        Err(err) => return Err(ServingFault::File(path, err)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(Served::No),
        Err(TryLockError::WouldBlock) => Ok(Served::Yes),
        Err(TryLockError::Error(err)) => Err(ServingFault::File(path, err)),
    }
}

/// What is locked. It stays when nobody serves: taken away, it might be another's by then.
fn lock_of(database: &Path) -> PathBuf {
    // The same file, by whatever name it is opened.
    beside(&database.canonicalize().unwrap_or_else(|_| database.to_owned()), ".serving")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_serves_a_file_until_he_is_gone_and_any_number_a_server() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        let told = Settings::file(&file);
        assert_eq!(look(&told).unwrap(), Served::No);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "who looks makes nothing");
        std::fs::write(&file, "").unwrap();
        let serving = begin(&told).unwrap();
        assert_eq!(look(&told).unwrap(), Served::Yes);
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        for same in [told.clone(), Settings::file(&link)] {
            assert!(matches!(begin(&same).unwrap_err(), ServingFault::Taken(_)));
        }
        drop(serving);
        assert_eq!(look(&told).unwrap(), Served::No);
        drop(begin(&told).unwrap());

        let server = Settings::new("postgres://niangjia@127.0.0.1/niangjia");
        let both = [begin(&server).unwrap(), begin(&server).unwrap()];
        assert_eq!(look(&server).unwrap(), Served::Anywhere);
        drop(both);
    }
}
