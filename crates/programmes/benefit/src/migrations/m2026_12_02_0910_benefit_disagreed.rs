//! Indexes for the few objections and disputes that wait for an answer, and for a worker's own objections.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut person = Index::create();
        person.name("benefit_objection_person").table("benefit_objection").col("person_id");
        manager.create_index(person).await?;
        let mut objected = Index::create();
        objected.name("benefit_objection_waiting").table("benefit_objection").col("answered_at").col("nomination_id");
        manager.create_index(objected).await?;
        let mut disputed = Index::create();
        disputed.name("benefit_dispute_waiting").table("benefit_dispute").col("answered_at").col("settlement_id");
        manager.create_index(disputed).await
    }
}
