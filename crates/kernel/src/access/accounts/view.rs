use std::collections::{BTreeSet, HashMap, HashSet};

use database::{Connection, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Context, Id, Problem,
    access::{account, grant, log_in, numbers::DAYS, role, second_factor::factor, single_sign_on},
    organisation::tree,
    rulebook,
};

/// A role that an account holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GrantView {
    /// The role.
    pub role_id: Id,
    /// The role's name.
    pub role_name: String,
    /// Where.
    pub organisation_id: Id,
    /// The organisation's name.
    pub organisation_name: String,
}

/// An account as officers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountView {
    /// The key.
    pub id: Id,
    /// What is typed to log in.
    pub username: String,
    /// The officer's name.
    pub name: String,
    /// Whether the account may be used.
    pub enabled: bool,
    /// Whether a new password is due at the next log-in because somebody else set it.
    pub must_change: bool,
    /// Whether that password lay unused for so long that it opens nothing any more: only another one lets its holder in.
    pub password_lapsed: bool,
    /// When the password was set.
    pub password_set_at: Moment,
    /// Whether it has an authenticator.
    pub second_factor: bool,
    /// Whether the unit's own sign-in opens it, or will at the first sign-in.
    pub single_sign_on: bool,
    /// Nobody can log in before this.
    pub locked_until: Option<Moment>,
    /// When a log-in with it last began; absent if none ever did.
    pub last_log_in_at: Option<Moment>,
    /// The roles in the caller's scope.
    pub grants: Vec<GrantView>,
    /// Whether there are roles outside the caller's scope.
    pub elsewhere: bool,
    /// For `If-Match`.
    pub version: i64,
}

/// Accounts with the roles that they hold in the scope.
pub(super) async fn views(
    conn: &Connection,
    context: &Context,
    accounts: Vec<account::Model>,
) -> Result<Vec<AccountView>, Problem> {
    let scope = context.scope();
    let ids: Vec<Id> = accounts.iter().map(|account| account.id).collect();
    let all = || grant::Entity::find().filter(grant::Column::AccountId.is_in(ids.clone()));
    let total = all().all(conn).await?;
    let lapsed = lapsed(conn, context, &accounts, &total).await?;
    let here = all()
        .filter(scope.within((grant::Entity, grant::Column::OrganisationId)))
        .find_also_related(role::Entity)
        .all(conn)
        .await?;
    let names = tree::names(conn, here.iter().map(|(grant, _)| grant.organisation_id)).await?;
    let mut shown: HashMap<Id, Vec<GrantView>> = HashMap::new();
    for (grant, role) in here {
        shown.entry(grant.account_id).or_default().push(GrantView {
            role_id: grant.role_id,
            role_name: role.map(|role| role.name).unwrap_or_default(),
            organisation_id: grant.organisation_id,
            organisation_name: names.get(&grant.organisation_id).cloned().unwrap_or_default(),
        });
    }
    let set = factor::Entity::find()
        .filter(factor::Column::AccountId.is_in(ids.clone()))
        .filter(factor::Column::Secret.is_not_null());
    let set: HashSet<Id> = set.all(conn).await?.into_iter().map(|one| one.account_id).collect();
    let bound = single_sign_on::Entity::find().filter(single_sign_on::Column::AccountId.is_in(ids.clone()));
    let bound: HashSet<Id> = bound.all(conn).await?.into_iter().map(|one| one.account_id).collect();
    let view = |account: account::Model| {
        let mut grants = shown.remove(&account.id).unwrap_or_default();
        grants.sort_by_key(|grant| (grant.organisation_id, grant.role_id));
        AccountView {
            elsewhere: total.iter().filter(|grant| grant.account_id == account.id).count() > grants.len(),
            grants,
            id: account.id,
            username: account.username,
            name: account.name,
            enabled: account.enabled,
            must_change: account.must_change,
            password_lapsed: lapsed.contains(&account.id),
            second_factor: set.contains(&account.id),
            single_sign_on: bound.contains(&account.id),
            password_set_at: account.password_set_at,
            locked_until: account.locked_until,
            last_log_in_at: account.last_log_in_at,
            version: account.version,
        }
    };
    Ok(accounts.into_iter().map(view).collect())
}

/// Those of the accounts whose password somebody else gave too long ago. Accounts made together have their roles at the same
/// places, for which the number is asked once.
async fn lapsed(
    conn: &Connection,
    context: &Context,
    accounts: &[account::Model],
    grants: &[grant::Model],
) -> Result<HashSet<Id>, Problem> {
    let mut known: HashMap<BTreeSet<Id>, i64> = HashMap::new();
    let mut found = HashSet::new();
    for account in accounts.iter().filter(|account| account.must_change) {
        let its = grants.iter().filter(|grant| grant.account_id == account.id);
        let places: BTreeSet<Id> = its.map(|grant| grant.organisation_id).collect();
        let days = match known.get(&places) {
            Some(days) => *days,
            None => rulebook::strictest(conn, context, &DAYS, places.iter().copied()).await?,
        };
        known.insert(places, days);
        if log_in::is_too_old(context, account, days) {
            found.insert(account.id);
        }
    }
    Ok(found)
}

/// One account with the roles that it holds in the scope.
pub(super) async fn view(
    conn: &Connection,
    context: &Context,
    account: account::Model,
) -> Result<AccountView, Problem> {
    views(conn, context, vec![account]).await?.pop().ok_or_else(Problem::not_found)
}
