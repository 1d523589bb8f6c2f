use database::{Id, Moment};
use sea_orm::entity::prelude::*;

use crate::keys::Sealed;

/// An attachment; what it holds lies beside it, so that lists don't load it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose it is; the scope.
    pub organisation_id: Id,
    /// The file's name, cleaned.
    pub name: String,
    /// What its content was found to be.
    pub media_type: String,
    /// How many bytes.
    pub size: i64,
    /// SM3 of the content, in hexadecimal digits.
    pub hash: String,
    /// When it was handed in.
    pub stored_at: Moment,
    /// By whom, as one word.
    pub stored_by: String,
}

database::plain_table!();

/// The column whose files are sealed.
pub(crate) const SEALED: Sealed = Sealed {
    large: true,
    under: Some("key_version"),
    ..Sealed::text("attachment_content", "bytes", "bytes", &["attachment_id"])
};

/// What attachments hold.
pub mod content {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// What an attachment holds.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment_content")]
    pub struct Model {
        /// Which attachment.
        #[sea_orm(primary_key, auto_increment = false)]
        pub attachment_id: Id,
        /// The file, sealed for its place. What came before files were sealed lies plain until the daily job gets there.
        pub bytes: Vec<u8>,
        /// The version of the key that it is sealed under, 0 while it lies plain.
        pub key_version: i32,
    }

    database::plain_table!();
}
