//! Which entries of the audit chain a caller may read, and which of them he asks for.

use chrono::NaiveDate;
use database::{Id, Moment};
use sea_orm::{
    QuerySelect, Select,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Column, Entity};
use crate::{
    Context, Problem,
    access::{account, grant},
    organisation::tree,
};

/// What is looked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// The key of a record, part of an officer's name, or part of what an act is called.
    pub q: Option<String>,
    /// The act's code.
    pub action: Option<String>,
    /// By this account, or about it.
    pub account: Option<Id>,
    /// From this Beijing day.
    pub from: Option<NaiveDate>,
    /// Until this Beijing day, itself included.
    pub to: Option<NaiveDate>,
}

/// The entries that the caller may read and asks for.
///
/// # Errors
/// A fault of the database.
pub(super) async fn entries(context: &Context, filter: &AuditFilter) -> Result<Select<Entity>, Problem> {
    let mut query = Entity::find().filter(readable(context).await?);
    if let Some(action) = &filter.action {
        query = query.filter(Column::Action.eq(action));
    }
    if let Some(account) = filter.account {
        query = query.filter(by(&[account]));
    }
    if let Some(day) = filter.from {
        query = query.filter(Column::At.gte(begin(day)));
    }
    if let Some(day) = filter.to.and_then(|day| day.succ_opt()) {
        query = query.filter(Column::At.lt(begin(day)));
    }
    if let Some(text) = filter.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        query = query.filter(sought(context, text).await?);
    }
    Ok(query)
}

/// What concerns an organisation is read by who audits it. What concerns none (log-ins, rules) is read from the top of a
/// tree, and else by who audits the place of whoever did it.
async fn readable(context: &Context) -> Result<Condition, Problem> {
    let scope = context.scope();
    if scope.roots().is_none() {
        return Ok(Condition::all());
    }
    let within = scope.within((Entity, Column::OrganisationId));
    if tree::is_whole(context.read(), scope).await? {
        return Ok(Condition::any().add(within).add(Column::OrganisationId.is_null()));
    }
    let held = scope.within((grant::Entity, grant::Column::OrganisationId));
    let accounts = grant::Entity::find().select_only().column(grant::Column::AccountId).distinct().filter(held);
    let accounts: Vec<Id> = accounts.into_tuple().all(context.read()).await?;
    let theirs = Condition::all().add(Column::OrganisationId.is_null()).add(by(&accounts));
    Ok(Condition::any().add(within).add(theirs))
}

async fn sought(context: &Context, text: &str) -> Result<Condition, Problem> {
    if let Ok(key) = text.parse::<Id>() {
        return Ok(Condition::all().add(Column::ObjectId.eq(key)));
    }
    let named = account::Column::Name.contains(text).or(account::Column::Username.contains(text));
    let accounts = account::Entity::find().select_only().column(account::Column::Id).filter(named);
    let accounts: Vec<Id> = accounts.into_tuple().all(context.read()).await?;
    let labels = context.house().programmes().iter().flat_map(|programme| programme.acts);
    let actions = labels.filter(|label| label.1.contains(text)).map(|label| label.0);
    Ok(Condition::any().add(Column::Action.is_in(actions)).add(by(&accounts)))
}

/// What these accounts did, and what happened to them: who logs in is nobody yet.
fn by(accounts: &[Id]) -> Condition {
    let words = accounts.iter().map(|&account| crate::Actor::Officer { account }.word());
    let own = Column::ObjectKind.eq("kernel/account").and(Column::ObjectId.is_in(accounts.iter().copied()));
    Condition::any().add(Column::Actor.is_in(words)).add(own)
}

/// The instant at which a Beijing day begins.
fn begin(day: NaiveDate) -> Moment {
    calendar::day_start(day).into()
}
