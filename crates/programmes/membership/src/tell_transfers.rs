//! Whoever is a member and was put on another union's roster, or written down at its desk, is told by a text: he may not
//! have wished it. Who asked himself, at an event, was told there; the home union finds it among what it must answer.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicI64, Ordering},
};

use chrono::Days;
use kernel::{Context, Id, Problem, organisation::tree, outbox::JobKind, person};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};

use crate::{
    rules::transfer::Side,
    tables::{told, transfer},
};

/// The look for transfers nobody was told of.
pub const JOB: JobKind = JobKind::new("membership_tell_transfers", 1, |context, _| Box::pin(work(context))).every(60);

/// Texts in one turn.
const MOST: u64 = 200;
/// Older news is none; a gateway that was away that long sends no flood when it is back.
const FRESH: Days = Days::new(3);
/// So many refusals in a row end a turn: then the gateway is away, and each costs the time until that is known.
const AWAY: usize = 5;

/// The member behind whom the next turn begins: those whose text is refused each time stand before nobody.
#[derive(Debug, Default)]
struct Behind(AtomicI64);

async fn work(context: &Context) -> Result<(), Problem> {
    let behind = context.house().here::<Behind>();
    let mut found = untold(context, behind.0.load(Ordering::Relaxed)).await?;
    if found.is_empty() {
        found = untold(context, 0).await?;
    }
    let unions = found.iter().flat_map(|waiting| [waiting.from_organisation_id, waiting.to_organisation_id]);
    let names = &tree::names(context.read(), unions).await?;
    let mut refused = 0;
    for waiting in &found {
        behind.0.store(waiting.waiting_member_id.map_or(0, |member| member.0), Ordering::Relaxed);
        let text = text(names, waiting);
        // Told first, noted then: a text that comes twice does less harm than one that never comes.
        if let Err(problem) = person::tell(context, waiting.person_id, &text).await {
            let transfer = waiting.id;
            tracing::warn!(%transfer, code = problem.code, fault = ?problem.fault, "one could not be told of a transfer");
            refused += 1;
            if refused == AWAY {
                break;
            }
            continue;
        }
        refused = 0;
        let noted = context.unit(|unit| async move {
            let row = told::ActiveModel { transfer_id: Set(waiting.id), told_at: Set(context.now().into()) };
            told::Entity::insert(row).exec_without_returning(&unit).await?;
            Ok(())
        });
        noted.await?;
    }
    Ok(())
}

/// What the person is told.
fn text(names: &HashMap<Id, String>, waiting: &transfer::Model) -> String {
    let name = |id| names.get(&id).map(String::as_str).unwrap_or_default();
    let (from, to) = (name(waiting.from_organisation_id), name(waiting.to_organisation_id));
    format!(
        "【娘家】“{to}”申请把您的会籍转入，正等待“{from}”确认；确认前会籍和服务不变。如非您本人意愿，请告知“{from}”。"
    )
}

/// Transfers that another union's officers asked for and that wait, of members behind one.
async fn untold(context: &Context, behind: i64) -> Result<Vec<transfer::Model>, Problem> {
    let since = context.today().checked_sub_days(FRESH).unwrap_or(context.today());
    let its = Expr::col((told::Entity, told::Column::TransferId)).equals((transfer::Entity, transfer::Column::Id));
    let query = transfer::Entity::find()
        .filter(transfer::waits())
        .filter(transfer::Column::WaitingMemberId.gt(behind))
        .filter(transfer::Column::AskedBy.eq(Side::Receiving))
        .filter(transfer::Column::AskedOn.gte(since))
        .filter(transfer::Column::Actor.ne("nobody"))
        .filter(transfer::Column::Actor.not_like("worker:%"))
        .filter(Expr::exists(told::Entity::find().filter(its).into_query()).not())
        .order_by_asc(transfer::Column::WaitingMemberId)
        .limit(MOST);
    Ok(query.all(context.read()).await?)
}
