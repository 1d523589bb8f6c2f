//! Writing an export: page by page from the database to a nameless file, then sealed piece by piece into the database. A
//! crash leaves nothing of the file; the job begins it anew, and what an earlier beginning still writes is not taken.

use chrono::TimeDelta;
use database::{Fault, Id, Moment, Unit};
use documents::{
    sheet_out::WorkbookProblem,
    table_out::{Frame, TableProblem, TableWriter},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use secret::digest::Digests;
use serde_json::json;

use super::{
    ask::filter_place,
    kind::kind,
    numbers::{KEPT_DAYS, ROWS},
    right, store,
    tables::{ActiveModel, Column, Entity, ExportState, Model},
    view,
};
use crate::{Context, Problem, audit, keys, outbox::JobKind, rulebook};

/// The work.
pub(super) const JOB: JobKind =
    JobKind::new("kernel.export", MOST_ATTEMPTS, |context, payload| Box::pin(work(context, payload)));

/// How often an export is begun before it is given up.
const MOST_ATTEMPTS: i32 = 4;
/// What is told of an export that the system failed, and not its rules. Its job lies until the operator has it tried again,
/// unless what stood in the way passes by itself: then it is asked for anew.
const TROUBLED: &str = "系统出了问题，请稍后重新申请；如仍不行，请告诉管理员。";
/// Rows between two looks at whether it was cancelled; then the page hears how far it is.
const STRIDE: i64 = 5000;

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a job's payload: {err}")))?;
    make(context, id).await
}

/// Writes an export's file, if it still waits for that.
pub(super) async fn make(context: &Context, id: Id) -> Result<(), Problem> {
    let Some(export) = &begin(context, id).await? else { return Ok(()) };
    match write(context, export).await {
        Ok(()) => Ok(()),
        // A key that this process has not got yet may be there at the next attempt.
        Err(problem) if problem.fault.is_none() && problem.status < 500 => fail(context, export, problem.detail).await,
        Err(problem) => {
            if export.attempt >= MOST_ATTEMPTS {
                fail(context, export, TROUBLED.to_owned()).await?;
                // Of such a job no attempt counts: it would write this file in vain for as long as that lasts.
                if problem.trouble().is_some() {
                    tracing::warn!(code = problem.code, fault = ?problem.fault, "an export was given up");
                    return Ok(());
                }
            }
            Err(problem)
        }
    }
}

/// Takes the export up, and takes away what an earlier beginning left. One that failed for the system's sake is taken up too,
/// as long as it is kept what was sought.
async fn begin(context: &Context, id: Id) -> Result<Option<Model>, Problem> {
    context
        .unit(|unit| async move {
            let found = Entity::find_by_id(id).one(&unit).await?;
            let open = |found: &Model| match found.state {
                ExportState::Queued | ExportState::Running => true,
                ExportState::Failed => found.failure.as_deref() == Some(TROUBLED) && !found.filter_sealed.is_empty(),
                _ => false,
            };
            let Some(found) = found.filter(open) else { return Ok(None) };
            let attempt = found.attempt + 1;
            let found = Model { state: ExportState::Running, attempt, done: 0, failure: None, ..found };
            let row = ActiveModel {
                id: Set(id),
                state: Set(found.state),
                attempt: Set(found.attempt),
                done: Set(0),
                failure: Set(None),
                ..Default::default()
            };
            Entity::update(row).exec(&unit).await?;
            store::clear(&unit, id).await?;
            Ok(Some(found))
        })
        .await
}

