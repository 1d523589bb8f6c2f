//! Undoing an import: memberships that it made and that nothing happened to since are taken back with their facts, the
//! transfers it asked for and that still wait are withdrawn.

use database::{Id, Unit};
use kernel::{Context, Problem, outbox::JobKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};

use super::keep;
use crate::{
    rules::standing::{Standing, Step},
    step::{Change, take},
    tables::{
        import::ImportState,
        import_row::{self, Verdict},
        member,
    },
};

/// The work.
pub const JOB: JobKind = keep::job("membership_import_undo", |context, payload| Box::pin(work(context, payload)));

/// Rows in one unit of work: each is a step of a life, with its own history and facts.
const BATCH: u64 = 100;

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let id = keep::of_job(payload)?;
    let mut after = 0;
    loop {
        let rows = &import_row::Entity::find()
            .filter(import_row::Column::ImportId.eq(id))
            .filter(import_row::Column::Done.eq(true))
            .filter(import_row::Column::Row.gt(after))
            .order_by_asc(import_row::Column::Row)
            .limit(BATCH)
            .all(context.read())
            .await?;
        let Some(last) = rows.last() else { break };
        after = last.row;
        let undone = context.unit(|unit| async move {
            let Some(import) = keep::still(&unit, id, ImportState::Undoing).await? else { return Ok(()) };
            let mut marked = Vec::with_capacity(rows.len());
            for row in rows {
                marked.push(undo(&unit, context, id, row).await?);
            }
            keep::save_rows(&unit, marked).await?;
            let done = import.done + i64::try_from(rows.len()).unwrap_or(0);
            keep::progress(&unit, context, id, done, ImportState::Undoing).await
        });
        undone.await?;
        keep::tell(context, id);
    }
    let ended = context.unit(|unit| async move {
        match keep::still(&unit, id, ImportState::Undoing).await? {
            Some(import) => keep::progress(&unit, context, id, import.done, ImportState::Undone).await,
            None => Ok(()),
        }
    });
    ended.await?;
    keep::tell(context, id);
    Ok(())
}

async fn undo(
    unit: &Unit,
    context: &Context,
    import: Id,
    row: &import_row::Model,
) -> Result<import_row::ActiveModel, Problem> {
    let mut active = row.clone().into_active_model().reset_all();
    let found = match row.member_id {
        Some(id) => member::Entity::find_by_id(id).one(unit).await?,
        None => None,
    };
    let untouched = found.filter(|member| {
        row.verdict == Some(Verdict::Join)
            && member.import_batch == Some(import)
            && member.state == Standing::Normal
            && member.version == 1
    });
    let message = match untouched {
        Some(member) => {
            let change = Change::new(context, Step::Undo).because(Some("撤销导入"));
            take(unit, context, member, change).await?;
            active.done = Set(false);
            "已撤销。"
        }
        None => "导入后会籍又有变动，或已提出转接，未撤销；请逐人办理。",
    };
    active.message = Set(message.to_owned());
    Ok(active)
}
