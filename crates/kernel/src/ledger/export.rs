//! Files to take away, each noted in the audit chain.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::IntoResponse,
};
use database::Id;
use documents::{Value, csv_out::CsvWriter, sheet_out::Workbook};
use serde_json::json;

use crate::{Context, Problem, audit};

type Row = Vec<Value<'static>>;

crate::refusals! {
    /// Why a file is not made.
    pub enum ExportRefusal {
        /// More rows than a file takes at once.
        TooMany { most: u64 } = 422 "too_many_rows" "一次最多导出 {most} 条，请缩小时间或组织范围后分次导出。",
    }
}

/// The most rows of a file that is made while somebody waits.
pub(crate) const MOST_ROWS: u64 = 200_000;

/// Notes in the audit chain that something was taken away.
pub(super) async fn note(context: &Context, what: &'static str, organisation: Id, rows: usize) -> Result<(), Problem> {
    let act = &audit::Act {
        action: "ledger.export",
        object_kind: "ledger/file",
        object_id: None,
        organisation_id: Some(organisation),
        detail: json!({ "what": what, "rows": rows }),
    };
    context.unit(|unit| async move { audit::record(&unit, context, act.clone()).await }).await
}

pub(crate) fn csv(headings: &[&str], rows: &[Row]) -> Result<Vec<u8>, Problem> {
    let write = || {
        let mut file = CsvWriter::new(Vec::new())?;
        file.headings(headings.iter().copied())?;
        rows.iter().try_for_each(|row| file.row(row.iter().cloned()))?;
        file.finish()
    };
    write().map_err(|err| unwritten(&err))
}

pub(super) fn xlsx(context: &Context, title: &str, headings: &[&str], rows: &[Row]) -> Result<Vec<u8>, Problem> {
    let write = || {
        let mut book = Workbook::new(calendar::beijing_time(context.now()))?;
        let mut sheet = book.sheet("数据", title, headings)?;
        rows.iter().try_for_each(|row| sheet.row(row.iter().cloned()))?;
        book.to_bytes()
    };
    write().map_err(|err| unwritten(&err))
}

fn unwritten(err: &dyn std::fmt::Display) -> Problem {
    crate::Fault::Stored(format!("a file can't be written: {err}")).into()
}

/// The answer that a browser keeps as a file.
pub(crate) fn download(file: Vec<u8>, kind: &str, title: &str) -> impl IntoResponse + use<> {
    let media = match kind {
        "csv" => "text/csv; charset=utf-8",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    let disposition = disposition(&format!("{title}.{kind}"));
    headers.extend(HeaderValue::from_str(&disposition).ok().map(|value| (header::CONTENT_DISPOSITION, value)));
    (headers, file)
}

/// Tells a browser to keep the answer as a file of this name (RFC 6266); old ones get the ending only.
pub(crate) fn disposition(name: &str) -> String {
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
