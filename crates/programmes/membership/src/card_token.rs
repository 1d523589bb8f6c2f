//! What the QR code on the card page says: a signed, short-lived token that names the membership and nothing else.

use chrono::{DateTime, Utc};
use database::{Id, Unit};
use kernel::{Answer, Context, Problem, rulebook};
use sea_orm::EntityTrait;
use secret::TokenProblem;

use crate::{programme::CARD_SECONDS, tables::member};

kernel::refusals! {
    /// Why a card's code is not accepted.
    pub enum CardTokenRefusal {
        /// Malformed, forged or expired, in words.
        NotValid { why: String } = 422 "card_code_not_valid" "{why}。",
    }
}

const PURPOSE: &str = "membership.card";

/// A token for a membership, and until when it is valid (seconds since 1970).
///
/// # Errors
/// A fault of the database.
pub async fn issue(context: &Context, member: Id, organisation: Id) -> Result<(String, i64), Problem> {
    let seconds = rulebook::number(context.read(), context, &CARD_SECONDS, organisation, context.today()).await?;
    let until = context.now().timestamp() + seconds.clamp(60, 300);
    Ok((context.house().keyring().sign_number(PURPOSE, member.0, until), until))
}

/// The membership that a token names. Accepts the address that the QR code holds, too.
///
/// # Errors
/// [`CardTokenRefusal`].
pub fn read(context: &Context, code: &str) -> Result<Id, Problem> {
    read_at(context, code, context.now())
}

/// The same of a token that was shown at an instant, to a device that could not ask then.
///
/// # Errors
/// [`CardTokenRefusal`].
pub fn read_at(context: &Context, code: &str, at: DateTime<Utc>) -> Result<Id, Problem> {
    read_for(context, PURPOSE, code, at)
}

fn read_for(context: &Context, purpose: &str, code: &str, at: DateTime<Utc>) -> Result<Id, Problem> {
    Ok(named(context, purpose, code, at).map_err(|why| refuse(&why))?)
}

fn refuse(why: &TokenProblem) -> CardTokenRefusal {
    CardTokenRefusal::NotValid { why: why.to_string() }
}

fn named(context: &Context, purpose: &str, code: &str, at: DateTime<Utc>) -> Result<Id, TokenProblem> {
    let token = code.trim().rsplit('/').next().unwrap_or_default();
    context.house().keyring().verify_number(purpose, token, at.timestamp()).map(Id)
}

/// What the kernel calls when somebody shows a code: the holder of a card, while he is a member. Paper does not count: it can
/// be copied and holds for a year.
pub fn on_show<'a>(unit: &'a Unit, context: &'a Context, code: &'a str, at: DateTime<Utc>) -> Answer<'a, Option<Id>> {
    Box::pin(async move {
        let id = match named(context, PURPOSE, code, at) {
            Ok(id) => id,
            Err(why @ TokenProblem::Expired) => return Err(refuse(&why).into()),
            Err(_) => return Ok(None),
        };
        let found = member::Entity::find_by_id(id).one(unit).await?.filter(|member| member.state.is_member());
        let no_member = || CardTokenRefusal::NotValid { why: "会籍现在无效，会员证不能使用".to_owned() };
        Ok(Some(found.ok_or_else(no_member)?.person_id))
    })
}

const PAPER: &str = "membership.card_on_paper";
/// How long a printed code is good for checking; it hands nothing over and shows today's standing.
const PAPER_DAYS: i64 = 365;

/// The last day of a code printed now.
pub fn paper_until(context: &Context) -> chrono::NaiveDate {
    calendar::beijing_day(context.now() + chrono::TimeDelta::days(PAPER_DAYS))
}

/// A token for print; only checking accepts it.
pub fn issue_on_paper(context: &Context, member: Id) -> String {
    let until = calendar::day_start(paper_until(context)) + chrono::TimeDelta::days(1);
    context.house().keyring().sign_number(PAPER, member.0, until.timestamp())
}

/// The membership that a printed token names.
///
/// # Errors
/// [`CardTokenRefusal`].
pub fn read_on_paper(context: &Context, code: &str) -> Result<Id, Problem> {
    read_for(context, PAPER, code, context.now())
}
