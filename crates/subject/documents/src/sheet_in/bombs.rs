//! Files made to exhaust memory, each read in a process of its own whose greatest memory is measured.

use super::*;
use std::{
    fmt::Write as _,
    io::{Cursor, Write},
    process::Command,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What the roster's upload allows.
const LIMITS: Limits = Limits {
    file_bytes: 64 << 20,
    unpacked_bytes: 1 << 30,
    entries: 2_000,
    rows: 1_048_576,
    columns: 256,
    cell_characters: 4_000,
    table_bytes: 512 << 20,
};

/// The child: reads the file that it is told, and says how much memory that took at most. Does nothing in a usual run.
#[test]
fn child() {
    let Ok(path) = std::env::var("NIANGJIA_BOMB") else { return };
    let bytes = std::fs::read(&path).unwrap();
    let outcome = read(&bytes, &path, LIMITS).map(|sheet| sheet.rows.len());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("outcome={outcome:?} peak={}", peak.trim());
}

/// What came of a file, and the megabytes that reading it took beside the file itself.
fn outcome(name: &str, bytes: &[u8]) -> (String, usize) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "sheet_in::bombs::child", "--nocapture", "--test-threads=1"])
        .env("NIANGJIA_BOMB", &path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(child.status.success(), "{name} ended the process: {text}{}", String::from_utf8_lossy(&child.stderr));
    let (_, told) = text.split_once("outcome=").unwrap();
    let (outcome, peak) = told.lines().next().unwrap().split_once(" peak=").unwrap();
    let kilobytes: usize = peak.split_whitespace().next().unwrap().parse().unwrap();
    (outcome.to_owned(), (kilobytes >> 10).saturating_sub(bytes.len() >> 20))
}

fn refused(name: &str, bytes: &[u8], problem: &SheetProblem, megabytes: usize) {
    let (outcome, peak) = outcome(name, bytes);
    assert_eq!(outcome, format!("Err({problem:?})"), "{name}");
    assert!(peak < megabytes, "{name} took {peak} MB");
}

pub(super) fn book(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let workbook =
        format!("<workbook xmlns:r='{relation}'><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>");
    let relations = format!(
        "<Relationships xmlns='{package}'><Relationship Id='r1' Type='{relation}/worksheet' Target='worksheets/sheet1.xml'/>\
         <Relationship Id='r2' Type='{relation}/sharedStrings' Target='sharedStrings.xml'/></Relationships>"
    );
    let package_relations = format!(
        "<Relationships xmlns='{package}'><Relationship Id='r1' Type='{relation}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
    );
    let own = [
        ("_rels/.rels", package_relations.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in own.iter().chain(parts) {
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1));
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const ONE_CELL: &[u8] =
    b"<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>a</t></is></c></row></sheetData></worksheet>";

/// Deflated zeros: three bits of head, one zero as it is, and then always "the last 258 bytes again" in thirteen bits.
fn zeros(gigabytes: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false];
    bits.extend([false, false, true, true, false, false, false, false]);
    let again = [true, true, false, false, false, true, false, true, false, false, false, false, false];
    bits.extend(again.into_iter().cycle().take(13 * 8));
    let packed = |bits: &[bool]| bits.iter().rev().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit));
    let mut bytes: Vec<u8> = bits[..8].chunks(8).map(packed).collect();
    let round: Vec<u8> = bits[8..8 + 104].chunks(8).map(packed).collect();
    for _ in 0..gigabytes * ((1 << 30) / (258 * 8)) {
        bytes.extend(&round);
    }
    bytes
}

/// A workbook with four gigabytes of zeros in it, of which its directory says that they are so many bytes.
fn with_zeros(declared: u32) -> Vec<u8> {
    // Stored first, to have a right frame around it; then the stored bytes are called deflated.
    let packed = zeros(4);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new_append(Cursor::new(book(&[(SHEET, ONE_CELL)]))).unwrap();
    zip.start_file("xl/media/zeros", options).unwrap();
    zip.write_all(&packed).unwrap();
    let mut file = zip.finish().unwrap().into_inner();
    let size = (packed.len() as u32).to_le_bytes();
    let pair = [size, size].concat();
    let places: Vec<usize> = memchr::memmem::find_iter(&file, &pair).collect();
    assert_eq!(places.len(), 2, "the local and the central head");
    for at in places {
        file[at + 4..at + 8].copy_from_slice(&declared.to_le_bytes());
        file[at - 10..at - 8].copy_from_slice(&8_u16.to_le_bytes());
    }
    file
}

