//! Query parameters, as addresses bring them: taken apart and put together again they mean the same, and each reader that
//! stands behind one (periods, divisions, credit codes, days) takes it or refuses it, and never falls over.
#![no_main]

use calendar::Period;
use chrono::NaiveDate;
use codes::{credit_code, division, text};
use libfuzzer_sys::fuzz_target;
use url::form_urlencoded::{Serializer, parse};

fuzz_target!(|query: &[u8]| {
    let pairs: Vec<(String, String)> = parse(query).into_owned().collect();
    let written = Serializer::new(String::new()).extend_pairs(&pairs).finish();
    let again: Vec<(String, String)> = parse(written.as_bytes()).into_owned().collect();
    assert_eq!(pairs, again);
    for (_, value) in &pairs {
        if let Ok(period) = value.parse::<Period>() {
            assert_eq!(period.to_string().parse::<Period>(), Ok(period), "{value} means something else once written");
            assert!(period.first() <= period.last());
            let _ = period.label();
        }
        if let Ok(place) = division::parse(value) {
            assert_eq!(
                division::parse(place.code()).map(|same| same.code().to_owned()).ok().as_deref(),
                Some(place.code())
            );
        }
        let _ = credit_code::parse(value);
        let _ = value.parse::<NaiveDate>();
        let plain = text::plain(value);
        assert_eq!(text::plain(&plain), plain);
        assert!(!text::compact(value).contains(' '));
    }
});
