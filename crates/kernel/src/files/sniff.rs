//! What a file is, told by its content: a name or a header can say anything.

/// A type that is taken in, and its files' ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// The media type.
    pub(super) media_type: &'static str,
    /// The ending of the name, without the dot.
    pub(super) ending: &'static str,
}

const PDF: Kind = Kind { media_type: "application/pdf", ending: "pdf" };
const PNG: Kind = Kind { media_type: "image/png", ending: "png" };
const JPEG: Kind = Kind { media_type: "image/jpeg", ending: "jpg" };
const DOCX: Kind =
    Kind { media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ending: "docx" };
const XLSX: Kind =
    Kind { media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ending: "xlsx" };

/// All types that are taken in.
pub(super) const KINDS: [Kind; 5] = [PNG, JPEG, PDF, DOCX, XLSX];

/// The type of a content, if it is taken in. Office files with macros are not.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"%PDF-") {
        return Some(PDF);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(PNG);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some(JPEG);
    }
    // An office file is a zip file; the names of its parts stand in it as they are.
    if !bytes.starts_with(b"PK\x03\x04") || holds(bytes, b"vbaProject.bin") {
        return None;
    }
    [(&b"word/document.xml"[..], DOCX), (b"xl/workbook.xml", XLSX)]
        .into_iter()
        .find(|(part, _)| holds(bytes, part))
        .map(|(_, kind)| kind)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_the_type() {
        let office = |part: &str| [b"PK\x03\x04....", part.as_bytes(), b"...."].concat();
        assert_eq!(kind(b"%PDF-1.7 ..."), Some(PDF));
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n...."), Some(PNG));
        assert_eq!(kind(b"\xff\xd8\xff\xe0...."), Some(JPEG));
        assert_eq!(kind(&office("word/document.xml")), Some(DOCX));
        assert_eq!(kind(&office("xl/workbook.xml")), Some(XLSX));
        assert_eq!(kind(&office("xl/workbook.xml xl/vbaProject.bin")), None);
        for other in [&b"MZ\x90"[..], b"<html>", b"PK\x03\x04 anything", b""] {
            assert_eq!(kind(other), None);
        }
    }
}
