//! Entering dues from a table: the good rows go in, the others come back with the reason beside each.

use std::collections::HashMap;

use axum::{Json, http::StatusCode};
use chrono::NaiveDate;
use codes::document::Document;
use database::{Id, Unit};
use documents::sheet_in::{Limits, Sheet};
use kernel::{
    Caller, Context, Problem,
    export::{ExportKind, MADE},
    files::Parts,
    organisation, person,
    rows_back::Table,
    table_in::{self, TableRefusal},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QuerySelect, entity::prelude::*};
use secret::masking;
use utoipa::ToSchema;

use super::enter::{DuesAnswer, DuesRefused, Entry, write};
use crate::{
    permissions::KeepDues,
    rules::dues_table::{ReadRow, ReadTable, TableRow, alike, can_be_named, read},
    tables::{due_file, member},
};

/// Rows of a table of dues that were not entered.
pub const WRONG_DUES: ExportKind =
    ExportKind { code: "wrong_dues", label: "会费表中有问题的行", permission: "membership.keep_dues", ..MADE };

/// The form that is sent.
#[derive(Debug, ToSchema)]
pub struct DuesTable {
    /// The file: xlsx, xls or csv.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// The union whose members paid; those below it too.
    pub organisation_id: Id,
    /// A day of the month, for tables without such a column.
    pub month: Option<NaiveDate>,
}

/// The biggest file, in bytes.
const LARGEST: usize = 10 << 20;
/// The most rows.
const MOST: usize = 5_000;
const WANTED: &str = "应有“会员证号”或“证件号码”、“月份”和“金额（元）”三列。";
/// Rows in one question.
const CHUNK: usize = 500;

/// What came in the form.
#[derive(Debug)]
pub struct SentTable {
    /// The file's name and bytes.
    pub file: (String, Vec<u8>),
    /// The union.
    pub organisation_id: Id,
    /// The month, where the table doesn't say.
    pub month: Option<NaiveDate>,
}

/// Enters what a table holds.
///
/// # Errors
/// 404 for a foreign union, [`TableRefusal`].
pub async fn enter_table(caller: &Caller<KeepDues>, input: SentTable) -> Result<DuesAnswer, Problem> {
    let context: &Context = caller;
    let union = organisation::get(context.read(), context.scope(), input.organisation_id).await?;
    let (file_name, bytes) = input.file;
    let limits = Limits { file_bytes: LARGEST, unpacked_bytes: 64 << 20, table_bytes: 32 << 20, ..Limits::default() };
    let (month, today) = (input.month, context.today());
    let find = move |sheet: &Sheet| read(&sheet.rows, month, today);
    let (sheet, ReadTable { heading, rows }) = table_in::read(&file_name, bytes, limits, find, WANTED).await?;
    if let Some([one, other]) = alike(sheet.row(heading)) {
        let words = format!("表头“{one}”和“{other}”说的是同一项，请只保留要登记的一列再上传。");
        return Err(Problem::field("file", "columns_alike", words));
    }
    table_in::bounded(rows.len(), MOST)?;
    let (rows, table) = (&rows, &Table { file_name, sheet, heading });
    // All in one: a call has one answer, and a second unit of it would be given that of the first.
    let entered = context.unit(|unit| async move {
        let mut whole = DuesAnswer::default();
        let file = context.id();
        for rows in rows.chunks(CHUNK) {
            let part = enter_rows(&unit, context, (union.id, file), rows).await?;
            whole.entered += part.entered;
            whole.amount_fen = whole.amount_fen.saturating_add(part.amount_fen);
            whole.refused.extend(part.refused);
        }
        if whole.entered > 0 {
            keep_file(&unit, context, (file, union.id, &table.file_name), &whole).await?;
        }
        let number = |refused: &DuesRefused| usize::try_from(refused.row?).ok();
        let wrong = whole.refused.iter().filter_map(|refused| Some((number(refused)?, refused.reason.clone())));
        let wrong: Vec<_> = wrong.collect();
        whole.to_mend = table.keep_back(&unit, context, (&WRONG_DUES, union.id), &wrong).await?;
        Ok(whole)
    });
    entered.await
}

/// Notes the table by which entries came, so that it can be taken back as a whole.
async fn keep_file(
    unit: &Unit,
    context: &Context,
    (id, union, name): (Id, Id, &str),
    answer: &DuesAnswer,
) -> Result<(), Problem> {
    let file = due_file::Model {
        id,
        organisation_id: union,
        file_name: name.to_owned(),
        entered: i64::try_from(answer.entered).unwrap_or(i64::MAX),
        amount_fen: answer.amount_fen,
        actor: context.actor().word(),
        at: context.now().into(),
        undone: None,
        undone_by: None,
        undone_at: None,
    };
    due_file::Entity::insert(file.into_active_model().reset_all()).exec_without_returning(unit).await?;
    Ok(())
}

