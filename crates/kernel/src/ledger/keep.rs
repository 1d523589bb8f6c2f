//! The index in a file, so that a start reads only the facts that came since. The file proves nothing and may be deleted at
//! any time: one that is absent, was changed, or belongs to another ledger (a copy of the database was brought back) is
//! passed over, and the index is filled from the facts. `verify` compares what came from it with every fact.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::Duration,
};

use database::{Id, Moment};
use sea_orm::{EntityTrait, QuerySelect};
use secret::{Keyring, STAMP, Stamp};
use serde::{Deserialize, Serialize};
use tokio::{task::spawn_blocking, time::sleep};

use super::{
    fact,
    follow::{BATCH, Shelf},
    index::Book,
    surroundings::{self, Standing},
};
use crate::{Context, House, Problem};

/// What the stamp is for.
const PURPOSE: &str = "ledger index";
/// To be raised whenever a book is written in another form, or takes the same facts in another way.
const LAYOUT: u32 = 2;
/// How often the running program looks whether there is enough to be kept.
const LOOK: Duration = Duration::from_secs(600);
/// The file is written anew when a fiftieth of the facts is not in it, so that a start is never long about them.
const PART: i64 = 50;
/// Bytes that are stamped and written at a time.
const PIECE: usize = 1 << 20;

/// Where the book was read up to: the places, and what stood there, by which the same ledger is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    facts: i64,
    fact: Id,
    recorded_at: Moment,
    merges: i64,
    merged: Option<(Id, Id)>,
}

/// Why there is no file to go by.
#[derive(Debug, thiserror::Error)]
enum Unkept {
    #[error("{0}")]
    File(#[from] io::Error),
    #[error("{0}")]
    Form(#[from] postcard::Error),
    #[error("it bears no stamp of this house")]
    Stamp,
    #[error("it was written by another version of the program")]
    Layout,
}

/// Keeps the index of the running program's ledger until the program stops. Fills it at once, so that nobody waits for that.
pub async fn keep_index(house: House) {
    let stopping = house.tasks().stopping();
    loop {
        let context = &Context::system(&house, "the ledger's index");
        let stand =
            house.index().stand(context).await.map(|(facts, kept)| facts - kept >= i64::from(BATCH).max(facts / PART));
        let done = match stand {
            Ok(true) => keep(context).await,
            Ok(false) => Ok(()),
            Err(problem) => Err(problem),
        };
        if let Err(problem) = done {
            tracing::warn!(%problem, "the ledger's index was not kept");
        }
        if stopping.is_cancelled() {
            return;
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = sleep(LOOK) => {}
        }
    }
}

/// Writes the index to its file as it stands now.
///
/// # Errors
/// A fault of the database, or a file that can't be written.
pub async fn keep(context: &Context) -> Result<(), Problem> {
    let (book, standing) = context.house().index().copy(context).await?;
    let Some(mark) = mark(context, standing).await? else { return Ok(()) };
    let (house, path) = (context.house().clone(), context.house().settings().ledger_index.clone());
    let written = spawn_blocking(move || write(&path, house.keyring().stamp(PURPOSE), &mark, &book)).await;
    let unkept = |err: String| Problem::from(crate::Fault::Stored(format!("the ledger's index: {err}")));
    written.map_err(|err| unkept(err.to_string()))?.map_err(|err| unkept(err.to_string()))?;
    context.house().index().is_kept_up_to(standing.facts);
    Ok(())
}

/// The index as it was kept, if it belongs to this ledger.
pub(super) async fn find(context: &Context) -> Result<Option<Shelf>, Problem> {
    let (house, path) = (context.house().clone(), context.house().settings().ledger_index.clone());
    let read = spawn_blocking(move || read(&path, house.keyring())).await;
    let (kept, book) = match read {
        Ok(Ok(kept)) => kept,
        Ok(Err(Unkept::File(err))) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(Err(why)) => {
            tracing::warn!(%why, "the ledger's kept index is passed over");
            return Ok(None);
        }
        Err(err) => {
            tracing::warn!(%err, "the ledger's kept index could not be read");
            return Ok(None);
        }
    };
    // The tree is always taken in anew: its changes are few, and are corrected for days past.
    let standing = Standing { facts: kept.facts, merges: kept.merges, tree: -1 };
    if mark(context, standing).await? != Some(kept) {
        tracing::warn!("the ledger's kept index belongs to another ledger and is passed over");
        return Ok(None);
    }
    Ok(Some(Shelf { book, standing, recorded_at: Some(kept.recorded_at) }))
}

/// What stands in the ledger at these places; none if there is no fact.
async fn mark(context: &Context, standing: Standing) -> Result<Option<Mark>, Problem> {
    let Standing { facts, merges, .. } = standing;
    let last = fact::Entity::find_by_id(facts).select_only().columns([fact::Column::Id, fact::Column::RecordedAt]);
    let Some((fact, recorded_at)) = last.into_tuple().one(context.read()).await? else { return Ok(None) };
    let merged = surroundings::merged_at(context.read(), merges).await?;
    Ok(Some(Mark { facts, fact, recorded_at, merges, merged }))
}

fn write(path: &Path, stamp: Stamp, mark: &Mark, book: &Book) -> Result<(), Unkept> {
    let new = path.with_extension("new");
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
    let stamping = BufWriter::with_capacity(PIECE, Stamping { file, stamp });
    let stamping = postcard::to_io(&(LAYOUT, mark, book), stamping)?;
    let Stamping { mut file, stamp } = stamping.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.write_all(&stamp.finish())?;
    file.sync_all()?;
    Ok(fs::rename(&new, path)?)
}

fn read(path: &Path, keyring: &Keyring) -> Result<(Mark, Book), Unkept> {
    let bytes = fs::read(path)?;
    let (bytes, theirs) = bytes.split_last_chunk::<STAMP>().ok_or(Unkept::Stamp)?;
    let mut stamp = keyring.stamp(PURPOSE);
    stamp.update(bytes);
    if !stamp.is(theirs) {
        return Err(Unkept::Stamp);
    }
    let (layout, bytes) = postcard::take_from_bytes::<u32>(bytes)?;
    if layout != LAYOUT {
        return Err(Unkept::Layout);
    }
    let (mark, book) = postcard::from_bytes::<(Mark, Book)>(bytes)?;
    Ok((mark, book.revived()))
}

/// Stamps what is written to a file.
struct Stamping {
    file: File,
    stamp: Stamp,
}

impl Write for Stamping {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.stamp.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
