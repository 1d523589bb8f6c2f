//! The one ledger: every service, written once, where it happens. See [`Fact`] and [`post`].

mod fact;
mod index;
mod kind;
mod post;

pub use fact::Fact;
pub use index::Index;
pub use kind::{FactKind, Measure};
pub use post::{NewFact, Source, post};
