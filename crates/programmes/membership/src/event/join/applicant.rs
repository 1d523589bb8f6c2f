//! Who applies, from what he filled in.

use chrono::NaiveDate;
use database::Id;
use kernel::{
    Context, Problem,
    organisation::{platform::branch, worker_group},
    person::NewPerson,
};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait};

use super::{Join, JoinRefusal};
use crate::{
    apply::{check_platform, document_kind},
    enter::Applicant,
    event::view::{NamedUnion, open_unions},
    tables::event,
};

/// Who applies to this union, from what he filled in, at no event yet. The database is asked nothing.
pub(super) fn filled_in(caller: &Context, input: &Join, union: Id) -> Result<Applicant, Problem> {
    let person = NewPerson {
        name: input.name.clone(),
        document_kind: document_kind(&input.document_kind)?,
        document_number: input.document_number.clone(),
        phone: Some(input.phone.clone()),
        worker_group: Some(input.group.clone()),
        organisation_id: union,
    };
    Ok(Applicant {
        checked: kernel::person::check(&person, caller.today())?,
        person,
        platform_id: input.platform_id,
        employer: None,
        event_id: None,
        phone_is_proved: true,
    })
}

/// Checks what does not need a unit, so that what is typed wrong is told before the code is used up.
pub(super) async fn applicant(caller: &Context, event: &event::Model, input: &Join) -> Result<Applicant, Problem> {
    let conn = caller.read();
    worker_group::check(conn, &input.group).await?;
    check_platform(conn, input.platform_id).await?;
    let union = union_for(conn, &open_unions(conn, event.id, caller.today()).await?, (input, caller.today())).await?;
    Ok(Applicant { event_id: Some(event.id), ..filled_in(caller, input, union)? })
}

/// The chosen union, the only one, or the one of the platform company's branch.
async fn union_for(
    conn: &impl ConnectionTrait,
    unions: &[NamedUnion],
    (input, today): (&Join, NaiveDate),
) -> Result<Id, Problem> {
    if let Some(chosen) = input.organisation_id {
        let known = unions.iter().find(|union| union.id == chosen);
        return known.map(|union| union.id).ok_or_else(|| JoinRefusal::UnionUnclear.into());
    }
    if let [only] = unions {
        return Ok(only.id);
    }
    let Some(platform) = input.platform_id else { return Err(JoinRefusal::UnionUnclear.into()) };
    let branches = branch::Entity::find()
        .filter(branch::Column::PlatformId.eq(platform))
        .filter(branch::Column::UnionOrganisationId.is_in(unions.iter().map(|union| union.id)))
        .filter(branch::Column::ClosedOn.is_null().or(branch::Column::ClosedOn.gt(today)))
        .all(conn)
        .await?;
    let of_platform =
        |union: &&NamedUnion| branches.iter().any(|branch| branch.union_organisation_id == Some(union.id));
    match unions.iter().filter(of_platform).collect::<Vec<_>>().as_slice() {
        [only] => Ok(only.id),
        _ => Err(JoinRefusal::UnionUnclear.into()),
    }
}
