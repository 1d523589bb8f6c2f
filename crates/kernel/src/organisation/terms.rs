//! Committees sit for a term (Trade Union Law, article 16); some months before it ends, and once it has, somebody must call
//! the next election.

use chrono::{Months, NaiveDate};
use database::{Connection, Id};
use serde::Deserialize;
use utoipa::ToSchema;

use super::tree;
use crate::{Context, Problem, rulebook, rulebook::RuleDefinition};

/// How long before the end of a term a union is reminded.
const WARNING: RuleDefinition = RuleDefinition {
    code: "organisation.term_warning_months",
    label: "换届提前提醒",
    unit: "个月",
    default: 6,
    source: "《中华人民共和国工会法》第十六条；提前的月数为系统默认值",
};

/// The rules of this module.
pub const RULES: &[RuleDefinition] = &[WARNING];

/// How a committee's term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TermFilter)]
pub enum Term {
    /// It has ended, or ends within the months of the rule.
    Ending,
}

/// The last day of terms that call for an election, by the rule of the caller's place.
///
/// # Errors
/// A fault of the database.
pub(super) async fn ending_by(conn: &Connection, context: &Context, under: Option<Id>) -> Result<NaiveDate, Problem> {
    let place = match under {
        Some(under) => Some(under),
        None => tree::tops(conn, context.scope()).await?.first().map(|top| top.id),
    };
    let months = match place {
        Some(place) => rulebook::number(conn, context, &WARNING, place, context.today()).await?,
        None => WARNING.default,
    };
    let months = Months::new(u32::try_from(months).unwrap_or(0));
    Ok(context.today().checked_add_months(months).unwrap_or(NaiveDate::MAX))
}
