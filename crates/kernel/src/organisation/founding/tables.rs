use database::{Id, Moment};
use sea_orm::entity::prelude::*;

use super::FoundingStep;

/// A step, as it lies in the database.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_step")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose step; the scope.
    pub organisation_id: Id,
    /// Which step.
    pub step: FoundingStep,
    /// The paper's day, or the election's.
    pub day: Date,
    /// 文号
    pub document_number: Option<String>,
    /// The file.
    pub attachment_id: Option<Id>,
    /// How many were entitled to vote.
    pub entitled: Option<i64>,
    /// How many were there.
    pub present: Option<i64>,
    /// The fewest votes that somebody was elected with.
    pub votes: Option<i64>,
    /// How many were to be elected.
    pub seats: Option<i64>,
    /// How many stood.
    pub candidates: Option<i64>,
    /// Who was elected to the chair.
    pub chair: Option<String>,
    /// The last day of the term that began.
    pub term_ends_on: Option<Date>,
    /// The credit code on the certificate.
    pub credit_code: Option<String>,
    /// What changed, in words.
    pub note: Option<String>,
    /// What the step replaced in the organisation's particulars, as JSON.
    pub replaced: String,
    /// When it was entered.
    pub recorded_at: Moment,
    /// By whom, as one word.
    pub recorded_by: String,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
}

database::plain_table!();
