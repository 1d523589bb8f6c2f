use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar() -> WorkingCalendar {
    WorkingCalendar::builtin().unwrap()
}

/// Working days after one day up to and with another.
fn worked(after: NaiveDate, until: NaiveDate) -> usize {
    let days = after.iter_days().skip(1).take_while(|day| *day <= until);
    days.filter(|day| calendar().is_working_day(*day).unwrap()).count()
}

#[test]
fn builtin_years_leave_the_lawful_number_of_working_days() {
    // Days of the year less weekends less statutory holidays (11 until 2024, 13 since): make-up days only move them.
    for (year, working) in [(2024, 251), (2025, 248), (2026, 248)] {
        assert_eq!(worked(day(&format!("{}-12-31", year - 1)), day(&format!("{year}-12-31"))), working, "{year}");
    }
}

#[test]
fn knows_the_days_of_2026() {
    for (text, working) in [
        ("2026-01-04", true),
        ("2026-02-14", true),
        ("2026-02-23", false),
        ("2026-02-28", true),
        ("2026-05-09", true),
        ("2026-06-19", false),
        ("2026-09-20", true),
        ("2026-09-26", false),
        ("2026-10-07", false),
        ("2026-10-08", true),
        ("2026-10-10", true),
        ("2026-11-22", false),
        ("2026-11-23", true),
    ] {
        assert_eq!(calendar().is_working_day(day(text)), Ok(working), "{text}");
    }
}

#[test]
fn a_holiday_takes_in_its_weekend_and_no_other() {
    // The Mid-Autumn days end on a Sunday; the weekend before is plain, and its Sunday is worked.
    let holidays = ["2026-09-19", "2026-09-20", "2026-09-25", "2026-09-26", "2026-09-27", "2026-09-28"];
    assert_eq!(holidays.map(|text| calendar().is_holiday(day(text))), [false, false, true, true, true, false]);
}

#[test]
fn counts_over_holidays() {
    // From Tuesday 29 September: 30 September is the first, then the holiday, then 8, 9 and the make-up Saturday 10 October.
    assert_eq!(calendar().add_working_days(day("2026-09-29"), 4), Ok(day("2026-10-10")));
    assert_eq!(calendar().add_working_days(day("2026-09-29"), 5), Ok(day("2026-10-12")));
    // Rolling stops at a make-up working day.
    assert_eq!(calendar().add_days_rolled(day("2026-09-27"), 7), Ok(day("2026-10-08")));
    assert_eq!(calendar().add_days_rolled(day("2026-09-15"), 4), Ok(day("2026-09-20")));
    assert_eq!(calendar().add_days_rolled(day("2026-11-13"), 10), Ok(day("2026-11-23")));
}

#[test]
fn an_unloaded_year_says_so() {
    let missing = UnloadedYear { year: 2027 };
    assert_eq!(calendar().is_working_day(day("2027-01-04")), Err(missing));
    assert_eq!(calendar().add_working_days(day("2026-12-30"), 2), Err(missing));
    assert_eq!(calendar().add_working_days(day("2026-12-30"), 1), Ok(day("2026-12-31")));
    assert_eq!(calendar().add_days_rolled(day("2026-12-25"), 30), Err(missing));
    assert!(missing.message().starts_with("2027年"));
    assert!(
        calendar().add_working_days(NaiveDate::MAX, 1).is_err()
            && calendar().add_days_rolled(NaiveDate::MAX, 1).is_err()
    );
}

#[test]
fn regions_add_their_own_days() {
    let festival = Day { name: "那达慕".to_owned(), date: day("2026-08-05"), is_off_day: true };
    let local = calendar().with_local([festival.clone()]);
    assert_eq!(local.is_working_day(festival.date), Ok(false));
    assert_eq!(calendar().is_working_day(festival.date), Ok(true));
    let later = Day { date: day("2027-08-05"), ..festival };
    assert_eq!(calendar().with_local([later.clone()]).is_working_day(later.date), Err(UnloadedYear { year: 2027 }));
}

#[test]
fn the_later_notice_holds() {
    let year = |year, date: &str, is_off_day| Year {
        year,
        papers: vec![],
        days: vec![Day { name: "元旦".to_owned(), date: day(date), is_off_day }],
    };
    // 2 January 2028 is a Sunday; the notice of 2028 comes after that of 2027, in whichever order they are loaded.
    for years in [
        [year(2027, "2028-01-02", true), year(2028, "2028-01-02", false)],
        [year(2028, "2028-01-02", false), year(2027, "2028-01-02", true)],
    ] {
        assert_eq!(WorkingCalendar::new(years).unwrap().is_working_day(day("2028-01-02")), Ok(true));
    }
    assert!(WorkingCalendar::new([Year { year: 2027, papers: vec![], days: vec![] }]).is_err());
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0u64..900).prop_map(|after| day("2024-01-01") + Days::new(after))
}

proptest! {
    #[test]
    fn adding_twice_is_adding_the_sum(start in days(), n in 0u32..60, m in 0u32..60) {
        let calendar = calendar();
        let once = calendar.add_working_days(start, n + m);
        prop_assert_eq!(calendar.add_working_days(start, n).and_then(|day| calendar.add_working_days(day, m)), once);
    }

    #[test]
    fn a_term_ends_on_a_working_day_and_counts_back(start in days(), n in 1u32..90) {
        let calendar = calendar();
        let end = calendar.add_working_days(start, n).unwrap();
        prop_assert_eq!(calendar.is_working_day(end), Ok(true));
        prop_assert_eq!(worked(start, end), n as usize);
    }

    #[test]
    fn rolling_only_passes_days_off(start in days(), n in 0u32..120) {
        let calendar = calendar();
        let plain = start + Days::new(n.into());
        let rolled = calendar.add_days_rolled(start, n).unwrap();
        prop_assert!(rolled >= plain);
        prop_assert_eq!(calendar.is_working_day(rolled), Ok(true));
        for skipped in plain.iter_days().take_while(|day| *day < rolled) {
            prop_assert_eq!(calendar.is_working_day(skipped), Ok(false));
        }
    }
}
