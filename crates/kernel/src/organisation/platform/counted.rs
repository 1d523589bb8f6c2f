//! In the coverage of which days a branch counts, and which days' coverage a change of its particulars changes. Pure.

use chrono::NaiveDate;
use database::Id;

use super::branch::Model;
use crate::ledger::BEGINNING;

/// From a day on until another, if there is any.
pub(super) type Days = (NaiveDate, Option<NaiveDate>);

/// The days on which a branch counts.
pub(super) fn days(branch: &Model) -> Days {
    (opened(branch), branch.closed_on)
}

/// Where and when it counts otherwise after a change than before it.
pub(super) fn changed(before: &Model, after: &Model) -> Vec<(Id, Days)> {
    // Another place, or a company of another rank perhaps.
    if (before.organisation_id, before.platform_id) != (after.organisation_id, after.platform_id) {
        return [before, after].map(|branch| (branch.organisation_id, days(branch))).into();
    }
    let ends = [
        (Some(opened(before)), Some(opened(after))),
        (before.closed_on, after.closed_on),
        (before.union_since, after.union_since),
    ];
    ends.into_iter().filter_map(between).map(|days| (after.organisation_id, days)).collect()
}

fn opened(branch: &Model) -> NaiveDate {
    branch.opened_on.unwrap_or(BEGINNING).max(BEGINNING)
}

/// The days between one end and another; what has no end goes on.
fn between(ends: (Option<NaiveDate>, Option<NaiveDate>)) -> Option<Days> {
    match ends {
        (Some(one), Some(other)) if one != other => Some((one.min(other), Some(one.max(other)))),
        (Some(day), None) | (None, Some(day)) => Some((day, None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn branch() -> Model {
        Model {
            id: Id(1),
            platform_id: Id(2),
            organisation_id: Id(3),
            name: "分公司".into(),
            union_organisation_id: None,
            union_since: Some(day("2026-05-01")),
            opened_on: Some(day("2026-02-01")),
            closed_on: None,
            version: 1,
        }
    }

    #[test]
    fn each_change_concerns_the_days_between_what_was_and_what_is() {
        let (place, before) = (Id(3), branch());
        let named = Model { name: "站点".into(), version: 2, ..branch() };
        assert!(changed(&before, &named).is_empty());
        let earlier = Model { union_since: Some(day("2026-03-01")), ..branch() };
        assert_eq!(changed(&before, &earlier), [(place, (day("2026-03-01"), Some(day("2026-05-01"))))]);
        let dissolved = Model { union_since: None, ..branch() };
        assert_eq!(changed(&before, &dissolved), [(place, (day("2026-05-01"), None))]);
        let closed = Model { closed_on: Some(day("2026-06-01")), ..branch() };
        assert_eq!(changed(&before, &closed), [(place, (day("2026-06-01"), None))]);
        let always = Model { opened_on: None, ..branch() };
        assert_eq!(changed(&before, &always), [(place, (BEGINNING, Some(day("2026-02-01"))))]);
    }

    #[test]
    fn one_that_lies_elsewhere_now_counts_otherwise_at_both_places_all_its_days() {
        let there = Model { organisation_id: Id(4), ..branch() };
        let days = (day("2026-02-01"), None);
        assert_eq!(changed(&branch(), &there), [(Id(3), days), (Id(4), days)]);
    }
}
