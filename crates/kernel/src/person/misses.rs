//! Searches for a whole number that find nobody. Behind a mask and a year of birth a few dozen numbers are possible, so
//! whoever may search could try them; they are counted by account, for all processes together, and beyond the rulebook's
//! bound numbers are not sought for it until the hour is over. Whoever is found gives nothing back: else one known number
//! between the guesses would make them free.

use chrono::{DateTime, TimeDelta, Utc};
use database::{Connection, Moment, Unit};
use sea_orm::{
    ActiveValue::Set,
    entity::prelude::*,
    sea_query::{OnConflict, SelectStatement},
};
use serde_json::json;

use super::unwritten::{self, Guess};
use crate::{
    Actor, Context, Problem, audit, problem,
    rulebook::{self, RuleDefinition},
};

/// So many in an hour; a desk that hears numbers by telephone mistypes some.
pub(crate) const MISSES: RuleDefinition = RuleDefinition {
    code: "people.misses_an_hour",
    label: "每个账号一小时内按完整号码查找而没有找到人的最多次数",
    unit: "次",
    default: 100,
    source: "《中华人民共和国个人信息保护法》第五十一条；次数为系统默认值",
};

const HOUR: TimeDelta = TimeDelta::hours(1);

crate::refusals! {
    /// Why a number is not sought.
    pub enum SearchRefusal {
        /// Too many that nobody has.
        TooManyMisses { most: i64, minutes: i64 } = 429 "too_many_misses"
            "您在一小时内按完整号码查找，已有 {most} 次没有找到人。为保护职工信息，请 {minutes} 分钟后再按号码查找、核对；现在仍可按姓名查找，或扫职工出示的码。",
    }
}

/// What an account sought in vain.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_miss")]
pub struct Model {
    /// Who, as [`Actor::word`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: String,
    /// Numbers that nobody had, in the hour from `since`.
    pub missed: i64,
    /// When the hour began.
    pub since: Moment,
}

database::plain_table!();

/// Counts a search for a number if none of the questions finds a row. The caller answers only then: were it counted
/// afterwards, all who guess at once would be answered before the first is counted. What the program asks itself is not
/// counted.
///
/// # Errors
/// [`SearchRefusal`].
pub(super) async fn count(context: &Context, questions: &[SelectStatement]) -> Result<(), Problem> {
    if !matches!(context.actor(), Actor::Officer { .. } | Actor::Token { .. } | Actor::Worker { .. }) {
        return Ok(());
    }
    // Not by the call's own unit: what is kept under its key is the answer to something else, such as asking for an export.
    let guess = Guess::of(context);
    let own = &guess;
    let judged = context.house().database().unit(|unit| async move { judge(&unit, context, questions, own).await });
    let judged = judged.await;
    let spent = match judged {
        Err(problem) if problem.trouble().is_some() => unwritten::judge(context, questions, guess, problem).await?,
        judged => judged?,
    };
    spent.map_or(Ok(()), |Spent { most, seconds }| {
        let refusal = SearchRefusal::TooManyMisses { most, minutes: problem::minutes(seconds) };
        Err(Problem::from(refusal).after(seconds))
    })
}

/// The bound that is met, and the seconds until the hour is over.
pub(super) struct Spent {
    pub most: i64,
    pub seconds: i64,
}

async fn judge(
    unit: &Unit,
    context: &Context,
    questions: &[SelectStatement],
    guess: &Guess,
) -> Result<Option<Spent>, Problem> {
    let (missed, since) = running(unit, context).await?;
    let most = most(unit, context).await?;
    if let Some(spent) = guess.count((missed, since), most) {
        return Ok(Some(spent));
    }
    if !is_found(unit, questions).await? {
        let missed = missed + 1;
        let row = ActiveModel { actor: Set(context.actor().word()), missed: Set(missed), since: Set(since) };
        let again = OnConflict::column(Column::Actor).update_columns([Column::Missed, Column::Since]).to_owned();
        Entity::insert(row).on_conflict(again).exec_without_returning(unit).await?;
        if missed == most {
            note(unit, context, most).await?;
        }
    }
    guess.take_back();
    Ok(None)
}

/// How often the caller sought in vain in the hour that is running, and when it began: now, if none is.
pub(super) async fn running(conn: &Connection, context: &Context) -> Result<(i64, Moment), Problem> {
    let kept = Entity::find_by_id(context.actor().word()).one(conn).await?;
    let kept = kept.filter(|kept| is_running(kept.since, context.now()));
    Ok(kept.map_or((0, context.now().into()), |kept| (kept.missed, kept.since)))
}

/// How often one may seek in vain in an hour: of the places where his roles let him seek the strictest says it.
pub(super) async fn most(conn: &Connection, context: &Context) -> Result<i64, Problem> {
    let most = match context.scope().roots() {
        Some(places) => rulebook::strictest(conn, context, &MISSES, places.iter().copied()).await?,
        None => rulebook::of_the_house(conn, context, &MISSES, context.today()).await?,
    };
    Ok(most.max(1))
}

/// Whether any of the questions finds a row.
pub(super) async fn is_found(conn: &Connection, questions: &[SelectStatement]) -> Result<bool, Problem> {
    for question in questions {
        if conn.query_one(question).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an hour is not over. One that began far in the future began before the clock was put back.
pub(super) fn is_running(since: Moment, now: DateTime<Utc>) -> bool {
    (now - since.at()).abs() < HOUR
}

/// The seconds until an hour is over.
pub(super) fn rest(since: Moment, now: DateTime<Utc>) -> i64 {
    (HOUR - (now - since.at())).num_seconds().clamp(1, HOUR.num_seconds())
}

/// Says in the audit chain that the bound was met; which numbers were sought stands nowhere.
async fn note(unit: &Unit, context: &Context, most: i64) -> Result<(), Problem> {
    let roots = context.scope().roots();
    let act = ("people.misses", "kernel/account", context.account().ok());
    let organisation = roots.and_then(|roots| roots.first().copied());
    audit::record(unit, context, act, organisation, json!({ "misses": most, "of": roots })).await
}

/// Removes counts whose hour is over.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn sweep(context: &Context) -> Result<(), Problem> {
    let over = Moment::from(context.now() - HOUR);
    let swept = context.unit(|unit| async move {
        Entity::delete_many().filter(Column::Since.lt(over)).exec(&unit).await?;
        Ok(())
    });
    swept.await
}
