//! Tells others what the line has left that a payment of theirs would be booked on.

use database::Id;
use kernel::{Answer, Context};

use super::{book::nearest, paid};
use crate::rules::budget::left;

/// What the line of this name has left, in fen, that bears what an organisation spends in a year.
pub(crate) fn budget_left<'a>(context: &'a Context, of: (Id, i32, &'a str)) -> Answer<'a, Option<i64>> {
    Box::pin(async move {
        let conn = context.read();
        let Some((_, line)) = nearest(conn, of).await? else { return Ok(None) };
        let so_far = paid(conn, &[line.id]).await?.get(&line.id).copied().unwrap_or(0);
        Ok(Some(left(line.allotted_fen, so_far)))
    })
}
