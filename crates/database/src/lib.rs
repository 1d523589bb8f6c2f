//! Connections, the unit of work, the one writer with group commit, migrations and both dialects; nothing of the field.
//!
//! A program opens one [`Database`]. It reads through [`Database::reader`], which cannot write, and writes through
//! [`Database::unit`], which runs a closure as one unit of work; what only asks takes a [`Connection`], which is either. The
//! URL chooses SQLite or PostgreSQL; the words for the two stand in this crate alone.

pub mod backup;
pub mod catalog;
mod commit;
mod connection;
mod fault;
mod insert;
mod key;
mod later;
mod log;
mod migrate;
mod moment;
mod open;
pub mod plan;
mod schema;
pub mod serving;
pub mod shelf;
mod table;
mod unit;
mod writer;

pub use connection::Connection;
pub use fault::{Fault, Trouble};
pub use insert::{KEYS_AT_ONCE, insert, insert_all, update};
pub use key::{Id, ParseIdProblem};
pub use migrate::{Migration, Migrations};
pub use moment::Moment;
pub use open::{Database, Settings};
pub use sea_orm;
pub use sea_orm_migration;
pub use unit::Unit;
pub use writer::Limits;
