//! No table is forgotten when two records turn out to be one person, somebody is made nameless, or takes a copy of what is
//! kept of him. Into each that holds a person's key a row is put whose texts are a mark; afterwards it is looked where key and
//! mark still stand.

use std::collections::BTreeMap;

use kernel::{
    Id,
    organisation::Level,
    permission::LoggedIn,
    person::{self, PERSON_COLUMNS},
};
use sea_orm::{ConnectionTrait, Statement};
use testing::App;

use crate::{benefit::workers, roles::found};

const MARK: &str = "他说的话";
/// The kernel's own tables, of which it says itself what becomes of them.
const NOT_PUT: [&str; 6] = ["ledger_fact", "ledger_merge", "person_erasure", "person_hold", "person_paper", "session"];
/// Texts that stay of a nameless person: codes, names that phones give, who acted in office, and words about things.
const STAYS: [(&str, &str); 15] = [
    ("benefit_claim", "worker_group once state"),
    ("benefit_entry", "worker_group state"),
    ("benefit_nomination", "worker_group state nominated_by decided_by"),
    ("benefit_objection", "answer answered_by"),
    ("membership_join", "worker_group gate"),
    ("membership_member", "worker_group state card_number"),
    ("membership_privacy_request", "answered_by"),
    ("membership_transfer", "asked_by state_before state actor answered_by"),
    ("person_consent", "purpose version place"),
    ("station_alarm", "kind words"),
    ("station_booking", "state actor"),
    ("station_entry", "sent_as service worker_group actor"),
    ("station_gift", "name unit note giver_kind giver closed_why"),
    ("station_order", "sent_as kind guest refused actor"),
    ("station_post", "role"),
];
/// Tables that the copy tells by themselves, or of merged records, or not at all.
const TOLD: [&str; 7] = [
    "ledger_fact",
    "ledger_merge",
    "membership_member",
    "membership_privacy_request",
    "person_consent",
    "person_hold",
    "person_paper",
];
/// Numbers that a person reads as they are. Whatever else is a number is a moment, which its column's name says.
const COUNTS: [&str; 7] = ["each", "hour", "hours", "left", "points", "quantity", "turn"];
/// Columns of keys whose names tell of no table and that lead to no person by themselves.
const ELSEWHERE: [&str; 20] = [
    "adviser_id",
    "evidence_id",
    "export_id",
    "from_organisation_id",
    "object_id",
    "open_member_id",
    "parent_id",
    "planned_by",
    "platform_id",
    "record_id",
    "responsible_id",
    "site_id",
    "source_id",
    "standing_member_id",
    "subject_id",
    "survivor_id",
    "to_organisation_id",
    "union_organisation_id",
    "valid_person_id",
    "waiting_member_id",
];

/// A column: its name, the kind of what it holds, and whether the row is known by it.
struct Column {
    name: String,
    kind: String,
    is_key: bool,
}

impl Column {
    fn is_number(&self) -> bool {
        self.kind == "integer"
    }
}

/// The columns of all tables, as the migrations made them.
async fn tables(app: &App) -> BTreeMap<String, Vec<Column>> {
    let sql = "SELECT made.name AS made, info.name AS col, lower(info.type) AS kind, info.pk AS pk FROM sqlite_master made \
               JOIN pragma_table_info(made.name) info WHERE made.type = 'table' ORDER BY made.name, info.cid";
    let caller = app.caller::<LoggedIn>();
    let asked = Statement::from_string(caller.read().get_database_backend(), sql);
    let mut tables = BTreeMap::<String, Vec<Column>>::new();
    for row in caller.read().query_all_raw(asked).await.unwrap() {
        let key: i64 = row.try_get("", "pk").unwrap();
        let (name, kind) = (row.try_get("", "col").unwrap(), row.try_get("", "kind").unwrap());
        tables.entry(row.try_get("", "made").unwrap()).or_default().push(Column { name, kind, is_key: key > 0 });
    }
    tables
}

/// The tables with a person's key, but for these, and the column that has it.
fn with_key<'a>(
    tables: &'a BTreeMap<String, Vec<Column>>,
    but: &'a [&str],
) -> impl Iterator<Item = (&'a String, &'a Vec<Column>, &'static str)> {
    let key = |columns: &[Column]| PERSON_COLUMNS.into_iter().find(|key| columns.iter().any(|one| one.name == *key));
    let all = tables.iter().filter(move |(table, _)| !but.contains(&table.as_str()));
    all.filter_map(move |(table, columns)| Some((table, columns, key(columns)?)))
}

/// Those of which each programme says what becomes of them.
fn of_people(tables: &BTreeMap<String, Vec<Column>>) -> impl Iterator<Item = (&String, &Vec<Column>, &'static str)> {
    with_key(tables, &NOT_PUT)
}

