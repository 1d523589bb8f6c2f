//! A worker says that something at a station is broken or missing. Whoever stands before it knows best, so he needs no visit on
//! record; that he says it doesn't make it so, which is for those who keep the station.

use axum::{Json, http::StatusCode};
use kernel::{Caller, Context, Id, Problem, Unit, permission::Oneself, rulebook};
use sea_orm::{IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    A_DAY,
    mine::{MyFault, views},
    tell,
};
use crate::{
    find::turn,
    register::keyed,
    tables::{
        catalogue,
        fault::{self, FaultState},
        fault_report::{Column, Entity, Model},
        item, station,
    },
};

kernel::refusals! {
    /// Why a fault is not taken down.
    pub enum ReportRefusal {
        /// Nobody doubts it.
        Known = 409 "fault_known" "站长已经知道这一项不能用，正在处理，不用再报。",
        /// He said so.
        Said = 409 "fault_said" "您已反映过这个问题，站长正在处理。",
        /// Enough for a day.
        TooMany { most: i64 } = 409 "faults_a_day" "每人每天最多反映{most}个问题，请明天再来；急事请直接找站长或拨打驿站电话。",
    }
}

/// What is broken or missing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationFault)]
pub struct NewFault {
    /// The station.
    pub station_id: Id,
    /// The catalogue's code of something that the station has or gives; absent for anything else.
    #[schema(max_length = 40)]
    pub item: Option<String>,
    /// What is wrong, up to 100 characters; at least 2 where no item is named.
    #[schema(max_length = 100)]
    pub said: Option<String>,
}

/// What is called so that is on no list.
const ELSE: &str = "其他";

/// Says that something is broken or missing. Where somebody said so before, it is the same fault.
///
/// # Errors
/// 404 if no such station serves, [`ReportRefusal`], 422 that names the field.
pub async fn report(caller: &Caller<Oneself>, input: &NewFault) -> Result<MyFault, Problem> {
    let me = caller.person()?;
    let said = input.said.as_deref().map(str::trim).filter(|said| !said.is_empty());
    let length = said.map_or(0, |said| said.chars().count());
    if length > 100 || (input.item.is_none() && length < 2) {
        return Err(Problem::field("said", "said", "请写明哪里有问题，2 至 100 字。"));
    }
    caller
        .unit(|unit| async move {
            let station = keyed::serving(&unit, input.station_id).await?;
            let (label, known) = match input.item.as_deref() {
                Some(code) => (label(&unit, station.id, code).await?, doubt(&unit, station.id, code).await?),
                None => (ELSE.to_owned(), None),
            };
            check(&unit, caller, &station, known.as_ref()).await?;
            let fault_id = match known {
                Some(known) => known.id,
                None => begin(&unit, caller, &station, (input.item.as_deref(), label)).await?,
            };
            let row = Model {
                id: caller.id(),
                fault_id,
                person_id: me,
                said: said.map(str::to_owned),
                day: caller.today(),
                said_at: caller.now().into(),
            };
            Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            views(&unit, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// What something is called that the station has and that is not known to be broken.
async fn label(unit: &Unit, station: Id, code: &str) -> Result<String, Problem> {
    let unknown = || Problem::field("item", "unknown_item", "这个驿站没有这一项，请刷新后从列表中选择，或选“其他”。");
    let held = item::Entity::find_by_id((station, code.to_owned())).one(unit).await?.ok_or_else(unknown)?;
    if !held.works {
        return Err(ReportRefusal::Known.into());
    }
    let entry = catalogue::Entity::find_by_id(code).one(unit).await?;
    Ok(entry.ok_or_else(unknown)?.label)
}

/// What somebody said of it that nobody has looked at since.
async fn doubt(unit: &Unit, station: Id, code: &str) -> Result<Option<fault::Model>, Problem> {
    let query = fault::Entity::find()
        .filter(fault::Column::StationId.eq(station))
        .filter(fault::Column::State.eq(FaultState::Open))
        .filter(fault::Column::Item.eq(code));
    Ok(query.one(unit).await?)
}

/// Refuses what he said before, and more than a day's worth.
async fn check(
    unit: &Unit,
    caller: &Caller<Oneself>,
    station: &station::Model,
    known: Option<&fault::Model>,
) -> Result<(), Problem> {
    let own = Entity::find().filter(Column::PersonId.eq(caller.person()?));
    if let Some(known) = known
        && own.clone().filter(Column::FaultId.eq(known.id)).one(unit).await?.is_some()
    {
        return Err(ReportRefusal::Said.into());
    }
    let most = rulebook::number(unit, caller, &A_DAY, station.organisation_id, caller.today()).await?;
    let today = own.filter(Column::Day.eq(caller.today())).count(unit).await?;
    if i64::try_from(today).unwrap_or(i64::MAX) >= most { Err(ReportRefusal::TooMany { most }.into()) } else { Ok(()) }
}

/// Takes a new fault down and orders the texts; its key.
async fn begin(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    (item, item_label): (Option<&str>, String),
) -> Result<Id, Problem> {
    let new = fault::Model {
        id: context.id(),
        station_id: station.id,
        item: item.map(str::to_owned),
        item_label,
        reported_at: context.now().into(),
        state: FaultState::Open,
        answer: None,
        answered_at: None,
    };
    let row = new.clone().into_active_model().reset_all();
    fault::Entity::insert(row).exec_without_returning(unit).await?;
    turn::note(unit, &[station.id]).await?;
    tell::keepers(unit, context, &new).await?;
    Ok(new.id)
}

/// 报告驿站问题
#[utoipa::path(
    post, path = "/me/station-faults", tag = "me", operation_id = "report_station_fault",
    extensions(("x-permission" = json!("oneself"))),
    request_body = NewFault, responses((status = 201, body = MyFault), ReportRefusal),
)]
pub async fn post_report(
    caller: Caller<Oneself>,
    Json(input): Json<NewFault>,
) -> Result<(StatusCode, Json<MyFault>), Problem> {
    Ok((StatusCode::CREATED, Json(report(&caller, &input).await?)))
}
