//! What attachments hold goes after its term; name and hash stay, so that what rested on it can still be shown a copy. What
//! impact assessments rest on stays as long as they do, and what somebody handed in by phone as long as his record is held.

use chrono::TimeDelta;
use database::{Moment, Unit};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};
use serde_json::json;

use super::tables::{Column, Entity, Model, content};
use crate::{
    Actor, Context, Problem,
    assessment::attached,
    audit,
    listing::InSteps,
    outbox::JobKind,
    person::{self, erasing::hold},
    rulebook::{Numbers, RuleDefinition},
};

/// How long what an attachment holds is kept.
pub const KEPT_DAYS: RuleDefinition = RuleDefinition {
    code: "files.kept_days",
    label: "附件原文的保存期限",
    unit: "天",
    default: 3650,
    source: "《会计档案管理办法》最低保管期限；《中华人民共和国个人信息保护法》第十九条；天数为系统默认值",
};

/// The daily look for attachments whose time is over.
pub const EXPIRE: JobKind =
    JobKind::new("kernel.attachment_expire", 3, |context, _| Box::pin(work(context))).every(24 * 60 * 60);

/// Attachments looked at in one question.
const STEP: u64 = 500;

async fn work(context: &Context) -> Result<(), Problem> {
    let held = content::Entity::find().select_only().column(content::Column::AttachmentId);
    let stays = Expr::exists(attached::resting_on((Entity, Column::Id)));
    let query = Entity::find().filter(Column::Id.in_subquery(held.into_query())).filter(stays.not());
    let (mut steps, mut days) = (InSteps::of(query, Column::Id, |row| row.id, STEP), Numbers::of(&KEPT_DAYS));
    while let Some(page) = steps.next(context.read()).await? {
        days.know(context, page.iter().map(|found| found.organisation_id)).await?;
        for found in &page {
            let kept = TimeDelta::days(days.at(context, found.organisation_id).await?);
            if found.stored_at < Moment::from(context.now() - kept) {
                expire(context, found).await?;
            }
        }
    }
    Ok(())
}

async fn expire(context: &Context, found: &Model) -> Result<(), Problem> {
    context
        .unit(|unit| async move {
            if is_held(&unit, found).await? {
                return Ok(());
            }
            content::Entity::delete_by_id(found.id).exec(&unit).await?;
            let act = ("attachments.expire", "kernel/attachment", found.id);
            let detail = json!({ "hash": found.hash, "size": found.size });
            audit::record(&unit, context, act, found.organisation_id, detail).await
        })
        .await
}

/// Whether a legal hold stands on the record of who handed it in by phone.
async fn is_held(unit: &Unit, found: &Model) -> Result<bool, Problem> {
    let Some(worker) = Actor::worker(&found.stored_by) else { return Ok(false) };
    Ok(hold::current(unit, person::known_by(unit, worker).await?).await?.is_some())
}
