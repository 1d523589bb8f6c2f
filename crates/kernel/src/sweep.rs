//! Takes away what the kernel keeps for a time only: answers to be given again, log-ins that ran out, one-time codes,
//! counts of searches that found nobody, texts that were given up.

use chrono::TimeDelta;
use database::Moment;
use sea_orm::{QuerySelect, entity::prelude::*, sea_query::IntoCondition};

use crate::{
    Context, Problem,
    access::{codes, sessions},
    caller::once,
    outbox::{self, JobKind},
    person::misses,
    rulebook::{self, RuleDefinition},
};

/// How long an answer is kept to be given again.
pub(crate) const ANSWERS_HOURS: RuleDefinition = RuleDefinition {
    code: "kernel.answers_kept_hours",
    label: "重复提交应答的保存时间",
    unit: "小时",
    default: 24,
    source: "《中华人民共和国个人信息保护法》第十九条；小时数为系统默认值",
};

/// How long a one-time code's row is kept after its last use; the day's count of texts rests on it.
pub(crate) const CODES_HOURS: RuleDefinition = RuleDefinition {
    code: "kernel.codes_kept_hours",
    label: "短信验证码记录的保存时间（不少于24小时）",
    unit: "小时",
    default: 24,
    source: "《中华人民共和国个人信息保护法》第十九条；小时数为系统默认值",
};

/// The definitions, for the rulebook.
pub(crate) const RULES: &[RuleDefinition] = &[ANSWERS_HOURS, CODES_HOURS];

/// So long a text that could not be sent is named to whoever looks after the house.
const GIVEN_UP: TimeDelta = TimeDelta::days(7);

/// Rows in one unit, so that others need not wait long.
const STEP: u64 = 1_000;

/// The hourly sweep.
pub(crate) const JOB: JobKind = JobKind::new("kernel.sweep", 3, |context, _| Box::pin(sweep(context))).every(60 * 60);

async fn sweep(context: &Context) -> Result<(), Problem> {
    let old = once::Column::GivenAt.lt(before(context, &ANSWERS_HOURS, 1).await?);
    forget::<once::Entity>(context, once::Column::Fingerprint, old).await?;
    sessions::sweep(context).await?;
    misses::sweep(context).await?;
    outbox::forget_given_up(context, (context.now() - GIVEN_UP).into()).await?;
    codes::sweep(context, before(context, &CODES_HOURS, 24).await?).await
}

/// Takes away those rows of a table that are no longer kept, some in each unit: an hour of a province's is a great many.
/// Answers how many went.
///
/// # Errors
/// A fault of the database.
pub async fn forget<E>(context: &Context, key: E::Column, old: impl IntoCondition) -> Result<u64, Problem>
where
    E: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType: Into<Value> + Clone + Send + Sync>>,
{
    let (old, mut all) = (old.into_condition(), 0);
    loop {
        let some = E::find().select_only().column(key).filter(old.clone()).limit(STEP);
        let some: &Vec<<E::PrimaryKey as PrimaryKeyTrait>::ValueType> = &some.into_tuple().all(context.read()).await?;
        if some.is_empty() {
            return Ok(all);
        }
        let gone = context.unit(|unit| async move {
            Ok(E::delete_many().filter(key.is_in(some.iter().cloned())).exec(&unit).await?.rows_affected)
        });
        all += gone.await?;
    }
}

/// The instant so many hours ago as the house's rule says, at least `least`.
async fn before(context: &Context, rule: &RuleDefinition, least: i64) -> Result<Moment, Problem> {
    let hours = rulebook::of_the_house(context.read(), context, rule, context.today()).await?;
    Ok((context.now() - TimeDelta::hours(hours.max(least))).into())
}
