//! Many stations at once, for who sets a house up: open since a day, with their masters.

use chrono::NaiveDate;
use database::insert_all;
use kernel::{Context, Id, Problem, Unit};

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
        stations.push(station::Model {
            state: StationState::Open,
            opened_on: Some(one.opened_on),
            ..one.form.row(context, one.id)?
        });
        for code in &one.form.items {
            let fault = one.faults.iter().find(|(known, _)| known == code);
            items.push(item::Model {
                station_id: one.id,
                code: code.clone(),
                works: fault.is_none(),
                note: fault.map(|(_, why)| why.clone()),
                seen_at: context.now().into(),
            });
        }
        posts.push(post::Model {
            id: one.post,
            station_id: one.id,
            person_id: one.master,
            role: PostRole::Master,
            from_day: one.opened_on,
            until_day: None,
            made_at: context.now().into(),
            died_on: None,
        });
    }
    insert_all::<station::Entity>(unit, stations).await?;
    insert_all::<item::Entity>(unit, items).await?;
    insert_all::<post::Entity>(unit, posts).await?;
    let stations: Vec<Id> = all.iter().map(|one| one.id).collect();
    turn::note(unit, &stations).await
}
