//! Searches for a whole number that find nobody. Behind a mask and a year of birth a few dozen numbers are possible, so
//! whoever may search could try them; they are counted by account, for all processes together, and beyond the rulebook's
//! bound numbers are not sought for it until the hour is over. Whoever is found gives nothing back: else one known number
//! between the guesses would make them free.

use chrono::TimeDelta;
use database::{Moment, Unit};
use sea_orm::{
    ActiveValue::Set,
    entity::prelude::*,
    sea_query::{OnConflict, SelectStatement},
};
use serde_json::json;

use crate::{
    Actor, Context, Problem, audit,
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
            "您在一小时内按完整号码查找，已有 {most} 次没有找到人。为保护职工信息，请 {minutes} 分钟后再按号码查找、核对；现在仍可按姓名查找。",
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

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Counts a search for a number if none of the questions finds a row. The caller answers only then: were it counted
/// afterwards, all who guess at once would be answered before the first is counted. What the program asks itself is not
/// counted.
///
/// # Errors
/// [`SearchRefusal`].
pub(super) async fn count(context: &Context, questions: &[SelectStatement]) -> Result<(), Problem> {
    if !matches!(context.actor(), Actor::Officer { .. } | Actor::Token { .. }) {
        return Ok(());
    }
    // Not by the call's own unit: what is kept under its key is the answer to something else, such as asking for an export.
    let judged = context.house().database().unit(|unit| async move { judge(&unit, context, questions).await });
    judged.await?.map_or(Ok(()), |(most, seconds)| {
        let refusal = SearchRefusal::TooManyMisses { most, minutes: (seconds + 59) / 60 };
        Err(Problem::from(refusal).after(seconds))
    })
}

/// If it is refused, the bound and the seconds until the hour is over.
async fn judge(unit: &Unit, context: &Context, questions: &[SelectStatement]) -> Result<Option<(i64, i64)>, Problem> {
    let (now, actor) = (context.now(), context.actor().word());
    // Begun far in the future: the clock was put back since.
    let running =
        Entity::find_by_id(actor.clone()).one(unit).await?.filter(|kept| (now - kept.since.at()).abs() < HOUR);
    let (missed, since) = running.map_or((0, Moment::from(now)), |kept| (kept.missed, kept.since));
    let most = rulebook::national(unit, context, &MISSES, context.today()).await?.max(1);
    if missed >= most {
        let rest = HOUR - (now - since.at());
        return Ok(Some((most, rest.num_seconds().clamp(1, HOUR.num_seconds()))));
    }
    for question in questions {
        if unit.query_one(question).await?.is_some() {
            return Ok(None);
        }
    }
    let missed = missed + 1;
    let row = ActiveModel { actor: Set(actor), missed: Set(missed), since: Set(since) };
    let again = OnConflict::column(Column::Actor).update_columns([Column::Missed, Column::Since]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(unit).await?;
    if missed == most {
        note(unit, context, most).await?;
    }
    Ok(None)
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
