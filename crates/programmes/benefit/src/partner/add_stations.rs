//! All stations of a union and those below it as places of redemption, by one act: those of the register that are none yet.

use std::collections::BTreeSet;

use axum::Json;
use database::Id;
use kernel::{Caller, Problem, organisation, site};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{keep::record, register::told_by};
use crate::{
    permissions::KeepPartners,
    tables::partner::{ActiveModel, Column, Entity},
};

kernel::refusals! {
    /// Why no station is added.
    pub enum AddStationsRefusal {
        /// More than one unit of work may hold.
        TooMany { most: usize } = 422 "too_many_stations" "一次最多登记{most}个驿站，请按下级工会分批登记。",
    }
}

/// The most that a union may have for one call.
const MOST: usize = 1000;

/// Whose stations.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AddStations {
    /// This union's and those of the unions below it.
    pub organisation_id: Id,
}

/// What became of the stations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AddedStations {
    /// How many are places of redemption from now on.
    pub added: u64,
    /// How many were before, whether they redeem or not; they stay as they are.
    pub known: u64,
}

/// Makes the stations that are not closed for good places that redeem.
///
/// # Errors
/// 404 if the union is absent or foreign, [`AddStationsRefusal`].
pub async fn add_stations(caller: &Caller<KeepPartners>, form: &AddStations) -> Result<AddedStations, Problem> {
    organisation::get(caller.read(), caller.scope(), form.organisation_id).await?;
    let sites = &site::below(caller, form.organisation_id).await?;
    if sites.len() > MOST {
        return Err(AddStationsRefusal::TooMany { most: MOST }.into());
    }
    caller
        .unit(|unit| async move {
            let own = Column::SiteId.is_in(sites.iter().map(|site| site.id));
            let known = Entity::find().filter(own).all(&unit).await?;
            let known: BTreeSet<Id> = known.into_iter().filter_map(|partner| partner.site_id).collect();
            let mut added = 0;
            for site in sites {
                if known.contains(&site.id) {
                    continue;
                }
                let model = told_by(site.clone(), true).row(caller.id(), None, 1);
                let row = ActiveModel::from(model.clone()).reset_all();
                Entity::insert(row).exec_without_returning(&unit).await?;
                record(&unit, caller, &model, "benefits.partner").await?;
                added += 1;
            }
            Ok(AddedStations { added, known: known.len() as u64 })
        })
        .await
}

/// 登记全部驿站为核销点
#[utoipa::path(
    post, path = "/benefit-partners/stations", tag = "benefit", operation_id = "add_station_partners",
    extensions(("x-permission" = json!("benefit.partners"))), request_body = AddStations,
    responses((status = 200, body = AddedStations), AddStationsRefusal),
)]
pub async fn post_stations(
    caller: Caller<KeepPartners>,
    Json(form): Json<AddStations>,
) -> Result<Json<AddedStations>, Problem> {
    add_stations(&caller, &form).await.map(Json)
}
