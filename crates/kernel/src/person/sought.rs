//! Whom somebody means by what he typed into the search of a list about people.

use sea_orm::{
    Condition, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, IntoColumnRef},
};

use super::{Column, Entity, find_by_document};
use crate::{Context, Problem};

/// The filter for a column that holds a person's key. Numbers are sought whole, by their blind index; anything else is a part
/// of a name. That the rows concern the caller is the list's matter.
///
/// # Errors
/// A fault of the database.
pub async fn sought<C: IntoColumnRef>(context: &Context, column: C, text: &str) -> Result<Condition, Problem> {
    let (keyring, column) = (context.house().keyring(), Expr::col(column));
    let among = |which| Entity::find().select_only().column(Column::Id).filter(which).into_query();
    let passes = if let Ok(phone) = codes::phone::normalise(text) {
        column.in_subquery(among(Column::PhoneIndex.is_in(keyring.blind_indexes("phone", &phone))))
    } else if let Some(document) = codes::document::recognise(text, context.today())
        && let Some(holder) = find_by_document(context.read(), keyring, &document).await?
    {
        column.eq(holder)
    } else {
        column.in_subquery(among(Column::NameKey.contains(codes::name::match_key(text))))
    };
    Ok(Condition::all().add(passes))
}
