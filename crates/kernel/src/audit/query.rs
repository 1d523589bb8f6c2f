//! Which entries of the audit chain a caller may read, and which of them he asks for.

use chrono::NaiveDate;
use database::{Id, Moment};
use sea_orm::{
    QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Column, Entity};
use crate::{
    Context, Problem,
    access::{account, grant},
    organisation::{self, tree},
};

/// What is looked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// The key of a record, a place in the chain, part of an officer's name, or part of what an act is called.
    #[serde(default, deserialize_with = "crate::listing::sought")]
    pub q: Option<String>,
    /// At this organisation or below it, and what its officers did at none.
    pub organisation: Option<Id>,
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
/// 404 for a foreign organisation.
pub(super) async fn entries(context: &Context, filter: &AuditFilter) -> Result<Select<Entity>, Problem> {
    let mut query = Entity::find().filter(readable(context).await?);
    if let Some(place) = filter.organisation {
        organisation::get(context.read(), context.scope(), place).await?;
        // As who audits that union alone would read it.
        query = query.filter(readable(&context.lent(vec![place])).await?);
    }
    query = query.apply_if(filter.action.as_ref(), |query, action| query.filter(Column::Action.eq(action)));
    if let Some(account) = filter.account {
        query = query.filter(by(&Condition::all().add(account::Column::Id.eq(account))));
    }
    query = query.apply_if(filter.from, |query, day| query.filter(Column::At.gte(begin(day))));
    if let Some(day) = filter.to.and_then(|day| day.succ_opt()) {
        query = query.filter(Column::At.lt(begin(day)));
    }
    if let Some(text) = filter.q.as_deref() {
        query = query.filter(sought(context, text));
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
    let accounts = grant::Entity::find().select_only().column(grant::Column::AccountId).filter(held).into_query();
    let officers = Condition::all().add(account::Column::Id.in_subquery(accounts));
    let theirs = Condition::all().add(Column::OrganisationId.is_null()).add(by(&officers));
    Ok(Condition::any().add(within).add(theirs))
}

fn sought(context: &Context, text: &str) -> Condition {
    if let Ok(key) = text.parse::<Id>() {
        return Condition::any().add(Column::ObjectId.eq(key)).add(Column::Position.eq(key.0));
    }
    let named =
        Condition::any().add(account::Column::Name.contains(text)).add(account::Column::Username.contains(text));
    let labels = context.house().programmes().iter().flat_map(|programme| programme.acts);
    let actions = labels.filter(|label| label.1.contains(text)).map(|label| label.0);
    Condition::any().add(Column::Action.is_in(actions)).add(by(&named))
}

/// What the accounts that pass a condition did, and what happened to them: who logs in is nobody yet. The database finds them
/// itself, for there may be more of them than a statement takes values.
fn by(which: &Condition) -> Condition {
    let accounts = || account::Entity::find().select_only().filter(which.clone());
    let keys = accounts().column(account::Column::Id).into_query();
    let own = Column::ObjectKind.eq("kernel/account").and(Column::ObjectId.in_subquery(keys));
    // As `Actor::word` names an officer.
    let words = accounts().expr(Expr::cust("'officer:' || CAST(account.id AS text)")).into_query();
    Condition::any().add(Column::Actor.in_subquery(words)).add(own)
}

/// The instant at which a Beijing day begins.
fn begin(day: NaiveDate) -> Moment {
    calendar::day_start(day).into()
}
