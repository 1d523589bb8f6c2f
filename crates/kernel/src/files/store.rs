use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::{
    bare, name, sniff,
    tables::{ActiveModel, Entity, SEALED, content},
};
use crate::{Context, Problem, audit, keys};

crate::refusals! {
    /// Why a file is not taken in.
    pub enum StoreRefusal {
        /// Over [`LARGEST`].
        TooLarge = 413 "attachment_too_large" "附件不能超过 10 MB，请压缩后再上传。",
        /// A type that is not taken in.
        WrongType = 415 "attachment_type" "只能上传 PDF、PNG、JPG、Word（docx）或 Excel（xlsx）文件，且不能带宏。",
        /// Nothing in it.
        Empty = 422 "attachment_empty" "文件是空的，请重新选择。",
    }
}

/// The largest attachment, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// Seals and keeps a file for an organisation, in the unit that needs it. Its type is what its content says; `media_type`, if
/// the caller was told one, must not contradict (empty: not told). Of a picture is kept what is seen, not where it was taken.
///
/// # Errors
/// [`StoreRefusal`].
pub async fn store(
    unit: &Unit,
    context: &Context,
    organisation: Id,
    name: &str,
    media_type: &str,
    bytes: &[u8],
) -> Result<Id, Problem> {
    if bytes.is_empty() {
        return Err(StoreRefusal::Empty.into());
    }
    if bytes.len() > LARGEST {
        return Err(StoreRefusal::TooLarge.into());
    }
    let kind = sniff::kind(bytes).ok_or(StoreRefusal::WrongType)?;
    if !["", "application/octet-stream", kind.media_type].contains(&media_type) {
        return Err(StoreRefusal::WrongType.into());
    }
    let bare = bare::bare(kind.media_type, bytes);
    let bytes: &[u8] = &bare;
    let id = context.id();
    let hash = secret::digest::sm3_hex(bytes);
    let row = ActiveModel {
        id: Set(id),
        organisation_id: Set(organisation),
        name: Set(name::clean(name, kind.ending)),
        media_type: Set(kind.media_type.to_owned()),
        size: Set(i64::try_from(bytes.len()).unwrap_or(i64::MAX)),
        hash: Set(hash.clone()),
        stored_at: Set(context.now().into()),
        stored_by: Set(context.actor().word()),
    };
    Entity::insert(row).exec_without_returning(unit).await?;
    let (sealed, version) = keys::seal_file(context, SEALED.place_of(&[id.0]), bytes)?;
    let row = content::ActiveModel { attachment_id: Set(id), bytes: Set(sealed), key_version: Set(version) };
    content::Entity::insert(row).exec_without_returning(unit).await?;
    let detail = json!({ "media_type": kind.media_type, "size": bytes.len(), "hash": hash });
    audit::record(unit, context, ("attachments.add", "kernel/attachment", id), organisation, detail).await?;
    Ok(id)
}
