//! What people agree to, and the text they see.

use database::{Id, Moment, Unit};
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::consent;

kernel::refusals! {
    /// Why nothing goes on without consent.
    pub enum ConsentRefusal {
        /// Not agreed, or to an older text.
        Missing = 422 "consent_missing" "请阅读并同意个人信息处理告知书（内容可能已更新，请重新打开页面）。",
        /// Taken back before the application was approved: nothing else allows to go on with it.
        Withdrawn = 409 "consent_withdrawn"
            "本人已撤回线上入会时作出的同意，这份申请不能批准。本人愿意继续的，请其在手机“我的个人信息”中重新同意；否则请不予批准。",
    }
}

/// The purpose of an application to the union.
pub const MEMBERSHIP: &str = "membership";
/// The edition of the text.
pub const VERSION: &str = "2026-1";
/// The text that a person sees before he joins (PIPL, articles 13 to 17).
pub const TEXT: &str = "您所申请加入的工会及其上级工会（个人信息处理者）将收集您的姓名、证件类型和号码、手机号码、职工群体和\
所属平台企业，用于办理入会、转接会籍、发放会员证和入会礼遇、提供工会服务并记录服务情况，保存期限为会籍存续期间及终止后\
法律规定的期限。证件号码和手机号码加密保存，页面上遮盖显示；工会干部查看原文须填写理由并留下记录，您可以看到是谁、何时、\
为何查看。活动如赠送保障，工会会在为您投保时把投保必需的信息提供给承保机构。您可以随时在“我的—个人信息”中查阅、更正、导出、\
申请删除您的信息，或撤回本同意；撤回不影响撤回前的处理。不同意将无法在线办理入会，您仍可到工会窗口申请。";

/// The text that one agrees to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentText {
    /// The edition; sent back by who agrees.
    pub version: String,
    /// The text.
    pub text: String,
}

/// The text as it is now.
pub fn text() -> ConsentText {
    ConsentText { version: VERSION.to_owned(), text: TEXT.to_owned() }
}

/// Whether this edition is agreed to.
///
/// # Errors
/// It is not.
pub fn check(version: &str) -> Result<(), Problem> {
    if version == VERSION { Ok(()) } else { Err(ConsentRefusal::Missing.into()) }
}

/// When a person took back what he had agreed to; none while one of his consents stands, or if he never gave one.
///
/// # Errors
/// A fault of the database.
pub async fn withdrawn(conn: &impl ConnectionTrait, person: Id) -> Result<Option<Moment>, Problem> {
    let given = consent::Entity::find().filter(consent::Column::PersonId.eq(person));
    let given = given.filter(consent::Column::Purpose.eq(MEMBERSHIP)).all(conn).await?;
    Ok(taken_back(&given))
}

/// The same of consents that were read.
pub fn taken_back(given: &[consent::Model]) -> Option<Moment> {
    let ended: Option<Vec<Moment>> = given.iter().map(|consent| consent.withdrawn_at).collect();
    ended?.into_iter().max()
}

/// Writes a consent down, once for each edition that holds.
///
/// # Errors
/// A fault of the database.
pub async fn give(unit: &Unit, context: &Context, person: Id, place: &str) -> Result<(), Problem> {
    let held = consent::Entity::find()
        .filter(consent::Column::PersonId.eq(person))
        .filter(consent::Column::Purpose.eq(MEMBERSHIP))
        .filter(consent::Column::Version.eq(VERSION))
        .filter(consent::Column::WithdrawnAt.is_null());
    if held.one(unit).await?.is_none() {
        give_first(unit, context, person, place)?;
    }
    Ok(())
}

/// [`give`] for a person who can't have agreed before.
///
/// # Errors
/// A fault of the program.
pub fn give_first(unit: &Unit, context: &Context, person: Id, place: &str) -> Result<(), Problem> {
    let row = consent::ActiveModel {
        id: Set(context.id()),
        person_id: Set(person),
        purpose: Set(MEMBERSHIP.to_owned()),
        version: Set(VERSION.to_owned()),
        place: Set(place.to_owned()),
        given_at: Set(context.now().into()),
        withdrawn_at: Set(None),
    };
    database::insert::<consent::Entity>(unit, row)?;
    Ok(())
}
