//! A browser that logged in with a number before is known again by a cookie. What others ask for in the number's name then
//! uses up nothing of what its holder may ask for.

use axum::http::{HeaderMap, HeaderValue};
use chrono::TimeDelta;
use secret::STAMP;

use super::{codes, cookie::Cookie};
use crate::{Context, Problem};

const COOKIE: Cookie = Cookie("niangjia_known");
/// What the mark is signed for.
const PURPOSE: &str = "access.known_phone";
/// As long as browsers keep a cookie at most (RFC 6265bis 5.5).
const LIFE: TimeDelta = TimeDelta::days(400);

/// The mark of a browser that just proved a number.
///
/// # Errors
/// 422 if it is no mobile number.
pub(super) fn mark(context: &Context, phone: &str) -> Result<String, Problem> {
    let until = (context.now() + LIFE).timestamp();
    Ok(context.house().keyring().sign(PURPOSE, &named(context, phone)?, until))
}

/// The header's value that leaves a mark with the browser.
///
/// # Errors
/// A fault if the mark can't stand in a header.
pub(super) fn cookie(context: &Context, mark: &str) -> Result<HeaderValue, Problem> {
    Ok(COOKIE.set(context.house(), mark, LIFE)?)
}

/// Whether a request comes from a browser with the mark of this number.
pub(super) fn is_known(context: &Context, headers: &HeaderMap, phone: &str) -> bool {
    let house = context.house();
    let Some(mark) = COOKIE.sent(house, headers) else { return false };
    let marked = house.keyring().verify(PURPOSE, &mark, context.now().timestamp());
    named(context, phone).is_ok_and(|named| marked.is_ok_and(|marked| marked == named))
}

/// Names a number as no blind index does: rotating the key changes nothing in it.
fn named(context: &Context, phone: &str) -> Result<[u8; STAMP], Problem> {
    let mut stamp = context.house().keyring().stamp(PURPOSE);
    stamp.update(codes::normal(phone)?.as_bytes());
    Ok(stamp.finish())
}
