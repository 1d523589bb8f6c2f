//! Asking for an export. Little is written while the caller waits; the rest by a job, and what is about many people only
//! when a second officer agreed.

use chrono::TimeDelta;
use codes::text::decimal;
use database::{Fault, Id, Moment, Unit};
use documents::table_out::{MOST_PAGE_ROWS, MOST_SHEET_ROWS};
use sea_orm::{ActiveValue::Set, Condition, QuerySelect, entity::prelude::*};
use secret::Place;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    ExportKind,
    hand_out::handed_out,
    numbers::ROWS,
    tables::{ActiveModel, Column, Entity, ExportFormat, ExportState},
    view::{self, ExportView},
    words, work,
};
use crate::{
    Context, Problem, audit,
    organisation::{self, tree},
    outbox, rulebook,
};

/// What is to be taken away. `F` is the filter of the list that the kind of data has.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct ExportForm<F> {
    /// Whose data; the filter's organisation, or the only one that the caller acts for, unless told.
    pub organisation_id: Option<Id>,
    /// What kind of file.
    #[serde(default)]
    pub format: ExportFormat,
    /// What for; needed where a second officer decides.
    #[schema(max_length = 200)]
    pub reason: Option<String>,
    /// Which rows.
    pub filter: F,
}

/// An export that was asked for, as the kind's own use case hands it on.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The file's title.
    pub title: String,
    /// Whose data.
    pub organisation: Option<Id>,
    /// What kind of file.
    pub format: ExportFormat,
    /// What for.
    pub reason: Option<String>,
    /// The filter as JSON.
    pub filter: String,
}

impl Asked {
    /// Reads a form; the filter names `organisation` where the form names none.
    ///
    /// # Errors
    /// A fault if the filter is no JSON.
    pub fn new<F: Serialize>(title: impl Into<String>, form: &ExportForm<F>) -> Result<Self, Problem> {
        let filter = serde_json::to_string(&form.filter).map_err(|err| Fault::Stored(err.to_string()))?;
        Ok(Self {
            title: title.into(),
            organisation: form.organisation_id,
            format: form.format,
            reason: form.reason.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
            filter,
        })
    }
}

/// The filter that [`Asked::new`] wrote, when the job reads it again.
///
/// # Errors
/// A fault if it is not one of this kind's.
pub fn wanted<F: DeserializeOwned>(filter: &str) -> Result<F, Problem> {
    Ok(serde_json::from_str(filter).map_err(|err| Fault::Stored(format!("an export's filter: {err}")))?)
}

crate::refusals! {
    /// Why an export is not begun.
    pub enum ExportRefusal {
        /// More than a sheet holds.
        SheetFull { most: String } = 422 "sheet_full" "一张 Excel 表最多导出 {most} 行，请改选 CSV 格式，或缩小范围。",
        /// More than anybody reads on paper.
        PagesFull { most: String } = 422 "pages_full" "PDF 最多导出 {most} 行，请改选 Excel 或 CSV 格式，或缩小范围。",
        /// Too many that are not done yet.
        TooManyOpen { most: u64 } = 429 "too_many_exports" "您已有 {most} 个导出还没有完成，请等待完成或取消后再申请。",
    }
}

/// Exports of one officer that are not done yet.
const MOST_OPEN: u64 = 5;
/// Up to so many rows are written while the caller waits.
const AT_ONCE: u64 = 2000;
/// When the job looks after one that was to be written at once.
const GRACE: TimeDelta = TimeDelta::minutes(2);

