//! Numbers change hands: an operator gives one to somebody else some months after its owner left it. Whoever proved it by a
//! code, and was led into a record that is not his, takes it off that record and is free to join with it; the union that
//! looks after the record sees that it needs another.

use axum::http::{HeaderMap, StatusCode};
use database::{Connection, Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*, sea_query::SelectStatement};
use serde_json::Value;

use super::{ActiveModel, Column, Entity, tell_phone};
use crate::{
    Caller, Context, Problem,
    access::{session, sessions},
    audit, etag,
    permission::Oneself,
};

/// What it is called in the audit chain, where the record's owner reads it, too.
pub const PHONE_GIVEN_UP: &str = "people.give_up_phone";

/// Takes the number off the record to which it led, and ends all log-ins there: a worker comes in by the number alone.
///
/// # Errors
/// 401 if nobody, 403 if no worker calls.
pub async fn give_up_phone(caller: &Caller<Oneself>) -> Result<(), Problem> {
    let context: &Context = caller;
    let me = caller.person()?;
    caller.unit(|unit| async move { work(&unit, context, me).await }).await
}

async fn work(unit: &Unit, context: &Context, me: Id) -> Result<(), Problem> {
    let lasts = session::Entity::find().filter(session::Column::PersonId.eq(me)).one(unit).await?.is_some();
    let person = Entity::find_by_id(me).one(unit).await?.ok_or_else(Problem::not_found)?;
    // Pressed twice at once, or an officer wrote another number down meanwhile: the log-in that asks is over.
    if !lasts || person.phone_index.is_none() {
        return Ok(());
    }
    session::Entity::delete_many().filter(session::Column::PersonId.eq(me)).exec(unit).await?;
    let version = person.version + 1;
    let row = ActiveModel {
        phone_sealed: Set(None),
        phone_index: Set(None),
        phone_lost_at: Set(Some(context.now().into())),
        version: Set(version),
        ..Default::default()
    };
    database::update(unit, Entity::update_many().set(row).filter(Column::Id.eq(me)));
    tell_phone::tell_given_up(unit, context, &person).await?;
    etag::note(unit, me, version, &["phone".to_owned()]).await?;
    let act = (PHONE_GIVEN_UP, "kernel/person", me);
    audit::record(unit, context, act, person.organisation_id, Value::Null).await
}

/// When a record lost its number in this way, if it has no other since.
///
/// # Errors
/// A fault of the database.
pub async fn phone_lost_at(conn: &Connection, person: Id) -> Result<Option<Moment>, Problem> {
    let lost = Entity::find_by_id(person).select_only().column(Column::PhoneLostAt);
    Ok(lost.into_tuple::<Option<Moment>>().one(conn).await?.flatten())
}

/// The keys of all who lost theirs so, for lists that are in the caller's scope by their own rows.
#[must_use]
pub fn phone_lost() -> SelectStatement {
    Entity::find().select_only().column(Column::Id).filter(Column::PhoneLostAt.is_not_null()).into_query()
}

/// 手机号码换过主人
#[utoipa::path(
    post, path = "/me/phone/give-up", tag = "me", operation_id = "give_up_phone",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 204, description = "号码已从档案取下，登录已退出")),
)]
pub async fn post_give_up(caller: Caller<Oneself>) -> Result<(StatusCode, HeaderMap), Problem> {
    give_up_phone(&caller).await?;
    Ok((StatusCode::NO_CONTENT, sessions::gone(&caller)?))
}
