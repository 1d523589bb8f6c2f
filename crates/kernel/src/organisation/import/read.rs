//! What the rows of a table of organisations say. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use documents::{
    sheet_back,
    sheet_in::{self, Cell, Sheet},
};
use sea_orm::Iterable;

use super::super::{
    Kind, Level,
    form::{OrganisationForm, plain_code},
};
use crate::{
    Problem,
    problem::{FieldProblem, Wrong},
    table_in::{self, choice, day, whole},
};

/// A column: its heading, and the field that it fills in.
type Column = (&'static str, &'static str);

const CODE: Column = ("代码", "code");
const NAME: Column = ("名称", "name");
pub(super) const KIND: Column = ("类别", "kind");
pub(super) const LEVEL: Column = ("级别", "level");
pub(super) const PARENT: Column = ("上级代码", "parent_id");
const CREDIT: Column = ("统一社会信用代码", "credit_code");
const DIVISION: Column = ("行政区划代码", "division");
const EMPLOYER: Column = ("用人单位信用代码", "employer_id");
const INDUSTRY: Column = ("行业", "industry");
const CHAIR: Column = ("主席", "chair");
const CONTACT: Column = ("联系电话", "contact");
pub(super) const FOUNDED: Column = ("成立日期", "founded_on");
const TERM: Column = ("本届任期到", "term_ends_on");
const WORKERS: Column = ("职工人数", "workers");
const WOMEN: Column = ("其中女职工", "women");

/// The template's columns.
pub(super) const COLUMNS: [Column; 15] = [
    CODE, NAME, KIND, LEVEL, PARENT, CREDIT, DIVISION, EMPLOYER, INDUSTRY, CHAIR, CONTACT, FOUNDED, TERM, WORKERS,
    WOMEN,
];
/// Columns of which nobody expects that anything is taken.
const PASSED_OVER: [&str; 2] = ["序号", sheet_back::WRONG];

/// What a table must have.
pub(super) const WANTED: &str = "应有“代码”“名称”“类别”“级别”四列，请按模板填写后再上传。";

/// A row below the headings.
pub(super) struct Row {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// The code in it, in its normal form.
    pub(super) code: String,
    /// What it says, or what is wrong with it.
    pub(super) read: Result<Told, Vec<FieldProblem>>,
}

/// What a row says of an organisation, in the form's normal form.
pub(super) struct Told {
    pub(super) level: Level,
    /// The code of the organisation above.
    pub(super) parent: Option<String>,
    /// The employer's credit code.
    pub(super) employer: Option<String>,
    pub(super) form: OrganisationForm,
}

/// The row of the headings.
pub(super) fn head(sheet: &Sheet) -> Option<usize> {
    table_in::head(sheet, &[CODE, NAME, KIND, LEVEL].map(|(heading, _)| heading))
}

/// Where the columns stand. Headings that stand there twice, or that the template lacks, are refused: what was typed below them
/// would be lost unseen.
///
/// # Errors
/// [`table_in::TableRefusal::HeadingTwice`], or 422 naming the file.
pub(super) fn places(sheet: &Sheet, heading: usize) -> Result<BTreeMap<&'static str, usize>, Problem> {
    let row = sheet.row(heading);
    let places = table_in::columns(row, PASSED_OVER.into_iter().chain(COLUMNS.map(|(heading, _)| heading)))?;
    let other = row.iter().enumerate().find(|(at, cell)| !cell.text.is_empty() && places.values().all(|own| own != at));
    match other {
        None => Ok(places),
        Some((_, other)) => {
            let words = format!("模板中没有“{}”这一列：请改成模板中的列名，不需要的列请先删去。", other.text);
            Err(Problem::field("file", "heading_unknown", words))
        }
    }
}

/// The rows below the headings that hold anything.
pub(super) fn rows(
    sheet: &Sheet,
    heading: usize,
    places: &BTreeMap<&'static str, usize>,
    today: NaiveDate,
) -> Vec<Row> {
    let row = |(number, cells): (usize, &[Cell])| {
        let cell = |(heading, _): Column| {
            let cell = places.get(heading).and_then(|at| cells.get(*at));
            cell.filter(|cell| !cell.text.is_empty()).cloned()
        };
        let code = cell(CODE).map(|cell| plain_code(&cell.text)).unwrap_or_default();
        Row { number, code, read: told(&cell, today) }
    };
    sheet.filled_from(heading + 1).map(row).collect()
}

