/// Records that were made nameless.
pub mod erasure {
    use database::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// A record that was made nameless.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person_erasure")]
    pub struct Model {
        /// The person.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id,
        /// When.
        pub at: Moment,
        /// Why: `asked`, `term`.
        pub basis: String,
        /// By whom, as one word.
        pub actor: String,
    }

    database::plain_table!();
}

/// Legal holds.
pub mod hold {
    use database::{Id, Moment};
    use sea_orm::entity::prelude::*;

    /// A record that must not be erased for now: a lawsuit, an audit, an authority's order.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person_hold")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// The person.
        pub person_id: Id,
        /// Why.
        pub reason: String,
        /// Since when.
        pub placed_at: Moment,
        /// By whom, as one word.
        pub placed_by: String,
        /// Until when; absent while it holds.
        pub lifted_at: Option<Moment>,
        /// By whom it was lifted, as one word.
        pub lifted_by: Option<String>,
    }

    database::plain_table!();
}
