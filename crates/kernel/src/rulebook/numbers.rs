use std::collections::HashMap;

use database::Id;

use super::{RuleDefinition, number};
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
