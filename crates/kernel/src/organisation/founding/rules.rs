//! In which order a union's steps follow each other, and on which days. Pure.

use chrono::{Days, Months, NaiveDate};
use sea_orm::{Iterable, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::organisation::Kind;

/// A step in the life of a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FoundingStep {
    /// 筹备
    Preparing,
    /// 请示: the next higher union was asked.
    Applied,
    /// 批复筹建
    ApprovedToPrepare,
    /// 选举
    Elected,
    /// 批复成立
    Approved,
    /// 法人登记
    LegalPerson,
    /// 启动换届
    ReElectionDue,
    /// 换届选举
    ReElected,
    /// 变更
    Changed,
    /// 合并
    Merged,
    /// 撤销
    Dissolved,
}

use FoundingStep as Step;

/// The steps of founding, in their order.
const FOUNDING: [Step; 5] = [Step::Preparing, Step::Applied, Step::ApprovedToPrepare, Step::Elected, Step::Approved];

/// Those after which the union does not stand yet.
pub(super) const BEFORE_APPROVAL: [Step; 4] = [Step::Preparing, Step::Applied, Step::ApprovedToPrepare, Step::Elected];

impl FoundingStep {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Preparing => "筹备",
            Self::Applied => "请示",
            Self::ApprovedToPrepare => "批复筹建",
            Self::Elected => "选举",
            Self::Approved => "批复成立",
            Self::LegalPerson => "法人登记",
            Self::ReElectionDue => "启动换届",
            Self::ReElected => "换届选举",
            Self::Changed => "变更",
            Self::Merged => "合并",
            Self::Dissolved => "撤销",
        }
    }

    /// Whether the step is a paper, so that it has a document number.
    #[must_use]
    pub fn is_paper(self) -> bool {
        matches!(self, Self::Applied | Self::ApprovedToPrepare | Self::Approved | Self::LegalPerson | Self::Changed)
    }

    /// Whether a committee is elected by it.
    #[must_use]
    pub fn is_election(self) -> bool {
        matches!(self, Self::Elected | Self::ReElected)
    }

    /// Whether the next higher union takes it (Trade Union Law, article 12).
    #[must_use]
    pub fn is_higher(self) -> bool {
        matches!(self, Self::ApprovedToPrepare | Self::Approved)
    }

    fn ends(self) -> bool {
        matches!(self, Self::Merged | Self::Dissolved)
    }

    fn of_terms(self) -> bool {
        matches!(self, Self::Approved | Self::ReElectionDue | Self::ReElected)
    }

    fn place(self) -> Option<usize> {
        FOUNDING.iter().position(|step| *step == self)
    }
}

