//! Workbooks as people send them.

use documents::{
    Value,
    sheet_in::{Cell, Limits, Sheet, read},
    sheet_out::Workbook,
};

/// A workbook of a row below its headings, behind a sheet that tells how to fill it in.
#[must_use]
pub fn behind_instructions<'v>(headings: &[&str], row: impl IntoIterator<Item = Value<'v>>) -> Vec<u8> {
    let mut book = Workbook::new("2026-07-01T00:00:00".parse().unwrap()).unwrap();
    book.sheet("填表说明", "", &["填表说明"]).unwrap().row(["请如实填写。".into()]).unwrap();
    book.sheet("名单", "", headings).unwrap().row(row).unwrap();
    book.to_bytes().unwrap()
}

/// A workbook's first sheet, its rows as texts.
#[must_use]
pub fn texts_of(workbook: &[u8]) -> Vec<Vec<String>> {
    let text = |cell: &Cell| cell.text.to_string();
    first_sheet(workbook).rows.iter().map(|row| row.iter().map(text).collect()).collect()
}

/// A workbook after somebody typed over its cells: each that held the first text of a pair holds the second.
#[must_use]
pub fn typed_over(workbook: &[u8], texts: &[(&str, &str)]) -> Vec<u8> {
    let sheet = first_sheet(workbook);
    let mut rows = sheet.rows.iter();
    let headings: Vec<&str> = rows.next().into_iter().flatten().map(|cell| &*cell.text).collect();
    let mut book = Workbook::new("2026-07-01T00:00:00".parse().unwrap()).unwrap();
    let mut typed = book.sheet(&sheet.name, "", &headings).unwrap();
    for row in rows {
        let cells = row.iter().map(|cell| match texts.iter().find(|(old, _)| **old == *cell.text) {
            Some((_, new)) => Value::from(*new),
            None if cell.from_number => Value::Number((&*cell.text).into()),
            None => Value::from(&*cell.text),
        });
        typed.row(cells).unwrap();
    }
    book.to_bytes().unwrap()
}

fn first_sheet(workbook: &[u8]) -> Sheet {
    read(workbook, "a.xlsx", Limits::default()).unwrap()
}
