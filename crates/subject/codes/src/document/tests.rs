use super::*;
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn today() -> NaiveDate {
    day(2026, 11, 23)
}

fn with_check(body: &str) -> String {
    format!("{body}{}", check_character(body).unwrap())
}

#[test]
fn reads_the_official_specimens() {
    let citizen = parse(DocumentKind::CitizenNumber, " 110105 19491231 002x", today()).unwrap();
    assert_eq!(citizen.number, "11010519491231002X");
    assert_eq!((citizen.birth, citizen.sex), (Some(day(1949, 12, 31)), Some(Sex::Female)));
    assert_eq!(citizen.division.as_ref().map(Division::code), Some("110105"));
    assert_eq!(citizen.warnings, []);

    for permit in ["810000199408230021", "830000199201300022"] {
        let read = parse(DocumentKind::HkMoTwResidence, permit, today()).unwrap();
        assert_eq!((read.sex, read.warnings.len()), (Some(Sex::Female), 0));
    }
    let foreigner = parse(DocumentKind::ForeignPermanentResident, "911124198108030024", today()).unwrap();
    assert_eq!((foreigner.birth, foreigner.division), (Some(day(1981, 8, 3)), None));
    assert!(
        parse(DocumentKind::ForeignPermanentResident2017, "can110080012345", today())
            .is_ok_and(|read| read.number == "CAN110080012345")
    );
    assert!(parse(DocumentKind::HkMoTravel, "h12345678", today()).is_ok());
    assert!(parse(DocumentKind::TaiwanTravel, "12345678", today()).is_ok());
    assert!(
        parse(DocumentKind::Passport, "E 1234 5678", today())
            .is_ok_and(|read| read.birth.is_none() && read.number == "E12345678")
    );
}

#[test]
fn refuses_with_a_reason() {
    use DocumentKind::CitizenNumber;
    for (typed, problem) in [
        ("\u{3000}", DocumentProblem::Empty),
        ("1.10105E+17", DocumentProblem::Rounded),
        ("110105194912310000", DocumentProblem::Rounded),
        ("110105491231002", DocumentProblem::FirstGeneration { check: 'X' }),
        ("11010519491231002", DocumentProblem::Length { kind: CitizenNumber, found: 17 }),
        ("1101051949123100二X", DocumentProblem::Character { position: 17 }),
        ("1101051949I231002X", DocumentProblem::Character { position: 11 }),
        ("190105194912310021", DocumentProblem::Province),
        ("110105194902290021", DocumentProblem::BirthDate),
        ("440524188001010014", DocumentProblem::BornTooEarly),
        ("110105202611240021", DocumentProblem::BornInFuture),
        ("110105194912310021", DocumentProblem::Check),
        ("810000199408230021", DocumentProblem::WrongKind { looks_like: DocumentKind::HkMoTwResidence }),
        ("H12345678", DocumentProblem::WrongKind { looks_like: DocumentKind::HkMoTravel }),
    ] {
        assert_eq!(parse(CitizenNumber, typed, today()), Err(problem), "{typed}");
        assert!(problem.message().ends_with('。') && problem.code().starts_with("document_"));
    }
    let passport = parse(DocumentKind::Passport, "11010519491231002X", today());
    assert_eq!(passport, Err(DocumentProblem::WrongKind { looks_like: CitizenNumber }));
    assert_eq!(
        parse(DocumentKind::HkMoTravel, "K1234", today()),
        Err(DocumentProblem::WrongKind { looks_like: DocumentKind::Passport })
    );
    assert_eq!(
        parse(DocumentKind::TaiwanTravel, "护照", today()),
        Err(DocumentProblem::Shape { kind: DocumentKind::TaiwanTravel })
    );
    // Fifteen digits are hinted at only where a citizen number is wanted.
    let permit = parse(DocumentKind::HkMoTwResidence, "110105491231002", today());
    assert_eq!(permit, Err(DocumentProblem::Length { kind: DocumentKind::HkMoTwResidence, found: 15 }));
    assert_eq!(
        DocumentProblem::Length { kind: CitizenNumber, found: 17 }.message(),
        "居民身份证号码应为18位\u{FF0C}现在是17位\u{FF0C}请核对是否漏录或多录。"
    );
}

