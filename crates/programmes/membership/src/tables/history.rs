use calendar::{month_end, month_start};
use chrono::NaiveDate;
use kernel::{Id, Moment};
use sea_orm::{
    QueryOrder, QueryTrait,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait, Query},
};

use super::member;
use crate::rules::standing::{Standing, Step};

/// One step in the life of a membership; never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_history")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose.
    pub member_id: Id,
    /// What happened.
    pub step: Step,
    /// Where it led.
    pub state: Standing,
    /// The day it holds from.
    pub day: Date,
    /// Why.
    pub reason: Option<String>,
    /// Who did it, as one word.
    pub actor: String,
    /// The union that the membership then lay with.
    pub organisation_id: Id,
    /// When it was written down.
    pub at: Moment,
}

database::plain_table!();

/// What happened to a membership, newest first.
#[must_use]
pub fn newest_first(member: Id) -> Select<Entity> {
    let steps = Entity::find().filter(Column::MemberId.eq(member));
    steps.order_by_desc(Column::At).order_by_desc(Column::Id)
}

/// Whether a row of the memberships was retained from before a month until after it: the same as
/// [`crate::rules::retained::Retained::frees`].
#[must_use]
pub fn retained_through(month: NaiveDate) -> Expr {
    let back = Alias::new("back");
    let of = |column: Column| Expr::col((back.clone(), column));
    let ended = Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, back.clone())
        .and_where(of(Column::MemberId).equals((Entity, Column::MemberId)))
        .and_where(of(Column::Id).gt(Expr::col((Entity, Column::Id))))
        .and_where(of(Column::Step).is_in([Step::Restore, Step::AcceptTransfer]))
        .and_where(of(Column::Day).lte(month_end(month)))
        .to_owned();
    let retained = Entity::find()
        .filter(Expr::col((Entity, Column::MemberId)).equals((member::Entity, member::Column::Id)))
        .filter(Column::Step.eq(Step::Retain))
        .filter(Column::Day.lt(month_start(month)))
        .filter(Expr::exists(ended).not());
    Expr::exists(retained.into_query())
}
