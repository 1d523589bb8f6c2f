//! A picture of a station, which its page shows to everybody who sees stations. That leaves no trace, unlike the fetching of
//! other attachments.

use axum::extract::{Path, Query};
use kernel::{
    Caller, Context, Id, Problem,
    files::{self, Download, FetchAttachmentRefusal},
};
use sea_orm::EntityTrait;
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
    let chosen = choice.attachment.or(photos.first().map(|photo| photo.attachment_id));
    shown(caller, &photos, chosen.ok_or_else(Problem::not_found)?).await
}

/// One of the pictures that a station shows, at whichever union it was handed in: a station moves to another one with its
/// pictures, and an upper one adds some. Who may see the station is the caller's matter.
///
/// # Errors
/// 404 if it is none of them; [`FetchAttachmentRefusal`].
pub(crate) async fn shown(context: &Context, photos: &[Photo], id: Id) -> Result<Download, Problem> {
    let is_its = photos.iter().any(|photo| photo.attachment_id == id);
    let kept = if is_its { files::Entity::find_by_id(id).one(context.read()).await? } else { None };
    // Anything else was put there to be had without a trace.
    let kept = kept.filter(|kept| kept.media_type.starts_with("image/")).ok_or_else(Problem::not_found)?;
    files::open(&context.lent(vec![kept.organisation_id]), id).await
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
