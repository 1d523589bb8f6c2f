//! What is asked all the time reads no whole table.

use kernel::{
    Id,
    caller::{Find, below},
    ledger::{fact, permissions::View},
    person::{
        self,
        duplicates::{Likeness, alike},
        list::{PersonFilter, passing},
    },
};
use sea_orm::{Condition, DbBackend, ExprTrait, QueryTrait, Statement, entity::prelude::*};
use testing::App;

use crate::organisation_world::{day, programmes};

#[tokio::test]
async fn what_is_asked_all_the_time_is_found_by_an_index() {
    let app = App::sqlite(&programmes()).await;
    for question in [
        "outbox_event WHERE kind = 'organisation_merged' AND position > 7 ORDER BY position LIMIT 100",
        "session WHERE account_id = 7",
        "session WHERE person_id = 7",
        "session WHERE begun_at < 7",
        "person WHERE merged_into = 7 ORDER BY id",
        "person WHERE phone_lost_at IS NOT NULL",
        "ledger_merge WHERE survivor_id IN (7, 8)",
        "deadline WHERE paused_since IS NULL AND due_on IS NULL ORDER BY id LIMIT 100",
        "audit_entry WHERE object_kind = 'kernel/person' AND object_id IN (7, 8) ORDER BY position DESC",
    ] {
        let steps = app.plan(Statement::from_string(DbBackend::Sqlite, format!("SELECT * FROM {question}"))).await;
        assert!(!steps.is_empty() && steps.iter().all(|step| !step.starts_with("SCAN")), "{question}: {steps:?}");
    }
}

#[tokio::test]
async fn facts_that_stand_are_found_by_whom_and_what_they_are_of() {
    let app = App::sqlite(&programmes()).await;
    let standing = fact::Entity::find().filter(fact::reverses_none());
    let source = fact::Column::SourceKind.eq("benefit/redemption").and(fact::Column::SourceId.eq(7));
    let place = below(Id(7), (fact::Entity, fact::Column::OrganisationId));
    for (of, index) in [
        (Condition::all().add(fact::Column::PersonId.is_in([7, 8])), "ledger_fact_by_person"),
        (place.add(fact::Column::Day.eq(day("2026-05-01"))), "ledger_fact_by_organisation"),
        (Condition::all().add(source), "ledger_fact_by_source"),
    ] {
        let shelves = fact::on_all_shelves(app.caller::<View>().read());
        let steps = app.plan(standing.clone().filter(shelves).filter(of).build(DbBackend::Sqlite)).await;
        assert!(steps[0].contains(index), "{steps:?}");
    }
}

#[tokio::test]
async fn people_are_sought_and_compared_by_their_names() {
    let app = App::sqlite(&programmes()).await;
    let context = &app.caller::<View>().lent(vec![Id(7)]);
    let filter = PersonFilter { q: Some("王".to_owned()), ..PersonFilter::default() };
    let passing = passing(context, &filter).await.unwrap();
    let somebody = person::Model {
        id: Id(7),
        name: "王伟".to_owned(),
        name_key: "王伟".to_owned(),
        organisation_id: Id(7),
        worker_group: None,
        birth_date: Some(day("1990-05-01")),
        phone_index: None,
        phone_sealed: None,
        phone_lost_at: None,
        merged_into: None,
        version: 1,
    };
    let others = alike(context, Likeness::BirthDate, &vec![somebody; 50]);
    for question in [passing(Find::ByPlace), others] {
        let steps = app.plan(question.build(DbBackend::Sqlite)).await;
        assert!(steps.iter().any(|step| step.contains("person_name_key")), "{steps:?}");
        assert!(!steps.iter().any(|step| step.contains("person_organisation")), "{steps:?}");
    }
}
