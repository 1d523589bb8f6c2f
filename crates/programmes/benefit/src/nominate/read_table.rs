//! Nominating from a table: each row is checked as if it were entered alone, so none goes beyond its union's share; the good
//! rows go in, the others come back with the reason beside each.

use std::collections::HashMap;

use axum::Json;
use database::{Id, Unit};
use documents::sheet_in::{Cell, Limits, Sheet, formula_error};
use kernel::{
    Caller, Context, Problem,
    export::{ExportKind, MADE},
    files::Parts,
    many::MOST,
    organisation::tree,
    person::{self, Naming, named},
    problem,
    rows_back::Table,
    table_in::{self, TableRefusal},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    propose::{REASON_WANTED, one, open_for_nominations},
    rounds::reach,
};
use crate::{claim::Stand, permissions::Nominate};

/// Rows of a table of which nobody was nominated.
pub const WRONG_NOMINATIONS: ExportKind =
    ExportKind {
        code: "wrong_nominations", label: "推荐表中有问题的行", permission: "benefit.nominate", ..MADE
    };

/// The form that is sent.
#[derive(Debug, ToSchema)]
pub struct NominationTable {
    /// The file: xlsx, xls or csv.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// The round for which they are nominated.
    pub round_id: Id,
}

/// What became of a table of nominations.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct NominationTableAnswer {
    /// How many were nominated.
    pub nominated: u64,
    /// The rows that were not, and why.
    pub refused: Vec<NominationRowRefused>,
    /// The export by which they are fetched as they stood in the table.
    pub to_mend: Option<Id>,
}

/// A row of which nobody was nominated.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NominationRowRefused {
    /// Its number in the table, from 1.
    pub row: usize,
    /// The name in it.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// The biggest file, in bytes.
const LARGEST: usize = 4 << 20;
/// Headings stand in one of the first rows.
const DEEPEST: usize = 30;

const WANTED: &str = "应有“姓名”、“证件号码”或“手机号码”，以及“推荐理由”。";
const NAME: &[&str] = &["姓名", "职工姓名", "推荐对象"];
const NUMBERS: [&[&str]; 2] = [&["证件号码", "身份证号", "身份证号码"], &["手机号码", "手机号", "联系电话"]];
const UNION: &[&str] = &["所在工会", "工会", "单位"];
const REASON: &[&str] = &["推荐理由", "推荐原因", "理由"];

/// Where the columns of a table lie.
struct Columns {
    heading: usize,
    name: usize,
    numbers: Vec<usize>,
    union: Option<usize>,
    reason: usize,
}

impl Columns {
    /// Those of the first row that tells who and why.
    fn of(sheet: &Sheet) -> Option<Self> {
        sheet.rows.iter().take(DEEPEST).enumerate().find_map(|(heading, cells)| {
            let headings: Vec<String> = cells.iter().map(|cell| table_in::heading(&cell.text)).collect();
            let at = |words: &[&str]| headings.iter().position(|text| words.contains(&text.as_str()));
            let numbers: Vec<usize> = NUMBERS.iter().filter_map(|words| at(words)).collect();
            let (name, reason) = (at(NAME)?, at(REASON)?);
            (!numbers.is_empty()).then(|| Self { heading, name, numbers, union: at(UNION), reason })
        })
    }

    /// The row below the headings with this number in the file.
    fn row(&self, number: usize, cells: &[Cell]) -> Row {
        let text = |at: usize| cells.get(at).map(|cell| cell.text.to_string()).unwrap_or_default();
        let number_cells = self.numbers.iter().filter_map(|at| cells.get(*at));
        let mut typed = number_cells.filter(|cell| !cell.text.is_empty());
        let first = typed.next();
        let broken = |label: &str, at: usize| formula_error(label, &cells.get(at)?.text);
        let named = [("姓名", Some(self.name)), ("所在工会", self.union), ("推荐理由", Some(self.reason))];
        let numbers = self.numbers.iter().map(|at| ("号码", Some(*at)));
        Row {
            number,
            naming: Naming {
                name: text(self.name),
                number: first.map(|cell| cell.text.to_string()).unwrap_or_default(),
            },
            lost_digits: first.is_some_and(Cell::lost_digits),
            broken: named.into_iter().chain(numbers).find_map(|(label, at)| broken(label, at?)),
            union: self.union.map(text).unwrap_or_default(),
            reason: text(self.reason),
        }
    }
}

/// A row as it was read.
struct Row {
    number: usize,
    naming: Naming,
    lost_digits: bool,
    /// What a formula left in one of its cells.
    broken: Option<String>,
    union: String,
    reason: String,
}

