//! What inspections found at a station, on its master's phone: until when it is to be mended, and saying that it is, with
//! photos. Whoever inspects confirms it.

use axum::{Json, extract::Path};
use database::Connection;
use kernel::{
    Caller, Context, Id, Problem,
    files::{self, Cut, FileForm, LARGEST, Parts, StoreRefusal, Stored},
    permission::Oneself,
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::station;
use crate::{
    register::form::Photo,
    standard::{
        FindingState,
        findings::{FindingView, views},
        mend::{MendRefusal, Mending, say_mended},
    },
    tables::finding::{Column, Entity},
};

kernel::refusals! {
    /// Why a photo is not taken.
    pub enum PhotoRefusal {
        /// It is none.
        NoPhoto = 415 "photo_type" "只能上传照片（JPG 或 PNG），请重新选择。",
        /// There is nothing in the form, or half of it.
        Broken = 400 "broken_upload" "照片没有传完，请重新上传。",
    }
}

/// What was mended, and how.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationMending)]
pub struct OwnMending {
    /// The finding.
    pub finding_id: Id,
    /// How, with pictures that this phone handed in.
    #[serde(flatten)]
    pub mending: Mending,
}

/// Findings told at once.
const MOST: u64 = 200;

/// The filter for what is to be mended at a station, said to be mended or not.
pub(super) fn unmended(station: Id) -> Condition {
    Condition::all().add(Column::StationId.eq(station)).add(Column::State.ne(FindingState::Mended))
}

/// What is to be mended at a station where the worker who calls has a post, the earliest deadline first.
///
/// # Errors
/// 404 if he has none.
pub async fn list(caller: &Caller<Oneself>, id: Id) -> Result<Vec<FindingView>, Problem> {
    let conn = caller.read();
    let station = station(conn, caller, id, caller.today()).await?;
    let query = Entity::find().filter(unmended(station.id)).order_by_asc(Column::MendBy).order_by_asc(Column::Id);
    views(conn, caller, query.limit(MOST).all(conn).await?).await
}

/// Keeps a photo for the union that answers for the station.
///
/// # Errors
/// 404 if the caller has no post there, [`PhotoRefusal`], [`StoreRefusal`].
pub async fn keep_photo(caller: &Caller<Oneself>, id: Id, form: FileForm) -> Result<Stored, Problem> {
    let (name, bytes) = form.file.ok_or(PhotoRefusal::Broken)?;
    let (name, bytes) = (&name, &bytes);
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let photo = files::store(&unit, caller, station.organisation_id, name, "", bytes).await?;
            let kept = files::stored(&unit, photo).await?;
            if kept.media_type.starts_with("image/") { Ok(kept) } else { Err(PhotoRefusal::NoPhoto.into()) }
        })
        .await
}

/// Refuses photos that the worker who calls did not hand in himself, in the scope that his post lends.
///
/// # Errors
/// 422 that names the field.
pub(super) async fn check_own_photos(
    conn: &Connection,
    lent: &Context,
    photos: &[Photo],
    field: &str,
) -> Result<(), Problem> {
    for photo in photos {
        let own = files::get(conn, lent.scope(), photo.attachment_id).await;
        if !own.is_ok_and(|file| file.stored_by == lent.actor().word()) {
            return Err(Problem::field(field, "unknown_photo", "有的照片没有传上来，请重新选择照片。"));
        }
    }
    Ok(())
}

/// Says that something is mended.
///
/// # Errors
/// 404 if the caller has no post there or the station no such finding, [`MendRefusal`], 422 that names the field.
pub async fn mend(caller: &Caller<Oneself>, id: Id, input: &OwnMending) -> Result<FindingView, Problem> {
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let found = Entity::find_by_id(input.finding_id).filter(Column::StationId.eq(station.id));
            let row = found.one(&unit).await?.ok_or_else(Problem::not_found)?;
            // The post lends the station's union, and no more; of its files, those that the caller handed in himself.
            let lent = &caller.lent(vec![station.organisation_id]);
            check_own_photos(&unit, lent, &input.mending.proof, "proof").await?;
            say_mended(&unit, lent, (row, &station), &input.mending).await
        })
        .await
}

/// 本站待整改的问题
#[utoipa::path(
    get, path = "/me/stations/{id}/findings", tag = "me", operation_id = "list_findings_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<FindingView>)),
)]
pub async fn get_findings(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<FindingView>>, Problem> {
    list(&caller, id).await.map(Json)
}

/// 上传本站照片
#[utoipa::path(
    post, path = "/me/stations/{id}/photos", tag = "me", operation_id = "add_photo_at_my_station",
    extensions(("x-permission" = json!("oneself"))), params(("id" = Id, Path)),
    request_body(content_type = "multipart/form-data", description = "`file`"),
    responses((status = 200, body = Stored), PhotoRefusal, StoreRefusal),
)]
pub async fn post_photo(caller: Caller<Oneself>, Path(id): Path<Id>, parts: Parts) -> Result<Json<Stored>, Problem> {
    // Whoever has no post there sends the server nothing to read.
    station(caller.read(), &caller, id, caller.today()).await?;
    let cut = |cut| match cut {
        Cut::Off => PhotoRefusal::Broken.into(),
        Cut::TooLong { .. } => StoreRefusal::TooLarge.into(),
    };
    let form = FileForm::read(parts, "照片", LARGEST, cut).await?;
    keep_photo(&caller, id, form).await.map(Json)
}

/// 上报本站整改情况
#[utoipa::path(
    post, path = "/me/stations/{id}/mendings", tag = "me", operation_id = "mend_finding_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = OwnMending,
    responses((status = 200, body = FindingView), MendRefusal),
)]
pub async fn post_mending(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<OwnMending>,
) -> Result<Json<FindingView>, Problem> {
    mend(&caller, id, &input).await.map(Json)
}
