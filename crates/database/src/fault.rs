use sea_orm::{DbErr, SqlErr};

/// What went wrong below the rules: the caller can't mend it, the operator may.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// The database refused a statement.
    #[error("the database refused a statement: {0}")]
    Statement(DbErr),
    /// The unit of work took longer than its limit and was undone.
    #[error("a unit of work took longer than {0} s and was undone")]
    TooSlow(u64),
    /// The group of units could not be committed, and running again did not help.
    #[error("the commit failed: {0}")]
    Commit(String),
    /// The writer has stopped: the program is shutting down.
    #[error("the writer has stopped")]
    Stopped,
    /// The work kept its unit beyond its own end: a mistake in the program.
    #[error("a unit of work was kept beyond its end")]
    Escaped,
    /// The database URL is of no kind this program knows.
    #[error("this database address is not understood: {0}")]
    Address(String),
    /// A stored value is not what the program wrote.
    #[error("a stored value can't be read: {0}")]
    Stored(String),
}

impl Fault {
    /// Whether a unique index refused the row: two units wanted the same thing, and the other was first.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Statement(err) if matches!(err.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }
}

impl From<DbErr> for Fault {
    fn from(err: DbErr) -> Self {
        Self::Statement(err)
    }
}
