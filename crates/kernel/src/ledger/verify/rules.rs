use std::collections::{HashMap, HashSet};

use database::Id;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{Difference, PAGE};
use crate::{
    Context, Problem,
    ledger::{Fact, fact, post::is_reversal_of, surroundings},
    organisation::graft,
    person,
};

/// The keys of all facts that are reversed by facts up to a position, and where a reversal breaks the rules.
pub(super) async fn reversals(context: &Context, until: i64) -> Result<(HashSet<Id>, Vec<Difference>), Problem> {
    let (mut reversed, mut differences) = (HashSet::new(), Vec::new());
    let mut position = 0;
    loop {
        let query = fact::Entity::find().filter(fact::Column::Reverses.is_not_null());
        let query = query.filter(fact::Column::Position.gt(position)).filter(fact::Column::Position.lte(until));
        let page = query.order_by_asc(fact::Column::Position).limit(PAGE).all(context.read()).await?;
        let Some(last) = page.last() else { return Ok((reversed, differences)) };
        position = last.position;
        let named = page.iter().filter_map(|fact| fact.reverses);
        let query = fact::Entity::find().filter(fact::Column::Id.is_in(named));
        let originals: HashMap<Id, Fact> =
            query.all(context.read()).await?.into_iter().map(|fact| (fact.id, fact)).collect();
        for fact in &page {
            let original = fact.reverses.and_then(|named| originals.get(&named));
            if !original.is_some_and(|original| original.position < fact.position && is_reversal_of(fact, original)) {
                differences.push(Difference(format!("冲销记录 {} 与它所冲销的记录不相符。", fact.id)));
            }
            reversed.extend(fact.reverses);
        }
    }
}

/// Whether positions run from 1 without gaps.
pub(super) async fn gaps(context: &Context, until: i64) -> Result<Vec<Difference>, Problem> {
    let query = fact::Entity::find().filter(fact::Column::Position.between(1, until));
    let count = i64::try_from(query.count(context.read()).await?).unwrap_or(i64::MAX);
    let below = fact::Entity::find().filter(fact::Column::Position.lt(1)).count(context.read()).await?;
    let missing = until - count;
    Ok(if missing == 0 && below == 0 {
        Vec::new()
    } else {
        vec![Difference(format!(
            "台账序号不连续：应有 {until} 条，实有 {count} 条，缺 {missing} 条，另有 {below} 条序号不合法。"
        ))]
    })
}

/// Whether the ledger was told of each merge of people.
pub(super) async fn merges(context: &Context) -> Result<Vec<Difference>, Problem> {
    let query = person::Entity::find().select_only().column(person::Column::Id).column(person::Column::MergedInto);
    let rows: Vec<(Id, Option<Id>)> =
        query.filter(person::Column::MergedInto.is_not_null()).into_tuple().all(context.read()).await?;
    // Read behind them: what is merged meanwhile is told in the same unit.
    let told: HashMap<Id, Id> = surroundings::merges(context.read(), 0)
        .await?
        .into_iter()
        .map(|merge| (merge.person_id, merge.survivor_id))
        .collect();
    let untold = rows.into_iter().filter(|(person, into)| told.get(person) != into.as_ref());
    Ok(untold.map(|(person, _)| Difference(format!("人员 {person} 已并入他人，但台账没有登记这次合并。"))).collect())
}

/// Whether today's tree, as scope uses it, is the one that the dated places give.
pub(super) async fn closure(context: &Context) -> Result<Vec<Difference>, Problem> {
    let pairs = graft::closure_differences(context.read()).await?;
    let differences = pairs.into_iter().map(|(upper, lower, depth)| {
        Difference(format!("组织树的当前上下级关系与历次变更不符：上级 {upper}，下级 {lower}，相隔 {depth} 级。"))
    });
    Ok(differences.collect())
}
