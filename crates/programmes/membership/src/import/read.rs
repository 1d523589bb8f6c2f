//! Reading blocks of a roster: opening, the rules and the search keys cost far more than the database, so they are done
//! beside it, on all cores.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use database::Id;
use kernel::{
    Context, Fault, Problem,
    organisation::{platform, worker_group},
    person::{self, NewPerson},
    problem::FieldProblem,
};
use rayon::prelude::*;
use sea_orm::{EntityTrait, sea_query::SimpleExpr};

use super::keep;
use crate::{
    enrol_many::Newcomer,
    rules::roster::{CheckedRow, Field, Groups, RowVerdict, check_row_of, key_of},
    tables::{import, import_block, import_cells},
};

/// How much of a name is said that a roster gives a company.
const NAME_SHOWN: usize = 30;

/// What all rows of an import are read with.
#[derive(Clone)]
pub(super) struct Reading {
    context: Context,
    pub import: Id,
    organisation: Id,
    fields: Arc<[Option<Field>]>,
    companies: Arc<HashMap<String, Id>>,
    groups: Arc<Groups>,
}

/// A row that was read.
pub(super) struct ReadRow {
    /// What makes it the same person as another row, if its paper can be read.
    pub key: Option<String>,
    /// Who it is, or what is wrong with it in words.
    pub newcomer: Result<Newcomer, String>,
    /// What of it is not taken as it stands there, or is odd, in words.
    pub told: String,
}

/// A block that was read, with something made of each of its rows.
pub(super) struct ReadBlock<T> {
    /// As it is kept.
    pub block: import_block::Model,
    /// What became of its rows so far.
    pub verdicts: Vec<RowVerdict>,
    /// One a row.
    pub rows: Vec<T>,
}

impl Reading {
    pub(super) async fn begin(context: &Context, import: &import::Model) -> Result<Self, Problem> {
        let companies = platform::Entity::find().all(context.read()).await?;
        let groups = worker_group::list(context.read()).await?;
        Ok(Self {
            context: context.clone(),
            import: import.id,
            organisation: import.organisation_id,
            fields: keep::fields(import)?.into(),
            groups: groups.into_iter().map(|group| (group.code, codes::text::compact(&group.label))).collect(),
            companies: Arc::new(
                companies.into_iter().map(|company| (codes::text::compact(&company.name), company.id)).collect(),
            ),
        })
    }

    /// The next blocks behind `after` that fit `wanted`, at most so many, each row made into something by `make`.
    pub(super) async fn some<T: Send + 'static>(
        &self,
        (after, most): (i64, u64),
        wanted: Option<SimpleExpr>,
        make: fn(&Context, &RowVerdict, ReadRow) -> T,
    ) -> Result<Vec<ReadBlock<T>>, Problem> {
        let conn = self.context.read();
        let blocks = keep::some(conn, self.import, (after, most), wanted).await?;
        let cells = keep::cells_of(conn, self.import, &blocks).await?;
        let own = self.clone();
        let read = tokio::task::spawn_blocking(move || {
            blocks.into_par_iter().map(|block| own.block(block, &cells, make)).collect()
        });
        read.await.map_err(|err| Fault::Stored(err.to_string()))?
    }

    fn block<T: Send>(
        &self,
        block: import_block::Model,
        cells: &HashMap<i64, import_cells::Model>,
        make: fn(&Context, &RowVerdict, ReadRow) -> T,
    ) -> Result<ReadBlock<T>, Problem> {
        let cells = keep::open(&self.context, cells.get(&block.block))?;
        let verdicts = keep::verdicts(&block)?;
        let row = |(at, verdict): (usize, &RowVerdict)| {
            let read = self.row(cells.get(at).map(Vec::as_slice).unwrap_or_default());
            make(&self.context, verdict, read)
        };
        let rows = verdicts.par_iter().enumerate().map(row).collect();
        Ok(ReadBlock { block, verdicts, rows })
    }

    fn row(&self, cells: &[documents::sheet_in::Cell]) -> ReadRow {
        let today = self.context.today();
        let checked = check_row_of(cells, &self.fields, &self.groups, today).unwrap_or_default();
        let platform = checked.normal.platform.as_deref();
        let company = platform.and_then(|name| self.companies.get(&codes::text::compact(name)).copied());
        ReadRow {
            key: key_of(&checked.normal),
            newcomer: self.newcomer(&checked, company, today),
            told: told(&checked, platform.filter(|_| company.is_none())),
        }
    }

    /// Who a checked row is, or what is wrong with it in words.
    fn newcomer(&self, row: &CheckedRow, company: Option<Id>, today: NaiveDate) -> Result<Newcomer, String> {
        let normal = &row.normal;
        let (Some(name), Some(kind), Some(number), true) =
            (&normal.name, normal.document_kind, &normal.document_number, row.problems.is_empty())
        else {
            return Err(words(&row.problems));
        };
        let person = NewPerson {
            name: name.clone(),
            document_kind: kind,
            document_number: number.clone(),
            phone: normal.phone.clone(),
            worker_group: normal.group.clone(),
            organisation_id: self.organisation,
        };
        let checked = person::check(&person, today).map_err(|problem| words(&problem.fields))?;
        Ok(Newcomer {
            person,
            checked,
            platform_id: company,
            employer: normal.employer.clone(),
            member_since: normal.member_since.unwrap_or(today),
        })
    }
}

/// What an officer should know of a row that is taken: a company that nobody knows would be missed only much later.
fn told(row: &CheckedRow, unknown: Option<&str>) -> String {
    let unknown = unknown.map(|name| {
        let name: String = name.chars().take(NAME_SHOWN).collect();
        format!("平台企业“{name}”不在名录中，不会登记；请改为名录里的全称，或先报上级工会加入名录。")
    });
    words(&row.warnings) + &unknown.unwrap_or_default()
}

fn words(problems: &[FieldProblem]) -> String {
    problems.iter().map(|problem| problem.message.as_str()).collect()
}
