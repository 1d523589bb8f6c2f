use super::*;
use crate::sheet_in::{Limits, read};

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend((data.len() as u16).to_le_bytes());
    bytes.extend(data);
    bytes
}

fn cell(kind: u16, row: u16, column: u16, rest: &[u8]) -> Vec<u8> {
    let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    data.extend(rest);
    record(kind, &data)
}

fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut rest = (units.len() as u16).to_le_bytes().to_vec();
    rest.push(1);
    rest.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    cell(0x0204, row, column, &rest)
}

fn number(row: u16, column: u16, number: f64) -> Vec<u8> {
    cell(0x0203, row, column, &number.to_le_bytes())
}

/// A workbook of one sheet with these records, in a compound file of 512-byte sectors.
fn xls(records: &[Vec<u8>]) -> Vec<u8> {
    let start = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let name: Vec<u8> = "名单".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut bound = vec![0_u8; 4];
    bound.extend([0, 0, 2, 1]);
    bound.extend(name);
    let sheet_at = (start.len() + bound.len() + 4 + 4) as u32;
    bound[..4].copy_from_slice(&sheet_at.to_le_bytes());
    let mut stream = [start.clone(), record(0x0085, &bound), record(0x000A, &[]), start].concat();
    stream.extend(records.iter().flatten());
    stream.extend(record(0x000A, &[]));
    let length = stream.len().max(4096);
    stream.resize(length.next_multiple_of(512), 0);
    compound(&stream, length)
}

