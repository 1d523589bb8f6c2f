//! Files that a browser keeps.

use axum::http::{HeaderName, HeaderValue, header};

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type of text with commas.
pub const CSV: &str = "text/csv; charset=utf-8";
/// The media type of pages to print.
pub const PDF: &str = "application/pdf";
/// The media type of a letter.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The headers of a file to keep.
#[must_use]
pub fn attachment(media_type: &'static str, name: &str) -> [(HeaderName, HeaderValue); 2] {
    let value = HeaderValue::from_str(&disposition(name)).unwrap_or(HeaderValue::from_static("attachment"));
    [(header::CONTENT_TYPE, HeaderValue::from_static(media_type)), (header::CONTENT_DISPOSITION, value)]
}

/// Tells a browser to keep the answer as a file of this name (RFC 6266), which is Chinese and so percent-encoded; old ones
/// get the ending only.
#[must_use]
pub fn disposition(name: &str) -> String {
    let ending = name.rsplit('.').next().filter(|ending| ending.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let encoded: String = name.bytes().map(encoded).collect();
    format!("attachment; filename=\"niangjia.{}\"; filename*=UTF-8''{encoded}", ending.unwrap_or("bin"))
}

/// A byte of a file's name as RFC 5987 writes it.
fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
