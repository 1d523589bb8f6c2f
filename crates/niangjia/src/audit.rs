//! `niangjia audit checkpoint`, and where the daily checkpoints go.

use std::{
    fs::OpenOptions,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
};

use kernel::{
    Context,
    audit::checkpoint::{Checkpoint, CheckpointKeeper, latest},
};

use crate::{
    house::{self, Failure},
    settings::Settings,
};

/// Prints the chain's checkpoint as it is now.
///
/// # Errors
/// When the database doesn't allow it.
pub async fn checkpoint(settings: &Settings) -> Result<(), Failure> {
    let house = house::enter(settings).await?;
    match latest(&Context::system(&house, "a checkpoint on the command line")).await? {
        Some(line) => writeln!(std::io::stdout(), "{line}")?,
        None => tracing::info!("审计链还是空的，没有检查点"),
    }
    Ok(())
}

/// Reads checkpoints that were kept elsewhere; empty lines are passed over.
///
/// # Errors
/// When the file can't be read, or a line is no checkpoint.
pub fn kept(file: &Path) -> Result<Vec<Checkpoint>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|err| Failure::File(file.to_owned(), err))?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| Checkpoint::read(line).ok_or(Failure::Checkpoint(number))).collect()
}

/// Where the daily checkpoints go.
#[must_use]
pub fn keepers(settings: &Settings) -> Vec<Arc<dyn CheckpointKeeper>> {
    let folder = settings.checkpoint_dir.clone().map(|dir| Arc::new(Folder(dir)) as Arc<dyn CheckpointKeeper>);
    let address = settings.checkpoint_url.clone().map(|url| Arc::new(server::HttpKeeper::new(url)) as _);
    folder.into_iter().chain(address).collect()
}

/// Adds lines to a file in a folder.
struct Folder(PathBuf);

impl Folder {
    fn add(&self, line: &str) -> std::io::Result<()> {
        let path = self.0.join("niangjia-checkpoints.txt");
        let mut file = OpenOptions::new().append(true).create(true).mode(0o640).open(path)?;
        file.write_all(format!("{line}\n").as_bytes())?;
        file.sync_all()
    }
}

impl CheckpointKeeper for Folder {
    fn keep<'a>(&'a self, line: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        Box::pin(async move { self.add(line).map_err(|err| err.to_string()) })
    }
}
