use database::Moment;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use super::{
    FigureQuery, Figures, fact,
    figures::{asks, told},
    recount::{Recount, Surroundings},
    surroundings, verify,
};
use crate::{Context, Problem};

/// Rows read at a time.
const PAGE: u64 = 5000;

/// Answers a question from facts (and merges of people) that were recorded up to a moment, counting them one by one: slow,
/// and for ever the same for a [`cut_off`](Figures) that figures told.
///
/// The tree is as it is known now; so a place that is corrected later for days past shows.
///
/// # Errors
/// As [`figures`](super::figures).
pub async fn figures_as_of(context: &Context, query: &FigureQuery, recorded_until: Moment) -> Result<Figures, Problem> {
    let asks = asks(context, std::slice::from_ref(query)).await?;
    let ask = asks.first().ok_or_else(Problem::not_found)?;
    let merges = surroundings::merges(context.read(), 0).await?;
    let merged = merges.iter().filter(|merge| merge.recorded_at <= recorded_until);
    let merged: Vec<_> = merged.map(|merge| (merge.person_id, merge.survivor_id)).collect();
    let around = Surroundings::new(&surroundings::places(context.read()).await?, &merged);
    let reversed = verify::reversed_until(context, recorded_until).await?;
    let mut recount = Recount::new(ask, &around, &reversed);
    let mut position = 0;
    loop {
        let page = fact::Entity::find()
            .filter(fact::Column::Position.gt(position))
            .filter(fact::Column::RecordedAt.lte(recorded_until))
            .filter(fact::Column::Day.between(ask.from, ask.to))
            .apply_if((!ask.kinds.is_empty()).then_some(&ask.kinds), |query, kinds| {
                query.filter(fact::Column::Kind.is_in(kinds))
            })
            .order_by_asc(fact::Column::Position)
            .limit(PAGE)
            .all(context.read())
            .await?;
        let Some(last) = page.last() else { break };
        position = last.position;
        page.iter().for_each(|fact| recount.see(fact));
    }
    let mut told = told(context, &asks, vec![recount.finish()]).await?;
    Ok(Figures { items: told.pop().unwrap_or_default(), cut_off: recorded_until })
}
