use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use secret::{Place, totp};
use serde_json::Value;

use super::{factor, recovery};
use crate::{Context, Fault, Problem, access::accounts, keys};

/// Letters and digits of a recovery code: none looks like another.
const SIGNS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 10;
const HOW_MANY: usize = 10;
const PURPOSE: &str = "recovery_code";

/// Uses up a code that was typed for an account: the authenticator's, or a recovery code. Answers whether it was right.
pub(crate) async fn take(unit: &Unit, context: &Context, account: Id, typed: &str) -> Result<bool, Problem> {
    let typed: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase()).collect();
    let Some(factor) = factor::Entity::find_by_id(account).one(unit).await? else { return Ok(false) };
    let Some(sealed) = &factor.secret else { return Ok(false) };
    if typed.len() == LENGTH {
        return take_recovery(unit, context, account, &typed).await;
    }
    let secret = open(context, account, sealed)?;
    let Some(step) = totp::matching_step(&secret, &typed, context.now().timestamp(), factor.last_step) else {
        return Ok(false);
    };
    let row = factor::ActiveModel { account_id: Set(account), last_step: Set(step), ..Default::default() };
    factor::Entity::update(row).exec(unit).await?;
    Ok(true)
}

async fn take_recovery(unit: &Unit, context: &Context, account: Id, typed: &str) -> Result<bool, Problem> {
    let query = recovery::Entity::find()
        .filter(recovery::Column::AccountId.eq(account))
        .filter(
            recovery::Column::Hash
                .is_in(context.house().keyring().blind_indexes_ever(PURPOSE, &hashed(account, typed))),
        )
        .filter(recovery::Column::UsedAt.is_null());
    let Some(found) = query.one(unit).await? else { return Ok(false) };
    let row =
        recovery::ActiveModel { id: Set(found.id), used_at: Set(Some(context.now().into())), ..Default::default() };
    recovery::Entity::update(row).exec(unit).await?;
    accounts::record(unit, context, "second_factor.recover", account, None, Value::Null).await?;
    Ok(true)
}

/// New recovery codes instead of those that there were.
pub(super) async fn renew_recovery(unit: &Unit, context: &Context, account: Id) -> Result<Vec<String>, Problem> {
    recovery::Entity::delete_many().filter(recovery::Column::AccountId.eq(account)).exec(unit).await?;
    let mut codes = Vec::with_capacity(HOW_MANY);
    for _ in 0..HOW_MANY {
        let code = draw(context);
        let row = recovery::ActiveModel {
            id: Set(context.id()),
            account_id: Set(account),
            hash: Set(hash(context, account, &code)),
            used_at: Set(None),
        };
        recovery::Entity::insert(row).exec_without_returning(unit).await?;
        let (first, last) = code.split_at(LENGTH / 2);
        codes.push(format!("{first}-{last}"));
    }
    Ok(codes)
}

fn draw(context: &Context) -> String {
    let signs = u32::try_from(SIGNS.len()).unwrap_or(1);
    let sign = || usize::try_from(context.house().ambient().below(signs)).unwrap_or(0);
    (0..LENGTH).filter_map(|_| SIGNS.get(sign())).map(|sign| char::from(*sign)).collect()
}

fn hash(context: &Context, account: Id, code: &str) -> String {
    context.house().keyring().blind_index(PURPOSE, &hashed(account, code))
}

fn hashed(account: Id, code: &str) -> String {
    format!("{account}:{code}")
}

fn place(account: Id) -> Place<'static> {
    Place { table: "second_factor", column: "secret", row_key: account.0 }
}

/// A secret as it is kept. A pending one is sealed for the same place, so that confirming only moves it.
pub(super) fn seal(context: &Context, account: Id, secret: &[u8; totp::SECRET]) -> String {
    let text = URL_SAFE_NO_PAD.encode(secret);
    context.house().keyring().seal(place(account), &text, context.house().ambient().bytes())
}

/// A kept secret.
pub(super) fn open(context: &Context, account: Id, sealed: &str) -> Result<[u8; totp::SECRET], Problem> {
    let broken = |why: String| Problem::from(Fault::Stored(format!("a second factor's secret: {why}")));
    let text = keys::open(context, place(account), sealed)?;
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|err| broken(err.to_string()))?;
    bytes.try_into().map_err(|_| broken("its length".into()))
}
