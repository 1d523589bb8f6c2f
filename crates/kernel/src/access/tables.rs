//! Accounts with the passwords they had, roles, and where an account holds which role; sessions; tokens of other systems.

/// Officers' accounts.
pub mod account {
    use database::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// An officer's account.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// What is typed to log in, in lower case. Unique.
        pub username: String,
        /// The officer's name.
        pub name: String,
        /// Argon2id, as a PHC string.
        pub password: String,
        /// When the password was set.
        pub password_set_at: Moment,
        /// Wrong passwords since `first_failure_at`.
        pub failures: i32,
        /// When the run of wrong passwords began.
        pub first_failure_at: Option<Moment>,
        /// Nobody can log in before this.
        pub locked_until: Option<Moment>,
        /// Whether the account may be used.
        pub enabled: bool,
        /// Whether somebody else set the password, so that it must be changed at the next log-in.
        pub must_change: bool,
        /// Grows with each save.
        pub version: i64,
        /// When a log-in with it last began.
        pub last_log_in_at: Option<Moment>,
    }

    database::plain_table!();
}

/// Roles: lists of permissions with a name.
pub mod role {
    use database::Id;
    use sea_orm::entity::prelude::*;

    /// A role.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "role")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// What officers read. Unique.
        pub name: String,
        /// The permissions' codes, separated by blanks.
        pub permissions: String,
        /// Whose role it is, to be given at that organisation and below; absent for the whole house's.
        pub organisation_id: Option<Id>,
        /// Whether it came with the house and stays.
        pub built_in: bool,
        /// Whether its holders must have an authenticator, whatever the rulebook says.
        pub second_factor: bool,
        /// Grows with each save.
        pub version: i64,
    }

    database::plain_table!();
}

/// Which account holds which role where.
pub mod grant {
    use database::Id;
    use sea_orm::entity::prelude::*;

    /// An account holds a role at an organisation and below it.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_grant")]
    pub struct Model {
        /// The account.
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Id,
        /// The role.
        #[sea_orm(primary_key, auto_increment = false)]
        pub role_id: Id,
        /// Where.
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation_id: Id,
    }

    /// The role that is held.
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        /// The role.
        #[sea_orm(belongs_to = "super::role::Entity", from = "Column::RoleId", to = "super::role::Column::Id")]
        Role,
    }

    impl Related<super::role::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Role.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Log-ins.
pub mod session {
    use database::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// A log-in; the cookie holds the secret, the table only its hash.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        /// SM3 of the cookie's secret.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        /// The officer's account, or
        pub account_id: Option<Id>,
        /// the worker.
        pub person_id: Option<Id>,
        /// When it began.
        pub begun_at: Moment,
        /// When it was last used, to the minute.
        pub used_at: Moment,
        /// The device, in words; none for one that began before devices were told.
        pub device: Option<String>,
    }

    database::plain_table!();
}

/// The passwords that an account had.
pub mod past_password {
    use database::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// A password that an account has or had.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "past_password")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// The account.
        pub account_id: Id,
        /// Argon2id, as a PHC string.
        pub password: String,
        /// When it was set.
        pub set_at: Moment,
    }

    database::plain_table!();
}

/// Bearer tokens of other systems.
pub mod token {
    use chrono::NaiveDate;
    use database::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// Another system's right to call; it holds the secret, the table only its hash.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "access_token")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// Which system it is for.
        pub name: String,
        /// SM3 of the secret. Unique.
        pub hash: String,
        /// The secret's last characters, to tell tokens apart.
        pub ending: String,
        /// The role that it holds,
        pub role_id: Id,
        /// at this organisation and below it.
        pub organisation_id: Id,
        /// The last day.
        pub expires_on: NaiveDate,
        /// Who made it, as [`crate::Actor::word`].
        pub made_by: String,
        /// When it was made.
        pub made_at: Moment,
        /// When it was last used, to the minute.
        pub used_at: Option<Moment>,
        /// When it was taken back.
        pub revoked_at: Option<Moment>,
    }

    database::plain_table!();
}
