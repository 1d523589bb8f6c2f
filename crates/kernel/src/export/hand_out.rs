//! A file that is handed out at once and is no export, such as another officer's rows to be mended: it wants the same right, and
//! no more rows than go without a second officer.

use chrono::NaiveDate;
use codes::text::decimal;
use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};

use super::{ExportKind, ask::exported, numbers::ROWS, right};
use crate::{Context, Problem, audit, rows_back::told, rulebook};

crate::refusals! {
    /// Why a file is not handed out.
    pub enum HandOutRefusal {
        /// With what the caller took away today they are more than go without a second officer.
        TooMany { most: String } = 409 "hand_out_limit" "每人每天不经批准最多带走 {most} 行个人信息，这个文件超过了；请由导入人本人下载。",
    }
}

/// How many rows were handed out to somebody. A count, for his day of acts is too long to be read each time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export_handed_out")]
pub struct Model {
    /// Who, as [`Actor::word`](crate::Actor::word).
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: String,
    /// The last Beijing day on which rows were.
    pub day: NaiveDate,
    /// How many, on that day.
    pub rows: i64,
}

database::plain_table!();

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
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let noted = context.unit(|unit| async move {
        let rows = rows.saturating_add(handed_out(&unit, context).await?);
        if rows.saturating_add(exported(&unit, context).await?) > limit {
            return Err(HandOutRefusal::TooMany { most: decimal(limit, 0) }.into());
        }
        count(&unit, context, rows).await?;
        audit::record(&unit, context, ("exports.hand_out", object_kind, object), place, told).await
    });
    noted.await?;
    Ok(bytes)
}

/// Writes down how many rows were handed out to the caller today, these included.
async fn count(unit: &Unit, context: &Context, rows: i64) -> Result<(), Problem> {
    let row = ActiveModel { actor: Set(context.actor().word()), day: Set(context.today()), rows: Set(rows) };
    let again = OnConflict::column(Column::Actor).update_columns([Column::Day, Column::Rows]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(unit).await?;
    Ok(())
}

/// Rows that were handed out to the caller today.
pub(super) async fn handed_out(unit: &Unit, context: &Context) -> Result<i64, Problem> {
    let kept = Entity::find_by_id(context.actor().word()).one(unit).await?;
    Ok(kept.filter(|kept| kept.day == context.today()).map_or(0, |kept| kept.rows))
}
