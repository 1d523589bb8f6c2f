//! Looks into a zip archive before a spreadsheet parser does: what it says it unpacks to, and what it really does.

use super::{Limits, SheetProblem};
use memchr::memmem;
use std::io::{Cursor, Read};
use zip::ZipArchive;

const CHUNK: usize = 64 << 10;
const MERGED: &[u8] = b"mergeCell";

/// What is in the archive.
pub(super) struct Contents {
    /// Has any sheet merged cells? Finding out later costs a second walk through the sheet.
    pub(super) has_merged_cells: bool,
}

/// Refuses bombs: first by the sizes that the directory declares, then, as these may lie, by unpacking every entry into
/// nothing.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<Contents, SheetProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetProblem::Damaged)?;
    if archive.len() > limits.entries {
        return Err(SheetProblem::UnpacksTooBig);
    }
    let is_workbook = |name: &str| name.eq_ignore_ascii_case("xl/workbook.xml");
    if !archive.file_names().flatten().any(|name| is_workbook(&name)) {
        return Err(SheetProblem::NotATable);
    }
    let mut declared = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| SheetProblem::Damaged)?;
        declared = declared.saturating_add(entry.size());
    }
    if declared > limits.unpacked_bytes {
        return Err(SheetProblem::UnpacksTooBig);
    }
    let mut room = limits.unpacked_bytes;
    let mut has_merged_cells = false;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|_| SheetProblem::Damaged)?;
        let is_sheet = entry.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        has_merged_cells |= walk(&mut entry, &mut room)? && is_sheet;
    }
    Ok(Contents { has_merged_cells })
}

/// Unpacks one entry; does it speak of merged cells?
fn walk(entry: &mut impl Read, room: &mut u64) -> Result<bool, SheetProblem> {
    let mut chunk = vec![0_u8; CHUNK];
    // The end of the last chunk stays in front of the next, in case the word lies across both.
    let mut kept = 0;
    let mut found = false;
    loop {
        let free = chunk.get_mut(kept..).unwrap_or_default();
        let count = entry.read(free).map_err(|_| SheetProblem::Damaged)?;
        if count == 0 {
            return Ok(found);
        }
        *room = room.checked_sub(count as u64).ok_or(SheetProblem::UnpacksTooBig)?;
        let filled = kept + count;
        found = found || chunk.get(..filled).is_some_and(|seen| memmem::find(seen, MERGED).is_some());
        kept = filled.min(MERGED.len() - 1);
        chunk.copy_within(filled - kept..filled, 0);
    }
}
