use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

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
    Commit(DbErr),
    /// The connection broke while the server was told to commit, and the server could not be asked whether it did.
    #[error("it is not known whether the commit arrived: {0}")]
    Unsure(DbErr),
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

/// What passes, or what an operator mends without the program: asked again later, the same may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The database does not answer.
    Away,
    /// No room is left where the database lies.
    Full,
    /// What the database lies on can't be written.
    ReadOnly,
    /// What the database lies on fails.
    Disk,
    /// Too much is wanted at once.
    Busy,
    /// A commit was under way when the connection broke.
    Unsure,
    /// The program is shutting down.
    Stopping,
}

impl Fault {
    /// Whether a unique index refused the row: two units wanted the same thing, and the other was first.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Statement(err) if matches!(err.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }

    /// What stands in the way for now; `None` for a mistake of the program or a damaged database.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Statement(err) => trouble(err),
            Self::Commit(err) => Some(trouble(err).unwrap_or(Trouble::Busy)),
            Self::TooSlow(_) => Some(Trouble::Busy),
            Self::Unsure(_) => Some(Trouble::Unsure),
            Self::Stopped => Some(Trouble::Stopping),
            Self::Escaped | Self::Address(_) | Self::Stored(_) => None,
        }
    }
}

impl From<DbErr> for Fault {
    fn from(err: DbErr) -> Self {
        Self::Statement(err)
    }
}

fn trouble(err: &DbErr) -> Option<Trouble> {
    let below = match err {
        DbErr::ConnectionAcquire(_) => return Some(Trouble::Away),
        DbErr::Conn(RuntimeErr::SqlxError(below))
        | DbErr::Exec(RuntimeErr::SqlxError(below))
        | DbErr::Query(RuntimeErr::SqlxError(below)) => below,
        _ => return None,
    };
    match &**below {
        sqlx::Error::Database(told) => told.code().and_then(|code| coded(&code)),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => Some(Trouble::Away),
        _ => None,
    }
}

/// What a code of the database means: SQLSTATE has five signs, SQLite's result codes are numbers whose low byte counts.
fn coded(code: &str) -> Option<Trouble> {
    if code.len() == 5 {
        return match code {
            "53100" => Some(Trouble::Full),
            // A file system that can be read only is a right that PostgreSQL lacks.
            "25006" | "42501" => Some(Trouble::ReadOnly),
            "58030" => Some(Trouble::Disk),
            "40001" | "40P01" | "55P03" | "57014" => Some(Trouble::Busy),
            code if ["08", "53", "57"].iter().any(|class| code.starts_with(class)) => Some(Trouble::Away),
            _ => None,
        };
    }
    match code.parse::<u32>().ok()? & 0xff {
        5 | 6 => Some(Trouble::Busy),
        8 => Some(Trouble::ReadOnly),
        10 | 14 => Some(Trouble::Disk),
        13 => Some(Trouble::Full),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_are_told_apart() {
        let read = |code: &'static str| coded(code);
        for (code, trouble) in [
            ("13", Trouble::Full),
            ("8", Trouble::ReadOnly),
            ("1032", Trouble::ReadOnly),
            ("778", Trouble::Disk),
            ("5", Trouble::Busy),
            ("517", Trouble::Busy),
            ("53100", Trouble::Full),
            ("53300", Trouble::Away),
            ("57P01", Trouble::Away),
            ("57P03", Trouble::Away),
            ("57014", Trouble::Busy),
            ("08006", Trouble::Away),
            ("25006", Trouble::ReadOnly),
            ("42501", Trouble::ReadOnly),
        ] {
            assert_eq!(read(code), Some(trouble), "{code}");
        }
        // A unique index, a missing table, a damaged file: nothing that passes by itself.
        for code in ["2067", "1", "11", "23505", "42P01", "XX001"] {
            assert_eq!(read(code), None, "{code}");
        }
    }
}
