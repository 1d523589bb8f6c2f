//! Who applies, from what he filled in.

use database::Id;
use kernel::{Context, Problem, organisation::worker_group, person::NewPerson};

use super::{Join, JoinRefusal};
use crate::{
    apply::{check_platform, document_kind},
    enter::Applicant,
    event::{
        candidates::{candidates, districts},
        view::open_unions,
    },
    rules::right_union::{Told, right_union},
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
    let union = union_for(caller, event, input).await?;
    Ok(Applicant { event_id: Some(event.id), ..filled_in(caller, input, union)? })
}

/// The chosen union, or the one that is found by what he told of himself.
async fn union_for(caller: &Context, event: &event::Model, input: &Join) -> Result<Id, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let open = open_unions(conn, event.id, today).await?;
    if let Some(chosen) = input.organisation_id {
        let known = open.iter().find(|union| union.id == chosen);
        return known.map(|union| union.id).ok_or_else(|| JoinRefusal::UnionUnclear.into());
    }
    if let [only] = open.as_slice() {
        return Ok(only.id);
    }
    let candidates = candidates(conn, (&open, &districts(conn, &open).await?), today).await?;
    let told = Told { platform: input.platform_id, district: input.district_id };
    right_union(&candidates, told, event.organisation_id)
        .map_err(|left| Problem::from(JoinRefusal::UnionUnclear).with_extra(serde_json::json!({ "unions": left })))
}
