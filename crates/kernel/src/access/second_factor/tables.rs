//! Second factors and their recovery codes.

/// Officers' authenticators.
pub mod factor {
    use database::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// What an account's authenticator shares with the house.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "second_factor")]
    pub struct Model {
        /// The account.
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Id,
        /// The sealed secret; absent until it was confirmed by a first code.
        pub secret: Option<String>,
        /// A sealed secret that waits to be confirmed,
        pub pending: Option<String>,
        /// and since when.
        pub pending_at: Option<Moment>,
        /// The step of the last code that was taken: none opens twice.
        pub last_step: i64,
        /// When the secret was confirmed.
        pub set_at: Option<Moment>,
    }

    database::plain_table!();
}

/// Codes for who lost his phone.
pub mod recovery {
    use database::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// A recovery code; the table holds only its keyed hash.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_code")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// The account.
        pub account_id: Id,
        /// The keyed hash of account and code.
        pub hash: String,
        /// When it opened; it never does again.
        pub used_at: Option<Moment>,
    }

    database::plain_table!();
}
