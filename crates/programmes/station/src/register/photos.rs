//! What every form that takes pictures asks of them.

use database::Connection;
use kernel::{Context, Problem, files};

use super::form::Photo;

/// The most that is said of a picture.
const LONGEST_CAPTION: usize = 60;

/// Whether they are no more than so many, and what they show is said shortly.
#[must_use]
pub(crate) fn fit(photos: &[Photo], most: usize) -> bool {
    photos.len() <= most && photos.iter().all(|photo| photo.caption.chars().count() <= LONGEST_CAPTION)
}

/// Refuses pictures that aren't there, or aren't the caller's to show.
///
/// # Errors
/// 422 that names the field.
pub(crate) async fn check<'a>(
    conn: &Connection,
    context: &Context,
    photos: impl Iterator<Item = &'a Photo>,
    field: &str,
) -> Result<(), Problem> {
    for photo in photos {
        let found = files::get(conn, context.scope(), photo.attachment_id).await;
        let unknown = || Problem::field(field, "unknown_photo", "有的照片不存在或不在您的管辖范围内，请重新上传。");
        found.map_err(|absent| absent.absent_as(unknown()))?;
    }
    Ok(())
}
