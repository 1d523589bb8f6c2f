//! Places at which more than one programme serves, such as stations where vouchers are redeemed. The programme that keeps
//! them tells the others what they ask; that one changed it announces as [`CHANGED`]. What the others handed over there they tell
//! it in turn.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Id;
use serde::{Deserialize, Serialize};

use crate::{Answer, Context, Problem};

/// A place as other programmes know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The key.
    pub id: Id,
    /// The union that answers for it.
    pub organisation_id: Id,
    /// The number on its sign.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Where, in words.
    pub address: String,
    /// The number that anybody may call; empty if there is none.
    pub telephone: String,
    /// In words why nobody is served there today; absent while it serves. Its hours are another matter.
    pub shut: Option<String>,
    /// Whether it is closed for good.
    pub is_closed: bool,
}

/// How a programme that keeps places tells of them.
#[derive(Clone, Copy)]
pub struct Sites {
    /// Those of these keys that are its own.
    pub known: for<'a> fn(&'a Context, &'a [Id]) -> Answer<'a, Vec<Site>>,
    /// Those of an organisation and below that are not closed for good.
    pub below: for<'a> fn(&'a Context, Id) -> Answer<'a, Vec<Site>>,
    /// The keys of those that a person answers for today.
    pub kept_by: for<'a> fn(&'a Context, Id) -> Answer<'a, Vec<Id>>,
}

/// What was handed over at a place on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// The day.
    pub day: NaiveDate,
    /// The stable code of what it was: `meal`.
    pub code: String,
    /// What people read: 爱心餐.
    pub label: String,
    /// The word behind a number: 份.
    pub unit: String,
    /// How many.
    pub quantity: i64,
}

/// What a programme handed over at a place from the first to the last of two days and did not take back.
pub type HandsOver = for<'a> fn(&'a Context, Id, (NaiveDate, NaiveDate)) -> Answer<'a, Vec<HandedOver>>;

/// The event that tells of a place that it was changed, [`SiteChanged`].
pub const CHANGED: &str = "site_changed";

/// Which place was changed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct SiteChanged {
    /// Its key.
    pub site: Id,
}

/// Places by their keys, whichever programme keeps them.
///
/// # Errors
/// A fault of the database.
pub async fn known(context: &Context, keys: &[Id]) -> Result<HashMap<Id, Site>, Problem> {
    let mut found = HashMap::new();
    for sites in context.house().programmes().iter().filter_map(|programme| programme.sites) {
        found.extend((sites.known)(context, keys).await?.into_iter().map(|site| (site.id, site)));
    }
    Ok(found)
}

/// The places of an organisation and below that are not closed for good, whichever programme keeps them. Whether the caller
/// may see the organisation is his matter.
///
/// # Errors
/// A fault of the database.
pub async fn below(context: &Context, organisation: Id) -> Result<Vec<Site>, Problem> {
    let mut found = Vec::new();
    for sites in context.house().programmes().iter().filter_map(|programme| programme.sites) {
        found.extend((sites.below)(context, organisation).await?);
    }
    Ok(found)
}

/// The keys of the places that a person answers for today.
///
/// # Errors
/// A fault of the database.
pub async fn kept_by(context: &Context, person: Id) -> Result<Vec<Id>, Problem> {
    let mut kept = Vec::new();
    for sites in context.house().programmes().iter().filter_map(|programme| programme.sites) {
        kept.extend((sites.kept_by)(context, person).await?);
    }
    Ok(kept)
}

/// What all programmes handed over at a place from the first to the last of two days. The caller has loaded the place in his
/// scope.
///
/// # Errors
/// A fault of the database.
pub async fn handed_over(
    context: &Context,
    site: Id,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<HandedOver>, Problem> {
    let mut all = Vec::new();
    for handed_over in context.house().programmes().iter().filter_map(|programme| programme.hands_over) {
        all.extend(handed_over(context, site, days).await?);
    }
    Ok(all)
}
