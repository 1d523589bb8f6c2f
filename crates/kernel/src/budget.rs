//! What a line of a budget has left: whoever keeps budgets tells it to who must know before he promises anything. What was
//! spent goes the other way, by the event `budget_spent`.

use database::Id;

use crate::{Answer, Context, Problem};

/// What the line of this name has left, in fen, that bears what an organisation spends in a year; none if no budget has one.
pub type BudgetLeft = for<'a> fn(&'a Context, (Id, i32, &'a str)) -> Answer<'a, Option<i64>>;

/// The same, whichever programme keeps the budget. The caller has loaded the organisation's record in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn left(context: &Context, of: (Id, i32, &str)) -> Result<Option<i64>, Problem> {
    for left in context.house().programmes().iter().filter_map(|programme| programme.budget_left) {
        if let Some(fen) = left(context, of).await? {
            return Ok(Some(fen));
        }
    }
    Ok(None)
}
