//! The peers: programs in Python that do the same with DuckDB, PostgreSQL, PostGIS, Redis, SQLite's shell and openpyxl, and say
//! how long it took and what came out. `bench/run.sh` installs them and names them in the environment.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::de::DeserializeOwned;

use crate::Outcome;

/// Runs a script on a folder and reads what it answers.
pub fn ask<T: DeserializeOwned>(script: &str, dir: &Path) -> Outcome<T> {
    let python = std::env::var_os("BENCH_PYTHON").ok_or("BENCH_PYTHON is not set: run `make bench`")?;
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("peers").join(script);
    let run = Command::new(python).arg(script).arg(dir).stderr(Stdio::inherit()).output()?;
    if !run.status.success() {
        return Err(format!("a peer failed: {}", run.status).into());
    }
    Ok(serde_json::from_slice(&run.stdout)?)
}
