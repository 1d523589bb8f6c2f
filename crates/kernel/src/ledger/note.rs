use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*};

use super::{Source, fact};
use crate::{Context, Problem};

/// What an officer wrote beside a fact that he recorded or took back by hand: that fact's source.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_note")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// What he wrote.
    pub text: String,
    /// Who, as [`crate::Actor::word`].
    pub actor: String,
}

database::plain_table!();

/// The source of facts recorded by hand.
pub(super) const SOURCE: &str = "ledger/note";
/// The source of facts taken back by hand.
pub(super) const REVERSAL: &str = "ledger/reversal";
/// The longest note, in characters.
pub(super) const LONGEST: usize = 200;

/// Writes a note; answers it as the source of a fact.
pub(super) async fn write(unit: &Unit, context: &Context, kind: &'static str, text: &str) -> Result<Source, Problem> {
    let id = context.id();
    let row = ActiveModel { id: Set(id), text: Set(text.to_owned()), actor: Set(context.actor().word()) };
    Entity::insert(row).exec_without_returning(unit).await?;
    Ok(Source { kind, id })
}

/// Blanks the notes beside facts of a person, in the unit that makes him nameless.
///
/// # Errors
/// A fault of the database.
pub async fn blank_notes(unit: &Unit, person: Id) -> Result<(), Problem> {
    let own = fact::Entity::find().select_only().column(fact::Column::SourceId);
    let own = own.filter(fact::Column::PersonId.eq(person)).filter(fact::Column::SourceKind.starts_with("ledger/"));
    let blank = ActiveModel { text: Set(String::new()), ..Default::default() };
    Entity::update_many().set(blank).filter(Column::Id.in_subquery(own.into_query())).exec(unit).await?;
    Ok(())
}
