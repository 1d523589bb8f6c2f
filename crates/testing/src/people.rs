//! Made-up people, told apart by a number.

use serde::Serialize;
use serde_json::{Value, json};

/// A citizen's number that checks, of somebody born between 1960 and 1999.
#[must_use]
pub fn number(n: u32) -> String {
    let body = format!("15220119{:02}{:02}01{:03}", 60 + n / 1000 % 40, n / 40_000 % 12 + 1, n % 1000);
    let check = codes::document::check_character(&body).unwrap();
    format!("{body}{check}")
}

/// A mobile number.
#[must_use]
pub fn phone(n: u32) -> String {
    format!("138{n:08}")
}

/// A name of three characters, so that few are alike.
#[must_use]
pub fn name(n: u32) -> String {
    let sign = |n: u32| char::from_u32(0x4e00 + n % 5000).unwrap();
    format!("王{}{}", sign(n), sign(n / 7 + 11))
}

/// What an officer types of somebody who becomes a member: of a group, in a union.
#[must_use]
pub fn member(n: u32, group: &str, union: &impl Serialize) -> Value {
    json!({
        "name": name(n), "document_kind": "citizen_number", "document_number": number(n),
        "phone": phone(n), "group": group, "organisation_id": union,
    })
}
