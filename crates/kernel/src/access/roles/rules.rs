//! What a role may be, whoever makes it.

use std::collections::{BTreeSet, HashMap};

use database::{Connection, KEYS_AT_ONCE, Unit};
use sea_orm::entity::prelude::*;

use super::RoleForm;
use crate::{
    Context, Id, Problem,
    access::{
        grant,
        offices::{self, Office},
        power::HandOutRefusal,
        role, token,
    },
    problem::Wrong,
};

/// The form with a tidy name and each permission once, in order.
pub(super) fn normal(context: &Context, form: &RoleForm) -> Result<RoleForm, Problem> {
    let mut wrong = Wrong::default();
    let name = ::codes::text::plain(&form.name).trim().to_owned();
    if !(2..=60).contains(&name.chars().count()) {
        wrong.tell("name", "name", "角色名称请填写 2 至 60 个字。");
    }
    let known: BTreeSet<&str> =
        context.house().programmes().iter().flat_map(|one| one.permissions).map(|listed| listed.code).collect();
    let wanted: BTreeSet<&str> = form.permissions.iter().map(String::as_str).collect();
    if let Some(unknown) = wanted.difference(&known).next() {
        wrong.tell("permissions", "unknown_permission", format!("没有“{unknown}”这项权限，请从列表中选择。"));
    }
    if wanted.is_empty() {
        wrong.tell("permissions", "no_permission", "请至少选择一项权限。");
    }
    wrong.refuse()?;
    if offices::offices(wanted.iter().copied()).len() > 1 {
        return Err(HandOutRefusal::TwoOffices.into());
    }
    let permissions = wanted.into_iter().map(str::to_owned).collect();
    Ok(RoleForm { name, permissions, second_factor: form.second_factor })
}

/// Names are the house's, as lists of officers show them without their organisation.
pub(super) async fn free(unit: &Unit, name: &str, id: Id) -> Result<(), Problem> {
    let same = role::Entity::find().filter(role::Column::Name.eq(name)).filter(role::Column::Id.ne(id));
    match same.one(unit).await? {
        None => Ok(()),
        Some(_) => Err(Problem::field("name", "name_taken", "已有同名的角色，请换一个名称。")),
    }
}

/// Refuses, after a change, that an account holds two of the three offices.
pub(in crate::access) async fn one_office(conn: &Connection, accounts: &[Id]) -> Result<(), Problem> {
    for some in accounts.chunks(KEYS_AT_ONCE) {
        let held = grant::Entity::find().filter(grant::Column::AccountId.is_in(some.iter().copied()));
        let mut holds = HashMap::<Id, BTreeSet<Office>>::new();
        for (grant, role) in held.find_also_related(role::Entity).all(conn).await? {
            let codes = role.as_ref().map_or("", |role| role.permissions.as_str()).split_whitespace();
            holds.entry(grant.account_id).or_default().extend(offices::offices(codes));
        }
        if holds.values().any(|offices| offices.len() > 1) {
            return Err(HandOutRefusal::TwoOffices.into());
        }
    }
    Ok(())
}

/// How many accounts and other systems hold a role.
pub(super) async fn holders(conn: &Connection, role: Id) -> Result<(Vec<Id>, u64), Problem> {
    let grants = grant::Entity::find().filter(grant::Column::RoleId.eq(role)).all(conn).await?;
    let accounts: BTreeSet<Id> = grants.into_iter().map(|grant| grant.account_id).collect();
    let tokens = token::Entity::find()
        .filter(token::Column::RoleId.eq(role))
        .filter(token::Column::RevokedAt.is_null())
        .count(conn)
        .await?;
    Ok((accounts.into_iter().collect(), tokens))
}
