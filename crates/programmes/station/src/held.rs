//! What the caller may do by another permission than the one by which he calls.

use database::Connection;
use kernel::{Context, Id, Problem, access, permission::Permission};

/// Where the caller holds a permission; nothing for the program itself, which may everywhere.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn places<P: Permission>(conn: &Connection, context: &Context) -> Result<Option<Vec<Id>>, Problem> {
    access::places_held(conn, context.today(), &context.actor().word(), P::CODE).await
}

/// The same call in the scope of another permission of the caller's.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn by<P: Permission>(context: &Context) -> Result<Context, Problem> {
    let places = places::<P>(context.read(), context).await?;
    Ok(places.map_or_else(|| context.clone(), |places| context.lent(places)))
}
