//! The walls of the house: which crate may know which, and where the databases' names may stand.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// Upper floors first; a crate knows only those on floors below its own.
const FLOORS: &[&[&str]] = &[
    &["niangjia"],
    &["server"],
    &["benefit", "membership", "plan", "station"],
    &["kernel"],
    &["database"],
    &["calendar", "codes", "documents", "places", "secret"],
];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn arrows_point_down_only() {
    let command = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output();
    let metadata: Value = serde_json::from_slice(&command.unwrap().stdout).unwrap();
    let floors: BTreeMap<&str, usize> =
        FLOORS.iter().enumerate().flat_map(|(floor, names)| names.iter().map(move |name| (*name, floor))).collect();
    let mut seen = 0;
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if ["testing", "bench"].contains(&name) {
            continue;
        }
        let floor = *floors.get(name).unwrap_or_else(|| panic!("{name} stands on no floor"));
        for dependency in package["dependencies"].as_array().unwrap() {
            let known = dependency["name"].as_str().unwrap();
            assert!(known != "testing" || dependency["kind"] == "dev", "{name} carries what its tests share");
            if dependency["kind"].is_null()
                && let Some(below) = floors.get(known)
            {
                assert!(*below > floor, "{name} knows {known}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "only {seen} arrows were found");
}

pub(crate) fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_databases_names_stand_in_one_crate() {
    let mut found = Vec::new();
    for crates in ["kernel", "programmes", "server", "subject"] {
        sources(&root().join("crates").join(crates), &mut found);
    }
    assert!(found.len() > 200, "only {} files were found", found.len());
    // In prose the databases may be named; code that told them apart would be a branch that one of them never takes.
    let code = |line: &&str| !line.trim_start().starts_with("//");
    for path in found.iter().filter(|path| path.components().all(|part| part.as_os_str() != "tests")) {
        let text = std::fs::read_to_string(path).unwrap();
        let named = text.lines().filter(code).find(|line| line.contains("Sqlite") || line.contains("Postgres"));
        assert!(named.is_none(), "{}: {named:?}", path.display());
    }
}

/// Statements that the builder does not write.
const RAW: [&str; 7] = [
    "Expr::cust",
    "Statement::from_",
    "query_all_raw",
    "query_one_raw",
    "execute_raw",
    "execute_unprepared",
    "find_by_statement",
];
/// Where they may stand, beside migrations; `docs/security.md` (1.2.4) says the same.
const MAY_BE_RAW: [&str; 5] = [
    "kernel/src/audit/query.rs",
    "kernel/src/keys/short_indexes.rs",
    "kernel/src/ledger/",
    "kernel/src/person/copy.rs",
    "programmes/station/src/incidents/helped.rs",
];

#[test]
fn raw_statements_stand_where_they_were_looked_at() {
    let mut found = Vec::new();
    for crates in ["kernel", "niangjia", "programmes", "server"] {
        sources(&root().join("crates").join(crates), &mut found);
    }
    let mut seen = 0;
    for path in found {
        let place = path.to_str().unwrap();
        if ["/tests/", "/migration"].iter().any(|part| place.contains(part)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        if RAW.iter().any(|word| text.contains(word)) {
            assert!(MAY_BE_RAW.iter().any(|part| place.contains(part)), "{place}");
            seen += 1;
        }
    }
    assert!(seen >= MAY_BE_RAW.len(), "only {seen} were found");
}

/// The name under which each type stands in the OpenAPI document. Two of one name would describe each other's fields.
#[test]
fn no_two_types_share_a_name_in_the_document() {
    let mut found = Vec::new();
    sources(&root().join("crates"), &mut found);
    let mut owners: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("ToSchema)]") {
            let Some((attributes, rest)) = text[at..].split_once("\npub ") else { continue };
            let renamed = attributes.split_once("schema(as = ").map(|(_, name)| name);
            let declared = renamed.or_else(|| rest.split_once(' ').map(|(_, name)| name)).unwrap();
            let name: String = declared.chars().take_while(|sign| sign.is_alphanumeric()).collect();
            let other = owners.insert(name.clone(), path.clone());
            assert!(other.is_none(), "{name} is declared in {} and {}", path.display(), other.unwrap().display());
        }
    }
    assert!(owners.len() > 150, "only {} types were found", owners.len());
}