crate::refusals! {
    /// Why a step is not entered.
    pub enum FoundingRefusal {
        /// The union has ended.
        Ended = 409 "founding_ended" "该工会已合并或撤销，不能再登记。",
        /// Another step comes first.
        OutOfOrder { step: &'static str, next: String } = 409 "out_of_order" "现在还不能登记“{step}”，请先登记：{next}。",
        /// The union's end changes the tree, so it is done there.
        ByReshaping = 409 "by_reshaping" "合并、撤销请在“组织变更”中办理，文号在那里一并登记。",
        /// The next higher union decides.
        HigherDecides { step: &'static str } = 409 "higher_decides" "“{step}”由上级工会作出，请上级工会登记。",
        /// Certificates come from the county level upward.
        CountyIssues = 409 "county_issues" "法人资格由县级以上总工会登记，请报县级以上总工会办理。",
        /// It is not the last one.
        NotTheLast = 409 "not_the_last_step" "只能撤回最后登记的一步，请刷新后再试。",
    }
}

/// Whether `step` may follow what was taken. A union whose first papers lie in an archive may begin anywhere.
#[must_use]
pub fn may_follow(taken: &[Step], step: Step) -> bool {
    let Some(last) = taken.last() else { return !step.ends() };
    let stands = taken.iter().any(|taken| taken.place().is_none_or(|place| place + 1 == FOUNDING.len()));
    let term = taken.iter().rev().find(|taken| taken.of_terms());
    match step {
        _ if taken.iter().any(|taken| taken.ends()) => false,
        Step::LegalPerson => stands && !taken.contains(&Step::LegalPerson),
        Step::ReElectionDue => stands && term != Some(&Step::ReElectionDue),
        Step::ReElected => term == Some(&Step::ReElectionDue),
        Step::Changed => stands,
        Step::Merged | Step::Dissolved => true,
        _ => match (last.place(), step.place()) {
            (Some(before), Some(place)) => before + 1 == place,
            _ => false,
        },
    }
}

/// The steps that may be entered next; a union's end is not entered but goes with what ends it.
#[must_use]
pub fn next(taken: &[Step]) -> Vec<Step> {
    Step::iter().filter(|step| !step.ends() && may_follow(taken, *step)).collect()
}

/// Whether `step` may be entered after what was taken.
///
/// # Errors
/// [`FoundingRefusal`], with what comes first.
pub fn check_order(taken: &[Step], step: Step) -> Result<(), FoundingRefusal> {
    match step {
        _ if taken.iter().any(|taken| taken.ends()) => Err(FoundingRefusal::Ended),
        step if step.ends() => Err(FoundingRefusal::ByReshaping),
        step if may_follow(taken, step) => Ok(()),
        step => {
            let labels: Vec<&str> = next(taken).into_iter().map(Step::label).collect();
            Err(FoundingRefusal::OutOfOrder { step: step.label(), next: labels.join("、") })
        }
    }
}

/// Whether a step's day lies between the one before it and today, both included.
#[must_use]
pub fn day_fits(before: Option<NaiveDate>, day: NaiveDate, today: NaiveDate) -> bool {
    day <= today && before.is_none_or(|before| before <= day)
}

/// For how many years the committee of a union may be elected (Trade Union Law, articles 14 and 16: grassroots committees
/// 3 or 5, federations and industrial unions 5).
#[must_use]
pub fn terms(kind: Kind) -> &'static [u32] {
    match kind {
        Kind::Federation | Kind::IndustryFederation => &[5],
        _ => &[3, 5],
    }
}

/// The last day of a term of some years that begins with an election.
#[must_use]
pub fn term_end(elected: NaiveDate, years: u32) -> NaiveDate {
    let next = elected.checked_add_months(Months::new(years.saturating_mul(12))).unwrap_or(NaiveDate::MAX);
    next.checked_sub_days(Days::new(1)).unwrap_or(next)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn walk(picks: &[usize]) -> Vec<Step> {
        let mut taken = Vec::new();
        for pick in picks {
            let next = next(&taken);
            taken.extend(next.get(pick % next.len().max(1)).copied());
        }
        taken
    }

    #[test]
    fn a_union_goes_the_whole_way() {
        let way =
            [FOUNDING.as_slice(), &[Step::LegalPerson, Step::ReElectionDue, Step::ReElected, Step::Changed]].concat();
        for at in 0..way.len() {
            assert_eq!(check_order(&way[..at], way[at]), Ok(()), "{at}");
        }
        assert!(matches!(check_order(&way[..2], Step::Elected), Err(FoundingRefusal::OutOfOrder { .. })));
        assert!(matches!(check_order(&way, Step::LegalPerson), Err(FoundingRefusal::OutOfOrder { .. })));
        assert!(matches!(check_order(&way, Step::ReElected), Err(FoundingRefusal::OutOfOrder { .. })));
        assert_eq!(check_order(&way, Step::Merged), Err(FoundingRefusal::ByReshaping));
        assert_eq!(check_order(&[Step::Dissolved], Step::Changed), Err(FoundingRefusal::Ended));
    }

    #[test]
    fn an_old_union_may_begin_with_its_election_or_its_certificate() {
        assert_eq!(check_order(&[], Step::ReElectionDue), Ok(()));
        assert_eq!(next(&[Step::LegalPerson]), [Step::ReElectionDue, Step::Changed]);
        assert_eq!(next(&[Step::Changed]), [Step::LegalPerson, Step::ReElectionDue, Step::Changed]);
        assert_eq!(next(&[Step::Applied]), [Step::ApprovedToPrepare]);
    }

    #[test]
    fn a_term_ends_on_the_day_before_its_anniversary() {
        assert_eq!(term_end("2026-07-01".parse().unwrap(), 3), "2029-06-30".parse().unwrap());
        assert_eq!(term_end("2024-02-29".parse().unwrap(), 5), "2029-02-27".parse().unwrap());
        assert_eq!(terms(Kind::Federation), [5]);
        assert_eq!(terms(Kind::JointUnion), [3, 5]);
    }

    proptest! {
        #[test]
        fn on_any_way_something_comes_next_and_founding_keeps_its_order(picks in proptest::collection::vec(0_usize..9, 0..30)) {
            let taken = walk(&picks);
            prop_assert_eq!(taken.len(), picks.len());
            prop_assert!(!next(&taken).is_empty());
            let places: Vec<usize> = taken.iter().filter_map(|step| step.place()).collect();
            prop_assert!(places.windows(2).all(|pair| pair[0] + 1 == pair[1]));
            prop_assert!(taken.iter().filter(|step| **step == Step::LegalPerson).count() <= 1);
            let called = taken.iter().skip(1).filter(|step| **step == Step::ReElectionDue).count();
            let held = taken.iter().skip(1).filter(|step| **step == Step::ReElected).count();
            prop_assert!(held <= called + 1 && called <= held + 1);
        }

        #[test]
        fn days_never_go_back(before in 0_u64..900, day in 0_u64..900, today in 0_u64..900) {
            let at = |days| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(days);
            prop_assert_eq!(day_fits(Some(at(before)), at(day), at(today)), before <= day && day <= today);
        }
    }
}
