//! One value a programme: all that the server needs to know of it.

use std::pin::Pin;

use database::Migrations;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    House, Problem, audit,
    budget::BudgetLeft,
    consent, export, keys,
    ledger::{self, FactKind, WhereDone},
    organisation,
    outbox::{JobKind, Subscription},
    permission::Listed,
    person, retention,
    rulebook::RuleDefinition,
    site::{HandsOver, Sites},
};

/// What a programme answers where the kernel calls it, at work.
pub type Answer<'a, T = ()> = Pin<Box<dyn Future<Output = Result<T, Problem>> + Send + 'a>>;

/// What a programme brings to the house. The server folds over a list of these; a name given twice stops the start.
#[derive(Clone, Copy)]
pub struct Programme {
    /// The English name; table names carry it.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Its use cases over HTTP, with paths below `/api/v1`.
    pub routes: fn() -> OpenApiRouter<House>,
    /// The kinds of fact it writes.
    pub fact_kinds: &'static [FactKind],
    /// The permissions it asks for.
    pub permissions: &'static [Listed],
    /// The numbers it asks the rulebook for.
    pub rules: &'static [RuleDefinition],
    /// The events it listens to.
    pub subscriptions: &'static [Subscription],
    /// The work it does in the background.
    pub jobs: &'static [JobKind],
    /// What its acts in the audit chain are called.
    pub acts: &'static [audit::Label],
    /// What the codes that they tell are called.
    pub tells: &'static [audit::Tells],
    /// What people agree to separately before it handles their sensitive information.
    pub consents: &'static [consent::Purpose],
    /// Its columns whose values are sealed, to be sealed anew when the key is rotated.
    pub sealed: &'static [keys::Sealed],
    /// What it does when two people turn out to be one.
    pub on_merge: &'static [person::OnMerge],
    /// What it says before a service is recorded by hand or taken back.
    pub before_hand_entry: &'static [ledger::BeforeHandEntry],
    /// What it does when a person is made nameless.
    pub on_erase: &'static [person::OnErase],
    /// Of whom it knows beforehand that it refuses that: the nightly look tries none of the many it needs one by one.
    pub still_needs: &'static [person::StillNeeds],
    /// Reads the codes that it issues to people, when one is shown.
    pub on_show: &'static [person::OnShow],
    /// How its tables of people are told in the copy that a person takes; a test holds that none is forgotten.
    pub copied: &'static [person::Copied],
    /// How long what is kept in its tables; each is named.
    pub kept: &'static [retention::Kept],
    /// The kinds of data that can be taken away as a file.
    pub exports: &'static [export::ExportKind],
    /// What it says before an organisation is closed.
    pub on_close: &'static [organisation::OnClose],
    /// The places that it keeps and at which other programmes may serve too.
    pub sites: Option<Sites>,
    /// Tells what it handed over at such a place of another programme.
    pub hands_over: Option<HandsOver>,
    /// Tells what lines of the budgets that it keeps have left.
    pub budget_left: Option<BudgetLeft>,
    /// Tells at which places was done what it wrote facts of.
    pub where_done: Option<WhereDone>,
    /// Its tables.
    pub migrations: Migrations,
}
