use super::*;
use crate::sheet_in::{Limits, read};
use chrono::NaiveDate;
use proptest::prelude::*;

fn moment() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(8, 30, 0).unwrap()
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new(moment()).unwrap();
    let mut sheet = book
        .sheet("会员[名册]", "呼和浩特市总工会会员名册", &["姓名", "证件号", "金额", "入会日期", "占比", "人数"])
        .unwrap();
    sheet
        .row([
            "=HYPERLINK(\"http://x\")".into(),
            "150102199003070015".into(),
            Value::Fen(-123_456_789),
            NaiveDate::from_ymd_opt(2026, 3, 9).unwrap().into(),
            Value::BasisPoints(8751),
            Value::Integer(12),
        ])
        .unwrap();
    sheet.row(["李四".into(), Value::Empty, Value::Fen(i64::MAX)]).unwrap();
    let mut second = book.sheet("说明", "", &["一列"]).unwrap();
    second.row(["甲".into()]).unwrap();
    book.to_bytes().unwrap()
}

#[test]
fn what_is_written_is_read() {
    let sheet = read(&workbook(), "a.xlsx", Limits::default()).unwrap();
    assert_eq!(sheet.name, "会员 名册 ");
    let texts: Vec<Vec<&str>> = sheet.rows.iter().map(|row| row.iter().map(|cell| &*cell.text).collect()).collect();
    assert_eq!(texts[0], vec!["呼和浩特市总工会会员名册"; 6]);
    assert_eq!(texts[1], ["姓名", "证件号", "金额", "入会日期", "占比", "人数"]);
    assert_eq!(
        texts[2],
        ["=HYPERLINK(\"http://x\")", "150102199003070015", "-1234567.89", "2026-03-09", "0.8751", "12"]
    );
    assert_eq!(texts[3], ["李四", "", "92233720368547758.07"]);
    assert!(sheet.rows[2][2].from_number && !sheet.rows[2][1].from_number && !sheet.rows[3][2].from_number);
}

#[test]
fn same_input_same_bytes() {
    let file = workbook();
    assert!(file == workbook());
    // Nor does the archive tell when it was written.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).unwrap();
        assert_eq!(entry.last_modified().map(|moment| moment.year()), Some(1980));
    }
}

#[test]
fn no_formula_is_ever_written() {
    let file = workbook();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert!(
        !sheet.contains("<f>")
            && sheet.contains("=HYPERLINK")
            && sheet.contains("<autoFilter")
            && sheet.contains("frozen")
    );
}

#[test]
fn one_sign_that_no_file_may_hold_spoils_no_workbook() {
    let mut book = Workbook::new(moment()).unwrap().marked("张\u{FFFF}三");
    let mut sheet = book.sheet("名册", "名\u{FFFE}册", &["单\u{B}位"]).unwrap();
    sheet.row(["甲\u{FFFF}乙\u{1}".into()]).unwrap();
    let file = book.to_bytes().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut text).unwrap();
    assert!(!text.contains(['\u{FFFE}', '\u{FFFF}', '\u{B}']) && !text.contains("_x00"), "{text}");
    let read = read(&file, "a.xlsx", Limits::default()).unwrap();
    let texts: Vec<&str> = read.rows.iter().flatten().map(|cell| &*cell.text).collect();
    assert_eq!(texts, ["名 册", "单 位", "甲 乙"]);
}

#[test]
fn a_sheet_to_fill_in_keeps_what_is_typed() {
    let mut book = Workbook::new(moment()).unwrap();
    let mut sheet = book.sheet("名册", "名册", &["姓名", "证件号码"]).unwrap();
    sheet.to_fill_in().unwrap();
    sheet.row(["王芳".into()]).unwrap();
    let file = book.to_bytes().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    // The columns look as a cell of text does.
    let (_, text) = sheet.split_once("<c r=\"A3\" s=\"").unwrap();
    let look = format!(" style=\"{}\"", text.split('"').next().unwrap());
    let (columns, _) = sheet.split_once("</cols>").unwrap();
    let plain = columns.matches("<col ").count() - columns.matches(&look).count();
    assert!(columns.contains("<col ") && plain == 0, "{columns}");
}

#[test]
fn a_sheet_across_prints_its_columns_on_one_page_and_its_sum_is_not_filtered() {
    let mut book = Workbook::new(moment()).unwrap().across();
    let mut sheet = book.sheet("结算单", "七月", &["服务", "金额"]).unwrap();
    sheet.row(["爱心餐".into(), Value::Fen(1500)]).unwrap();
    sheet.sum(["合计".into(), Value::Fen(1500)]).unwrap();
    let file = book.to_bytes().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    for part in ["<autoFilter ref=\"A2:B3\"", "orientation=\"landscape\"", "fitToPage=\"1\"", "fitToHeight=\"0\""] {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }
}

#[test]
fn names_and_lengths_fit() {
    assert_eq!(sheet_name("''"), "工作表");
    assert_eq!(sheet_name(&"会".repeat(40)).chars().count(), 31);
    assert_eq!(shorten(&"𱁬".repeat(20_000)).chars().count(), LONGEST_TEXT / 2);
    assert_eq!(width("张三ab"), 6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn amounts_keep_every_fen(fen in -900_000_000_000_i64..900_000_000_000) {
        let mut book = Workbook::new(moment()).unwrap();
        book.sheet("a", "", &["金额"]).unwrap().row([Value::Fen(fen)]).unwrap();
        let sheet = read(&book.to_bytes().unwrap(), "a.xlsx", Limits::default()).unwrap();
        let shown = &sheet.rows[1][0].text;
        let (whole, part) = shown.split_once('.').unwrap_or((shown, ""));
        let read: i64 = format!("{whole}{part:0<2}").parse().unwrap();
        prop_assert_eq!(read, fen);
    }
}
