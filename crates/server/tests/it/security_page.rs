//! What the page on security says shows that a requirement is met is there to be looked at.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::walls::root;

/// Below which folders the page names files, as it says itself.
const BELOW: [&str; 4] = ["", "crates", "crates/programmes", "crates/subject"];

/// The rows of the page's tables: which requirements, their state, how, and what shows it.
fn rows(page: &str) -> Vec<Vec<&str>> {
    let of_requirements =
        |line: &&str| line.starts_with("| ") && line[2..].starts_with(|sign: char| sign.is_ascii_digit());
    let rows: Vec<&str> = page.lines().filter(of_requirements).collect();
    assert!(
        rows.len() > 100 && rows.iter().all(|line| line.split('|').count() == 6),
        "only {} rows were found",
        rows.len()
    );
    rows.into_iter().map(|line| line.split('|').skip(1).take(4).map(str::trim).collect()).collect()
}

/// Where something lies that the page names: a file, a folder, a crate. What has no folder lies beside what stands before it.
fn found(named: &str, before: Option<&Path>) -> Option<PathBuf> {
    let beside = before.and_then(Path::parent).map(|folder| folder.join(named));
    let places = BELOW.iter().map(|folder| root().join(folder).join(named));
    beside.into_iter().filter(|_| !named.contains('/')).chain(places).find(|place| place.exists())
}

#[test]
fn what_shows_that_a_requirement_is_met_exists() {
    let page = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    let make = std::fs::read_to_string(root().join("Makefile")).unwrap();
    let (mut seen, mut missing) = (0, Vec::new());
    for row in rows(&page) {
        let mut before: Option<PathBuf> = None;
        // What stands between two backticks.
        for named in row[3].split('`').skip(1).step_by(2) {
            if let Some(target) = named.strip_prefix("make ") {
                assert!(make.contains(&format!("\n{target}:")), "{}: no `{named}`", row[0]);
                continue;
            }
            // A rule of the browser's that a page is sent with is no file.
            if named.contains(' ') {
                continue;
            }
            match found(named, before.as_deref()) {
                Some(place) => before = Some(place),
                None => missing.push(format!("{}: {named}", row[0])),
            }
            seen += 1;
        }
    }
    assert!(seen > 100 && missing.is_empty(), "of {seen} these are not there: {missing:?}");
}

#[test]
fn the_page_counts_its_requirements_rightly() {
    let page = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows(&page) {
        *states.entry(row[1]).or_default() += row[0].split(',').count();
    }
    let told = ["met", "not met", "not verified", "operator", "not applicable"]
        .map(|state| format!("{} {state}", states[state]));
    assert!(page.contains(&format!(": {}.", told.join(", "))), "{told:?}");
    assert_eq!(states.len(), told.len(), "{states:?}");
}