async fn write(context: &Context, export: &Model) -> Result<(), Problem> {
    let kind = kind(context.house(), &export.kind)?;
    let asker = &right::scope(context, kind, export).await?;
    let filter = keys::open(context, filter_place(export.id), &export.filter_sealed)?;
    let most = most_rows(context, kind.personal, export).await?;
    let names = view::names(context.read(), &[&export.actor]).await?;
    let who = names.get(&export.actor).map_or_else(|| view::other(&export.actor), String::as_str);
    let asked = calendar::beijing_time(export.asked_at.at());
    let mark = format!("{who} {} 导出 编号{}", asked.format("%Y-%m-%d %H:%M"), export.id);
    let folder = &context.house().settings().files;
    tokio::fs::create_dir_all(folder).await.map_err(|err| Fault::Stored(format!("the folder for files: {err}")))?;
    let frame = Frame { title: &export.title, headings: kind.headings, mark: &mark, created: asked };
    let mut table = TableWriter::new(export.format.into(), folder, &frame).map_err(unwritten)?;
    let (mut after, mut done, mut told): (Option<String>, i64, i64) = (None, 0, 0);
    loop {
        let page = (kind.next)(asker, &filter, after.as_deref()).await?;
        for row in page.rows {
            table.row(row).map_err(unwritten)?;
            done += 1;
        }
        if most.is_some_and(|most| done > most) {
            return Err(grown());
        }
        if done - told >= STRIDE {
            told = done;
            if !still(context, export, done).await? {
                return Ok(());
            }
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let notes = notes(export, kind.personal, (&mark, who), done);
    let finished = tokio::task::spawn_blocking(move || table.finish(&notes)).await;
    let file = finished.map_err(|err| Fault::Stored(format!("a file was not finished: {err}")))?.map_err(unwritten)?;
    match store::keep(context, export, file).await? {
        Some(kept) => end(context, export, done, kept).await,
        None => Ok(()),
    }
}

/// The most rows that may go without a second officer; no bound if he agreed, or nobody is in them.
async fn most_rows(context: &Context, personal: bool, export: &Model) -> Result<Option<i64>, Problem> {
    if !personal || export.decided_by.is_some() {
        return Ok(None);
    }
    let place = export.organisation_id;
    Ok(Some(rulebook::number(context.read(), context, &ROWS, place, context.today()).await?))
}

/// What a file tells of itself.
fn notes(export: &Model, personal: bool, (mark, who): (&str, &str), rows: i64) -> Vec<(&'static str, String)> {
    // A list of guests shows whole names: only of rows about people may it be said that they are masked.
    let masked = if personal { "；姓名和号码已按规定脱敏" } else { "" };
    let moment = |at: Moment| calendar::beijing_time(at.at()).format("%Y-%m-%d %H:%M:%S").to_string();
    let mut notes = vec![
        ("内容", export.title.clone()),
        ("导出人", who.to_owned()),
        ("申请时间", moment(export.asked_at)),
        ("行数", rows.to_string()),
        ("筛选条件", export.filter.clone()),
        ("用途", export.reason.clone().unwrap_or_default()),
        ("标识", mark.to_owned()),
        ("提示", format!("本文件仅供工会工作使用，请勿外传{masked}。")),
    ];
    notes.extend(export.decided_at.map(|at| ("批准时间", moment(at))));
    notes
}

/// Whether this beginning of the export is still the one that counts; says how far it is.
pub(super) async fn still(context: &Context, export: &Model, done: i64) -> Result<bool, Problem> {
    context
        .unit(|unit| async move {
            let row = ActiveModel { done: Set(done), ..Default::default() };
            let running = Entity::update_many().set(row).filter(running(export));
            Ok(running.exec(&unit).await?.rows_affected == 1)
        })
        .await
}

/// This beginning of the export.
pub(super) fn running(export: &Model) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(Column::Id.eq(export.id))
        .add(Column::State.eq(ExportState::Running))
        .add(Column::Attempt.eq(export.attempt))
}

async fn end(context: &Context, export: &Model, rows: i64, (size, hashes): (i64, Digests)) -> Result<(), Problem> {
    // A long export ends later than its call began.
    let after = &Context::system(context.house(), "an export's end");
    let place = export.organisation_id;
    let days = rulebook::number(after.read(), after, &KEPT_DAYS, place, after.today()).await?;
    let Digests { sm3, sha256 } = &hashes;
    after
        .unit(|unit| async move {
            let row = ActiveModel {
                state: Set(ExportState::Done),
                rows: Set(rows),
                done: Set(rows),
                size: Set(Some(size)),
                hash: Set(Some(sm3.clone())),
                sha256: Set(Some(sha256.clone())),
                finished_at: Set(Some(after.now().into())),
                expires_at: Set(Some((after.now() + TimeDelta::days(days)).into())),
                ..Default::default()
            };
            let ended = Entity::update_many().set(row).filter(running(export)).exec(&unit).await?;
            if ended.rows_affected == 0 {
                return Ok(());
            }
            let detail = json!({
                "kind": export.kind, "rows": rows, "bytes": size, "sm3": sm3, "sha256": sha256, "for": export.actor,
            });
            note(&unit, after, "exports.make", export, detail).await
        })
        .await
}

async fn fail(context: &Context, export: &Model, told: String) -> Result<(), Problem> {
    let told = &told;
    context
        .unit(|unit| async move {
            let row =
                ActiveModel { state: Set(ExportState::Failed), failure: Set(Some(told.clone())), ..Default::default() };
            let failed = Entity::update_many().set(row).filter(running(export)).exec(&unit).await?;
            // A later attempt, or who cancelled it, was faster: what is kept now is not this one's.
            if failed.rows_affected == 0 {
                return Ok(());
            }
            store::clear(&unit, export.id).await?;
            note(&unit, context, "exports.fail", export, json!({ "kind": export.kind, "why": told })).await
        })
        .await
}

/// Writes a step of an export into the audit chain.
pub(super) async fn note(
    unit: &Unit,
    context: &Context,
    action: &'static str,
    export: &Model,
    detail: serde_json::Value,
) -> Result<(), Problem> {
    audit::record(unit, context, (action, "kernel/export", export.id), export.organisation_id, detail).await
}

/// More rows than there were when it was asked for.
fn grown() -> Problem {
    Problem::new(409, "export_grew", "申请之后行数增加，超过了上限，请重新申请。")
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands it over")]
fn unwritten(err: TableProblem) -> Problem {
    if matches!(err, TableProblem::TooManyRows | TableProblem::Workbook(WorkbookProblem::TooManyRows)) {
        return grown();
    }
    Fault::Stored(format!("an export: {err}")).into()
}