/// Asks for an export of `kind`, whose permission the caller holds.
///
/// # Errors
/// 404 for an organisation out of scope; [`ExportRefusal`]; 422 without a reason where one is needed.
pub async fn ask(context: &Context, kind: &'static ExportKind, asked: &Asked) -> Result<ExportView, Problem> {
    let conn = context.read();
    let place = place(context, asked.organisation).await?;
    let rows = (kind.count)(context, &asked.filter).await?;
    match asked.format {
        ExportFormat::Xlsx if rows > MOST_SHEET_ROWS => {
            return Err(ExportRefusal::SheetFull { most: decimal(MOST_SHEET_ROWS.cast_signed(), 0) }.into());
        }
        ExportFormat::Pdf if rows > MOST_PAGE_ROWS => {
            return Err(ExportRefusal::PagesFull { most: decimal(MOST_PAGE_ROWS.cast_signed(), 0) }.into());
        }
        _ => {}
    }
    let filter = &without_sought(&asked.filter);
    let told = &words::told(context, kind, filter, rows).await?;
    let limit = rulebook::number(conn, context, &ROWS, place, context.today()).await?;
    let (id, at_once) = context
        .unit(|unit| async move {
            let waits = waits(&unit, context, kind, asked, (rows, limit)).await?;
            let at_once = !waits && rows <= AT_ONCE;
            let row = ActiveModel { filter: Set(told.clone()), ..row(context, kind, asked, place, rows, waits)? };
            let open = Entity::find().filter(Column::Actor.eq(context.actor().word()));
            if open.filter(Column::State.is_in(ExportState::OPEN)).count(&unit).await? >= MOST_OPEN {
                return Err(ExportRefusal::TooManyOpen { most: MOST_OPEN }.into());
            }
            let id = context.id();
            Entity::insert(sealed(context, id, row, &asked.filter)).exec_without_returning(&unit).await?;
            if !waits {
                let run_at = if at_once { context.now() + GRACE } else { context.now() };
                outbox::enqueue(&unit, context, work::JOB.code, &id, run_at.into()).await?;
            }
            let detail = json!({
                "kind": kind.code, "format": asked.format, "rows": rows, "waits": waits,
                "filter": filter, "columns": kind.headings, "reason": asked.reason,
            });
            audit::record(&unit, context, ("exports.ask", "kernel/export", id), place, detail).await?;
            Ok((id, at_once))
        })
        .await?;
    if at_once {
        work::make(&Context::system(context.house(), "an export at once"), id).await?;
    }
    view::of(context, id).await
}

/// Asks for the rows that pass a list's filter, at and below the organisation that the form names, or else the filter, of
/// which `at` is the place.
///
/// # Errors
/// As [`ask`].
pub async fn ask_for_list<F: Serialize>(
    context: &Context,
    kind: &'static ExportKind,
    mut form: ExportForm<F>,
    at: fn(&mut F) -> &mut Option<Id>,
) -> Result<ExportView, Problem> {
    let place = form.organisation_id.or(*at(&mut form.filter));
    form.organisation_id = place;
    *at(&mut form.filter) = place;
    ask(context, kind, &Asked::new(title(context, kind, place).await?, &form)?).await
}

/// The title of a kind's file, with the organisation's name before it. Whether that lies in scope is asked by [`ask`].
///
/// # Errors
/// A fault of the database.
async fn title(context: &Context, kind: &ExportKind, place: Option<Id>) -> Result<String, Problem> {
    Ok(match place {
        Some(place) => format!("{} {}", tree::name(context.read(), place).await?, kind.label),
        None => kind.label.to_owned(),
    })
}

/// Whether a second officer decides; one that he decides has a reason.
async fn waits(
    unit: &Unit,
    context: &Context,
    kind: &ExportKind,
    asked: &Asked,
    (rows, limit): (u64, i64),
) -> Result<bool, Problem> {
    let taken = if kind.personal { taken(unit, context).await? } else { 0 };
    let all = i64::try_from(rows).unwrap_or(i64::MAX);
    let waits = kind.personal && all.saturating_add(taken) > limit;
    let reason = asked.reason.as_deref().unwrap_or_default().chars().count();
    if reason > 200 || (waits && reason < 2) {
        let before = if taken > 0 { format!("（今天已带走 {} 行）", decimal(taken, 0)) } else { String::new() };
        let told = format!(
            "共 {} 行{before}，一天超过 {} 行的个人信息须经另一名干部批准，请写明用途（2 至 200 字）。",
            decimal(all, 0),
            decimal(limit, 0),
        );
        return Err(Problem::field("reason", "reason", told));
    }
    Ok(waits)
}

