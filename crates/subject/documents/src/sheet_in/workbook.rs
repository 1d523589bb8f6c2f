//! Workbooks by calamine: xlsx streamed cell by cell, xls after its bounds are known.

use super::grid::{Grid, UNRECKONED};
use super::{Limits, Sheet, SheetProblem, Wanted, legacy, unpack};
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use std::io::Cursor;

/// Cells that the filling of merged ranges may visit.
const MERGED_CELLS: usize = 10_000_000;

/// Rows of a further sheet that are looked at to see whether it is one that is looked for, too.
const GLANCE: u32 = 200;
/// Sheets that a message names.
const NAMED: usize = 3;

pub(super) fn read_xlsx(bytes: &[u8], limits: &Limits, wanted: Wanted<'_>) -> Result<Sheet, SheetProblem> {
    let contents = unpack::check(bytes, limits)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(xlsx_problem)?;
    let names = visible(book.sheets_metadata());
    choose(names, wanted, |name, rows| xlsx_sheet(&mut book, name, limits, (contents.has_merged_cells, rows)))
}

/// A sheet down to so many rows, or none if nothing stands in it.
fn xlsx_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
    (has_merged_cells, rows): (bool, u32),
) -> Result<Option<Sheet>, SheetProblem> {
    let mut grid = Grid::new(limits);
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(problem) => return Err(xlsx_problem(problem)),
    };
    let mut last = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|problem| cell_problem(problem, last))? {
        last = cell.pos.0;
        if last >= rows {
            break;
        }
        match &cell.value {
            DataRef::Empty if cell.formula.is_some() => put(&mut grid, cell.pos, UNRECKONED, false)?,
            value => put_ref(&mut grid, cell.pos, value)?,
        }
    }
    drop(cells);
    if grid.is_empty() {
        return Ok(None);
    }
    if has_merged_cells {
        let mut budget = MERGED_CELLS;
        for range in book.merge_cells_by_sheet_name(name).map_err(xlsx_problem)? {
            grid.fill(range.start, range.end, &mut budget)?;
        }
    }
    grid.finish(name.to_owned()).map(Some)
}

pub(super) fn read_xls(bytes: &[u8], limits: &Limits, wanted: Wanted<'_>) -> Result<Sheet, SheetProblem> {
    legacy::check(bytes, limits)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(xls_problem)?;
    let names = visible(book.sheets_metadata());
    choose(names, wanted, |name, rows| xls_sheet(&mut book, name, limits, rows))
}

/// A sheet down to so many rows, or none if nothing stands in it.
fn xls_sheet(
    book: &mut Xls<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
    rows: u32,
) -> Result<Option<Sheet>, SheetProblem> {
    let Ok(range) = book.worksheet_range(name) else {
        return Ok(None);
    };
    let Some((top, left)) = range.start() else {
        return Ok(None);
    };
    let mut grid = Grid::new(limits);
    for (row, column, value) in range.used_cells() {
        let place = (top.saturating_add(index(row)), left.saturating_add(index(column)));
        if place.0 >= rows {
            break;
        }
        put_owned(&mut grid, place, value)?;
    }
    if grid.is_empty() {
        return Ok(None);
    }
    let mut budget = MERGED_CELLS;
    for range in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
        grid.fill(range.start, range.end, &mut budget)?;
    }
    grid.finish(name.to_owned()).map(Some)
}

/// The sheet of these that is looked for; where there is none, the first that isn't empty. `read` reads one down to so many rows.
fn choose(
    names: Vec<String>,
    wanted: Wanted<'_>,
    mut read: impl FnMut(&str, u32) -> Result<Option<Sheet>, SheetProblem>,
) -> Result<Sheet, SheetProblem> {
    let is_alone = names.len() == 1;
    let (mut names, mut first) = (names.into_iter(), None);
    while let Some(name) = names.next() {
        let sheet = match read(&name, u32::MAX) {
            Ok(Some(sheet)) => sheet,
            Ok(None) => continue,
            Err(problem) if is_alone => return Err(problem),
            // Whoever is told of a row looks for it on the sheet that he has before him.
            Err(problem) => return Err(SheetProblem::In { sheet: name, problem: Box::new(problem) }),
        };
        let is_wanted = match wanted {
            Wanted::First => return Ok(sheet),
            Wanted::Only(is_wanted) => is_wanted,
        };
        if is_wanted(&sheet) {
            // What can't be read beside it, such as the numbers below a chart, is no list either.
            let is_another = |name: &String| {
                let glance = read(name, GLANCE).ok().flatten();
                glance.is_some_and(|sheet| holds_rows(sheet, is_wanted))
            };
            let others: Vec<String> = names.filter(is_another).collect();
            return if others.is_empty() { Ok(sheet) } else { Err(several(&sheet.name, &others)) };
        }
        first.get_or_insert(sheet);
    }
    first.ok_or(SheetProblem::Empty)
}

