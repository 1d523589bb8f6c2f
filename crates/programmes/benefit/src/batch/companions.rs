//! Those who come along: their names and numbers are sealed, shown masked, and forgotten some time after the batch. A child
//! below fourteen comes by a guardian's consent.

use std::collections::HashMap;

use chrono::NaiveDate;
use codes::{document, document::DocumentKind, name, phone};
use database::{Connection, Id, Unit};
use kernel::{
    Answer, Context, Problem, audit, consent, keys,
    outbox::JobKind,
    problem::Wrong,
    rulebook::{self, Stretch},
};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};
use secret::{Place, masking};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::guardian::GUARDED_BELOW;
use crate::{
    programme::COMPANION_DAYS,
    rules::batch::last_day,
    tables::{batch, claim, companion, seat},
};

pub use crate::tables::companion::CompanionNumber;

/// The daily look for those whose batch is long over.
pub const JOB: JobKind = JobKind::new("benefit_companions", 1, |context, _| Box::pin(sweep(context))).every(86_400);

/// Somebody who comes along, as he is typed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewCompanion {
    /// His name.
    #[schema(max_length = 50)]
    pub name: String,
    /// What the number is.
    pub number_kind: CompanionNumber,
    /// The number.
    #[schema(max_length = 40)]
    pub number: String,
    /// The day of birth, where the number doesn't tell it: it says whether a guardian must agree, and is not kept.
    #[serde(default)]
    pub birth_date: Option<NaiveDate>,
}

/// Somebody who comes along, as he is kept.
pub(super) struct Along {
    name: String,
    number_kind: CompanionNumber,
    number: String,
    /// Whether his guardian must agree.
    pub is_child: bool,
}

/// Somebody who comes along, as lists show him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MaskedCompanion {
    /// His name, masked.
    pub name: String,
    /// His number, masked.
    pub number: String,
    /// Of a child below fourteen: that he is one, and when his guardian agreed to which text, in words.
    pub guardian_label: Option<String>,
}

/// Reads what was typed into the forms that are kept.
///
/// # Errors
/// 422 that names each field, as `companions.0.name`.
pub(super) fn read(context: &Context, typed: &[NewCompanion]) -> Result<Vec<Along>, Problem> {
    let today = context.today();
    let (mut read, mut wrong) = (Vec::with_capacity(typed.len()), Wrong::default());
    for (at, one) in typed.iter().enumerate() {
        let name = name::normalise(&one.name)
            .map_err(|err| wrong.tell(&format!("companions.{at}.name"), err.code(), err.message()));
        let number = match one.number_kind {
            CompanionNumber::Phone => {
                let parsed = phone::normalise(&one.number).map(|number| (number, one.birth_date));
                parsed.map_err(|err| (err.code(), err.message()))
            }
            CompanionNumber::CitizenNumber => {
                let parsed = document::parse(DocumentKind::CitizenNumber, &one.number, today);
                parsed.map(|read| (read.number, read.birth)).map_err(|err| (err.code(), err.message()))
            }
        };
        let number = number.map_err(|(code, message)| wrong.tell(&format!("companions.{at}.number"), code, message));
        let told = match number {
            Ok((_, None)) => Some("请填写出生日期，只用来判断是否未满14周岁，不保存。"),
            Ok((_, Some(birth))) if birth > today => Some("出生日期在今天之后，请核对。"),
            _ => None,
        };
        if let Some(told) = told {
            wrong.tell(&format!("companions.{at}.birth_date"), "birth_date", told);
        }
        if let (Ok(name), Ok((number, Some(birth)))) = (name, number) {
            let is_child = document::age_on(birth, today) < GUARDED_BELOW;
            read.push(Along { name, number_kind: one.number_kind, number, is_child });
        }
    }
    wrong.refuse().map(|()| read)
}

