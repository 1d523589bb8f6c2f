//! Whoever holds the number that a record has, or had, is told by a text when it is changed: with it one logs in as the
//! person, so a change that the person did not ask for must not stay unseen. So is who is made nameless as he asked.

use chrono::TimeDelta;
use database::{Id, Moment, Unit};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Entity, Model, sealed};
use crate::{
    Context, Fault, Problem,
    keys::Unreadable,
    organisation::tree,
    outbox::{self, JobKind},
};

/// Tells one number. It is given up before its attempts are used: a job that failed would stay, and the number in it.
pub const TELL_PHONE: JobKind =
    JobKind::new("kernel.people_tell_phone", 100, |context, payload| Box::pin(work(context, payload))).texting();

/// A text that the gateway did not take for so long is given up.
const FRESH: TimeDelta = TimeDelta::hours(24);

/// What became of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum News {
    /// The record has it no more.
    Gone,
    /// The record has it now.
    Kept,
    /// The record was made nameless, as the person had asked.
    Nameless,
    /// Whoever proved it said that the record is another's, and took it off.
    GivenUp,
}

/// What one number is told.
#[derive(Debug, Serialize, Deserialize)]
struct Message {
    person: Id,
    /// As it stood in the person's row, sealed: one that is gone stands nowhere else.
    phone: String,
    /// The union that looks after the person.
    organisation: Id,
    news: News,
    /// When it was changed.
    at: Moment,
}

/// Orders the texts to the number that a record had and to the one that it has now.
///
/// # Errors
/// A fault of the database.
pub(super) async fn tell_later(unit: &Unit, context: &Context, before: &Model, after: &Model) -> Result<(), Problem> {
    order(unit, context, before, News::Gone).await?;
    order(unit, context, after, News::Kept).await
}

/// Orders the text to somebody who is made nameless by this unit as he asked, before it is done: afterwards nobody knows his
/// number, and he can't log in to read the answer.
///
/// # Errors
/// A fault of the database.
pub async fn tell_nameless(unit: &Unit, context: &Context, person: Id) -> Result<(), Problem> {
    match Entity::find_by_id(person).one(unit).await? {
        Some(person) => order(unit, context, &person, News::Nameless).await,
        None => Ok(()),
    }
}

/// Orders the text to the number that is taken off a record by whoever has it now: were it somebody else with his phone in
/// hand, he hears of it. Of the record it tells nothing, which is another's.
///
/// # Errors
/// A fault of the database.
pub(super) async fn tell_given_up(unit: &Unit, context: &Context, before: &Model) -> Result<(), Problem> {
    order(unit, context, before, News::GivenUp).await
}

async fn order(unit: &Unit, context: &Context, person: &Model, news: News) -> Result<(), Problem> {
    let Some(phone) = person.phone_sealed.clone() else { return Ok(()) };
    let at = Moment::from(context.now());
    let message = Message { person: person.id, phone, organisation: person.organisation_id, news, at };
    outbox::enqueue(unit, context, TELL_PHONE.code, &message, at).await?;
    Ok(())
}

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let message: Message =
        serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a message on a phone: {err}")))?;
    match send(context, &message).await {
        Err(problem) if context.now() - message.at.at() > FRESH => {
            tracing::error!(fault = ?problem.fault, "nobody could be told what became of his number");
            Ok(())
        }
        sent => sent,
    }
}

async fn send(context: &Context, message: &Message) -> Result<(), Problem> {
    let union = tree::name(context.read(), message.organisation).await?;
    let text = match message.news {
        News::Gone => format!(
            "【娘家】您在“{union}”职工档案里的登录手机号已更换，本号码不能再登录，原来的登录已全部退出。\
             如不是您本人要求的，请马上联系该工会或拨打 12351。"
        ),
        News::Kept => format!(
            "【娘家】“{union}”已把本号码登记为职工档案的登录手机号。如不是您本人办理，请马上联系该工会或拨打 12351。"
        ),
        News::GivenUp => {
            "【娘家】本号码已按持有人的说明，从原先登记的职工档案取下，不能再登录那份档案，现在可以用它入会。如不是您本人操作，请拨打 12351。"
                .to_owned()
        }
        News::Nameless => "【娘家】您申请删除的个人信息已经删除，工会不再保存您的姓名、证件号码和手机号码。".to_owned(),
    };
    let phone = match sealed::open_phone(context, message.person, &message.phone) {
        // Nobody knows any more whom to tell.
        Err(Unreadable::Damaged) => return Ok(()),
        known => known?,
    };
    let sent = context.house().sms().send(&phone, &text).await;
    sent.map_err(|failure| Fault::Stored(format!("the text gateway took no text: {failure}")).into())
}
