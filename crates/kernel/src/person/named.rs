//! Whom the rows of a file name.

use std::collections::HashMap;

use codes::document::{self, Document};
use database::{Connection, Id};
use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, find_by_documents};
use crate::{Context, Problem};

/// Somebody as a row of a file names him.
#[derive(Debug, Clone, Default)]
pub struct Naming {
    /// The name as typed.
    pub name: String,
    /// The number of his mobile phone or of a paper, as typed.
    pub number: String,
}

/// Those whom rows name, in the rows' order: the one in the caller's scope who has this number and bears this name. Nobody
/// where either is not his, so that nobody learns of a number whose it is, nor where two have both.
///
/// # Errors
/// A fault of the database.
pub async fn named(conn: &Connection, context: &Context, rows: &[Naming]) -> Result<Vec<Option<Model>>, Problem> {
    let keyring = context.house().keyring();
    let mut all = Vec::with_capacity(rows.len());
    for some in rows.chunks(database::KEYS_AT_ONCE) {
        let phone = |row: &Naming| Some(keyring.blind_indexes("phone", &codes::phone::normalise(&row.number).ok()?));
        let phones: Vec<Option<Vec<String>>> = some.iter().map(phone).collect();
        let paper = |row: &Naming| document::recognise(&row.number, context.today());
        let papers: Vec<Option<Document>> = some.iter().map(paper).collect();
        let documents: Vec<Document> = papers.iter().flatten().cloned().collect();
        let mut found = find_by_documents(conn, keyring, &documents).await?.into_iter();
        let holder = |paper: &Option<Document>| paper.as_ref().and_then(|_| found.next().flatten());
        let holders: Vec<Option<Id>> = papers.iter().map(holder).collect();
        let living = || {
            let within = context.scope().within((Entity, Column::OrganisationId));
            Entity::find().filter(within).filter(Column::MergedInto.is_null())
        };
        let callable = phones.iter().flatten().flatten().map(String::as_str);
        let by_phone = living().filter(Column::PhoneIndex.is_in(callable)).all(conn).await?;
        let by_paper = living().filter(Column::Id.is_in(holders.iter().flatten().copied())).all(conn).await?;
        let people: HashMap<Id, Model> =
            by_phone.into_iter().chain(by_paper).map(|person| (person.id, person)).collect();
        for ((row, phone), holder) in some.iter().zip(&phones).zip(holders) {
            let key = codes::name::match_key(&row.name);
            let has = |person: &&Model| match phone {
                Some(indexes) => person.phone_index.as_ref().is_some_and(|index| indexes.contains(index)),
                None => holder == Some(person.id),
            };
            let mut meant = people.values().filter(|person| !key.is_empty() && person.name_key == key).filter(has);
            all.push(meant.next().filter(|_| meant.next().is_none()).cloned());
        }
    }
    Ok(all)
}