fn told(cell: &impl Fn(Column) -> Option<Cell>, today: NaiveDate) -> Result<Told, Vec<FieldProblem>> {
    let lost = lost(cell);
    if !lost.is_empty() {
        return Err(lost);
    }
    let mut wrong = Wrong::default();
    let text = |column: Column| cell(column).map(|cell| cell.text.into_string());
    let kind = chosen(KIND, text(KIND), Kind::label, &mut wrong);
    let level = chosen(LEVEL, text(LEVEL), Level::label, &mut wrong);
    let employer = text(EMPLOYER).and_then(|text| {
        let parsed = codes::credit_code::parse(&text);
        parsed.map_err(|problem| wrong.tell(EMPLOYER.1, problem.code(), problem.message())).ok()
    });
    let mut on = |column: Column| typed(column, text(column), day, "请写成 2026-12-31 的样子", &mut wrong);
    let (founded_on, term_ends_on) = (on(FOUNDED), on(TERM));
    let mut number = |column: Column| typed(column, text(column), whole, "请填写整数", &mut wrong);
    let (workers, women) = (number(WORKERS), number(WOMEN));
    let (code, name) = (text(CODE).unwrap_or_default(), text(NAME).unwrap_or_default());
    let form = OrganisationForm {
        division: text(DIVISION),
        credit_code: text(CREDIT),
        industry: text(INDUSTRY),
        chair: text(CHAIR),
        contact: text(CONTACT),
        founded_on,
        term_ends_on,
        workers,
        women,
        ..OrganisationForm::new(&code, &name, kind.unwrap_or(Kind::GrassrootsUnion))
    };
    match (form.normal(today), level) {
        (Ok(form), Some(level)) if wrong.0.is_empty() => {
            let parent = text(PARENT).map(|code| plain_code(&code));
            Ok(Told { level, parent, employer: employer.map(|parsed| parsed.code), form })
        }
        (normal, _) => {
            wrong.0.extend(normal.err().into_iter().flat_map(|problem| problem.fields));
            Err(wrong.0)
        }
    }
}

/// The cells whose text nobody typed so.
fn lost(cell: &impl Fn(Column) -> Option<Cell>) -> Vec<FieldProblem> {
    let mut wrong = Wrong::default();
    for column @ (heading, field) in COLUMNS {
        let Some(cell) = cell(column) else { continue };
        if let Some(words) = sheet_in::formula_error(heading, &cell.text) {
            wrong.tell(field, "formula_error", words);
        } else if cell.lost_digits() {
            let words = "被表格软件改成了科学计数，末尾数字已丢失，请把该列设为“文本”后重新填写。";
            wrong.tell(field, "digits_lost", format!("“{heading}”{words}"));
        }
    }
    wrong.0
}

/// What must be chosen by its label.
fn chosen<T: Iterable + Copy>(
    (heading, field): Column,
    text: Option<String>,
    label: fn(T) -> &'static str,
    wrong: &mut Wrong,
) -> Option<T> {
    let text = text.ok_or_else(|| format!("请填写“{heading}”。"));
    let chosen = text.and_then(|text| choice(heading, &text, label));
    chosen.map_err(|words| wrong.tell(field, field, words)).ok()
}

/// What may be typed, read in its own way.
fn typed<T>(
    (heading, field): Column,
    text: Option<String>,
    read: fn(&str) -> Option<T>,
    like: &str,
    wrong: &mut Wrong,
) -> Option<T> {
    let text = text?;
    let read = read(&text);
    wrong.demand(read.is_some(), field, field, &format!("“{heading}”{like}，现在是“{text}”。"));
    read
}

/// What is wrong with a field, after the heading of its column where the sentence does not say which it is.
pub(super) fn in_words(one: &FieldProblem) -> String {
    match COLUMNS.iter().find(|(_, field)| *field == one.field) {
        Some((heading, _)) if !one.message.contains(*heading) => format!("{heading}：{}", one.message),
        _ => one.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What rows below the template's headings say.
    fn read(rows: &[Vec<String>]) -> Vec<Row> {
        let headings = COLUMNS.map(|(heading, _)| heading.to_owned()).to_vec();
        let cell = |text: &String| Cell { text: text.as_str().into(), from_number: false };
        let cells = |texts: &Vec<String>| texts.iter().map(cell).collect();
        let sheet = Sheet { name: String::new(), rows: [headings].iter().chain(rows).map(cells).collect() };
        assert_eq!(head(&sheet), Some(0));
        super::rows(&sheet, 0, &places(&sheet, 0).unwrap(), "2026-07-01".parse().unwrap())
    }

    #[test]
    fn what_is_wrong_names_its_column() {
        let mut row = ["A-1", "好工会", "基层工会", "基层"].map(str::to_owned).to_vec();
        row.resize(COLUMNS.len(), String::new());
        assert!(read(&[row.clone()])[0].read.is_ok());
        row[0].clear();
        row[9] = "王".repeat(51);
        let wrong = read(&[row])[0].read.as_ref().err().unwrap().clone();
        let words: Vec<String> = wrong.iter().map(in_words).collect();
        assert_eq!(words, ["代码请填写 1 至 32 位数字、字母或短横线。", "主席：最多填写 50 个字。"]);
    }

    fn typed() -> impl Strategy<Value = String> {
        let words = ["", "A-1", "好工会", "基层工会", "基层", "2026-01-31", "30", "#REF!"].map(str::to_owned);
        prop_oneof![3 => prop::sample::select(words.to_vec()), 1 => ".{0,8}"]
    }

    proptest! {
        #[test]
        fn each_row_that_holds_anything_is_told(
            table in prop::collection::vec(prop::collection::vec(typed(), COLUMNS.len()), 0..6),
        ) {
            let told = read(&table);
            let filled = table.iter().filter(|row| row.iter().any(|text| !text.is_empty()));
            prop_assert_eq!(told.len(), filled.count());
            for row in told {
                match row.read {
                    Ok(told) => prop_assert!(told.form.code == row.code && !row.code.is_empty()),
                    Err(wrong) => prop_assert!(wrong.iter().all(|one| !in_words(one).is_empty()) && !wrong.is_empty()),
                }
            }
        }
    }
}
