use database::{Id, Moment};
use sea_orm::entity::prelude::*;

/// Whom the provider must name for an account to open.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_binding")]
pub struct Model {
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Id,
    /// The provider; absent until the first sign-in.
    pub issuer: Option<String>,
    /// Whom it calls so; unique with the provider.
    pub subject: Option<String>,
    /// The e-mail address at which the first sign-in is recognised, in lower case. Unique.
    pub email: Option<String>,
    /// Since when the subject is known.
    pub bound_at: Option<Moment>,
}

database::plain_table!();
