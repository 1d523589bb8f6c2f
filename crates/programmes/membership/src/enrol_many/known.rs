//! What is known of a chunk of newcomers before anything is written: who they are, and which of them are members.

use std::collections::{BTreeSet, HashMap};

use database::{Connection, Id};
use kernel::{Context, Problem, organisation, person};
use sea_orm::entity::prelude::*;

use super::{Foreseen, Sought, unions};
use crate::{
    approve::ended,
    rules::{
        approval::{Doubt, on_return},
        standing::Standing,
    },
    tables::member,
};

/// Someone whose paper is known.
pub(super) struct Someone {
    /// His key.
    pub id: Id,
    /// His name without interpuncts.
    pub name_key: String,
}

/// What is known.
pub(super) struct Known {
    /// People by their paper's blind index.
    pub people: HashMap<String, Someone>,
    /// Valid memberships and applications by person.
    pub members: HashMap<Id, member::Model>,
    /// How the earlier memberships of the others ended, where somebody must look.
    ended: HashMap<Id, Standing>,
    /// The unions, all in the caller's scope.
    pub unions: HashMap<Id, organisation::Model>,
}

pub(super) async fn look(conn: &Connection, context: &Context, newcomers: &[&Sought]) -> Result<Known, Problem> {
    let people = people(conn, context, newcomers).await?;
    let ids: Vec<Id> = people.values().map(|someone| someone.id).collect();
    let mut members = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(database::KEYS_AT_ONCE) {
        let query = member::Entity::find().filter(member::Column::ValidPersonId.is_in(ids.iter().copied()));
        members.extend(query.all(conn).await?.into_iter().map(|member| (member.person_id, member)));
    }
    let others: Vec<Id> = ids.into_iter().filter(|id| !members.contains_key(id)).collect();
    let ended = ended(conn, &others).await?;
    let query = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(unions(newcomers)))
        .filter(context.scope().within((organisation::Entity, organisation::Column::Id)));
    let unions = query.all(conn).await?.into_iter().map(|union| (union.id, union)).collect();
    Ok(Known { people, members, ended, unions })
}

/// The newcomers' indexes by what their papers may lie under: more than one index each while the key is rotated.
fn sought_under(context: &Context, newcomers: &[&Sought]) -> Vec<(String, String)> {
    let keyring = context.house().keyring();
    let mut all: Vec<_> =
        newcomers.iter().map(|sought| (sought.index.text.clone(), sought.index.text.clone())).collect();
    if keyring.looks_beside() {
        for sought in newcomers {
            let also = person::paper_indexes(keyring, &sought.newcomer.checked.document);
            let also = also.into_iter().filter(|index| *index != sought.index.text);
            all.extend(also.map(|index| (index, sought.index.text.clone())));
        }
    }
    all
}

async fn people(
    conn: &Connection,
    context: &Context,
    newcomers: &[&Sought],
) -> Result<HashMap<String, Someone>, Problem> {
    let mut holders = Vec::new();
    for some in sought_under(context, newcomers).chunks(database::KEYS_AT_ONCE) {
        let known_as: HashMap<&str, &str> =
            some.iter().map(|(under, index)| (under.as_str(), index.as_str())).collect();
        let query =
            person::paper::Entity::find().filter(person::paper::Column::NumberIndex.is_in(known_as.keys().copied()));
        holders.extend(
            query
                .all(conn)
                .await?
                .into_iter()
                .filter_map(|paper| Some(((*known_as.get(paper.number_index.as_str())?).to_owned(), paper.person_id))),
        );
    }
    let mut rows: HashMap<Id, person::Model> = HashMap::with_capacity(holders.len());
    let mut wanted: Vec<Id> = holders.iter().map(|(_, id)| *id).collect();
    // Whoever was merged into another is looked up again under that key; chains are short.
    while !wanted.is_empty() {
        let mut next = Vec::new();
        for ids in wanted.chunks(database::KEYS_AT_ONCE) {
            for row in person::Entity::find().filter(person::Column::Id.is_in(ids.iter().copied())).all(conn).await? {
                next.extend(row.merged_into.filter(|into| !rows.contains_key(into)));
                rows.insert(row.id, row);
            }
        }
        wanted = next;
    }
    let survivor = |mut id: Id| {
        while let Some(into) = rows.get(&id).and_then(|row| row.merged_into) {
            id = into;
        }
        rows.get(&id).map(|row| Someone { id: row.id, name_key: row.name_key.clone() })
    };
    Ok(holders.into_iter().filter_map(|(index, id)| Some((index, survivor(id)?))).collect())
}

/// What stands of a newcomer.
pub(super) enum Seen<'a> {
    /// Nobody knows his paper.
    Unknown,
    /// He is known, and no member.
    NoMember(Id),
    /// The same, and an officer must look before he becomes one again.
    InDoubt(Doubt),
    /// The paper is known under another name.
    NameDiffers,
    /// An application waits.
    Applied(&'a member::Model),
    /// He is a member of this union.
    Already(&'a member::Model),
    /// He is a member of another union.
    Elsewhere(&'a member::Model),
    /// The same, and a transfer waits already.
    TransferWaits(&'a member::Model),
}

impl From<Seen<'_>> for Foreseen {
    fn from(seen: Seen<'_>) -> Self {
        match seen {
            Seen::Unknown => Self::Join,
            Seen::NoMember(_) => Self::JoinKnown,
            Seen::InDoubt(doubt) => Self::InDoubt(doubt),
            Seen::NameDiffers => Self::NameDiffers,
            Seen::Applied(old) => Self::Applied(old.organisation_id),
            Seen::Already(_) => Self::Already,
            Seen::Elsewhere(old) => Self::Transfer(old.organisation_id),
            Seen::TransferWaits(old) => Self::TransferWaits(old.organisation_id),
        }
    }
}

impl Known {
    /// The unions at which they are members or applied.
    pub(super) fn homes(&self) -> BTreeSet<Id> {
        self.members.values().map(|member| member.organisation_id).collect()
    }

    /// What stands of one of the newcomers, which decides what enrolling him comes to.
    pub(super) fn seen(&self, Sought { newcomer, index }: &Sought) -> Seen<'_> {
        let Some(someone) = self.people.get(&index.text) else { return Seen::Unknown };
        if someone.name_key != codes::name::match_key(&newcomer.checked.name) {
            return Seen::NameDiffers;
        }
        let Some(old) = self.members.get(&someone.id) else {
            let doubt = self.ended.get(&someone.id).copied().and_then(on_return);
            return doubt.map_or(Seen::NoMember(someone.id), Seen::InDoubt);
        };
        match old.state {
            Standing::Applied => Seen::Applied(old),
            _ if old.organisation_id == newcomer.person.organisation_id => Seen::Already(old),
            Standing::TransferPending => Seen::TransferWaits(old),
            _ => Seen::Elsewhere(old),
        }
    }
}
