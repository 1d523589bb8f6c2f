//! A roster: checked, deduplicated, encrypted, blind-indexed, enrolled and posted by `niangjia import members`.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use rust_xlsxwriter::Workbook;
use serde::Deserialize;

use crate::{
    Outcome, peers,
    people::person,
    program,
    table::{Peer, Row, Table},
};

const HEADINGS: [&str; 4] = ["姓名", "证件号码", "手机号码", "职工群体"];
/// One row in so many repeats an earlier one.
const REPEATED: usize = 100;

/// What the peers took, in seconds, and how many different people they found.
#[derive(Deserialize)]
struct Theirs {
    sqlite: f64,
    copy: f64,
    openpyxl: f64,
    people: usize,
    sheet_people: usize,
}

/// Adds the rosters' lines.
pub fn run(table: &mut Table) -> Outcome {
    let rows = crate::size("BENCH_ROWS", 1_000_000);
    let (dir, sheet_rows) = (tempfile::tempdir()?, rows / 10);
    let (csv, xlsx) = (dir.path().join("roster.csv"), dir.path().join("roster.xlsx"));
    write_csv(&csv, rows)?;
    write_xlsx(&xlsx, sheet_rows)?;
    let theirs: Theirs = peers::ask("roster.py", dir.path())?;
    for (file, rows, people, aim, peers) in [
        (&csv, rows, theirs.people, "20 s", vec![("sqlite3 .import", theirs.sqlite), ("COPY", theirs.copy)]),
        (&xlsx, sheet_rows, theirs.sheet_people, "4 s", vec![("openpyxl reading", theirs.openpyxl)]),
    ] {
        let spent = import(file, people)?;
        let peers: Vec<Peer> =
            peers.into_iter().map(|(name, seconds)| Peer { name, time: Duration::from_secs_f64(seconds) }).collect();
        let kind = file.extension().and_then(|name| name.to_str()).unwrap_or_default();
        table.add(Row::time(format!("a roster of {rows} rows, {kind}, all of it"), spent, aim).beside(spent, &peers));
    }
    Ok(())
}

/// Imports it into a house of its own. The program's last line must tell as many people as the peer counted.
fn import(file: &Path, people: usize) -> Outcome<Duration> {
    let data = tempfile::tempdir()?;
    let program = program::path()?;
    let command = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).arg("--data").arg(data.path()).env("NIANGJIA_LOG", "error");
        command
    };
    let founded = command(&["init", "--name", "某旗总工会", "--code", "150222"]).output()?;
    if !founded.status.success() {
        return Err("no house was founded".into());
    }
    let begun = Instant::now();
    let told = command(&["import", "members", "--org", "150222"]).arg(file).output()?;
    let spent = begun.elapsed();
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    if told.contains(&format!("{people} 行已导入")) {
        Ok(spent)
    } else {
        Err(format!("{people} people should have been enrolled: {told}").into())
    }
}

/// The rows of a roster: some repeat an earlier one.
fn row(at: usize) -> [String; 4] {
    let who = person(if at % REPEATED == REPEATED - 1 { at - 1 } else { at });
    [who.name, who.number, who.phone, "快递员".to_owned()]
}

fn write_csv(path: &Path, rows: usize) -> Outcome {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{}", HEADINGS.join(","))?;
    for at in 0..rows {
        writeln!(file, "{}", row(at).join(","))?;
    }
    Ok(file.flush()?)
}

fn write_xlsx(path: &Path, rows: usize) -> Outcome {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.write_row(0, 0, HEADINGS)?;
    for at in 0..rows {
        sheet.write_row(u32::try_from(at + 1)?, 0, row(at))?;
    }
    Ok(book.save(path)?)
}
