//! Each hour: what has been looked after since, what is newly neglected, and what climbs.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, Timelike};
use kernel::{
    Context, Id, Problem,
    caller::Find,
    listing::InSteps,
    outbox,
    outbox::JobKind,
    rulebook::{self, Numbers},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Condition};

use super::{
    CHECK_HOURS, CLIMB_DAYS,
    late::{unanswered, unmended},
    tell::TELL,
    unseen::{stale, unseen},
};
use crate::{
    register::{
        form::read,
        keyed,
        list::{StationFilter, filtered},
        looked::looked_round,
        now::stands,
    },
    rules::neglect::{due, level, missed_level},
    standard::{FindingState, findings::overdue},
    tables::{
        fault::{self, FaultState},
        finding,
        neglect::{Column, Entity, Level, Model, NeglectKind},
        round::{self, RoundKind},
        station::{self, StationState},
    },
};

/// The look.
pub const JOB: JobKind = JobKind::new("station_neglects", 1, |context, _| Box::pin(look(context, true))).every(3_600);

/// Rows in one unit of work.
const STEP: usize = 200;
/// Stations looked at together.
const LOOKED_AT: u64 = 1_000;
/// Nobody is told of a deadline in the night.
const MORNING: u32 = 9;

/// A row to be written.
pub(super) struct Change {
    row: Model,
    is_new: bool,
    /// Whether the master is told.
    tells: bool,
}

/// Writes down what is neglected and tells nobody of it: for a house that begins in the midst of a year.
///
/// # Errors
/// A fault of the database.
pub async fn begin(context: &Context) -> Result<(), Problem> {
    look(context, false).await
}

async fn look(context: &Context, aloud: bool) -> Result<(), Problem> {
    let stale = stale(context).await?;
    save(context, lasting(context, &stale).await?, aloud).await?;
    save(context, missed(context).await?, aloud).await?;
    if !aloud || calendar::beijing_time(context.now()).hour() >= MORNING {
        save(context, unmended(context).await?, aloud).await?;
        save(context, unanswered(context).await?, aloud).await?;
        save(context, unseen(context, &stale).await?, aloud).await?;
    }
    Ok(())
}