#[test]
fn warns_of_oddities() {
    let warnings = |body: &str| parse(DocumentKind::CitizenNumber, &with_check(body), today()).unwrap().warnings;
    assert_eq!(warnings("11990519901231002"), [DocumentWarning::UnknownDivision]);
    assert_eq!(warnings("11000019901231002"), [DocumentWarning::UnknownDivision]);
    assert_eq!(warnings("11010519010101002"), [DocumentWarning::VeryOld]);
    // Abolished counties keep their numbers valid: 崇文区.
    assert_eq!(warnings("11010319801231002"), []);
    let rounded = (0..1000)
        .map(|n| format!("1101051990{:02}{:02}{}00", n / 28 % 12 + 1, n % 28 + 1, n % 10))
        .find(|body| check_character(body) == Some('0'))
        .unwrap();
    assert_eq!(warnings(&rounded), [DocumentWarning::MaybeRounded]);
}

#[test]
fn guesses_the_kind() {
    for (typed, kind) in [
        ("11010519491231002x", Some(DocumentKind::CitizenNumber)),
        ("110105491231002", Some(DocumentKind::CitizenNumber)),
        ("1101051949123100X", Some(DocumentKind::CitizenNumber)),
        ("1.10105E+17", Some(DocumentKind::CitizenNumber)),
        ("820000199009100037", Some(DocumentKind::HkMoTwResidence)),
        ("911124198108030024", Some(DocumentKind::ForeignPermanentResident)),
        ("CAN110080012345", Some(DocumentKind::ForeignPermanentResident2017)),
        ("m12345678", Some(DocumentKind::HkMoTravel)),
        ("12345678", Some(DocumentKind::TaiwanTravel)),
        ("EA1234567", Some(DocumentKind::Passport)),
        ("123456789", Some(DocumentKind::Passport)),
        ("13800138000", None),
        ("张三", None),
        ("", None),
    ] {
        assert_eq!(detect(typed), kind, "{typed}");
    }
}

#[test]
fn codes_are_those_of_the_wire() {
    use serde::{
        Deserialize,
        de::IntoDeserializer,
        de::value::{Error, StrDeserializer},
    };
    for kind in DocumentKind::ALL {
        let wire: StrDeserializer<'_, Error> = kind.code().into_deserializer();
        assert_eq!(DocumentKind::deserialize(wire), Ok(kind));
        assert_eq!(DocumentKind::from_code(kind.code()), Some(kind));
        assert_eq!(DocumentKind::from_words(kind.label()), Some(kind));
    }
    assert_eq!(DocumentKind::from_words(" 身份证 "), Some(DocumentKind::CitizenNumber));
    assert_eq!(DocumentKind::from_words("户口簿"), None);
}

#[test]
fn ages_follow_the_law() {
    let leap = day(2000, 2, 29);
    assert_eq!(age_on(leap, day(2018, 2, 28)), 17);
    assert_eq!(age_on(leap, day(2018, 3, 1)), 18);
    assert_eq!(age_on(leap, day(2020, 2, 28)), 19);
    assert_eq!(age_on(leap, day(2020, 2, 29)), 20);
    assert_eq!(age_on(day(1990, 11, 23), today()), 36);
    assert_eq!(age_on(day(1990, 11, 24), today()), 35);
    assert_eq!(age_on(day(2030, 1, 1), today()), 0);
}

#[test]
fn a_debug_print_keeps_the_secret() {
    let printed = format!("{:?}", parse(DocumentKind::CitizenNumber, "11010519491231002X", today()).unwrap());
    assert!(!printed.contains("1949") && !printed.contains("110105"), "{printed}");
}

