use chrono::TimeDelta;
use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, EntityTrait};
use secret::totp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{SecondFactorRefusal, factor, take};
use crate::{Context, Problem, access::accounts};

const LIFE: TimeDelta = TimeDelta::minutes(10);

/// A code from the authenticator.
#[derive(Deserialize, ToSchema)]
pub struct CodeForm {
    /// Six digits.
    pub code: String,
}

/// Shown once; each opens once instead of a code from the phone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RecoveryCodes {
    /// Ten codes.
    pub recovery_codes: Vec<String>,
}

/// Takes the pending secret into use if the code shows that the phone has it.
pub(super) async fn confirm(
    unit: &Unit,
    context: &Context,
    account: Id,
    typed: &str,
) -> Result<RecoveryCodes, Problem> {
    let found = factor::Entity::find_by_id(account).one(unit).await?;
    let fresh = found.filter(|one| one.pending_at.is_some_and(|since| context.now() - since.at() < LIFE));
    let pending = fresh.and_then(|one| one.pending).ok_or(SecondFactorRefusal::NotBegun)?;
    let secret = take::open(context, account, &pending)?;
    let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
    let step = totp::matching_step(&secret, &typed, context.now().timestamp(), 0).ok_or_else(|| {
        Problem::field(
            "code",
            "wrong_code",
            "口令不对。请填手机上现在显示的 6 位数字；还不对的，核对手机和服务器的时间。",
        )
    })?;
    let row = factor::ActiveModel {
        account_id: Set(account),
        secret: Set(Some(pending)),
        pending: Set(None),
        pending_at: Set(None),
        last_step: Set(step),
        set_at: Set(Some(context.now().into())),
    };
    factor::Entity::update(row).exec(unit).await?;
    accounts::record(unit, context, "second_factor.set", account, None, Value::Null).await?;
    Ok(RecoveryCodes { recovery_codes: take::renew_recovery(unit, context, account).await? })
}
