//! Of the open stations that nobody looked round today only those want it that open today: which do, their hours and their
//! unions' calendars tell, and no database reads these. So they are judged here, some at a time.

use kernel::{Context, Id, Problem, caller::Find};
use sea_orm::{
    Condition, QueryOrder, QuerySelect, Select,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    form::read,
    list::{Attention, StationFilter, filtered},
    now::Calendars,
    order::{cursor, sorted},
};
use crate::{
    standard::due,
    tables::station::{Column, Entity, Model},
};

/// Stations read at once where some of them fall out.
const STEP: u64 = 1_000;
/// Groups of alike stations counted at once.
const GROUPS: u64 = 5_000;

/// Whether a filter asks for what is judged here.
pub(super) fn is_wanted(filter: &StationFilter) -> bool {
    filter.attention == Some(Attention::Unchecked)
}

/// How many stations pass a filter.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn count(context: &Context, filter: &StationFilter) -> Result<u64, Problem> {
    if is_wanted(filter) {
        return opening_today(context, filter).await;
    }
    let query = filtered(Find::ByPlace, context, filter).filter(due::wanted(context, filter).await?);
    Ok(query.count(context.read()).await?)
}

/// Of some stations that a question found those that pass its filter.
///
/// # Errors
/// A fault.
pub(crate) async fn passing(
    context: &Context,
    filter: &StationFilter,
    found: Vec<Model>,
) -> Result<Vec<Model>, Problem> {
    if !is_wanted(filter) {
        return Ok(found);
    }
    let mut calendars = Calendars::default();
    calendars.know(context.read(), found.iter().map(|row| row.organisation_id)).await?;
    let mut passing = Vec::with_capacity(found.len());
    for row in found {
        if calendars.opens(row.organisation_id, &read(&row.hours)?, context.today()) {
            passing.push(row);
        }
    }
    Ok(passing)
}

/// The first stations behind a cursor that pass a filter, in its order; `query` asks for those that may. Whoever asks for more
/// than there are has all that may pass looked through.
///
/// # Errors
/// A fault.
pub(crate) async fn first(
    context: &Context,
    (query, filter): (Select<Entity>, &StationFilter),
    mut after: Option<String>,
    most: u64,
) -> Result<Vec<Model>, Problem> {
    let (sort, step) = (filter.sort.unwrap_or_default(), if is_wanted(filter) { Ord::max(most, STEP) } else { most });
    let (most, mut first) = (usize::try_from(most).unwrap_or(usize::MAX), Vec::new());
    while first.len() < most {
        let found = sorted(query.clone(), sort, after.as_deref()).limit(step).all(context.read()).await?;
        let is_last = u64::try_from(found.len()).is_ok_and(|found| found < step);
        after = found.last().map(|row| cursor(row, sort));
        first.extend(passing(context, filter, found).await?);
        if is_last {
            break;
        }
    }
    first.truncate(most);
    Ok(first)
}

/// Stations of one union that open alike, and how many they are.
type Alike = (Id, String, i64);

/// How many of the stations that may pass open today. Of a province's 200,000 the hours are told once a union, and of some
/// unions at a time.
async fn opening_today(context: &Context, filter: &StationFilter) -> Result<u64, Problem> {
    let (mut opening, mut after) = (0_i64, None::<(Id, String)>);
    loop {
        let behind = after.map(|(union, hours)| {
            let place = [Column::OrganisationId, Column::Hours].map(|column| Expr::col((Entity, column)));
            Expr::tuple(place).gt(Expr::tuple([Expr::val(union), Expr::val(hours)]))
        });
        let alike = filtered(Find::ByPlace, context, filter)
            .filter(Condition::all().add_option(behind))
            .select_only()
            .columns([Column::OrganisationId, Column::Hours])
            .column_as(Column::Id.count(), "number")
            .group_by(Column::OrganisationId)
            .group_by(Column::Hours)
            .order_by_asc(Column::OrganisationId)
            .order_by_asc(Column::Hours)
            .limit(GROUPS);
        let alike: Vec<Alike> = alike.into_tuple().all(context.read()).await?;
        let mut calendars = Calendars::default();
        calendars.know(context.read(), alike.iter().map(|some| some.0)).await?;
        for (union, hours, number) in &alike {
            if calendars.opens(*union, &read(hours)?, context.today()) {
                opening += number;
            }
        }
        if u64::try_from(alike.len()).is_ok_and(|groups| groups < GROUPS) {
            return Ok(u64::try_from(opening).unwrap_or_default());
        }
        after = alike.into_iter().next_back().map(|(union, hours, _)| (union, hours));
    }
}
