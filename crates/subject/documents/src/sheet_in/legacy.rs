//! Bounds of an xls file before the parser allocates: it reserves a rectangle for what a sheet's few records claim, and
//! two cells in far corners would claim more memory than the machine has.

mod strings;

use std::collections::HashSet;

use super::{Limits, SheetProblem};

/// Cells of all sheets together.
const CELLS: u64 = 4_000_000;
/// What one sheet may claim in its own words; many writers always claim the whole sheet.
const CLAIMED: u64 = 65_536 * 256;
const SHEETS: usize = 255;
/// Sector numbers from here on are marks.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

/// Records that go on with the one before; each has 8,224 bytes at most, and writers fill them.
const CONTINUED: usize = 20_000;

pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), SheetProblem> {
    let file = Compound::open(bytes).ok_or(SheetProblem::Damaged)?;
    if file.entry("EncryptedPackage").is_some() {
        return Err(SheetProblem::Password);
    }
    let entry = file.entry("Workbook").or_else(|| file.entry("Book")).ok_or(SheetProblem::NotATable)?;
    let stream = file.stream(entry).ok_or(SheetProblem::Damaged)?;
    if records(&stream, 0).filter(|(kind, _)| *kind == strings::CONTINUE).count() > CONTINUED {
        return Err(SheetProblem::TooMuch);
    }
    let lengths = strings::lengths(records(&stream, 0));
    let mut sheets = Vec::new();
    for (kind, data) in records(&stream, 0) {
        match kind {
            0x0085 => sheets.push(long(data, 0).ok_or(SheetProblem::Damaged)?),
            0x000A => break,
            _ => {}
        }
    }
    if sheets.len() > SHEETS {
        return Err(SheetProblem::TooMuch);
    }
    let (mut cells, mut text) = (0, 0_usize);
    for start in sheets {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let (here, named) = area(&stream, start, &lengths)?;
        (cells, text) = (cells + here, text.saturating_add(named));
        if cells > CELLS || text > limits.table_bytes {
            return Err(SheetProblem::TooMuch);
        }
    }
    Ok(())
}

/// The rectangle that holds a sheet's cells, and the bytes of the shared strings that they name.
fn area(stream: &[u8], start: usize, lengths: &[usize]) -> Result<(u64, usize), SheetProblem> {
    let mut named = 0_usize;
    let (mut top, mut left, mut bottom, mut right) = (u64::MAX, u64::MAX, 0, 0);
    let mut depth = 0_u32;
    for (kind, data) in records(stream, start) {
        match kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            0x0200 if claimed(data) > CLAIMED => return Err(SheetProblem::TooMuch),
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 | 0x00BD => {
                let (Some(row), Some(column)) = (short(data, 0), short(data, 2)) else {
                    continue;
                };
                if kind == 0x00FD {
                    named = named.saturating_add(strings::named(data, lengths));
                }
                // One record of several numbers reaches as far as its last.
                let more = if kind == 0x00BD { (data.len() / 6) as u64 } else { 0 };
                (top, left) = (top.min(row.into()), left.min(column.into()));
                (bottom, right) = (bottom.max(row.into()), right.max(u64::from(column) + more));
            }
            _ => {}
        }
    }
    Ok((if top == u64::MAX { 0 } else { (bottom - top + 1) * (right - left + 1) }, named))
}

/// The rectangle that a dimensions record claims.
fn claimed(data: &[u8]) -> u64 {
    let (first, last, columns) = if data.len() == 10 {
        (short(data, 0).map(u64::from), short(data, 2).map(u64::from), short(data, 6))
    } else {
        (long(data, 0).map(u64::from), long(data, 4).map(u64::from), short(data, 10))
    };
    let (first, last) = (first.unwrap_or(0), last.unwrap_or(0));
    // A last row before the first is read as a whole turn by some parsers.
    let rows = if last < first { u64::MAX } else { last - first };
    rows.saturating_mul(columns.unwrap_or(0).into())
}

/// The records from a place on: kind and data.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream.get(start..).unwrap_or_default();
    std::iter::from_fn(move || {
        let kind = short(rest, 0)?;
        let length = usize::from(short(rest, 2)?);
        let data = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..)?;
        Some((kind, data))
    })
}

