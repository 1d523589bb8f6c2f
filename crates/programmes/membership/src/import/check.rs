//! Checking a roster: what would become of each row, in words. Nobody is enrolled.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{
    Context, Problem, organisation,
    organisation::platform,
    outbox::JobKind,
    person::{self, NewPerson},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*};

use super::keep;
use crate::{
    enrol_many::{Foreseen, Newcomer, foresee},
    names,
    rules::roster::{CheckedRow, check_row, key_of},
    tables::{
        import::{self, ImportState},
        import_row::{self, Verdict},
    },
};

/// The work.
pub const JOB: JobKind = keep::job("membership_import_check", |context, payload| Box::pin(work(context, payload)));

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let id = keep::of_job(payload)?;
    let companies = &companies(context).await?;
    let mut first_rows = HashMap::new();
    let (mut after, mut done) = (0, 0);
    loop {
        let rows = keep::next(context.read(), id, after, None).await?;
        let Some(last) = rows.last() else { break };
        after = last.row;
        done += i64::try_from(rows.len()).unwrap_or(0);
        let Some(import) = import::Entity::find_by_id(id).one(context.read()).await? else { return Ok(()) };
        let read = &read(context, &import, rows, companies, &mut first_rows)?;
        let stopped = context.unit(|unit| async move {
            let Some(import) = keep::still(&unit, id, ImportState::Checking).await? else { return Ok(true) };
            let judged = judge(&unit, context, &import, read).await?;
            keep::save_rows(&unit, judged).await?;
            keep::progress(&unit, context, id, done, ImportState::Checking).await?;
            Ok(false)
        });
        let stopped = stopped.await?;
        keep::tell(context, id);
        if stopped {
            return Ok(());
        }
    }
    let ended = context.unit(|unit| async move {
        match keep::still(&unit, id, ImportState::Checking).await? {
            Some(_) => keep::progress(&unit, context, id, done, ImportState::Checked).await,
            None => Ok(()),
        }
    });
    ended.await?;
    keep::tell(context, id);
    Ok(())
}

/// The companies by name.
pub(super) async fn companies(context: &Context) -> Result<HashMap<String, Id>, Problem> {
    let all = platform::Entity::find().all(context.read()).await?;
    Ok(all.into_iter().map(|company| (company.name, company.id)).collect())
}

/// A row that was read: who it is, or why it goes no further.
pub(super) enum Read {
    Someone(import_row::Model, Box<Newcomer>),
    Told(import_row::Model, Verdict, String),
}

fn read(
    context: &Context,
    import: &import::Model,
    rows: Vec<import_row::Model>,
    companies: &HashMap<String, Id>,
    first_rows: &mut HashMap<String, i64>,
) -> Result<Vec<Read>, Problem> {
    let fields = keep::fields(import)?;
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let checked = check_row(&keep::open(context, &row)?, &fields, context.today()).unwrap_or_default();
        if let Some(first) = key_of(&checked.normal).map(|key| *first_rows.entry(key).or_insert(row.row))
            && first != row.row
        {
            read.push(Read::Told(row, Verdict::Repeated, format!("与第{first}行是同一个人，只导入第{first}行。")));
            continue;
        }
        read.push(match newcomer(import.organisation_id, &checked, companies, context.today()) {
            Ok(newcomer) => Read::Someone(row, Box::new(newcomer)),
            Err(message) => Read::Told(row, Verdict::Bad, message),
        });
    }
    Ok(read)
}

/// Who a checked row is, or what is wrong with it in words.
pub(super) fn newcomer(
    organisation_id: Id,
    row: &CheckedRow,
    companies: &HashMap<String, Id>,
    today: NaiveDate,
) -> Result<Newcomer, String> {
    let words = |problems: &[kernel::problem::FieldProblem]| {
        problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("")
    };
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
        organisation_id,
    };
    let checked = person::check(&person, today).map_err(|problem| words(&problem.fields))?;
    Ok(Newcomer {
        person,
        checked,
        platform_id: normal.platform.as_ref().and_then(|name| companies.get(name).copied()),
        employer: normal.employer.clone(),
        member_since: normal.member_since.unwrap_or(today),
    })
}

async fn judge(
    unit: &Unit,
    context: &Context,
    import: &import::Model,
    read: &[Read],
) -> Result<Vec<import_row::ActiveModel>, Problem> {
    organisation::get(unit, context.scope(), import.organisation_id).await?;
    let people: Vec<Newcomer> = read
        .iter()
        .filter_map(|row| match row {
            Read::Someone(_, newcomer) => Some((**newcomer).clone()),
            Read::Told(..) => None,
        })
        .collect();
    let mut foreseen = foresee(unit, context, &people).await?.into_iter();
    let mut judged = Vec::with_capacity(read.len());
    for row in read {
        let (row, verdict, message) = match row {
            Read::Told(row, verdict, message) => (row, *verdict, message.clone()),
            Read::Someone(row, newcomer) => {
                let (verdict, message) = told(unit, newcomer, foreseen.next()).await?;
                (row, verdict, message)
            }
        };
        let done = row.done;
        let mut active = row.clone().into_active_model().reset_all();
        // What went in before the file was mapped anew stays as it went in.
        if !done {
            active.verdict = Set(Some(verdict));
            active.message = Set(message);
        }
        judged.push(active);
    }
    Ok(judged)
}

async fn told(unit: &Unit, newcomer: &Newcomer, seen: Option<Foreseen>) -> Result<(Verdict, String), Problem> {
    let name = async |id| names::organisation(unit, id).await;
    Ok(match seen {
        Some(Foreseen::Already) => (Verdict::Already, "已是本工会会员，不重复导入。".to_owned()),
        Some(Foreseen::Applied(at)) => {
            (Verdict::Bad, format!("此人已向“{}”提出入会申请，请先办结该申请。", name(at).await?))
        }
        Some(Foreseen::Transfer(from)) => {
            (Verdict::Transfer, format!("现为“{}”会员，导入后向该工会提出转接。", name(from).await?))
        }
        Some(Foreseen::TransferWaits(from)) => {
            (Verdict::Already, format!("现为“{}”会员，转接正在办理，不重复提出。", name(from).await?))
        }
        Some(Foreseen::NameDiffers) => {
            (Verdict::Bad, "该证件号码已登记在另一个姓名下，请核对姓名和证件号码。".to_owned())
        }
        Some(Foreseen::Join) | None => {
            (Verdict::Join, format!("将登记为会员，会籍自{}起。", newcomer.member_since.format("%Y年%-m月%-d日")))
        }
    })
}
