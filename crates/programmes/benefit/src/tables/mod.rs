//! Rows of this programme. Table names carry its name.

/// How a row of the table is found whose `Model` stands beside it, and which a union keeps.
macro_rules! kept_by_a_union {
    () => {
        /// The row, if the union that keeps it lies in the scope.
        ///
        /// # Errors
        /// 404 if it is absent or foreign.
        pub async fn in_scope(
            conn: &::database::Connection,
            scope: &::kernel::Scope,
            id: ::kernel::Id,
        ) -> Result<Model, ::kernel::Problem> {
            let query = Entity::find_by_id(id).filter(scope.within((Entity, Column::OrganisationId)));
            query.one(conn).await?.ok_or_else(::kernel::Problem::not_found)
        }
    };
}

pub mod batch;
pub mod booking;
pub mod claim;
pub mod companion;
pub mod dispute;
pub mod draw;
pub mod entry;
pub mod joined;
pub mod kind;
pub mod nomination;
pub mod objection;
pub mod offer;
pub mod partner;
pub mod place;
pub mod publicity;
pub mod redemption;
pub mod round;
pub mod seat;
pub mod settlement;
pub mod share;