/// A compound file (MS-CFB): a small file system of chained sectors.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    chains: Vec<u32>,
    directory: Vec<u8>,
}

/// Where a stream starts, and how long it is.
#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match short(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, chains: Vec::new(), directory: Vec::new() };
        let mut tables: Vec<u32> = longs(bytes.get(76..512)?).collect();
        let mut next = long(bytes, 68)?;
        let sectors = bytes.len() / sector + 1;
        while next < LAST_SECTOR {
            tables.extend(longs(file.sector(next)?));
            next = tables.pop()?;
            // More tables than sectors: the list bites its tail.
            if tables.len() > sectors + sector {
                return None;
            }
        }
        tables.retain(|table| *table < LAST_SECTOR);
        // A table named a thousand times would take the room of as many.
        let mut seen = HashSet::new();
        if !tables.iter().all(|table| seen.insert(*table)) {
            return None;
        }
        for table in tables {
            file.chains.extend(longs(file.sector(table)?));
        }
        file.directory = file.chain(long(bytes, 48)?)?;
        file.small_chains_end(sectors)?;
        Some(file)
    }

    /// Follows the chains of the small streams' home and of their list, which a parser reads whatever it looks for. Neither
    /// is longer than the file, unless it bites its tail.
    fn small_chains_end(&self, sectors: usize) -> Option<()> {
        let follow = |mut number: u32| {
            let mut room = sectors;
            while number < LAST_SECTOR {
                room = room.checked_sub(1)?;
                number = *self.chains.get(usize::try_from(number).ok()?)?;
            }
            Some(())
        };
        if long(self.bytes, 64)? == 0 {
            return Some(());
        }
        follow(long(self.bytes, 60)?)?;
        follow(long(&self.directory, 116)?)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, mut number: u32) -> Option<Vec<u8>> {
        let mut data = Vec::new();
        while number < LAST_SECTOR {
            data.extend_from_slice(self.sector(number)?);
            // A chain that bites its tail would never end.
            if data.len() > self.bytes.len() + self.sector {
                return None;
            }
            number = *self.chains.get(usize::try_from(number).ok()?)?;
        }
        Some(data)
    }

    fn entry(&self, name: &str) -> Option<Entry> {
        self.directory.chunks_exact(128).find_map(|entry| {
            let letters =
                entry.get(..64)?.chunks_exact(2).filter_map(|pair| short(pair, 0)).take_while(|unit| *unit != 0);
            let found: String = char::decode_utf16(letters).map(|sign| sign.unwrap_or('?')).collect();
            // Files of small sectors may have anything in the upper half.
            let upper = if self.sector == 512 { 0 } else { long(entry, 124)? };
            let length = u64::from(upper) << 32 | u64::from(long(entry, 120)?);
            let place = || Some(Entry { start: long(entry, 116)?, length: usize::try_from(length).ok()? });
            found.eq_ignore_ascii_case(name).then(place).flatten()
        })
    }

    fn stream(&self, entry: Entry) -> Option<Vec<u8>> {
        let mut data = if entry.length < 4096 { self.small(entry)? } else { self.chain(entry.start)? };
        data.truncate(entry.length);
        Some(data)
    }

    /// Streams under 4096 bytes lie in 64-byte pieces within the root's stream.
    fn small(&self, entry: Entry) -> Option<Vec<u8>> {
        let pieces = self.chain(long(&self.directory, 116)?)?;
        let next: Vec<u32> = longs(&self.chain(long(self.bytes, 60)?)?).collect();
        let (mut number, mut data) = (entry.start, Vec::new());
        while number < LAST_SECTOR && data.len() < entry.length {
            let at = usize::try_from(number).ok()?;
            data.extend_from_slice(pieces.get(at.checked_mul(64)?..at.checked_add(1)?.checked_mul(64)?)?);
            number = *next.get(at)?;
        }
        Some(data)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|chunk| u32::from_le_bytes(*chunk))
}

#[cfg(test)]
mod tests;
