//! Each act that is written into the audit chain is called something: the page and the file show its code else.

use std::collections::{BTreeMap, BTreeSet};

use crate::walls::{root, sources};

/// The first two texts of what `audit::record` is given: `("members.approve", "membership/member", …`.
fn acts(text: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = text.split('"').collect();
    let plain = |word: &str| !word.is_empty() && word.bytes().all(|sign| matches!(sign, b'a'..=b'z' | b'_'));
    let two =
        |word: &str, between: char| word.split_once(between).is_some_and(|(one, other)| plain(one) && plain(other));
    let acts = parts.windows(4).filter(|of| of[0].trim_end().ends_with('(') && of[2].trim() == ",");
    acts.map(|of| (of[1], of[3])).filter(|(act, record)| two(act, '.') && two(record, '/')).collect()
}

#[test]
fn each_act_that_is_written_has_a_word() {
    let mut words: BTreeMap<&str, &str> = BTreeMap::new();
    for act in server::programmes().iter().flat_map(|programme| programme.acts) {
        assert!(!act.1.is_empty() && !act.1.is_ascii(), "{} is called {}", act.0, act.1);
        assert_eq!(words.insert(act.0, act.1), None, "{} is called twice", act.0);
    }
    let mut found = Vec::new();
    for crates in ["kernel/src", "programmes"] {
        sources(&root().join("crates").join(crates), &mut found);
    }
    found.retain(|path| path.components().all(|part| part.as_os_str() != "tests"));
    let texts: Vec<String> = found.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let written: BTreeSet<&str> = texts.iter().flat_map(|text| acts(text)).map(|(act, _)| act).collect();
    assert!(written.len() > 120, "only {} were found", written.len());
    let nameless: Vec<&&str> = written.iter().filter(|act| !words.contains_key(**act)).collect();
    assert!(nameless.is_empty(), "{nameless:?}");
}
