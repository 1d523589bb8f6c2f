//! A place of redemption that is a station of the register: what is known of it stands there, and follows it.

use database::{Id, Unit};
use kernel::{
    Answer, Caller, Context, Problem, etag, organisation,
    outbox::{EventRecord, React, Subscription},
    site::{self, Site, SiteChanged},
};
use sea_orm::entity::prelude::*;

use super::keep::{BenefitPartnerForm, save};
use crate::{
    permissions::KeepPartners,
    tables::partner::{BenefitPartnerKind, Column, Entity},
};

/// Listens for changes of the places that are places of redemption too.
pub const SUBSCRIPTION: Subscription =
    Subscription { name: "benefit.follow_site", event: site::CHANGED, react: React::Each(follow) };

/// The form as the register completes it, if it names a station there.
///
/// # Errors
/// 404 for one that is absent or foreign, 422 for one that is closed.
pub(super) async fn registered(
    caller: &Caller<KeepPartners>,
    form: BenefitPartnerForm,
) -> Result<BenefitPartnerForm, Problem> {
    let Some(key) = form.site_id else { return Ok(form) };
    let found = site::known(caller, &[key]).await?.remove(&key).ok_or_else(Problem::not_found)?;
    organisation::get(caller.read(), caller.scope(), found.organisation_id).await?;
    if found.is_closed && form.active {
        return Err(Problem::field("site_id", "site_closed", "这个驿站已撤销，不能作为核销点。"));
    }
    Ok(told_by(found, form.active))
}

/// Refuses a station that is a place of redemption already.
///
/// # Errors
/// 422 naming the field.
pub(super) async fn known_once(unit: &Unit, id: Id, form: &BenefitPartnerForm) -> Result<(), Problem> {
    let Some(site) = form.site_id else { return Ok(()) };
    let other = Entity::find().filter(Column::SiteId.eq(site)).filter(Column::Id.ne(id)).one(unit).await?;
    match other {
        Some(_) => Err(Problem::field("site_id", "site_known", "这个驿站已经登记为核销点，不必重复登记。")),
        None => Ok(()),
    }
}

/// What the register says as a form. Closed for good, a station redeems nothing.
pub(super) fn told_by(site: Site, active: bool) -> BenefitPartnerForm {
    BenefitPartnerForm {
        organisation_id: site.organisation_id,
        site_id: Some(site.id),
        code: site.code,
        name: site.name,
        kind: BenefitPartnerKind::Station,
        address: site.address,
        contact: site.telephone,
        active: active && !site.is_closed,
    }
}

fn follow<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        let told: SiteChanged = event.told()?;
        let Some(old) = Entity::find().filter(Column::SiteId.eq(told.site)).one(unit).await? else { return Ok(()) };
        let before = BenefitPartnerForm::of(&old);
        let now = match site::known(context, &[told.site]).await?.remove(&told.site) {
            Some(site) => told_by(site, before.active),
            // It was written down by mistake and removed: nobody redeems there.
            None => BenefitPartnerForm { active: false, ..before.clone() },
        };
        let fields = etag::changed(&before, &now);
        if fields.is_empty() {
            return Ok(());
        }
        let new = now.row(old.id, old.key_hash, old.version + 1);
        save(unit, context, &new, (&fields, "benefits.follow_site")).await
    })
}
