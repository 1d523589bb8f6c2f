use super::*;
use proptest::prelude::*;
use rust_xlsxwriter::Format;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

fn texts(sheet: &Sheet) -> Vec<Vec<&str>> {
    sheet.rows.iter().map(|row| row.iter().map(|cell| &*cell.text).collect()).collect()
}

fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("空表").unwrap();
    book.add_worksheet().set_name("藏").unwrap().write_string(0, 0, "看不见").unwrap().set_hidden(true);
    let sheet = book.add_worksheet().set_name("名单").unwrap();
    sheet.merge_range(0, 0, 0, 2, "花名册", &Format::new()).unwrap();
    sheet.merge_range(2, 0, 3, 0, "赛罕区", &Format::new()).unwrap();
    sheet.write_number(2, 1, 150_102_199_003_070_015_f64).unwrap();
    sheet.write_number(3, 1, "12.300000000000001".parse::<f64>().unwrap()).unwrap();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 9).unwrap();
    sheet.write_datetime_with_format(2, 2, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    let moment = day.and_hms(8, 30, 0).unwrap();
    sheet.write_datetime_with_format(3, 2, &moment, &Format::new().set_num_format("yyyy-mm-dd hh:mm")).unwrap();
    sheet.write_string(5, 1, "\u{3000} 王·五\u{200B}").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn first_visible_sheet_with_content() {
    let sheet = read(&xlsx(), "名单.xls", Limits::default()).unwrap();
    assert_eq!(sheet.name, "名单");
    let rows = texts(&sheet);
    assert_eq!(rows[0], ["花名册", "花名册", "花名册"]);
    assert!(rows[1].is_empty() && rows[4].is_empty());
    assert_eq!(rows[2], ["赛罕区", "150102199003070000", "2026-03-09"]);
    assert_eq!(rows[3], ["赛罕区", "12.3", "2026-03-09T08:30:00"]);
    assert_eq!(rows[5], ["", "王·五"]);
    assert!(sheet.rows[2][1].lost_digits() && !sheet.rows[3][1].lost_digits());
}

#[test]
fn a_number_of_more_than_fifteen_digits_has_lost_some() {
    let has_lost = |text: &str| Cell { text: text.into(), from_number: true }.lost_digits();
    assert!(has_lost("1522010000000010") && !has_lost("152201000000001"));
}

#[test]
fn a_formula_without_an_answer_is_told_from_a_text() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let lost = rust_xlsxwriter::Formula::new("=VLOOKUP(1,B:B,1,0)").set_result("#N/A");
    sheet.write_formula(0, 0, lost).unwrap();
    sheet.write_formula(0, 1, rust_xlsxwriter::Formula::new("=\"张\"&\"三\"").set_result("张三")).unwrap();
    let read = read(&book.save_to_buffer().unwrap(), "a.xlsx", Limits::default()).unwrap();
    assert_eq!(texts(&read), [["#N/A", "张三"]]);
    assert!(
        formula_error("单位", &read.rows[0][0].text).is_some()
            && formula_error("单位", &read.rows[0][1].text).is_none()
    );
}

#[test]
fn a_formula_that_nobody_reckoned_is_not_read_as_empty() {
    let cells = "<c r='A1'><f>B1</f></c><c r='B1'><f>C1</f><v></v></c><c r='C1' t='str'><f>D1</f><v></v></c>\
                 <c r='D1'/><c r='E1'><f>1+1</f><v>2</v></c>";
    let sheet = format!("<worksheet><sheetData><row r='1'>{cells}</row></sheetData></worksheet>");
    let file = super::bombs::book(&[(super::bombs::SHEET, sheet.as_bytes())]);
    let read = read(&file, "a.xlsx", Limits::default()).unwrap();
    let told = |at: usize| formula_error("单位", &read.rows[0][at].text);
    assert!(told(0).is_some_and(|told| told.contains("没有存下它的结果")) && told(1).is_some(), "{:?}", texts(&read));
    // The third answers with an empty text.
    assert_eq!(texts(&read)[0][2..], ["", "", "2"]);
}

#[test]
fn an_error_that_only_another_program_knows_is_named() {
    let cells = "<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='A2' t='e'><f>A2</f><v>Err:522</v></c></row>";
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let file = super::bombs::book(&[(super::bombs::SHEET, sheet.as_bytes())]);
    let wanted = SheetProblem::FormulaError { row: 1, text: "Err:522".to_owned() };
    assert_eq!(read(&file, "a.xlsx", Limits::default()), Err(wanted));
}

