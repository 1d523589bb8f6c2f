//! Entering the dues that one or many members paid for a month.

use std::collections::{HashMap, HashSet};

use axum::{Json, http::StatusCode};
use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, audit, person};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permissions::KeepDues,
    rules::{
        dues::{Payer, owes},
        retained::{self, Retained},
        standing::Step,
    },
    tables::{due, history, member},
};

/// The most members at once.
const MOST: usize = 1_000;

/// Dues of one month, of one or many members.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewDues {
    /// Whose memberships, 1 to 1000.
    #[schema(min_items = 1, max_items = 1000)]
    pub member_ids: Vec<Id>,
    /// A day of the month that they are for.
    pub month: NaiveDate,
    /// How much each paid, in fen.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub amount_fen: i64,
    /// The day they were paid.
    pub paid_on: NaiveDate,
}

/// What became of dues that were entered.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct DuesAnswer {
    /// How many were entered.
    pub entered: u64,
    /// How much together, in fen.
    pub amount_fen: i64,
    /// Those that were not, and why.
    pub refused: Vec<DuesRefused>,
    /// The export by which they are fetched as they stood in the table, where they came in one.
    pub to_mend: Option<Id>,
}

/// Dues that were not entered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DuesRefused {
    /// The row of the table; absent where they came from the list.
    pub row: Option<u64>,
    /// Whose, masked; what stood in the table where nobody was found.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// Dues of one member, as they are to be written.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) row: Option<u64>,
    pub(super) member: member::Model,
    pub(super) month: NaiveDate,
    pub(super) amount_fen: i64,
    pub(super) paid_on: NaiveDate,
}

/// Enters dues; what is not owed is left out and told.
///
/// # Errors
/// 404 if a membership is absent or foreign; 422.
pub async fn enter(caller: &Caller<KeepDues>, input: &NewDues) -> Result<DuesAnswer, Problem> {
    let context: &Context = caller;
    if !(1..=MOST).contains(&input.member_ids.len()) {
        return Err(Problem::field("member_ids", "member_ids", "一次请选择 1 至 1000 名会员。"));
    }
    caller
        .unit(|unit| async move {
            let own = context.scope().within((member::Entity, member::Column::OrganisationId));
            let found = member::Entity::find()
                .filter(member::Column::Id.is_in(input.member_ids.iter().copied()))
                .filter(own)
                .order_by_asc(member::Column::Id)
                .all(&unit)
                .await?;
            if found.len() < input.member_ids.iter().collect::<HashSet<_>>().len() {
                return Err(Problem::not_found());
            }
            let NewDues { month, amount_fen, paid_on, .. } = *input;
            let entries: Vec<Entry> =
                found.into_iter().map(|member| Entry { row: None, member, month, amount_fen, paid_on }).collect();
            write(&unit, context, entries, None).await
        })
        .await
}

