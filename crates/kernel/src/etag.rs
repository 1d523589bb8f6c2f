//! A lost update is refused and says what changed. A record that two people may edit carries a version; whoever saves
//! sends the version he saw as `If-Match`. Each save notes which fields it changed, so that the loser is told.

use std::collections::BTreeSet;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts},
};
use database::{Connection, Id, Unit};
use sea_orm::{ActiveValue::Set, DbErr, QueryOrder, entity::prelude::*};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, string_len},
    sea_query::{Index, Table},
};
use serde::Serialize;

use crate::Problem;

/// What one save of a record changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_change")]
pub struct Model {
    /// The record's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_id: Id,
    /// The version that the save made.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// The names of the changed fields, separated by commas.
    pub fields: String,
}

database::plain_table!();

/// The table of changed fields.
pub struct Changes;

impl MigrationName for Changes {
    fn name(&self) -> &'static str {
        "m2026_11_23_0006_kernel_record_change"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Changes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("record_change")
            .col(big_integer("record_id"))
            .col(big_integer("version"))
            .col(string_len("fields", 1000))
            .primary_key(Index::create().col("record_id").col("version"))
            .to_owned();
        manager.create_table(table).await
    }
}

/// The version that the caller saw, from `If-Match`. As an extractor it refuses a request without one (428).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(String);

impl IfMatch {
    /// The caller saw this version.
    #[must_use]
    pub fn version(version: i64) -> Self {
        Self(version.to_string())
    }

    /// The caller saw this content, which has no version of its own.
    #[must_use]
    pub fn content(text: &str) -> Self {
        Self(content_tag(text))
    }

    /// Whether the caller saw what is named by `tag`.
    #[must_use]
    pub fn names(&self, tag: &str) -> bool {
        self.0 == tag
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let tag = bare(parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default());
        if tag.is_empty() || tag == "*" {
            return Err(Problem::new(
                428,
                "if_match_missing",
                "请先打开这条记录的最新内容再保存（请求缺少 If-Match）。",
            ));
        }
        Ok(Self(tag.to_owned()))
    }
}

/// The header that tells a record's version.
#[must_use]
pub fn etag(version: i64) -> [(HeaderName, HeaderValue); 1] {
    tagged(&version.to_string())
}

/// The header that tells a content's tag; for what has no version of its own.
#[must_use]
pub fn tagged(tag: &str) -> [(HeaderName, HeaderValue); 1] {
    let value = HeaderValue::from_str(&format!("\"{tag}\"")).unwrap_or(HeaderValue::from_static("\"\""));
    [(header::ETAG, value)]
}

/// Whether the caller has what is named by `tag`, as his `If-None-Match` tells.
#[must_use]
pub fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').any(|one| bare(one) == tag)
}

/// A tag without its marks. A proxy that compresses answers may have made it weak.
fn bare(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix("W/").unwrap_or(text).trim_matches('"')
}

/// The tag of a content without a version.
#[must_use]
pub fn content_tag(text: &str) -> String {
    secret::digest::sm3_hex(text.as_bytes()).chars().take(16).collect()
}

/// The key under which the changes of a list's entry are noted that has a code and no number: a negative one, which no record
/// has.
#[must_use]
pub fn code_key(list: &str, code: &str) -> Id {
    let hex = content_tag(&format!("{list}/{code}"));
    Id(-i64::from_str_radix(hex.get(..15).unwrap_or_default(), 16).unwrap_or(1))
}

/// Refuses a save by somebody who did not see the record as it is now.
///
/// # Errors
/// 412 naming the fields that changed since.
pub async fn check(conn: &Connection, record: Id, now: i64, seen: &IfMatch) -> Result<(), Problem> {
    if seen.names(&now.to_string()) {
        return Ok(());
    }
    let since = seen.0.parse().unwrap_or(0);
    let changes = Entity::find()
        .filter(Column::RecordId.eq(record))
        .filter(Column::Version.gt(since))
        .order_by_asc(Column::Version)
        .all(conn)
        .await?;
    let fields = changes.iter().flat_map(|change| change.fields.split(',')).filter(|field| !field.is_empty());
    Err(Problem::stale(fields.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()))
}

/// Notes, in the unit that saves, which fields the new version changed.
///
/// # Errors
/// A fault of the database.
pub async fn note(unit: &Unit, record: Id, version: i64, fields: &[String]) -> Result<(), Problem> {
    let row = ActiveModel { record_id: Set(record), version: Set(version), fields: Set(fields.join(",")) };
    Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
}

/// The names of the fields in which two states of a record differ, as they go over the wire.
#[must_use]
pub fn changed(before: &impl Serialize, after: &impl Serialize) -> Vec<String> {
    let (Ok(before), Ok(after)) = (serde_json::to_value(before), serde_json::to_value(after)) else {
        return Vec::new();
    };
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else {
        return Vec::new();
    };
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).filter(|name| *name != "version").collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use serde_json::json;

    use super::*;

    async fn read(value: Option<&str>) -> Result<IfMatch, Problem> {
        let mut request = Request::builder();
        if let Some(value) = value {
            request = request.header(header::IF_MATCH, value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        IfMatch::from_request_parts(&mut parts, &()).await
    }

    #[tokio::test]
    async fn reads_strong_and_weak_tags_and_wants_one() {
        assert_eq!(read(Some("\"3\"")).await.unwrap(), IfMatch::version(3));
        assert_eq!(read(Some("W/\"3\"")).await.unwrap(), IfMatch::version(3));
        for missing in [None, Some("*"), Some("\"\"")] {
            assert_eq!(read(missing).await.unwrap_err().status, 428);
        }
    }

    #[test]
    fn names_the_fields_that_differ() {
        let (before, after) = (json!({"name": "a", "chair": null, "version": 1}), json!({"name": "b", "version": 2}));
        assert_eq!(changed(&before, &after), ["chair", "name"]);
        assert!(changed(&before, &before).is_empty());
    }
}
