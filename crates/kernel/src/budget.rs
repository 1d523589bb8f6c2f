//! What a line of a budget has left: whoever keeps budgets tells it to who must know before he promises anything. What was
//! spent goes the other way, by the event `budget_spent`.

use database::{Id, Unit};
use sea_orm::sea_query::{Condition, IntoColumnRef};

use crate::{
    Answer, Context, Problem,
    caller::{Scope, below},
};

/// A line of a budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it has left, in fen.
    pub left_fen: i64,
    /// The organisation whose budget has it.
    pub organisation_id: Id,
    /// Those below it whose budgets of the year have a line of this name too.
    pub apart: Vec<Id>,
}

impl Line {
    /// The filter for a column that holds an organisation's key: those pass that spend from this line, as they lie at or below
    /// its own and at or below none that has another.
    pub fn bears<C: IntoColumnRef + Copy>(&self, column: C) -> Condition {
        below(self.organisation_id, column).add(Scope::under(self.apart.clone()).within(column).not())
    }
}

/// The line of this name that bears what an organisation spends in a year; none if no budget has one.
pub type BudgetLeft = for<'a> fn(&'a Context, Option<&'a Unit>, (Id, i32, &'a str)) -> Answer<'a, Option<Line>>;

/// The same, whichever programme keeps the budget, in the unit that relies on it if there is one: what units before it booked
/// may be in no reader's sight yet. The caller has loaded the organisation's record in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn left(context: &Context, unit: Option<&Unit>, of: (Id, i32, &str)) -> Result<Option<Line>, Problem> {
    for left in context.house().programmes().iter().filter_map(|programme| programme.budget_left) {
        if let Some(line) = left(context, unit, of).await? {
            return Ok(Some(line));
        }
    }
    Ok(None)
}
