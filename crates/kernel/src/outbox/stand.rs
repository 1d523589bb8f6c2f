use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, Query},
};

use super::{
    cursor, event,
    job::{Column, Entity},
};
use crate::{Context, Fault, Problem};

/// How the house is with its work for later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Jobs whose time has come.
    pub due: i64,
    /// How long the one that waits longest has been due, in seconds.
    pub behind_s: i64,
    /// Jobs that used up all attempts and are left to the operator,
    pub left: i64,
    /// and of which kinds.
    pub kinds: Vec<String>,
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
    let due = Query::select()
        .expr_as(Expr::col(Column::Id).count(), "jobs")
        .expr_as(Expr::col(Column::RunAt).min(), "oldest")
        .from(Entity)
        .and_where(Expr::col(Column::Failure).is_null())
        .and_where(Expr::col(Column::RunAt).lte(now))
        .to_owned();
    let left = Query::select()
        .column(Column::Kind)
        .expr_as(Expr::col(Column::Id).count(), "jobs")
        .from(Entity)
        .and_where(Expr::col(Column::Failure).is_not_null())
        .group_by_col(Column::Kind)
        .order_by(Column::Kind, sea_orm::sea_query::Order::Asc)
        .to_owned();
    let row = context.read().query_one(&due).await?.ok_or_else(|| Fault::Stored("a count gave no row".into()))?;
    let oldest: Option<i64> = row.try_get("", "oldest")?;
    let mut stand = Stand {
        due: row.try_get("", "jobs")?,
        behind_s: oldest.map_or(0, |oldest| (now - oldest) / 1_000_000),
        left: 0,
        kinds: Vec::new(),
        failing: failing(context).await?,
    };
    for row in context.read().query_all(&left).await? {
        stand.left += row.try_get::<i64>("", "jobs")?;
        stand.kinds.push(row.try_get("", "kind")?);
    }
    Ok(stand)
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
