//! Where the field lives: values in, values or a refusal out. No clock, no database.

pub mod approval;
pub mod card;
pub mod dues;
pub mod dues_table;
pub mod gate;
pub mod lapse;
pub mod merging;
pub mod retained;
pub mod right_union;
pub mod roster;
pub mod share;
pub mod standing;
pub mod transfer;
