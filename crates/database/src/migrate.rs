use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTraitSelf};

use crate::{Database, Fault};

/// One step of the schema. One file a step serves both databases; steps only ever go forward.
pub type Migration = Box<dyn MigrationTrait>;

/// Makes the steps of one crate; called anew at each start because the steps are not cloneable.
pub type Migrations = fn() -> Vec<Migration>;

/// Names the lock under which one server process at a time looks at the schema ('niangmig' in ASCII).
const MIGRATION_LOCK: i64 = 0x6e69_616e_676d_6967;

struct Migrator<'a>(&'a [Migrations]);

impl MigratorTraitSelf for Migrator<'_> {
    fn migrations(&self) -> Vec<Migration> {
        let mut all: Vec<Migration> = self.0.iter().flat_map(|make| make()).collect();
        all.sort_by(|a, b| a.name().cmp(b.name()));
        all
    }
}

/// The steps' names, in their order.
pub(crate) fn names(migrations: &[Migrations]) -> Vec<String> {
    Migrator(migrations).migrations().iter().map(|step| step.name().to_owned()).collect()
}

impl Database {
    /// Brings the schema up to date with the steps of all crates, in the order of their names. Of several processes that
    /// start at once one does it, and the others wait until it is done.
    ///
    /// # Errors
    /// When a step fails; the steps before it stay, and the next start goes on from there.
    pub async fn migrate(&self, migrations: &[Migrations]) -> Result<(), Fault> {
        let migrator = Migrator(migrations);
        let connection = self.migrating();
        locked(connection, "pg_advisory_lock").await?;
        let done = migrator.up(connection, None).await.map_err(|err: DbErr| {
            tracing::error!(%err, "a migration failed");
            Fault::from(err)
        });
        locked(connection, "pg_advisory_unlock").await?;
        done
    }
}

/// Takes or gives back the lock. There is one writing connection, so both are done by the same session.
async fn locked(connection: &DatabaseConnection, verb: &str) -> Result<(), Fault> {
    if connection.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared(&format!("SELECT {verb}({MIGRATION_LOCK})")).await?;
    }
    Ok(())
}
