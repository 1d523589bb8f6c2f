//! The numbers of a rule, each with the part of the land where it holds, for sweeps and lists that take in the rows of all
//! unions: few regions have a pack of their own, so one pass for each of them and one for all others are enough.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use database::Connection;
use sea_orm::{
    JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationDef,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait, Func, IntoColumnRef, SelectStatement},
};

use super::{Column, Entity, Pack, RuleDefinition, declared};
use crate::{
    Context, Problem,
    organisation::{self, closure},
};

/// A number, and the part of the land where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The number.
    pub value: i64,
    /// The region, as a stem; empty for the nation.
    region: String,
    /// The regions inside it that have another number.
    inner: Vec<String>,
}

impl Stretch {
    /// The filter for a column that holds an organisation's key: those pass for which the number holds, as
    /// [`super::number`] says it of each.
    pub fn holds_at<C: IntoColumnRef>(&self, place: C) -> Condition {
        if self.region.is_empty() && self.inner.is_empty() {
            return Condition::all();
        }
        let division = Func::coalesce([Expr::expr(nearest_division(place)), Expr::val("")]);
        let lies_in = |region: &str| Expr::expr(division.clone()).like(format!("{region}%"));
        let lies_inside = |all: Condition, inner: &String| all.add(lies_in(inner).not());
        self.inner.iter().fold(Condition::all().add(lies_in(&self.region)), lies_inside)
    }
}

/// The division of the organisation whose key a column holds: its own, or the nearest upper one's.
fn nearest_division<C: IntoColumnRef>(place: C) -> SelectStatement {
    let upper: RelationDef = closure::Entity::belongs_to(organisation::Entity)
        .from(closure::Column::Ancestor)
        .to(organisation::Column::Id)
        .into();
    closure::Entity::find()
        .select_only()
        .column(organisation::Column::Division)
        .join(JoinType::InnerJoin, upper)
        .filter(Expr::col((closure::Entity, closure::Column::Descendant)).equals(place))
        .filter(organisation::Column::Division.is_not_null())
        .order_by_asc(closure::Column::Depth)
        .limit(1)
        .into_query()
}

/// All numbers of a rule that hold somewhere today, each with where. Every organisation lies in one of them.
///
/// # Errors
/// A fault if no programme of the house declares the definition.
pub async fn stretches(
    conn: &Connection,
    context: &Context,
    definition: &RuleDefinition,
) -> Result<Vec<Stretch>, Problem> {
    declared(context, definition)?;
    let packs = Entity::find().filter(Column::Code.eq(definition.code)).all(conn).await?;
    Ok(divide(definition, &packs, context.today()))
}

/// The same as they held on earlier days: each time from one change of them to the next, by its first day; the first has none,
/// and the last is today's.
///
/// # Errors
/// A fault if no programme of the house declares the definition.
pub async fn stretches_by_day(
    conn: &Connection,
    context: &Context,
    definition: &RuleDefinition,
) -> Result<Vec<(Option<NaiveDate>, Vec<Stretch>)>, Problem> {
    declared(context, definition)?;
    let packs = Entity::find().filter(Column::Code.eq(definition.code)).all(conn).await?;
    let ends = packs.iter().filter_map(|pack| pack.valid_to?.succ_opt());
    let changes: BTreeSet<NaiveDate> = packs.iter().map(|pack| pack.valid_from).chain(ends).collect();
    let past = changes.into_iter().filter(|day| *day <= context.today()).map(Some);
    let held = |day: Option<NaiveDate>| (day, divide(definition, &packs, day.unwrap_or(NaiveDate::MIN)));
    Ok(std::iter::once(None).chain(past).map(held).collect())
}

/// The nation first; a region that has its surroundings' number is none of its own.
fn divide(definition: &RuleDefinition, packs: &[Pack], on: NaiveDate) -> Vec<Stretch> {
    let regions: BTreeSet<&str> = packs.iter().map(|pack| pack.region.as_str()).chain([""]).collect();
    let mut found: Vec<Stretch> = Vec::new();
    // A region sorts behind all that it lies in.
    for region in regions {
        let value = definition.value(packs, region, on);
        let wider = found.iter_mut().rev().find(|wider| region.starts_with(&wider.region));
        if wider.as_ref().is_some_and(|wider| wider.value == value) {
            continue;
        }
        if let Some(wider) = wider {
            wider.inner.push(region.to_owned());
        }
        found.push(Stretch { value, region: region.to_owned(), inner: Vec::new() });
    }
    found
}

#[cfg(test)]
mod tests {
    use database::Id;
    use proptest::prelude::*;

    use super::*;

    const RULE: RuleDefinition =
        RuleDefinition { code: "plan.x", label: "天数", unit: "天", default: 7, source: "惯例" };

    fn packs() -> impl Strategy<Value = Vec<Pack>> {
        let pack = (proptest::sample::select(vec!["", "15", "1505", "1522", "152201", "37"]), 0_i64..4);
        proptest::collection::vec(pack, 0..8).prop_map(|rows| {
            let make = |(at, (region, value)): (u64, (&str, i64))| Pack {
                id: Id(value),
                code: RULE.code.to_owned(),
                region: region.to_owned(),
                valid_from: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(at),
                valid_to: None,
                value,
                source: "文件".to_owned(),
            };
            (0..).zip(rows).map(make).collect()
        })
    }

    proptest! {
        #[test]
        fn every_division_lies_in_one_stretch_and_has_its_number(packs in packs()) {
            let on = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
            let stretches = divide(&RULE, &packs, on);
            for division in ["", "150000", "150500", "152200", "152201", "152201103", "152202", "370000", "110101"] {
                let inside = |region: &String| division.starts_with(region.as_str());
                let its: Vec<&Stretch> =
                    stretches.iter().filter(|one| inside(&one.region) && !one.inner.iter().any(inside)).collect();
                prop_assert_eq!(its.len(), 1, "{} in {:?}", division, stretches);
                prop_assert_eq!(its[0].value, RULE.value(&packs, division, on), "{}", division);
            }
        }
    }
}
