//! One-time codes that prove a phone number: six digits, five minutes, five tries (domain defaults after
//! GB/T 22239-2019 8.1.4.1). The table keeps only a keyed hash, and the number only as its blind index.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use database::{Connection, Moment, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

use crate::{Context, Fault, Problem};

crate::refusals! {
    /// Why a code is not sent or not taken.
    pub enum CodeRefusal {
        /// Too soon after the last one.
        TooSoon { seconds: i64 } = 429 "code_too_soon" "验证码刚刚发过，请{seconds}秒后再试。",
        /// Too many in a day.
        TooMany { hours: i64 } = 429 "code_too_many"
            "24 小时内获取验证码的次数过多，请 {hours} 小时后再试，或请工会工作人员代办。",
        /// The gateway did not take it.
        NotSent = 503 "code_not_sent" "短信暂时发不出去，请稍后再试，或请工会工作人员代办。",
    }
}

/// How long a code holds.
const LIFE: TimeDelta = TimeDelta::minutes(5);
/// Wrong tries after which a code is dead.
const MOST_TRIES: i32 = 5;
/// Between two codes to one number.
const PAUSE: TimeDelta = TimeDelta::seconds(60);
/// Codes to one number within [`DAY`].
const MOST_CODES: i32 = 10;
const DAY: TimeDelta = TimeDelta::hours(24);

/// The last code of a number and purpose.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_code")]
pub struct Model {
    /// The number's blind index.
    #[sea_orm(primary_key, auto_increment = false)]
    pub phone_index: String,
    /// What it is for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: String,
    /// The keyed hash of purpose, number and code; absent once used.
    pub hash: Option<String>,
    /// When it was made.
    pub made_at: Moment,
    /// Wrong tries so far.
    pub tries: i32,
    /// Codes since `counted_since`.
    pub sent: i32,
    /// When the day's count began.
    pub counted_since: Moment,
}

database::plain_table!();

/// A code was wrong, old or dead, and the try is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong;

impl From<Wrong> for Problem {
    fn from(_: Wrong) -> Self {
        Self::field("code", "wrong_code", "验证码不对或已过期，请核对短信；输错5次后请重新获取。")
    }
}

/// Sends a code to a phone. Nothing in the answer tells whether anybody has this number.
///
/// # Errors
/// 422 if it is no mobile number; [`CodeRefusal`].
pub async fn send(context: &Context, phone: &str, purpose: &'static str) -> Result<(), Problem> {
    let phone = &normal(phone)?;
    let code = &format!("{:06}", context.house().ambient().below(1_000_000));
    let fresh = &AtomicBool::new(false);
    let written = context.unit(|unit| async move {
        fresh.store(true, Ordering::Relaxed);
        write(&unit, context, phone, purpose, code).await
    });
    written.await?;
    // A call sent again got its first answer: its text went out then, and this code was never kept.
    if !fresh.load(Ordering::Relaxed) {
        return Ok(());
    }
    let text = format!("【娘家】验证码 {code}，5 分钟内有效。请勿告诉他人。");
    let Err(failure) = context.house().sms().send(phone, &text).await else { return Ok(()) };
    tracing::error!(failure, "the text gateway took no code");
    // Or the call sent again would be told that its text went out.
    context.forget_answer().await?;
    Err(CodeRefusal::NotSent.into())
}

/// Checks a code in the unit that it opens the way to: a right one is used up, a wrong one is a try. A refused unit
/// leaves nothing behind, so one that met a wrong code answers this and is kept. Were the try counted after it, all who
/// guess at the same moment would be checked before the first is counted.
///
/// # Errors
/// 422 if it is no mobile number.
pub async fn check(
    unit: &Unit,
    context: &Context,
    phone: &str,
    purpose: &'static str,
    code: &str,
) -> Result<Result<(), Wrong>, Problem> {
    let phone = normal(phone)?;
    let Some(kept) = right(unit, context, purpose, &[(&phone, code)]).await?.pop().flatten() else {
        count(unit, context, purpose, [phone.as_str()]);
        return Ok(Err(Wrong));
    };
    use_up(unit, purpose, [&kept]);
    Ok(Ok(()))
}

/// Those of many codes that are right, each to be [used up](use_up) by what it opens the way to; none where one is
/// wrong, old or dead. Phones in their normal form, each with its code.
///
/// # Errors
/// A fault of the database.
pub async fn right(
    unit: &Unit,
    context: &Context,
    purpose: &'static str,
    given: &[(&str, &str)],
) -> Result<Vec<Option<Model>>, Problem> {
    let keyring = context.house().keyring();
    let indexes: Vec<Vec<String>> = given.iter().map(|(phone, _)| keyring.blind_indexes("phone", phone)).collect();
    let query = Entity::find()
        .filter(Column::PhoneIndex.is_in(indexes.iter().flatten().map(String::as_str)))
        .filter(Column::Purpose.eq(purpose))
        .order_by_desc(Column::MadeAt);
    let kept = query.all(unit).await?;
    let newest = |indexes: &Vec<String>| kept.iter().find(|kept| indexes.contains(&kept.phone_index));
    let right = given
        .iter()
        .zip(&indexes)
        .map(|((phone, code), indexes)| newest(indexes).filter(|kept| holds(context, kept, phone, code)).cloned());
    Ok(right.collect())
}

