//! A file of stations as it came, read into rows: a workbook or comma text by its headings, or GeoJSON.

use documents::{
    sheet_in::{Cell, Limits, Sheet},
    table_out::NOTES,
};
use kernel::{
    Fault, Problem,
    rows_back::Table,
    table_in::{self, TableRefusal},
};
use serde_json::Value;

use super::columns::{CODE, COLUMNS, Cells, EAST, NAME, NORTH, SYSTEM};

/// The biggest file, in bytes.
pub(super) const LARGEST: usize = 4 << 20;
/// The longest cell, in characters: a hundred days, each with its reason, are longer than what else is imported.
const CELL: usize = 10_000;
/// The most stations of one file.
pub const MOST: usize = 2_000;

/// A file that was read.
pub struct ReadFile {
    /// Its rows with their numbers in it: lines of a sheet, features of GeoJSON from 1.
    pub rows: Vec<(usize, Cells)>,
    /// The table in which they stood. None for GeoJSON: what a feature doesn't name stays as it is, and a table would empty it.
    pub table: Option<Table>,
}

const WANTED: &str = "应有“驿站编号”“驿站名称”等列名（GeoJSON 应有 features），请按模板填写后再上传。";

/// Reads a file.
///
/// # Errors
/// [`TableRefusal`].
pub async fn read(bytes: Vec<u8>, name: String) -> Result<ReadFile, Problem> {
    let first = bytes.strip_prefix(MARK).unwrap_or(&bytes).iter().find(|byte| !byte.is_ascii_whitespace());
    let read = if first == Some(&b'{') {
        let read = tokio::task::spawn_blocking(move || geojson(bytes.strip_prefix(MARK).unwrap_or(&bytes)));
        read.await.map_err(|err| Fault::Stored(err.to_string()))??
    } else {
        sheet(bytes, name).await?
    };
    table_in::bounded(read.rows.len(), MOST)?;
    Ok(read)
}

/// What editors on Windows put before a text, which JSON does not know.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

async fn sheet(bytes: Vec<u8>, file_name: String) -> Result<ReadFile, Problem> {
    let limits = Limits {
        file_bytes: LARGEST,
        rows: 10_000,
        unpacked_bytes: 64 << 20,
        cell_characters: CELL,
        ..Limits::default()
    };
    let find = |sheet: &Sheet| table_in::head(sheet, &[CODE, NAME]);
    let (sheet, heading) = table_in::read(&file_name, bytes, limits, find, WANTED).await?;
    let places = table_in::columns(sheet.row(heading), COLUMNS.iter().map(|(heading, _)| *heading))?;
    let mut rows = Vec::new();
    // Our own files may say of themselves what they are, in a row that is no station.
    let is_station = |(_, row): &(usize, &Vec<Cell>)| row.first().is_none_or(|cell| &*cell.text != NOTES);
    for (at, row) in sheet.rows.iter().enumerate().skip(heading + 1).filter(is_station) {
        let cell = |(name, place): (&&'static str, &usize)| {
            let text = row.get(*place).map(|cell| cell.text.trim()).unwrap_or_default();
            (*name, text.to_owned())
        };
        let cells: Cells = places.iter().map(cell).collect();
        if cells.values().any(|text| !text.is_empty()) {
            rows.push((at + 1, cells));
        }
    }
    Ok(ReadFile { rows, table: Some(Table { file_name, sheet, heading }) })
}

fn geojson(bytes: &[u8]) -> Result<ReadFile, Problem> {
    let unreadable = |why: String| TableRefusal::Unreadable { why };
    if bytes.len() > LARGEST {
        return Err(unreadable("文件不能超过 4 MB，请分次导入。".to_owned()).into());
    }
    let whole: Value = serde_json::from_slice(bytes)
        .map_err(|err| unreadable(format!("GeoJSON 文件第{}行写法有误，请核对后再上传。", err.line())))?;
    let features = whole.get("features").and_then(Value::as_array).ok_or(TableRefusal::NoHeading { wanted: WANTED })?;
    let mut rows = Vec::with_capacity(features.len());
    for (number, feature) in (1..).zip(features) {
        let at = |path: &str| feature.pointer(path);
        let mut cells = Cells::new();
        for (heading, name) in COLUMNS {
            if let Some(text) = at(&format!("/properties/{name}")).and_then(told) {
                cells.insert(heading, text);
            }
        }
        // RFC 7946: what isn't on the map has a geometry that is null.
        if at("/geometry").is_some_and(Value::is_null) {
            cells.insert(EAST, String::new());
            cells.insert(NORTH, String::new());
        }
        if let Some(shape) = at("/geometry/type").and_then(Value::as_str) {
            let numbers = at("/geometry/coordinates").and_then(Value::as_array).map(Vec::as_slice);
            // What is no point has no place among the numbers; as it stands it is told of its row.
            let (east, north) = match numbers {
                Some([east, north, ..]) if shape == "Point" => (east.to_string(), north.to_string()),
                _ => (shape.to_owned(), shape.to_owned()),
            };
            cells.insert(EAST, east);
            cells.insert(NORTH, north);
            // RFC 7946: the numbers are WGS-84 unless the sender says that he did otherwise.
            cells.entry(SYSTEM).or_insert_with(|| "WGS-84".to_owned());
        }
        rows.push((number, cells));
    }
    Ok(ReadFile { rows, table: None })
}

fn told(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(parts) => Some(parts.iter().filter_map(told).collect::<Vec<_>>().join("、")),
        _ => None,
    }
}
