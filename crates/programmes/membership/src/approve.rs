//! Approving applications: chosen ones, or all that pass the rule. Membership starts on the day of approval.

use std::collections::HashMap;

use axum::Json;
use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use kernel::{Caller, Context, Problem, audit, organisation, person, rulebook};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    consent::{ConsentEnded, JOINING},
    event::gifts,
    pausing::{APPLICATION, paused_or_not},
    permissions::ApproveMembers,
    programme::LEAST_AGE,
    rules::{
        approval::{Application, by_rule},
        standing::{Standing, Step},
    },
    step::{Change, take},
    tables::{event, member},
};

kernel::refusals! {
    /// Why nothing is approved.
    pub enum ApproveRefusal {
        /// Neither a choice nor a rule was sent, or both.
        ChooseOne = 422 "choose_ids_or_rule" "请选择要批准的申请，或按规则批准，二者选一。",
        /// More at once than one unit of work may hold.
        TooMany = 422 "too_many" "一次最多批准1000人，请分批办理。",
    }
}

/// The most in one call.
const MOST: u64 = 1000;
/// Why the rule leaves an application alone whose term stands still.
const PAUSED: &str = "已暂停办理的申请，请恢复后再批准，或逐人审批。";

/// Which applications.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Approve {
    /// These.
    pub ids: Option<Vec<Id>>,
    /// All that pass the rule (age, group and phone known).
    pub rule: Option<ApproveRule>,
}

/// Where the rule looks: an organisation, an event, or both.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ApproveRule {
    /// Applications at this organisation and below; left out for all of an event, whose unions may lie beside the one that
    /// holds it.
    pub organisation_id: Option<Id>,
    /// Of this enrolment event only.
    pub event_id: Option<Id>,
    /// Only applications after this one: the `next` of the call before.
    pub after: Option<Id>,
}

/// What was approved, and what not.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Approved {
    /// How many.
    pub approved: u64,
    /// Which not, and why.
    pub refused: Vec<NotApproved>,
    /// If the rule found more than one call may approve: send it as the rule's `after` to go on.
    pub next: Option<Id>,
}

/// An application that was not approved and waits on.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct NotApproved {
    /// The application.
    pub id: Id,
    /// Why.
    pub reason: String,
}

/// Approves applications in one unit of work; what can't be approved is named and stays as it is.
///
/// # Errors
/// [`ApproveRefusal`]; 404 if the rule's organisation is absent or foreign; 422 if it names neither one nor an event.
pub async fn approve(caller: &Caller<ApproveMembers>, input: &Approve) -> Result<Approved, Problem> {
    let chosen = match (&input.ids, &input.rule) {
        (Some(ids), None) if ids.len() as u64 > MOST => return Err(ApproveRefusal::TooMany.into()),
        // Whoever forgot to say where would approve all that lies below him.
        (None, Some(ApproveRule { organisation_id: None, event_id: None, .. })) => {
            let told = "按规则批准时，请指定工会或集中入会活动。";
            return Err(Problem::field("rule", "rule_without_place", told));
        }
        (Some(_), None) | (None, Some(_)) => input,
        _ => return Err(ApproveRefusal::ChooseOne.into()),
    };
    let answer = caller
        .unit(|unit| async move {
            let mut answer = Approved::default();
            let found = wanted(&unit, caller, chosen, &mut answer).await?;
            for application in found {
                let id = application.id;
                match one(&unit, caller, application, chosen.rule.is_some()).await {
                    Ok(()) => answer.approved += 1,
                    Err(problem) if problem.fault.is_some() => return Err(problem),
                    Err(problem) => answer.refused.push(NotApproved { id, reason: problem.detail }),
                }
            }
            let act = ("members.approve", "membership/member", None);
            let detail = serde_json::json!({ "approved": answer.approved, "refused": answer.refused.len() });
            let place = chosen.rule.as_ref().and_then(|rule| rule.organisation_id);
            audit::record(&unit, caller, act, place, detail).await?;
            Ok(answer)
        })
        .await?;
    if let Some(event) = chosen.rule.as_ref().and_then(|rule| rule.event_id) {
        caller.house().live().changed(format!("event/{event}"));
    }
    Ok(answer)
}

async fn wanted(
    unit: &Unit,
    caller: &Context,
    chosen: &Approve,
    answer: &mut Approved,
) -> Result<Vec<member::Model>, Problem> {
    let place = (member::Entity, member::Column::OrganisationId);
    let query = member::Entity::find().filter(caller.scope().within(place)).order_by_asc(member::Column::Id);
    if let Some(ids) = &chosen.ids {
        let found = query.filter(member::Column::Id.is_in(ids.iter().copied())).all(unit).await?;
        for id in ids.iter().filter(|id| !found.iter().any(|member| member.id == **id)) {
            answer.refused.push(NotApproved { id: *id, reason: Problem::not_found().detail });
        }
        return Ok(found);
    }
    let Some(rule) = &chosen.rule else { return Ok(Vec::new()) };
    let mut query = query.filter(member::Column::State.eq(Standing::Applied));
    if let Some(organisation) = rule.organisation_id {
        organisation::get(unit, caller.scope(), organisation).await?;
        query = query.filter(kernel::caller::below(organisation, place));
    }
    query = query.apply_if(rule.event_id, |query, event| query.filter(member::Column::EventId.eq(event)));
    query = query.apply_if(rule.after, |query, after| query.filter(member::Column::Id.gt(after)));
    let stand = |still| query.clone().filter(paused_or_not(member::Column::Id, APPLICATION, still)).limit(MOST);
    let found = stand(false).all(unit).await?;
    answer.next = found.last().map(|last| last.id).filter(|_| found.len() as u64 == MOST);
    // What somebody paused waits for what he awaits. Behind the last one the next call tells it.
    let paused = stand(true).apply_if(answer.next, |query, last| query.filter(member::Column::Id.lt(last)));
    for application in paused.all(unit).await? {
        answer.refused.push(NotApproved { id: application.id, reason: PAUSED.to_owned() });
    }
    Ok(found)
}

