//! Something happened at a station: written down on its master's phone, also without a network.

use std::collections::BTreeMap;

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Moment, Problem, permission::Oneself, problem::Wrong};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    DID, HELPED, IncidentKind, WHAT,
    list::{IncidentView, views},
    seal,
    uses::{self, NewUse, Using},
};
use crate::{
    duty::{DutyRefusal, name, station, time},
    rules::incident::{Weight, is_serious},
    tables::incident::{self, Column, Entity},
};

/// Something that happened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationIncident)]
pub struct NewIncident {
    /// The name that the phone gives it, 8 to 64 letters, digits and hyphens; sent again, it changes nothing.
    #[schema(min_length = 8, max_length = 64)]
    pub sent_as: String,
    /// What happened.
    pub kind: IncidentKind,
    /// What happened in words, 2 to 300 characters.
    #[schema(min_length = 2, max_length = 300)]
    pub what: String,
    /// What was done, 2 to 300 characters.
    #[schema(min_length = 2, max_length = 300)]
    pub did: String,
    /// Who was helped and how he is reached, up to 60 characters, if he wants to say.
    #[schema(max_length = 60)]
    pub helped: Option<String>,
    /// What was used from the cupboard, up to 10 things.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub used: Vec<NewUse>,
    /// Whether the union has to follow it up.
    #[serde(default)]
    pub serious: bool,
    /// Whether an ambulance came.
    #[serde(default)]
    pub ambulance: bool,
    /// Whether the police came.
    #[serde(default)]
    pub police: bool,
    /// When, if there was no network then; now unless told.
    pub happened_at: Option<Moment>,
}

impl NewIncident {
    /// Whether the union has to follow it up.
    pub(super) fn is_serious(&self) -> bool {
        let Self { kind, serious, ambulance, police, .. } = *self;
        is_serious(Weight { kind, said: serious, ambulance, police })
    }

    /// What was used, each thing once.
    pub(super) fn check(&self) -> Result<BTreeMap<Id, i64>, Problem> {
        let mut wrong = Wrong::default();
        let short = |text: &str| (2..=300).contains(&text.trim().chars().count());
        wrong.want(short(&self.what), "what", "请写明发生了什么，2 至 300 字。");
        wrong.want(short(&self.did), "did", "请写明怎么处理的，2 至 300 字。");
        let helped = self.helped.as_deref().map_or(0, |text| text.trim().chars().count());
        wrong.want(helped <= 60, "helped", "被救助人的姓名和联系方式不超过 60 字。");
        let used = uses::each_once(&self.used);
        wrong.want(used.is_ok(), "used", used.as_ref().err().copied().unwrap_or_default());
        match used {
            Ok(used) if wrong.0.is_empty() => Ok(used),
            _ => Err(Problem::invalid(wrong.0)),
        }
    }
}

/// Writes an incident down. It may happen whatever state the station is in.
///
/// # Errors
/// 404 if the caller has no post there, [`DutyRefusal`], 422 that names each field.
pub async fn write_down(caller: &Caller<Oneself>, id: Id, input: &NewIncident) -> Result<IncidentView, Problem> {
    let sent_as = name(&input.sent_as)?;
    let used = &input.check()?;
    let at = time(caller, id, input.happened_at).await?;
    let day = calendar::beijing_day(at);
    let key = caller.id();
    let helped = input.helped.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let serious = input.is_serious();
    let new = incident::Model {
        id: key,
        station_id: id,
        organisation_id: id,
        sent_as: sent_as.to_owned(),
        kind: input.kind,
        serious,
        ambulance: input.ambulance,
        police: input.police,
        what_sealed: seal(caller, key, WHAT, input.what.trim()),
        did_sealed: seal(caller, key, DID, input.did.trim()),
        helped_sealed: helped.map(|text| seal(caller, key, HELPED, text)),
        day,
        happened_at: at.into(),
        actor: caller.actor().word(),
        heard_at: caller.now().into(),
        closed_on: (!serious).then(|| caller.today()),
        note_sealed: None,
        closed_by: None,
    };
    let new = &new;
    caller
        .unit(|unit| async move {
            let row = station(&unit, caller, id, day).await?;
            let told = Entity::find().filter(Column::StationId.eq(id)).filter(Column::SentAs.eq(sent_as));
            let row = match told.one(&unit).await? {
                Some(told) => told,
                None => {
                    let new = incident::Model { organisation_id: row.organisation_id, ..new.clone() };
                    Entity::insert(new.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
                    uses::write(&unit, caller, &row, Using { incident: key, named: key, at }, used).await?;
                    new
                }
            };
            views(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 登记驿站突发事件、急救
#[utoipa::path(
    post, path = "/me/stations/{id}/incidents", tag = "me", operation_id = "write_station_incident_down",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewIncident,
    responses((status = 200, body = IncidentView), DutyRefusal),
)]
pub async fn post_incident(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewIncident>,
) -> Result<Json<IncidentView>, Problem> {
    write_down(&caller, id, &input).await.map(Json)
}
