use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::{line::Checkpoint, make::steps};
use crate::{Context, Problem, audit, ledger::Difference};

/// Compares the chain with checkpoints that were kept elsewhere, and names the first entry that is not what it was. That the
/// chain is one in itself is another question ([`crate::ledger::verify`]).
///
/// # Errors
/// A fault of the database.
pub async fn compare(context: &Context, kept: &[Checkpoint]) -> Result<Vec<Difference>, Problem> {
    let mut kept: Vec<&Checkpoint> = kept.iter().collect();
    kept.sort_by_key(|checkpoint| checkpoint.position);
    let mut differences = Vec::new();
    let own = context.house().keyring().public_key();
    let mut right = 0;
    for checkpoint in kept {
        let position = checkpoint.position;
        if !checkpoint.is_genuine() {
            differences.push(Difference(format!("第 {position} 条处的检查点签名不符，检查点文件可能被改动过。")));
            continue;
        }
        if checkpoint.signed.public_key != own {
            differences.push(Difference(format!("第 {position} 条处的检查点不是用本库的密钥签发的。")));
        }
        let found = hash_at(context, position).await?;
        if found.as_deref() == Some(checkpoint.hash.as_str()) {
            right = position;
            continue;
        }
        differences.push(named(context, checkpoint, right, found.is_none()).await?);
        // Behind the first difference every hash differs.
        break;
    }
    Ok(differences)
}

async fn hash_at(context: &Context, position: i64) -> Result<Option<String>, Problem> {
    let query = audit::Entity::find().select_only().column(audit::Column::Hash);
    let query = query.filter(audit::Column::Position.eq(position)).order_by_asc(audit::Column::Position);
    Ok(query.into_tuple().one(context.read()).await?)
}

/// The entries among which the first one lies that was rewritten, as closely as the checkpoint tells; `right` is the last
/// place at which an earlier checkpoint agreed.
async fn named(
    context: &Context,
    checkpoint: &Checkpoint,
    right: i64,
    is_missing: bool,
) -> Result<Difference, Problem> {
    let day = calendar::minute_in_words(checkpoint.at.at());
    let (mut from, mut to) = (right + 1, checkpoint.position);
    // A checkpoint knows the way from the one before it only; if that one is not at hand, earlier entries may differ too.
    if checkpoint.position - checkpoint.entries <= right {
        let places: Vec<i64> = checkpoint.places().collect();
        for (place, told) in places.into_iter().zip(&checkpoint.steps) {
            if steps(context.read(), vec![place]).await?.first() == Some(told) {
                from = from.max(place + 1);
            } else {
                to = place;
                break;
            }
        }
    }
    let which = if from == to { format!("第 {from} 条") } else { format!("第 {from} 至 {to} 条中的一条") };
    let what = if is_missing { "被改写或截去" } else { "被改写" };
    Ok(Difference(format!("审计链与{day}留存的检查点不符：自{which}起{what}。")))
}
