//! The facts as stored.

use database::{Connection, Id, Moment, plan, shelf::Shelves};
use sea_orm::{
    Condition,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait, Query},
};

/// One service, written once, where it happened; never changed, never deleted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_fact")]
pub struct Model {
    /// The place in the order of commitment, from 1, without gaps: units run one after another on either database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// The key.
    #[sea_orm(unique)]
    pub id: Id,
    /// The kind's code.
    pub kind: String,
    /// The organisation that recorded it.
    pub organisation_id: Id,
    /// The person it was done for; absent where nobody is named.
    pub person_id: Option<Id>,
    /// The worker group's code.
    pub worker_group: Option<String>,
    /// How many; negative when it reverses.
    pub quantity: i64,
    /// How much money, in fen; negative when it reverses.
    pub amount_fen: i64,
    /// The Beijing day it happened. A reversal has the day of what it reverses.
    pub day: Date,
    /// What posted it: a programme's record, as `programme/record`.
    pub source_kind: String,
    /// The record's key.
    pub source_id: Id,
    /// The fact that this one reverses.
    pub reverses: Option<Id>,
    /// When it was recorded.
    pub recorded_at: Moment,
}

/// A fact as stored.
pub type Fact = Model;

database::plain_table!();

impl Model {
    /// What posted it: the programme's name, and what its record is called there.
    #[must_use]
    pub fn source(&self) -> (&str, &str) {
        self.source_kind.split_once('/').unwrap_or((&self.source_kind, ""))
    }
}

/// How the indexes by person and by organisation lie.
pub(super) const SHELVES: Shelves = Shelves { table: "ledger_fact", position: "position", bits: 17 };

/// How the index by kind lies. What comes of a kind goes to its end, so a shelf may be long; by its length a question tells
/// which index is to answer, as SQLite would take this one for a small union's few facts, too.
pub(super) const KINDS: Shelves = Shelves { bits: 20, ..SHELVES };

/// What a question by person or by organisation must say to be answered by an index; it passes all facts.
pub fn on_all_shelves(conn: &Connection) -> Condition {
    SHELVES.all(conn)
}

/// What a question by kind must say to be answered by the index by kind, and by no other on shelves; it passes all facts.
pub(super) fn by_kind(conn: &Connection) -> Condition {
    KINDS.all(conn)
}

/// The filter of facts that reverse none. SQLite takes "no value" in a unique index for one row at most, and would read nearly
/// the whole ledger by it.
#[must_use]
pub fn reverses_none() -> Expr {
    plan::by_no_index((Entity, Column::Reverses)).is_null()
}

/// The filter of facts that stand: they reverse none, and none reverses them.
#[must_use]
pub fn stands() -> Condition {
    let undone = Alias::new("undone");
    let reversal = Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, undone.clone())
        .and_where(Expr::col((undone, Column::Reverses)).equals((Entity, Column::Id)))
        .to_owned();
    Condition::all().add(reverses_none()).add(Expr::exists(reversal).not())
}