/// A workbook of sheets by name, each of so many rows of one cell.
fn sheets(sheets: &[(&str, &[&str])]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, cells) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, text) in (0..).zip(*cells) {
            sheet.write_string(row, 0, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_row_of_one_sheet_among_several_is_told_by_the_sheet_too() {
    let limits = Limits { cell_characters: 4, ..Limits::default() };
    let problem = |file: &[u8]| read(file, "a.xlsx", limits).unwrap_err().to_string();
    let told = problem(&sheets(&[("空", &[]), ("说明", &["一", "一二三四五"])]));
    assert!(told.starts_with("工作表“说明”：第 2 行第 1 列的文字超过 4 字"), "{told}");
    assert!(problem(&sheets(&[("说明", &["一二三四五"])])).starts_with("第 1 行第 1 列"));
}

#[test]
fn one_of_several_lists_is_not_read_for_all_of_them() {
    let list = |sheet: &Sheet| sheet.rows.iter().flatten().any(|cell| &*cell.text == "姓名");
    let read = |file: &[u8]| read_where(file, "a.xlsx", Limits::default(), list).map(|sheet| sheet.name);
    let (people, form): (&[&str], &[&str]) = (&["姓名", "王芳"], &["姓名"]);
    let several = |names: &str| Err(SheetProblem::Several { names: names.to_owned() });
    assert_eq!(read(&sheets(&[("说明", &["请如实填写"]), ("1月", people), ("2月", people)])), several("“1月”、“2月”"));
    let year: Vec<String> = (1..=12).map(|month| format!("{month}月")).collect();
    let year: Vec<(&str, &[&str])> = year.iter().map(|name| (name.as_str(), people)).collect();
    assert_eq!(read(&sheets(&year)), several("“1月”、“2月”、“3月”等12张"));
    // An empty form, what is no list, and what is hidden.
    assert_eq!(read(&sheets(&[("名单", people), ("空表", form), ("字典", &["骑手", "保安"])])), Ok("名单".to_owned()));
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "姓名").unwrap().write_string(1, 0, "王芳").unwrap();
    book.add_worksheet().write_string(0, 0, "姓名").unwrap().write_string(1, 0, "李娜").unwrap().set_hidden(true);
    assert_eq!(read(&book.save_to_buffer().unwrap()), Ok("Sheet1".to_owned()));
}

#[test]
fn the_sheet_that_is_looked_for_may_lie_behind_another() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("填表说明").unwrap().write_string(0, 0, "请如实填写").unwrap();
    book.add_worksheet().set_name("花名册").unwrap().write_string(0, 0, "姓名").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let found = |word: &str| {
        let wanted = |sheet: &Sheet| sheet.rows.iter().flatten().any(|cell| &*cell.text == word);
        read_where(&bytes, "a.xlsx", Limits::default(), wanted).unwrap().name
    };
    assert_eq!((found("姓名"), found("证件号码")), ("花名册".to_owned(), "填表说明".to_owned()));
    assert_eq!(read(&bytes, "a.xlsx", Limits::default()).unwrap().name, "填表说明");
}

#[test]
fn messy_text_from_an_old_system() {
    let text = "职工花名册\r\n\r\n姓名;证件号;备注\r\n张三;=\"150102199003070015\";\"说;\r\n明\"\r\n\r\n㐂·䶮;1.50102E+17;'+86 \u{3000}\r\n\u{1A}";
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(text);
    assert!(!lossy);
    let sheet = read(&bytes, "C:\\导出\\名单.txt", Limits::default()).unwrap();
    assert_eq!(sheet.name, "名单");
    let expected: Vec<Vec<&str>> = vec![
        vec!["职工花名册"],
        vec![],
        vec!["姓名", "证件号", "备注"],
        vec!["张三", "150102199003070015", "说;\r\n明"],
        vec![],
        vec!["㐂·䶮", "1.50102E+17", "+86"],
    ];
    assert_eq!(texts(&sheet), expected);
    assert!(sheet.rows[5][1].lost_digits() && !sheet.rows[3][1].lost_digits());
}

#[test]
fn a_quote_that_is_never_closed_swallows_nothing() {
    let problem = |text: &str| read(text.as_bytes(), "a.csv", Limits::default()).unwrap_err();
    assert_eq!(problem("姓名,备注\n张三,\"骑手\n李四,无\n"), SheetProblem::QuoteOpen { row: 2 });
    assert_eq!(problem("姓名,备注\r\n\r\n张三,\""), SheetProblem::QuoteOpen { row: 3 });
    for (text, rows) in
        [("甲,\"乙\"", 1), ("甲,\"乙\n丙\"\r\n", 1), ("甲,\"说\"\"好\"\"\"\n丁,3\" 管", 2), ("甲\n\n", 1)]
    {
        assert_eq!(read(text.as_bytes(), "a.csv", Limits::default()).unwrap().rows.len(), rows, "{text}");
    }
}

#[test]
fn every_encoding_reads_alike() {
    let text = "姓名\t电话\n张三\t13800000000\n𱁬\t2\n";
    let wide = |big: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let expected = read(text.as_bytes(), "a.csv", Limits::default()).unwrap();
    assert_eq!(expected.rows.len(), 3);
    for bytes in [
        marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()),
        marked(b"\xFF\xFE", wide(false)),
        marked(b"\xFE\xFF", wide(true)),
        wide(false),
        wide(true),
        encoding_rs::GB18030.encode(text).0.into_owned(),
    ] {
        assert_eq!(read(&bytes, "a.csv", Limits::default()).unwrap(), expected);
    }
}

