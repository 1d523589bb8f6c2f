//! Whom an offer is for.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate};
use database::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom an offer is for. Each condition that is set must hold; nothing set means everybody at the union and below.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferAudience)]
#[serde(default)]
pub struct Audience {
    /// Only for members.
    pub members_only: bool,
    /// Only for these worker groups' codes.
    #[schema(max_items = 50)]
    pub groups: Vec<String>,
    /// Only for people at these organisations and below.
    #[schema(max_items = 200)]
    pub organisations: Vec<Id>,
    /// Only from this age on, in full years.
    pub least_age: Option<u32>,
    /// Only up to this age, in full years.
    pub most_age: Option<u32>,
    /// Only for those who had nothing of the kind within so many months.
    pub months_between: Option<u32>,
}

/// What the rule asks of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Someone {
    /// Whether he is a member.
    pub is_member: bool,
    /// His worker group's code.
    pub group: Option<String>,
    /// The organisation that looks after him and those above it, the nearest first.
    pub places: Vec<Id>,
    /// The date of birth, where his paper tells it.
    pub birth: Option<NaiveDate>,
    /// The last day on which he had something of the kind, if it was asked for.
    pub had_on: Option<NaiveDate>,
}

/// Why an offer is not for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFor {
    /// Another union's people.
    OtherPlace,
    /// Not a member.
    NotMember,
    /// Another worker group.
    OtherGroup,
    /// The paper tells no date of birth.
    AgeUnknown,
    /// Younger than this.
    TooYoung(u32),
    /// Older than this.
    TooOld(u32),
    /// Had it on this day, and may have it again from that day on.
    Had(NaiveDate, NaiveDate),
}

impl NotFor {
    /// The reason as the person reads it.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::OtherPlace => "这项服务面向其他工会的职工".to_owned(),
            Self::NotMember => "这项服务面向工会会员，您还不是会员；已申请入会的，批准后即可享受".to_owned(),
            Self::OtherGroup => "这项服务面向其他职工群体".to_owned(),
            Self::AgeUnknown => "这项服务有年龄要求，您的档案里没有出生日期，请联系所在工会补充".to_owned(),
            Self::TooYoung(least) => format!("这项服务面向年满{least}周岁的职工"),
            Self::TooOld(most) => format!("这项服务面向{most}周岁及以下的职工"),
            Self::Had(on, again) => format!(
                "您{}已享受过同类服务，{}起可再次领取",
                calendar::day_in_words(on),
                calendar::day_in_words(again)
            ),
        }
    }
}

impl Audience {
    /// Whether an offer of `holder` is for `who` on a day.
    ///
    /// # Errors
    /// The first reason why it is not.
    pub fn admits(&self, holder: Id, who: &Someone, today: NaiveDate) -> Result<(), NotFor> {
        let below = |place: &Id| who.places.contains(place);
        if !below(&holder) || !(self.organisations.is_empty() || self.organisations.iter().any(below)) {
            return Err(NotFor::OtherPlace);
        }
        if self.members_only && !who.is_member {
            return Err(NotFor::NotMember);
        }
        if !self.groups.is_empty() && !who.group.as_ref().is_some_and(|group| self.groups.contains(group)) {
            return Err(NotFor::OtherGroup);
        }
        self.age_admits(who.birth, today)?;
        match who.had_on.and_then(|on| Some((on, self.keeps_until(on, today)?))) {
            Some((on, again)) => Err(NotFor::Had(on, again)),
            None => Ok(()),
        }
    }

    /// The day from which on one may have again what one had `on` a day, if that keeps him from it on `today`.
    #[must_use]
    pub fn keeps_until(&self, on: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
        self.months_between.map(|months| again_from(on, months)).filter(|again| today < *again)
    }

    fn age_admits(&self, birth: Option<NaiveDate>, today: NaiveDate) -> Result<(), NotFor> {
        if self.least_age.is_none() && self.most_age.is_none() {
            return Ok(());
        }
        let age = age(birth.ok_or(NotFor::AgeUnknown)?, today);
        match (self.least_age, self.most_age) {
            (Some(least), _) if age < least => Err(NotFor::TooYoung(least)),
            (_, Some(most)) if age > most => Err(NotFor::TooOld(most)),
            _ => Ok(()),
        }
    }

    /// How many pieces one may get in a calendar year, at most, of an offer whose rounds are open in such years: one in each
    /// round, and none within so many months after another.
    #[must_use]
    pub fn pieces_a_year(&self, rounds: &[RangeInclusive<i32>]) -> i64 {
        let most = self.months_between.map_or(u32::MAX, |months| 12_u32.div_ceil(months.max(1)));
        // No year has more of them than one in which one of them opens.
        let open = |year: &i32| rounds.iter().filter(|years| years.contains(year)).count();
        let rounds = rounds.iter().map(|years| open(years.start())).max().unwrap_or_default();
        i64::from(most).min(i64::try_from(rounds).unwrap_or(i64::MAX))
    }

    /// Names the successor of a merged union in its place; answers whether it was named.
    pub fn follow(&mut self, merged: Id, successor: Id) -> bool {
        let named = self.organisations.contains(&merged);
        if named {
            self.organisations.retain(|one| ![merged, successor].contains(one));
            self.organisations.push(successor);
        }
        named
    }

    /// From which day on what somebody had keeps him from having it on `today`; `None` if nothing does.
    #[must_use]
    pub fn had_since(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.months_between.map(|months| today.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN))
    }
}

