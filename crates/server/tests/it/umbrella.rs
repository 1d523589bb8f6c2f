//! Umbrellas that a station lends: the smallest programme there can be.

use axum::{Json, http::StatusCode};
use chrono::NaiveDate;
use kernel::{
    Caller, Context, House, Id, Problem, Programme,
    audit::{self, Label},
    ledger::{self, FactKind, Measure, NewFact, Source},
    organisation,
    retention::Kept,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use sea_orm_migration::{prelude::*, schema::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

kernel::permissions! {
    /// Lend umbrellas.
    Lend = "umbrella.lend" "借出雨伞";
}

/// A loan, as it lies in the database.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "umbrella_loan")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose umbrellas; the scope.
    pub organisation_id: Id,
    /// How many.
    pub umbrellas: i64,
    /// The day.
    pub day: Date,
}

database::plain_table!();

/// The table's first step. Later steps are added behind it, never changed.
#[derive(DeriveMigrationName)]
struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let loan = Table::create()
            .table("umbrella_loan")
            .col(big_integer("id").primary_key())
            .col(big_integer("organisation_id"))
            .col(big_integer("umbrellas"))
            .col(date("day"))
            .to_owned();
        manager.create_table(loan).await
    }
}

/// What is lent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewLoan {
    /// Whose umbrellas.
    pub organisation_id: Id,
    /// How many, 1 to 100.
    pub umbrellas: i64,
    /// The day.
    pub day: NaiveDate,
}

/// Lends umbrellas: the loan and its fact are one unit of work.
///
/// # Errors
/// 404 for an organisation out of scope; 422 for no umbrellas or too many.
pub async fn lend(caller: &Caller<Lend>, input: &NewLoan) -> Result<Id, Problem> {
    if !(1..=100).contains(&input.umbrellas) {
        return Err(Problem::field("umbrellas", "umbrellas", "一次可借 1 至 100 把。"));
    }
    let (context, id): (&Context, Id) = (caller, caller.id());
    caller
        .unit(|unit| async move {
            let place = organisation::get(&unit, context.scope(), input.organisation_id).await?;
            let row = ActiveModel {
                id: Set(id),
                organisation_id: Set(place.id),
                umbrellas: Set(input.umbrellas),
                day: Set(input.day),
            };
            Entity::insert(row).exec_without_returning(&unit).await?;
            let fact = NewFact {
                kind: "umbrella_lent",
                organisation: place.id,
                person: None,
                group: None,
                quantity: input.umbrellas,
                amount_fen: 0,
                day: input.day,
                source: Source { kind: "umbrella/loan", id },
                reverses: None,
            };
            ledger::post(&unit, context, &[fact]).await?;
            let act = ("umbrella.lend", "umbrella/loan", id);
            let detail = json!({ "umbrellas": input.umbrellas });
            audit::record(&unit, context, act, place.id, detail).await?;
            Ok(id)
        })
        .await
}

/// 借出雨伞
#[utoipa::path(post, path = "/umbrella-loans", tag = "umbrella", operation_id = "lend_umbrellas",
    extensions(("x-permission" = json!("umbrella.lend"))), request_body = NewLoan,
    responses((status = 201, body = Id)))]
async fn post_loan(caller: Caller<Lend>, Json(input): Json<NewLoan>) -> Result<(StatusCode, Json<Id>), Problem> {
    Ok((StatusCode::CREATED, Json(lend(&caller, &input).await?)))
}

fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(post_loan))
}

const KEPT: &[Kept] = &[Kept::nobody("umbrella_loan")];

/// All that the house knows of it.
pub fn programme() -> Programme {
    Programme {
        name: "umbrella",
        label: "雨伞借用",
        routes,
        fact_kinds: &[FactKind {
            code: "umbrella_lent",
            label: "借出雨伞",
            unit: "把",
            measures: &[Measure::Items],
            by_hand: false,
        }],
        permissions: ALL,
        rules: &[],
        subscriptions: &[],
        jobs: &[],
        acts: &[Label("umbrella.lend", "借出雨伞")],
        tells: &[],
        consents: &[],
        sealed: &[],
        on_merge: &[],
        before_hand_entry: &[],
        on_erase: &[],
        still_needs: &[],
        on_show: &[],
        copied: &[],
        kept: KEPT,
        exports: &[],
        on_close: &[],
        sites: None,
        hands_over: None,
        budget_left: None,
        where_done: None,
        migrations: || vec![Box::new(Step)],
    }
}
