//! What would become of each row of a file. The dry run and the import ask the same.

use std::collections::{BTreeSet, HashMap};

use kernel::{Context, Id, Problem, etag, organisation};
use sea_orm::entity::prelude::*;

use super::{
    columns::{CODE, COLUMNS, Cells, NAME, UNION, form},
    import::{RowVerdict, StationFileRow},
};
use crate::{
    catalogue,
    register::{change::may_change, form::StationForm, items},
    tables::station,
};

/// A row, and what would become of it.
pub struct Judged {
    /// What people read.
    pub told: StationFileRow,
    /// What is to be written, and over which station.
    pub write: Option<(StationForm, Option<station::Model>)>,
}

/// Judges rows in their order; a second row of one code is wrong.
///
/// # Errors
/// A fault.
pub async fn judge(
    conn: &impl ConnectionTrait,
    context: &Context,
    union: Id,
    rows: &[(usize, Cells)],
) -> Result<Vec<Judged>, Problem> {
    let catalogue = catalogue::list(conn).await?;
    let known = known(conn, context, rows).await?;
    let keys: Vec<Id> = known.values().map(|station| station.id).collect();
    let items = items::codes_of(conn, &keys).await?;
    let mut unions: HashMap<String, Option<Id>> = HashMap::new();
    let mut seen = BTreeSet::new();
    let mut judged = Vec::with_capacity(rows.len());
    for (number, cells) in rows {
        let code = code(cells);
        let told = |verdict, words| StationFileRow {
            row: i64::try_from(*number).unwrap_or(i64::MAX),
            code: code.clone(),
            name: cells.get(NAME).cloned().unwrap_or_default(),
            verdict,
            words,
        };
        let wrong = |words: Vec<String>| Judged { told: told(RowVerdict::Wrong, words.join("")), write: None };
        let old = known.get(&code).cloned();
        let default = old.as_ref().map_or(union, |old| old.organisation_id);
        let Some(union) = of_row(conn, context, cells, default, &mut unions).await? else {
            judged.push(wrong(vec![format!("“{UNION}”不存在，或不在您的管辖范围内。")]));
            continue;
        };
        let before = match &old {
            Some(old) => Some(StationForm::of(old, items.get(&old.id).cloned().unwrap_or_default())?),
            None => None,
        };
        let base = before.clone().unwrap_or_else(|| StationForm::blank(union));
        let form = match form(cells, StationForm { organisation_id: union, ..base }, &catalogue) {
            Ok(form) => form,
            Err(words) => {
                judged.push(wrong(words));
                continue;
            }
        };
        if !seen.insert(form.code.clone()) {
            judged.push(wrong(vec![format!("编号“{}”在文件中出现了两次。", form.code)]));
            continue;
        }
        judged.push(match against(conn, context, form, old.zip(before)).await {
            Ok((verdict, words, write)) => Judged { told: told(verdict, words), write },
            Err(problem) if problem.status < 500 => wrong(vec![problem.detail]),
            Err(fault) => return Err(fault),
        });
    }
    Ok(judged)
}

type Plan = (RowVerdict, String, Option<(StationForm, Option<station::Model>)>);

/// The number on the sign that a row names.
fn code(cells: &Cells) -> String {
    codes::text::compact(cells.get(CODE).map(String::as_str).unwrap_or_default())
}

/// The stations in scope that have the rows' numbers on their signs, by number.
async fn known(
    conn: &impl ConnectionTrait,
    context: &Context,
    rows: &[(usize, Cells)],
) -> Result<HashMap<String, station::Model>, Problem> {
    let place = (station::Entity, station::Column::OrganisationId);
    let mut known = HashMap::new();
    for some in rows.chunks(database::KEYS_AT_ONCE) {
        let own = station::Entity::find()
            .filter(station::Column::Code.is_in(some.iter().map(|(_, cells)| code(cells))))
            .filter(context.scope().within(place));
        known.extend(own.all(conn).await?.into_iter().map(|station| (station.code.clone(), station)));
    }
    Ok(known)
}

async fn against(
    conn: &impl ConnectionTrait,
    context: &Context,
    form: StationForm,
    known: Option<(station::Model, StationForm)>,
) -> Result<Plan, Problem> {
    let Some((old, before)) = known else {
        form.check_against(conn, context, None).await?;
        return Ok((RowVerdict::New, "将新增。".to_owned(), Some((form, None))));
    };
    let fields = etag::changed(&before, &form);
    if fields.is_empty() {
        return Ok((RowVerdict::Same, "与现有档案一致。".to_owned(), None));
    }
    may_change(&old, &before, &form)?;
    form.check_against(conn, context, Some(old.id)).await?;
    let words = fields.iter().map(|field| label(field)).collect::<Vec<_>>().join("、");
    Ok((RowVerdict::Changed, format!("将修改：{words}。"), Some((form, Some(old)))))
}

/// What people call a field.
fn label(field: &str) -> &str {
    match field {
        "organisation_id" => "所属工会",
        "position" => "地图位置",
        "items" => "设施和服务",
        _ => COLUMNS.iter().find(|(_, name)| *name == field).map_or(field, |(heading, _)| heading),
    }
}

async fn of_row(
    conn: &impl ConnectionTrait,
    context: &Context,
    cells: &Cells,
    default: Id,
    known: &mut HashMap<String, Option<Id>>,
) -> Result<Option<Id>, Problem> {
    let Some(code) = cells.get(UNION).filter(|code| !code.is_empty()) else { return Ok(Some(default)) };
    if let Some(found) = known.get(code) {
        return Ok(*found);
    }
    let found = match organisation::by_code(conn, context.scope(), code).await {
        Ok(union) => Some(union.id),
        Err(problem) if problem.status == 404 => None,
        Err(fault) => return Err(fault),
    };
    known.insert(code.clone(), found);
    Ok(found)
}
