//! Pictures of a station, so that one knows the house when one stands before it. Open to everyone, like the finder: what hangs
//! on a station's form is meant to be seen; whatever else was handed in is not.

use axum::{Json, extract::Path, http::header, response::IntoResponse};
use kernel::{
    Caller, Context, Id, Problem,
    files::{Download, FetchAttachmentRefusal},
    permission::Everyone,
};

use crate::register::{
    form::{Photo, read},
    keyed,
    picture::shown,
};

/// How long a phone keeps a picture: another one has another key.
const KEEP: &str = "public, max-age=86400";

/// The pictures of a station, the most telling first.
///
/// # Errors
/// 404 if no such station serves.
pub async fn of_station(context: &Context, id: Id) -> Result<Vec<Photo>, Problem> {
    read(&keyed::serving(context.read(), id).await?.photos)
}

/// A picture of a station, without a trace: who passes by would fill the audit chain.
///
/// # Errors
/// 404 if it is none of its pictures, [`FetchAttachmentRefusal`].
pub async fn open(context: &Context, id: Id, photo: Id) -> Result<Download, Problem> {
    shown(context, &of_station(context, id).await?, photo).await
}

/// 驿站照片
#[utoipa::path(
    get, path = "/public/stations/{id}/photos", tag = "public", operation_id = "public_station_photos",
    extensions(("x-permission" = json!("everyone"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<Photo>)),
)]
pub async fn get_photos(caller: Caller<Everyone>, Path(id): Path<Id>) -> Result<Json<Vec<Photo>>, Problem> {
    of_station(&caller, id).await.map(Json)
}

/// 驿站的一张照片
#[utoipa::path(
    get, path = "/public/stations/{id}/photos/{photo}", tag = "public", operation_id = "public_station_photo",
    extensions(("x-permission" = json!("everyone"))),
    params(("id" = Id, Path), ("photo" = Id, Path)),
    responses((status = 200, content((Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"))), FetchAttachmentRefusal),
)]
pub async fn get_photo(
    caller: Caller<Everyone>,
    Path((id, photo)): Path<(Id, Id)>,
) -> Result<impl IntoResponse, Problem> {
    // It is megabytes out of the database.
    caller.house().limits().joins.by_address(&caller)?;
    let Download { attachment, bytes } = open(&caller, id, photo).await?;
    let headers = [(header::CONTENT_TYPE, attachment.media_type), (header::CACHE_CONTROL, KEEP.to_owned())];
    Ok((headers, bytes))
}
