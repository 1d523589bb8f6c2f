//! What a hall's phones choose from, read once for all who join at the same moment.

use std::collections::{HashMap, HashSet};

use database::{Id, Unit};
use kernel::{
    Context, Problem,
    organisation::{self, platform, worker_group},
    rulebook,
};
use sea_orm::entity::prelude::*;

use super::together::Joiner;
use crate::{
    enter::Applicant,
    event::view::is_open,
    programme::LEAST_AGE,
    rules::approval::{Application, by_rule},
    tables::{event, event_union},
};

/// The lists.
pub(super) struct Lists {
    /// By their codes.
    events: HashMap<String, event::Model>,
    /// Which union takes part in which event.
    part: HashSet<(Id, Id)>,
    unions: HashMap<Id, organisation::Model>,
    /// The least age in each union.
    least: HashMap<Id, i64>,
    /// The worker groups that are offered.
    groups: HashSet<String>,
    platforms: HashSet<Id>,
}

impl Lists {
    /// Reads what these need.
    pub(super) async fn read(unit: &Unit, context: &Context, asked: &[&Joiner]) -> Result<Self, Problem> {
        let codes: HashSet<&str> = asked.iter().map(|one| one.event.as_str()).collect();
        let events = event::Entity::find().filter(event::Column::Code.is_in(codes)).all(unit).await?;
        let ids = events.iter().map(|event| event.id);
        let part = event_union::Entity::find().filter(event_union::Column::EventId.is_in(ids)).all(unit).await?;
        let unions: HashSet<Id> = asked.iter().map(|one| one.applicant.person.organisation_id).collect();
        let unions = organisation::Entity::find().filter(organisation::Column::Id.is_in(unions)).all(unit).await?;
        let mut least = HashMap::with_capacity(unions.len());
        for union in &unions {
            least.insert(union.id, rulebook::number(unit, context, &LEAST_AGE, union.id, context.today()).await?);
        }
        let platforms: HashSet<Id> = asked.iter().filter_map(|one| one.applicant.platform_id).collect();
        let platforms = match platforms.is_empty() {
            true => Vec::new(),
            false => platform::Entity::find().filter(platform::Column::Id.is_in(platforms)).all(unit).await?,
        };
        let groups = worker_group::list(unit).await?;
        Ok(Self {
            events: events.into_iter().map(|event| (event.code.clone(), event)).collect(),
            part: part.into_iter().map(|part| (part.event_id, part.organisation_id)).collect(),
            unions: unions.into_iter().map(|union| (union.id, union)).collect(),
            least,
            groups: groups.into_iter().filter(|group| group.offered).map(|group| group.code).collect(),
            platforms: platforms.into_iter().map(|platform| platform.id).collect(),
        })
    }

    /// The event and the union of somebody who chose what is on the lists and whom the event approves at once, if nobody
    /// knew him, without an officer.
    pub(super) fn fits(&self, context: &Context, one: &Joiner) -> Option<(&event::Model, &organisation::Model)> {
        let applicant = &one.applicant;
        let event = self.events.get(&one.event)?;
        let union = self.unions.get(&applicant.person.organisation_id)?;
        let least = self.least.get(&union.id)?;
        let is_open = event.approves_at_once && is_open(event, context.now().into());
        let takes_part = self.part.contains(&(event.id, union.id));
        let takes_in = !union.is_closed(context.today());
        let group = applicant.person.worker_group.as_ref().is_some_and(|group| self.groups.contains(group));
        let platform = applicant.platform_id.is_none_or(|platform| self.platforms.contains(&platform));
        let fits = is_open && takes_part && takes_in && group && platform && passes(applicant, *least, context);
        fits.then_some((event, union))
    }
}

/// Whether somebody whom nobody knew is approved without an officer.
fn passes(applicant: &Applicant, least: i64, context: &Context) -> bool {
    let birth = applicant.checked.document.birth;
    let has_phone = applicant.checked.phone.is_some();
    let facts = Application { birth, group: applicant.person.worker_group.as_deref(), has_phone, ended: None };
    by_rule(facts, least, context.today()).is_ok()
}
