use database::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A person: one record, whatever papers he holds and whichever union knows him.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The name in its normal form.
    pub name: String,
    /// The name without interpuncts, for search: whichever dot is typed, or none, finds it.
    pub name_key: String,
    /// The organisation that looks after the person today; the scope.
    pub organisation_id: Id,
    /// The worker group's code.
    pub worker_group: Option<String>,
    /// The date of birth, where the paper tells it.
    pub birth_date: Option<Date>,
    /// The blind index of the mobile number.
    pub phone_index: Option<String>,
    /// The mobile number, sealed.
    pub phone_sealed: Option<String>,
    /// When whoever proved the number said that he is somebody else, and the record lost it; absent once it has one again.
    pub phone_lost_at: Option<Moment>,
    /// Who this record was found to be.
    pub merged_into: Option<Id>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();

/// The papers that people hold.
pub mod paper {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// A paper: a person may hold several, a paper belongs to one person.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person_paper")]
    pub struct Model {
        /// The key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id,
        /// Whose it is.
        pub person_id: Id,
        /// The kind's code ([`codes::document::DocumentKind`]).
        pub kind: String,
        /// The blind index of kind and number. Unique.
        pub number_index: String,
        /// The number in its normal form, sealed.
        pub number_sealed: String,
        /// The first day on which it is valid, if that was written down.
        pub valid_from: Option<Date>,
        /// The last day on which it is valid, if that was written down.
        pub valid_to: Option<Date>,
    }

    database::plain_table!();
}
