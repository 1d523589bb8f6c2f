//! Checking a roster: what would become of each row, in words. Nobody is enrolled.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use database::Id;
use futures::future;
use kernel::{
    Context, Problem,
    organisation::{self, tree},
    outbox::JobKind,
    person,
};
use sea_orm::entity::prelude::*;

use super::{
    keep,
    read::{ReadBlock, ReadRow, Reading},
};
use crate::{
    enrol_many::{Foreseen, Sought, foresee},
    locked::Locked,
    rules::roster::{RowVerdict, Verdict},
    tables::import::{self, ImportState},
};

/// The work.
pub const JOB: JobKind = keep::job("membership_import_check", |context, payload| Box::pin(work(context, payload)));

/// A row with the indexes by which its person, and whoever has its number, are found.
struct Row {
    key: Option<String>,
    who: Result<Sought, String>,
    phones: Vec<String>,
    told: String,
}

fn row(context: &Context, _: &RowVerdict, read: ReadRow) -> Row {
    let phone = read.newcomer.as_ref().ok().and_then(|newcomer| newcomer.checked.phone.as_deref());
    let phones = phone.map(|phone| context.house().keyring().blind_indexes("phone", phone)).unwrap_or_default();
    let who = read.newcomer.map(|newcomer| Sought::new(context, newcomer));
    Row { key: read.key, who, phones, told: read.told }
}

/// Blocks in one unit: a tenth of a second's work.
const TOGETHER: u64 = 8;
/// Of these so many are asked about at once: by two questions each, half of those who read the database.
const ASKED: usize = 2;

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let id = keep::of_job(payload)?;
    let Some(import) = import::Entity::find_by_id(id).one(context.read()).await? else { return Ok(()) };
    organisation::get(context.read(), context.scope(), import.organisation_id).await?;
    let reading = &Reading::begin(context, &import).await?;
    let locked = &Locked::of(context, import.organisation_id).await?;
    let mut firsts = Firsts::default();
    let mut done = 0;
    let mut next = reading.some((-1, TOGETHER), None, row).await?;
    while let Some(last) = next.last() {
        let after = last.block.block;
        done += keep::number(next.iter().map(|read| read.rows.len()).sum());
        let checked = judge_all(context, (id, done), &next, &mut firsts, locked);
        let (stopped, following) = tokio::try_join!(checked, reading.some((after, TOGETHER), None, row))?;
        next = following;
        keep::tell(context, id);
        if stopped {
            return Ok(());
        }
    }
    keep::end(context, id, ImportState::Checking, ImportState::Checked).await
}

