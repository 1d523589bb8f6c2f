use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{Difference, PAGE};
use crate::{Context, Problem, audit};

/// Walks the audit chain from its beginning: positions without gaps, each hash over the entry and the hash before it.
pub(super) async fn walk(context: &Context) -> Result<Vec<Difference>, Problem> {
    let mut differences = Vec::new();
    let (mut position, mut previous) = (0, String::new());
    loop {
        let query = audit::Entity::find().filter(audit::Column::Position.gt(position));
        let entries = query.order_by_asc(audit::Column::Position).limit(PAGE).all(context.read()).await?;
        if entries.is_empty() {
            return Ok(differences);
        }
        for entry in entries {
            if entry.position != position + 1 {
                let (from, to) = (position + 1, entry.position - 1);
                differences.push(Difference(format!("审计链缺少第 {from} 至 {to} 条。")));
            }
            if entry.hash != audit::hash(&previous, &entry) {
                differences
                    .push(Difference(format!("审计链第 {} 条与前文的校验值不符，可能被改动过。", entry.position)));
            }
            position = entry.position;
            previous = entry.hash;
        }
    }
}