#[test]
fn what_is_no_table_is_said() {
    let problem = |bytes: &[u8]| read(bytes, "a.xls", Limits::default()).unwrap_err();
    assert_eq!(problem(b""), SheetProblem::Empty);
    assert_eq!(problem(b"\n\n , ,\n"), SheetProblem::Empty);
    assert_eq!(problem(b"\xEF\xBB\xBF  <html><table>"), SheetProblem::WebPage);
    assert_eq!(problem(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), SheetProblem::NotATable);
    // Without a zero and in letters alone, these would be text.
    for file in ["%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n", "{\\rtf1\\ansi hello}", "GIF89a", "Rar!\x1A"] {
        assert_eq!(problem(file.as_bytes()), SheetProblem::NotATable, "{file}");
    }
    assert_eq!(problem(b"\xFF\xD8\xFF\xE0"), SheetProblem::NotATable);
    assert_eq!(problem(b"a,b\nc,\xFF\xFF\n"), SheetProblem::Encoding { row: 2 });
    assert_eq!(problem(b"PK\x03\x04rest"), SheetProblem::Damaged);
    assert_eq!(problem(&archive(&[("word/document.xml", b"<a/>")])), SheetProblem::NotATable);
}

#[test]
fn tables_are_bounded() {
    let limits = Limits { rows: 3, columns: 2, cell_characters: 4, ..Limits::default() };
    let problem = |text: &str| read(text.as_bytes(), "a.csv", limits).unwrap_err();
    assert_eq!(problem("a\nb\nc\nd"), SheetProblem::TooManyRows { limit: 3 });
    assert_eq!(problem("a\nb,c,d"), SheetProblem::TooManyColumns { row: 2, limit: 2 });
    assert_eq!(problem("a\nb,一二三四五"), SheetProblem::CellTooLong { row: 2, column: 2, limit: 4 });
    // Empty lines count, whoever notices first: the table, or the reader whose room is used up.
    assert_eq!(problem("a\n\nb,一二三四五"), SheetProblem::CellTooLong { row: 3, column: 2, limit: 4 });
    let long = format!("a\r\n\r\n{}", "一".repeat(2_000));
    assert_eq!(problem(&long), SheetProblem::CellTooLong { row: 3, column: 1, limit: 4 });
    let wide = format!("a\n\n{}", ",".repeat(20_000));
    assert_eq!(problem(&wide), SheetProblem::TooManyColumns { row: 3, limit: 2 });
    assert!(read("一二三四,\n\n,b".as_bytes(), "a.csv", limits).is_ok());
    let small = Limits { file_bytes: 3, ..limits };
    assert!(matches!(read(b"abcd", "a.csv", small), Err(SheetProblem::FileTooBig { .. })));
    let little = Limits { table_bytes: 100, ..limits };
    assert_eq!(read(b"abc,def\nghi", "a.csv", little), Err(SheetProblem::TooMuch));
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_refused() {
    let limits = Limits { unpacked_bytes: 1 << 20, entries: 10, ..Limits::default() };
    let honest = archive(&[("xl/workbook.xml", b"<a/>"), ("xl/sharedStrings.xml", &vec![b' '; 4 << 20])]);
    assert!(honest.len() < 20_000);
    assert_eq!(read(&honest, "a.xlsx", limits), Err(SheetProblem::UnpacksTooBig));
    // The same, but its directory says that it unpacks to ten bytes.
    let real = (4_u32 << 20).to_le_bytes();
    let mut lying = honest.clone();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == real {
            lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
    }
    assert_ne!(lying, honest);
    let problem = read(&lying, "a.xlsx", limits).unwrap_err();
    assert!(matches!(problem, SheetProblem::UnpacksTooBig | SheetProblem::Damaged), "{problem}");
    let names: Vec<String> = (0..11).map(|at| format!("{at}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(read(&archive(&many), "a.xlsx", limits), Err(SheetProblem::UnpacksTooBig));
}

#[test]
fn a_hundred_thousand_rows_are_quick() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    for row in 0..100_000 {
        sheet.write_string(row, 0, "张三").unwrap().write_string(row, 1, "150102199003070015").unwrap();
    }
    let file = book.save_to_buffer().unwrap();
    let started = std::time::Instant::now();
    let read = read(&file, "a.xlsx", Limits::default()).unwrap();
    assert_eq!(read.rows.len(), 100_000);
    // A second would do; the bound only tells a linear reader from a quadratic one on a busy machine.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"\xEF\xBB\xBF"])) {
        let _ = read(&[start, &bytes].concat(), "a", Limits::default());
    }

    #[test]
    fn no_damage_panics(at: prop::sample::Index, byte: u8, cut: prop::sample::Index) {
        let mut file = xlsx();
        let at = at.index(file.len());
        file[at] = byte;
        let _ = read(&file, "a.xlsx", Limits::default());
        file.truncate(cut.index(file.len()));
        let _ = read(&file, "a.xlsx", Limits::default());
    }

    #[test]
    fn no_text_panics(text in "[a\",;\t\n\r'=一]{0,60}") {
        let _ = read(text.as_bytes(), "a.csv", Limits::default());
    }
}
