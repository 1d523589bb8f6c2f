//! `niangjia check FILE`: says of each row of a roster what would be wrong with it. Stores nothing.

use std::{
    collections::HashMap,
    io::{BufWriter, Write},
    path::Path,
    process::ExitCode,
};

use documents::sheet_in::{self, Limits};
use membership::rules::roster::{CheckedRow, check_row, find_heading, key_of};
use serde_json::json;

use crate::house::Failure;

/// All rows are right.
const RIGHT: u8 = 0;
/// Some are not.
const WRONG: u8 = 1;
/// The file is no roster.
const UNREADABLE: u8 = 2;

/// Writes one JSON line a row to standard output.
///
/// # Errors
/// When standard output can't be written.
pub fn check(file: &Path) -> Result<ExitCode, Failure> {
    let out = BufWriter::new(std::io::stdout().lock());
    Ok(ExitCode::from(write(file, out)?))
}

fn write(file: &Path, mut out: impl Write) -> Result<u8, Failure> {
    let bytes = std::fs::read(file).map_err(|err| Failure::File(file.to_owned(), err))?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let sheet = match sheet_in::read(&bytes, name, Limits::default()) {
        Ok(sheet) => sheet,
        Err(problem) => {
            tracing::error!("{problem}");
            return Ok(UNREADABLE);
        }
    };
    let Some(heading) = find_heading(&sheet.rows) else {
        tracing::error!("没有找到表头：前30行里应有“姓名”“证件号码”等列名。");
        return Ok(UNREADABLE);
    };
    let columns: Vec<_> = heading.columns.iter().map(|(_, field)| *field).collect();
    let today = kernel::Ambient::system().today();
    let (mut first_rows, mut code) = (HashMap::new(), RIGHT);
    for (at, cells) in sheet.rows.iter().enumerate().skip(heading.row + 1) {
        let Some(mut row) = check_row(cells, &columns, today) else { continue };
        repeated(&mut row, at + 1, &mut first_rows);
        let ok = row.problems.is_empty();
        code = if ok { code } else { WRONG };
        let line = json!({ "row": at + 1, "ok": ok, "normal": row.normal, "problems": row.problems });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(code)
}

/// Names the earlier row of the same person.
fn repeated(row: &mut CheckedRow, at: usize, first_rows: &mut HashMap<String, usize>) {
    let Some(key) = key_of(&row.normal) else { return };
    let first = *first_rows.entry(key).or_insert(at);
    if first != at {
        row.problems.push(kernel::problem::FieldProblem {
            field: "document_number".into(),
            code: "repeated".into(),
            message: format!("与第{first}行是同一个人，请只保留一行。"),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &str) -> (u8, Vec<serde_json::Value>) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(file);
        let mut out = Vec::new();
        let code = write(&path, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        (code, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    /// Both samples hold the same rows; what is wrong in them was put there on purpose.
    #[test]
    fn the_samples_are_as_messy_as_they_were_made() {
        for file in ["roster-messy.xlsx", "roster-messy.csv"] {
            let (code, lines) = lines(file);
            assert_eq!((code, lines.len()), (WRONG, 60), "{file}");
            let bad: Vec<(u64, String)> = lines
                .iter()
                .filter(|line| line["ok"] == false)
                .map(|line| (line["row"].as_u64().unwrap(), line["problems"][0]["code"].as_str().unwrap().to_owned()))
                .collect();
            insta::assert_json_snapshot!(file, bad);
        }
    }
}
