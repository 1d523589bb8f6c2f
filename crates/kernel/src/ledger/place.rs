//! Where something was done: the programme that wrote a fact knows at which station or partner it was.

use std::collections::HashMap;

use database::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Fact;
use crate::{Answer, Context, Problem};

/// A station or a partner at which something was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FactPlace {
    /// What it is called.
    pub name: String,
    /// Whether it is a station that serves today, so that it is found by its name.
    pub is_open: bool,
}

/// How a programme tells where what it wrote was done, by the keys of these facts; where that is not known, nothing. It asks
/// once for all of them.
pub type WhereDone = for<'a> fn(&'a Context, &'a [Fact]) -> Answer<'a, HashMap<Id, FactPlace>>;

/// Where some facts happened. Who may see these facts is the caller's matter.
pub(super) async fn of(context: &Context, facts: &[Fact]) -> Result<HashMap<Id, FactPlace>, Problem> {
    let mut found = HashMap::new();
    for programme in context.house().programmes() {
        let Some(where_done) = programme.where_done else { continue };
        let own: Vec<Fact> = facts.iter().filter(|fact| fact.source().0 == programme.name).cloned().collect();
        if !own.is_empty() {
            found.extend(where_done(context, &own).await?);
        }
    }
    Ok(found)
}
