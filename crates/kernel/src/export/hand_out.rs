//! A file that is handed out at once and is no export, such as another officer's rows to be mended: it wants the same right, and
//! no more rows than go without a second officer.

use codes::text::decimal;
use database::{Id, Moment, Unit};
use sea_orm::entity::prelude::*;
use serde_json::Value;

use super::{ExportKind, ask::taken, numbers::ROWS, right};
use crate::{Context, Problem, audit, rows_back::told, rulebook};

crate::refusals! {
    /// Why a file is not handed out.
    pub enum HandOutRefusal {
        /// With what the caller took away today they are more than go without a second officer.
        TooMany { most: String } = 409 "hand_out_limit" "每人每天不经批准最多带走 {most} 行个人信息，这个文件超过了；请由导入人本人下载。",
    }
}

/// What it is called in the audit chain.
const ACT: &str = "exports.hand_out";

/// Makes a file about people of an organisation if the caller may take it away, notes that he does, and answers its bytes.
/// `made` answers how many rows it has, too; nothing is made for who has no right.
///
/// # Errors
/// 403 if he may not export this kind there; [`HandOutRefusal`]; what `made` fails at.
pub async fn hand_out(
    context: &Context,
    kind: &'static ExportKind,
    (object_kind, object, place): (&'static str, Id, Id),
    made: impl Future<Output = Result<(usize, Vec<u8>), Problem>>,
) -> Result<Vec<u8>, Problem> {
    right::at(context, kind, place).await?;
    let limit = rulebook::number(context.read(), context, &ROWS, place, context.today()).await?;
    let (rows, bytes) = made.await?;
    let told = &told(rows, &bytes);
    let noted = context.unit(|unit| async move {
        let before = taken(&unit, context).await?;
        if i64::try_from(rows).unwrap_or(i64::MAX).saturating_add(before) > limit {
            return Err(HandOutRefusal::TooMany { most: decimal(limit, 0) }.into());
        }
        audit::record(&unit, context, (ACT, object_kind, object), place, told).await
    });
    noted.await?;
    Ok(bytes)
}

/// Rows that were handed out to the caller today.
pub(super) async fn handed_out(unit: &Unit, context: &Context) -> Result<i64, Problem> {
    let since = Moment::from(calendar::day_start(context.today()));
    let mine = audit::Entity::find()
        .filter(audit::Column::At.gte(since))
        .filter(audit::Column::Action.eq(ACT))
        .filter(audit::Column::Actor.eq(context.actor().word()));
    let rows = |entry: &audit::Model| serde_json::from_str::<Value>(&entry.detail).ok()?.get("rows")?.as_i64();
    Ok(mine.all(unit).await?.iter().filter_map(rows).sum())
}