/// The first day on which one may have again what one had `on` a day.
fn again_from(on: NaiveDate, months: u32) -> NaiveDate {
    on.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// Full years.
fn age(birth: NaiveDate, today: NaiveDate) -> u32 {
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    u32::try_from(today.year() - birth.year() - i32::from(!had_birthday)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::TimeDelta::days(n)
    }

    fn someone() -> impl Strategy<Value = Someone> {
        let group = proptest::option::of(prop_oneof![Just("courier".to_owned()), Just("cleaner".to_owned())]);
        let places = prop_oneof![Just(vec![Id(3), Id(2), Id(1)]), Just(vec![Id(4), Id(1)])];
        (any::<bool>(), group, places, proptest::option::of(0_i64..10_000), proptest::option::of(10_000_i64..13_000))
            .prop_map(|(is_member, group, places, birth, had)| Someone {
                is_member,
                group,
                places,
                birth: birth.map(day),
                had_on: had.map(day),
            })
    }

    #[test]
    fn one_gets_a_piece_in_each_round_and_no_more_than_the_months_between_let_him() {
        let pieces = |months_between, rounds| {
            Audience { months_between, ..Audience::default() }.pieces_a_year(&vec![2026..=2026; rounds])
        };
        assert_eq!([pieces(None, 3), pieces(Some(12), 3), pieces(Some(24), 3), pieces(None, 0)], [3, 1, 1, 0]);
        assert_eq!([pieces(Some(6), 3), pieces(Some(5), 9), pieces(Some(1), 9)], [2, 3, 9]);
    }

    proptest! {
        /// Rounds count together where there is a calendar year with a day of each, and nowhere else.
        #[test]
        fn a_year_is_a_calendar_year(rounds in proptest::collection::vec((0_i64..1_500, 0_i64..500), 0..8)) {
            let open = |year: i32| {
                let has_day = |&&(first, more): &&(i64, i64)| (first..=first + more).any(|n| day(n).year() == year);
                rounds.iter().filter(has_day).count()
            };
            let most = (1990..=1996).map(open).max().unwrap();
            let years: Vec<_> =
                rounds.iter().map(|(first, more)| day(*first).year()..=day(first + more).year()).collect();
            prop_assert_eq!(Audience::default().pieces_a_year(&years), i64::try_from(most).unwrap());
        }

        /// What is not asked for keeps nobody out, and each condition lets in exactly those who meet it.
        #[test]
        fn each_condition_keeps_out_exactly_those_who_do_not_meet_it(who in someone(), today in 13_000_i64..13_400) {
            let today = day(today);
            prop_assert_eq!(Audience::default().admits(Id(1), &who, today), Ok(()));
            prop_assert_eq!(Audience::default().admits(Id(9), &who, today), Err(NotFor::OtherPlace));
            let members = Audience { members_only: true, ..Audience::default() };
            prop_assert_eq!(members.admits(Id(1), &who, today).is_ok(), who.is_member);
            let couriers = Audience { groups: vec!["courier".into()], ..Audience::default() };
            prop_assert_eq!(couriers.admits(Id(1), &who, today).is_ok(), who.group.as_deref() == Some("courier"));
            let there = Audience { organisations: vec![Id(2), Id(7)], ..Audience::default() };
            prop_assert_eq!(there.admits(Id(1), &who, today).is_ok(), who.places.contains(&Id(2)));
            let seldom = Audience { months_between: Some(12), ..Audience::default() };
            let recent = who.had_on.is_some_and(|on| on + Months::new(12) > today);
            prop_assert_eq!(seldom.admits(Id(1), &who, today).is_err(), recent);
            // What lies before the day that is asked from never keeps anybody out.
            if who.had_on.is_some_and(|on| on < seldom.had_since(today).unwrap()) {
                prop_assert!(!recent);
            }
        }

        /// What was for a merged union's people is for the successor's, who are named once; nothing else changes.
        #[test]
        fn an_audience_follows_a_merger(places in proptest::collection::vec(1_i64..6, 0..5), merged in 1_i64..6) {
            let (merged, successor) = (Id(merged), Id(6));
            for known in [None, Some(successor)] {
                let before: Vec<Id> = places.iter().copied().map(Id).chain(known).collect();
                let mut audience = Audience { organisations: before.clone(), ..Audience::default() };
                let named = audience.follow(merged, successor);
                let after = audience.organisations;
                prop_assert_eq!(named, before.contains(&merged));
                prop_assert!(!after.contains(&merged));
                let times = after.iter().filter(|one| **one == successor).count();
                prop_assert_eq!(times, usize::from(named || known.is_some()));
                prop_assert!(before.iter().all(|one| *one == merged || after.contains(one)));
            }
        }

        #[test]
        fn an_age_is_reached_on_the_birthday(birth in 0_i64..9_000, least in 16_u32..60) {
            let birth = day(birth);
            let aged = Audience { least_age: Some(least), ..Audience::default() };
            let who = Someone { places: vec![Id(1)], birth: Some(birth), ..Someone::default() };
            // 29 February comes on 1 March where there is none.
            let reached = birth.with_year(birth.year() + least as i32)
                .unwrap_or_else(|| NaiveDate::from_ymd_opt(birth.year() + least as i32, 3, 1).unwrap());
            prop_assert_eq!(aged.admits(Id(1), &who, reached), Ok(()));
            prop_assert_eq!(aged.admits(Id(1), &who, reached.pred_opt().unwrap()), Err(NotFor::TooYoung(least)));
        }
    }
}
