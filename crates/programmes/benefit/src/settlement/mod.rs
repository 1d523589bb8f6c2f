//! Settling with places by month. What is redeemed stands on the statement of its place, the union that pays and the month;
//! the place looks at it with its scanning link, says that it is right or disputes a line; the union answers, settles and
//! pays. A settled statement never changes: what is taken back later is deducted on the one that is open then.

pub mod answer;
pub mod by_partner;
mod current;
pub mod dispute;
pub mod export;
mod figures;
pub(crate) mod hear;
pub mod list;
pub mod pay;
pub mod pay_many;
pub mod settle;
pub mod settle_many;
pub mod sheet;
pub mod view;

pub(crate) use current::{add, current};
pub(crate) use figures::{is_paid_for, issued};

use calendar::Period;
use chrono::NaiveDate;
use database::Unit;
use kernel::{Context, Problem, audit};

use self::settle::SeenStatement;
use crate::{
    rules::settlement::Line,
    tables::settlement::{self, SettlementState},
};

kernel::refusals! {
    /// Why a statement stays as it is.
    pub enum SettlementRefusal {
        /// It is settled.
        Settled = 409 "statement_settled" "该月已经结算，不能再改。之后撤销的会在下一月的结算单中扣减。",
        /// The month goes on.
        NotOver { month: String } = 409 "month_not_over" "{month}还没有结束，月底过后才能确认和结算。",
        /// Something was redeemed, taken back or agreed upon since it was looked at.
        Changed = 409 "statement_changed" "结算单刚刚有变动，请刷新后核对再办。",
        /// A dispute waits for its answer.
        Disputed { count: u64 } = 409 "statement_disputed" "还有{count}条异议没有答复，请先答复再结算。",
    }
}

/// The month of a statement.
fn month(statement: &settlement::Model) -> Option<Period> {
    statement.month.parse().ok()
}

/// What people call a statement's month.
pub(crate) fn month_label(statement: &settlement::Model) -> String {
    month(statement).map_or_else(|| statement.month.clone(), Period::label)
}

/// Whether the month is over.
pub(crate) fn is_over(statement: &settlement::Model, today: NaiveDate) -> bool {
    month(statement).is_some_and(|month| month.last() < today)
}

/// Refuses a statement that is settled, whose month goes on, or that says something else than what was looked at.
///
/// # Errors
/// [`SettlementRefusal`].
pub(crate) fn still(
    statement: &settlement::Model,
    today: NaiveDate,
    (seen, lines): (&SeenStatement, &[Line]),
) -> Result<(), SettlementRefusal> {
    if statement.state == SettlementState::Settled {
        Err(SettlementRefusal::Settled)
    } else if !is_over(statement, today) {
        Err(SettlementRefusal::NotOver { month: month_label(statement) })
    } else if (statement.pieces, statement.amount_fen) != (seen.pieces, seen.amount_fen) || !seen.shows(lines) {
        Err(SettlementRefusal::Changed)
    } else {
        Ok(())
    }
}

/// Writes an act on a statement into the audit chain.
async fn note(
    unit: &Unit,
    context: &Context,
    action: &str,
    statement: &settlement::Model,
    detail: serde_json::Value,
) -> Result<(), Problem> {
    audit::record(unit, context, (action, "benefit/settlement", statement.id), statement.organisation_id, detail).await
}
