use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*};

use super::{
    follow,
    reseal::{self, At},
    tables::{ActiveModel, Column, Entity},
};
use crate::{Context, Fault, Problem, audit, outbox};

crate::refusals! {
    /// Why the key is not rotated.
    pub enum RotateRefusal {
        /// One after the other.
        Under { version: i32 } = 409 "rotation_under_way"
            "版本 {version} 的重新加密还没有完成，请等它完成后再轮换；进度和原因见 niangjia doctor。",
        /// No yearly rotation gets there.
        Last = 409 "last_version" "密钥版本已用完，请联系开发者。",
    }
}

/// Announces the next version of the keys. All processes hear of it within a minute and then write under it; a minute
/// later, when what was under way is written, a job begins to seal and index anew what was before. Answers the version.
///
/// # Errors
/// [`RotateRefusal`]; a fault if this process has other keys than the house.
pub async fn rotate(context: &Context) -> Result<u16, Problem> {
    let faulty = |fault: follow::KeyFault| Problem::from(Fault::Stored(fault.to_string()));
    follow::follow(context.house()).await.map_err(faulty)?;
    let version = context
        .unit(|unit| async move {
            let newest = Entity::find().order_by_desc(Column::Version).one(&unit).await?;
            if let Some(under) = newest.as_ref().filter(|row| row.done_at.is_none()) {
                return Err(RotateRefusal::Under { version: under.version }.into());
            }
            let version = follow::next(newest.as_ref());
            if version > secret::LAST_VERSION {
                return Err(RotateRefusal::Last.into());
            }
            let row = ActiveModel {
                version: Set(version.into()),
                check_value: Set(context.house().keyring().check_value(version)),
                made_at: Set(context.now().into()),
                done_at: Set(None),
            };
            Entity::insert(row).exec_without_returning(&unit).await?;
            let at = At::beginning(version);
            outbox::enqueue(&unit, context, reseal::JOB.code, &at, (context.now() + follow::HEARD * 2).into()).await?;
            let detail = serde_json::json!({ "version": version });
            audit::record(&unit, context, ("keys.rotate", "kernel/key_version", None), None, detail).await?;
            Ok(version)
        })
        .await?;
    follow::follow(context.house()).await.map_err(faulty)?;
    Ok(version)
}
