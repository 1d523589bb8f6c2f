//! Mobile numbers of a roster that another person's record has already: by a number that two have nobody logs in any more, so
//! a slip of the pen would lock out whom it belongs to.

use std::collections::{HashMap, HashSet};

use database::Id;
use kernel::{Context, Problem, person};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::enrol_many::Sought;

/// People by the blind indexes of their mobile numbers.
type Holders = HashMap<String, Vec<Id>>;

/// Of a block's rows, which come with the blind indexes of their numbers, the places of those whose number somebody else has.
pub(super) async fn by_others(context: &Context, rows: &[(&Sought, &[String])]) -> Result<HashSet<usize>, Problem> {
    let holders = holders(context, rows).await?;
    let mut met = Vec::new();
    for (at, (sought, indexes)) in rows.iter().enumerate() {
        if indexes.iter().any(|index| holders.contains_key(index)) {
            met.push((at, &sought.newcomer.checked.document, *indexes));
        }
    }
    let mut taken = HashSet::new();
    for some in met.chunks(database::KEYS_AT_ONCE) {
        let papers: Vec<_> = some.iter().map(|(_, document, _)| (*document).clone()).collect();
        let own = person::find_by_documents(context.read(), context.house().keyring(), &papers).await?;
        for ((at, _, indexes), own) in some.iter().zip(own) {
            if indexes.iter().filter_map(|index| holders.get(index)).flatten().any(|holder| Some(*holder) != own) {
                taken.insert(*at);
            }
        }
    }
    Ok(taken)
}

async fn holders(context: &Context, rows: &[(&Sought, &[String])]) -> Result<Holders, Problem> {
    let indexes: Vec<&str> = rows.iter().flat_map(|(_, indexes)| indexes.iter()).map(String::as_str).collect();
    let mut holders = Holders::new();
    for some in indexes.chunks(database::KEYS_AT_ONCE) {
        let found: Vec<(Option<String>, Id)> = person::Entity::find()
            .select_only()
            .column(person::Column::PhoneIndex)
            .column(person::Column::Id)
            .filter(person::Column::PhoneIndex.is_in(some.iter().copied()))
            .filter(person::Column::MergedInto.is_null())
            .into_tuple()
            .all(context.read())
            .await?;
        for (index, id) in found {
            holders.entry(index.unwrap_or_default()).or_default().push(id);
        }
    }
    Ok(holders)
}
