use std::collections::HashMap;

use database::{Connection, Id};
use sea_orm::{QueryOrder, entity::prelude::*};
use secret::masking;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Column, Entity, Model, erasing::erase::NAMELESS, paper, sealed};
use crate::{Context, Problem};

/// A person as lists show him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MaskedPerson)]
pub struct Masked {
    /// The key.
    pub id: Id,
    /// The name, masked.
    pub name: String,
    /// The first paper's number, masked.
    pub document: Option<String>,
    /// The mobile number, masked.
    pub phone: Option<String>,
    /// The worker group's code.
    pub worker_group: Option<String>,
    /// The organisation that looks after the person.
    pub organisation_id: Id,
}

/// People as lists show them, by their keys.
#[derive(Debug)]
pub struct People(pub HashMap<Id, Masked>);

impl People {
    /// Somebody's name; empty if there is no such record.
    #[must_use]
    pub fn name(&self, id: Id) -> String {
        self.0.get(&id).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// Somebody's mobile number.
    #[must_use]
    pub fn phone(&self, id: Id) -> Option<String> {
        self.0.get(&id).and_then(|person| person.phone.clone())
    }
}

/// Shows people masked. Who may see them is the caller's matter: the keys come from rows that were loaded in scope.
///
/// # Errors
/// A fault of the database.
pub async fn masked(
    conn: &Connection,
    context: &Context,
    ids: impl IntoIterator<Item = Id>,
) -> Result<People, Problem> {
    let ids: Vec<Id> = ids.into_iter().collect();
    let mut shown = HashMap::with_capacity(ids.len());
    for some in ids.chunks(1000) {
        let people = Entity::find().filter(Column::Id.is_in(some.iter().copied())).all(conn).await?;
        // The oldest paper comes last, so that it stays in the map.
        let query = paper::Entity::find().filter(paper::Column::PersonId.is_in(some.iter().copied()));
        let query = query.order_by_desc(paper::Column::Id);
        let papers: HashMap<Id, paper::Model> =
            query.all(conn).await?.into_iter().map(|paper| (paper.person_id, paper)).collect();
        for person in people {
            let masked = mask(context, &person, papers.get(&person.id));
            shown.insert(person.id, masked);
        }
    }
    Ok(People(shown))
}

/// A name, masked; the word that stands where a nameless person's was is nobody's.
pub(super) fn name(name: &str) -> String {
    if name == NAMELESS { name.to_owned() } else { masking::name(name) }
}

fn mask(context: &Context, person: &Model, paper: Option<&paper::Model>) -> Masked {
    Masked {
        id: person.id,
        name: name(&person.name),
        document: paper.map(|paper| sealed::masked_number(context, paper)),
        phone: sealed::masked_phone(context, person),
        worker_group: person.worker_group.clone(),
        organisation_id: person.organisation_id,
    }
}
