//! Text with delimiters, in whatever encoding and with whatever delimiter it was exported.

use super::grid::Grid;
use super::{Limits, Sheet, SheetProblem};
use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];
/// Bytes and lines that are looked at to guess.
const SAMPLE: usize = 64 << 10;
const SAMPLE_LINES: usize = 20;
/// Bytes of a record.
const LONGEST_RECORD: usize = 4 << 20;
/// Fields of a record, most of them empty: as wide as a spreadsheet is.
const WIDEST: usize = 16_384;

pub(super) fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Sheet, SheetProblem> {
    let text = decode(bytes)?;
    // Some old systems end a file with Ctrl-Z.
    let text = text.trim_end_matches('\u{1A}');
    if text.contains('\0') {
        return Err(SheetProblem::NotATable);
    }
    if text.trim_start().starts_with('<') {
        return Err(SheetProblem::WebPage);
    }
    let mut records = Records::new(text.as_bytes(), delimiter(text), limits);
    let mut grid = Grid::new(limits);
    let mut row = 0;
    loop {
        // The reader steps over empty lines; a spreadsheet counts them.
        row += empty_lines(text, records.at);
        let Some(fields) = records.next(row)? else { break };
        for (column, field) in fields.enumerate() {
            let field = plain(std::str::from_utf8(field).map_err(|_| SheetProblem::Damaged)?);
            grid.put(row, column, field, is_scientific(field))?;
        }
        row += 1;
    }
    grid.finish(stem(file_name))
}

/// Records read into room of a fixed size: a line of a hundred million commas, or a quote that is never closed, asks for no
/// more than any other.
struct Records<'a> {
    reader: csv_core::Reader,
    bytes: &'a [u8],
    /// How much of them was read.
    at: usize,
    /// Whether the line end was read that closes what the file left open.
    is_closed: bool,
    text: Vec<u8>,
    ends: Vec<usize>,
    cell_characters: usize,
    columns: usize,
}

impl<'a> Records<'a> {
    fn new(bytes: &'a [u8], delimiter: u8, limits: &Limits) -> Self {
        let longest = limits.cell_characters.saturating_mul(4).saturating_mul(limits.columns.max(1));
        Self {
            reader: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            bytes,
            at: 0,
            is_closed: false,
            text: vec![0; longest.clamp(1 << 10, LONGEST_RECORD)],
            ends: vec![0; limits.columns.max(WIDEST)],
            cell_characters: limits.cell_characters,
            columns: limits.columns,
        }
    }

    /// The next record's fields; `row` is where it stands, for a message.
    fn next(&mut self, row: usize) -> Result<Option<impl Iterator<Item = &[u8]>>, SheetProblem> {
        use csv_core::ReadRecordResult as Seen;
        let (mut filled, mut count) = (0, 0);
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            // A line end behind the last one ends a record, or is skipped, unless a quote is open.
            let closes = rest.is_empty() && !self.is_closed;
            self.is_closed |= closes;
            let input: &[u8] = if closes { b"\n" } else { rest };
            let (Some(text), Some(ends)) = (self.text.get_mut(filled..), self.ends.get_mut(count..)) else {
                return Err(SheetProblem::Damaged);
            };
            let (seen, read, written, ended) = self.reader.read_record(input, text, ends);
            (self.at, filled, count) = (self.at + read, filled + written, count + ended);
            match seen {
                Seen::InputEmpty if closes && written > 0 => return Err(SheetProblem::QuoteOpen { row: row + 1 }),
                // Asked once more with nothing, the reader knows that this was the end.
                Seen::InputEmpty => {}
                Seen::OutputFull => {
                    let (row, column) = (row + 1, count + 1);
                    return Err(SheetProblem::CellTooLong { row, column, limit: self.cell_characters });
                }
                Seen::OutputEndsFull => {
                    return Err(SheetProblem::TooManyColumns { row: row + 1, limit: self.columns });
                }
                Seen::Record => break,
                Seen::End => return Ok(None),
            }
        }
        let (text, mut start) = (&self.text, 0);
        let fields = self.ends.get(..count).unwrap_or_default().iter();
        Ok(Some(fields.map(move |end| text.get(std::mem::replace(&mut start, *end)..*end).unwrap_or_default())))
    }
}

