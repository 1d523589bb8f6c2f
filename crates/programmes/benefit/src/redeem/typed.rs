//! What is typed where a voucher's QR code can't be scanned: the claim's key, hidden, as thirteen signs. Keys of claims are
//! known to officers and follow each other in a rush, so none may be told by its neighbour; and as with the QR code a picture
//! of it that is passed on is worth nothing soon, so it changes by time, without a row that a rush would have to write.

use database::Id;
use kernel::{Actor, Context, Problem};
use sea_orm::entity::prelude::*;

use super::token::VoucherTokenRefusal;
use crate::tables::{claim, partner, place};

const PURPOSE: &str = "benefit.voucher_typed";

/// How long one code stands on the phone. It is good as long again, for whoever reads it out just before it changes.
const SECONDS: i64 = 300;

/// Whether something is no token, neither alone nor in an address: those have a point.
pub(super) fn is_typed(code: &str) -> bool {
    !code.contains('.')
}

/// What is typed for a claim now.
#[must_use]
pub fn issue(context: &Context, claim: Id) -> String {
    codes::typed::written(context.house().keyring().hide_number(PURPOSE, step(context), claim.0))
}

/// The claim that a typed code names, if it can be used at a place.
///
/// # Errors
/// 429 after too many; [`VoucherTokenRefusal::WrongCode`].
pub(super) async fn read(context: &Context, at: &partner::Model, typed: &str) -> Result<Id, Problem> {
    let who = match context.actor() {
        // By the place's link, behind which is no account.
        Actor::Nobody => format!("partner:{}", at.id),
        actor => actor.word(),
    };
    context.house().limits().voucher_codes.by(&who)?;
    let hidden = codes::typed::read(typed).ok_or(VoucherTokenRefusal::WrongCode)?;
    let (keyring, now) = (context.house().keyring(), step(context));
    let keys = [now, now - 1].into_iter().flat_map(|step| keyring.hidden_numbers(PURPOSE, step, hidden)).map(Id);
    let found = claim::Entity::find().filter(claim::Column::Id.is_in(keys)).all(context.read()).await?;
    let [claim] = found.as_slice() else { return Err(VoucherTokenRefusal::WrongCode.into()) };
    let here = place::Entity::find_by_id((claim.offer_id, at.id)).one(context.read()).await?;
    Ok(here.map(|_| claim.id).ok_or(VoucherTokenRefusal::WrongCode)?)
}

fn step(context: &Context) -> i64 {
    context.now().timestamp().div_euclid(SECONDS)
}
