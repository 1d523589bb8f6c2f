//! The register of stations: made, changed, opened, paused and closed by officers.

pub mod access;
pub mod ahead;
pub mod change;
pub mod convert;
pub mod create;
pub mod form;
pub mod items;
pub(crate) mod keyed;
pub mod list;
pub(crate) mod looked;
pub mod many;
pub mod now;
pub mod order;
pub(crate) mod photos;
pub mod picture;
pub mod position;
pub mod show;
pub mod state;
pub mod state_many;
pub(crate) mod unchecked;
pub mod view;
