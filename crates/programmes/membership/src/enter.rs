//! How one person comes in, at the desk or at an event: he is found or written down, and either applies, or is told that
//! he has a membership, or a transfer is proposed. One person, one membership.

use database::{Id, Unit};
use kernel::{
    Context, Problem,
    person::{self, Checked, NewPerson},
};
use sea_orm::entity::prelude::*;

use crate::{
    ask_transfer,
    rules::{
        standing::{Standing, Step},
        transfer::Side,
    },
    step::{Change, written},
    tables::{history, member, transfer},
};

kernel::refusals! {
    /// Why nobody comes in.
    pub enum EnterRefusal {
        /// The paper is known under another name.
        NameDiffers = 409 "name_differs"
            "该证件号码已登记在另一个姓名下，请核对姓名和证件号码；如证件信息有变更，请由工会工作人员办理。",
        /// The paper is known with another phone, and only whoever holds that phone may act for the person.
        PhoneDiffers = 409 "phone_differs"
            "该证件登记的手机号码与本次填写的不同，请找现场工作人员核对证件后更新手机号码。",
        /// The paper is known without a phone: whoever knows a name and a number must not take somebody's record over with
        /// a phone of his own. A human looks at the paper first.
        PhoneUnknown = 409 "phone_unknown"
            "该证件已有档案，但没有登记手机号码。请持证件找现场工作人员核对并登记手机号码，再扫码入会。",
        /// Another record has the phone: with two, neither could log in by it any more. Whoever proved it may take it off there.
        PhoneShared = 409 "phone_of_another"
            "这个手机号码已登记在另一份档案上，两人共用就都不能登录。号码以前是别人的，请先用它登录“我的娘家”，选“不是我，号码换过主人”，再回来入会；或带证件找工会办理。",
        /// An application waits at another union.
        AppliedElsewhere { union: String } = 409 "applied_elsewhere"
            "您已向“{union}”提出入会申请，正在审批，请等待答复或联系该工会撤回。",
    }
}

/// Who comes in.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// The person; his organisation is the union that he applies to.
    pub person: NewPerson,
    /// What [`person::check`] made of him.
    pub checked: Checked,
    /// The platform company he works for.
    pub platform_id: Option<Id>,
    /// The employer, as he wrote it.
    pub employer: Option<String>,
    /// The event.
    pub event_id: Option<Id>,
    /// Whether the phone number was just proved by a one-time code, so that it must be the person's own.
    pub phone_is_proved: bool,
}

/// How he came in.
#[derive(Debug, Clone)]
pub enum Entered {
    /// An application was written down for somebody whom nobody knew, so that nothing is recorded of him anywhere yet.
    Unknown(member::Model),
    /// An application was written down.
    Applied(member::Model),
    /// He has an application or a membership with this union.
    Already(member::Model),
    /// He is a member elsewhere; the home union is asked to let him go. With the membership as it stands.
    TransferAsked(member::Model, transfer::Model),
}

/// Somebody who came in.
#[derive(Debug, Clone)]
pub struct Came {
    /// How.
    pub entered: Entered,
    /// Why the phone that was typed is not written down. Never so with one that was proved, for it lets only its holder in.
    pub left_out: Option<LeftOut>,
}

/// Why a phone is not written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Another one is known, or the record is another union's, whatever stands there.
    Kept,
    /// Another record has it: whoever holds it could log in by it no more, and would never hear why.
    Taken,
}

/// Brings one person in. The caller has checked the union, the group and the platform.
///
/// # Errors
/// A field can't be taken, or [`EnterRefusal`].
pub async fn enter(unit: &Unit, context: &Context, applicant: &Applicant) -> Result<Came, Problem> {
    let keyring = context.house().keyring();
    let Some(holder) = person::find_by_document(unit, keyring, &applicant.checked.document).await? else {
        return unknown(unit, context, applicant).await;
    };
    let (person, left_out) = identify(unit, context, applicant, holder).await?;
    let entered = known(unit, context, applicant, person).await?;
    Ok(Came { entered, left_out })
}

/// How somebody comes in whose paper nobody knows. A desk that typed another's number is not refused: it could try numbers, and
/// leave nothing behind.
async fn unknown(unit: &Unit, context: &Context, applicant: &Applicant) -> Result<Came, Problem> {
    let mut checked = applicant.checked.clone();
    let is_taken = is_taken(unit, context, checked.phone.as_deref()).await?;
    if is_taken && applicant.phone_is_proved {
        return Err(EnterRefusal::PhoneShared.into());
    }
    checked.phone = checked.phone.filter(|_| !is_taken);
    let person = person::write_down(unit, context, &applicant.person, &checked)?;
    let entered = Entered::Unknown(apply(unit, context, applicant, person)?);
    Ok(Came { entered, left_out: is_taken.then_some(LeftOut::Taken) })
}

