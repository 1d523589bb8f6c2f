//! Making a checkpoint, and handing it out.

use database::{Connection, Moment, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use secret::sign::Signed;

use super::{
    line::{Checkpoint, MOST_STEPS, STEP_DIGITS},
    tables::{ActiveModel, Column, Entity, Model},
};
use crate::{Context, Fault, Problem, audit, outbox::JobKind};

/// The daily checkpoint.
pub const JOB: JobKind =
    JobKind::new("kernel.audit_checkpoint", 5, |context, _| Box::pin(work(context))).every(24 * 60 * 60);

async fn work(context: &Context) -> Result<(), Problem> {
    latest(context).await?;
    hand_out(context).await
}

/// The checkpoint of the chain as it is now; a new one if anything was written since the last. Nothing of an empty chain.
///
/// # Errors
/// A fault of the database.
pub async fn latest(context: &Context) -> Result<Option<String>, Problem> {
    context
        .unit(|unit| async move {
            let end = audit::Entity::find().order_by_desc(audit::Column::Position).one(&unit).await?;
            let Some(end) = end else { return Ok(None) };
            let before = Entity::find().filter(Column::Position.lte(end.position));
            let before = before.order_by_desc(Column::Position).one(&unit).await?;
            if let Some(same) = before.as_ref().filter(|before| before.position == end.position) {
                if same.hash != end.hash {
                    let told = format!("the audit chain differs from its checkpoint at {}", same.position);
                    return Err(Fault::Stored(told).into());
                }
                return Ok(Some(same.line.clone()));
            }
            let checkpoint = checkpoint(&unit, context, end, before.as_ref()).await?;
            let line = checkpoint.line();
            let row = ActiveModel {
                position: Set(checkpoint.position),
                at: Set(checkpoint.at),
                entries: Set(checkpoint.entries),
                hash: Set(checkpoint.hash),
                line: Set(line.clone()),
                handed_out_at: Set(None),
            };
            Entity::insert(row).exec_without_returning(&unit).await?;
            Ok(Some(line))
        })
        .await
}

async fn checkpoint(
    unit: &Unit,
    context: &Context,
    end: audit::Model,
    before: Option<&Model>,
) -> Result<Checkpoint, Problem> {
    let begin = before.map_or(0, |before| before.position);
    let entries = end.position - begin;
    let stride = (entries + MOST_STEPS - 1) / MOST_STEPS;
    let stride = stride.max(1);
    let places = (begin + stride..=end.position).step_by(usize::try_from(stride).unwrap_or(1)).collect();
    let mut checkpoint = Checkpoint {
        position: end.position,
        at: context.now().into(),
        entries,
        hash: end.hash,
        stride,
        steps: steps(unit, places).await?,
        signed: Signed { public_key: String::new(), signature: String::new() },
    };
    checkpoint.signed = context.house().keyring().sign_openly(&checkpoint.text());
    Ok(checkpoint)
}

/// The beginnings of the hashes at these places.
pub(super) async fn steps(conn: &Connection, places: Vec<i64>) -> Result<Vec<String>, Problem> {
    let query = audit::Entity::find().select_only().column(audit::Column::Hash);
    let query = query.filter(audit::Column::Position.is_in(places)).order_by_asc(audit::Column::Position);
    let hashes: Vec<String> = query.into_tuple().all(conn).await?;
    Ok(hashes.iter().map(|hash| hash.chars().take(STEP_DIGITS).collect()).collect())
}

/// Hands out what was not handed out yet, the oldest first; what a keeper does not take comes again.
async fn hand_out(context: &Context) -> Result<(), Problem> {
    let keepers = context.house().checkpoint_keepers();
    if keepers.is_empty() {
        return Ok(());
    }
    let waiting = Entity::find().filter(Column::HandedOutAt.is_null()).order_by_asc(Column::Position);
    for checkpoint in waiting.all(context.read()).await? {
        for keeper in keepers {
            let kept = keeper.keep(&checkpoint.line).await;
            kept.map_err(|failure| Fault::Stored(format!("a checkpoint was not taken: {failure}")))?;
        }
        let (position, now) = (checkpoint.position, Moment::from(context.now()));
        let noted = context.unit(|unit| async move {
            let row = ActiveModel { position: Set(position), handed_out_at: Set(Some(now)), ..Default::default() };
            Entity::update(row).exec(&unit).await?;
            Ok(())
        });
        noted.await?;
    }
    Ok(())
}
