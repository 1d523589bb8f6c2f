use sea_orm::{
    DbErr, ExprTrait,
    sea_query::{Expr, Query},
};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, date, string_len, string_len_null, text},
    sea_query::{Index, Table},
};

/// The table of impact assessments, and the right to keep them for the role of a first day that is there already.
pub struct Assessments;

impl MigrationName for Assessments {
    fn name(&self) -> &'static str {
        "m2026_11_30_0930_kernel_assessment"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Assessments {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let assessment = Table::create()
            .table("impact_assessment")
            .col(big_integer("id").primary_key())
            .col(big_integer("organisation_id"))
            .col(string_len("subject", 100))
            .col(string_len_null("purpose", 32))
            .col(text("aims"))
            .col(text("risks"))
            .col(text("measures"))
            .col(string_len("conclusion", 12))
            .col(string_len("assessor", 100))
            .col(date("assessed_on"))
            .col(date("valid_until"))
            .col(big_integer("version"))
            .to_owned();
        manager.create_table(assessment).await?;
        let of_a_union = Index::create()
            .name("impact_assessment_subject")
            .table("impact_assessment")
            .col("organisation_id")
            .col("subject")
            .to_owned();
        manager.create_index(of_a_union).await?;
        let given = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' access.assess'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").eq("安全管理员"))
            .to_owned();
        manager.execute(given).await
    }
}

/// The files that assessments rest on.
pub struct Files;

impl MigrationName for Files {
    fn name(&self) -> &'static str {
        "m2026_11_30_1010_kernel_assessment_file"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Files {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let file = Table::create()
            .table("impact_assessment_file")
            .col(big_integer("attachment_id").primary_key())
            .col(big_integer("assessment_id"))
            .to_owned();
        manager.create_table(file).await?;
        let of_one = Index::create()
            .name("impact_assessment_file_of")
            .table("impact_assessment_file")
            .col("assessment_id")
            .to_owned();
        manager.create_index(of_one).await
    }
}
