//! Terms that run out on a day on which people work. One that reaches a year whose days off are not announced yet may still
//! move: it says so, and is reckoned once more when they are.

use std::collections::{BTreeSet, HashMap, HashSet};

use calendar::beijing_day;
use chrono::{Datelike, Days, NaiveDate};
use database::{Connection, Id};
use kernel::{Context, Problem, deadline, outbox::JobKind, rulebook};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Condition};

use crate::{
    pausing::{PRIVACY, TRANSFER, follow},
    programme::{PRIVACY_DAYS, TRANSFER_DAYS},
    rules::transfer::{Progress, due},
    tables::{
        privacy_request::{self, Answered},
        transfer,
    },
};

/// The look for terms that were reckoned without the days off of their year.
pub const JOB: JobKind = JobKind::new("membership_terms", 1, |context, _| Box::pin(work(context))).every(60 * 60);

/// Rows in one turn.
const MOST: u64 = 1_000;
/// So many days before a year's first its holiday may begin: a term that ends on them runs into the new year.
const EVE: Days = Days::new(2);

/// In how many days from today the transfer of an organisation's member is answered, whoever asks for it: those of its rule
/// pack, and if people don't work on the last of them, up to the next day on which they do.
///
/// # Errors
/// A fault of the database.
pub async fn transfer_days(conn: &Connection, context: &Context, organisation: Id) -> Result<i64, Problem> {
    let days = transfer_days_of(conn, context, &BTreeSet::from([organisation])).await?;
    Ok(days.get(&organisation).copied().unwrap_or(TRANSFER_DAYS.default))
}

/// The same at many organisations, asked together.
///
/// # Errors
/// The same.
pub async fn transfer_days_of(
    conn: &Connection,
    context: &Context,
    organisations: &BTreeSet<Id>,
) -> Result<HashMap<Id, i64>, Problem> {
    let today = context.today();
    let numbers = rulebook::numbers(conn, context, &TRANSFER_DAYS, organisations).await?;
    let calendars = rulebook::working_calendars(conn, organisations.iter().copied()).await?;
    let worked = |(organisation, days): (Id, i64)| {
        let last = due(today, days);
        let calendar = calendars.get(&organisation);
        let last = calendar.and_then(|calendar| calendar.working_day_from(last).ok()).unwrap_or(last);
        (organisation, (last - today).num_days())
    };
    Ok(numbers.into_iter().map(worked).collect())
}

/// Those of some transfers that wait and whose last day may still move, because nobody knows yet on which days of the new year
/// people work.
///
/// # Errors
/// A fault of the database.
pub async fn may_move(context: &Context, transfers: &[transfer::Model]) -> Result<HashSet<Id>, Problem> {
    let reach = |due_on: NaiveDate| due_on.checked_add_days(EVE).unwrap_or(due_on).year();
    let crosses = |one: &&transfer::Model| one.state == Progress::Waiting && one.asked_on.year() < reach(one.due_on);
    let crossing: Vec<&transfer::Model> = transfers.iter().filter(crosses).collect();
    let homes: Vec<Id> = crossing.iter().map(|one| one.from_organisation_id).collect();
    let calendars = rulebook::working_calendars(context.read(), homes).await?;
    let moves = |one: &&transfer::Model| {
        let calendar = calendars.get(&one.from_organisation_id);
        calendar.is_some_and(|calendar| calendar.working_day_from(one.due_on).is_err())
    };
    Ok(crossing.into_iter().filter(moves).map(|one| one.id).collect())
}

async fn work(context: &Context) -> Result<(), Problem> {
    transfers(context).await?;
    privacy_requests(context).await?;
    paused_terms(context).await
}

/// Terms that were paused and ran into a year whose days off were not announced.
async fn paused_terms(context: &Context) -> Result<(), Problem> {
    for row in deadline::waiting_for_calendar(context.read(), MOST).await? {
        let row = &row;
        let reckoned = context.unit(|unit| async move {
            if let Some(due_on) = deadline::reckon(&unit, row).await? {
                follow(&unit, &row.kind, row.subject_id, Some(due_on), due_on).await?;
            }
            Ok(())
        });
        reckoned.await?;
    }
    Ok(())
}

/// Waiting transfers of an old year whose last day in the new one turned out to be a day off.
async fn transfers(context: &Context) -> Result<(), Problem> {
    use transfer::{Column, Entity};
    let today = context.today();
    let new_years = [today.year(), today.year() + 1].into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    let crossing = new_years.fold(Condition::any(), |any, first| {
        let eve = first.checked_sub_days(EVE).unwrap_or(first);
        any.add(Condition::all().add(Column::AskedOn.lt(first)).add(Column::DueOn.gte(eve)))
    });
    let waiting = Condition::all()
        .add(transfer::waits())
        .add(Column::DueOn.gte(today))
        .add(Column::Id.not_in_subquery(deadline::moved(TRANSFER)))
        .add(crossing);
    let terms: Vec<(Id, NaiveDate)> = Entity::find()
        .select_only()
        .column(Column::FromOrganisationId)
        .column(Column::DueOn)
        .filter(waiting.clone())
        .distinct()
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::FromOrganisationId)
        .limit(MOST)
        .into_tuple()
        .all(context.read())
        .await?;
    let homes: Vec<Id> = terms.iter().map(|(home, _)| *home).collect();
    let calendars = rulebook::working_calendars(context.read(), homes).await?;
    for (home, reckoned) in terms {
        let calendar = calendars.get(&home);
        let Some(due_on) = calendar.and_then(|calendar| calendar.working_day_from(reckoned).ok()) else { continue };
        if due_on == reckoned {
            continue;
        }
        let those = waiting.clone().add(Column::FromOrganisationId.eq(home)).add(Column::DueOn.eq(reckoned));
        let (row, those) = (&transfer::ActiveModel { due_on: Set(due_on), ..Default::default() }, &those);
        let moved = context.unit(|unit| async move {
            Entity::update_many().set(row.clone()).filter(those.clone()).exec(&unit).await?;
            Ok(())
        });
        moved.await?;
    }
    Ok(())
}

/// Requests whose term could not be reckoned when they were made.
async fn privacy_requests(context: &Context) -> Result<(), Problem> {
    use privacy_request::{Column, Entity};
    let waiting = &Condition::all()
        .add(Column::State.eq(Answered::Waiting))
        .add(Column::DueOn.is_null())
        .add(Column::Id.not_in_subquery(deadline::moved(PRIVACY)));
    let open = Entity::find().filter(waiting.clone()).order_by_asc(Column::Id).limit(MOST);
    let open = open.all(context.read()).await?;
    let places: Vec<Id> = open.iter().map(|request| request.organisation_id).collect();
    let calendars = rulebook::working_calendars(context.read(), places).await?;
    for request in open {
        let asked_on = beijing_day(request.asked_at.at());
        let place = request.organisation_id;
        let days = rulebook::number(context.read(), context, &PRIVACY_DAYS, place, asked_on).await?;
        let term = u32::try_from(days).unwrap_or(0);
        let calendar = calendars.get(&place);
        let Some(due_on) = calendar.and_then(|calendar| calendar.add_working_days(asked_on, term).ok()) else {
            continue;
        };
        let row = &privacy_request::ActiveModel { due_on: Set(Some(due_on)), ..Default::default() };
        let reckoned = context.unit(|unit| async move {
            // Answered or paused since it was read, it has no such last day.
            let same = Entity::update_many().set(row.clone()).filter(Column::Id.eq(request.id));
            same.filter(waiting.clone()).exec(&unit).await?;
            Ok(())
        });
        reckoned.await?;
    }
    Ok(())
}