async fn one(unit: &Unit, caller: &Context, application: member::Model, only_by_rule: bool) -> Result<(), Problem> {
    if only_by_rule {
        passes(unit, caller, &application).await?;
    }
    admit(unit, caller, application, only_by_rule.then_some("按规则批准")).await.map(|_| ())
}

/// Whether an application passes the rule.
///
/// # Errors
/// 422 with what an officer must look at.
pub async fn passes(unit: &Unit, context: &Context, application: &member::Model) -> Result<(), Problem> {
    let person = person::Entity::find_by_id(application.person_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let past = Past {
        birth: person.birth_date,
        has_phone: person.phone_index.is_some(),
        ended: ended(unit, &[person.id]).await?.remove(&person.id),
    };
    passes_with(unit, context, application, past).await
}

/// What the rule looks at besides the application itself.
#[derive(Debug, Clone, Copy)]
pub struct Past {
    /// The day of birth, where the paper tells it.
    pub birth: Option<NaiveDate>,
    /// Whether a phone number is known.
    pub has_phone: bool,
    /// How an earlier membership ended, if it did.
    pub ended: Option<Standing>,
}

/// [`passes`] for those who know the person's past.
///
/// # Errors
/// 422 with what an officer must look at.
pub async fn passes_with(
    unit: &Unit,
    context: &Context,
    application: &member::Model,
    Past { birth, has_phone, ended }: Past,
) -> Result<(), Problem> {
    let least = rulebook::number(unit, context, &LEAST_AGE, application.organisation_id, context.today()).await?;
    let facts = Application { birth, group: application.worker_group.as_deref(), has_phone, ended };
    by_rule(facts, least, context.today()).map_err(|doubt| Problem::new(422, "needs_a_look", doubt.sentence()))
}

/// How these people's earlier memberships ended, where somebody must look before they become members again: death before
/// expulsion.
///
/// # Errors
/// A fault of the database.
pub async fn ended(conn: &Connection, people: &[Id]) -> Result<HashMap<Id, Standing>, Problem> {
    let mut ended = HashMap::new();
    for some in people.chunks(database::KEYS_AT_ONCE) {
        let query = member::Entity::find().select_only().columns([member::Column::PersonId, member::Column::State]);
        let query = query.filter(member::Column::PersonId.is_in(some.iter().copied()));
        let query = query.filter(member::Column::State.is_in([Standing::Deceased, Standing::Expelled]));
        let found: Vec<(Id, Standing)> = query.into_tuple().all(conn).await?;
        for (person, state) in found {
            let known = ended.entry(person).or_insert(state);
            if state == Standing::Deceased {
                *known = state;
            }
        }
    }
    Ok(ended)
}

/// Approves one application, and promises what its event gives. One that was made on the phone is dealt with by consent: who
/// took it back is not made a member by it.
///
/// # Errors
/// The application's standing does not allow it, the consent was taken back, or a fault of the database.
pub async fn admit(
    unit: &Unit,
    context: &Context,
    application: member::Model,
    reason: Option<&str>,
) -> Result<member::Model, Problem> {
    if application.event_id.is_some() && JOINING.withdrawn(unit, application.person_id).await?.is_some() {
        return Err(ConsentEnded::Withdrawn.into());
    }
    let event = match application.event_id {
        Some(id) => Some(event::Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)?),
        None => None,
    };
    let (member, _) = admit_at(unit, context, application, (reason, event.as_ref())).await?;
    Ok(member)
}

/// [`admit`] for those who hold the application's event. Answers also the table at which the member's kit waits.
///
/// # Errors
/// As [`admit`].
pub async fn admit_at(
    unit: &Unit,
    context: &Context,
    application: member::Model,
    (reason, event): (Option<&str>, Option<&event::Model>),
) -> Result<(member::Model, Option<String>), Problem> {
    let member = take(unit, context, application, Change::new(context, Step::Approve).because(reason)).await?;
    let gate = event.map(|event| gifts::promise(unit, context, &member, event)).transpose()?.flatten();
    Ok((member, gate))
}

/// 批准入会
#[utoipa::path(
    post, path = "/members/approve", tag = "membership", operation_id = "approve_members",
    extensions(("x-permission" = json!("membership.approve"))),
    request_body = Approve,
    responses((status = 200, body = Approved), ApproveRefusal),
)]
pub async fn post_approve(
    caller: Caller<ApproveMembers>,
    Json(input): Json<Approve>,
) -> Result<Json<Approved>, Problem> {
    approve(&caller, &input).await.map(Json)
}