/// Seventeen digits with a real county shape and a real day.
fn bodies() -> impl Strategy<Value = String> {
    ("(11|15|22|50|65)(0[1-9]|[1-6][0-9])(0[1-9]|[1-9][0-9])", 0i64..39_000, 0u32..1000).prop_map(
        |(place, days, sequence)| {
            let birth = day(1920, 1, 1) + chrono::TimeDelta::days(days);
            format!("{place}{}{sequence:03}", birth.format("%Y%m%d"))
        },
    )
}

proptest! {
    #[test]
    fn seventeen_digits_and_their_check_are_a_number(body in bodies()) {
        let read = parse(DocumentKind::CitizenNumber, &with_check(&body), today()).unwrap();
        prop_assert_eq!(&read.number, &with_check(&body));
        prop_assert_eq!(read.birth.unwrap().format("%Y%m%d").to_string(), &body[6..14]);
        prop_assert_eq!(read.sex == Some(Sex::Male), body.as_bytes()[16] % 2 == 1);
        prop_assert_eq!(detect(&read.number), Some(DocumentKind::CitizenNumber));
        prop_assert_eq!(parse(DocumentKind::CitizenNumber, &read.number, today()), Ok(read));
    }

    #[test]
    fn one_wrong_digit_is_noticed(body in bodies(), place in 0usize..18, other in "[0-9X]") {
        let number = with_check(&body);
        let mut wrong = number.clone();
        wrong.replace_range(place..=place, &other);
        prop_assume!(wrong != number);
        prop_assert!(parse(DocumentKind::CitizenNumber, &wrong, today()).is_err());
    }

    #[test]
    fn swapped_neighbours_are_noticed(body in bodies(), place in 0usize..17) {
        let number = with_check(&body);
        let mut signs: Vec<char> = number.chars().collect();
        signs.swap(place, place + 1);
        let wrong: String = signs.into_iter().collect();
        prop_assume!(wrong != number);
        prop_assert!(parse(DocumentKind::CitizenNumber, &wrong, today()).is_err());
    }

    #[test]
    fn typing_habits_change_nothing(body in bodies()) {
        let number = with_check(&body);
        let wide: String = number.chars().map(|sign| char::from_u32(u32::from(sign) + 0xFEE0).unwrap()).collect();
        let spaced = format!("'{} {}\u{200B}{}\u{A0}", &number[..6], &number[6..14], number[14..].to_lowercase());
        prop_assert_eq!(parse(DocumentKind::CitizenNumber, &wide, today()), parse(DocumentKind::CitizenNumber, &number, today()));
        prop_assert_eq!(parse(DocumentKind::CitizenNumber, &spaced, today()), parse(DocumentKind::CitizenNumber, &number, today()));
    }

    #[test]
    fn a_first_generation_number_tells_its_check(body in bodies()) {
        prop_assume!(&body[6..8] == "19");
        let old = format!("{}{}", &body[..6], &body[8..]);
        let check = check_character(&body).unwrap();
        prop_assert_eq!(parse(DocumentKind::CitizenNumber, &old, today()), Err(DocumentProblem::FirstGeneration { check }));
    }

    #[test]
    fn a_year_passes_at_most_once_a_day(birth in 0i64..40_000, later in 0i64..40_000) {
        let birth = day(1900, 1, 1) + chrono::TimeDelta::days(birth);
        let on = birth + chrono::TimeDelta::days(later);
        let (before, after) = (age_on(birth, on), age_on(birth, on + chrono::TimeDelta::days(1)));
        prop_assert!(after == before || after == before + 1);
        prop_assert!(i64::from(before) <= later / 365);
    }

    #[test]
    fn never_panics(text in "\\PC*") {
        for kind in DocumentKind::ALL {
            let _ = parse(kind, &text, today());
        }
        let _ = detect(&text);
    }
}