fn compound(stream: &[u8], length: usize) -> Vec<u8> {
    let sectors = (stream.len() / 512) as u32;
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[26..34].copy_from_slice(&[3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    header[44] = 1;
    header[48..52].copy_from_slice(&1_u32.to_le_bytes());
    header[60..64].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    header[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    header[76..].fill(0xFF);
    header[76..80].copy_from_slice(&0_u32.to_le_bytes());
    let mut table: Vec<u32> = vec![0xFFFF_FFFD, 0xFFFF_FFFE];
    table.extend((0..sectors).map(|at| if at + 1 == sectors { 0xFFFF_FFFE } else { at + 3 }));
    table.resize(128, 0xFFFF_FFFF);
    let mut file = header;
    file.extend(table.iter().flat_map(|next| next.to_le_bytes()));
    for (name, start, length) in
        [("Root Entry", 0xFFFF_FFFE, 0), ("Workbook", 2, length as u32), ("", 0, 0), ("", 0, 0)]
    {
        let mut entry = vec![0_u8; 128];
        for (place, unit) in entry.chunks_exact_mut(2).zip(name.encode_utf16()) {
            place.copy_from_slice(&unit.to_le_bytes());
        }
        entry[116..120].copy_from_slice(&u32::to_le_bytes(start));
        entry[120..124].copy_from_slice(&length.to_le_bytes());
        file.extend(entry);
    }
    file.extend(stream);
    file
}

#[test]
fn reads_an_old_workbook() {
    let file = xls(&[label(0, 0, "姓名"), label(1, 0, "张三"), number(1, 2, 150_102_199_003_070_015.0)]);
    let sheet = read(&file, "旧.xls", Limits::default()).unwrap();
    assert_eq!(sheet.name, "名单");
    assert_eq!(&*sheet.rows[1][0].text, "张三");
    assert_eq!(&*sheet.rows[1][2].text, "150102199003070000");
    assert!(sheet.rows[1][2].lost_digits());
}

#[test]
fn far_corners_are_refused_before_memory_is_asked_for() {
    let corners = xls(&[number(0, 0, 1.0), number(65_535, 65_535, 1.0)]);
    assert_eq!(read(&corners, "a.xls", Limits::default()), Err(SheetProblem::TooMuch));
    let mut claim = vec![0_u8; 14];
    claim[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    claim[10..12].copy_from_slice(&u16::MAX.to_le_bytes());
    let claims = xls(&[record(0x0200, &claim), number(0, 0, 1.0)]);
    assert_eq!(read(&claims, "a.xls", Limits::default()), Err(SheetProblem::TooMuch));
    claim[0..4].copy_from_slice(&7_u32.to_le_bytes());
    claim[4..8].copy_from_slice(&1_u32.to_le_bytes());
    let turned = xls(&[record(0x0200, &claim), number(0, 0, 1.0)]);
    assert_eq!(read(&turned, "a.xls", Limits::default()), Err(SheetProblem::TooMuch));
}

#[test]
fn broken_files_are_damaged() {
    let whole = xls(&[label(0, 0, "姓名")]);
    for end in [8, 40, 512, 600, 1100, 1600] {
        let problem = read(&whole[..end], "a.xls", Limits::default()).unwrap_err();
        assert!(matches!(problem, SheetProblem::Damaged | SheetProblem::NotATable), "{end}: {problem}");
    }
}

/// A shared string of ASCII letters.
fn shared(length: u16) -> Vec<u8> {
    [&length.to_le_bytes()[..], &[0], &vec![b'a'; length.into()]].concat()
}

#[test]
fn a_long_string_named_by_every_cell_is_refused() {
    let records = |cells: u16| -> Vec<Vec<u8>> {
        let table = [vec![0; 8], shared(3), shared(60_000)].concat();
        let mut all = vec![record(0x00FC, &table)];
        all.extend((0..cells).map(|row| cell(0x00FD, row, 0, &1_u32.to_le_bytes())));
        all
    };
    let lengths = strings::lengths(records(0).iter().map(|bytes| (short(bytes, 0).unwrap(), &bytes[4..])));
    assert_eq!(lengths, [9, 180_000]);
    let limits = Limits { table_bytes: 10 << 20, ..Limits::default() };
    // The sheet's own records stand behind the workbook's end in this builder, so the table is counted by itself.
    let many: Vec<u8> = records(100).concat();
    assert_eq!(area(&many, 0, &lengths).unwrap(), (100, 18_000_000));
    assert!(18_000_000 > limits.table_bytes);
}

#[test]
fn strings_go_on_in_the_next_record() {
    let first = [&[0; 8][..], &[6, 0, 0], b"abc"].concat();
    let next = [&[1][..], &[0x61, 0, 0x61, 0, 0x61, 0], &shared(2)].concat();
    let records = [(0x00FC, &first[..]), (strings::CONTINUE, &next[..])];
    assert_eq!(strings::lengths(records.into_iter()), [18, 6]);
    let other = [(0x0042, &936_u16.to_le_bytes()[..]), (0x00FC, &first[..]), (strings::CONTINUE, &next[..])];
    assert_eq!(strings::lengths(other.into_iter()), [3 * 0xFFFF; 2]);
}

#[test]
fn chains_and_tables_that_bite_their_tail_are_damaged() {
    let whole = || xls(&[label(0, 0, "姓名")]);
    let damaged = |file: Vec<u8>| read(&file, "a.xls", Limits::default()) == Err(SheetProblem::Damaged);
    let put = |at: usize, number: u32| {
        let mut file = whole();
        file[at..at + 4].copy_from_slice(&number.to_le_bytes());
        file
    };
    assert!(!damaged(whole()));
    // The list of tables goes on in sector 2, which names itself.
    assert!(damaged(put(68, 2)));
    // A table named twice.
    assert!(damaged(put(80, 0)));
    // The directory's chain, and the workbook's: each back to its own first sector.
    assert!(damaged(put(512 + 4, 1)));
    assert!(damaged(put(512 + 4 * 3, 2)));
    // The small streams' home, if there are small streams: the root begins in a sector that follows itself.
    let mut small = put(64, 1);
    small[512 + 4 * 20..][..4].copy_from_slice(&20_u32.to_le_bytes());
    small[1024 + 116..][..4].copy_from_slice(&20_u32.to_le_bytes());
    assert!(damaged(small));
}
