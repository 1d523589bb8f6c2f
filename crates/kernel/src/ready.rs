//! Whether this process can do its work now, for whoever hands it requests.

use std::time::Duration;

use crate::{Context, House, Problem, organisation::tree, outbox};

/// A commit this fresh proves that the next will do, too.
const FRESH: Duration = Duration::from_secs(30);

/// Asks the database something and, unless it has just written, writes something: a full disk still answers questions.
///
/// # Errors
/// What stands in the way.
pub async fn ready(house: &House) -> Result<(), Problem> {
    let context = &Context::system(house, "readiness");
    tree::version(context.read()).await?;
    if house.database().is_proved(FRESH) {
        return Ok(());
    }
    context.unit(|unit| async move { outbox::try_to_write(&unit).await }).await
}
