//! A picture of a station, which its page shows to everybody who sees stations. That leaves no trace, unlike the fetching of
//! other attachments.

use axum::extract::{Path, Query};
use kernel::{
    Caller, Id, Problem,
    files::{self, Download, FetchAttachmentRefusal},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    form::{Photo, read},
    view::in_scope,
};
use crate::permissions::SeeStations;

/// Which picture.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PictureChoice {
    /// Its attachment; the first picture unless told.
    pub attachment: Option<Id>,
}

/// A picture that a station shows.
///
/// # Errors
/// 404 if the station is absent or foreign, or shows no such picture; [`FetchAttachmentRefusal`].
pub async fn picture(caller: &Caller<SeeStations>, id: Id, choice: &PictureChoice) -> Result<Download, Problem> {
    let photos: Vec<Photo> = read(&in_scope(caller.read(), caller, id).await?.photos)?;
    let mut shown = photos.into_iter().map(|photo| photo.attachment_id);
    let chosen = shown.find(|shown| choice.attachment.is_none_or(|chosen| chosen == *shown));
    let found = files::open(caller, chosen.ok_or_else(Problem::not_found)?).await?;
    // Anything else was put there to be had without a trace.
    if found.attachment.media_type.starts_with("image/") { Ok(found) } else { Err(Problem::not_found()) }
}

/// 驿站照片
#[utoipa::path(
    get, path = "/stations/{id}/picture", tag = "station", operation_id = "show_station_picture",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path), PictureChoice),
    responses(
        (status = 200, content((Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"))),
        FetchAttachmentRefusal
    ),
)]
pub async fn get_picture(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
    Query(choice): Query<PictureChoice>,
) -> Result<Download, Problem> {
    picture(&caller, id, &choice).await
}
