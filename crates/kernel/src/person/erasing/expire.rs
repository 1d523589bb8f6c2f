//! People for whom nothing was done for a long time are made nameless by themselves, unless a hold or a programme says no.

use chrono::{NaiveDate, TimeDelta};
use database::{Connection, Id};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};

use super::{erase, erasure, holds};
use crate::{
    Context, Problem,
    ledger::{self, fact},
    listing::InSteps,
    outbox::JobKind,
    person::{Column, Entity, Model},
    rulebook::{self, RuleDefinition, Stretch},
};

/// How long a person's record is kept after the last that was done for him.
pub const KEPT_DAYS: RuleDefinition = RuleDefinition {
    code: "people.kept_days",
    label: "职工档案在最后一次服务之后的保存期限",
    unit: "天",
    default: 3650,
    source: "《中华人民共和国个人信息保护法》第十九条、第四十七条；天数为系统默认值",
};

/// The daily look for people whose time is over.
pub const EXPIRE: JobKind =
    JobKind::new("kernel.people_expire", 3, |context, _| Box::pin(work(context))).every(24 * 60 * 60);

/// People looked at in one question.
const STEP: u64 = 500;

async fn work(context: &Context) -> Result<(), Problem> {
    let mut failed = None;
    for stretch in rulebook::stretches(context.read(), context, &KEPT_DAYS).await? {
        expire(context, &stretch, &mut failed).await?;
    }
    failed.map_or(Ok(()), Err)
}

/// Makes those nameless whose time is over where one number holds. One whose record is damaged holds up nobody behind him, and
/// is told of when all is done.
async fn expire(context: &Context, stretch: &Stretch, failed: &mut Option<Problem>) -> Result<(), Problem> {
    let before = context.now() - TimeDelta::days(stretch.value);
    let day = calendar::beijing_day(before);
    let same = Expr::col((fact::Entity, fact::Column::PersonId)).equals((Entity, Column::Id));
    let shelves = fact::on_all_shelves(context.read());
    let served = fact::Entity::find().filter(shelves).filter(same).filter(fact::Column::Day.gte(day));
    let erased = erasure::Entity::find().select_only().column(erasure::Column::PersonId);
    let held = holds::Entity::find().select_only().column(holds::Column::PersonId);
    let held = held.filter(holds::Column::LiftedAt.is_null());
    let query = Entity::find()
        // A key tells when it was made: who is not known for so long needs no further question.
        .filter(Column::Id.lt(Id::new(before.timestamp_millis(), 0)))
        .filter(Column::MergedInto.is_null())
        .filter(stretch.holds_at((Entity, Column::OrganisationId)))
        .filter(Column::Id.not_in_subquery(erased.into_query()))
        .filter(Column::Id.not_in_subquery(held.into_query()))
        .filter(Expr::exists(served.into_query()).not());
    let mut steps = InSteps::of(query.clone(), Column::Id, |person| person.id, STEP);
    while let Some(page) = steps.next(context.read()).await? {
        let over = unserved(context.read(), &page, day).await?;
        for id in unneeded(context, over).await? {
            let query = &query;
            let done = context.unit(|unit| async move {
                // While those before him were made nameless, somebody may have served him.
                let still = query.clone().filter(Column::Id.eq(id)).all(&unit).await?;
                if unserved(&unit, &still, day).await?.is_empty() {
                    return Ok(());
                }
                erase(&unit, context, id, "term").await
            });
            match done.await {
                // A programme still needs him, or somebody was faster.
                Err(problem) if problem.fault.is_none() => {}
                Err(problem) if problem.trouble().is_none() => {
                    tracing::error!(person = %id, fault = ?problem.fault, "a person whose time is over stays known");
                    *failed = Some(problem);
                }
                other => other?,
            }
        }
    }
    Ok(())
}

/// Those of these people whom no programme says that it needs: in its tenth year a house may have a million members for whom
/// nothing was done, and each who is tried takes the writer.
async fn unneeded(context: &Context, mut people: Vec<Id>) -> Result<Vec<Id>, Problem> {
    for needs in context.house().programmes().iter().flat_map(|programme| programme.still_needs) {
        let needed = needs(context.read(), &people).await?;
        people.retain(|id| !needed.contains(id));
    }
    Ok(people)
}

/// Those of these people for whom nothing was done since a day. What was done under a record that was merged into one of
/// them was done for him.
async fn unserved(conn: &Connection, people: &[Model], day: NaiveDate) -> Result<Vec<Id>, Problem> {
    let mut ids: Vec<Id> = people.iter().map(|person| person.id).collect();
    let last = ledger::last_days(conn, &ids, &[]).await?;
    ids.retain(|id| last.get(id).is_none_or(|last| *last < day));
    Ok(ids)
}
