//! Taking an attachment away.

use std::collections::HashMap;

use axum::{extract::Path, http::header, response::IntoResponse};
use database::{Fault, Id};
use sea_orm::{ConnectionTrait, QuerySelect, entity::prelude::*};

use super::{
    permissions::View,
    tables::{Column, Entity, Model, SEALED, content},
};
use crate::{Caller, Context, Problem, Scope, download::disposition, keys};

/// An attachment with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its particulars.
    pub attachment: Model,
    /// The file.
    pub bytes: Vec<u8>,
}

/// An attachment's particulars, if its organisation lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn get(conn: &impl ConnectionTrait, scope: &Scope, id: Id) -> Result<Model, Problem> {
    let query = Entity::find_by_id(id).filter(scope.within((Entity, Column::OrganisationId)));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// The names of attachments, for lists that were read in scope.
///
/// # Errors
/// A fault of the database.
pub async fn names(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, String>, Problem> {
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

/// An attachment, if its organisation lies in the scope. That the caller may see attachments is the caller's matter.
///
/// # Errors
/// 404 if it is absent or foreign; [`FetchAttachmentRefusal`], [`keys::Unreadable`]; a fault if it is not what was handed in.
pub async fn fetch(context: &Context, id: Id) -> Result<Download, Problem> {
    let conn = context.read();
    let attachment = get(conn, context.scope(), id).await?;
    let content = content::Entity::find_by_id(id).one(conn).await?.ok_or(FetchAttachmentRefusal::Over)?;
    let bytes = keys::open_file(context, SEALED.place_of(&[id.0]), content.key_version, content.bytes)?;
    if secret::digest::sm3_hex(&bytes) != attachment.hash {
        return Err(Fault::Stored(format!("attachment {id} is not what was handed in")).into());
    }
    Ok(Download { attachment, bytes })
}

#[utoipa::path(get, path = "/attachments/{id}", tag = "attachment", operation_id = "show_attachment",
    extensions(("x-permission" = json!("attachments.view"))), params(("id" = Id, Path)),
    responses((
        status = 200,
        content(
            (Vec<u8> = "image/png"),
            (Vec<u8> = "image/jpeg"),
            (Vec<u8> = "application/pdf"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )
    ), FetchAttachmentRefusal))]
pub(super) async fn show_attachment(caller: Caller<View>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let Download { attachment, bytes } = fetch(&caller, id).await?;
    // Never shown in place, and never taken for another type than it is: a file comes from anybody.
    let headers = [
        (header::CONTENT_TYPE, attachment.media_type.clone()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&attachment.name)),
    ];
    Ok((headers, bytes))
}
