use database::Id;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Condition, Expr, ExprTrait, IntoColumnRef},
};

use crate::organisation::closure;

/// Which organisations a caller may see: the subtrees, in today's tree, below the places of those of his roles that hold
/// the permission asked for. Only a [`crate::Caller`] gives one, and every query for people, organisations and facts
/// takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(Extent);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Extent {
    Everything,
    Under(Vec<Id>),
}

impl Scope {
    pub(crate) fn everything() -> Self {
        Self(Extent::Everything)
    }

    pub(crate) fn under(mut roots: Vec<Id>) -> Self {
        roots.sort_unstable();
        roots.dedup();
        Self(Extent::Under(roots))
    }

    /// The tops of the subtrees; `None` if there is no bound.
    #[must_use]
    pub fn roots(&self) -> Option<&[Id]> {
        match &self.0 {
            Extent::Everything => None,
            Extent::Under(roots) => Some(roots),
        }
    }

    /// The filter for a column that holds an organisation's key: what the caller may see passes.
    pub fn within<C: IntoColumnRef>(&self, column: C) -> Condition {
        match &self.0 {
            Extent::Everything => Condition::all(),
            Extent::Under(roots) => Condition::all().add(Expr::col(column).in_subquery(subtrees(roots))),
        }
    }
}

/// The filter for a column that holds an organisation's key: today's subtree of `root` passes.
pub fn below<C: IntoColumnRef>(root: Id, column: C) -> Condition {
    Condition::all().add(Expr::col(column).in_subquery(subtrees(&[root])))
}

fn subtrees(roots: &[Id]) -> sea_orm::sea_query::SelectStatement {
    closure::Entity::find()
        .select_only()
        .column(closure::Column::Descendant)
        .filter(closure::Column::Ancestor.is_in(roots.iter().copied()))
        .into_query()
}
