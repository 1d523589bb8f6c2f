//! In what scope an export is written: that of its asking, if whoever asked still holds the right there. A right that was
//! taken away while an export waited opens nothing any more.

use database::{Fault, Id};
use sea_orm::{EntityTrait, entity::prelude::*};

use super::{ExportKind, tables::Model};
use crate::{
    Context, Problem, Scope,
    access::{account, grants, role, token},
    organisation,
};

/// The system's call in the scope of the asking.
///
/// # Errors
/// 403 if the right does not hold any more.
pub(super) async fn scope(context: &Context, kind: &ExportKind, export: &Model) -> Result<Context, Problem> {
    let roots: Option<Vec<Id>> = serde_json::from_str(&export.scope).map_err(|err| Fault::Stored(err.to_string()))?;
    let held = holds(context, &export.actor).await?;
    let Some(roots) = roots else {
        return if held.is_none() { Ok(context.clone()) } else { Err(gone()) };
    };
    if let Some(held) = held {
        let now = under(held, kind);
        for root in &roots {
            organisation::get(context.read(), &now, *root).await.map_err(|_| gone())?;
        }
    }
    Ok(context.lent(roots))
}

/// Refuses whoever calls unless he may take this kind away at an organisation.
pub(super) async fn at(context: &Context, kind: &ExportKind, place: Id) -> Result<(), Problem> {
    let Some(held) = holds(context, &context.actor().word()).await? else { return Ok(()) };
    let there = organisation::get(context.read(), &under(held, kind), place).await;
    there.map(drop).map_err(|_| Problem::forbidden())
}

/// Where the right to a kind holds.
fn under(held: Vec<(String, Id)>, kind: &ExportKind) -> Scope {
    Scope::under(held.into_iter().filter(|(code, _)| code == kind.permission).map(|(_, at)| at).collect())
}

/// Permission code and place that somebody holds now; nothing for the program itself, which needs no right.
async fn holds(context: &Context, actor: &str) -> Result<Option<Vec<(String, Id)>>, Problem> {
    let conn = context.read();
    let key = |text: &str| text.parse::<Id>().map_err(|_| gone());
    match actor.split_once(':') {
        Some(("system", _)) => Ok(None),
        Some(("officer", account)) => {
            let id = key(account)?;
            let enabled = account::Entity::find_by_id(id).one(conn).await?.is_some_and(|account| account.enabled);
            if enabled { Ok(Some(grants(conn, id).await?)) } else { Ok(Some(Vec::new())) }
        }
        Some(("token", token)) => {
            let query = token::Entity::find_by_id(key(token)?).filter(token::Column::RevokedAt.is_null());
            let found = query.filter(token::Column::ExpiresOn.gte(context.today())).one(conn).await?;
            let Some(token) = found else { return Ok(Some(Vec::new())) };
            let role = role::Entity::find_by_id(token.role_id).one(conn).await?;
            let codes = role.map(|role| role.permissions).unwrap_or_default();
            Ok(Some(codes.split_whitespace().map(|code| (code.to_owned(), token.organisation_id)).collect()))
        }
        _ => Ok(Some(Vec::new())),
    }
}

fn gone() -> Problem {
    Problem::new(403, "export_right_gone", "申请人现在没有导出这些数据的权限，请由有权限的干部重新申请。")
}
