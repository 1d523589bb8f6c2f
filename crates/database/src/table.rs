/// Says of the table whose `Model` stands beside it that it declares no relations and that nothing is done beside its rows.
#[macro_export]
macro_rules! plain_table {
    () => {
        /// No relations.
        #[derive(Clone, Copy, Debug, $crate::sea_orm::EnumIter, $crate::sea_orm::DeriveRelation)]
        pub enum Relation {}

        impl $crate::sea_orm::ActiveModelBehavior for ActiveModel {}
    };
}
