//! Enrolling the good rows. A unit takes one block while others wait for the writer, and more at a time while nobody does:
//! every unit writes the pages of the search keys anew that its people fall on, which are nearly all of them.

use database::Unit;
use kernel::{Context, Problem, outbox::JobKind};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait};

use super::{
    keep,
    read::{ReadBlock, ReadRow, Reading},
};
use crate::{
    enrol_many::{Outcome, Prepared, enrol_many},
    locked::Locked,
    rules::roster::{RowVerdict, Verdict},
    tables::{
        import::{self, ImportState},
        import_block,
    },
};

/// The work.
pub const JOB: JobKind = keep::job("membership_import_run", |context, payload| Box::pin(work(context, payload)));

/// The most blocks in one unit: two seconds' work.
const MOST: u64 = 64;
/// By how many it grows with each unit during which nobody waited: who writes now and then meets a short one.
const MORE: u64 = 4;

/// Who is to be enrolled, or what is wrong; absent for a row that stays out.
type Row = Option<Result<Prepared, String>>;

fn row(context: &Context, verdict: &RowVerdict, read: ReadRow) -> Row {
    verdict.is_open().then(|| read.newcomer.map(|newcomer| Prepared::new(context, newcomer)))
}

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let id = keep::of_job(payload)?;
    let Some(import) = import::Entity::find_by_id(id).one(context.read()).await? else { return Ok(()) };
    let reading = &Reading::begin(context, &import).await?;
    let mut size = 1;
    let mut next = reading.some((-1, size), Some(open()), row).await?;
    while let Some(last) = next.last() {
        let after = last.block.block;
        let blocks = &next;
        let enrolled = context.unit(|unit| async move {
            let Some(import) = keep::still(&unit, id, ImportState::Running).await? else { return Ok(true) };
            // It may have been closed or merged since the last block.
            if keep::is_closed(&unit, context, import.organisation_id).await? {
                keep::progress(&unit, context, id, import.done, ImportState::Cancelled).await?;
                return Ok(true);
            }
            // A quarter may have been handed up since the roster was checked.
            let first = blocks.iter().flat_map(|read| &read.rows).flatten().flatten().map(Prepared::member_since).min();
            let first = first.unwrap_or(context.today());
            let locked = Locked::since(&unit, context, import.organisation_id, first).await?;
            let done = import.done + enrol(&unit, context, (&import, &locked), blocks).await?;
            keep::progress(&unit, context, id, done, ImportState::Running).await?;
            Ok(false)
        });
        let (stopped, following) = tokio::try_join!(enrolled, reading.some((after, size), Some(open()), row))?;
        keep::tell(context, id);
        if stopped {
            return Ok(());
        }
        size = if context.others_wait() { 1 } else { Ord::min(size + MORE, MOST) };
        next = following;
    }
    keep::end(context, id, ImportState::Running, ImportState::Done).await
}

/// The blocks with rows to enrol.
fn open() -> Expr {
    let good = Expr::col(import_block::Column::Joins).add(Expr::col(import_block::Column::Transfers));
    good.gt(Expr::col(import_block::Column::Entered))
}

/// A block's verdicts, with who of it is to be enrolled and at which place each stands.
struct Chosen<'a> {
    block: &'a import_block::Model,
    verdicts: Vec<RowVerdict>,
    people: Vec<&'a Prepared>,
    places: Vec<usize>,
}

/// Enrols the rows of blocks, all together, unless another process did meanwhile. Answers how many it dealt with.
async fn enrol(
    unit: &Unit,
    context: &Context,
    (import, locked): (&import::Model, &Locked),
    blocks: &[ReadBlock<Row>],
) -> Result<i64, Problem> {
    let numbers = blocks.iter().map(|read| read.block.block);
    let now = import_block::Entity::find()
        .filter(import_block::Column::ImportId.eq(import.id))
        .filter(import_block::Column::Block.is_in(numbers))
        .all(unit)
        .await?;
    let untouched = blocks.iter().filter(|read| now.contains(&read.block));
    let chosen: Vec<Chosen<'_>> = untouched.map(|read| choose(context, locked, read)).collect();
    let people: Vec<&Prepared> = chosen.iter().flat_map(|block| &block.people).copied().collect();
    let outcomes = enrol_many(unit, context, (Some(import.id), locked.open_from()), &people).await?;
    let mut outcomes = outcomes.iter();
    for Chosen { block, mut verdicts, places, .. } in chosen {
        for (place, outcome) in places.into_iter().zip(&mut outcomes) {
            if let Some(verdict) = verdicts.get_mut(place) {
                mark(verdict, outcome);
            }
        }
        keep::save(unit, block, &verdicts).await?;
    }
    Ok(keep::number(people.len()))
}

fn choose<'a>(context: &Context, locked: &Locked, read: &'a ReadBlock<Row>) -> Chosen<'a> {
    let mut verdicts = read.verdicts.clone();
    let (mut people, mut places) = (Vec::with_capacity(read.rows.len()), Vec::with_capacity(read.rows.len()));
    for (place, (row, verdict)) in read.rows.iter().zip(&mut verdicts).enumerate() {
        match row {
            Some(Ok(prepared)) => {
                let joins = verdict.verdict == Some(Verdict::Join);
                match locked.counts_from(prepared.member_since(), context.today()) {
                    Err(why) if joins => (verdict.verdict, verdict.message) = (Some(Verdict::Bad), why.to_owned()),
                    _ => {
                        people.push(prepared);
                        places.push(place);
                    }
                }
            }
            Some(Err(message)) => (verdict.verdict, verdict.message) = (Some(Verdict::Bad), message.clone()),
            None => {}
        }
    }
    Chosen { block: &read.block, verdicts, people, places }
}

/// What became of a row since it was checked may differ from what was foreseen: somebody else may have enrolled the person.
fn mark(row: &mut RowVerdict, outcome: &Outcome) {
    let (verdict, message, member, done) = match outcome {
        Outcome::Joined { member, card_number } => {
            (Verdict::Join, format!("已入会，会员证号{card_number}。"), Some(*member), true)
        }
        Outcome::TransferAsked { member, .. } => {
            (Verdict::Transfer, "已向原工会提出转接。".to_owned(), Some(*member), true)
        }
        Outcome::Already { member } => (Verdict::Already, "已是本工会会员。".to_owned(), Some(*member), false),
        Outcome::TransferWaits { member, .. } => (Verdict::Already, "转接正在办理。".to_owned(), Some(*member), false),
        Outcome::Applied { .. } => (Verdict::Bad, "此人的入会申请正在办理，请先办结。".to_owned(), None, false),
        Outcome::NameDiffers => (Verdict::Bad, "该证件号码已登记在另一个姓名下，请核对。".to_owned(), None, false),
        Outcome::InDoubt(doubt) => (Verdict::Bad, doubt.on_a_roster(), None, false),
        Outcome::Repeated { .. } => (Verdict::Repeated, "与前面的行是同一个人。".to_owned(), None, false),
    };
    row.verdict = Some(verdict);
    row.message = message;
    row.member_id = member;
    row.done = done;
}
