//! What was said and advised. It is sealed; who advised writes it and opens it, one by one, and the worker reads it on his
//! phone. Nobody else does: no list, file or search has it.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, audit, keys, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use secret::Place;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    agreed::needed,
    day::{Consultation, own, views},
    offered::load,
};
use crate::{
    permissions::Advise,
    tables::{
        booking::{BookingState, Model},
        station,
    },
};

kernel::refusals! {
    /// Why no record is written.
    pub enum RecordRefusal {
        /// He did not come, or it is not marked that he did.
        NotHeld = 409 "consultation_not_held" "请先登记到场，再写咨询记录。",
        /// Nobody knows who came.
        Nameless = 409 "consultation_nameless" "不记名的咨询只计服务，不写记录。",
        /// He never agreed that it is kept, or took that back.
        NotAgreed = 409 "consultation_not_agreed"
            "本人没有同意保存心理咨询记录，或已撤回同意，不能再写或修改记录；本人愿意的，请其在手机“我的个人信息”中重新同意。",
    }
}

/// What was said and advised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationConsultationRecord)]
pub struct Record {
    /// The text, 2 to 4,000 characters; empty if nothing was written.
    #[schema(max_length = 4_000)]
    pub text: String,
}

/// Where a record is sealed.
const fn place(id: Id) -> Place<'static> {
    Place { table: "station_booking", column: "record", row_key: id.0 }
}

/// What a row's record says. Whoever calls this has made sure that the row is the caller's own.
///
/// # Errors
/// [`keys::Unreadable`].
pub(super) fn read(context: &Context, row: &Model) -> Result<Option<String>, Problem> {
    let Some(sealed) = row.record_sealed.as_deref() else { return Ok(None) };
    Ok(Some(keys::open(context, place(row.id), sealed)?))
}

/// Seals a record.
pub(super) fn seal(context: &Context, id: Id, text: &str) -> String {
    let house = context.house();
    house.keyring().seal(place(id), text, house.ambient().bytes())
}

/// On whom an act on a record is: on whom it is about, who sees it, or else on the consultation.
fn subject(row: &Model) -> (&'static str, Id) {
    row.person_id.map_or(("station/booking", row.id), |person| ("kernel/person", person))
}

/// Writes the record of a consultation that was held, or writes it anew.
///
/// # Errors
/// 404 if it is another's, [`RecordRefusal`], 422 for a text that is too short or too long.
pub async fn write(caller: &Caller<Advise>, id: Id, input: &Record) -> Result<Consultation, Problem> {
    let text = problem::words("text", &input.text, 2..=4_000, "咨询记录请填写 2 至 4000 个字。")?;
    caller
        .unit(|unit| async move {
            let row = own(&unit, caller, id).await?;
            if row.state != BookingState::Held {
                return Err(RecordRefusal::NotHeld.into());
            }
            let (desk, station) = load(&unit, row.desk_id).await?;
            // Of nobody known nobody could see it, and no retention would ever end it.
            let person = row.person_id.ok_or(RecordRefusal::Nameless)?;
            if let Some(purpose) = needed(desk.kind) {
                purpose.standing(&unit, person).await?.ok_or(RecordRefusal::NotAgreed)?;
            }
            let sealed = Some(seal(caller, id, text));
            let new = Model { record_sealed: sealed, recorded_at: Some(caller.now().into()), ..row };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let (kind, whom) = subject(&new);
            let act = ("station_consultations.write", kind, whom);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "booking": id })).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Opens a record for who wrote it; that he did stands in the audit chain as an act on whom he advised, who sees it.
///
/// # Errors
/// 404 if it is another's.
pub async fn open(caller: &Caller<Advise>, id: Id) -> Result<Record, Problem> {
    caller
        .unit(|unit| async move {
            let row = own(&unit, caller, id).await?;
            let station = station::Entity::find_by_id(row.station_id).one(&unit).await?;
            let station = station.ok_or_else(Problem::not_found)?;
            let text = read(caller, &row)?;
            if text.is_some() {
                let (kind, whom) = subject(&row);
                let act = ("station_consultations.read", kind, whom);
                audit::record(&unit, caller, act, station.organisation_id, json!({ "booking": id })).await?;
            }
            Ok(Record { text: text.unwrap_or_default() })
        })
        .await
}

/// 打开咨询记录
#[utoipa::path(
    post, path = "/station-consultations/{id}/open", tag = "station", operation_id = "open_station_consultation",
    extensions(("x-permission" = json!("station.advise"))),
    params(("id" = Id, Path)), responses((status = 200, body = Record)),
)]
pub async fn post_open(caller: Caller<Advise>, Path(id): Path<Id>) -> Result<Json<Record>, Problem> {
    open(&caller, id).await.map(Json)
}

/// 写咨询记录
#[utoipa::path(
    put, path = "/station-consultations/{id}/record", tag = "station", operation_id = "write_station_consultation",
    extensions(("x-permission" = json!("station.advise"))),
    params(("id" = Id, Path)), request_body = Record,
    responses((status = 200, body = Consultation), RecordRefusal),
)]
pub async fn put_record(
    caller: Caller<Advise>,
    Path(id): Path<Id>,
    Json(input): Json<Record>,
) -> Result<Json<Consultation>, Problem> {
    write(&caller, id, &input).await.map(Json)
}
