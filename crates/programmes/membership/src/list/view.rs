//! A member as lists show him.

use chrono::NaiveDate;
use database::Id;
use kernel::{
    Context, Problem,
    organisation::{tree, worker_group},
    person,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{names, rules::standing::Standing, tables::member};

/// A member or an applicant.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MemberRow {
    /// The membership.
    pub id: Id,
    /// The person.
    pub person_id: Id,
    /// The name, masked.
    pub name: String,
    /// The document number, masked.
    pub document: Option<String>,
    /// The phone number, masked.
    pub phone: Option<String>,
    /// The union.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The worker group's code.
    pub group: Option<String>,
    /// Its name.
    pub group_label: Option<String>,
    /// The platform company.
    pub platform_id: Option<Id>,
    /// Its name.
    pub platform: Option<String>,
    /// The employer.
    pub employer: Option<String>,
    /// Where the membership stands.
    pub state: Standing,
    /// In words.
    pub state_label: String,
    /// The number on the card.
    pub card_number: Option<String>,
    /// The day of the application.
    pub applied_on: NaiveDate,
    /// The day from which the membership counts.
    pub member_since: Option<NaiveDate>,
    /// The day it ended.
    pub ended_on: Option<NaiveDate>,
    /// The enrolment event.
    pub event_id: Option<Id>,
    /// Grows with each change.
    pub version: i64,
}

/// Rows as lists show them; the caller has loaded them in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn rows(context: &Context, members: Vec<member::Model>) -> Result<Vec<MemberRow>, Problem> {
    let conn = context.read();
    let people = person::masked(conn, context, members.iter().map(|member| member.person_id)).await?;
    let unions = tree::names(conn, members.iter().map(|member| member.organisation_id)).await?;
    let (groups, platforms) = (worker_group::labels(conn).await?, names::platforms(conn).await?);
    let row = |member: member::Model| {
        let person = people.0.get(&member.person_id);
        MemberRow {
            id: member.id,
            person_id: member.person_id,
            name: person.map(|person| person.name.clone()).unwrap_or_default(),
            document: person.and_then(|person| person.document.clone()),
            phone: person.and_then(|person| person.phone.clone()),
            organisation_id: member.organisation_id,
            organisation: unions.get(&member.organisation_id).cloned().unwrap_or_default(),
            group_label: member.worker_group.as_ref().map(|code| groups.get(code).unwrap_or(code).clone()),
            group: member.worker_group,
            platform_id: member.platform_id,
            platform: member.platform_id.and_then(|id| platforms.get(&id).cloned()),
            employer: member.employer,
            state: member.state,
            state_label: member.state.label().to_owned(),
            card_number: member.card_number,
            applied_on: member.applied_on,
            member_since: member.member_since,
            ended_on: member.ended_on,
            event_id: member.event_id,
            version: member.version,
        }
    };
    Ok(members.into_iter().map(row).collect())
}
