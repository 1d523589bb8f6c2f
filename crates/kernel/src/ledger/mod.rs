//! The one ledger: every service, written once, where it happens. See [`Fact`] and [`post`]; figures are read by
//! [`figures`].

mod fact;
mod figures;
mod follow;
mod index;
mod kind;
mod migration;
mod post;
mod recount;
mod reverse;
mod surroundings;

pub use fact::Fact;
pub use figures::{Figure, FigureQuery, Figures, Tree, balance, figures, figures_of};
pub use follow::Index;
pub use index::By;
pub use kind::{FactKind, Measure};
pub(crate) use migration::Ledger;
pub use post::{NewFact, Source, post};
pub use reverse::{ReverseRefusal, reverse};
pub use surroundings::merge_people;
