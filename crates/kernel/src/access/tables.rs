//! Accounts, roles, and where an account holds which role; sessions.

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
    }

    /// No relations.
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
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
    }

    /// No relations.
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
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
    }

    /// No relations.
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
