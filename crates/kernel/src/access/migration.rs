use sea_orm::{
    DbErr, ExprTrait,
    sea_query::{ColumnDef, Expr, Query, TableAlterStatement},
};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table},
};

/// The tables of access.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_23_0004_kernel_access"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let account = Table::create()
            .table("account")
            .col(big_integer("id").primary_key())
            .col(string_len("username", 60).unique_key())
            .col(string_len("name", 100))
            .col(string_len("password", 200))
            .col(big_integer("password_set_at"))
            .col(integer("failures"))
            .col(big_integer_null("first_failure_at"))
            .col(big_integer_null("locked_until"))
            .col(boolean("enabled"))
            .to_owned();
        let role = Table::create()
            .table("role")
            .col(big_integer("id").primary_key())
            .col(string_len("name", 60).unique_key())
            .col(text("permissions"))
            .to_owned();
        let grant = Table::create()
            .table("account_grant")
            .col(big_integer("account_id"))
            .col(big_integer("role_id"))
            .col(big_integer("organisation_id"))
            .primary_key(Index::create().col("account_id").col("role_id").col("organisation_id"))
            .to_owned();
        let session = Table::create()
            .table("session")
            .col(string_len("hash", 64).primary_key())
            .col(big_integer_null("account_id"))
            .col(big_integer_null("person_id"))
            .col(big_integer("begun_at"))
            .col(big_integer("used_at"))
            .to_owned();
        for table in [account, role, grant, session] {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}

/// The table of one-time codes.
pub struct Codes;

impl MigrationName for Codes {
    fn name(&self) -> &'static str {
        "m2026_11_23_0008_kernel_codes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Codes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let codes = Table::create()
            .table("one_time_code")
            .col(string_len("phone_index", 64))
            .col(string_len("purpose", 20))
            .col(string_len_null("hash", 64))
            .col(big_integer("made_at"))
            .col(integer("tries"))
            .col(integer("sent"))
            .col(big_integer("counted_since"))
            .primary_key(Index::create().col("phone_index").col("purpose"))
            .to_owned();
        manager.create_table(codes).await
    }
}

/// What keeping accounts, roles and tokens needs besides.
pub struct Keeping;

impl MigrationName for Keeping {
    fn name(&self) -> &'static str {
        "m2026_11_23_0020_kernel_access_keeping"
    }
}

/// The roles of a first day before they carried the mark.
const BUILT_IN: [&str; 5] = ["系统管理员", "安全管理员", "审计管理员", "业务干部", "只读领导"];

#[async_trait::async_trait]
impl MigrationTrait for Keeping {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column a statement.
        let added = [
            column("account", boolean("must_change").default(false).to_owned()),
            column("account", big_integer("version").default(1).to_owned()),
            column("role", big_integer_null("organisation_id")),
            column("role", boolean("built_in").default(false).to_owned()),
            column("role", big_integer("version").default(1).to_owned()),
        ];
        for statement in added {
            manager.alter_table(statement).await?;
        }
        let mark = Query::update()
            .table("role")
            .value("built_in", true)
            .and_where(Expr::col("name").is_in(BUILT_IN))
            .to_owned();
        manager.execute(mark).await?;
        let past = Table::create()
            .table("past_password")
            .col(big_integer("id").primary_key())
            .col(big_integer("account_id"))
            .col(string_len("password", 200))
            .col(big_integer("set_at"))
            .to_owned();
        let token = Table::create()
            .table("access_token")
            .col(big_integer("id").primary_key())
            .col(string_len("name", 100))
            .col(string_len("hash", 64).unique_key())
            .col(string_len("ending", 8))
            .col(big_integer("role_id"))
            .col(big_integer("organisation_id"))
            .col(date("expires_on"))
            .col(string_len("made_by", 60))
            .col(big_integer("made_at"))
            .col(big_integer_null("used_at"))
            .col(big_integer_null("revoked_at"))
            .to_owned();
        for table in [past, token] {
            manager.create_table(table).await?;
        }
        let by_account =
            Index::create().name("past_password_account").table("past_password").col("account_id").to_owned();
        manager.create_index(by_account).await?;
        let by_role = Index::create().name("account_grant_role").table("account_grant").col("role_id").to_owned();
        manager.create_index(by_role).await?;
        let by_place =
            Index::create().name("account_grant_place").table("account_grant").col("organisation_id").to_owned();
        manager.create_index(by_place).await
    }
}

fn column(table: &'static str, mut column: ColumnDef) -> TableAlterStatement {
    Table::alter().table(table).add_column(&mut column).to_owned()
}

/// The devices of log-ins.
pub struct Devices;

impl MigrationName for Devices {
    fn name(&self) -> &'static str {
        "m2026_11_26_1500_kernel_log_in_devices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Devices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(column("session", string_len_null("device", 40))).await
    }
}

/// By which log-ins that have run out are found.
pub struct Begun;

impl MigrationName for Begun {
    fn name(&self) -> &'static str {
        "m2026_11_28_0004_kernel_log_ins_begun"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Begun {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let begun = Index::create().name("session_begun").table("session").col("begun_at").to_owned();
        manager.create_index(begun).await
    }
}

/// When an account was last logged in with. What the audit chain tells of the days before is written down with it.
pub struct LastLogIn;

impl MigrationName for LastLogIn {
    fn name(&self) -> &'static str {
        "m2026_11_30_0212_kernel_last_log_in"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LastLogIn {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(column("account", big_integer_null("last_log_in_at"))).await?;
        let last = Query::select()
            .expr(Expr::col("at").max())
            .from("audit_entry")
            .and_where(Expr::col("object_kind").eq("kernel/account"))
            .and_where(Expr::col("object_id").equals(("account", "id")))
            .and_where(Expr::col("action").is_in(["session.begin", "session.begin_at_provider"]))
            .to_owned();
        let known = Query::update().table("account").value("last_log_in_at", last).to_owned();
        manager.execute(known).await
    }
}