/// Rows about people that the caller took away today without a second officer, as exports or handed out: in small pieces they
/// are as many.
async fn taken(unit: &Unit, context: &Context) -> Result<i64, Problem> {
    Ok(exported(unit, context).await?.saturating_add(handed_out(unit, context).await?))
}

/// Those among them that were exported.
pub(super) async fn exported(unit: &Unit, context: &Context) -> Result<i64, Problem> {
    let today = calendar::day_start(context.today());
    let kept = [ExportState::Waiting, ExportState::Refused, ExportState::Cancelled];
    let taken: Vec<(String, i64)> = Entity::find()
        .select_only()
        .columns([Column::Kind, Column::Rows])
        .filter(Column::Actor.eq(context.actor().word()))
        .filter(Column::Id.gte(Id::new(today.timestamp_millis(), 0)))
        // Keys go on from the highest where the clock was put back, so those of other days may lie behind.
        .filter(Column::AskedAt.gte(Moment::from(today)))
        .filter(Column::AskedAt.lt(Moment::from(today + TimeDelta::days(1))))
        .filter(Column::DecidedBy.is_null())
        .filter(Condition::any().add(Column::State.is_not_in(kept)).add(Column::Downloads.gt(0)))
        .into_tuple()
        .all(unit)
        .await?;
    let personal = |code: &str| super::kind::kind(context.house(), code).is_ok_and(|kind| kind.personal);
    Ok(taken.into_iter().filter(|(code, _)| personal(code)).map(|(_, rows)| rows).sum())
}

/// The organisation that was named, or the only one that the caller acts for.
async fn place(context: &Context, named: Option<Id>) -> Result<Id, Problem> {
    match (named, context.scope().roots()) {
        (Some(id), _) => Ok(organisation::get(context.read(), context.scope(), id).await?.id),
        (None, Some([only])) => Ok(*only),
        (None, _) => Err(Problem::field("organisation_id", "missing", "请选择要导出哪个工会的数据。")),
    }
}

/// The row, without its key and what was asked for.
pub(super) fn row(
    context: &Context,
    kind: &ExportKind,
    asked: &Asked,
    place: Id,
    rows: u64,
    waits: bool,
) -> Result<ActiveModel, Problem> {
    let scope = serde_json::to_string(&context.scope().roots()).map_err(|err| Fault::Stored(err.to_string()))?;
    Ok(ActiveModel {
        kind: Set(kind.code.to_owned()),
        format: Set(asked.format),
        title: Set(asked.title.clone()),
        organisation_id: Set(place),
        filter: Set(String::new()),
        scope: Set(scope),
        actor: Set(context.actor().word()),
        reason: Set(asked.reason.clone()),
        asked_at: Set(context.now().into()),
        rows: Set(i64::try_from(rows).unwrap_or(i64::MAX)),
        done: Set(0),
        state: Set(if waits { ExportState::Waiting } else { ExportState::Queued }),
        attempt: Set(0),
        downloads: Set(0),
        ..Default::default()
    })
}

pub(super) fn sealed(context: &Context, id: Id, row: ActiveModel, filter: &str) -> ActiveModel {
    let house = context.house();
    let sealed = house.keyring().seal(filter_place(id), filter, house.ambient().bytes());
    ActiveModel { id: Set(id), filter_sealed: Set(sealed), ..row }
}

/// Where a filter is sealed.
pub(super) fn filter_place(id: Id) -> Place<'static> {
    Place { table: "export_request", column: "filter", row_key: id.0 }
}

/// The filter as the log keeps it: what was sought may be a name or a number, so only that something was.
fn without_sought(filter: &str) -> Value {
    let mut filter: Value = serde_json::from_str(filter).unwrap_or_default();
    if let Some(fields) = filter.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
        if let Some(sought) = fields.get_mut("q") {
            *sought = json!(true);
        }
    }
    filter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_keeps_no_name_that_was_sought() {
        let kept = without_sought(r#"{"q":"张小雨","state":"normal","group":null}"#);
        assert_eq!(kept, json!({ "q": true, "state": "normal" }));
    }
}
