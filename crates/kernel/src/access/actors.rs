//! What the words that stand for actors in rows are called.

use std::collections::{BTreeSet, HashMap};

use database::{Connection, Id};
use sea_orm::{QuerySelect, entity::prelude::*};

use super::account;
use crate::{Actor, Problem};

/// Who the actors' words (`officer:…`, `worker:…`) stand for, for people who may know officers but no other member.
pub struct Actors(HashMap<Id, String>);

impl Actors {
    /// Looks the officers among the actors up.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn of<'a>(conn: &Connection, words: impl IntoIterator<Item = &'a str>) -> Result<Self, Problem> {
        let ids: BTreeSet<Id> = words.into_iter().filter_map(Actor::officer).collect();
        if ids.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let rows: Vec<(Id, String)> = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::Name])
            .filter(account::Column::Id.is_in(ids))
            .into_tuple()
            .all(conn)
            .await?;
        Ok(Self(rows.into_iter().collect()))
    }

    /// What people read for an actor.
    #[must_use]
    pub fn label(&self, word: &str) -> String {
        let named = Actor::officer(word).and_then(|id| self.0.get(&id).cloned());
        let kind = match word.split_once(':').map_or(word, |(kind, _)| kind) {
            "worker" | "nobody" => "本人",
            "token" => "其他系统",
            "officer" => "工会干部",
            _ => "系统",
        };
        named.unwrap_or_else(|| kind.to_owned())
    }
}
