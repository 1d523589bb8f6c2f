//! What has tables and belongs to everyone: organisations, people, access, the ledger, the audit chain, the outbox, the
//! rulebook and files. Programmes build on it and meet nowhere else.

pub mod access;
pub mod ambient;
pub mod assessment;
pub mod audit;
pub mod budget;
pub mod caller;
pub mod consent;
pub mod deadline;
pub mod download;
pub mod etag;
pub mod export;
pub mod files;
pub mod house;
pub mod keys;
pub mod ledger;
pub mod listing;
pub mod many;
pub mod organisation;
pub mod outbox;
pub mod own;
pub mod permission;
pub mod person;
pub mod problem;
pub mod programme;
pub mod pulse;
pub mod ready;
pub mod retention;
pub mod rows_back;
pub mod rulebook;
pub mod site;
pub mod sweep;
pub mod table_in;
pub mod tasks;
pub mod together;

mod found_by;
mod kept;
mod migrations;

pub use ambient::Ambient;
pub use caller::{Actor, Asker, Caller, Context, Scope};
pub use database::{Connection, Fault, Id, Moment, Unit};
pub use house::House;
pub use listing::Page;
pub use migrations::migrations;
pub use problem::{Problem, Refusal};
pub use programme::{Answer, Programme};