/// Empty lines from where a record ended. The reader ends a record at CR and leaves the LF that belongs to it.
fn empty_lines(text: &str, end: usize) -> usize {
    let Some((before, rest)) = text.split_at_checked(end) else {
        return 0;
    };
    let rest = if before.ends_with('\r') { rest.strip_prefix('\n').unwrap_or(rest) } else { rest };
    let breaks = rest.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let (lines, _) = breaks.fold((0, b' '), |(lines, last), byte| {
        let is_one_with_last = last == b'\r' && byte == b'\n';
        (lines + usize::from(!is_one_with_last), byte)
    });
    lines
}

/// A byte order mark decides; else UTF-16 by its zeros, else UTF-8 if every byte agrees, else GB18030.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetProblem> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strict(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = wide(bytes) {
        return strict(encoding, bytes);
    }
    std::str::from_utf8(bytes).map_or_else(|_| strict(GB18030, bytes), |text| Ok(Cow::Borrowed(text)))
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, SheetProblem> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text);
    }
    if bytes.contains(&0) {
        return Err(SheetProblem::NotATable);
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let before = text.split(char::REPLACEMENT_CHARACTER).next().unwrap_or_default();
    Err(SheetProblem::Encoding { row: before.matches('\n').count() + 1 })
}

/// UTF-16 without a mark: delimiters, digits and line ends have a zero on one side, and always the same.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 1..) => Some(UTF_16LE),
        (1.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// The delimiter that most of the first lines have equally often outside quotes; of two such, the one that gives more
/// columns. A comma if there is none.
fn delimiter(text: &str) -> u8 {
    let lines = count_by_line(text);
    let score = |column: usize| {
        let counts = || lines.iter().filter_map(move |line| line.get(column)).filter(|count| **count > 0);
        counts().map(|count| (counts().filter(|other| *other == count).count(), *count)).max()
    };
    let best =
        (0..DELIMITERS.len()).filter_map(|column| Some((score(column)?, column))).max_by_key(|(score, _)| *score);
    best.and_then(|(_, column)| DELIMITERS.get(column)).copied().unwrap_or(b',')
}

/// How often each delimiter stands outside quotes, in each of the first lines.
fn count_by_line(text: &str) -> Vec<[usize; DELIMITERS.len()]> {
    let mut lines = Vec::new();
    let mut counts = [0; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.bytes().take(SAMPLE).chain([b'\n']) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => lines.push(std::mem::take(&mut counts)),
            _ if quoted => {}
            _ => {
                for (count, _) in counts.iter_mut().zip(DELIMITERS).filter(|(_, delimiter)| *delimiter == byte) {
                    *count += 1;
                }
            }
        }
        if lines.len() == SAMPLE_LINES {
            break;
        }
    }
    lines
}

/// Takes off `="…"`, by which exporters keep a spreadsheet from reading a number, and our own mark against formulas.
fn plain(field: &str) -> &str {
    let field = field.trim();
    if let Some(inner) = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return inner;
    }
    field.strip_prefix('\'').filter(|rest| !rest.is_empty()).unwrap_or(field)
}

/// `1.50102E+17`: a spreadsheet wrote this number, and its last digits are gone.
fn is_scientific(field: &str) -> bool {
    let Some((digits, power)) = field.split_once(['E', 'e']) else {
        return false;
    };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number(power.trim_start_matches('+'))
        && digits.split_once('.').map_or_else(|| number(digits), |(whole, part)| number(whole) && number(part))
}

/// The file's name without folder and ending.
fn stem(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses() {
        assert_eq!(delimiter("姓名;电话\n张三;1,2\n"), b';');
        assert_eq!(delimiter("a\tb\n\"x,,,,,,y\"\tz"), b'\t');
        assert_eq!(delimiter("姓名,备注\n张三,a;b;c\n李四,\n"), b',');
        assert_eq!(delimiter("只有一列\n张三"), b',');
        assert!(
            is_scientific("1.50102E+17") && is_scientific("15E17") && !is_scientific("EMS") && !is_scientific("1.E+")
        );
        assert_eq!(plain("=\"0471\""), "0471");
        assert_eq!(plain("'+86"), "+86");
        assert_eq!(stem("C:\\表\\花名册.v2.csv"), "花名册.v2");
    }
}
