//! Writing a step with what it sets in the union's particulars.

use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    FoundingStep,
    tables::{Column, Entity, Model},
};
use crate::{
    Context, Problem, audit, files,
    organisation::{self, form::filled},
};

/// The paper that a step stands on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Paper {
    /// 文号, as it stands on the paper.
    #[schema(max_length = 60)]
    pub document_number: Option<String>,
    /// The file, handed in before as an attachment of the same organisation.
    pub attachment_id: Option<Id>,
}

impl Paper {
    /// The number without blanks around it, and the file if it is the organisation's own.
    ///
    /// # Errors
    /// 422 naming the field.
    pub(super) async fn check(&self, unit: &Unit, context: &Context, place: Id) -> Result<Self, Problem> {
        let document_number = filled(self.document_number.as_deref());
        if document_number.as_ref().is_some_and(|number| number.chars().count() > 60) {
            return Err(Problem::field("document_number", "too_long", "文号最多 60 个字。"));
        }
        if let Some(id) = self.attachment_id {
            match files::get(unit, context.scope(), id).await {
                Ok(file) if file.organisation_id == place => {}
                Err(problem) if problem.status != 404 => return Err(problem),
                _ => return Err(Problem::field("attachment_id", "attachment", "找不到这份文件，请重新上传。")),
            }
        }
        Ok(Self { document_number, attachment_id: self.attachment_id })
    }
}

/// What steps set in a union's particulars.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Particulars {
    pub(super) chair: Option<String>,
    pub(super) term_ends_on: Option<NaiveDate>,
    pub(super) credit_code: Option<String>,
    pub(super) founded_on: Option<NaiveDate>,
}

impl Particulars {
    pub(super) fn of(model: &organisation::Model) -> Self {
        Self {
            chair: model.chair.clone(),
            term_ends_on: model.term_ends_on,
            credit_code: model.credit_code.clone(),
            founded_on: model.founded_on,
        }
    }

    /// The organisation with these instead of its own.
    pub(super) fn onto(self, model: &organisation::Model) -> organisation::Model {
        organisation::Model {
            chair: self.chair,
            term_ends_on: self.term_ends_on,
            credit_code: self.credit_code,
            founded_on: self.founded_on,
            ..model.clone()
        }
    }
}

/// The steps that stand, in the order of their entry.
pub(super) async fn standing(conn: &Connection, organisation: Id) -> Result<Vec<Model>, Problem> {
    let query = Entity::find()
        .filter(Column::OrganisationId.eq(organisation))
        .filter(Column::TakenBack.is_null())
        .order_by_asc(Column::Id);
    Ok(query.all(conn).await?)
}

/// Writes a step and its entry in the audit chain.
pub(super) async fn write(unit: &Unit, context: &Context, row: &Model) -> Result<(), Problem> {
    Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(unit).await?;
    let detail = serde_json::json!({ "step": row.step, "day": row.day, "document_number": row.document_number });
    let act = ("organisations.step", "kernel/organisation", row.organisation_id);
    audit::record(unit, context, act, row.organisation_id, detail).await
}

/// A step with nothing but its paper.
pub(super) fn bare(context: &Context, place: Id, step: FoundingStep, day: NaiveDate, paper: Paper) -> Model {
    Model {
        id: context.id(),
        organisation_id: place,
        step,
        day,
        document_number: paper.document_number,
        attachment_id: paper.attachment_id,
        entitled: None,
        present: None,
        votes: None,
        seats: None,
        candidates: None,
        chair: None,
        term_ends_on: None,
        credit_code: None,
        note: None,
        replaced: "{}".to_owned(),
        recorded_at: context.now().into(),
        recorded_by: context.actor().word(),
        taken_back: None,
    }
}

/// Writes the last step of a union that ends in the same unit.
pub(in crate::organisation) async fn end(
    unit: &Unit,
    context: &Context,
    place: Id,
    step: FoundingStep,
    (day, paper): (NaiveDate, &Paper),
) -> Result<(), Problem> {
    let paper = paper.check(unit, context, place).await?;
    write(unit, context, &bare(context, place, step, day, paper)).await
}
