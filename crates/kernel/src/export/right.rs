//! In what scope an export is written: that of its asking, if whoever asked still holds the right there. A right that was
//! taken away while an export waited opens nothing any more.

use database::{Fault, Id};

use super::{ExportKind, tables::Model};
use crate::{Context, Problem, Scope, access, organisation};

/// The system's call in the scope of the asking.
///
/// # Errors
/// 403 if the right does not hold any more.
pub(super) async fn scope(context: &Context, kind: &ExportKind, export: &Model) -> Result<Context, Problem> {
    let roots: Option<Vec<Id>> = serde_json::from_str(&export.scope).map_err(|err| Fault::Stored(err.to_string()))?;
    let held = places(context, kind, &export.actor).await?;
    let Some(roots) = roots else {
        return if held.is_none() { Ok(context.clone()) } else { Err(gone()) };
    };
    if let Some(held) = held {
        let now = Scope::under(held);
        for root in &roots {
            organisation::get(context.read(), &now, *root).await.map_err(|absent| absent.absent_as(gone()))?;
        }
    }
    Ok(context.lent(roots))
}

/// Refuses whoever calls unless he may take this kind away at an organisation.
pub(super) async fn at(context: &Context, kind: &ExportKind, place: Id) -> Result<(), Problem> {
    let Some(held) = places(context, kind, &context.actor().word()).await? else { return Ok(()) };
    let there = organisation::get(context.read(), &Scope::under(held), place).await;
    there.map(drop).map_err(|absent| absent.absent_as(Problem::forbidden()))
}

/// Where somebody holds the right to a kind now.
async fn places(context: &Context, kind: &ExportKind, actor: &str) -> Result<Option<Vec<Id>>, Problem> {
    access::places_held(context.read(), context.today(), actor, kind.permission).await
}

fn gone() -> Problem {
    Problem::new(403, "export_right_gone", "申请人现在没有导出这些数据的权限，请由有权限的干部重新申请。")
}