/// Writes what is owed and not paid yet, and notes it in the audit chain, once for each union. `file` is the table that they
/// came in.
pub(super) async fn write(
    unit: &Unit,
    context: &Context,
    entries: Vec<Entry>,
    file: Option<Id>,
) -> Result<DuesAnswer, Problem> {
    let people = person::masked(unit, context, entries.iter().map(|entry| entry.member.person_id)).await?;
    let (retained, void) = (retained_of(unit, &entries).await?, void(unit, &entries).await?);
    let mut paid = paid_already(unit, &entries).await?;
    let (mut answer, mut rows) = (DuesAnswer::default(), Vec::new());
    let mut sums: HashMap<Id, (i64, i64)> = HashMap::new();
    for entry in entries {
        let (member, month) = (&entry.member, calendar::month_start(entry.month));
        let payer = Payer {
            since: member.member_since,
            retained: retained.get(&member.id).map(Vec::as_slice).unwrap_or_default(),
            ended_on: member.ended_on,
            void: void.get(&member.id).copied(),
        };
        let owed = owes(payer, month, (entry.amount_fen, entry.paid_on), context.today());
        let refused = match owed {
            Err(not) => Some(not.sentence().to_owned()),
            Ok(()) if !paid.insert((member.id, month)) => {
                Some(format!("{} 的会费已经登记过。", month.format("%Y年%-m月")))
            }
            Ok(()) => None,
        };
        if let Some(reason) = refused {
            answer.refused.push(DuesRefused { row: entry.row, name: people.name(member.person_id), reason });
            continue;
        }
        answer.entered += 1;
        answer.amount_fen = answer.amount_fen.saturating_add(entry.amount_fen);
        let sum = sums.entry(member.organisation_id).or_default();
        *sum = (sum.0 + 1, sum.1.saturating_add(entry.amount_fen));
        rows.push(due::ActiveModel {
            id: Set(context.id()),
            member_id: Set(member.id),
            organisation_id: Set(member.organisation_id),
            month: Set(month),
            amount_fen: Set(entry.amount_fen),
            paid_on: Set(entry.paid_on),
            actor: Set(context.actor().word()),
            at: Set(context.now().into()),
            taken_back: Set(None),
            standing_member_id: Set(Some(member.id)),
            file_id: Set(file),
        });
    }
    database::insert_all::<due::Entity>(unit, rows).await?;
    for (union, (count, amount_fen)) in sums {
        let detail = serde_json::json!({ "count": count, "amount_fen": amount_fen });
        audit::record(unit, context, ("dues.enter", "kernel/organisation", union), union, detail).await?;
    }
    Ok(answer)
}

/// When the memberships that ever were retained were so.
async fn retained_of(unit: &Unit, entries: &[Entry]) -> Result<HashMap<Id, Vec<Retained>>, Problem> {
    let rows = history::Entity::find()
        .filter(history::Column::MemberId.is_in(entries.iter().map(|entry| entry.member.id)))
        .filter(history::Column::Step.is_in(retained::STEPS))
        .order_by_asc(history::Column::Id)
        .all(unit)
        .await?;
    let mut steps: HashMap<Id, Vec<(Step, NaiveDate)>> = HashMap::new();
    for row in rows {
        steps.entry(row.member_id).or_default().push((row.step, row.day));
    }
    Ok(steps.into_iter().map(|(member, steps)| (member, retained::spans(&steps))).collect())
}

/// Of the memberships that ended those that count for nothing since, with the step that ended them.
async fn void(unit: &Unit, entries: &[Entry]) -> Result<HashMap<Id, Step>, Problem> {
    let ended = entries.iter().filter(|entry| entry.member.ended_on.is_some());
    let query = history::Entity::find().select_only().columns([history::Column::MemberId, history::Column::Step]);
    let rows: Vec<(Id, Step)> = query
        .filter(history::Column::MemberId.is_in(ended.map(|entry| entry.member.id)))
        .filter(history::Column::Step.is_in([Step::Merge, Step::Undo]))
        .into_tuple()
        .all(unit)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The months that these members have paid.
async fn paid_already(unit: &Unit, entries: &[Entry]) -> Result<HashSet<(Id, NaiveDate)>, Problem> {
    let members = entries.iter().map(|entry| entry.member.id);
    let rows = due::Entity::find().filter(due::Column::StandingMemberId.is_in(members)).all(unit).await?;
    Ok(rows.into_iter().map(|row| (row.member_id, row.month)).collect())
}

/// 登记会费
#[utoipa::path(
    post, path = "/dues", tag = "dues", operation_id = "enter_dues",
    extensions(("x-permission" = json!("membership.keep_dues"))),
    request_body = NewDues, responses((status = 201, body = DuesAnswer)),
)]
pub async fn post_dues(
    caller: Caller<KeepDues>,
    Json(input): Json<NewDues>,
) -> Result<(StatusCode, Json<DuesAnswer>), Problem> {
    Ok((StatusCode::CREATED, Json(enter(&caller, &input).await?)))
}
