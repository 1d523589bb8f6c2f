//! Undoing an import: memberships that it made and that nothing happened to since are taken back with their facts, the
//! transfers it asked for and that still wait are withdrawn. What a quarter that was handed up counts stays.

use std::collections::HashSet;

use database::{Id, Unit};
use kernel::{Context, Problem, outbox::JobKind};
use sea_orm::{QuerySelect, entity::prelude::*};

use super::keep;
use crate::{
    rules::{
        roster::{RowVerdict, Verdict},
        standing::{Standing, Step},
    },
    step::{Change, drop_waiting_transfer, take},
    tables::{due, import::ImportState, import_block, member, transfer},
};

/// The work.
pub const JOB: JobKind = keep::job("membership_import_undo", |context, payload| Box::pin(work(context, payload)));

/// What the histories of those whose rows are undone say.
const BECAUSE: &str = "撤销导入";
/// Rows in one unit of work: each is a step of a life, with its own history and facts.
const BATCH: usize = 100;

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let id = keep::of_job(payload)?;
    let mut after = -1;
    while let Some(block) = keep::next(context.read(), id, after, Some(import_block::Column::Entered.gt(0))).await? {
        after = block.block;
        let verdicts = keep::verdicts(&block)?;
        let entered: Vec<usize> =
            (0..verdicts.len()).filter(|at| verdicts.get(*at).is_some_and(|row| row.done)).collect();
        for places in entered.chunks(BATCH) {
            undo_some(context, id, block.block, places).await?;
            keep::tell(context, id);
        }
    }
    keep::end(context, id, ImportState::Undoing, ImportState::Undone).await
}

/// Undoes the rows at these places of a block.
async fn undo_some(context: &Context, id: Id, block: i64, places: &[usize]) -> Result<(), Problem> {
    let undone = context.unit(|unit| async move {
        let Some(import) = keep::still(&unit, id, ImportState::Undoing).await? else { return Ok(()) };
        let block = import_block::Entity::find_by_id((id, block)).one(&unit).await?.ok_or_else(Problem::not_found)?;
        let mut verdicts = keep::verdicts(&block)?;
        let paid = paid(&unit, places.iter().filter_map(|place| verdicts.get(*place)?.member_id)).await?;
        for place in places {
            if let Some(row) = verdicts.get_mut(*place).filter(|row| row.done) {
                undo(&unit, context, (id, &paid), row).await?;
            }
        }
        keep::save(&unit, &block, &verdicts).await?;
        keep::progress(&unit, context, id, import.done + keep::number(places.len()), ImportState::Undoing).await
    });
    undone.await
}

/// Those of some memberships for which dues stand: money that was taken lies on no membership that never was.
async fn paid(unit: &Unit, members: impl Iterator<Item = Id>) -> Result<HashSet<Id>, Problem> {
    let query = due::Entity::find().select_only().column(due::Column::MemberId).distinct();
    let found: Vec<Id> = query.filter(due::Column::StandingMemberId.is_in(members)).into_tuple().all(unit).await?;
    Ok(found.into_iter().collect())
}

async fn undo(
    unit: &Unit,
    context: &Context,
    (import, paid): (Id, &HashSet<Id>),
    row: &mut RowVerdict,
) -> Result<(), Problem> {
    if row.verdict == Some(Verdict::Join) && row.member_id.is_some_and(|member| paid.contains(&member)) {
        "导入后已登记会费，未撤销；请先撤回会费登记，再撤销导入。".clone_into(&mut row.message);
        return Ok(());
    }
    let found = match row.member_id {
        Some(id) => member::Entity::find_by_id(id).one(unit).await?,
        None => None,
    };
    let asked = match &found {
        Some(member) => asked_by(unit, import, member.id).await?,
        None => None,
    };
    let undone = match (row.verdict, found, asked) {
        (Some(Verdict::Join), Some(member), _)
            if member.import_batch == Some(import) && member.state == Standing::Normal && member.version == 1 =>
        {
            take(unit, context, member, Change::new(context, Step::Undo).because(Some(BECAUSE))).await
        }
        (Some(Verdict::Transfer), Some(member), Some(asked)) => {
            let withdrawn = Change { before: asked.state_before, ..Change::new(context, Step::WithdrawTransfer) };
            let taken = take(unit, context, member, withdrawn.because(Some(BECAUSE))).await;
            if taken.is_ok() {
                drop_waiting_transfer(unit, context, asked.member_id);
            }
            taken
        }
        _ => {
            "导入后会籍又有变动，或转接已经答复，未撤销；请逐人办理。".clone_into(&mut row.message);
            return Ok(());
        }
    };
    match undone {
        Ok(_) => (row.done, row.message) = (false, "已撤销。".to_owned()),
        Err(problem) if problem.fault.is_none() => row.message = format!("未撤销：{}", problem.detail),
        Err(problem) => return Err(problem),
    }
    Ok(())
}

/// The transfer of a membership that this import asked for and that still waits.
async fn asked_by(unit: &Unit, import: Id, member: Id) -> Result<Option<transfer::Model>, Problem> {
    let query = transfer::Entity::find().filter(transfer::Column::WaitingMemberId.eq(member));
    Ok(query.filter(transfer::Column::ImportBatch.eq(import)).one(unit).await?)
}