/// Whether a sheet is wanted for what stands above its last row: an empty form beside the list is no second list.
fn holds_rows(mut sheet: Sheet, is_wanted: &dyn Fn(&Sheet) -> bool) -> bool {
    sheet.rows.pop();
    is_wanted(&sheet)
}

fn several(first: &str, others: &[String]) -> SheetProblem {
    let named = std::iter::once(first).chain(others.iter().map(String::as_str)).take(NAMED);
    let named: Vec<String> = named.map(|name| format!("“{name}”")).collect();
    let more = if others.len() < NAMED { String::new() } else { format!("等{}张", others.len() + 1) };
    SheetProblem::Several { names: format!("{}{more}", named.join("、")) }
}

/// Names of the sheets that a person sees, in their order.
fn visible(sheets: &[calamine::Sheet]) -> Vec<String> {
    let shown =
        sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    shown.map(|sheet| sheet.name.clone()).collect()
}

fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn put_ref(grid: &mut Grid<'_>, place: (u32, u32), value: &DataRef<'_>) -> Result<(), SheetProblem> {
    match value {
        DataRef::SharedString(text) => put(grid, place, text, false),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            put(grid, place, text, false)
        }
        DataRef::Int(number) => put(grid, place, &number.to_string(), true),
        DataRef::Float(number) => put(grid, place, &digits(*number), true),
        DataRef::Bool(yes) => put(grid, place, if *yes { "是" } else { "否" }, false),
        DataRef::DateTime(moment) => put(grid, place, &iso(moment), false),
        DataRef::Error(error) => put(grid, place, &error.to_string(), false),
        DataRef::Empty => Ok(()),
    }
}

fn put_owned(grid: &mut Grid<'_>, place: (u32, u32), value: &Data) -> Result<(), SheetProblem> {
    let scalar = match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            return put(grid, place, text, false);
        }
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(yes) => DataRef::Bool(*yes),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    };
    put_ref(grid, place, &scalar)
}

fn put(grid: &mut Grid<'_>, (row, column): (u32, u32), text: &str, from_number: bool) -> Result<(), SheetProblem> {
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    grid.put(place(row), place(column), text, from_number)
}

/// A number as a spreadsheet shows it: whole numbers with all their digits, others to 15 significant digits, which
/// takes away the dust of binary fractions (12.300000000000001).
fn digits(number: f64) -> String {
    if number.fract() == 0.0 {
        return format!("{number}");
    }
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    format!("{rounded}")
}

/// A day, a moment, or a time of day.
fn iso(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let is_time = moment.is_duration() || moment.as_f64() < 1.0;
    match (is_time, hour, minute, second) {
        (true, ..) => format!("{hour:02}:{minute:02}:{second:02}"),
        (false, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        (false, ..) => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}

/// What is wrong with the cell behind one in this row. The parser knows the errors of formulas that Excel has always had; other
/// office programs write words of their own.
fn cell_problem(problem: XlsxError, row: u32) -> SheetProblem {
    match problem {
        XlsxError::CellError(text) => {
            let row = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1);
            SheetProblem::FormulaError { row, text: text.chars().take(20).collect() }
        }
        problem => xlsx_problem(problem),
    }
}

// Taken by value, as `map_err` gives it.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err calls")]
fn xlsx_problem(problem: XlsxError) -> SheetProblem {
    match problem {
        XlsxError::Password => SheetProblem::Password,
        _ => SheetProblem::Damaged,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err calls")]
fn xls_problem(problem: XlsError) -> SheetProblem {
    match problem {
        XlsError::Password => SheetProblem::Password,
        _ => SheetProblem::Damaged,
    }
}
