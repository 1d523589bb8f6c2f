//! Trying a password: wrong ones are counted and lock the account, wherever they are typed.

use chrono::TimeDelta;
use database::Unit;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{account, password};
use crate::{Context, Problem, audit};

/// This many wrong passwords within [`WINDOW`] lock the account (GB/T 22239-2019 8.1.4.1, domain default).
const MOST_FAILURES: i32 = 5;
const WINDOW: TimeDelta = TimeDelta::minutes(15);
const LOCK: TimeDelta = TimeDelta::minutes(30);

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Verdict {
    Right,
    Wrong,
    /// The lock ends after so many seconds; it holds against the right password, too.
    Locked(i64),
}

/// Checks a password against what was found under the user name. Takes as long when nothing was found. The account as
/// it was then goes into [`judge`].
pub(super) async fn is_right(found: Option<&account::Model>, typed: &str) -> Result<bool, Problem> {
    let kept = found.filter(|account| account.enabled).map(|account| account.password.clone());
    Ok(password::is_right(typed.to_owned(), kept).await?)
}

/// Counts a failure, or ends the run of failures.
pub(super) async fn judge(
    unit: &Unit,
    context: &Context,
    found: &account::Model,
    right: bool,
) -> Result<Verdict, Problem> {
    // The row may have changed since the password was checked, which takes its time outside the unit.
    let Some(account) = account::Entity::find_by_id(found.id).one(unit).await? else { return Ok(Verdict::Wrong) };
    let now = context.now();
    // What reaches much further than a lock does was written before the clock was put back. (Clocks of several machines
    // differ a little, so not to the second.)
    let locked = account.locked_until.filter(|until| until.at() > now && until.at() - now <= LOCK * 2);
    if let Some(until) = locked {
        return Ok(Verdict::Locked((until.at() - now).num_seconds().max(1)));
    }
    let mut row = account::ActiveModel { id: Set(account.id), ..Default::default() };
    let right = right && account.password == found.password && account.enabled;
    if right {
        row.failures = Set(0);
        row.first_failure_at = Set(None);
    } else {
        let began = account.first_failure_at.filter(|began| now - began.at() < WINDOW);
        let failures = if began.is_some() { account.failures + 1 } else { 1 };
        row.failures = Set(failures);
        row.first_failure_at = Set(Some(began.unwrap_or(now.into())));
        if failures >= MOST_FAILURES {
            row.failures = Set(0);
            row.first_failure_at = Set(None);
            row.locked_until = Set(Some((now + LOCK).into()));
        }
    }
    account::Entity::update(row).exec(unit).await?;
    if right {
        return Ok(Verdict::Right);
    }
    record(unit, context, "session.refuse", &account).await?;
    Ok(Verdict::Wrong)
}

/// Writes into the audit chain what was done with an account's log-in.
pub(super) async fn record(
    unit: &Unit,
    context: &Context,
    action: &str,
    account: &account::Model,
) -> Result<(), Problem> {
    let act = audit::Act {
        action,
        object_kind: "kernel/account",
        object_id: Some(account.id),
        organisation_id: None,
        detail: serde_json::Value::Null,
    };
    audit::record(unit, context, act).await
}
