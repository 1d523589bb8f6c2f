//! Many stations at once, for who sets a house up: open since a day, with their masters.

use chrono::NaiveDate;
use database::insert_all;
use kernel::{Context, Id, Problem, Unit};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::form::StationForm;
use crate::{
    find::turn,
    tables::{
        item,
        post::{self, PostRole},
        station::{self, StationState},
    },
};

/// A station that serves already.
#[derive(Debug, Clone)]
pub struct Founded {
    /// The key.
    pub id: Id,
    /// Its particulars.
    pub form: StationForm,
    /// Since when it serves.
    pub opened_on: NaiveDate,
    /// Who answers for it since then.
    pub master: Id,
    /// The key of the master's post.
    pub post: Id,
    /// What doesn't work, by the catalogue's code, and why.
    pub faults: Vec<(String, String)>,
}

/// Writes stations down as open. Who calls has seen that codes are unique and unions and people exist.
///
/// # Errors
/// 422 for a form that doesn't hold.
pub async fn found_many(unit: &Unit, context: &Context, all: &[Founded]) -> Result<(), Problem> {
    let (mut stations, mut items, mut posts) = (Vec::new(), Vec::new(), Vec::new());
    for one in all {
        one.form.check()?;
        let row = station::Model {
            state: StationState::Open,
            opened_on: Some(one.opened_on),
            ..one.form.row(context, one.id)?
        };
        stations.push(row.into_active_model().reset_all());
        for code in &one.form.items {
            let fault = one.faults.iter().find(|(known, _)| known == code);
            items.push(item::ActiveModel {
                station_id: Set(one.id),
                code: Set(code.clone()),
                works: Set(fault.is_none()),
                note: Set(fault.map(|(_, why)| why.clone())),
                seen_at: Set(context.now().into()),
            });
        }
        posts.push(post::ActiveModel {
            id: Set(one.post),
            station_id: Set(one.id),
            person_id: Set(one.master),
            role: Set(PostRole::Master),
            from_day: Set(one.opened_on),
            until_day: Set(None),
            made_at: Set(context.now().into()),
        });
    }
    insert_all::<station::Entity>(unit, stations).await?;
    insert_all::<item::Entity>(unit, items).await?;
    insert_all::<post::Entity>(unit, posts).await?;
    let stations: Vec<Id> = all.iter().map(|one| one.id).collect();
    turn::note(unit, &stations).await
}
