//! How long what is kept, and what becomes of it then. Each programme says it of each of its tables; a test holds that none
//! is forgotten and that `docs/retention.md` tells the same.

use crate::rulebook::RuleDefinition;

/// What is said of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The table.
    pub table: &'static str,
    /// What it holds of people; empty if nothing.
    pub holds: &'static str,
    /// For how long.
    pub term: Term,
    /// What becomes of it then.
    pub end: End,
}

/// For how long a table's rows are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// As the rulebook says.
    Rule(RuleDefinition),
    /// A span that security fixes.
    Fixed(&'static str),
    /// As long as the person is known: until his record is made nameless.
    Person,
    /// For good, for this reason.
    Always(&'static str),
}

/// What becomes of rows after their term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// They go.
    Delete,
    /// They stay, and tell of nobody.
    Anonymise,
    /// Nothing.
    Stay,
}

impl Kept {
    /// A table that tells of nobody, or only by keys that lead nowhere once the person is nameless.
    #[must_use]
    pub const fn nobody(table: &'static str) -> Self {
        Self { table, holds: "", term: Term::Always("no personal data"), end: End::Stay }
    }
}