/// Uses right codes for one purpose up, together with the unit's other writes.
pub fn use_up<'a>(unit: &Unit, purpose: &'static str, codes: impl IntoIterator<Item = &'a Model>) {
    let used = Entity::update_many()
        .set(ActiveModel { hash: Set(None), ..Default::default() })
        .filter(Column::PhoneIndex.is_in(codes.into_iter().map(|code| code.phone_index.as_str())))
        .filter(Column::Purpose.eq(purpose));
    database::update(unit, used);
}

/// Counts a wrong try of each of these phones, in their normal form, together with the unit's other writes; the unit must
/// be kept.
pub fn count<'a>(unit: &Unit, context: &Context, purpose: &'static str, phones: impl IntoIterator<Item = &'a str>) {
    use sea_orm::sea_query::ExprTrait;
    let keyring = context.house().keyring();
    let indexes: Vec<String> = phones.into_iter().flat_map(|phone| keyring.blind_indexes("phone", phone)).collect();
    let counted = Entity::update_many()
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::PhoneIndex.is_in(indexes))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::Tries.lt(MOST_TRIES));
    database::update(unit, counted);
}

async fn write(unit: &Unit, context: &Context, phone: &str, purpose: &'static str, code: &str) -> Result<(), Problem> {
    let now = context.now();
    let before = find(unit, context, phone, purpose).await?;
    if let Some(kept) = &before {
        let age = now - kept.made_at.at();
        let wait = (PAUSE - age).num_seconds();
        // Made far in the future: the clock was put back since, and nobody need wait until that time comes again.
        if wait > 0 && age >= -PAUSE {
            return Err(Problem::from(CodeRefusal::TooSoon { seconds: wait }).after(wait));
        }
    }
    // A day that began far in the future began before the clock was put back.
    let (sent, counted_since) = before
        .filter(|kept| (now - kept.counted_since.at()).abs() < DAY)
        .map_or((0, now.into()), |kept| (kept.sent, kept.counted_since));
    if sent >= MOST_CODES {
        let rest = (DAY - (now - counted_since.at())).num_seconds().max(1);
        return Err(Problem::from(CodeRefusal::TooMany { hours: (rest + 3_599) / 3_600 }).after(rest));
    }
    let row = ActiveModel {
        phone_index: Set(index(context, phone)),
        purpose: Set(purpose.to_owned()),
        hash: Set(Some(hash(context, phone, purpose, code))),
        made_at: Set(now.into()),
        tries: Set(0),
        sent: Set(sent + 1),
        counted_since: Set(counted_since),
    };
    let again = OnConflict::columns([Column::PhoneIndex, Column::Purpose])
        .update_columns([Column::Hash, Column::MadeAt, Column::Tries, Column::Sent, Column::CountedSince])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(unit).await?;
    Ok(())
}

/// Removes codes that nobody can use any more and whose day's count was over before `old`.
///
/// # Errors
/// A fault of the database.
pub async fn sweep(context: &Context, old: Moment) -> Result<(), Problem> {
    let swept = context.unit(|unit| async move {
        Entity::delete_many().filter(Column::CountedSince.lt(old)).filter(Column::MadeAt.lt(old)).exec(&unit).await?;
        Ok(())
    });
    swept.await
}

/// Removes what is kept of a phone, in the unit that makes its owner nameless.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn forget(unit: &Unit, phone_index: &str) -> Result<(), Problem> {
    Entity::delete_many().filter(Column::PhoneIndex.eq(phone_index)).exec(unit).await?;
    Ok(())
}

async fn find(conn: &Connection, context: &Context, phone: &str, purpose: &str) -> Result<Option<Model>, Fault> {
    let query = Entity::find()
        .filter(Column::PhoneIndex.is_in(context.house().keyring().blind_indexes("phone", phone)))
        .filter(Column::Purpose.eq(purpose))
        .order_by_desc(Column::MadeAt);
    Ok(query.one(conn).await?)
}

fn holds(context: &Context, kept: &Model, phone: &str, code: &str) -> bool {
    let given = context.house().keyring().blind_indexes("one_time_code", &hashed(phone, &kept.purpose, code.trim()));
    let age = context.now() - kept.made_at.at();
    let fresh = (-LIFE..=LIFE).contains(&age) && kept.tries < MOST_TRIES;
    fresh && kept.hash.as_ref().is_some_and(|kept| given.contains(kept))
}

fn index(context: &Context, phone: &str) -> String {
    context.house().keyring().blind_index("phone", phone)
}

/// A million codes are soon tried, so the hash is keyed.
fn hash(context: &Context, phone: &str, purpose: &str, code: &str) -> String {
    context.house().keyring().blind_index("one_time_code", &hashed(phone, purpose, code))
}

fn hashed(phone: &str, purpose: &str, code: &str) -> String {
    format!("{purpose}:{phone}:{code}")
}

pub(super) fn normal(phone: &str) -> Result<String, Problem> {
    codes::phone::normalise(phone).map_err(|err| Problem::field("phone", err.code(), err.message()))
}