fn place(column: &'static str, id: Id) -> Place<'static> {
    Place { table: "benefit_companion", column, row_key: id.0 }
}

/// Writes those who come along with a seat, the children among them by a guardian's consent.
///
/// # Errors
/// A fault of the database.
pub(super) async fn write(
    unit: &Unit,
    context: &Context,
    seat: &seat::Model,
    (companions, consent): (&[Along], Option<Id>),
) -> Result<(), Problem> {
    let house = context.house();
    let seal = |column, id, text: &str| house.keyring().seal(place(column, id), text, house.ambient().bytes());
    let row = |one: &Along| {
        let id = context.id();
        companion::ActiveModel {
            id: Set(id),
            claim_id: Set(seat.claim_id),
            batch_id: Set(seat.batch_id),
            organisation_id: Set(seat.organisation_id),
            name_sealed: Set(seal("name", id, &one.name)),
            number_kind: Set(one.number_kind),
            number_sealed: Set(seal("number", id, &one.number)),
            consent_id: Set(consent.filter(|_| one.is_child)),
        }
    };
    database::insert_all::<companion::Entity>(unit, companions.iter().map(row).collect()).await?;
    Ok(())
}

/// Those who come along with some claims, masked; the caller has loaded the claims in his scope.
///
/// # Errors
/// A fault of the database.
pub(super) async fn masked(
    conn: &Connection,
    context: &Context,
    claims: &[Id],
) -> Result<HashMap<Id, Vec<MaskedCompanion>>, Problem> {
    let found = companion::Entity::find()
        .filter(companion::Column::ClaimId.is_in(claims.iter().copied()))
        .order_by_asc(companion::Column::Id)
        .all(conn)
        .await?;
    let given = found.iter().filter_map(|one| one.consent_id);
    let given = consent::Entity::find().filter(consent::Column::Id.is_in(given)).all(conn).await?;
    let guardian = |key: Id| {
        let given = given.iter().find(|given| given.id == key)?;
        let at = calendar::beijing_minute(given.given_at.at());
        Some(format!("未满14周岁，监护人{at}同意（告知书{}版）", given.version))
    };
    let mut of: HashMap<Id, Vec<MaskedCompanion>> = HashMap::new();
    for one in found {
        let shown = |column, sealed: &str, mask: fn(&str) -> String| {
            keys::open(context, place(column, one.id), sealed)
                .map_or_else(|_| keys::UNREADABLE.to_owned(), |plain| mask(&plain))
        };
        let mask = match one.number_kind {
            CompanionNumber::CitizenNumber => masking::document_number,
            CompanionNumber::Phone => masking::phone,
        };
        let name = shown("name", &one.name_sealed, masking::name);
        let number = shown("number", &one.number_sealed, mask);
        of.entry(one.claim_id).or_default().push(MaskedCompanion {
            name,
            number,
            guardian_label: one.consent_id.and_then(guardian),
        });
    }
    Ok(of)
}

/// What the kernel calls in the unit that makes a person nameless: who came along with him is forgotten.
pub fn forget<'a>(unit: &'a Unit, _: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let own = claim::Entity::find().select_only().column(claim::Column::Id);
        let own = own.filter(claim::Column::PersonId.eq(person)).into_query();
        let with_him = companion::Entity::delete_many().filter(companion::Column::ClaimId.in_subquery(own));
        with_him.exec(unit).await?;
        Ok(())
    })
}

async fn sweep(context: &Context) -> Result<(), Problem> {
    for stretch in rulebook::stretches(context.read(), context, &COMPANION_DAYS).await? {
        forget_old(context, &stretch).await?;
    }
    Ok(())
}

async fn forget_old(context: &Context, stretch: &Stretch) -> Result<(), Problem> {
    let before = last_day(context.today(), stretch.value);
    let over = batch::Entity::find().select_only().column(batch::Column::Id);
    let over = over.filter(batch::Column::EndsOn.lt(before)).into_query();
    let place = (companion::Entity, companion::Column::OrganisationId);
    let theirs = stretch.holds_at(place).add(companion::Column::BatchId.in_subquery(over));
    let theirs = &theirs;
    if companion::Entity::find().filter(theirs.clone()).one(context.read()).await?.is_none() {
        return Ok(());
    }
    context
        .unit(|unit| async move {
            let gone = companion::Entity::delete_many().filter(theirs.clone()).exec(&unit).await?.rows_affected;
            let detail = json!({ "companions": gone, "days": stretch.value });
            audit::record(&unit, context, ("benefits.forget_companions", "benefit/companion", None), None, detail).await
        })
        .await
}
