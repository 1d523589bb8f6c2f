//! Each act that is written into the audit chain is called something, or the page and the file would show its code; and each
//! word is for one that is written.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::walls::{root, sources};

/// Behind these a code is what an act is called, or a permission; a permission's declaration has its label right behind it.
const NOT_WRITTEN: [&str; 3] = ["Label(", "json!(", "permission:"];

/// What acts are called, by their codes.
fn words() -> BTreeMap<&'static str, &'static str> {
    let mut words = BTreeMap::new();
    for act in server::programmes().iter().flat_map(|programme| programme.acts) {
        assert!(!act.1.is_empty() && !act.1.is_ascii(), "{} is called {}", act.0, act.1);
        assert_eq!(words.insert(act.0, act.1), None, "{} is called twice", act.0);
    }
    words
}

/// The program's texts, but for tests.
fn texts() -> Vec<String> {
    let mut found = Vec::new();
    for crates in ["kernel", "programmes"] {
        sources(&root().join("crates").join(crates), &mut found);
    }
    found.retain(|path| path.components().all(|part| part.as_os_str() != "tests"));
    found.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// The first two texts of what `audit::record` is given: `("members.approve", "membership/member", …`.
fn acts(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split('"').collect();
    let plain = |word: &str| !word.is_empty() && word.bytes().all(|sign| matches!(sign, b'a'..=b'z' | b'_'));
    let two =
        |word: &str, between: char| word.split_once(between).is_some_and(|(one, other)| plain(one) && plain(other));
    let acts = parts.windows(4).filter(|of| of[0].trim_end().ends_with('(') && of[2].trim() == ",");
    acts.filter(|of| two(of[1], '.') && two(of[3], '/')).map(|of| of[1]).collect()
}

#[test]
fn each_act_that_is_written_has_a_word() {
    let (words, texts) = (words(), texts());
    let written: BTreeSet<&str> = texts.iter().flat_map(|text| acts(text)).collect();
    assert!(written.len() > 120, "only {} were found", written.len());
    let nameless: Vec<&&str> = written.iter().filter(|act| !words.contains_key(**act)).collect();
    assert!(nameless.is_empty(), "{nameless:?}");
}

#[test]
fn each_word_is_of_an_act_that_is_written() {
    let texts = texts();
    let mut written = HashSet::new();
    for text in &texts {
        let pieces: Vec<&str> = text.split('"').collect();
        for around in pieces.windows(3) {
            let (before, code, behind) = (around[0].trim_end(), around[1], around[2]);
            if !NOT_WRITTEN.iter().any(|word| before.ends_with(word)) && !behind.trim().is_empty() {
                written.insert(code);
            }
        }
    }
    let words = words();
    assert!(words.len() > 200, "only {} acts were found", words.len());
    let unwritten: Vec<&&str> = words.keys().filter(|code| !written.contains(**code)).collect();
    assert!(unwritten.is_empty(), "{unwritten:?}");
}
