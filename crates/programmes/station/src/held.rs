//! What the caller may do by another permission than the one by which he calls.

use kernel::{Actor, Context, Id, Problem, access, permission::Permission};
use sea_orm::ConnectionTrait;

/// Where the caller holds a permission; nothing for the program itself, which may everywhere.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn places<P: Permission>(
    conn: &impl ConnectionTrait,
    context: &Context,
) -> Result<Option<Vec<Id>>, Problem> {
    let account = match context.actor() {
        Actor::System { .. } => return Ok(None),
        Actor::Officer { account } => *account,
        Actor::Nobody | Actor::Token { .. } | Actor::Worker { .. } => return Ok(Some(Vec::new())),
    };
    let held = access::grants(conn, account).await?;
    Ok(Some(held.into_iter().filter(|(code, _)| code == P::CODE).map(|(_, place)| place).collect()))
}

/// The same call in the scope of another permission of the caller's; a token has none but its own.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn by<P: Permission>(context: &Context) -> Result<Context, Problem> {
    let places = places::<P>(context.read(), context).await?;
    Ok(places.map_or_else(|| context.clone(), |places| context.lent(places)))
}
