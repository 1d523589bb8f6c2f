//! Approving by rule: which applications need no second look. A rule never refuses anybody; what it does not pass, an
//! officer decides.

use calendar::WorkingCalendar;
use chrono::NaiveDate;

use super::standing::Standing;

/// What the rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Application<'a> {
    /// The day of birth, where the paper tells it.
    pub birth: Option<NaiveDate>,
    /// The worker group.
    pub group: Option<&'a str>,
    /// Whether a phone number is known, by which the card reaches the worker.
    pub has_phone: bool,
    /// How an earlier membership of the person ended, if it did.
    pub ended: Option<Standing>,
}

/// Why an officer must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Younger than one may work.
    TooYoung {
        /// The least age in full years.
        least: i64,
    },
    /// The paper does not tell the age.
    AgeUnknown,
    /// No worker group.
    GroupMissing,
    /// No phone number.
    PhoneMissing,
    /// He was expelled before.
    ExpelledBefore,
    /// His death was recorded: either that or this application is a mistake.
    RecordedDead,
}

impl Doubt {
    /// What the officer reads.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::TooYoung { least } => format!("申请人未满{least}周岁，请核对证件。"),
            Self::AgeUnknown => "证件号码看不出年龄，请核对证件后逐人审批。".to_owned(),
            Self::GroupMissing => "没有填写从业群体，请补充后审批。".to_owned(),
            Self::PhoneMissing => "没有手机号码，请补充后审批。".to_owned(),
            Self::ExpelledBefore => "此人曾被除名，请工会小组和委员会研究后逐人审批。".to_owned(),
            Self::RecordedDead => "该证件的会员已登记去世，请核对是登记有误还是冒用证件，再逐人审批。".to_owned(),
        }
    }

    /// What the officer reads whose roster names the person.
    #[must_use]
    pub fn on_a_roster(self) -> String {
        format!("{}不随名册导入，请代录入会申请。", self.sentence())
    }
}

/// Why an officer must look before somebody whose earlier membership ended so becomes a member again.
#[must_use]
pub fn on_return(ended: Standing) -> Option<Doubt> {
    match ended {
        Standing::Deceased => Some(Doubt::RecordedDead),
        Standing::Expelled => Some(Doubt::ExpelledBefore),
        _ => None,
    }
}

/// Whether the application may be approved on `today` without a second look.
///
/// # Errors
/// What an officer must look at.
pub fn by_rule(application: Application<'_>, least_age: i64, today: NaiveDate) -> Result<(), Doubt> {
    if let Some(doubt) = application.ended.and_then(on_return) {
        return Err(doubt);
    }
    let birth = application.birth.ok_or(Doubt::AgeUnknown)?;
    if i64::from(codes::document::age_on(birth, today)) < least_age {
        return Err(Doubt::TooYoung { least: least_age });
    }
    if application.group.is_none_or(str::is_empty) {
        return Err(Doubt::GroupMissing);
    }
    if !application.has_phone {
        return Err(Doubt::PhoneMissing);
    }
    Ok(())
}

/// The latest day of application whose answer is overdue on `today`, when `days` working days are given for it. A term
/// that reaches a year nobody has loaded ends in that year or later, so it does not count as overdue.
#[must_use]
pub fn overdue_until(calendar: &WorkingCalendar, days: i64, today: NaiveDate) -> Option<NaiveDate> {
    let days = u32::try_from(days).ok()?;
    let overdue = |day: &NaiveDate| calendar.add_working_days(*day, days).is_ok_and(|due| due < today);
    today.pred_opt()?.iter_days().rev().take(FARTHEST).find(overdue)
}

/// After how many whole days of a term whoever is responsible is warned.
#[must_use]
pub fn four_fifths(days: i64) -> i64 {
    days.saturating_mul(4).div_euclid(5)
}

/// So far back the latest is looked for, in days: of a term as long as any, and of years that nobody loaded, before which
/// what is late stays so.
const FARTHEST: usize = 3_660;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn adult() -> Application<'static> {
        Application { birth: Some(day("1990-03-07")), group: Some("rider"), has_phone: true, ended: None }
    }

    #[test]
    fn what_is_missing_is_named() {
        let today = day("2026-11-23");
        assert_eq!(by_rule(adult(), 16, today), Ok(()));
        assert_eq!(by_rule(Application { birth: None, ..adult() }, 16, today), Err(Doubt::AgeUnknown));
        assert_eq!(by_rule(Application { group: Some(""), ..adult() }, 16, today), Err(Doubt::GroupMissing));
        assert_eq!(by_rule(Application { has_phone: false, ..adult() }, 16, today), Err(Doubt::PhoneMissing));
        for (ended, doubt) in [(Standing::Deceased, Doubt::RecordedDead), (Standing::Expelled, Doubt::ExpelledBefore)] {
            assert_eq!(by_rule(Application { ended: Some(ended), ..adult() }, 16, today), Err(doubt));
        }
        assert_eq!(by_rule(Application { ended: Some(Standing::Left), ..adult() }, 16, today), Ok(()));
        assert!(Doubt::TooYoung { least: 16 }.sentence().contains("16周岁"));
    }

    #[test]
    fn what_is_late_stays_so_for_years_that_nobody_loads() {
        let calendar = WorkingCalendar::builtin().unwrap();
        let late = overdue_until(&calendar, 5, day("2028-12-31")).unwrap();
        assert_eq!(calendar.add_working_days(late, 5).map(|due| due.to_string()).unwrap(), "2026-12-31");
    }

    proptest! {
        #[test]
        fn the_sixteenth_birthday_counts(days in 0_i64..12_000) {
            let today = day("2026-11-23");
            let birth = today - chrono::TimeDelta::days(days);
            let old_enough = birth <= day("2010-11-23");
            prop_assert_eq!(by_rule(Application { birth: Some(birth), ..adult() }, 16, today).is_ok(), old_enough);
        }

        #[test]
        fn who_applied_until_then_waits_too_long_and_who_came_later_does_not(back in 0_i64..300, term in 0_i64..30) {
            let calendar = WorkingCalendar::builtin().unwrap();
            // The last days of the last loaded year are among them: terms that begin there end in a year not loaded.
            let today = day("2026-12-31") - chrono::TimeDelta::days(back);
            let late = overdue_until(&calendar, term, today);
            for applied in day("2025-06-01").iter_days().take_while(|applied| *applied <= today) {
                let due = calendar.add_working_days(applied, u32::try_from(term).unwrap());
                prop_assert_eq!(due.is_ok_and(|due| due < today), late.is_some_and(|late| applied <= late));
            }
        }
    }
}
