//! Which assessments count, and what they allow.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use database::Id;

use super::{AssessmentConclusion, Model};

/// The purposes that some assessments allow a union on a day; `path` leads down to it, the highest first, itself last.
///
/// An assessment takes the place of an older one of the same subject by the same union or by one below, at once, whatever
/// either came to and until when it holds. What must not be done by one that nothing took the place of, no other allows.
pub(super) fn allowed<'a>(path: &[Id], rows: &'a [Model], today: NaiveDate) -> BTreeSet<&'a str> {
    let level = |row: &Model| path.iter().position(|union| *union == row.organisation_id);
    let line: Vec<(usize, &Model)> = rows.iter().filter_map(|row| Some((level(row)?, row))).collect();
    let displaced = |(level, old): (usize, &Model)| {
        line.iter().any(|(upper, new)| *upper <= level && new.subject == old.subject && made(new) > made(old))
    };
    let standing: Vec<&Model> = line.iter().filter(|one| !displaced(**one)).map(|(_, row)| *row).collect();
    let forbidden = |subject: &str| {
        standing.iter().any(|row| row.subject == subject && row.conclusion == AssessmentConclusion::Forbidden)
    };
    let counts = |row: &&&Model| row.valid_until >= today && !forbidden(&row.subject);
    standing.iter().filter(counts).filter_map(|row| row.purpose.as_deref()).collect()
}

/// When an assessment was made; of one day's, what was written down later is later.
fn made(row: &Model) -> (NaiveDate, Id) {
    (row.assessed_on, row.id)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    const PATH: [Id; 3] = [Id(1), Id(2), Id(3)];
    const PURPOSE: &str = "counselling";

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, 1).unwrap()
    }

    /// One of so many days ago, which holds for so many.
    fn row(id: i64, union: i64, (ago, holds): (i64, i64), conclusion: AssessmentConclusion) -> Model {
        let assessed_on = today() - TimeDelta::days(ago);
        Model {
            id: Id(id),
            organisation_id: Id(union),
            subject: "驿站心理咨询".into(),
            purpose: Some(PURPOSE.into()),
            aims: String::new(),
            risks: String::new(),
            measures: String::new(),
            conclusion,
            assessor: String::new(),
            assessed_on,
            valid_until: assessed_on + TimeDelta::days(holds),
            version: 1,
        }
    }

    /// Some of the line and of a union beside it.
    fn some() -> impl Strategy<Value = Vec<Model>> {
        use AssessmentConclusion::{Allowed, Forbidden, Guarded};
        let one = (1..5i64, (1..60i64, 1..90i64), proptest::sample::select(vec![Allowed, Guarded, Forbidden]));
        proptest::collection::vec(one, 0..8)
            .prop_map(|all| (1..).zip(all).map(|(id, (union, days, came))| row(id, union, days, came)).collect())
    }

    fn allows(rows: &[Model]) -> bool {
        allowed(&PATH, rows, today()).contains(PURPOSE)
    }

    proptest! {
        #[test]
        fn the_last_of_the_highest_union_decides(before in some(), holds in 0..90i64) {
            let with = |conclusion| [before.clone(), vec![row(99, 1, (0, holds), conclusion)]].concat();
            prop_assert!(allows(&with(AssessmentConclusion::Guarded)));
            prop_assert!(!allows(&with(AssessmentConclusion::Forbidden)));
        }

        #[test]
        fn what_is_older_than_one_of_the_same_union_changes_nothing(mut rows in some(), ago in 60..90i64) {
            rows.push(row(98, 2, (1, 2), AssessmentConclusion::Guarded));
            let (before, older) = (allows(&rows), row(97, 2, (ago, 200), AssessmentConclusion::Forbidden));
            rows.insert(0, older);
            prop_assert_eq!(allows(&rows), before);
            rows.reverse();
            prop_assert_eq!(allows(&rows), before);
        }

        #[test]
        fn who_is_below_or_beside_changes_nothing_above(rows in some(), holds in 1..90i64) {
            let above = |rows: &[Model]| allowed(&PATH[..1], rows, today()).contains(PURPOSE);
            for union in 2..5 {
                for conclusion in [AssessmentConclusion::Allowed, AssessmentConclusion::Forbidden] {
                    let more = [rows.clone(), vec![row(99, union, (0, holds), conclusion)]].concat();
                    prop_assert_eq!(above(&more), above(&rows));
                }
            }
        }
    }

    #[test]
    fn what_a_higher_union_forbids_no_lower_one_allows() {
        let forbidden = row(1, 1, (9, 5), AssessmentConclusion::Forbidden);
        let below = row(2, 3, (1, 90), AssessmentConclusion::Allowed);
        assert!(allows(std::slice::from_ref(&below)));
        assert!(!allows(&[forbidden, below]));
    }
}
