//! When an organisation may get another place, and what that does to its dated places. Pure.

use std::collections::HashSet;

use chrono::NaiveDate;
use database::Id;

use super::{Level, Model, place};

crate::refusals! {
    /// Why an organisation keeps its place.
    pub enum MoveRefusal {
        /// The day has not come yet.
        Future = 422 "day_in_future" "请填写今天或以前的日期；以后的变更请到当天再办理。",
        /// The organisation, or the parent, did not exist on that day.
        BeforeFounding { since: String } = 422 "before_founding" "日期不能早于 {since}，那时双方还没有都成立。",
        /// A later change of place stands already.
        LaterPlace { since: String } = 409 "later_place" "{since} 已有更晚的隶属变更，请填写 {since} 或以后的日期。",
        /// It lies there already.
        SameParent = 409 "same_parent" "该组织已经隶属于所选的上级，请另选上级。",
        /// The parent lies below the organisation.
        Circle = 409 "circle" "所选的上级是该组织自己或在该组织之下，请另选上级。",
        /// The organisation no longer exists.
        Closed = 409 "closed" "该组织已撤销或合并，不能再变更。",
        /// The parent no longer exists.
        ParentClosed = 409 "parent_closed" "所选的上级已撤销或合并，请另选上级。",
        /// A county federation can't lie under a township union.
        ParentLevel = 422 "parent_level" "上级的层级不能低于该组织，请另选上级。",
    }
}

/// What a move does to the organisation's places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Its last place ends on the day and a new one begins.
    Append {
        /// The place that ends.
        ends: Id,
    },
    /// Its last place began that very day and was a mistake: the new one stands instead.
    Replace {
        /// The place that is dropped.
        drops: Id,
    },
    /// Its last place began that very day and was a mistake: the one before goes on.
    Reopen {
        /// The place that is dropped.
        drops: Id,
        /// The place that goes on.
        reopens: Id,
    },
}

/// What moving an organisation with these places (the oldest first) under `parent` on a day does to its places.
///
/// # Errors
/// If its places don't allow it.
pub fn step(places: &[place::Model], parent: Id, day: NaiveDate, today: NaiveDate) -> Result<Step, MoveRefusal> {
    let (first, last) = match (places.first(), places.last()) {
        (Some(first), Some(last)) => (first, last),
        _ => return Err(MoveRefusal::Closed),
    };
    if day > today {
        return Err(MoveRefusal::Future);
    }
    if day < first.from_day {
        return Err(MoveRefusal::BeforeFounding { since: calendar::day_in_words(first.from_day) });
    }
    if day < last.from_day {
        return Err(MoveRefusal::LaterPlace { since: calendar::day_in_words(last.from_day) });
    }
    if last.parent_id == Some(parent) {
        return Err(MoveRefusal::SameParent);
    }
    if day > last.from_day {
        return Ok(Step::Append { ends: last.id });
    }
    let before = places.iter().rev().nth(1);
    match before.filter(|before| before.parent_id == Some(parent)) {
        Some(before) => Ok(Step::Reopen { drops: last.id, reopens: before.id }),
        None => Ok(Step::Replace { drops: last.id }),
    }
}

/// Whether the levels and the lives of both allow one to lie under the other.
///
/// # Errors
/// If they don't.
pub fn fits(organisation: &Model, parent: &Model) -> Result<(), MoveRefusal> {
    match () {
        () if organisation.closed_on.is_some() => Err(MoveRefusal::Closed),
        () if parent.closed_on.is_some() => Err(MoveRefusal::ParentClosed),
        () => level_fits(organisation.level, parent.level),
    }
}

/// Whether a parent of one level may have a child of another. An industry federation may lie under a federation of its
/// own level, and a grassroots union under another.
///
/// # Errors
/// If the parent's level is the lower one.
pub fn level_fits(level: Level, parent: Level) -> Result<(), MoveRefusal> {
    if parent <= level { Ok(()) } else { Err(MoveRefusal::ParentLevel) }
}

/// Whether `organisation` under `parent` from a day on would close a circle on that or any later day. `above` holds the
/// places of `parent` and of all that ever were above it.
#[must_use]
pub fn closes_circle(above: &[place::Model], organisation: Id, parent: Id, day: NaiveDate) -> bool {
    let mut waiting = vec![(parent, day, NaiveDate::MAX)];
    let mut seen = HashSet::new();
    while let Some((at, from, until)) = waiting.pop() {
        if at == organisation {
            return true;
        }
        if !seen.insert((at, from, until)) {
            continue;
        }
        for place in above.iter().filter(|place| place.organisation_id == at) {
            let from = from.max(place.from_day);
            let until = until.min(place.until_day.unwrap_or(NaiveDate::MAX));
            if let Some(upper) = place.parent_id.filter(|_| from < until) {
                waiting.push((upper, from, until));
            }
        }
    }
    false
}

/// The organisation and those above it on a day, upwards, by the places of all that ever were above it. Before an
/// organisation's first place that one holds, as it does for figures.
#[must_use]
pub fn line_on(places: &[place::Model], organisation: Id, day: NaiveDate) -> Vec<Id> {
    let (mut line, mut next) = (Vec::new(), Some(organisation));
    while let Some(at) = next.filter(|at| !line.contains(at)) {
        line.push(at);
        let own = || places.iter().filter(move |place| place.organisation_id == at);
        let held = own().filter(|place| place.from_day <= day).max_by_key(|place| place.from_day);
        next = held.or_else(|| own().min_by_key(|place| place.from_day)).and_then(|place| place.parent_id);
    }
    line
}

#[cfg(test)]
mod tests;
