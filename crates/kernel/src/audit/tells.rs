//! What people read for the codes and keys that entries tell, looked up for many of them at once.

use std::collections::{BTreeSet, HashMap};

use database::Id;
use serde_json::Value;

use crate::{
    Answer, Context, Problem, Programme, Word,
    access::{self, Actors},
    assessment::AssessmentConclusion,
    coded,
    export::ExportFormat,
    organisation::{founding::FoundingStep, platform::Rank, tree, worker_group},
    person::{
        erasing::erase::basis,
        reveal::{MaskedField, RevealPurpose},
    },
};

/// What a programme calls the codes that its acts tell.
#[derive(Clone, Copy)]
pub enum Tells {
    /// The word for a code under a key, `kind`; or only under that of what is about one thing, `members.state`.
    Code(&'static str, Word),
    /// A list of codes with their words that people keep, and the keys under which these stand.
    List(&'static [&'static str], for<'a> fn(&'a Context) -> Answer<'a, HashMap<String, String>>),
}

/// What the kernel calls its own.
pub const TELLS: &[Tells] = &[
    Tells::Code("format", |code| coded(code, ExportFormat::label)),
    Tells::Code("field", |code| coded(code, MaskedField::label)),
    Tells::Code("purpose", RevealPurpose::label),
    Tells::Code("basis", basis),
    Tells::Code("rank", |code| coded(code, Rank::label)),
    Tells::Code("conclusion", |code| coded(code, AssessmentConclusion::label)),
    Tells::Code("step", |code| coded(code, FoundingStep::label)),
    Tells::Code("source", source),
    Tells::List(&["group", "groups", "code"], groups),
    Tells::List(&["role", "role_id", "roles"], roles),
];

fn groups(context: &Context) -> Answer<'_, HashMap<String, String>> {
    Box::pin(async move { Ok(worker_group::labels(context.read()).await?) })
}

fn roles(context: &Context) -> Answer<'_, HashMap<String, String>> {
    Box::pin(access::roles::names(context))
}

fn source(code: &str) -> Option<&'static str> {
    match code {
        "ledger/note" => Some("手工登记"),
        "ledger/reversal" => Some("冲销"),
        _ => None,
    }
}

/// The keys that hold a union's key. What else entries name whoever reads them may not look up.
const UNIONS: [&str; 8] = ["organisation", "organisation_id", "parent_id", "of", "into", "to", "union", "unions"];

/// The keys that hold who acted.
const ACTORS: &[&str] = &["for"];

/// What the codes and keys of some entries stand for, as far as whoever reads them can know it.
pub(super) struct Codes<'a> {
    pub(super) programmes: &'a [Programme],
    pub(super) unions: HashMap<Id, String>,
    pub(super) lists: Vec<(&'static [&'static str], HashMap<String, String>)>,
}

impl<'a> Codes<'a> {
    /// Looks up what these entries tell: the lists that they speak of, and the unions in the caller's scope.
    ///
    /// # Errors
    /// A fault of the database.
    pub(super) async fn read(context: &'a Context, details: &[Value]) -> Result<Self, Problem> {
        let mut told = Vec::new();
        for detail in details {
            leaves("", detail, &mut told);
        }
        let keys: BTreeSet<&str> = told.iter().map(|(key, _)| *key).collect();
        let named = told.iter().filter(|(key, _)| UNIONS.contains(key));
        let named = named.filter_map(|(_, text)| text.parse().ok());
        let unions = tree::names_within(context.read(), context.scope(), named).await?;
        let programmes = context.house().programmes();
        let mut lists = Vec::new();
        for tells in programmes.iter().flat_map(|programme| programme.tells) {
            if let Tells::List(under, read) = tells
                && under.iter().any(|key| keys.contains(key))
            {
                lists.push((*under, read(context).await?));
            }
        }
        let actors = || told.iter().filter(|(key, _)| ACTORS.contains(key)).map(|(_, text)| *text);
        let named = Actors::of(context.read(), actors()).await?;
        lists.push((ACTORS, actors().map(|actor| (actor.to_owned(), named.label(actor))).collect()));
        Ok(Self { programmes, unions, lists })
    }

    /// What a text under a key stands for, in an entry about something.
    pub(super) fn word(&self, about: &str, key: &str, text: &str) -> Option<&str> {
        if UNIONS.contains(&key)
            && let Ok(id) = text.parse::<Id>()
        {
            return self.unions.get(&id).map(String::as_str);
        }
        let listed =
            || self.lists.iter().filter(|(under, _)| under.contains(&key)).find_map(|(_, list)| list.get(text));
        self.declared(about, key, text).or_else(|| listed().map(String::as_str))
    }

    /// The word that a programme declares for a code.
    fn declared(&self, about: &str, key: &str, code: &str) -> Option<&'static str> {
        let is_of =
            |named: &str| named == key || named.split_once('.').is_some_and(|(of, own)| (of, own) == (about, key));
        let coded = self.programmes.iter().flat_map(|programme| programme.tells).find_map(|tells| match tells {
            Tells::Code(named, word) if is_of(named) => word(code),
            _ => None,
        });
        coded.or_else(|| self.own_name(key, code))
    }

    /// What programmes call something that they bring.
    fn own_name(&self, key: &str, code: &str) -> Option<&'static str> {
        let programmes = || self.programmes.iter();
        match key {
            "action" => programmes().flat_map(|one| one.acts).find(|act| act.0 == code).map(|act| act.1),
            "purpose" => programmes().flat_map(|one| one.consents).find(|one| one.code == code).map(|one| one.label),
            "kind" | "kinds" | "fact_kind" | "counted" => {
                let exports = programmes().flat_map(|one| one.exports).find(|one| one.code == code);
                let facts = || programmes().flat_map(|one| one.fact_kinds).find(|one| one.code == code);
                exports.map(|one| one.label).or_else(|| facts().map(|one| one.label))
            }
            _ => None,
        }
    }
}

/// All that is told as text, each with the key that it stands under.
fn leaves<'a>(key: &'a str, value: &'a Value, found: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) => found.push((key, text.as_str())),
        Value::Array(all) => all.iter().for_each(|one| leaves(key, one, found)),
        Value::Object(all) => all.iter().for_each(|(key, one)| leaves(key, one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn all_that_is_told_as_text_is_found_under_the_key_that_it_stands_under() {
        let detail =
            json!({ "before": [{ "organisation_id": "8" }], "reason": null, "seats": 3, "unions": ["5", "6"] });
        let mut found = Vec::new();
        leaves("", &detail, &mut found);
        found.sort_unstable();
        assert_eq!(found, [("organisation_id", "8"), ("unions", "5"), ("unions", "6")]);
    }
}