async fn save(context: &Context, changes: Vec<Change>, aloud: bool) -> Result<(), Problem> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut rest = changes.into_iter().peekable();
    while rest.peek().is_some() {
        let some: Vec<Change> = rest.by_ref().take(STEP).collect();
        let some = &some;
        context
            .unit(|unit| async move {
                for change in some {
                    let row = change.row.clone().into_active_model().reset_all();
                    if change.is_new {
                        Entity::insert(row).exec_without_returning(&unit).await?;
                    } else {
                        row.update(&unit).await?;
                    }
                    if change.tells && aloud {
                        outbox::enqueue(&unit, context, TELL.code, &change.row.id, context.now().into()).await?;
                    }
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}

/// What lasts: whether somebody has looked after it, and how high it has climbed. `stale` are the stations where something has
/// not been looked at for too long. Of all that lasts only the keys are held at once.
async fn lasting(context: &Context, stale: &[station::Model]) -> Result<Vec<Change>, Problem> {
    let rows = Entity::find().select_only().column(Column::Id).filter(Column::OverOn.is_null());
    let rows: Vec<Id> = rows.order_by_asc(Column::Id).into_tuple().all(context.read()).await?;
    let stale: HashSet<Id> = stale.iter().map(|row| row.id).collect();
    let (mut days, mut changes) = (Numbers::of(&CLIMB_DAYS), Vec::new());
    for some in rows.chunks(database::KEYS_AT_ONCE) {
        changes.extend(some_lasting(context, some, &stale, &mut days).await?);
    }
    Ok(changes)
}

/// The same of some of it.
async fn some_lasting(
    context: &Context,
    some: &[Id],
    stale: &HashSet<Id>,
    days: &mut Numbers,
) -> Result<Vec<Change>, Problem> {
    let (conn, today) = (context.read(), context.today());
    let rows = Entity::find().filter(Column::Id.is_in(some.iter().copied())).order_by_asc(Column::Id).all(conn).await?;
    let stations = keyed::stations(conn, rows.iter().map(|row| row.station_id)).await?;
    let subjects = |kind: NeglectKind| -> Vec<Id> {
        rows.iter().filter(|row| row.kind == kind).map(|row| row.subject_id).collect()
    };
    let found = late_findings(context, subjects(NeglectKind::Finding)).await?;
    let reported = open_faults(context, subjects(NeglectKind::Fault)).await?;
    let missing = subjects(NeglectKind::Round);
    let seen = last_rounds(context, &missing).await?;
    let unions = missing.iter().filter_map(|station| Some(stations.get(station)?.organisation_id));
    let calendars = rulebook::working_calendars(conn, unions).await?;
    days.know(context, stations.values().map(|station| station.organisation_id)).await?;
    let mut changes = Vec::new();
    for row in rows {
        let Some(station) = stations.get(&row.station_id) else { continue };
        let (standing, above) = (stands(station, today), days.at(context, station.organisation_id).await?);
        let climbed = || level(row.since, today, above);
        let climbed = match row.kind {
            NeglectKind::Round if standing != StationState::Open => None,
            NeglectKind::Round if seen.get(&station.id).is_some_and(|last| *last >= row.since) => None,
            NeglectKind::Round => {
                let Some(calendar) = calendars.get(&station.organisation_id) else { continue };
                missed_level(&read(&station.hours)?, calendar, (row.since, today), above)
            }
            NeglectKind::Finding => (standing != StationState::Closed && found.contains(&row.subject_id)).then(climbed),
            NeglectKind::Fault => reported.contains(&row.subject_id).then(climbed),
            NeglectKind::Unseen => stale.contains(&row.subject_id).then(climbed),
        };
        let row = match climbed {
            None => Model { over_on: Some(today), ..row },
            Some(level) if level > row.level => Model { level, ..row },
            Some(_) => continue,
        };
        changes.push(Change { row, is_new: false, tells: false });
    }
    Ok(changes)
}

/// Those of some findings that still are not mended in time.
async fn late_findings(context: &Context, some: Vec<Id>) -> Result<HashSet<Id>, Problem> {
    let late = finding::Entity::find()
        .select_only()
        .column(finding::Column::Id)
        .filter(finding::Column::Id.is_in(some))
        .filter(overdue(context.today()))
        .filter(finding::Column::State.eq(FindingState::Open));
    Ok(late.into_tuple::<Id>().all(context.read()).await?.into_iter().collect())
}

/// Those of some faults that nobody has answered still.
async fn open_faults(context: &Context, some: Vec<Id>) -> Result<HashSet<Id>, Problem> {
    let open = fault::Entity::find()
        .select_only()
        .column(fault::Column::Id)
        .filter(fault::Column::Id.is_in(some))
        .filter(fault::Column::State.eq(FaultState::Open));
    Ok(open.into_tuple::<Id>().all(context.read()).await?.into_iter().collect())
}

/// The days of the last looks round before opening at some stations; one at the end of a day doesn't make up for it.
async fn last_rounds(context: &Context, stations: &[Id]) -> Result<HashMap<Id, NaiveDate>, Problem> {
    let mut days = HashMap::with_capacity(stations.len());
    for some in stations.chunks(database::KEYS_AT_ONCE) {
        let query = round::Entity::find()
            .select_only()
            .column(round::Column::StationId)
            .column_as(round::Column::Day.max(), "last")
            .filter(round::Column::StationId.is_in(some.iter().copied()))
            .filter(round::Column::Kind.eq(RoundKind::Opening))
            .group_by(round::Column::StationId);
        let last: Vec<(Id, NaiveDate)> = query.into_tuple().all(context.read()).await?;
        days.extend(last);
    }
    Ok(days)
}

/// The stations that are open today.
pub(super) fn open(context: &Context) -> InSteps<station::Entity> {
    let open = StationFilter { state: Some(StationState::Open), ..StationFilter::default() };
    InSteps::of(filtered(Find::InOrder, context, &open), station::Column::Id, |station| station.id, LOOKED_AT)
}

/// Stations where somebody should have looked round today by now, and nobody has.
async fn missed(context: &Context) -> Result<Vec<Change>, Problem> {
    let (mut steps, mut hours, mut changes) = (open(context), Numbers::of(&CHECK_HOURS), Vec::new());
    while let Some(open) = steps.next(context.read()).await? {
        changes.extend(missed_at(context, open, &mut hours).await?);
    }
    Ok(changes)
}

/// The same at some open stations.
async fn missed_at(context: &Context, open: Vec<station::Model>, hours: &mut Numbers) -> Result<Vec<Change>, Problem> {
    let (conn, today) = (context.read(), context.today());
    let seen = round::Entity::find()
        .select_only()
        .column(round::Column::StationId)
        .filter(looked_round(context))
        .filter(round::Column::StationId.is_in(open.iter().map(|station| station.id)));
    let seen: Vec<Id> = seen.into_tuple().all(conn).await?;
    let seen: HashSet<Id> = seen.into_iter().collect();
    let unchecked: Vec<station::Model> = open.into_iter().filter(|station| !seen.contains(&station.id)).collect();
    let of_today = Condition::any().add(Column::OverOn.is_null()).add(Column::Since.eq(today));
    let stations = unchecked.iter().map(|row| row.id).collect();
    let known = known(context, (NeglectKind::Round, stations), &of_today).await?;
    let unions = || unchecked.iter().map(|station| station.organisation_id);
    let calendars = rulebook::working_calendars(conn, unions()).await?;
    hours.know(context, unions()).await?;
    let mut changes = Vec::new();
    for station in &unchecked {
        let own = known.get(&station.id).into_iter().flatten();
        let lasting = own.max_by_key(|row| row.over_on.is_none());
        if lasting.is_some_and(|row| row.over_on.is_none() && row.told_on >= today) {
            continue;
        }
        let Some(calendar) = calendars.get(&station.organisation_id) else { continue };
        let hours = hours.at(context, station.organisation_id).await?;
        let due = due(&read(&station.hours)?, today, calendar, hours);
        if due.is_none_or(|due| calendar::beijing_time(context.now()) < due) {
            continue;
        }
        changes.push(match lasting {
            // Paused and opened again on the same day, it is told once.
            Some(row) => Change {
                tells: row.told_on < today,
                row: Model { told_on: today, over_on: None, ..row.clone() },
                is_new: false,
            },
            None => begun(context, station, (NeglectKind::Round, station.id, today)),
        });
    }
    Ok(changes)
}

/// What is known of some subjects, by subject.
pub(super) async fn known(
    context: &Context,
    (kind, subjects): (NeglectKind, Vec<Id>),
    which: &Condition,
) -> Result<HashMap<Id, Vec<Model>>, Problem> {
    let mut known: HashMap<Id, Vec<Model>> = HashMap::new();
    for some in subjects.chunks(database::KEYS_AT_ONCE) {
        let query = Entity::find().filter(Column::SubjectId.is_in(some.iter().copied())).filter(Column::Kind.eq(kind));
        for row in query.filter(which.clone()).all(context.read()).await? {
            known.entry(row.subject_id).or_default().push(row);
        }
    }
    Ok(known)
}

/// What becomes of something that is neglected: it begins, or goes on again if it was over, which nobody is told anew.
pub(super) fn lasts(
    context: &Context,
    station: &station::Model,
    what: (NeglectKind, Id, NaiveDate),
    before: Option<&Model>,
) -> Option<Change> {
    match before {
        None => Some(begun(context, station, what)),
        Some(row) if row.over_on.is_some() => {
            Some(Change { row: Model { over_on: None, ..row.clone() }, is_new: false, tells: false })
        }
        Some(_) => None,
    }
}

pub(super) fn begun(
    context: &Context,
    station: &station::Model,
    (kind, subject_id, since): (NeglectKind, Id, NaiveDate),
) -> Change {
    let row = Model {
        id: context.id(),
        station_id: station.id,
        kind,
        subject_id,
        since,
        level: Level::Master,
        told_on: context.today(),
        over_on: None,
        made_at: context.now().into(),
    };
    Change { row, is_new: true, tells: true }
}
