use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

#[test]
fn reads_and_writes_every_form() {
    for (text, first, last, label) in [
        ("2026", "2026-01-01", "2026-12-31", "2026年"),
        ("2026Q2", "2026-04-01", "2026-06-30", "2026年第二季度"),
        ("2026Q4", "2026-10-01", "2026-12-31", "2026年第四季度"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026-05-17", "2026-05-17", "2026-05-17", "2026年5月17日"),
        ("2026-05-01..2026-06-30", "2026-05-01", "2026-06-30", "2026年5月1日至6月30日"),
        ("2025-12-01..2026-01-31", "2025-12-01", "2026-01-31", "2025年12月1日至2026年1月31日"),
    ] {
        let read = period(text);
        assert_eq!((read.first(), read.last()), (day(first), day(last)), "{text}");
        assert_eq!((read.to_string().as_str(), read.label().as_str()), (text, label));
        let wire = serde_json::to_string(&read).unwrap();
        assert_eq!((wire.as_str(), serde_json::from_str(&wire).unwrap()), (format!("\"{text}\"").as_str(), read));
    }
    assert_eq!(period("2026q3"), period("2026Q3"));
}

#[test]
fn refuses_with_a_reason() {
    for (text, problem) in [
        ("", PeriodProblem::Shape),
        ("26", PeriodProblem::Shape),
        ("+202", PeriodProblem::Shape),
        ("2026-5", PeriodProblem::Shape),
        ("2026-05-01-02", PeriodProblem::Shape),
        ("2026Q", PeriodProblem::Shape),
        ("2026-05-01..", PeriodProblem::Shape),
        ("2026Q5", PeriodProblem::NoSuchDay),
        ("2026-13", PeriodProblem::NoSuchDay),
        ("2026-02-29", PeriodProblem::NoSuchDay),
        ("2026-06-30..2026-05-01", PeriodProblem::Backwards),
    ] {
        assert_eq!(text.parse::<Period>(), Err(problem), "{text}");
        assert!(problem.message().ends_with('。') && problem.code().starts_with("period_"));
    }
}

#[test]
fn tells_how_much_has_passed() {
    let year = period("2026");
    for (on, share) in [
        ("2025-12-31", 0),
        ("2026-01-01", 27),
        ("2026-07-02", 5014),
        ("2026-12-30", 9973),
        ("2026-12-31", 10_000),
        ("2027-05-01", 10_000),
    ] {
        assert_eq!(year.elapsed_bp(day(on)), share, "{on}");
    }
    assert_eq!(period("2026-11").elapsed_bp(day("2026-11-15")), 5000);
}

#[test]
fn a_stretch_of_one_day_names_it_once() {
    assert_eq!(period("2026-05-17..2026-05-17").label(), "2026年5月17日");
}

#[test]
fn finds_neighbours() {
    for (text, previous, year_before) in [
        ("2026", "2025", "2025"),
        ("2026Q1", "2025Q4", "2025Q1"),
        ("2026-01", "2025-12", "2025-01"),
        ("2025-02", "2025-01", "2024-02"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2026-03-01..2026-03-10", "2026-02-19..2026-02-28", "2025-03-01..2025-03-10"),
    ] {
        assert_eq!(period(text).previous(), Some(period(previous)), "{text}");
        assert_eq!(period(text).year_before(), Some(period(year_before)), "{text}");
    }
}

#[test]
fn lists_its_months() {
    let months = |text: &str| period(text).months().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(months("2026Q2"), ["2026-04", "2026-05", "2026-06"]);
    assert_eq!(months("2025-12-31..2026-01-01"), ["2025-12", "2026-01"]);
    assert_eq!(months("2026").len(), 12);
}

fn periods() -> impl Strategy<Value = Period> {
    let days = (0u64..12_000).prop_map(|after| day("2000-01-01") + Days::new(after));
    (days, 0u64..900, 0u32..5).prop_map(|(first, length, form)| match form {
        0 => Period::day(first),
        1 => Period::month(first.year(), first.month()).unwrap(),
        2 => Period::quarter(first.year(), first.month().div_ceil(3)).unwrap(),
        3 => Period::year(first.year()).unwrap(),
        _ => Period::range(first, first + Days::new(length)).unwrap(),
    })
}

proptest! {
    #[test]
    fn text_loses_nothing(period in periods()) {
        prop_assert_eq!(period.to_string().parse(), Ok(period));
    }

    #[test]
    fn the_previous_ends_where_this_begins(period in periods()) {
        let previous = period.previous().unwrap();
        prop_assert_eq!(previous.last().succ_opt(), Some(period.first()));
        prop_assert_eq!(previous.kind(), period.kind());
    }

    #[test]
    fn time_only_moves_on(period in periods(), after in 0u64..1000) {
        let on = period.first() + Days::new(after);
        let (now, next) = (period.elapsed_bp(on), period.elapsed_bp(on + Days::new(1)));
        prop_assert!((0..=10_000).contains(&now) && now <= next);
        prop_assert_eq!(now == 10_000, on >= period.last());
        prop_assert_eq!(period.elapsed_bp(period.first() - Days::new(1)), 0);
    }

    #[test]
    fn months_cover_it(period in periods()) {
        let months = period.months();
        prop_assert!(months.first().unwrap().contains(period.first()) && months.last().unwrap().contains(period.last()));
        for pair in months.windows(2) {
            prop_assert_eq!(pair[1].previous(), Some(pair[0]));
        }
    }

    #[test]
    fn never_panics(text in "\\PC*") {
        let _ = text.parse::<Period>();
    }
}
