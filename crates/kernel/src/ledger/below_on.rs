//! What lay below an organisation on a day, for rows that are no facts: head-counts, branches, values recorded by hand.
//! They stand below or above the line beside facts, so they must count by the same tree.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Id;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, IntoColumnRef};

use super::{Tree, index::Shape};
use crate::{Context, Problem, caller::below_any};

/// What lies at and below an organisation, or several, in the tree of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BelowOn {
    organisations: Vec<Id>,
    /// Who lay there then and lies elsewhere today.
    came: Vec<Id>,
    /// Who lies there today and lay elsewhere then.
    left: Vec<Id>,
}

impl BelowOn {
    /// The filter for a column that holds an organisation's key.
    pub fn holds<C: IntoColumnRef + Clone>(&self, column: C) -> Condition {
        let mut today = Condition::all().add(below_any(&self.organisations, column.clone()));
        if !self.left.is_empty() {
            today = today.add(Expr::col(column.clone()).is_not_in(keys(&self.left)));
        }
        if self.came.is_empty() {
            return today;
        }
        Condition::any().add(today).add(Expr::col(column).is_in(keys(&self.came)))
    }
}

/// Keys that stand in the statement itself: a league's organisations are more than a statement takes as values.
fn keys(organisations: &[Id]) -> impl Iterator<Item = Expr> {
    organisations.iter().map(|organisation| Expr::Constant((*organisation).into()))
}

/// The day whose tree decides.
pub(crate) fn deciding(context: &Context, on: NaiveDate, tree: Tree) -> NaiveDate {
    match tree {
        Tree::Dated => std::cmp::min(on, context.today()),
        Tree::Today => context.today(),
    }
}

/// What lies at and below an organisation in the tree of a day, or in today's. The caller has loaded it in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn below_on(context: &Context, organisation: Id, on: NaiveDate, tree: Tree) -> Result<BelowOn, Problem> {
    below_any_on(context, &[organisation], on, tree).await
}

/// The same of several organisations, none of which lies below another.
pub(crate) async fn below_any_on(
    context: &Context,
    organisations: &[Id],
    on: NaiveDate,
    tree: Tree,
) -> Result<BelowOn, Problem> {
    let mut found = BelowOn { organisations: organisations.to_vec(), came: Vec::new(), left: Vec::new() };
    let (day, today) = (deciding(context, on, tree), context.today());
    if day < today {
        let moved = |book: &super::index::Book| -> Vec<_> {
            organisations.iter().flat_map(|id| book.moved(*id, Shape::On(today), day, day)).collect()
        };
        for moved in context.house().index().read(context, moved).await?.0 {
            let side = if moved.came { &mut found.came } else { &mut found.left };
            side.extend(moved.organisations);
        }
    }
    Ok(found)
}

/// The ancestors of each organisation in the tree of a day, or in today's, the nearest first, without itself.
///
/// # Errors
/// A fault of the database.
pub async fn ancestors_on(
    context: &Context,
    organisations: &[Id],
    on: NaiveDate,
    tree: Tree,
) -> Result<HashMap<Id, Vec<Id>>, Problem> {
    let day = deciding(context, on, tree);
    let lines = |book: &super::index::Book| organisations.iter().map(|id| (*id, book.ancestors(*id, day))).collect();
    Ok(context.house().index().read(context, lines).await?.0)
}

/// The same for organisations each on a day of its own.
///
/// # Errors
/// A fault of the database.
pub async fn ancestors_each(
    context: &Context,
    places: &[(Id, NaiveDate)],
    tree: Tree,
) -> Result<HashMap<(Id, NaiveDate), Vec<Id>>, Problem> {
    let line = |book: &super::index::Book, (id, on): (Id, NaiveDate)| book.ancestors(id, deciding(context, on, tree));
    let lines = |book: &super::index::Book| places.iter().map(|place| (*place, line(book, *place))).collect();
    Ok(context.house().index().read(context, lines).await?.0)
}
