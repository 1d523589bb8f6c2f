//! A phone for a person who has none, from an officer who looked at the paper. Whoever holds it can log in as the person, so
//! it stands in the audit chain, where the person reads it, and a text tells it to the number, so that a wrong one is noticed; a
//! number that is kept is changed elsewhere.

use database::{Connection, Id, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::json;

use super::{ActiveModel, Column, Entity, Model, holders_of_phone, sealed, tell_phone};
use crate::{Context, Problem, audit, etag};

crate::refusals! {
    /// Why no phone is bound.
    pub enum BindPhoneRefusal {
        /// He has one: whoever took it away could take the record over.
        HasPhone = 409 "phone_kept"
            "此人的档案已登记手机号码，不能在这里更换；本人换了号码的，请由有“维护职工档案”权限的人员更正。",
        /// Another record has it, and log-in would lead there.
        Taken = 409 "phone_taken"
            "这个手机号码已登记在另一份档案上。请登记本人的号码；号码换过主人的，请本人用它登录“我的娘家”，选“不是我，号码换过主人”，再来登记，按号码能查到那份档案的，也可以先在那里更正；两份档案是同一个人的，请先合并重复档案。",
    }
}

/// Refuses a number that another record than a person's own has: by one that two have neither logs in any more.
///
/// # Errors
/// [`BindPhoneRefusal`].
pub async fn phone_free(conn: &Connection, context: &Context, own: Id, phone: &str) -> Result<(), Problem> {
    let holders = holders_of_phone(conn, context, phone).await?;
    if holders.into_iter().all(|holder| holder == own) { Ok(()) } else { Err(BindPhoneRefusal::Taken.into()) }
}

/// Binds a phone, in normal form, to a person whom the caller has loaded in this unit, in his scope. The person reads `why`.
///
/// # Errors
/// [`BindPhoneRefusal`].
pub async fn bind_phone(unit: &Unit, context: &Context, person: &Model, phone: &str, why: &str) -> Result<(), Problem> {
    if person.phone_index.is_some() {
        return Err(BindPhoneRefusal::HasPhone.into());
    }
    let after = Model {
        phone_sealed: Some(sealed::seal_phone(context, person.id, phone)),
        phone_index: Some(context.house().keyring().blind_index("phone", phone)),
        phone_lost_at: None,
        version: person.version + 1,
        ..person.clone()
    };
    let row = ActiveModel {
        phone_sealed: Set(after.phone_sealed.clone()),
        phone_index: Set(after.phone_index.clone()),
        phone_lost_at: Set(after.phone_lost_at),
        version: Set(after.version),
        ..Default::default()
    };
    database::update(unit, Entity::update_many().set(row).filter(Column::Id.eq(person.id)));
    tell_phone::tell_later(unit, context, person, &after).await?;
    etag::note(unit, person.id, after.version, &["phone".to_owned()]).await?;
    let act = ("people.bind_phone", "kernel/person", person.id);
    let detail = json!({ "reason": why, "of": context.scope().roots() });
    audit::record(unit, context, act, person.organisation_id, detail).await
}