/// Nominates whom a table names.
///
/// # Errors
/// 404 if the round is absent or foreign, [`TableRefusal`], [`NominationRefusal`](super::NominationRefusal) for the round
/// itself.
pub async fn nominate_table(
    caller: &Caller<Nominate>,
    id: Id,
    (file_name, bytes): (String, Vec<u8>),
) -> Result<NominationTableAnswer, Problem> {
    let context: &Context = caller;
    reach(context.read(), context.scope(), id).await?;
    let limits = Limits { file_bytes: LARGEST, rows: 10_000, unpacked_bytes: 64 << 20, ..Limits::default() };
    let (sheet, columns) = table_in::read(&file_name, bytes, limits, Columns::of, WANTED).await?;
    let filled = sheet.filled_from(columns.heading + 1);
    let rows: Vec<Row> = filled.map(|(number, cells)| columns.row(number, cells)).collect();
    table_in::bounded(rows.len(), MOST)?;
    let (rows, table) = (&rows, &Table { file_name, sheet, heading: columns.heading });
    context
        .unit(|unit| async move {
            let stand = open_for_nominations(&unit, context, id).await?;
            let mut answer = nominate_rows(&unit, context, &stand, rows).await?;
            let wrong: Vec<_> = answer.refused.iter().map(|row| (row.row, row.reason.clone())).collect();
            let of = (&WRONG_NOMINATIONS, stand.offer.organisation_id);
            answer.to_mend = table.keep_back(&unit, context, of, &wrong).await?;
            Ok(answer)
        })
        .await
}

async fn nominate_rows(
    unit: &Unit,
    context: &Context,
    stand: &Stand,
    rows: &[Row],
) -> Result<NominationTableAnswer, Problem> {
    let namings: Vec<Naming> = rows.iter().map(|row| row.naming.clone()).collect();
    let people = named(unit, context, &namings).await?;
    let unions = tree::names(unit, people.iter().flatten().map(|person| person.organisation_id)).await?;
    let mut answer = NominationTableAnswer::default();
    for (row, person) in rows.iter().zip(&people) {
        let done = match readable(row, person.as_ref(), &unions) {
            Ok((person, why)) => one(unit, context, stand, (person, why)).await.map(drop),
            Err(why) => Err(why),
        };
        match done {
            Ok(()) => answer.nominated += 1,
            Err(problem) if problem.fault.is_some() => return Err(problem),
            Err(problem) => {
                let name = row.naming.name.clone();
                answer.refused.push(NominationRowRefused { row: row.number, name, reason: problem.detail });
            }
        }
    }
    Ok(answer)
}

/// Whom a row names, and why, if it tells both and nothing in it contradicts what is known.
fn readable<'a>(
    row: &'a Row,
    person: Option<&'a person::Model>,
    unions: &HashMap<Id, String>,
) -> Result<(&'a person::Model, &'a str), Problem> {
    let wrong = |field: &str, why: String| Problem::field(field, field, why);
    if row.lost_digits {
        let why = "号码被表格软件改成了科学计数，末尾数字已丢失，请把该列设为“文本”后重新填写。";
        return Err(wrong("number", why.to_owned()));
    }
    if let Some(told) = &row.broken {
        return Err(wrong("formula", told.clone()));
    }
    let why = problem::reason(&row.reason, REASON_WANTED)?;
    let person = person.ok_or_else(|| {
        let why = "在您管辖的工会中没有找到姓名和号码都一致的职工，请核对姓名、证件号码或手机号码。";
        wrong("person", why.to_owned())
    })?;
    let union = unions.get(&person.organisation_id).map(String::as_str).unwrap_or_default();
    if !row.union.is_empty() && codes::text::plain(&row.union) != codes::text::plain(union) {
        return Err(wrong("union", format!("这名职工现在属于“{union}”，与表中的“{}”不一致，请核对。", row.union)));
    }
    Ok((person, why))
}

/// 从表格推荐
#[utoipa::path(
    post, path = "/benefit-nominations/table", tag = "benefit", operation_id = "nominate_table",
    extensions(("x-permission" = json!("benefit.nominate"))),
    request_body(content = NominationTable, content_type = "multipart/form-data"),
    responses((status = 200, body = NominationTableAnswer), TableRefusal),
)]
pub async fn post_table(caller: Caller<Nominate>, parts: Parts) -> Result<Json<NominationTableAnswer>, Problem> {
    let form = table_in::form(parts, "nominations", LARGEST).await?;
    let round = form.need("round_id", "请选择为哪一场推荐。")?;
    nominate_table(&caller, round, form.file.ok_or(TableRefusal::NoFile)?).await.map(Json)
}
