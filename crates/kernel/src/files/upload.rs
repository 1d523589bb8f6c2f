//! Handing an attachment in.

use axum::Json;
use database::{Id, Unit};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    form::{Cut, FileForm, Parts},
    permissions::Add,
    store::{LARGEST, StoreRefusal, store},
    tables::{Entity, Model},
};
use crate::{Caller, Context, Problem, organisation};

/// The form that is sent.
#[derive(Debug, ToSchema)]
pub struct AttachmentForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// Whose it is; needed by who acts for several organisations.
    pub organisation_id: Option<Id>,
}

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stored {
    /// The key.
    pub id: Id,
    /// The name, cleaned.
    pub name: String,
    /// What the content was found to be.
    pub media_type: String,
    /// How many bytes.
    pub size: i64,
    /// SM3 of the content, in hexadecimal digits.
    pub hash: String,
}

/// What is said of a form that breaks off or is too long.
pub(crate) fn cut(cut: Cut) -> Problem {
    match cut {
        Cut::Off => Problem::new(400, "broken_upload", "文件没有传完，请重新上传。"),
        Cut::TooLong { .. } => StoreRefusal::TooLarge.into(),
    }
}

/// The organisation that was named, or the only one that the caller acts for.
async fn place(context: &Context, named: Option<Id>) -> Result<Id, Problem> {
    match (named, context.scope().roots()) {
        (Some(id), _) => Ok(organisation::get(context.read(), context.scope(), id).await?.id),
        (None, Some([only])) => Ok(*only),
        (None, _) => Err(Problem::field("organisation_id", "missing", "请选择所属工会。")),
    }
}

async fn keep(context: &Context, form: &FileForm) -> Result<Stored, Problem> {
    let organisation = place(context, form.find("organisation_id", "请选择所属工会。")?).await?;
    let file = form.file.as_ref().ok_or_else(|| Problem::field("file", "missing", "请选择要上传的文件。"))?;
    let ((name, bytes), media_type) = (file, &form.media_type);
    context
        .unit(|unit| async move {
            let id = store(&unit, context, organisation, name, media_type, bytes).await?;
            stored(&unit, id).await
        })
        .await
}

/// A file that was just kept, as whoever sent it is told.
///
/// # Errors
/// 404 if it is absent.
pub async fn stored(unit: &Unit, id: Id) -> Result<Stored, Problem> {
    let kept = Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let Model { id, name, media_type, size, hash, .. } = kept;
    Ok(Stored { id, name, media_type, size, hash })
}

#[utoipa::path(post, path = "/attachments", tag = "attachment", operation_id = "add_attachment",
    extensions(("x-permission" = json!("attachments.add"))),
    request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses((status = 200, body = Stored), StoreRefusal))]
pub(super) async fn add_attachment(caller: Caller<Add>, parts: Parts) -> Result<Json<Stored>, Problem> {
    let form = FileForm::read(parts, "", LARGEST, cut).await?;
    Ok(Json(keep(&caller, &form).await?))
}
