use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, Order, Query},
};
use serde::Serialize;

use super::{
    cursor, event,
    job::{self, Column, Entity},
};
use crate::{Context, Fault, Problem};

/// How the house is with its work for later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Jobs whose time has come, of kinds that this program does.
    pub due: i64,
    /// How long the one that waits longest has been due, in seconds.
    pub behind_s: i64,
    /// Jobs that used up all attempts and are left to the operator.
    pub left: i64,
    /// The kinds of jobs whose time has come that no programme here does: a newer program ordered them, and does them.
    pub unknown: Vec<String>,
    /// Listeners that failed at what comes next.
    pub failing: Vec<Failing>,
}

/// A listener that failed at what comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// Its name.
    pub listener: String,
    /// The code of its last failure.
    pub code: String,
    /// The position of the event at which it failed.
    pub event: i64,
}

/// Counts jobs, and names the listeners whose events wait because they fail.
///
/// # Errors
/// A fault of the database.
pub async fn stand(context: &Context) -> Result<Stand, Problem> {
    let now = context.now().timestamp_micros();
    let mut stand = Stand { due: 0, behind_s: 0, left: 0, unknown: vec![], failing: failing(context).await? };
    let is_due = Expr::col(Column::Failure).is_null().and(Expr::col(Column::RunAt).lte(now));
    for (kind, jobs, oldest) in counted(context, is_due).await? {
        if job::kind_of(context.house(), &kind).is_none() {
            stand.unknown.push(kind);
            continue;
        }
        stand.due += jobs;
        stand.behind_s = Ord::max(stand.behind_s, (now - oldest) / 1_000_000);
    }
    let left = Entity::find().filter(Column::Failure.is_not_null()).count(context.read()).await?;
    stand.left = i64::try_from(left).unwrap_or(i64::MAX);
    Ok(stand)
}

/// The code at which the last of some kinds of jobs about something failed, all attempts used: whoever waits for it waits in
/// vain. Nothing while one of them is yet to be done.
///
/// # Errors
/// A fault of the database.
pub async fn given_up(context: &Context, kinds: &[&str], about: &impl Serialize) -> Result<Option<String>, Problem> {
    let about = serde_json::to_string(about).map_err(|err| Fault::Stored(err.to_string()))?;
    let query = Entity::find().filter(Column::Kind.is_in(kinds.iter().copied())).filter(Column::Payload.eq(about));
    let mut last = None;
    for job in query.order_by_asc(Column::Id).all(context.read()).await? {
        match job.failure {
            None => return Ok(None),
            failed => last = failed,
        }
    }
    Ok(last)
}

/// How many jobs are so, by their kinds, and when the first of each should have begun.
async fn counted(context: &Context, which: Expr) -> Result<Vec<(String, i64, i64)>, Fault> {
    let query = Query::select()
        .column(Column::Kind)
        .expr_as(Expr::col(Column::Id).count(), "jobs")
        .expr_as(Expr::col(Column::RunAt).min(), "oldest")
        .from(Entity)
        .and_where(which)
        .group_by_col(Column::Kind)
        .order_by(Column::Kind, Order::Asc)
        .to_owned();
    let mut counted = Vec::new();
    for row in context.read().query_all(&query).await? {
        counted.push((row.try_get("", "kind")?, row.try_get("", "jobs")?, row.try_get("", "oldest")?));
    }
    Ok(counted)
}

/// A name that no programme listens under any more waits for nothing.
async fn failing(context: &Context) -> Result<Vec<Failing>, Problem> {
    let programmes = context.house().programmes().iter();
    let all = programmes.flat_map(|programme| programme.subscriptions);
    let heard: BTreeMap<&str, &str> = all.map(|subscription| (subscription.name, subscription.event)).collect();
    let query = cursor::Entity::find()
        .filter(cursor::Column::Failure.is_not_null())
        .filter(cursor::Column::Subscription.is_in(heard.keys().copied()))
        .order_by_asc(cursor::Column::Subscription);
    let mut found = Vec::new();
    for row in query.all(context.read()).await? {
        let kind = heard.get(row.subscription.as_str()).copied().unwrap_or_default();
        let Some(next) = event::after(row.position, kind).one(context.read()).await? else { continue };
        let code = row.failure.unwrap_or_default();
        found.push(Failing { listener: row.subscription, code, event: next.position });
    }
    Ok(found)
}
