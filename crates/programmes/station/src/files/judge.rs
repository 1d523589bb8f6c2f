//! What would become of each row of a file. The dry run and the import ask the same.

use std::collections::{BTreeSet, HashMap};

use database::Connection;
use kernel::{Context, Id, Problem, Unit, etag, organisation};
use sea_orm::entity::prelude::*;

use super::{
    columns::{CODE, COLUMNS, Cells, NAME, UNION, form},
    import::{RowVerdict, StationFileRow},
    standing::{Acts, Known, Rights},
};
use crate::{
    catalogue,
    posts::view::of_stations,
    register::{
        change::{lay_over, may_change},
        create::put_down,
        form::{StationForm, text},
        items,
    },
    tables::{file_row, station},
};

/// A row, and what would become of it.
pub struct Judged {
    /// What people read.
    pub told: StationFileRow,
    /// What is to be written.
    pub write: Option<Plan>,
}

/// What is to be written of a row.
pub struct Plan {
    /// The particulars, where they are new or change.
    form: Option<StationForm>,
    /// The station that stands already, and its particulars.
    old: Option<(station::Model, StationForm)>,
    /// What else is done with it.
    acts: Acts,
}

impl Plan {
    /// Writes it; answers what the file has done with the station.
    ///
    /// # Errors
    /// What making and changing a station, and the acts, refuse.
    pub async fn write(
        self,
        unit: &Unit,
        (context, rights): (&Context, &Rights),
        file: Id,
    ) -> Result<Option<file_row::Model>, Problem> {
        let (station, before) = match (&self.form, self.old) {
            (Some(form), Some((old, before))) => (lay_over(unit, context, old, form).await?, Some(text(&before)?)),
            (Some(form), None) => (put_down(unit, context, context.id(), form).await?, None),
            (None, Some((old, _))) => (old, None),
            (None, None) => return Ok(None),
        };
        let version = self.acts.run(unit, rights, station.id).await?;
        Ok(Some(file_row::Model {
            file_id: file,
            station_id: station.id,
            made: self.form.is_some() && before.is_none(),
            before,
            appointed: self.acts.master.is_some(),
            turned: self.acts.turn.is_some(),
            version: version.unwrap_or(station.version),
            undone: false,
        }))
    }
}

/// Judges rows in their order; a second row of one code is wrong.
///
/// # Errors
/// A fault.
pub async fn judge(
    conn: &Connection,
    (context, rights): (&Context, &Rights),
    union: Id,
    rows: &[(usize, Cells)],
) -> Result<Vec<Judged>, Problem> {
    let catalogue = catalogue::list(conn).await?;
    let known = known(conn, context, rows).await?;
    let keys: Vec<Id> = known.values().map(|station| station.id).collect();
    let items = items::codes_of(conn, &keys).await?;
    let posts = of_stations(conn, context, &keys).await?;
    let named = rights.masters(conn, rows).await?;
    let mut unions: HashMap<String, Option<Id>> = HashMap::new();
    let mut seen = BTreeSet::new();
    let mut judged = Vec::with_capacity(rows.len());
    for ((number, cells), named) in rows.iter().zip(named) {
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
        let posts = old.as_ref().and_then(|old| posts.get(&old.id));
        let master = posts.and_then(|posts| posts.iter().find(|post| post.is_master_now()));
        let beside = Known { cells, master, named };
        judged.push(match against(conn, (context, rights), (form, &beside), old.zip(before)).await {
            Ok((verdict, words, write)) => Judged { told: told(verdict, words), write },
            Err(problem) if problem.status < 500 => wrong(vec![problem.detail]),
            Err(fault) => return Err(fault),
        });
    }
    Ok(judged)
}

/// The number on the sign that a row names.
fn code(cells: &Cells) -> String {
    codes::text::compact(cells.get(CODE).map(String::as_str).unwrap_or_default())
}

/// The stations in scope that have the rows' numbers on their signs, by number.
async fn known(
    conn: &Connection,
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
    conn: &Connection,
    (context, rights): (&Context, &Rights),
    (form, beside): (StationForm, &Known<'_>),
    known: Option<(station::Model, StationForm)>,
) -> Result<(RowVerdict, String, Option<Plan>), Problem> {
    let Some((old, before)) = known else {
        form.check_against(conn, context, None).await?;
        let acts = Acts::of(conn, rights, &form.row(context, Id(0))?, beside).await?;
        let words = format!("将新增。{}", acts.words());
        return Ok((RowVerdict::New, words, Some(Plan { form: Some(form), old: None, acts })));
    };
    let fields = etag::changed(&before, &form);
    let mut words = String::new();
    if !fields.is_empty() {
        may_change(&old, &before, &form)?;
        form.check_against(conn, context, Some(old.id)).await?;
        let named = fields.iter().map(|field| label(field)).collect::<Vec<_>>().join("、");
        words = format!("将修改：{named}。");
    }
    let acts = Acts::of(conn, rights, &form.onto(old.clone())?, beside).await?;
    if words.is_empty() && acts.is_empty() {
        return Ok((RowVerdict::Same, "与现有档案一致。".to_owned(), None));
    }
    words.push_str(&acts.words());
    let form = (!fields.is_empty()).then_some(form);
    Ok((RowVerdict::Changed, words, Some(Plan { form, old: Some((old, before)), acts })))
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
    conn: &Connection,
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
