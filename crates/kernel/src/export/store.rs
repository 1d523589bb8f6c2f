//! The file in the database: pieces of a quarter MiB, each sealed for its place, so that any server process can hand them
//! out and a stolen copy of the database tells nothing.

use std::{fs::File, io::Read};

use database::{Connection, Fault, Id, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use secret::{
    Place,
    digest::{Digests, Running},
};

use super::{
    tables::{Entity, Model, chunk},
    work::running,
};
use crate::{Context, Problem};

/// Bytes of a piece.
const PIECE: usize = 256 * 1024;
/// Pieces of one unit.
const AT_ONCE: usize = 4;

/// Where a piece is sealed: its number stands in the place, so that none can be moved.
fn place(export: Id, column: &str) -> Place<'_> {
    Place { table: "export_chunk", column, row_key: export.0 }
}

fn column(number: i32) -> String {
    format!("bytes/{number}")
}

/// Takes a file's pieces away.
pub(super) async fn clear(unit: &Unit, export: Id) -> Result<(), Problem> {
    chunk::Entity::delete_many().filter(chunk::Column::ExportId.eq(export)).exec(unit).await?;
    Ok(())
}

/// Keeps a file, and answers its size and digests; nothing if the export was cancelled or begun anew meanwhile.
pub(super) async fn keep(context: &Context, export: &Model, mut file: File) -> Result<Option<(i64, Digests)>, Problem> {
    let (mut size, mut number, mut hash) = (0_i64, 0_i32, Running::default());
    loop {
        // A few pieces from a local disk take less time than handing the file to another thread.
        let mut rows = Vec::with_capacity(AT_ONCE);
        while rows.len() < AT_ONCE {
            let piece = read_piece(&mut file)?;
            if piece.is_empty() {
                break;
            }
            size += i64::try_from(piece.len()).unwrap_or(i64::MAX);
            hash.update(&piece);
            rows.push(row(context, export.id, number, &piece)?);
            number += 1;
        }
        if rows.is_empty() {
            return Ok(Some((size, hash.finish())));
        }
        let rows = &rows;
        let taken = context.unit(|unit| async move {
            if Entity::find().filter(running(export)).one(&unit).await?.is_none() {
                return Ok(false);
            }
            chunk::Entity::insert_many(rows.clone()).exec_without_returning(&unit).await?;
            Ok(true)
        });
        if !taken.await? {
            return Ok(None);
        }
    }
}

/// Keeps a file that is held in memory.
pub(super) async fn keep_bytes(unit: &Unit, context: &Context, export: Id, bytes: &[u8]) -> Result<(), Problem> {
    for (number, piece) in (0..).zip(bytes.chunks(PIECE)) {
        chunk::Entity::insert(row(context, export, number, piece)?).exec_without_returning(unit).await?;
    }
    Ok(())
}

fn row(context: &Context, export: Id, number: i32, piece: &[u8]) -> Result<chunk::ActiveModel, Problem> {
    let house = context.house();
    let column = column(number);
    let sealed = house.keyring().seal_bytes(place(export, &column), piece, house.ambient().bytes());
    let sealed = sealed.map_err(|err| Fault::Stored(format!("a piece of a file: {err}")))?;
    Ok(chunk::ActiveModel { export_id: Set(export), number: Set(number), bytes: Set(sealed) })
}

fn read_piece(file: &mut File) -> Result<Vec<u8>, Problem> {
    let mut piece = Vec::with_capacity(PIECE);
    let limit = u64::try_from(PIECE).unwrap_or(u64::MAX);
    file.take(limit).read_to_end(&mut piece).map_err(|err| Fault::Stored(format!("a file: {err}")))?;
    Ok(piece)
}

/// A piece of a file; nothing behind the last one.
pub(super) async fn piece(
    conn: &Connection,
    context: &Context,
    export: Id,
    number: i32,
) -> Result<Option<Vec<u8>>, Problem> {
    let Some(found) = chunk::Entity::find_by_id((export, number)).one(conn).await? else { return Ok(None) };
    let column = column(number);
    let opened = context.house().keyring().open_bytes(place(export, &column), &found.bytes);
    Ok(Some(opened.map_err(|err| Fault::Stored(format!("a piece of a file: {err}")))?))
}
