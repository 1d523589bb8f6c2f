//! `niangjia check FILE`: says of each row of a roster what would be wrong with it. Stores nothing.

use std::{
    collections::HashMap,
    io::{BufWriter, Write},
    path::Path,
    process::ExitCode,
};

use documents::sheet_in::{self, Limits, Sheet};
use membership::rules::roster::{CheckedRow, DOUBLE, check_row, find_heading, is_foot, key_of};
use serde_json::json;

use crate::house::Failure;

/// All rows are right.
const RIGHT: u8 = 0;
/// Some are not.
const WRONG: u8 = 1;
/// The file is no roster.
const UNREADABLE: u8 = 2;

/// Writes one JSON line a row to standard output: its number in the file, whether it is right, each field in its normal
/// form, what is wrong, and what is odd though it is taken.
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
    let has_heading = |sheet: &Sheet| find_heading(&sheet.rows).is_some();
    let sheet = match sheet_in::read_where(&bytes, name, Limits::default(), has_heading) {
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
    if heading.is_double() {
        tracing::error!("{DOUBLE}");
        return Ok(UNREADABLE);
    }
    let columns: Vec<_> = heading.columns.iter().map(|(_, field)| *field).collect();
    let today = kernel::Ambient::system().today();
    let (mut first_rows, mut code) = (HashMap::new(), RIGHT);
    for (at, cells) in sheet.rows.iter().enumerate().skip(heading.row + 1) {
        if is_foot(cells, &columns) {
            continue;
        }
        let Some(mut row) = check_row(cells, &columns, today) else { continue };
        repeated(&mut row, at + 1, &mut first_rows);
        let ok = row.problems.is_empty();
        code = if ok { code } else { WRONG };
        let line = json!({
            "row": at + 1, "ok": ok, "normal": row.normal, "problems": row.problems, "warnings": row.warnings,
        });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(code)
}

/// The first good row of a person: its number and the name in it.
type FirstRows = HashMap<String, (usize, Option<String>)>;

/// Names the earlier good row with the same paper. A row that goes in nowhere takes nobody's place.
fn repeated(row: &mut CheckedRow, at: usize, first_rows: &mut FirstRows) {
    let Some(key) = key_of(&row.normal) else { return };
    let name = row.normal.name.as_deref().map(codes::name::match_key);
    let Some((first, other)) = first_rows.get(&key) else {
        if row.problems.is_empty() {
            first_rows.insert(key, (at, name));
        }
        return;
    };
    let (code, message) = if name.is_some() && name != *other {
        ("same_document_other_name", format!("与第{first}行的证件号码相同而姓名不同，请对照证件核对两行。"))
    } else {
        ("repeated", format!("与第{first}行是同一个人，请只保留一行。"))
    };
    row.problems.push(kernel::problem::FieldProblem { field: "document_number".into(), code: code.into(), message });
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

    /// Checks a roster that is written here.
    fn check_text(name: &str, text: &str) -> Vec<serde_json::Value> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        let mut out = Vec::new();
        write(&path, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn codes_of(line: &serde_json::Value) -> Vec<&str> {
        line["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
    }

    #[test]
    fn a_row_repeats_the_first_good_one_and_another_name_is_told() {
        let (name, number, phone) = (testing::people::name(1), testing::people::number(1), testing::people::phone(1));
        let other = testing::people::name(2);
        let text = format!(
            "花名册\n\n姓名,证件号码,手机号码\n{name},{number},12345\n\n{name},{number},{phone}\n\
             {name},{number},{phone}\n{other},{number},\n合计：4人\n制表人：{other},,\n"
        );
        let lines = check_text("名册.csv", &text);
        let told: Vec<_> = lines.iter().map(|line| (line["row"].as_u64().unwrap(), codes_of(line))).collect();
        let expected =
            [(4, vec!["phone_length"]), (6, vec![]), (7, vec!["repeated"]), (8, vec!["same_document_other_name"])];
        assert_eq!(told, expected);
        assert!(lines[2]["problems"][0]["message"].as_str().unwrap().contains("第6行"));
    }

    #[test]
    fn a_line_has_its_row_its_normal_form_and_what_is_odd() {
        let number = testing::people::number(3);
        let text = format!(
            "序号;姓 名;身份证号（18位）;联系电话;入会时间\n1;阿合买提.赛买提;{number};+86 138-0000-0000;2025/6/1 0:00\n"
        );
        let lines = check_text("名册.csv", &text);
        let line = lines[0].as_object().unwrap();
        let keys: std::collections::BTreeSet<&str> = line.keys().map(String::as_str).collect();
        assert_eq!(keys.into_iter().collect::<Vec<_>>(), ["normal", "ok", "problems", "row", "warnings"]);
        assert_eq!((&line["row"], &line["ok"]), (&json!(2), &json!(true)));
        let normal = &line["normal"];
        assert_eq!(
            (&normal["name"], &normal["document_number"], &normal["phone"], &normal["member_since"]),
            (&json!("阿合买提·赛买提"), &json!(number), &json!("13800000000"), &json!("2025-06-01"))
        );
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
