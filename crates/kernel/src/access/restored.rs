//! What must not hold again because an older copy of the database was brought back.

use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{codes, session};
use crate::{Context, Problem};

/// Ends all log-ins and uses up all one-time codes: some were ended or used since the copy was made. Answers that are kept
/// to be given again stay, for they keep what is sent again from being done twice.
///
/// # Errors
/// A fault of the database.
pub async fn end_all(context: &Context) -> Result<(), Problem> {
    let ended = context.unit(|unit| async move {
        session::Entity::delete_many().exec(&unit).await?;
        let used_up = codes::ActiveModel { hash: Set(None), ..Default::default() };
        codes::Entity::update_many().set(used_up).exec(&unit).await?;
        Ok(())
    });
    ended.await
}
