//! Files that a browser keeps.

use axum::http::{HeaderName, HeaderValue, header};

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type of a letter.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The headers of a file to keep. `name` is Chinese; browsers take it percent-encoded (RFC 5987).
#[must_use]
pub fn attachment(media_type: &'static str, name: &str) -> [(HeaderName, HeaderValue); 2] {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let value = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"));
    let value = value.unwrap_or(HeaderValue::from_static("attachment"));
    [(header::CONTENT_TYPE, HeaderValue::from_static(media_type)), (header::CONTENT_DISPOSITION, value)]
}
