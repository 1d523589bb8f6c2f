use std::collections::{BTreeSet, HashMap};

use database::{Connection, Id};
use sea_orm::entity::prelude::*;

use super::{Column, Entity, RuleDefinition, declared, number, region};
use crate::{Context, Problem};

/// One rule's numbers today, for those who need them of many records: each organisation's is asked for once.
#[derive(Debug)]
pub struct Numbers {
    rule: &'static RuleDefinition,
    known: HashMap<Id, i64>,
}

impl Numbers {
    /// Of a rule; nothing is asked yet.
    #[must_use]
    pub fn of(rule: &'static RuleDefinition) -> Self {
        Self { rule, known: HashMap::new() }
    }

    /// Asks for the numbers of many organisations together, before each is looked up by [`Numbers::at`].
    ///
    /// # Errors
    /// The same as [`number`].
    pub async fn know(
        &mut self,
        context: &Context,
        organisations: impl IntoIterator<Item = Id>,
    ) -> Result<(), Problem> {
        let unknown: BTreeSet<Id> = organisations.into_iter().filter(|id| !self.known.contains_key(id)).collect();
        self.known.extend(numbers(context.read(), context, self.rule, &unknown).await?);
        Ok(())
    }

    /// The number that holds for an organisation, as [`number`] answers it.
    ///
    /// # Errors
    /// The same.
    pub async fn at(&mut self, context: &Context, organisation: Id) -> Result<i64, Problem> {
        if let Some(known) = self.known.get(&organisation) {
            return Ok(*known);
        }
        let found = number(context.read(), context, self.rule, organisation, context.today()).await?;
        self.known.insert(organisation, found);
        Ok(found)
    }
}

/// The numbers of a rule that hold for many organisations today, asked together, as [`number`] answers each; for a unit, which
/// asks its own connection.
///
/// # Errors
/// The same.
pub async fn numbers(
    conn: &Connection,
    context: &Context,
    rule: &RuleDefinition,
    organisations: &BTreeSet<Id>,
) -> Result<HashMap<Id, i64>, Problem> {
    let mut found = HashMap::with_capacity(organisations.len());
    if organisations.is_empty() {
        return Ok(found);
    }
    declared(context, rule)?;
    let organisations: Vec<Id> = organisations.iter().copied().collect();
    let divisions = region::of_many(conn, &organisations).await?;
    let packs = Entity::find().filter(Column::Code.eq(rule.code)).all(conn).await?;
    let mut of_division: HashMap<&str, i64> = HashMap::new();
    for id in organisations {
        let division = divisions.get(&id).map_or("", String::as_str);
        let holds = || rule.value(&packs, division, context.today());
        found.insert(id, *of_division.entry(division).or_insert_with(holds));
    }
    Ok(found)
}