/// Puts a row about somebody into each of some tables.
async fn put<'a>(app: &App, tables: impl Iterator<Item = (&'a String, &'a Vec<Column>, &'static str)>, person: Id) {
    let mut number = 0;
    for (table, columns, key) in tables {
        let value = |column: &Column| {
            number += 1;
            match (table.as_str(), column.name.as_str()) {
                (_, name) if name == key => person.to_string(),
                // Whoever is a member is not made nameless.
                (_, "valid_person_id") => "NULL".to_owned(),
                // A voucher that stands beside no other.
                ("benefit_claim", "slot") => "1".to_owned(),
                ("station_gift_claim", "state") => "'taken'".to_owned(),
                ("membership_privacy_request", "state") => "'done'".to_owned(),
                ("membership_privacy_request", "wish") => "'delete'".to_owned(),
                (_, name) if column.is_number() && (column.is_key || name.ends_with("_id")) => number.to_string(),
                _ if column.is_number() || column.kind == "boolean" => "0".to_owned(),
                _ if column.kind == "date_text" => "'2026-06-01'".to_owned(),
                _ => format!("'{MARK}'"),
            }
        };
        let values: Vec<String> = columns.iter().map(value).collect();
        let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        app.write(&format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "))).await;
    }
}

/// What names no table may lead to a person: then it belongs among the columns by which his copy is found.
fn each_column_of_keys_is_known(tables: &BTreeMap<String, Vec<Column>>) {
    let names_table = |name: &str| {
        let of = name.trim_end_matches("_id");
        tables.keys().any(|table| table == of || table.ends_with(&format!("_{of}")))
    };
    for (table, columns) in tables {
        for Column { name, .. } in columns.iter().filter(|column| column.is_number()) {
            let is_key = name.ends_with("_id") || name.ends_with("_by");
            let is_known = PERSON_COLUMNS.contains(&name.as_str()) || ELSEWHERE.contains(&name.as_str());
            assert!(!is_key || is_known || names_table(name), "does {table}.{name} lead to a person?");
        }
    }
}

/// In how many rows something stands.
async fn rows(app: &App, table: &str, column: &str, value: &str) -> i64 {
    let sql = format!("SELECT count(*) AS number FROM {table} WHERE \"{column}\" = {value}");
    let caller = app.caller::<LoggedIn>();
    let asked = Statement::from_string(caller.read().get_database_backend(), sql);
    caller.read().query_one_raw(asked).await.unwrap().unwrap().try_get("", "number").unwrap()
}

#[tokio::test]
async fn each_row_of_a_record_that_goes_is_the_remaining_ones() {
    let app = App::sqlite(&server::programmes()).await;
    let union = found(&app, None, "150000", "自治区总工会", Level::Province).await;
    let people = workers(&app, union, 1..3).await;
    let (from, into) = (people[0].id, people[1].id);
    let tables = tables(&app).await;
    each_column_of_keys_is_known(&tables);
    put(&app, of_people(&tables), from).await;
    app.merge_people(from, into).await;
    for (table, _, key) in of_people(&tables) {
        assert_eq!(rows(&app, table, key, &from.to_string()).await, 0, "{table} names the record that went");
        assert_eq!(rows(&app, table, key, &into.to_string()).await, 1, "{table} lost a row");
    }
    app.close().await;
}

#[tokio::test]
async fn no_words_of_a_nameless_person_are_left() {
    let app = App::sqlite(&server::programmes()).await;
    let union = found(&app, None, "150000", "自治区总工会", Level::Province).await;
    let person = workers(&app, union, 1..2).await[0].id;
    let tables = tables(&app).await;
    put(&app, of_people(&tables), person).await;
    app.erase(person).await;
    for (table, columns, _) in of_people(&tables) {
        let mut left = Vec::new();
        for column in columns.iter().filter(|column| !column.is_number()) {
            if rows(&app, table, &column.name, &format!("'{MARK}'")).await > 0 {
                left.push(column.name.as_str());
            }
        }
        let stays = STAYS.iter().find(|(known, _)| known == table).map_or("", |known| known.1);
        assert_eq!(left.join(" "), stays, "{table}");
    }
    app.close().await;
}

#[tokio::test]
async fn the_copy_names_each_column_and_tells_nothing_that_is_for_the_program_alone() {
    let app = App::sqlite(&server::programmes()).await;
    let union = found(&app, None, "150000", "自治区总工会", Level::Province).await;
    let person = workers(&app, union, 1..2).await[0].id;
    let tables = tables(&app).await;
    let copied = || with_key(&tables, &TOLD);
    put(&app, copied(), person).await;
    let hash = "0123456789abcdef".repeat(4);
    for (table, columns, key) in copied() {
        let value = |column: &Column| match column {
            Column { name, .. } if name.ends_with("_id") || name == key || column.is_key => None,
            Column { name, .. } if name.ends_with("_sealed") => Some("v1.sealed".to_owned()),
            Column { kind, .. } if kind.ends_with("(64)") => Some(hash.clone()),
            _ => column.is_number().then(|| "1780000000000000".to_owned()),
        };
        let set = columns.iter().filter_map(|one| Some(format!("\"{}\" = '{}'", one.name, value(one)?)));
        let set: Vec<String> = set.collect();
        if !set.is_empty() {
            app.write(&format!("UPDATE {table} SET {}", set.join(", "))).await;
        }
    }
    let copy = person::copy(&app.caller::<LoggedIn>(), person, &TOLD).await.unwrap();
    for (table, ..) in copied() {
        let (heading, text) = (&copy[table]["heading"], copy[table]["rows"].to_string());
        assert!(heading.as_str().is_some_and(|heading| !heading.is_ascii()), "say in `copied` what {table} is called");
        assert!(!text.contains(&hash) && !text.contains("v1."), "{table}: {text}");
        for (column, value) in copy[table]["rows"][0].as_object().unwrap() {
            let is_read = value.is_string() || value.is_boolean() || COUNTS.contains(&column.as_str());
            assert!(is_read, "{table}.{column}: is {value} a moment or a count?");
            let name = copy[table]["columns"][column].as_str();
            let is_named = name.is_some_and(|name| !name.is_ascii());
            assert!(is_named, "say in `copied` what {table}.{column} is called, or that it is told never");
        }
    }
    app.close().await;
}
