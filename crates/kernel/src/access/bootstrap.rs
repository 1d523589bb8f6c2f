use database::{Connection, Id, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{account, accounts, grant, numbers, password, role};
use crate::{
    Caller, Context, Problem,
    organisation::{
        create::{NewOrganisation, create_in},
        permissions::Manage,
    },
};

/// An officer of a house's first day.
#[derive(Debug, Clone)]
pub struct Officer {
    /// The user name.
    pub username: String,
    /// The officer's name.
    pub name: String,
    /// The password.
    pub password: String,
    /// The role's name: one of [`ROLES`].
    pub role: &'static str,
    /// Where the role is held.
    pub organisation: Id,
    /// Whether the password opens once only and must be changed then.
    pub must_change: bool,
}

/// The roles of a first day, with what their permissions' codes begin or end with. Three separate offices watch each
/// other (GB/T 22239-2019): system, security and audit administrator.
const ROLES: &[(&str, &[&str])] = &[
    ("系统管理员", &["organisations.", "workforce.view", "rulebook."]),
    ("安全管理员", &["access.", "organisations.view"]),
    ("审计管理员", &["audit.", "organisations.view"]),
    (
        "业务干部",
        &[
            "organisations.view",
            "organisations.steps",
            "workforce.",
            "people.",
            "attachments.",
            "ledger.",
            "membership.",
            "plan.",
            "station.",
            "benefit.",
            "rulebook.view",
            "export.",
        ],
    ),
    (
        "只读领导",
        &[
            "organisations.view",
            "ledger.view",
            "membership.view",
            "plan.view",
            "station.view",
            "benefit.view",
            "export.approve",
        ],
    ),
];

/// Makes the roles of a first day, as far as they are absent, and an officer's account with one of them.
///
/// # Errors
/// 422 if the password is too weak; a fault of the database.
pub async fn bootstrap(context: &Context, officer: &Officer) -> Result<Id, Problem> {
    let kept = &hashed(context, officer).await?;
    context.unit(|unit| async move { admit(&unit, context, officer, kept).await }).await
}

/// A house's first day, all of it or nothing: its top organisation under the key that the officers name, and the officers.
///
/// # Errors
/// If the organisation's form or code doesn't do, or a password is too weak; a fault of the database.
pub async fn first_day(
    caller: &Caller<Manage>,
    (id, top): (Id, &NewOrganisation),
    officers: &[Officer],
) -> Result<(), Problem> {
    let form = &top.form.normal(caller.today())?;
    let mut kept = Vec::with_capacity(officers.len());
    for officer in officers {
        kept.push(hashed(caller, officer).await?);
    }
    let kept = &kept;
    let founded = caller.unit(|unit| async move {
        create_in(&unit, caller, id, top, form).await?;
        for (officer, kept) in officers.iter().zip(kept) {
            admit(&unit, caller, officer, kept).await?;
        }
        Ok(())
    });
    founded.await
}

/// An officer's password as it is kept: that takes a while, for which no unit waits.
async fn hashed(context: &Context, officer: &Officer) -> Result<String, Problem> {
    let numbers = numbers::at(context.read(), context, &[officer.organisation]).await?;
    password::check("password", &officer.password, numbers.length, [&officer.username, &officer.name])?;
    Ok(password::hash(officer.password.clone(), context.house().ambient().bytes()).await?)
}

async fn admit(unit: &Unit, context: &Context, officer: &Officer, kept: &str) -> Result<Id, Problem> {
    for (name, begins) in ROLES {
        make_role(unit, context, name, begins).await?;
    }
    let found = role::Entity::find().filter(role::Column::Name.eq(officer.role)).one(unit).await?;
    let role = found.ok_or_else(Problem::not_found)?;
    let id = context.id();
    let row = account::ActiveModel {
        id: Set(id),
        username: Set(officer.username.to_lowercase()),
        name: Set(officer.name.clone()),
        password: Set(kept.to_owned()),
        password_set_at: Set(context.now().into()),
        failures: Set(0),
        first_failure_at: Set(None),
        locked_until: Set(None),
        enabled: Set(true),
        must_change: Set(officer.must_change),
        version: Set(1),
        last_log_in_at: Set(None),
    };
    account::Entity::insert(row).exec_without_returning(unit).await?;
    let held =
        grant::ActiveModel { account_id: Set(id), role_id: Set(role.id), organisation_id: Set(officer.organisation) };
    grant::Entity::insert(held).exec_without_returning(unit).await?;
    let detail = serde_json::json!({ "role": officer.role });
    accounts::record(unit, context, "accounts.create", id, Some(officer.organisation), detail).await?;
    Ok(id)
}

async fn make_role(unit: &Connection, context: &Context, name: &str, begins: &[&str]) -> Result<(), Problem> {
    if role::Entity::find().filter(role::Column::Name.eq(name)).one(unit).await?.is_some() {
        return Ok(());
    }
    let all = context.house().programmes().iter().flat_map(|programme| programme.permissions);
    let codes: Vec<&str> =
        all.map(|listed| listed.code).filter(|code| begins.iter().any(|begin| code.starts_with(begin))).collect();
    let row = role::ActiveModel {
        id: Set(context.id()),
        name: Set(name.to_owned()),
        permissions: Set(codes.join(" ")),
        organisation_id: Set(None),
        built_in: Set(true),
        second_factor: Set(false),
        version: Set(1),
    };
    role::Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
}
