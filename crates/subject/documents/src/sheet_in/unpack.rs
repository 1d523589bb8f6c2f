//! Looks into a zip archive before a spreadsheet parser does: what it says it unpacks to, what it really does, and how much
//! of what is in it the parser would keep.

use super::{Limits, SheetProblem, tags::Tags};
use std::io::{Cursor, Read};
use zip::ZipArchive;

const CHUNK: usize = 64 << 10;

/// What is in the archive.
pub(super) struct Contents {
    /// Has any sheet merged cells? Finding out later costs a second walk through the sheet.
    pub(super) has_merged_cells: bool,
}

/// Refuses bombs: first by the sizes that the directory declares, then, as these may lie, by unpacking every entry into
/// nothing. A part's name tells nothing (the workbook says which part is what), so all parts are held to the same.
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
    let mut tags = Tags::default();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|_| SheetProblem::Damaged)?;
        tags.begin();
        walk(&mut entry, &mut room, &mut tags)?;
    }
    Ok(Contents { has_merged_cells: tags.merged_ranges() > 0 })
}

/// Unpacks one entry.
fn walk(entry: &mut impl Read, room: &mut u64, tags: &mut Tags) -> Result<(), SheetProblem> {
    let mut chunk = vec![0_u8; CHUNK];
    loop {
        let count = entry.read(&mut chunk).map_err(|_| SheetProblem::Damaged)?;
        if count == 0 {
            return Ok(());
        }
        *room = room.checked_sub(count as u64).ok_or(SheetProblem::UnpacksTooBig)?;
        tags.see(chunk.get(..count).unwrap_or_default())?;
    }
}
