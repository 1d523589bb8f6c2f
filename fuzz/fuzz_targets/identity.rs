//! The rules of numbers and names: nothing panics, what is taken is its own normal form, and no message repeats a number.
#![no_main]

use chrono::NaiveDate;
use codes::{credit_code, division, document, document::DocumentKind, luhn, name, phone};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
    for kind in DocumentKind::ALL {
        match document::parse(kind, text, today) {
            Ok(paper) => {
                let again = document::parse(kind, &paper.number, today).expect("a normal form is taken");
                assert!(again == paper, "{kind:?} is not its own normal form");
                if let Some(birth) = paper.birth {
                    assert!(birth <= today);
                    assert!(document::age_on(birth, today) < 200);
                }
                assert!(!format!("{paper:?}").contains(&paper.number));
            }
            Err(problem) => assert!(is_silent(&problem.message(), text), "{kind:?}: {}", problem.message()),
        }
    }
    let _ = document::detect(text);
    let _ = DocumentKind::from_words(text);
    let _ = name::match_key(text);
    if let Ok(full) = name::normalise(text) {
        assert_eq!(name::normalise(&full).as_deref(), Ok(&*full));
        // Who is found by his name is found by its normal form too.
        assert_eq!(name::match_key(&full), name::match_key(text));
    }
    match phone::normalise(text) {
        Ok(number) => assert_eq!(phone::normalise(&number).as_deref(), Ok(&*number)),
        Err(problem) => assert!(is_silent(&problem.message(), text)),
    }
    if let Err(problem) = luhn::parse(text) {
        assert!(is_silent(&problem.message(), text));
    }
    let _ = credit_code::parse(text);
    if let Ok(place) = division::parse(text) {
        assert!(place.covers(&place));
        assert!(place.parent().is_none_or(|above| above.covers(&place)));
        let _ = (place.level(), place.province(), place.is_plausible());
    }
});

/// Whether a message keeps to itself what was typed; what has few digits may stand in any sentence.
fn is_silent(message: &str, text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() < 6 || !message.contains(text)
}