/// Whether a record has a phone, if there is one.
async fn is_taken(unit: &Unit, context: &Context, phone: Option<&str>) -> Result<bool, Problem> {
    match phone {
        Some(phone) => Ok(!person::holders_of_phone(unit, context, phone).await?.is_empty()),
        None => Ok(false),
    }
}

/// How somebody comes in who is known.
async fn known(unit: &Unit, context: &Context, applicant: &Applicant, person: Id) -> Result<Entered, Problem> {
    let union = applicant.person.organisation_id;
    let Some(old) = member::valid_of(unit, person).await? else {
        return Ok(Entered::Applied(apply(unit, context, applicant, person)?));
    };
    if old.organisation_id == union {
        return Ok(Entered::Already(old));
    }
    match old.state {
        Standing::Applied => {
            let other = kernel::organisation::Entity::find_by_id(old.organisation_id).one(unit).await?;
            Err(EnterRefusal::AppliedElsewhere { union: other.map(|union| union.name).unwrap_or_default() }.into())
        }
        Standing::TransferPending => {
            let waiting =
                transfer::Entity::find().filter(transfer::Column::WaitingMemberId.eq(old.id)).one(unit).await?;
            let waiting = waiting.ok_or_else(Problem::not_found)?;
            Ok(Entered::TransferAsked(old, waiting))
        }
        _ => {
            let wish = ask_transfer::Wish {
                to: union,
                asked_by: Side::Receiving,
                reason: "本人在新的工会申请入会".to_owned(),
                import_batch: None,
            };
            let (member, transfer) = ask_transfer::ask(unit, context, old, &wish).await?;
            Ok(Entered::TransferAsked(member, transfer))
        }
    }
}

/// Who holds the paper that was known before, if it is the applicant; and why the phone that was typed is left out. Whoever is
/// known keeps the number that he had.
async fn identify(
    unit: &Unit,
    context: &Context,
    applicant: &Applicant,
    holder: Id,
) -> Result<(Id, Option<LeftOut>), Problem> {
    let checked = &applicant.checked;
    let known = survivor(unit, holder).await?;
    if known.name_key != codes::name::match_key(&checked.name) {
        return Err(EnterRefusal::NameDiffers.into());
    }
    let Some(phone) = checked.phone.as_deref() else { return Ok((known.id, None)) };
    let keyring = context.house().keyring();
    let kept = known.phone_index.as_ref();
    let differs = kept.map(|kept| !keyring.blind_indexes("phone", phone).contains(kept));
    if applicant.phone_is_proved {
        return match differs {
            None => Err(EnterRefusal::PhoneUnknown.into()),
            Some(true) => Err(EnterRefusal::PhoneDiffers.into()),
            Some(false) => Ok((known.id, None)),
        };
    }
    let is_own = match person::get(unit, context.scope(), known.id).await {
        Ok(_) => true,
        Err(absent) if absent.status == 404 => false,
        Err(fault) => return Err(fault),
    };
    match differs {
        // A desk knows only the people of its own unions well enough to give them a phone,
        None if is_own => {
            if is_taken(unit, context, Some(phone)).await? {
                return Ok((known.id, Some(LeftOut::Taken)));
            }
            person::bind_phone(unit, context, &known, phone, "代录入会申请").await?;
            Ok((known.id, None))
        }
        // or to hear whether it typed the right one: of others it could try numbers.
        _ => Ok((known.id, (!is_own || differs == Some(true)).then_some(LeftOut::Kept))),
    }
}

/// The person, or whom he was found to be.
async fn survivor(unit: &Unit, id: Id) -> Result<person::Model, Problem> {
    let mut known = person::Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)?;
    while let Some(into) = known.merged_into {
        known = person::Entity::find_by_id(into).one(unit).await?.ok_or_else(Problem::not_found)?;
    }
    Ok(known)
}

/// An application of a person, for those who write it down themselves.
pub fn application(context: &Context, applicant: &Applicant, person: Id) -> member::Model {
    member::Model {
        id: context.id(),
        person_id: person,
        organisation_id: applicant.person.organisation_id,
        worker_group: applicant.person.worker_group.clone(),
        platform_id: applicant.platform_id,
        employer: applicant.employer.clone(),
        state: Standing::Applied,
        card_number: None,
        applied_on: context.today(),
        member_since: None,
        ended_on: None,
        event_id: applicant.event_id,
        import_batch: None,
        valid_person_id: Some(person),
        changed_at: context.now().into(),
        version: 1,
    }
}

/// Writes an application down for a person.
///
/// # Errors
/// A fault of the program.
pub fn apply(unit: &Unit, context: &Context, applicant: &Applicant, person: Id) -> Result<member::Model, Problem> {
    let model = application(context, applicant, person);
    database::insert::<member::Entity>(unit, member::ActiveModel::from(model.clone()).reset_all())?;
    let change = Change::new(context, Step::Apply);
    database::insert::<history::Entity>(unit, written(context, &model, &change))?;
    Ok(model)
}
