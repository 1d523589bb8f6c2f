//! A filter in words. Each kind of export says what people call each field of its list's filter, and what they read for the
//! value; the log keeps the codes.

use std::str::FromStr;

use chrono::NaiveDate;
use database::Id;
use sea_orm::entity::prelude::*;
use serde_json::Value;

use super::ExportKind;
use crate::{
    Answer, Context, Problem,
    organisation::{self, worker_group},
};

/// A field of a filter: what people call it, and what they read for its value.
#[derive(Clone, Copy)]
pub struct Word(pub &'static str, pub Says);

/// What people read for a value. A code or a key that nobody knows any more stands as it is kept.
#[derive(Clone, Copy)]
pub enum Says {
    /// The value, a day as they write it, 是 or 否.
    Plain,
    /// The word for a code.
    Code(crate::Word),
    /// What is called so, for each of some keys with commas between them.
    Name(Called),
    /// The same where it may be foreign: it is named if a row in the caller's scope is of it.
    Row(Called),
    /// Nothing, as it leaves no row out.
    Nothing,
}

/// What a key or a code is called.
pub type Called = for<'a> fn(&'a Context, &'a str) -> Answer<'a, Option<String>>;

/// That a text was sought, never which.
pub const SOUGHT: Word = Word("按文字查找", Says::Plain);
/// The top of the rows.
pub const ORGANISATION: Word = Word("单位", Says::Name(|context, id| Box::pin(place(context, id))));
/// Worker groups by their codes, `-` for rows without one.
pub const GROUP: Word = Word("职工群体", Says::Name(|context, code| Box::pin(group(context, code))));

/// The words of an [`ExportKind`](crate::export::ExportKind) for its list's filter, of which no field may be left out: one that
/// lists have in common by its name alone; else with what it is called, and if the value is no word yet, `as` what type of
/// code, `in` which table's column, or `=` what it [`Says`](crate::export::words::Says).
#[macro_export]
macro_rules! filter_words {
    ($filter:ident { $(
        $field:ident $(: $label:literal $(as $code:ident)? $(in $table:ident.$column:ident)? $(= $says:expr)?)?
    ),+ $(,)? }) => {{
        // Whoever adds a field to the filter is told here.
        const _: fn($filter) = |$filter { $($field: _),+ }| ();
        &[$((
            stringify!($field),
            $crate::filter_words!(@ $field $($label $(as $code)? $(in $table.$column)? $(= $says)?)?),
        )),+]
    }};
    (@ q) => { $crate::export::words::SOUGHT };
    (@ organisation) => { $crate::export::words::ORGANISATION };
    (@ group) => { $crate::export::words::GROUP };
    (@ groups) => { $crate::export::words::GROUP };
    (@ from) => { $crate::filter_words!(@ from "起始日期") };
    (@ to) => { $crate::filter_words!(@ to "截止日期") };
    (@ sort) => { $crate::filter_words!(@ sort "排序" = $crate::export::words::Says::Nothing) };
    (@ $field:ident $label:literal) => { $crate::filter_words!(@ $field $label = $crate::export::words::Says::Plain) };
    (@ $field:ident $label:literal as $code:ident) => {
        $crate::filter_words!(@ $field $label = $crate::export::words::Says::Code(|code| {
            $crate::coded(code, $code::label)
        }))
    };
    (@ $field:ident $label:literal in $table:ident.$column:ident) => {
        $crate::filter_words!(@ $field $label = $crate::export::words::Says::Row(|context, key| {
            Box::pin($crate::export::words::called::<$table::Entity>(context, key, |row| row.$column))
        }))
    };
    (@ $field:ident $label:literal = $says:expr) => { $crate::export::words::Word($label, $says) };
}

/// What a row is called, by its key.
///
/// # Errors
/// A fault of the database.
pub async fn called<E>(context: &Context, key: &str, name: fn(E::Model) -> String) -> Result<Option<String>, Problem>
where
    E: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType: FromStr>>,
{
    let Ok(key) = key.parse::<<E::PrimaryKey as PrimaryKeyTrait>::ValueType>() else { return Ok(None) };
    Ok(E::find_by_id(key).one(context.read()).await?.map(name))
}

/// An organisation in the caller's scope.
async fn place(context: &Context, id: &str) -> Result<Option<String>, Problem> {
    let Ok(id) = id.parse::<Id>() else { return Ok(None) };
    let own = context.scope().within((organisation::Entity, organisation::Column::Id));
    let found = organisation::Entity::find_by_id(id).filter(own).one(context.read()).await?;
    Ok(found.map(|organisation| organisation.name))
}

async fn group(context: &Context, code: &str) -> Result<Option<String>, Problem> {
    if code == "-" {
        return Ok(Some("未分群体".to_owned()));
    }
    called::<worker_group::Entity>(context, code, |group| group.label).await
}

/// A filter as people read it, of so many rows: `状态：待使用；单位：包头市总工会`.
pub(super) async fn told(context: &Context, kind: &ExportKind, filter: &Value, rows: u64) -> Result<String, Problem> {
    let mut told = Vec::new();
    for (field, Word(label, says)) in kind.words {
        // A kind may keep its list's filter below a name of its own.
        let below = || filter.as_object()?.values().find_map(|one| one.get(field));
        let text = match filter.get(field).or_else(below) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        let said = match says {
            Says::Plain => plain(&text),
            Says::Code(word) => word(&text).map_or(text, str::to_owned),
            Says::Row(_) if rows == 0 => "没有记录".to_owned(),
            Says::Name(name) | Says::Row(name) => {
                let mut names = Vec::new();
                for key in text.split(',') {
                    names.push(name(context, key).await?.unwrap_or_else(|| key.to_owned()));
                }
                names.join("、")
            }
            Says::Nothing => continue,
        };
        told.push(format!("{label}：{said}"));
    }
    Ok(told.join("；"))
}

fn plain(text: &str) -> String {
    match text {
        "true" => "是".to_owned(),
        "false" => "否".to_owned(),
        _ => match text.parse::<NaiveDate>() {
            Ok(day) => calendar::day_in_words(day),
            Err(_) => text.to_owned(),
        },
    }
}