#[test]
fn four_gigabytes_of_zeros() {
    // As many as they are; then fewer than the limit, so that only unpacking shows it.
    refused("honest.xlsx", &with_zeros(u32::MAX - 1), &SheetProblem::UnpacksTooBig, 64);
    refused("zeros.xlsx", &with_zeros(1_000 << 20), &SheetProblem::UnpacksTooBig, 64);
    // More than is declared is never unpacked: the archive's reader ends there, and the file is as good as damaged.
    let lying = with_zeros(10);
    refused("lying.xlsx", &lying, &SheetProblem::Damaged, 64);
    // The same file inside of another is a part like any: it is not unpacked again.
    let nested = book(&[(SHEET, ONE_CELL), ("xl/embeddings/inner.xlsx", &lying[..1 << 20])]);
    let (outcome, peak) = outcome("nested.xlsx", &nested);
    assert_eq!(outcome, "Ok(1)");
    assert!(peak < 64, "{peak} MB");
}

#[test]
fn strings_claimed_and_strings_there() {
    // Asked for at once, a trillion strings would end the whole process: no unwinding catches that.
    let claimed = b"<sst uniqueCount='1000000000000'><si><t>a</t></si></sst>";
    refused("claimed.xlsx", &book(&[(STRINGS, claimed), (SHEET, ONE_CELL)]), &SheetProblem::UnpacksTooBig, 64);
    let many = ["<sst>", &"<si/>".repeat(6_000_000), "</sst>"].concat();
    refused("many.xlsx", &book(&[(STRINGS, many.as_bytes()), (SHEET, ONE_CELL)]), &SheetProblem::TooMuch, 64);
    let long = ["<sst><si><t>", &"a".repeat(300 << 20), "</t></si></sst>"].concat();
    refused("long.xlsx", &book(&[(STRINGS, long.as_bytes()), (SHEET, ONE_CELL)]), &SheetProblem::UnpacksTooBig, 64);
}

#[test]
fn one_string_in_a_million_cells() {
    let strings = ["<sst><si><t>", &"名".repeat(4_000), "</t></si></sst>"].concat();
    let mut sheet = String::from("<worksheet><sheetData>");
    for row in 1..=200_000 {
        write!(sheet, "<row r='{row}'><c r='A{row}' t='s'><v>0</v></c></row>").unwrap();
    }
    sheet.push_str("</sheetData></worksheet>");
    let file = book(&[(STRINGS, strings.as_bytes()), (SHEET, sheet.as_bytes())]);
    refused("repeated.xlsx", &file, &SheetProblem::TooMuch, 700);
}

#[test]
fn cells_far_away_and_a_million_columns() {
    let sheet =
        |cells: &str| book(&[(SHEET, format!("<worksheet><sheetData>{cells}</sheetData></worksheet>").as_bytes())]);
    // A lone cell far to the right of each row: as if every row were full.
    let mut far = String::new();
    for row in 1..=200_000 {
        write!(far, "<row r='{row}'><c r='IV{row}'><v>1</v></c></row>").unwrap();
    }
    refused("far.xlsx", &sheet(&far), &SheetProblem::TooMuch, 1_100);
    let wide = format!("<row r='1'>{}</row>", "<c><v>1</v></c>".repeat(1_000_000));
    refused("wide.xlsx", &sheet(&wide), &SheetProblem::TooManyColumns { row: 1, limit: 256 }, 64);
    let commas = [b"a".to_vec(), vec![b','; 60 << 20]].concat();
    refused("wide.csv", &commas, &SheetProblem::TooManyColumns { row: 1, limit: 256 }, 64);
}

#[test]
fn a_million_merged_ranges() {
    let ranges = |count: usize| {
        let merged = "<mergeCell ref='A1:IV1048576'/>".repeat(count);
        let sheet = format!(
            "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData><mergeCells>{merged}</mergeCells></worksheet>"
        );
        book(&[(SHEET, sheet.as_bytes())])
    };
    let (outcome, peak) = outcome("merged.xlsx", &ranges(900_000));
    assert_eq!(outcome, format!("Err({:?})", SheetProblem::TooMuch), "the cells in the ranges are bounded");
    assert!(peak < 128, "{peak} MB");
    refused("more.xlsx", &ranges(1_100_000), &SheetProblem::TooMuch, 64);
}

#[test]
fn one_line_and_a_quote_that_is_never_closed() {
    let line = vec![b'a'; 60 << 20];
    refused("line.csv", &line, &SheetProblem::CellTooLong { row: 1, column: 1, limit: 4_000 }, 64);
    let quote = ["姓名,备注\n".as_bytes(), b"\"", &line].concat();
    refused("quote.csv", &quote, &SheetProblem::CellTooLong { row: 2, column: 1, limit: 4_000 }, 64);
    let half_a_gigabyte = vec![b'a'; 500 << 20];
    refused("huge.csv", &half_a_gigabyte, &SheetProblem::FileTooBig { megabytes: 64 }, 64);
}