/// Writes what becomes of these blocks' rows, and how far the check is. Answers whether it was stopped.
async fn judge_all<'a>(
    context: &Context,
    (id, done): (Id, i64),
    blocks: &'a [ReadBlock<Row>],
    firsts: &mut Firsts,
    locked: &Locked,
) -> Result<bool, Problem> {
    let mut known = Vec::with_capacity(blocks.len());
    for some in blocks.chunks(ASKED) {
        known.extend(future::try_join_all(some.iter().map(|read| look(context, read))).await?);
    }
    let today = context.today();
    let judge = |(read, known): (&'a ReadBlock<Row>, Known)| (&read.block, judge(read, known, firsts, (locked, today)));
    let judged: &Vec<_> = &blocks.iter().zip(known).map(judge).collect();
    let stopped = context.unit(|unit| async move {
        if keep::still(&unit, id, ImportState::Checking).await?.is_none() {
            return Ok(true);
        }
        for (block, verdicts) in judged {
            keep::save(&unit, block, verdicts).await?;
        }
        keep::progress(&unit, context, id, done, ImportState::Checking).await?;
        Ok(false)
    });
    stopped.await
}

/// The rows in which a person and a mobile number stood first. A row that stays out keeps nobody else from coming in.
#[derive(Default)]
struct Firsts {
    people: HashMap<String, i64>,
    phones: HashMap<String, i64>,
}

/// The row in which it stood first.
fn first(rows: &mut HashMap<String, i64>, key: &str, row: i64) -> i64 {
    match rows.get(key) {
        Some(first) => *first,
        None => *rows.entry(key.to_owned()).or_insert(row),
    }
}

/// What the database knows of a block's rows.
struct Known {
    /// Of each row that can be read, in their order.
    foreseen: Vec<Foreseen>,
    /// The indexes of mobile numbers that records have: by a number that two have nobody logs in any more.
    taken: HashSet<String>,
    /// The names of the unions that are told of.
    names: HashMap<Id, String>,
}

async fn look(context: &Context, read: &ReadBlock<Row>) -> Result<Known, Problem> {
    let conn = context.read();
    let people: Vec<&Sought> = read.rows.iter().filter_map(|row| row.who.as_ref().ok()).collect();
    let phones: Vec<&str> = read.rows.iter().flat_map(|row| &row.phones).map(String::as_str).collect();
    let taken = person::phone_indexes_held(conn, &phones);
    let (foreseen, taken) = tokio::try_join!(foresee(conn, context, &people), taken)?;
    let names = tree::names(conn, foreseen.iter().filter_map(|seen| seen.elsewhere())).await?;
    Ok(Known { foreseen, taken, names })
}

/// What becomes of a block's rows, as far as can be seen now: enrolling looks again. Pure.
fn judge(
    read: &ReadBlock<Row>,
    Known { foreseen, taken, names }: Known,
    firsts: &mut Firsts,
    (locked, today): (&Locked, NaiveDate),
) -> Vec<RowVerdict> {
    let mut foreseen = foreseen.into_iter();
    let mut verdicts = Vec::with_capacity(read.rows.len());
    for (row, old) in read.rows.iter().zip(&read.verdicts) {
        let seen = row.who.as_ref().map(|sought| (sought, foreseen.next().unwrap_or(Foreseen::Join)));
        let earlier = row.key.as_ref().and_then(|key| firsts.people.get(key).copied());
        let phone = row.who.as_ref().ok().and_then(|sought| sought.newcomer.checked.phone.as_deref());
        let phone = phone.filter(|_| earlier.is_none());
        let same_phone = phone.map_or(old.row, |phone| first(&mut firsts.phones, phone, old.row));
        // What went in before the file was mapped anew stays as it went in.
        let judged = if old.done {
            old.clone()
        } else {
            let (verdict, message) = match (earlier, seen) {
                (Some(at), _) => (Verdict::Repeated, format!("与第{at}行是同一个人，只导入第{at}行。")),
                (None, Err(message)) => (Verdict::Bad, message.clone()),
                (None, Ok((sought, seen))) => told(sought, seen, &names, (locked, today)),
            };
            // Of a record that is known nothing is said: it keeps its number, and numbers could be tried against it.
            let is_new = matches!(seen, Ok((_, Foreseen::Join)));
            let is_taken = is_new && row.phones.iter().any(|index| taken.contains(index));
            let shared = (same_phone != old.row).then(|| format!("与第{same_phone}行相同"));
            let shared = shared.or(is_taken.then(|| "已登记在别人的档案上".to_owned()));
            let beside = if verdict == Verdict::Join { beside(row, shared) } else { String::new() };
            RowVerdict { verdict: Some(verdict), message: message + &beside, ..old.clone() }
        };
        if let (None, Some(key)) = (earlier, &row.key)
            && judged.verdict != Some(Verdict::Bad)
        {
            firsts.people.insert(key.clone(), old.row);
        }
        verdicts.push(judged);
    }
    verdicts
}

/// What an officer should know of a row that comes in all the same.
fn beside(row: &Row, shared: Option<String>) -> String {
    let Some(shared) = shared else { return row.told.clone() };
    format!("手机号{shared}，几人共用的号码不能登录，请核对后登记本人的号码。{}", row.told)
}

fn told(
    sought: &Sought,
    seen: Foreseen,
    names: &HashMap<Id, String>,
    (locked, today): (&Locked, NaiveDate),
) -> (Verdict, String) {
    let name = |id| names.get(&id).map_or("", String::as_str);
    match seen {
        Foreseen::Already => (Verdict::Already, "已是本工会会员，不重复导入。".to_owned()),
        Foreseen::Applied(at) => (Verdict::Bad, format!("此人已向“{}”提出入会申请，请先办结该申请。", name(at))),
        Foreseen::Transfer(from) => (Verdict::Transfer, format!("现为“{}”会员，导入后向该工会提出转接。", name(from))),
        Foreseen::TransferWaits(from) => {
            (Verdict::Already, format!("现为“{}”会员，转接正在办理，不重复提出。", name(from)))
        }
        Foreseen::NameDiffers => (Verdict::Bad, "该证件号码已登记在另一个姓名下，请核对姓名和证件号码。".to_owned()),
        Foreseen::InDoubt(doubt) => (Verdict::Bad, doubt.on_a_roster()),
        Foreseen::Join | Foreseen::JoinKnown => {
            let since = sought.newcomer.member_since;
            let from = match locked.counts_from(since, today) {
                Ok(from) => from,
                Err(why) => return (Verdict::Bad, why.to_owned()),
            };
            let late = format!("此前季度的数据已报送，自{}起计入统计。", calendar::day_in_words(from));
            let late = if from > since { late } else { String::new() };
            (Verdict::Join, format!("将登记为会员，会籍自{}起。{late}", calendar::day_in_words(since)))
        }
    }
}
