//! Reads a roster from the bytes of a file, whatever its ending says: xlsx, xls, or text with delimiters in UTF-8,
//! UTF-16 or GB18030. Everything is bounded, and no bytes make it panic.

mod grid;
mod legacy;
mod problem;
mod tags;
mod text;
mod unpack;
mod workbook;

pub use grid::{Cell, Sheet, formula_error};
pub use problem::SheetProblem;

use std::panic::{AssertUnwindSafe, catch_unwind};

/// How much a file may ask for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: usize,
    /// Bytes of everything in its zip archive once unpacked.
    pub unpacked_bytes: u64,
    /// Entries of its zip archive.
    pub entries: usize,
    /// Rows, headings included.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Characters in a cell.
    pub cell_characters: usize,
    /// Bytes of the table in memory, because a shared string may be repeated a million times at no cost to the file, and a
    /// cell far to the right brings empty ones with it.
    pub table_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 200 << 20,
            unpacked_bytes: 2 << 30,
            entries: 2_000,
            rows: 1_048_576,
            columns: 256,
            cell_characters: 4_000,
            table_bytes: 1 << 30,
        }
    }
}

/// How files begin that people take for their roster: papers, pictures and archives. Many have no byte by which they could not
/// be text, so a table without headings would be seen in them.
const NO_TABLES: [&[u8]; 7] =
    [b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"Rar!\x1A", b"7z\xBC\xAF\x27\x1C"];

/// Reads the first sheet that isn't empty. Row `i` of the answer is row `i + 1` of the file, so that a message can name it;
/// rows and the cells of a row end where nothing more follows.
///
/// # Errors
/// What stands in the way, with a Chinese sentence that says what to do.
pub fn read(bytes: &[u8], file_name: &str, limits: Limits) -> Result<Sheet, SheetProblem> {
    read_as(bytes, file_name, limits, Wanted::First)
}

/// Reads the sheet that is `wanted`, and where none is, the first that isn't empty: rosters often lie behind a sheet that tells
/// how to fill them in. Where a union keeps each month or each company on a sheet of its own, the first alone would be read and
/// the others lost unseen, so a second one that is wanted, too, and holds anything, is refused.
///
/// # Errors
/// As [`read`], and [`SheetProblem::Several`].
pub fn read_where(
    bytes: &[u8],
    file_name: &str,
    limits: Limits,
    wanted: impl Fn(&Sheet) -> bool,
) -> Result<Sheet, SheetProblem> {
    read_as(bytes, file_name, limits, Wanted::Only(&wanted))
}

/// Which sheet of a workbook is looked for.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    /// The first that isn't empty.
    First,
    /// That of which this is so.
    Only(&'a dyn Fn(&Sheet) -> bool),
}

fn read_as(bytes: &[u8], file_name: &str, limits: Limits, wanted: Wanted<'_>) -> Result<Sheet, SheetProblem> {
    if bytes.len() > limits.file_bytes {
        return Err(SheetProblem::FileTooBig { megabytes: limits.file_bytes >> 20 });
    }
    // The parsers are other people's: what they don't survive is a damaged file, not the end of the server.
    let read = catch_unwind(AssertUnwindSafe(|| match bytes {
        [b'P', b'K', 3, 4, ..] => workbook::read_xlsx(bytes, &limits, wanted),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => workbook::read_xls(bytes, &limits, wanted),
        _ if NO_TABLES.iter().any(|begin| bytes.starts_with(begin)) => Err(SheetProblem::NotATable),
        _ => text::read(bytes, file_name, &limits),
    }));
    read.unwrap_or(Err(SheetProblem::Damaged))
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod bombs;
