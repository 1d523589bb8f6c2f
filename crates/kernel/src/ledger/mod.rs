//! The one ledger: every service, written once, where it happens. See [`Fact`] and [`post`]; figures are read by
//! [`figures`].

mod as_of;
mod below_on;
mod export_facts;
mod export_figures;
pub mod fact;
mod fact_row;
mod figures;
mod follow;
mod hand_entry;
mod index;
mod keep;
mod kind;
mod labels;
mod last_days;
mod life_line;
mod list_facts;
mod list_kinds;
mod migration;
mod note;
mod of_people;
pub mod permissions;
mod place;
mod post;
mod read_figures;
mod record;
mod recount;
mod reverse;
pub mod services;
mod surroundings;
mod take_back;
mod verify;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use as_of::figures_as_of;
pub use below_on::{BelowOn, ancestors_each, ancestors_on, below_on};
pub(crate) use below_on::{below_any_on, deciding};
pub use export_facts::FACTS;
pub use export_figures::FIGURES;
pub use fact::Fact;
pub use fact_row::{FactRow, FactSource, Recorder};
pub(crate) use figures::{BEGINNING, Balance, balances};
pub use figures::{Figure, FigureQuery, Figures, Tree, balance, figures, figures_of};
pub use follow::Index;
pub use hand_entry::{
    BeforeHandEntry, allowed as entry_allowed, allowed_since as entries_allowed_since,
    allowed_until as entries_allowed_until,
};
pub use index::By;
pub use keep::{keep, keep_index};
pub use kind::{FactKind, Measure, find as fact_kind};
pub use last_days::last_days;
pub use life_line::life_line;
pub use list_facts::{FactPage, FactParams, list_facts};
pub use list_kinds::{FactKindRow, list_kinds};
pub(crate) use migration::{ByKind, Ledger, OnShelves};
pub use note::blank_notes;
pub use of_people::{MEMBERSHIP, Served, members, of_people};
pub use place::{FactPlace, WhereDone};
pub use post::{NewFact, Source, post};
pub use read_figures::FigureParams;
pub use record::{RecordFact, RecordRefusal, Recorded, ServedPerson, record};
pub use reverse::{ReverseRefusal, counting_of, first_day_of, first_days_of, reverse, reverse_all_of};
pub(crate) use surroundings::all_of;
pub use surroundings::merge_people;
pub use take_back::{TakeBack, take_back};
pub use verify::{Difference, verify};

use crate::House;

/// The ledger over HTTP.
#[must_use]
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list_kinds::list_fact_kinds))
        .routes(routes!(read_figures::read_figures))
        .routes(routes!(export_figures::export_figures))
        .routes(routes!(list_facts::list_facts_page, record::record_fact))
        .routes(routes!(export_facts::export_facts))
        .routes(routes!(take_back::reverse_fact))
}
