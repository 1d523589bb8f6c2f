//! Trying a password or a code: wrong ones are counted together and lock the account, wherever they are typed.

use database::{Moment, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    account, accounts,
    failures::Failures,
    password,
    second_factor::{self, Standing},
};
use crate::{Context, Problem};

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Verdict {
    Right,
    Wrong,
    /// The password was right, the code was not.
    WrongCode,
    /// The lock ends after so many seconds; it holds against the right password, too.
    Locked(i64),
}

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The password, after which a code is asked for. Right, it does not end the run of failures: else who knows the password
    /// could try codes for ever.
    First,
    /// The password, which is enough.
    Password,
    /// The code after the password.
    Code,
}

/// Checks a password against what was found under the user name. Takes as long when nothing was found. The account as
/// it was then goes into [`judge`].
pub(super) async fn is_right(found: Option<&account::Model>, typed: &str) -> Result<bool, Problem> {
    let kept = found.filter(|account| account.enabled).map(|account| account.password.clone());
    Ok(password::is_right(typed.to_owned(), kept).await?)
}

/// What is told of a password for a user name that nobody has, after as much work as for an account: the failure goes into
/// the audit chain, too.
pub(super) async fn nobody(context: &Context, username: &str) -> Result<Verdict, Problem> {
    let name = accounts::user_name(username);
    let verdict = context.house().limits().nobodies.judge(&name, context.now());
    let written = context.unit(|unit| async move {
        if verdict != Verdict::Wrong {
            return Ok(());
        }
        accounts::record(&unit, context, "session.refuse", None, None, Value::Null).await
    });
    written.await?;
    metrics::counter!("niangjia_log_ins_failed_total", "proof" => "password").increment(1);
    Ok(verdict)
}

/// Judges a password and, where the account has an authenticator, a code, which is then used up.
pub(super) async fn both(
    unit: &Unit,
    context: &Context,
    found: &account::Model,
    right: bool,
    code: Option<&str>,
) -> Result<Verdict, Problem> {
    if second_factor::standing(unit, context, found.id).await? != Standing::Set {
        return judge(unit, context, found, right, Proof::Password).await;
    }
    match judge(unit, context, found, right, Proof::First).await? {
        Verdict::Right => {
            let right = second_factor::take(unit, context, found.id, code.unwrap_or_default()).await?;
            judge(unit, context, found, right, Proof::Code).await
        }
        verdict => Ok(verdict),
    }
}

/// Counts a failure, or ends the run of failures.
pub(super) async fn judge(
    unit: &Unit,
    context: &Context,
    found: &account::Model,
    right: bool,
    proof: Proof,
) -> Result<Verdict, Problem> {
    // The row may have changed since the password was checked, which takes its time outside the unit.
    let Some(account) = account::Entity::find_by_id(found.id).one(unit).await? else { return Ok(Verdict::Wrong) };
    let now = context.now();
    let failures = Failures::of(&account);
    if let Some(seconds) = failures.locked(now) {
        return Ok(Verdict::Locked(seconds));
    }
    let right = right && account.password == found.password && account.enabled;
    if right && proof == Proof::First {
        return Ok(Verdict::Right);
    }
    let mut row = account::ActiveModel { id: Set(account.id), ..Default::default() };
    if right {
        row.failures = Set(0);
        row.first_failure_at = Set(None);
    } else {
        let failures = failures.and_one(now);
        row.failures = Set(failures.count);
        row.first_failure_at = Set(failures.began.map(Moment::from));
        row.locked_until = Set(failures.locked_until.map(Moment::from));
    }
    account::Entity::update(row).exec(unit).await?;
    if right {
        return Ok(Verdict::Right);
    }
    let (action, verdict, kind) = match proof {
        Proof::Code => ("session.refuse_code", Verdict::WrongCode, "code"),
        Proof::First | Proof::Password => ("session.refuse", Verdict::Wrong, "password"),
    };
    metrics::counter!("niangjia_log_ins_failed_total", "proof" => kind).increment(1);
    accounts::record(unit, context, action, account.id, None, Value::Null).await?;
    Ok(verdict)
}
