//! Log-ins as they are kept: a secret in a cookie, its hash in a row.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use database::{Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*, sea_query::ExprTrait};

use super::{
    cookie::Cookie,
    find_session,
    numbers::{self, AT_ONCE},
    session::{ActiveModel, Entity, Model},
    unless_unwritable,
};
use crate::{Context, House, Problem, rulebook, sweep::forget};

const COOKIE: Cookie = Cookie("niangjia_session");
/// An officer's log-in ends after this long without use, and in any case after [`LONGEST`] (GB/T 22239-2019 8.1.4.1).
const IDLE: TimeDelta = TimeDelta::minutes(15);
const LONGEST: TimeDelta = TimeDelta::hours(8);
/// A worker's log-in on his own phone.
const WORKER: TimeDelta = TimeDelta::days(30);
/// Use is written down at most this often.
const GRAIN: TimeDelta = TimeDelta::minutes(1);

/// A new secret for a cookie.
#[must_use]
pub fn secret(context: &Context) -> String {
    URL_SAFE_NO_PAD.encode(context.house().ambient().bytes::<32>())
}

/// Begins a log-in of an officer or a worker.
///
/// # Errors
/// A fault of the database.
pub fn open(
    unit: &Unit,
    context: &Context,
    secret: &str,
    account: Option<Id>,
    person: Option<Id>,
) -> Result<(), Problem> {
    let now = context.now().into();
    let row = ActiveModel {
        hash: Set(hash(secret)),
        account_id: Set(account),
        person_id: Set(person),
        begun_at: Set(now),
        used_at: Set(now),
        device: Set(context.device().map(str::to_owned)),
    };
    database::insert::<Entity>(unit, row)?;
    Ok(())
}

/// Ends a log-in; answers the account whose it was, if it was an officer's.
///
/// # Errors
/// A fault of the database.
pub async fn close(unit: &Unit, secret: &str) -> Result<Option<Id>, Problem> {
    let Some(closed) = Entity::find_by_id(hash(secret)).one(unit).await? else { return Ok(None) };
    Entity::delete_by_id(&closed.hash).exec(unit).await?;
    Ok(closed.account_id)
}

/// Ends an account's log-ins but the one with the secret to keep.
///
/// # Errors
/// A fault of the database.
pub async fn close_all(unit: &Unit, account: Id, kept: Option<&str>) -> Result<(), Problem> {
    use super::session::Column;
    let kept = kept.map(hash).unwrap_or_default();
    Entity::delete_many().filter(Column::AccountId.eq(account)).filter(Column::Hash.ne(kept)).exec(unit).await?;
    Ok(())
}

/// The log-in behind a secret, if it still holds. If it `is_used` by somebody who is there, that is written down.
///
/// # Errors
/// A fault of the database.
pub async fn current(house: &House, secret: &str, is_used: bool) -> Result<Option<Model>, Problem> {
    let Some(session) = find_session::find(house, hash(secret)).await? else { return Ok(None) };
    let now = house.ambient().now();
    if !holds(&session, now) {
        return Ok(None);
    }
    if is_used && now - session.used_at.at() >= GRAIN {
        let context = &Context::system(house, "a session's use");
        let hash = &session.hash;
        let used = context.unit(|unit| async move {
            let row = ActiveModel { hash: Set(hash.clone()), used_at: Set(now.into()), ..Default::default() };
            // The session may have been closed meanwhile; then there is nothing to write.
            Entity::update_many().set(row).filter(super::session::Column::Hash.eq(hash)).exec(&unit).await?;
            Ok(())
        });
        unless_unwritable(used.await)?;
    }
    Ok(Some(session))
}

/// Whether a log-in holds at an instant. How long ago one began or was used of the far future nobody knows: the clock was put
/// back since.
pub(super) fn holds(session: &Model, now: DateTime<Utc>) -> bool {
    let (age, idle) = ((now - session.begun_at.at()).abs(), (now - session.used_at.at()).abs());
    if session.person_id.is_some() { age < WORKER } else { age < LONGEST && idle < IDLE }
}

/// Ends the longest unused log-ins of an account, so that with one more it has as many as may be, and those that hold no more.
///
/// # Errors
/// A fault of the database.
pub(super) async fn make_room(unit: &Unit, context: &Context, account: Id) -> Result<(), Problem> {
    use super::session::Column;
    let places = numbers::places(unit, account).await?;
    let most = rulebook::strictest(unit, context, &AT_ONCE, places).await?;
    let all = Entity::find().filter(Column::AccountId.eq(account)).order_by_desc(Column::UsedAt);
    let kept = usize::try_from(most - 1).unwrap_or(0);
    let (lasting, over): (Vec<Model>, Vec<Model>) =
        all.all(unit).await?.into_iter().partition(|one| holds(one, context.now()));
    let ended = lasting.into_iter().skip(kept).chain(over);
    let ended: Vec<String> = ended.map(|one| one.hash).collect();
    if !ended.is_empty() {
        Entity::delete_many().filter(Column::Hash.is_in(ended)).exec(unit).await?;
    }
    Ok(())
}

/// Removes log-ins that have run out.
///
/// # Errors
/// A fault of the database.
pub async fn sweep(context: &Context) -> Result<(), Problem> {
    use super::session::Column;
    let before = |span: TimeDelta| Moment::from(context.now() - span);
    let (worker, longest, idle) = (before(WORKER), before(LONGEST), before(IDLE));
    forget::<Entity>(context, Column::Hash, Column::BegunAt.lt(worker)).await?;
    let swept = context.unit(|unit| async move {
        // Officers alone are few: they are found as those who have an account, and the millions of workers are left alone.
        let old = Column::BegunAt.lt(longest).or(Column::UsedAt.lt(idle));
        let officers = Column::AccountId.is_not_null().and(Column::PersonId.is_null());
        Entity::delete_many().filter(officers).filter(old).exec(&unit).await?;
        Ok(())
    });
    swept.await
}

/// The header that sets the cookie with a secret.
///
/// # Errors
/// A fault if the secret can't stand in a header.
pub fn cookie(context: &Context, secret: &str) -> Result<HeaderMap, Problem> {
    Ok(HeaderMap::from_iter([(header::SET_COOKIE, COOKIE.set(context.house(), secret, WORKER)?)]))
}

/// The header that takes the cookie away.
///
/// # Errors
/// As [`cookie`].
pub(crate) fn gone(context: &Context) -> Result<HeaderMap, Problem> {
    Ok(HeaderMap::from_iter([(header::SET_COOKIE, COOKIE.gone(context.house())?)]))
}

/// The secret that a request carries.
#[must_use]
pub fn sent(house: &House, headers: &HeaderMap) -> Option<String> {
    COOKIE.sent(house, headers)
}

/// The hash under which a secret's log-in is kept.
pub(super) fn hash(secret: &str) -> String {
    secret::digest::sm3_hex(secret.as_bytes())
}
