//! Taking an attachment away, each time noted.

use std::collections::{BTreeMap, HashMap};

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use database::{Connection, Fault, Id};
use sea_orm::{QuerySelect, entity::prelude::*};
use serde_json::json;
use utoipa::{
    IntoResponses, PartialSchema,
    openapi::{self, RefOr, ResponseBuilder, content::ContentBuilder},
};

use super::{
    permissions::View,
    sniff,
    tables::{Column, Entity, Model, SEALED, content},
};
use crate::{Actor, Caller, Context, Problem, Scope, audit, download::disposition, keys};

/// An attachment with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its particulars.
    pub attachment: Model,
    /// The file.
    pub bytes: Vec<u8>,
}

impl IntoResponse for Download {
    /// Never shown in place, and never taken for another type than it is: a file comes from anybody.
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_DISPOSITION, disposition(&self.attachment.name)),
            (header::CONTENT_TYPE, self.attachment.media_type),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        ];
        (headers, self.bytes).into_response()
    }
}

/// 200 with whatever type is taken in.
impl IntoResponses for Download {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let bytes = || ContentBuilder::new().schema(Some(Vec::<u8>::schema())).build();
        let add = |response: ResponseBuilder, kind: &sniff::Kind| response.content(kind.media_type, bytes());
        let response = sniff::KINDS.iter().fold(ResponseBuilder::new(), add).build();
        BTreeMap::from([("200".to_owned(), response.into())])
    }
}

/// An attachment's particulars, if its organisation lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn get(conn: &Connection, scope: &Scope, id: Id) -> Result<Model, Problem> {
    let query = Entity::find_by_id(id).filter(scope.within((Entity, Column::OrganisationId)));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// The names of attachments, for lists that were read in scope.
///
/// # Errors
/// A fault of the database.
pub async fn names(conn: &Connection, ids: impl IntoIterator<Item = Id>) -> Result<HashMap<Id, String>, Problem> {
    let query = Entity::find().select_only().column(Column::Id).column(Column::Name);
    let rows: Vec<(Id, String)> = query.filter(Column::Id.is_in(ids)).into_tuple().all(conn).await?;
    Ok(rows.into_iter().collect())
}

crate::refusals! {
    /// Why no attachment comes.
    pub enum FetchAttachmentRefusal {
        /// Its term is over.
        Over = 410 "attachment_over" "附件已过保存期限，原文已删除；文件名和校验值仍在记录中。",
    }
}

/// An attachment, if its organisation lies in the scope, without a trace: for what a page shows to everybody who sees it. Who
/// may see it is the caller's matter.
///
/// # Errors
/// 404 if it is absent or foreign; [`FetchAttachmentRefusal`], [`keys::Unreadable`]; a fault if it is not what was handed in.
pub async fn open(context: &Context, id: Id) -> Result<Download, Problem> {
    let conn = context.read();
    let attachment = get(conn, context.scope(), id).await?;
    let content = content::Entity::find_by_id(id).one(conn).await?.ok_or(FetchAttachmentRefusal::Over)?;
    let bytes = keys::open_file(context, SEALED.place_of(&[id.0]), content.key_version, content.bytes)?;
    if secret::digest::sm3_hex(&bytes) != attachment.hash {
        return Err(Fault::Stored(format!("attachment {id} is not what was handed in")).into());
    }
    Ok(Download { attachment, bytes })
}

/// The same, and who fetched it stands in the audit chain: as an act on the worker who handed it in, who sees it, or else on
/// the attachment.
///
/// # Errors
/// As [`open`].
pub async fn fetch(context: &Context, id: Id) -> Result<Download, Problem> {
    let found = open(context, id).await?;
    let Model { organisation_id, hash, stored_by, .. } = &found.attachment;
    let (kind, object) = match Actor::worker(stored_by) {
        Some(person) => ("kernel/person", person),
        None => ("kernel/attachment", id),
    };
    let noted = context.unit(|unit| async move {
        let detail = json!({ "attachment": id, "hash": hash, "of": context.scope().roots() });
        audit::record(&unit, context, ("attachments.fetch", kind, object), *organisation_id, detail).await
    });
    noted.await?;
    Ok(found)
}

#[utoipa::path(get, path = "/attachments/{id}", tag = "attachment", operation_id = "show_attachment",
    extensions(("x-permission" = json!("attachments.view"))), params(("id" = Id, Path)),
    responses(Download, FetchAttachmentRefusal))]
pub(super) async fn show_attachment(caller: Caller<View>, Path(id): Path<Id>) -> Result<Download, Problem> {
    fetch(&caller, id).await
}
