//! Every number that differs by place or year, dated, with its source; never in code but as a declared default. And the
//! days that a region works.

mod calendar;
mod choice;
mod list_packs;
pub mod migration;
mod numbers;
pub mod permissions;
mod region;
mod save_calendar;
mod set_pack;
mod stretch;
mod tables;

use std::{
    collections::{BTreeSet, HashMap},
    ops::RangeInclusive,
    sync::Arc,
};

use ::calendar::WorkingCalendar;
use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use choice::Stricter;

pub use calendar::{CalendarDay, RegionCalendar, show as show_calendar};
pub use list_packs::{RuleStanding, list as list_packs};
pub use numbers::{Numbers, numbers};
pub use permissions::ALL as PERMISSIONS;
pub use save_calendar::{CalendarForm, save as save_calendar};
pub use set_pack::{NewRulePack, RulePackRefusal, set as set_pack};
pub use stretch::{Stretch, stretches, stretches_by_day};
pub use tables::{ActiveModel, Column, Entity, Model as Pack, calendar_day};

use crate::{Context, Fault, House, Problem, access, export, files, person, sweep};

/// A number that a programme asks the rulebook for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RuleDefinition {
    /// The stable code: `membership.answer_working_days`.
    pub code: &'static str,
    /// What officers read.
    pub label: &'static str,
    /// 个工作日, 天, 个月, 基点, 分, 人 …, or [`OF_THREE`].
    pub unit: &'static str,
    /// What holds where no pack says otherwise.
    pub default: i64,
    /// The law, standard or practice behind the default.
    pub source: &'static str,
}

/// The unit of a number that only says which of three ways: 0, 1 or 2, as the label tells.
pub const OF_THREE: &str = "档";

/// The largest number of any other unit: so many days lie within every calendar.
const MOST: i64 = 1_000_000;

/// What protects people and their data: the whole house's head may set it as he likes, a region only more strictly.
const STRICT: [(&str, Stricter); 8] = [
    (export::numbers::ROWS.code, Stricter::Less),
    (export::numbers::KEPT_DAYS.code, Stricter::Less),
    (access::numbers::DAYS.code, Stricter::Less),
    (access::numbers::LENGTH.code, Stricter::More),
    (access::numbers::HISTORY.code, Stricter::More),
    (access::numbers::AT_ONCE.code, Stricter::Less),
    (access::second_factor::RULE.code, Stricter::More),
    (person::misses::MISSES.code, Stricter::Less),
];

/// What is the program's own and no union's: one number for all, which the house's top organisation sets.
const HOUSE_WIDE: [&str; 2] = [sweep::ANSWERS_HOURS.code, sweep::CODES_HOURS.code];

/// Beyond these a slip of the hand would shut everybody out, him who could set it right among them, or do away in one night with
/// what nothing brings back.
const BOUNDS: [(&str, RangeInclusive<i64>); 7] = [
    // A password that is too old as soon as it is set opens never again.
    (access::numbers::DAYS.code, 1..=MOST),
    (access::numbers::LENGTH.code, 0..=64),
    // Each of them is tried when a new one is set, and that takes a while.
    (access::numbers::HISTORY.code, 0..=24),
    (access::numbers::AT_ONCE.code, 1..=MOST),
    (export::numbers::KEPT_DAYS.code, 1..=MOST),
    (person::KEPT_DAYS.code, 365..=MOST),
    (files::KEPT_DAYS.code, 365..=MOST),
];

impl RuleDefinition {
    fn bounds(&self) -> RangeInclusive<i64> {
        match self.unit {
            OF_THREE => 0..=2,
            // A code must live until somebody has held it up, an order to a door until the door hears it.
            "秒" => 5..=MOST,
            _ => BOUNDS.iter().find(|(code, _)| *code == self.code).map_or(0..=MOST, |(_, bounds)| bounds.clone()),
        }
    }

    fn is_house_wide(&self) -> bool {
        HOUSE_WIDE.contains(&self.code)
    }

    fn strict(&self) -> Option<Stricter> {
        STRICT.iter().find(|(code, _)| *code == self.code).map(|(_, strict)| *strict)
    }

    /// Which of the packs around a place holds on a day; none where the default does.
    fn holds<'a>(&self, packs: &'a [Pack], on: NaiveDate) -> Option<&'a Pack> {
        choice::choose(packs, on, self.strict(), self.default)
    }

    /// The number that holds in a division on a day, among packs of any regions.
    fn value(&self, packs: &[Pack], division: &str, on: NaiveDate) -> i64 {
        let around = region::around(division);
        let its: Vec<Pack> = packs.iter().filter(|pack| around.contains(&pack.region.as_str())).cloned().collect();
        self.holds(&its, on).map_or(self.default, |pack| pack.value)
    }
}

