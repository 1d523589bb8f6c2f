//! Giving and taking roles, each within what the caller may hand out.

use std::collections::BTreeSet;

use database::Unit;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::GrantForm;
use crate::{
    Context, Id, Problem,
    access::{grant, power::Power, roles},
    organisation::{self, tree},
};

crate::refusals! {
    /// Why a role is not given.
    pub enum GrantRefusal {
        /// The role belongs to an organisation that does not reach there.
        OutOfReach { role: String } = 422 "role_out_of_reach" "角色“{role}”只能在它所属的工会及其下级授予。",
        /// An account without a role can do nothing and nobody sees it.
        NoRole = 422 "no_role" "请至少授予一个角色；如不再使用，请停用账号。",
        /// Any of what was sent.
        NotFound = 422 "grant_not_found" "角色或工会不存在，或不在您的管辖范围内，请重新选择。",
    }
}

/// Makes an account's roles in the caller's scope those that are wanted. Only what differs is touched, and only that must
/// be the caller's to hand out.
pub(super) async fn replace(
    unit: &Unit,
    context: &Context,
    account: Id,
    before: &[grant::Model],
    wanted: &[GrantForm],
) -> Result<(), Problem> {
    let before: BTreeSet<GrantForm> = before
        .iter()
        .map(|grant| GrantForm { role_id: grant.role_id, organisation_id: grant.organisation_id })
        .collect();
    let wanted: BTreeSet<GrantForm> = wanted.iter().copied().collect();
    let power = Power::of(unit, context).await?;
    for taken in before.difference(&wanted) {
        may_touch(unit, context, &power, *taken).await?;
        let key = (account, taken.role_id, taken.organisation_id);
        grant::Entity::delete_by_id(key).exec(unit).await?;
    }
    for given in wanted.difference(&before) {
        may_touch(unit, context, &power, *given).await?;
        let row = grant::ActiveModel {
            account_id: Set(account),
            role_id: Set(given.role_id),
            organisation_id: Set(given.organisation_id),
        };
        grant::Entity::insert(row).exec_without_returning(unit).await?;
    }
    roles::one_office(unit, &[account]).await
}

/// Refuses a role that the caller may not give there.
pub(in crate::access) async fn may_touch(
    unit: &Unit,
    context: &Context,
    power: &Power,
    one: GrantForm,
) -> Result<(), Problem> {
    let place = organisation::get(unit, context.scope(), one.organisation_id).await.map_err(absent)?;
    let role = roles::get(unit, context.scope(), one.role_id).await.map_err(absent)?;
    if let Some(home) = role.organisation_id
        && !tree::is_below(unit, home, place.id).await?
    {
        return Err(GrantRefusal::OutOfReach { role: role.name }.into());
    }
    power.check(unit, context, place.id, role.permissions.split_whitespace()).await
}

/// What a body names and isn't there is the body's mistake, not the address's.
fn absent(problem: Problem) -> Problem {
    problem.absent_as(GrantRefusal::NotFound)
}