async fn enter_rows(
    unit: &Unit,
    context: &Context,
    (union, file): (Id, Id),
    rows: &[ReadRow],
) -> Result<DuesAnswer, Problem> {
    let mut members = members(unit, context, union, rows).await?;
    let names = names(unit, &members).await?;
    let (mut entries, mut refused) = (Vec::new(), Vec::new());
    for read in rows {
        let row = u64::try_from(read.number).ok();
        let mut refuse =
            |reason: &str| refused.push(DuesRefused { row, name: read.name.clone(), reason: reason.to_owned() });
        match (&read.row, members.remove(&read.number)) {
            (Err(reason), _) => refuse(reason),
            (Ok(_), None) => refuse("在所选工会及其下级中没有找到这名会员，请核对会员证号或证件号码。"),
            (Ok(found), Some(member)) => {
                match names.get(&member.person_id).and_then(|known| known.unlike(&read.name)) {
                    Some(reason) => refuse(&reason),
                    None => entries.push(Entry {
                        row,
                        member,
                        month: found.month,
                        amount_fen: found.amount_fen,
                        paid_on: found.paid_on,
                    }),
                }
            }
        }
    }
    let mut answer = write(unit, context, entries, Some(file)).await?;
    refused.append(&mut answer.refused);
    refused.sort_by_key(|refused| refused.row);
    Ok(DuesAnswer { refused, ..answer })
}

/// What a member is called.
struct Called {
    name: String,
    key: String,
}

impl Called {
    /// Why the dues of a row that bears this name are not his: a digit of another's number is soon typed.
    fn unlike(&self, typed: &str) -> Option<String> {
        let holder = masking::name(&self.name);
        let told = || format!("这个号码登记的会员是“{holder}”，与表中的姓名不同，请核对姓名和号码。");
        (!can_be_named(typed, &self.key)).then(told)
    }
}

/// What members are called, by person.
async fn names(unit: &Unit, members: &HashMap<usize, member::Model>) -> Result<HashMap<Id, Called>, Problem> {
    let query = person::Entity::find().select_only();
    let query = query.columns([person::Column::Id, person::Column::Name, person::Column::NameKey]);
    let query = query.filter(person::Column::Id.is_in(members.values().map(|member| member.person_id)));
    let found: Vec<(Id, String, String)> = query.into_tuple().all(unit).await?;
    Ok(found.into_iter().map(|(id, name, key)| (id, Called { name, key })).collect())
}

/// The memberships that the rows name, by the rows' numbers.
async fn members(
    unit: &Unit,
    context: &Context,
    union: Id,
    rows: &[ReadRow],
) -> Result<HashMap<usize, member::Model>, Problem> {
    let place = (member::Entity, member::Column::OrganisationId);
    let own = || {
        let own = member::Entity::find().filter(context.scope().within(place));
        own.filter(kernel::caller::below(union, place)).filter(member::Column::MemberSince.is_not_null())
    };
    let good: Vec<(usize, &TableRow)> =
        rows.iter().filter_map(|read| Some((read.number, read.row.as_ref().ok()?))).collect();
    let cards = good.iter().filter_map(|(_, row)| row.card.clone());
    let by_card = own().filter(member::Column::CardNumber.is_in(cards)).all(unit).await?;
    let papers = good.iter().filter(|(_, row)| row.card.is_none()).filter_map(|(number, row)| {
        Some((*number, codes::document::recognise(row.document.as_ref()?, context.today())?))
    });
    let (numbers, papers): (Vec<usize>, Vec<Document>) = papers.unzip();
    let found = person::find_by_documents(unit, context.house().keyring(), &papers).await?;
    let holders: HashMap<usize, Id> =
        numbers.into_iter().zip(found).filter_map(|(number, holder)| Some((number, holder?))).collect();
    let valid = member::Column::ValidPersonId.is_in(holders.values().copied());
    let by_paper = own().filter(valid).all(unit).await?;
    let named = |(number, row): &(usize, &TableRow)| {
        let found = match &row.card {
            Some(card) => by_card.iter().find(|member| member.card_number.as_ref() == Some(card)),
            None => by_paper.iter().find(|member| member.valid_person_id.as_ref() == holders.get(number)),
        };
        Some((*number, found?.clone()))
    };
    Ok(good.iter().filter_map(named).collect())
}

/// 会费表
#[utoipa::path(
    post, path = "/dues/table", tag = "dues", operation_id = "enter_dues_table",
    extensions(("x-permission" = json!("membership.keep_dues"))),
    request_body(content = DuesTable, content_type = "multipart/form-data"),
    responses((status = 201, body = DuesAnswer), TableRefusal),
)]
pub async fn post_table(caller: Caller<KeepDues>, parts: Parts) -> Result<(StatusCode, Json<DuesAnswer>), Problem> {
    let form = table_in::form(parts, "dues", LARGEST).await?;
    let organisation_id = form.need("organisation_id", "请选择收会费的工会。")?;
    let month = form.get("month");
    let sent = SentTable { organisation_id, month, file: form.file.ok_or(TableRefusal::NoFile)? };
    Ok((StatusCode::CREATED, Json(enter_table(&caller, sent).await?)))
}