/// The number that holds for an organisation on a day: the nearest region's, of those the newest, or else the default.
///
/// # Errors
/// A fault if no programme of the house declares the definition, because then no officer could see or set it.
pub async fn number(
    conn: &Connection,
    context: &Context,
    definition: &RuleDefinition,
    organisation: Id,
    on: NaiveDate,
) -> Result<i64, Problem> {
    declared(context, definition)?;
    let division = region::of(conn, organisation).await?;
    let packs = packs_around(conn, definition.code, &division).await?;
    Ok(definition.holds(&packs, on).map_or(definition.default, |pack| pack.value))
}

/// The number that holds for the whole house on a day, in what is no organisation's own: that of its top organisation.
///
/// # Errors
/// A fault if no programme of the house declares the definition.
pub async fn of_the_house(
    conn: &Connection,
    context: &Context,
    definition: &RuleDefinition,
    on: NaiveDate,
) -> Result<i64, Problem> {
    declared(context, definition)?;
    let division = region::of_the_house(conn).await?;
    let packs = packs_around(conn, definition.code, &division).await?;
    Ok(definition.holds(&packs, on).map_or(definition.default, |pack| pack.value))
}

/// The number that holds today for what acts at several places, such as an account: of a rule that protects people and their
/// data the strictest of theirs, of any other the least; the default where there is no place.
///
/// # Errors
/// A fault if no programme of the house declares the definition.
pub async fn strictest(
    conn: &Connection,
    context: &Context,
    definition: &RuleDefinition,
    places: impl IntoIterator<Item = Id>,
) -> Result<i64, Problem> {
    declared(context, definition)?;
    let places: Vec<Id> = places.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let divisions = region::of_many(conn, &places).await?;
    let packs = Entity::find().filter(Column::Code.eq(definition.code)).all(conn).await?;
    let value = |place: &Id| {
        let division = divisions.get(place).map_or("", String::as_str);
        definition.value(&packs, division, context.today())
    };
    let values = places.iter().map(value);
    let strictest = match definition.strict() {
        Some(Stricter::More) => values.max(),
        Some(Stricter::Less) | None => values.min(),
    };
    Ok(strictest.unwrap_or(definition.default))
}

fn declared(context: &Context, definition: &RuleDefinition) -> Result<(), Problem> {
    if definitions(context).any(|(_, declared)| declared.code == definition.code) {
        return Ok(());
    }
    Err(Fault::Stored(format!("the rule {} is not declared by any programme", definition.code)).into())
}

/// The days that people work where an organisation is: the nation's years with each region's own days laid over them.
///
/// # Errors
/// A fault if a stored year makes no sense.
pub async fn working_calendar(conn: &Connection, organisation: Id) -> Result<WorkingCalendar, Problem> {
    let division = region::of(conn, organisation).await?;
    calendar::around(conn, &division).await
}

/// The same for many organisations, asked together.
///
/// # Errors
/// The same.
pub async fn working_calendars(
    conn: &Connection,
    organisations: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Arc<WorkingCalendar>>, Problem> {
    let ids: Vec<Id> = organisations.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let divisions = region::of_many(conn, &ids).await?;
    let division = |id: &Id| divisions.get(id).map_or("", String::as_str);
    let calendars = calendar::around_each(conn, ids.iter().map(division).collect()).await?;
    Ok(ids.iter().filter_map(|id| Some((*id, calendars.get(division(id))?.clone()))).collect())
}

/// All definitions, each with its programme's name for people.
fn definitions(context: &Context) -> impl Iterator<Item = (&'static str, RuleDefinition)> {
    let programmes = context.house().programmes().iter();
    programmes.flat_map(|programme| programme.rules.iter().map(|rule| (programme.label, *rule)))
}

async fn packs_around(conn: &Connection, code: &str, division: &str) -> Result<Vec<Pack>, Problem> {
    let query = Entity::find().filter(Column::Code.eq(code)).filter(Column::Region.is_in(region::around(division)));
    Ok(query.all(conn).await?)
}

/// The use cases of rules and calendars, over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list_packs::list_rule_packs, set_pack::set_rule_pack))
        .routes(routes!(calendar::read_calendar, save_calendar::write_calendar))
}
