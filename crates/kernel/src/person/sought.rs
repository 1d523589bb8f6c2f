//! Whom somebody means by what he typed into the search of a list about people.

use codes::document::{self, Document, DocumentKind};
use database::Id;
use sea_orm::{Condition, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::SelectStatement};

use super::{Column, Entity, misses, paper, paper_indexes, with_phone};
use crate::{Context, Problem};

/// The filter for `person`, the column of a list that holds a person's key. Numbers are sought whole, by their blind index;
/// anything else is a part of a name. `rows` are those of the list that the caller may see.
///
/// # Errors
/// [`SearchRefusal`](super::SearchRefusal); a fault of the database.
pub async fn sought<E: EntityTrait>(
    context: &Context,
    rows: Select<E>,
    person: E::Column,
    text: &str,
) -> Result<Condition, Problem> {
    let holders = holders(context, text);
    let has_digits = codes::text::compact(text).contains(|sign: char| sign.is_ascii_digit());
    // Some passports are letters only, as names are.
    let is_name = holders.is_none() || !has_digits;
    let named = is_name.then(|| {
        let named = Column::NameKey.contains(codes::name::match_key(text));
        person.in_subquery(Entity::find().select_only().column(Column::Id).filter(named).into_query())
    });
    let Some((holders, is_meant)) = holders else { return Ok(Condition::any().add_option(named)) };
    let held = person.in_subquery(holders.clone());
    if has_digits && is_meant {
        // Whom the caller's unions look after was found, though a list's other filters leave him out; and so was he whom the
        // list shows, though others look after him by now.
        let within = context.scope().within((Entity, Column::OrganisationId));
        let known = Entity::find().filter(Column::Id.in_subquery(holders)).filter(within);
        misses::count(context, &[first(known), first(rows.filter(held.clone()))]).await?;
    }
    Ok(Condition::any().add_option(named).add(held))
}

/// Whether the number that an officer read off a paper is one of the person's. A wrong one counts as a search that finds
/// nobody: with it one could try numbers just as well.
///
/// # Errors
/// [`SearchRefusal`](super::SearchRefusal); a fault of the database.
pub async fn holds(context: &Context, person: Id, number: &str) -> Result<bool, Problem> {
    let Some(document) = document::recognise(number, context.today()) else { return Ok(false) };
    let indexes = paper_indexes(context.house().keyring(), &document);
    let his = paper::Entity::find().filter(paper::Column::PersonId.eq(person));
    is_found(context, his.filter(paper::Column::NumberIndex.is_in(indexes))).await
}

/// Whether anybody has a mobile number, in normal form, who is none of `but`, a question for people's keys: of those the caller
/// must not learn. Where nobody is left it counts as a search that finds nobody. Not to be asked within a unit.
///
/// # Errors
/// [`SearchRefusal`](super::SearchRefusal); a fault of the database.
pub async fn has_phone(context: &Context, phone: &str, but: SelectStatement) -> Result<bool, Problem> {
    is_found(context, with_phone(context, phone).filter(Column::Id.not_in_subquery(but))).await
}

async fn is_found<E: EntityTrait>(context: &Context, rows: Select<E>) -> Result<bool, Problem> {
    let found = first(rows);
    misses::count(context, std::slice::from_ref(&found)).await?;
    Ok(context.read().query_one(&found).await?.is_some())
}

fn first<E: EntityTrait>(rows: Select<E>) -> SelectStatement {
    rows.limit(1).into_query()
}

/// The keys of those who hold what reads as a whole number, and whether it was meant as one; nothing if it reads as none.
/// Eleven digits are a phone's.
fn holders(context: &Context, text: &str) -> Option<(SelectStatement, bool)> {
    let keyring = context.house().keyring();
    if let Ok(phone) = codes::phone::normalise(text) {
        let indexes = keyring.blind_indexes("phone", &phone);
        let holders = Entity::find().select_only().column(Column::Id).filter(Column::PhoneIndex.is_in(indexes));
        return Some((holders.into_query(), true));
    }
    let parse = |kind| document::parse(kind, text, context.today()).ok();
    let read: Vec<Document> = DocumentKind::ALL.into_iter().filter_map(parse).collect();
    // Digits that could only be a passport's of unusual build are more often a part of a number, which finds nobody.
    let is_meant = document::detect(text).is_some_and(|kind| read.iter().any(|document| document.kind == kind));
    let indexes: Vec<String> = read.iter().flat_map(|document| paper_indexes(keyring, document)).collect();
    let holders = paper::Entity::find().select_only().column(paper::Column::PersonId);
    (!indexes.is_empty()).then(|| (holders.filter(paper::Column::NumberIndex.is_in(indexes)).into_query(), is_meant))
}
