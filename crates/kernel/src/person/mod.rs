//! People: one record a person, found by document number, shown masked.

mod masked;
/// The tables.
pub mod migration;
mod on_merge;
mod register;
mod tables;

pub use masked::{Masked, masked};
pub use on_merge::{Merging, OnMerge};
pub use register::{Checked, NewPerson, Registered, check, find_by_document, paper_index, register, rows};
pub use tables::{ActiveModel, Column, Entity, Model, paper};
