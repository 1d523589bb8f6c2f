use std::collections::{BTreeSet, HashMap};

use database::Id;
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
        if unknown.is_empty() {
            return Ok(());
        }
        declared(context, self.rule)?;
        let unknown: Vec<Id> = unknown.into_iter().collect();
        let divisions = region::of_many(context.read(), &unknown).await?;
        let packs = Entity::find().filter(Column::Code.eq(self.rule.code)).all(context.read()).await?;
        let rule = self.rule;
        let holds = |division: &str| rule.value(&packs, division, context.today());
        let mut of_division: HashMap<&str, i64> = HashMap::new();
        for id in unknown {
            let division = divisions.get(&id).map_or("", String::as_str);
            let found = *of_division.entry(division).or_insert_with(|| holds(division));
            self.known.insert(id, found);
        }
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
