//! What the programmes keep about a person, for the copy that he may take (个人信息保护法 art. 45): every row of every table
//! that holds his key, so that no programme can forget one. People read it, and other systems take it in.

use std::collections::{BTreeSet, HashMap};

use database::{Id, Moment, catalog};
use sea_orm::{ConnectionTrait, FromQueryResult, JsonValue, Statement};
use serde_json::{Map, Value, json};

use crate::{
    Context, Problem, Word, keys, ledger,
    organisation::{tree, worker_group},
    site,
};

/// The columns that lead to a person; no table has two of them.
pub const PERSON_COLUMNS: [&str; 3] = ["person_id", "giver_id", "seen_by"];
/// Last words of the names of columns that are for the program alone: secrets, their hashes, blind indexes, what keeps
/// something from being done twice, counters, and who acted, since that may be another person's key; and officers' notes, which
/// they write for each other.
const MUTE: [&str; 14] = [
    "hash", "index", "sealed", "token", "secret", "once", "as", "slot", "version", "position", "batch", "actor", "by",
    "note",
];
/// Last words of the names of columns that hold moments.
const MOMENTS: [&str; 3] = ["at", "from", "until"];

/// How a programme's table is told in the copy.
#[derive(Debug, Clone, Copy)]
pub struct Copied {
    /// The table.
    pub table: &'static str,
    /// What it holds of a person, as people read it.
    pub heading: &'static str,
    /// Its columns that hold codes.
    pub words: &'static [(&'static str, Word)],
}

/// How the kernel's own tables are told.
pub(crate) const COPIED: &[Copied] = &[
    Copied { table: "ledger_merge", heading: "已并入本人档案的重复档案", words: &[] },
    Copied { table: "person_erasure", heading: "个人信息删除记录", words: &[] },
    Copied { table: "session", heading: "登录记录", words: &[] },
];

/// All rows about a person and those who turned out to be him, by table, under the heading that its programme declares.
/// Sealed words are opened; the tables that `told` names are left out. The caller is the person himself.
///
/// # Errors
/// A fault of the database.
pub async fn copy(context: &Context, person: Id, told: &[&str]) -> Result<Map<String, Value>, Problem> {
    let conn = context.read();
    let keys: Vec<String> = ledger::all_of(conn, person).await?.iter().map(ToString::to_string).collect();
    let mut found = Vec::new();
    for column in PERSON_COLUMNS {
        for table in catalog::tables_with(conn, column).await? {
            if told.contains(&table.as_str()) {
                continue;
            }
            let sql = format!("SELECT * FROM \"{table}\" WHERE \"{column}\" IN ({})", keys.join(", "));
            let asked = Statement::from_string(conn.get_database_backend(), sql);
            let rows = JsonValue::find_by_statement(asked).all(conn).await?;
            if !rows.is_empty() {
                found.push((table, rows));
            }
        }
    }
    let names = Names::of(context, &found).await?;
    let section = |(table, rows): (String, Vec<Value>)| {
        let mut all = context.house().programmes().iter().flat_map(|programme| programme.copied);
        let copied = all.find(|copied| copied.table == table);
        let words = copied.map(|copied| copied.words).unwrap_or_default();
        let rows: Vec<Value> = rows.into_iter().map(|row| names.plain(context, (&table, words), row)).collect();
        let section = json!({ "heading": copied.map_or(&*table, |copied| copied.heading), "rows": rows });
        (table, section)
    };
    Ok(found.into_iter().map(section).collect())
}

/// Sealed words of a row, opened.
fn opened(context: &Context, table: &str, row: &Map<String, Value>) -> Map<String, Value> {
    let mut opened = Map::new();
    let sealed = context.house().programmes().iter().flat_map(|programme| programme.sealed);
    for sealed in sealed.filter(|sealed| sealed.table == table && !sealed.large) {
        let keys: Option<Vec<i64>> = sealed.keys.iter().map(|key| row.get(*key)?.as_i64()).collect();
        if let (Some(keys), Some(text)) =
            (keys, row.get(sealed.column).and_then(Value::as_str).filter(|text| !text.is_empty()))
        {
            let words = keys::told(context, sealed.place_of(&keys), text);
            opened.insert(sealed.place.to_owned(), words.into());
        }
    }
    opened
}

/// What the keys and codes in rows are called.
struct Names {
    /// Organisations and sites.
    places: HashMap<Id, String>,
    /// Worker groups.
    groups: HashMap<String, String>,
}

impl Names {
    async fn of(context: &Context, found: &[(String, Vec<Value>)]) -> Result<Self, Problem> {
        let columns = found.iter().flat_map(|(_, rows)| rows).filter_map(Value::as_object).flatten();
        let keys = columns.filter(|(name, _)| name.ends_with("_id")).filter_map(|(_, value)| value.as_i64());
        let keys: Vec<Id> = keys.map(Id).collect::<BTreeSet<_>>().into_iter().collect();
        let mut places = tree::names(context.read(), keys.iter().copied()).await?;
        places.extend(site::known(context, &keys).await?.into_values().map(|site| (site.id, site.name)));
        Ok(Self { places, groups: worker_group::labels(context.read()).await? })
    }

    fn label(&self, words: &[(&str, Word)], column: &str, code: &str) -> Option<&str> {
        if column == "worker_group" {
            return self.groups.get(code).map(String::as_str);
        }
        let (_, word) = words.iter().find(|(coded, _)| *coded == column)?;
        word(code)
    }

    /// A row of a table as people read it, codes in words, and without what tells nobody anything.
    fn plain(&self, context: &Context, (table, words): (&str, &[(&str, Word)]), row: Value) -> Value {
        let Value::Object(row) = row else { return row };
        let mut plain = opened(context, table, &row);
        for (name, value) in row {
            let end = name.rsplit('_').next().unwrap_or_default();
            let label = value.as_str().and_then(|code| self.label(words, &name, code));
            let told = match (label, value.as_i64()) {
                (Some(label), _) => label.into(),
                _ if value.is_null() || value.is_array() || MUTE.contains(&end) => continue,
                (_, Some(micros)) if MOMENTS.contains(&end) => Moment(micros).to_string().into(),
                // Keys are longer than what a reader of JSON takes for a number.
                (_, Some(key)) if end == "id" => {
                    if let Some(place) = self.places.get(&Id(key)) {
                        plain.insert(name.trim_end_matches("_id").to_owned(), place.as_str().into());
                    }
                    key.to_string().into()
                }
                _ => value,
            };
            plain.insert(name, told);
        }
        plain.into()
    }
}
