//! How a device stands: its last word is kept, people are counted, and what is wrong is raised.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use kernel::{Context, Moment, Problem, Unit};
use sea_orm::{
    ActiveValue::Set,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{alarms, in_use};
use crate::{
    rules::{
        device::{is_out_of_order, reading},
        door,
        headcount::{inside, since},
        wire,
    },
    tables::{
        device::{self, DeviceKind},
        headcount, station,
    },
};

/// How often a word that changes nothing is written down.
const FRESH: TimeDelta = TimeDelta::seconds(60);
/// The most words of a fault.
const MOST: usize = 100;
/// What is said of a lock that opens for nobody because of its clock.
pub(super) const CLOCK: &str = "门锁时钟不准，扫码打不开门，请校时";

/// Takes a device's word of how it stands, one that the broker `kept` perhaps. Words that came out of their order, and what is
/// not of its kind, are left. What is heard now holds from now, whatever the device's clock says.
///
/// # Errors
/// A fault.
pub async fn take(context: &Context, code: &str, state: &wire::State, kept: bool) -> Result<(), Problem> {
    let now = context.now();
    let told = state.at.and_then(|second| DateTime::from_timestamp(second, 0));
    let word = Word { told, said: Ord::min(told.unwrap_or(now), now), kept, now };
    let Some((known, _)) = in_use(context.read(), code).await? else { return Ok(()) };
    if !word.is_news(&known, state) {
        return Ok(());
    }
    context
        .unit(|unit| async move {
            let Some((old, mut station)) = in_use(&unit, code).await? else { return Ok(()) };
            let Some((value, second)) = reading(old.kind, state) else { return Ok(()) };
            if !word.is_news(&old, state) {
                return Ok(());
            }
            let from = word.since(&old);
            if old.kind == DeviceKind::Counter {
                let last = old.value.map(|entered| (entered, old.second.unwrap_or(0)));
                let passed = since(last, (value, second.unwrap_or(0)));
                count(&unit, &old, from, passed.0).await?;
                let inside = inside(station.inside, passed);
                fill(&unit, &station, inside).await?;
                station.inside = inside;
            }
            let moved = (old.value, old.second) != (Some(value), second);
            let new = device::Model {
                value: Some(value),
                second,
                battery: state.battery.map(|percent| i32::try_from(percent.clamp(0, 100)).unwrap_or_default()),
                fault: word.fault(&old, state),
                said_at: Some(word.said.into()),
                heard_at: word.heard(&old).map(Moment::from),
                moved_at: if moved { Some(from.into()) } else { old.moved_at },
                ..old
            };
            save(&unit, &new).await?;
            alarms::settle(&unit, context, &station, &new).await
        })
        .await
}

/// When a word was said and heard.
#[derive(Clone, Copy)]
struct Word {
    /// By the device's clock, if it was told.
    told: Option<DateTime<Utc>>,
    /// The same, never ahead; now if it was not told.
    said: DateTime<Utc>,
    /// Whether the broker kept it for whoever comes.
    kept: bool,
    now: DateTime<Utc>,
}

impl Word {
    /// Whether it says anything that is not known, or it is time to know that the device lives.
    fn is_news(self, known: &device::Model, state: &wire::State) -> bool {
        let Some((value, second)) = reading(known.kind, state) else { return false };
        let last = instant(known.said_at);
        if last.is_some_and(|last| is_out_of_order(self.said, last, self.kept)) {
            return false;
        }
        // A counter's word that is no later than the last and knows of fewer is an earlier one, however long it was on its way:
        // as that of a counter made anew it would count everybody again. One made anew is heard once it knows the time.
        let fewer = known.value.is_some_and(|entered| value < entered) || second < known.second;
        let is_later = self.told.is_none() || last.is_none_or(|last| self.said > last);
        if known.kind == DeviceKind::Counter && fewer && !is_later {
            return false;
        }
        (known.value, known.second) != (Some(value), second)
            || known.fault != self.fault(known, state)
            || known.heard_at.is_none_or(|heard| self.now - heard.at() >= FRESH)
    }

    /// What is wrong with the device: that a lock opens for nobody by its clock, of which what was kept tells nothing, or what
    /// it says itself.
    fn fault(self, known: &device::Model, state: &wire::State) -> Option<String> {
        let is_off = if self.kept {
            known.fault.as_deref() == Some(CLOCK)
        } else {
            known.kind == DeviceKind::Lock && self.told.is_some_and(|told| door::is_off(told, self.now))
        };
        if is_off { Some(CLOCK.to_owned()) } else { state.fault.as_deref().and_then(legible) }
    }

    /// Since when what it says holds: now, or of what was kept when it was said, but never before the word before.
    fn since(self, old: &device::Model) -> DateTime<Utc> {
        if self.kept { instant(old.heard_at).map_or(self.said, |last| Ord::max(last, self.said)) } else { self.now }
    }

    /// When the device was heard last, for that a word was kept is no sign of life.
    fn heard(self, old: &device::Model) -> Option<DateTime<Utc>> {
        if self.kept { Ord::max(instant(old.heard_at), self.told.map(|_| self.said)) } else { Some(self.now) }
    }
}

/// The words of a fault as they are kept; a server keeps no sign that is none, and nothing in words is no fault.
fn legible(words: &str) -> Option<String> {
    let kept: String = words.trim().chars().filter(|sign| !sign.is_control()).take(MOST).collect();
    (!kept.is_empty()).then_some(kept)
}

async fn save(unit: &Unit, new: &device::Model) -> Result<(), Problem> {
    let row = device::ActiveModel {
        value: Set(new.value),
        second: Set(new.second),
        battery: Set(new.battery),
        fault: Set(new.fault.clone()),
        said_at: Set(new.said_at),
        heard_at: Set(new.heard_at),
        moved_at: Set(new.moved_at),
        ..Default::default()
    };
    device::Entity::update_many().set(row).filter(device::Column::Id.eq(new.id)).exec(unit).await?;
    Ok(())
}

/// Adds people to the hour in which the counter saw them.
async fn count(unit: &Unit, device: &device::Model, at: DateTime<Utc>, people: i64) -> Result<(), Problem> {
    if people == 0 {
        return Ok(());
    }
    let row = headcount::ActiveModel {
        device_id: Set(device.id),
        day: Set(calendar::beijing_day(at)),
        hour: Set(i32::try_from(calendar::beijing_time(at).hour()).unwrap_or_default()),
        entered: Set(people),
    };
    let same = OnConflict::columns([headcount::Column::DeviceId, headcount::Column::Day, headcount::Column::Hour])
        .value(headcount::Column::Entered, Expr::col((headcount::Entity, headcount::Column::Entered)).add(people))
        .to_owned();
    headcount::Entity::insert(row).on_conflict(same).exec_without_returning(unit).await?;
    Ok(())
}

/// Writes down how many are inside a station.
///
/// # Errors
/// A fault of the database.
pub(super) async fn fill(unit: &Unit, station: &station::Model, inside: i64) -> Result<(), Problem> {
    if inside == station.inside {
        return Ok(());
    }
    let row = station::ActiveModel { inside: Set(inside), ..Default::default() };
    station::Entity::update_many().set(row).filter(station::Column::Id.eq(station.id)).exec(unit).await?;
    Ok(())
}

/// When a device was last heard, for rules.
pub(super) fn instant(moment: Option<Moment>) -> Option<DateTime<Utc>> {
    moment.map(Moment::at)
}
