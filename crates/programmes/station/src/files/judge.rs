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
    register::{form::StationForm, items},
    tables::station::{self, StationState},
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
    let mut unions: HashMap<String, Option<Id>> = HashMap::new();
    let mut seen = BTreeSet::new();
    let mut judged = Vec::with_capacity(rows.len());
    for (number, cells) in rows {
        let code = cells.get(CODE).cloned().unwrap_or_default();
        let told = |verdict, words| StationFileRow {
            row: i64::try_from(*number).unwrap_or(i64::MAX),
            code: code.clone(),
            name: cells.get(NAME).cloned().unwrap_or_default(),
            verdict,
            words,
        };
        let wrong = |words: Vec<String>| Judged { told: told(RowVerdict::Wrong, words.join("")), write: None };
        let Some(union) = of_row(conn, context, cells, union, &mut unions).await? else {
            judged.push(wrong(vec![format!("“{UNION}”不存在，或不在您的管辖范围内。")]));
            continue;
        };
        let form = match form(cells, union, &catalogue) {
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
        judged.push(match against(conn, context, form).await {
            Ok((verdict, words, write)) => Judged { told: told(verdict, words), write },
            Err(problem) if problem.status < 500 => wrong(vec![problem.detail]),
            Err(fault) => return Err(fault),
        });
    }
    Ok(judged)
}

type Plan = (RowVerdict, String, Option<(StationForm, Option<station::Model>)>);

async fn against(conn: &impl ConnectionTrait, context: &Context, form: StationForm) -> Result<Plan, Problem> {
    let place = (station::Entity, station::Column::OrganisationId);
    let own =
        station::Entity::find().filter(station::Column::Code.eq(&form.code)).filter(context.scope().within(place));
    let Some(old) = own.one(conn).await? else {
        form.check_against(conn, context, None).await?;
        return Ok((RowVerdict::New, "将新增。".to_owned(), Some((form, None))));
    };
    if old.state == StationState::Closed {
        return Err(Problem::new(409, "station_closed", "驿站已撤销，不能再修改。"));
    }
    let before = StationForm::of(&old, items::codes(conn, old.id).await?)?;
    // What a sheet can't say stays as it is.
    let mut form = StationForm { photos: before.photos.clone(), ..form };
    form.hours.exceptions.clone_from(&before.hours.exceptions);
    let fields = etag::changed(&before, &form);
    if fields.is_empty() {
        return Ok((RowVerdict::Same, "与现有档案一致。".to_owned(), None));
    }
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
    let Some(code) = cells.get(UNION) else { return Ok(Some(default)) };
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
