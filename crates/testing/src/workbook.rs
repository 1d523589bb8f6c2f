//! Workbooks as people send them.

use documents::{Value, sheet_out::Workbook};

/// A workbook of a row below its headings, behind a sheet that tells how to fill it in.
#[must_use]
pub fn behind_instructions<'v>(headings: &[&str], row: impl IntoIterator<Item = Value<'v>>) -> Vec<u8> {
    let mut book = Workbook::new("2026-07-01T00:00:00".parse().unwrap()).unwrap();
    book.sheet("填表说明", "", &["填表说明"]).unwrap().row(["请如实填写。".into()]).unwrap();
    book.sheet("名单", "", headings).unwrap().row(row).unwrap();
    book.to_bytes().unwrap()
}
