//! How long what is kept: each table is spoken for once, whatever holds something of people says so, and
//! `docs/retention.md` tells the same.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{
    permission::LoggedIn,
    person::PERSON_COLUMNS,
    retention::{End, Kept, Term},
};
use sea_orm::{ConnectionTrait, Statement};
use testing::App;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/retention.md");
/// The migrations' own.
const NOT_OURS: &[&str] = &["seaql_migrations", "sqlite_sequence", "sqlite_stat1"];
/// Columns that tell of people, wherever they stand, beside those that lead to one.
const PERSONAL: &[&str] =
    &["phone", "phone_index", "document_index", "birth_date", "username", "address", "payee", "bytes", "cells"];

/// The tables and their columns, as the migrations made them.
async fn tables() -> BTreeMap<String, BTreeSet<String>> {
    let app = App::sqlite(&server::programmes()).await;
    let sql = "SELECT made.name AS made, info.name AS col FROM sqlite_master made JOIN pragma_table_info(made.name) info \
               WHERE made.type = 'table'";
    let caller = app.caller::<LoggedIn>();
    let asked = Statement::from_string(caller.read().get_database_backend(), sql);
    let mut tables = BTreeMap::<String, BTreeSet<String>>::new();
    for row in caller.read().query_all_raw(asked).await.unwrap() {
        let (table, column): (String, String) = (row.try_get("", "made").unwrap(), row.try_get("", "col").unwrap());
        if !NOT_OURS.contains(&table.as_str()) {
            tables.entry(table).or_default().insert(column);
        }
    }
    drop(caller);
    app.close().await;
    tables
}

fn kept() -> Vec<&'static Kept> {
    server::programmes().iter().flat_map(|programme| programme.kept).collect()
}

#[tokio::test]
async fn each_table_is_spoken_for_once() {
    let tables = tables().await;
    let mut named = BTreeSet::new();
    for kept in kept() {
        assert!(named.insert(kept.table), "{} is spoken for twice", kept.table);
        let columns = tables.get(kept.table).unwrap_or_else(|| panic!("there is no table {}", kept.table));
        let tells = |column: &&String| {
            let name = column.as_str();
            PERSON_COLUMNS.contains(&name) || PERSONAL.contains(&name) || name.ends_with("_sealed")
        };
        let told = columns.iter().find(tells);
        assert!(
            told.is_none() || !kept.holds.is_empty(),
            "{} holds {told:?} and says that it tells of nobody",
            kept.table
        );
    }
    let forgotten: Vec<_> = tables.keys().filter(|table| !named.contains(table.as_str())).collect();
    assert!(forgotten.is_empty(), "say in `kept` how long these are kept: {forgotten:?}");
}

#[test]
fn terms_are_rules_that_the_house_knows() {
    let programmes = server::programmes();
    for kept in kept() {
        if let Term::Rule(rule) = kept.term {
            let known = programmes.iter().flat_map(|programme| programme.rules).any(|known| *known == rule);
            assert!(known, "{}: nobody can change the rule {}", kept.table, rule.code);
            assert_ne!(kept.end, End::Stay, "{}: what has a term comes to an end", kept.table);
        }
        if kept.term == Term::Person {
            assert_ne!(kept.end, End::Stay, "{}: what tells of a person goes with him", kept.table);
        }
    }
}

fn line(kept: &Kept) -> String {
    let term = match kept.term {
        Term::Rule(rule) => format!("{} {} (rule `{}`)", rule.default, rule.unit, rule.code),
        Term::Fixed(told) => told.to_owned(),
        Term::Person => "until the person is made nameless".to_owned(),
        Term::Always(why) => format!("for good: {why}"),
    };
    let end = match kept.end {
        End::Delete => "deleted",
        End::Anonymise => "emptied; the row tells of nobody",
        End::Stay => "stays",
    };
    format!("| `{}` | {} | {term} | {end} |\n", kept.table, kept.holds)
}

/// After a wanted change: `UPDATE_RETENTION=1 cargo test -p server retention`.
#[test]
fn the_committed_table_is_what_the_programmes_say() {
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    let (head, rest) = committed.split_once("<!-- begin -->\n").unwrap();
    let (_, tail) = rest.split_once("<!-- end -->").unwrap();
    let (people, nobody): (Vec<_>, Vec<_>) = kept().into_iter().partition(|kept| !kept.holds.is_empty());
    let people: String = people.into_iter().map(line).collect();
    let nobody: Vec<String> = nobody.into_iter().map(|kept| format!("`{}`", kept.table)).collect();
    let table = format!(
        "| table | holds | kept | then |\n| --- | --- | --- | --- |\n{people}\nNothing of people, or only keys that lead nowhere once \
         the person is nameless: {}.\n",
        nobody.join(", ")
    );
    let text = format!("{head}<!-- begin -->\n{table}<!-- end -->{tail}");
    if std::env::var_os("UPDATE_RETENTION").is_some() {
        std::fs::write(COMMITTED, &text).unwrap();
        return;
    }
    assert!(committed == text, "docs/retention.md is out of date");
}
