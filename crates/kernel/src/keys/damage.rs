//! Which sealed values can't be opened. The job that seals anew writes them down, and the security administrator may set
//! them aside. They stay where they are under the key that they have, so that one of which a copy is found opens again.

use database::{Connection, Id, Moment, Unit};
use sea_orm::{
    ActiveValue::Set,
    QueryOrder,
    entity::prelude::*,
    sea_query::{ExprTrait, Query},
};

use super::{Sealed, sealed};
use crate::{Context, Problem};

/// A value that can't be opened.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_damage")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The table it stands in.
    pub in_table: String,
    /// The column it stands in.
    pub in_column: String,
    /// The key of its row,
    pub first_key: i64,
    /// and the second part of that, where there is one.
    pub second_key: Option<i64>,
    /// The version of the key that its bytes name, if they name one still.
    pub sealed_under: Option<i32>,
    /// When it was found.
    pub found_at: Moment,
    /// When it was set aside.
    pub set_aside_at: Option<Moment>,
    /// By whom, as [`crate::Actor::word`].
    pub set_aside_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

database::plain_table!();

impl Model {
    /// The keys of its row.
    pub(super) fn keys(&self) -> Vec<i64> {
        std::iter::once(self.first_key).chain(self.second_key).collect()
    }

    /// Its row, as people write it down.
    pub(super) fn row(&self) -> String {
        self.keys().iter().map(ToString::to_string).collect::<Vec<_>>().join("/")
    }

    /// Where it stands, for the operator.
    pub(super) fn name(&self) -> String {
        format!("{}.{} {}", self.in_table, self.in_column, self.row())
    }
}

/// Writes down that a value can't be opened, if it is not known yet, with the version of the key that it names still.
pub(super) async fn note(
    unit: &Unit,
    context: &Context,
    column: &Sealed,
    keys: &[i64],
    under: Option<u16>,
) -> Result<(), Problem> {
    let (first, second) = (keys.first().copied().unwrap_or_default(), keys.get(1).copied());
    let known = Entity::find()
        .filter(Column::InTable.eq(column.table))
        .filter(Column::InColumn.eq(column.column))
        .filter(Column::FirstKey.eq(first))
        .filter(Column::SecondKey.eq(second));
    if known.one(unit).await?.is_some() {
        return Ok(());
    }
    let row = ActiveModel {
        id: Set(context.id()),
        in_table: Set(column.table.to_owned()),
        in_column: Set(column.column.to_owned()),
        first_key: Set(first),
        second_key: Set(second),
        sealed_under: Set(under.map(i32::from)),
        found_at: Set(context.now().into()),
        set_aside_at: Set(None),
        set_aside_by: Set(None),
        reason: Set(None),
    };
    Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
}

/// Forgets those that hold nothing up any more: sealed under this version since, from a copy or anew, or gone with their rows.
pub(super) async fn tidy(unit: &Unit, context: &Context, version: u16) -> Result<(), Problem> {
    for column in sealed::all(context.house()) {
        let still = Query::select()
            .expr(Expr::val(1))
            .from(column.table)
            .cond_where(column.outdated(version))
            .cond_where(column.noted())
            .to_owned();
        Entity::delete_many()
            .filter(Column::InTable.eq(column.table))
            .filter(Column::InColumn.eq(column.column))
            .filter(Expr::exists(still).not())
            .exec(unit)
            .await?;
    }
    Ok(())
}

/// Those that hold the end of a rotation up, the first found first.
pub(super) async fn waiting(conn: &Connection) -> Result<Vec<Model>, Problem> {
    Ok(Entity::find().filter(Column::SetAsideAt.is_null()).order_by_asc(Column::Id).all(conn).await?)
}

/// How many were set aside.
pub(super) async fn kept_aside(conn: &Connection) -> Result<u64, Problem> {
    Ok(Entity::find().filter(Column::SetAsideAt.is_not_null()).count(conn).await?)
}

/// How many hold the end of a rotation up.
pub(crate) async fn unopened(conn: &Connection) -> Result<u64, Problem> {
    Ok(Entity::find().filter(Column::SetAsideAt.is_null()).count(conn).await?)
}
