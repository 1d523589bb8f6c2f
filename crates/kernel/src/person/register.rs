use std::collections::HashMap;

use chrono::NaiveDate;
use codes::document::{Document, DocumentKind};
use database::{Connection, Id, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use secret::Keyring;
use serde::{Deserialize, Serialize};

use super::{ActiveModel, Entity, paper, sealed};
use crate::{Context, Fault, Problem, problem::Wrong};

/// A person as handed in.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The name as typed.
    pub name: String,
    /// The kind of paper.
    pub document_kind: DocumentKind,
    /// The paper's number as typed.
    pub document_number: String,
    /// The mobile number as typed.
    pub phone: Option<String>,
    /// The worker group's code; the caller has checked it.
    pub worker_group: Option<String>,
    /// The organisation that looks after the person.
    pub organisation_id: Id,
}

/// Who was found or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The person's key.
    pub id: Id,
    /// Whether the paper was known before.
    pub existing: bool,
}

/// A person's checked normal forms.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The name.
    pub name: String,
    /// The paper.
    pub document: Document,
    /// The mobile number.
    pub phone: Option<String>,
}

/// Checks what was typed and brings it to its normal form.
///
/// # Errors
/// 422 that names each field, as `name`, `document_number`, `phone`.
pub fn check(new: &NewPerson, today: NaiveDate) -> Result<Checked, Problem> {
    let mut wrong = Wrong::default();
    let name = codes::name::normalise(&new.name).map_err(|err| wrong.tell("name", err.code(), err.message()));
    let document = codes::document::parse(new.document_kind, &new.document_number, today)
        .map_err(|err| wrong.tell("document_number", err.code(), err.message()));
    let phone = new.phone.as_deref().filter(|phone| !phone.trim().is_empty()).map(codes::phone::normalise);
    let phone = phone.transpose().map_err(|err| wrong.tell("phone", err.code(), err.message()));
    match (name, document, phone) {
        (Ok(name), Ok(document), Ok(phone)) => Ok(Checked { name, document, phone }),
        _ => Err(Problem::invalid(wrong.0)),
    }
}

/// The blind index under which a paper is written down now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperIndex {
    /// The index.
    pub text: String,
    /// The version that was current before it was made.
    version: u16,
}

/// The blind index under which a paper is written down now.
#[must_use]
pub fn paper_index(keyring: &Keyring, document: &Document) -> PaperIndex {
    let version = keyring.current();
    PaperIndex { text: keyring.blind_index("paper", &indexed(document)), version }
}

/// All blind indexes under which a paper may be found: more than one while the key is rotated.
#[must_use]
pub fn paper_indexes(keyring: &Keyring, document: &Document) -> Vec<String> {
    keyring.blind_indexes("paper", &indexed(document))
}

fn indexed(document: &Document) -> String {
    format!("{}:{}", document.kind.code(), document.number)
}

/// The person who holds this paper, whichever union knows him.
///
/// # Errors
/// A fault of the database.
pub async fn find_by_document(conn: &Connection, keyring: &Keyring, document: &Document) -> Result<Option<Id>, Fault> {
    Ok(find_by_documents(conn, keyring, std::slice::from_ref(document)).await?.into_iter().next().flatten())
}

/// The people who hold these papers (at most a thousand), in the papers' order, whichever union knows them.
///
/// # Errors
/// A fault of the database.
pub async fn find_by_documents(
    conn: &Connection,
    keyring: &Keyring,
    documents: &[Document],
) -> Result<Vec<Option<Id>>, Fault> {
    let indexes: Vec<Vec<String>> = documents.iter().map(|document| paper_indexes(keyring, document)).collect();
    let query =
        paper::Entity::find().filter(paper::Column::NumberIndex.is_in(indexes.iter().flatten().map(String::as_str)));
    let papers = query.all(conn).await?.into_iter().map(|paper| (paper.number_index, paper.person_id));
    let holders: HashMap<String, Id> = papers.collect();
    Ok(indexes.iter().map(|indexes| indexes.iter().find_map(|index| holders.get(index).copied())).collect())
}

/// Finds the person by his paper, or writes him down.
///
/// # Errors
/// 422 that names each field that can't be taken.
pub async fn register(unit: &Unit, context: &Context, new: &NewPerson) -> Result<Registered, Problem> {
    let checked = check(new, context.today())?;
    if let Some(id) = find_by_document(unit, context.house().keyring(), &checked.document).await? {
        return Ok(Registered { id, existing: true });
    }
    Ok(Registered { id: write_down(unit, context, new, &checked)?, existing: false })
}

/// Writes a person down whose paper nobody was found to hold, and answers his key.
///
/// # Errors
/// A fault of the program.
pub fn write_down(unit: &Unit, context: &Context, new: &NewPerson, checked: &Checked) -> Result<Id, Problem> {
    let index = paper_index(context.house().keyring(), &checked.document);
    let (person, paper) = rows(context, new, checked, &index);
    let id = *person.id.as_ref();
    database::insert::<Entity>(unit, person)?;
    database::insert::<paper::Entity>(unit, paper)?;
    Ok(id)
}

/// The rows of a person not known before, for those who write many at once; `index` is his paper's.
#[must_use]
pub fn rows(
    context: &Context,
    new: &NewPerson,
    checked: &Checked,
    index: &PaperIndex,
) -> (ActiveModel, paper::ActiveModel) {
    let keyring = context.house().keyring();
    let (id, paper_id) = (context.id(), context.id());
    let phone = checked.phone.as_deref();
    let person = ActiveModel {
        id: Set(id),
        name: Set(checked.name.clone()),
        name_key: Set(codes::name::match_key(&checked.name)),
        organisation_id: Set(new.organisation_id),
        worker_group: Set(new.worker_group.clone()),
        birth_date: Set(checked.document.birth),
        phone_sealed: Set(phone.map(|phone| sealed::seal_phone(context, id, phone))),
        phone_index: Set(phone.map(|phone| keyring.blind_index("phone", phone))),
        phone_lost_at: Set(None),
        merged_into: Set(None),
        version: Set(1),
    };
    let paper = paper::ActiveModel {
        id: Set(paper_id),
        person_id: Set(id),
        kind: Set(checked.document.kind.code().to_owned()),
        number_sealed: Set(sealed::seal_number(context, paper_id, &checked.document.number)),
        // If the version was raised meanwhile, the number may be sealed under the newer one, and then nobody would look
        // for the older index any more.
        number_index: Set(if keyring.current() == index.version {
            index.text.clone()
        } else {
            paper_index(keyring, &checked.document).text
        }),
        valid_from: Set(None),
        valid_to: Set(None),
    };
    (person, paper)
}
