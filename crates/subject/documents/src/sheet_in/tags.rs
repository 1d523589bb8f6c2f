//! Counts the tags of a workbook's parts, as the parser would keep something for many of them: a string for each `<si/>` of
//! five bytes, a range for each merged cell, and as much memory at once as `<sst uniqueCount="…">` claims, which ends the
//! whole program if there is not so much.

use super::SheetProblem;

/// Shared strings; a roster of 300,000 rows with a dozen columns of different texts.
const STRINGS: u32 = 4_000_000;
/// Merged ranges.
const MERGED: u32 = 1_000_000;
/// Other tags that the parser may keep something for: sheets, names, styles, links.
const OTHERS: u32 = 1_000_000;
/// From one tag to the next. A cell's text has 32,767 characters at most; pictures and fonts have runs without a `<`.
const GAP: usize = 16 << 20;
/// What is looked at of a tag.
const HEAD: usize = 512;
/// Digits of a number that a tag claims.
const DIGITS: usize = 7;

/// Tags whose content goes through the parser and is gone: a sheet's cells, the looks of single letters, and how they are
/// pronounced, of which Chinese spreadsheets write a tag into each string.
const STREAMED: &[&[u8]] = &[
    b"c",
    b"v",
    b"row",
    b"f",
    b"is",
    b"t",
    b"r",
    b"rPr",
    b"rFont",
    b"sz",
    b"color",
    b"family",
    b"charset",
    b"scheme",
    b"rPh",
    b"phoneticPr",
];

/// What was seen so far.
#[derive(Default)]
pub(super) struct Tags {
    strings: u32,
    merged: u32,
    others: u32,
    /// Bytes since the last `<`.
    since: usize,
    /// The beginning of the tag that is being read, until its name and, for `sst`, its attributes are known.
    head: Vec<u8>,
    is_open: bool,
}

impl Tags {
    /// Another part begins.
    pub(super) fn begin(&mut self) {
        (self.since, self.is_open) = (0, false);
        self.head.clear();
    }

    pub(super) fn merged_ranges(&self) -> u32 {
        self.merged
    }

    /// Goes on with these bytes.
    pub(super) fn see(&mut self, bytes: &[u8]) -> Result<(), SheetProblem> {
        let mut at = 0;
        for found in memchr::memchr_iter(b'<', bytes) {
            self.between(bytes.get(at..found).unwrap_or_default())?;
            self.close()?;
            (self.since, self.is_open) = (0, true);
            at = found + 1;
        }
        self.between(bytes.get(at..).unwrap_or_default())
    }

    fn between(&mut self, bytes: &[u8]) -> Result<(), SheetProblem> {
        self.since = self.since.saturating_add(bytes.len());
        if self.since > GAP {
            return Err(SheetProblem::UnpacksTooBig);
        }
        if self.is_open {
            let rest = HEAD - self.head.len();
            self.head.extend_from_slice(bytes.get(..rest).unwrap_or(bytes));
            if self.head.len() >= HEAD {
                self.close()?;
            }
        }
        Ok(())
    }

    /// The tag's beginning is known: counts it.
    fn close(&mut self) -> Result<(), SheetProblem> {
        if !std::mem::take(&mut self.is_open) {
            return Ok(());
        }
        let head = std::mem::take(&mut self.head);
        let counted = self.count(&head);
        // The same room serves for the next.
        self.head = head;
        self.head.clear();
        counted
    }

    fn count(&mut self, head: &[u8]) -> Result<(), SheetProblem> {
        let ends = |byte: &u8| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n');
        let end = head.iter().position(ends).unwrap_or(head.len());
        let name = head.get(..end).unwrap_or_default();
        let name = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
        let (count, most) = match name {
            // An end tag, which begins with its slash, and what is no element.
            b"" => return Ok(()),
            _ if STREAMED.contains(&name) => return Ok(()),
            b"si" => (&mut self.strings, STRINGS),
            b"mergeCell" => (&mut self.merged, MERGED),
            b"sst" if claims(head) => return Err(SheetProblem::UnpacksTooBig),
            _ => (&mut self.others, OTHERS),
        };
        *count += 1;
        if *count > most { Err(SheetProblem::TooMuch) } else { Ok(()) }
    }
}

/// Whether a tag holds a number that is too long, in what is before its end.
fn claims(head: &[u8]) -> bool {
    let end = head.iter().position(|byte| *byte == b'>').unwrap_or(head.len());
    // A tag too long to be looked at whole may claim anything.
    let is_cut = end == head.len() && head.len() >= HEAD;
    let digits = head.get(..end).unwrap_or_default().split(|byte| !byte.is_ascii_digit());
    is_cut || digits.map(<[u8]>::len).max() > Some(DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, piece: usize) -> Result<(u32, u32, u32), SheetProblem> {
        let mut tags = Tags::default();
        for bytes in text.as_bytes().chunks(piece) {
            tags.see(bytes)?;
        }
        tags.close()?;
        Ok((tags.strings, tags.merged, tags.others))
    }

    #[test]
    fn tags_are_counted_wherever_the_pieces_end() {
        let strings = "<x:sst a='1'><si><t>a</t><phoneticPr fontId='1'/></si><x:si/></x:sst>";
        let text = format!("<?xml?>{strings}<mergeCell ref='A1'/><xf/><c r='A1'><v>1</v></c>");
        for piece in 1..text.len() {
            // `?xml?` and `sst` and `xf`.
            assert_eq!(seen(&text, piece), Ok((2, 1, 3)), "{piece}");
        }
    }

    #[test]
    fn what_a_tag_claims_is_bounded() {
        assert!(seen("<sst xmlns='http://x/2006/main' count='9' uniqueCount='4000000'>", 7).is_ok());
        assert_eq!(seen("<sst uniqueCount='99999999999'>", 7), Err(SheetProblem::UnpacksTooBig));
        let far = format!("<sst a='{}' uniqueCount='99999999999'>", " ".repeat(HEAD));
        assert_eq!(seen(&far, 64), Err(SheetProblem::UnpacksTooBig));
    }

    #[test]
    fn no_text_is_longer_than_memory_bears() {
        assert_eq!(seen(&format!("<t>{}", "a".repeat(GAP)), CHUNK), Err(SheetProblem::UnpacksTooBig));
    }

    const CHUNK: usize = 64 << 10;
}
