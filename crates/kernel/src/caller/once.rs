//! A call sent again changes nothing twice: its answer is kept, sealed, beside what it changed, under its
//! `Idempotency-Key`.

use std::collections::HashSet;

use database::{Moment, Unit};
use sea_orm::{ActiveValue::Set, EntityTrait, QuerySelect, entity::prelude::*};
use secret::Place;
use serde::{Serialize, de::DeserializeOwned};

use super::{Context, Sent};
use crate::{Fault, Problem, keys};

crate::refusals! {
    /// Why a call that was sent again is not answered as it was before.
    enum KeptRefusal {
        /// Something else was sent under the key (draft-ietf-httpapi-idempotency-key-header, 2.7). Nothing of it was done.
        OtherCall = 422 "key_used_otherwise"
            "这次提交的内容与上一次用同一编号提交的不同，没有办理。请刷新页面核对，再重新操作。",
        /// The answer was kept by another version of the program. Doing the work anew might do it twice.
        OtherForm = 409 "answered_before_update"
            "这次操作先前已经提交过，之后系统升级了，当时的结果无法再给出。请刷新页面核对，没有办成的请重新操作。",
    }
}

/// An answer that was given, kept so that it can be given again.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "given_answer")]
pub struct Model {
    /// SM3 of actor, operation and key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub fingerprint: String,
    /// Names the sealed answer's place.
    pub key: database::Id,
    /// The answer as JSON, below a line with what was sent, sealed together: whoever could read the latter would find by
    /// trying which phone number or password it is made of.
    pub answer: String,
    /// When it was given; answers older than a day are swept.
    pub given_at: Moment,
}

database::plain_table!();

/// The answer that was given to this call before, as JSON, if it was.
pub(super) async fn given(unit: &Unit, context: &Context) -> Result<Option<String>, Problem> {
    let Some(fingerprint) = context.fingerprint() else { return Ok(None) };
    let Some(given) = Entity::find_by_id(fingerprint).one(unit).await? else { return Ok(None) };
    let kept = keys::open(context, place(given.key), &given.answer)?;
    // JSON has no line breaks: what an older program kept is the answer alone.
    let (before, answer) = kept.split_once('\n').unwrap_or(("", kept.as_str()));
    let now = context.sent.as_ref().map_or("", Sent::as_text);
    if !before.is_empty() && !now.is_empty() && before != now {
        return Err(KeptRefusal::OtherCall.into());
    }
    Ok(Some(answer.to_owned()))
}

/// An answer from its JSON. What stands in it is not told to the log: it may be a log-in's secret.
pub(super) fn read<T: DeserializeOwned>(given: &str) -> Result<T, Problem> {
    serde_json::from_str(given).map_err(|err| {
        tracing::warn!(kind = ?err.classify(), column = err.column(), "a kept answer is of another form");
        KeptRefusal::OtherForm.into()
    })
}

/// Keeps an answer under the call's key, if it has one.
pub(super) fn keep(unit: &Unit, context: &Context, answer: &impl Serialize) -> Result<(), Problem> {
    let Some(fingerprint) = context.fingerprint() else { return Ok(()) };
    let text = serde_json::to_string(answer).map_err(|err| Fault::Stored(format!("an answer to keep: {err}")))?;
    keep_text(unit, context, fingerprint, &text)
}

fn keep_text(unit: &Unit, context: &Context, fingerprint: String, text: &str) -> Result<(), Problem> {
    let key = context.id();
    let kept = format!("{}\n{text}", context.sent.as_ref().map_or("", Sent::as_text));
    let sealed = context.house.keyring().seal(place(key), &kept, context.house.ambient().bytes());
    let row = ActiveModel {
        fingerprint: Set(fingerprint),
        key: Set(key),
        answer: Set(sealed),
        given_at: Set(context.now.into()),
    };
    database::insert::<Entity>(unit, row)?;
    Ok(())
}

/// Takes a kept answer away.
pub(super) async fn forget(unit: &Unit, fingerprint: &str) -> Result<(), Problem> {
    Entity::delete_by_id(fingerprint).exec(unit).await?;
    Ok(())
}

/// Which of these fingerprints have an answer.
pub(super) async fn kept(unit: &Unit, fingerprints: Vec<String>) -> Result<HashSet<String>, Problem> {
    let query = Entity::find().select_only().column(Column::Fingerprint);
    let found: Vec<String> = query.filter(Column::Fingerprint.is_in(fingerprints)).into_tuple().all(unit).await?;
    Ok(found.into_iter().collect())
}

fn place(key: database::Id) -> Place<'static> {
    Place { table: "given_answer", column: "answer", row_key: key.0 }
}
