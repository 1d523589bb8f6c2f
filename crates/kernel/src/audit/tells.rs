//! What people read for the codes and keys that entries tell, looked up for many of them at once.

use std::collections::{BTreeSet, HashMap};

use codes::document::DocumentKind;
use database::Id;
use serde_json::Value;

use crate::{
    Answer, Context, Problem, Programme, Word,
    access::{self, Actors},
    assessment::AssessmentConclusion,
    coded,
    export::ExportFormat,
    ledger::Tree,
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
    Tells::Code("people.kind", |code| DocumentKind::from_code(code).map(DocumentKind::label)),
    Tells::Code("purpose", RevealPurpose::label),
    Tells::Code("basis", basis),
    Tells::Code("rank", |code| coded(code, Rank::label)),
    Tells::Code("conclusion", |code| coded(code, AssessmentConclusion::label)),
    Tells::Code("step", |code| coded(code, FoundingStep::label)),
    Tells::Code("source", source),
    Tells::Code("tree", |code| coded(code, Tree::label)),
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
/// Whose the list of those is.
const KERNEL: &str = "kernel";

/// What an entry is about. Programmes use the same codes for different things, so whose act it is says which is meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// What comes before the point in the act's code, or the kind of what was exported.
    pub(super) of: &'a str,
    /// The name of the programme whose it is, if one declares it still.
    pub(super) programme: Option<&'static str>,
}

/// A list of codes with their words.
pub(super) struct List {
    /// The name of the programme that keeps it.
    pub(super) programme: &'static str,
    /// The keys under which its codes stand.
    pub(super) under: &'static [&'static str],
    pub(super) words: HashMap<String, String>,
}

/// What the codes and keys of some entries stand for, as far as whoever reads them can know it.
pub(super) struct Codes<'a> {
    pub(super) programmes: &'a [Programme],
    pub(super) unions: HashMap<Id, String>,
    pub(super) lists: Vec<List>,
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
        for one in programmes {
            for tells in one.tells {
                if let Tells::List(under, read) = tells
                    && under.iter().any(|key| keys.contains(key))
                {
                    lists.push(List { programme: one.name, under, words: read(context).await? });
                }
            }
        }
        let actors = || told.iter().filter(|(key, _)| ACTORS.contains(key)).map(|(_, text)| *text);
        let named = Actors::of(context.read(), actors()).await?;
        let words = actors().map(|actor| (actor.to_owned(), named.label(actor))).collect();
        lists.push(List { programme: KERNEL, under: ACTORS, words });
        Ok(Self { programmes, unions, lists })
    }

    /// What an act is about; `exported` is the kind of what was, if it is an export.
    pub(super) fn about<'e>(&self, action: &'e str, exported: Option<&'e str>) -> About<'e> {
        let of = action.split_once('.').map_or(action, |(of, _)| of);
        let mut programmes = self.programmes.iter();
        let (of, whose) = match exported.filter(|_| of == "exports") {
            Some(kind) => (kind, programmes.find(|one| one.exports.iter().any(|export| export.code == kind))),
            None => (of, programmes.find(|one| one.acts.iter().any(|act| act.0 == action))),
        };
        About { of, programme: whose.map(|one| one.name) }
    }

    /// What a text under a key stands for, in an entry about something.
    pub(super) fn word(&self, about: About<'_>, key: &str, text: &str) -> Option<&str> {
        if UNIONS.contains(&key)
            && let Ok(id) = text.parse::<Id>()
        {
            return self.unions.get(&id).map(String::as_str);
        }
        let is_own = |one: &&Programme| Some(one.name) == about.programme;
        let own = self.programmes.iter().filter(is_own);
        let others = self.programmes.iter().filter(|one| !is_own(one));
        own.chain(others).find_map(|one| self.word_of(one, about.of, key, text))
    }

    /// The word that a programme has for a code.
    fn word_of(&self, programme: &Programme, of: &str, key: &str, code: &str) -> Option<&str> {
        let is_of = |named: &str| named == key || named.split_once('.') == Some((of, key));
        let coded = programme.tells.iter().find_map(|tells| match tells {
            Tells::Code(named, word) if is_of(named) => word(code),
            _ => None,
        });
        let is_its = |list: &&List| list.programme == programme.name && list.under.contains(&key);
        let listed = || self.lists.iter().filter(is_its).find_map(|list| list.words.get(code)).map(String::as_str);
        coded.or_else(|| own_name(programme, key, code)).or_else(listed)
    }
}

/// What a programme calls something that it brings.
fn own_name(programme: &Programme, key: &str, code: &str) -> Option<&'static str> {
    match key {
        "action" => programme.acts.iter().find(|act| act.0 == code).map(|act| act.1),
        "permissions" => programme.permissions.iter().find(|one| one.code == code).map(|one| one.label),
        "code" => programme.rules.iter().find(|rule| rule.code == code).map(|rule| rule.label),
        "purpose" => programme.consents.iter().find(|one| one.code == code).map(|one| one.label),
        "kind" | "kinds" | "fact_kind" | "counted" => {
            let export = programme.exports.iter().find(|one| one.code == code).map(|one| one.label);
            export.or_else(|| programme.fact_kinds.iter().find(|one| one.code == code).map(|one| one.label))
        }
        _ => None,
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
