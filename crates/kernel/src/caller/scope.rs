use database::{Connection, Id, plan};
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
        self.within_by(Find::ByPlace, column)
    }

    /// The same for a list that knows how its rows are best found.
    pub fn within_by<C: IntoColumnRef>(&self, find: Find, column: C) -> Condition {
        match &self.0 {
            Extent::Everything => Condition::all(),
            Extent::Under(roots) => Condition::all().add(find.column(column).in_subquery(subtrees(roots))),
        }
    }
}

/// The filter for a column that holds an organisation's key: today's subtree of `root` passes.
pub fn below<C: IntoColumnRef>(root: Id, column: C) -> Condition {
    below_by(Find::ByPlace, root, column)
}

/// The same for today's subtrees of several.
pub fn below_any<C: IntoColumnRef>(roots: &[Id], column: C) -> Condition {
    Condition::all().add(Find::ByPlace.column(column).in_subquery(subtrees(roots)))
}

/// The same for a list that knows how its rows are best found.
pub fn below_by<C: IntoColumnRef>(find: Find, root: Id, column: C) -> Condition {
    Condition::all().add(find.column(column).in_subquery(subtrees(&[root])))
}

/// How a list finds the page that it shows. A database without statistics can't tell which is better: it would gather and
/// sort 200,000 members for the newest 50.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Find {
    /// All rows of the places by an index, then sorted: few pass.
    ByPlace,
    /// Row by row in the list's own order until the page is full: many pass.
    InOrder,
}

/// From this many rows on they are not gathered and sorted.
const MANY: u64 = 5_000;

impl Find {
    /// The better one for a list of so many rows, where the database does not choose by itself; a file has them all.
    pub fn of(conn: &Connection, total: u64) -> Self {
        if total < MANY || plan::keeps_statistics(conn) { Self::ByPlace } else { Self::InOrder }
    }

    /// A column in the words by which it is found so.
    pub fn column<C: IntoColumnRef>(self, column: C) -> Expr {
        match self {
            Self::ByPlace => Expr::col(column),
            Self::InOrder => plan::by_no_index(column),
        }
    }
}

/// The keys of some organisations and of all above them in today's tree, to be held against a column.
#[must_use]
pub fn above(places: &[Id]) -> sea_orm::sea_query::SelectStatement {
    closure::Entity::find()
        .select_only()
        .column(closure::Column::Ancestor)
        .filter(closure::Column::Descendant.is_in(places.iter().copied()))
        .into_query()
}

fn subtrees(roots: &[Id]) -> sea_orm::sea_query::SelectStatement {
    closure::Entity::find()
        .select_only()
        .column(closure::Column::Descendant)
        .filter(closure::Column::Ancestor.is_in(roots.iter().copied()))
        .into_query()
}
