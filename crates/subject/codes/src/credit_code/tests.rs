use super::*;
use proptest::prelude::*;

#[test]
fn reads_real_codes() {
    // The example of the standard, and companies that print theirs on every invoice.
    for code in ["91350100M000100Y43", "9144030071526726XG", "914403001922038216", "12100000400010275N"] {
        let read = parse(&code.to_lowercase()).unwrap();
        assert_eq!(read.code, code);
        assert_eq!(read.warnings, []);
    }
    assert_eq!(
        parse("914403001922038216").map(|read| (read.department, read.category)),
        Ok(("市场监管", Some("企业")))
    );
}

fn with_check(body: &str) -> String {
    format!("{body}{}", check_character(body).unwrap())
}

#[test]
fn tells_unions_from_employers() {
    let union = parse(&with_check("8115220140068806X")).unwrap();
    assert!(union.fits_union());
    assert_eq!((union.department, union.category), ("工会", Some("基层工会")));
    let federation = parse(&with_check("1315220001170000X")).unwrap();
    assert!(federation.fits_union());
    assert!(!parse("914403001922038216").unwrap().fits_union());
}

#[test]
fn warns_of_oddities() {
    let odd = parse(&with_check("84990000400010276")).unwrap();
    assert_eq!(
        odd.warnings,
        [CreditCodeWarning::UnknownCategory, CreditCodeWarning::UnknownDivision, CreditCodeWarning::OrganisationCheck]
    );
    assert!(
        odd.warnings
            .iter()
            .all(|warning| warning.message().ends_with('。') && warning.code().starts_with("credit_code_"))
    );
}

#[test]
fn refuses_with_a_reason() {
    for (typed, problem) in [
        (" ", CreditCodeProblem::Empty),
        ("9144030019220382", CreditCodeProblem::Length { found: 16 }),
        ("91440300192203821O", CreditCodeProblem::Character { position: 18 }),
        ("C14403001922038216", CreditCodeProblem::Department),
        ("91A403001922038216", CreditCodeProblem::Division),
        ("914403001922038217", CreditCodeProblem::Check),
    ] {
        assert_eq!(parse(typed), Err(problem), "{typed}");
        assert!(problem.message().ends_with('。') && problem.code().starts_with("credit_code_"));
    }
}

proptest! {
    #[test]
    fn the_check_makes_a_code(body in "(81|13|91|12)(11|15|50)[0-9]{4}[0-9A-HJ-NPQRTUWXY]{9}") {
        prop_assert!(parse(&with_check(&body)).is_ok());
    }

    #[test]
    fn one_wrong_sign_is_noticed(body in "(81|91)15[0-9]{4}[0-9A-HJ-NPQRTUWXY]{9}", place in 0usize..18, shift in 1usize..31) {
        let code = with_check(&body);
        let wrong: String = code.chars().enumerate()
            .map(|(at, sign)| if at == place { ALPHABET.chars().nth((ALPHABET.find(sign).unwrap() + shift) % 31).unwrap() } else { sign })
            .collect();
        prop_assert!(parse(&wrong).is_err());
    }

    #[test]
    fn swapped_neighbours_are_noticed(body in "(81|91)15[0-9]{4}[0-9A-HJ-NPQRTUWXY]{9}", place in 0usize..17) {
        let mut signs: Vec<char> = with_check(&body).chars().collect();
        prop_assume!(signs[place] != signs[place + 1]);
        signs.swap(place, place + 1);
        prop_assert!(parse(&signs.into_iter().collect::<String>()).is_err());
    }

    #[test]
    fn never_panics(text in "\\PC*") {
        let _ = parse(&text);
    }
}
