//! Emptying rosters that nobody works on any more: what each row became is kept, the papers and phones in it are not
//! (Personal Information Protection Law, article 19: no longer than needed).

use chrono::TimeDelta;
use database::{Id, Moment};
use kernel::{
    Context, Problem, audit,
    listing::InSteps,
    outbox::JobKind,
    rulebook::{Numbers, RuleDefinition},
};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*};

use crate::tables::{
    import::{self, ImportState},
    import_block, import_cells,
};

/// How long a roster's rows are kept after the last work on it.
pub const KEPT_DAYS: RuleDefinition = RuleDefinition {
    code: "membership.roster_kept_days",
    label: "导入名册原文的保存期限",
    unit: "天",
    default: 30,
    source: "《中华人民共和国个人信息保护法》第十九条；天数为系统默认值",
};

/// The daily look for rosters whose time is over.
pub const JOB: JobKind =
    JobKind::new("membership_import_empty", 3, |context, _| Box::pin(work(context))).every(24 * 60 * 60);

/// Imports that are read at once.
const AT_ONCE: u64 = 500;

async fn work(context: &Context) -> Result<(), Problem> {
    take_away_broken_off(context).await?;
    let resting =
        [ImportState::Mapped, ImportState::Checked, ImportState::Done, ImportState::Cancelled, ImportState::Undone];
    let query = import::Entity::find().filter(import::Column::State.is_in(resting));
    let (mut steps, mut days) =
        (InSteps::of(query, import::Column::Id, |row| row.id, AT_ONCE), Numbers::of(&KEPT_DAYS));
    while let Some(some) = steps.next(context.read()).await? {
        days.know(context, some.iter().map(|found| found.organisation_id)).await?;
        for found in &some {
            let kept = TimeDelta::days(days.at(context, found.organisation_id).await?);
            if found.changed_at < Moment::from(context.now() - kept) {
                empty(context, found.id, found.changed_at).await?;
            }
        }
    }
    Ok(())
}

/// Takes away the rows of uploads that broke off a day ago or longer: they belong to no import, and nobody sees them.
async fn take_away_broken_off(context: &Context) -> Result<(), Problem> {
    let old = Id::new((context.now() - TimeDelta::days(1)).timestamp_millis(), 0);
    let known = import::Entity::find().select_only().column(import::Column::Id).into_query();
    let query = import_block::Entity::find()
        .select_only()
        .distinct()
        .column(import_block::Column::ImportId)
        .filter(import_block::Column::ImportId.lt(old))
        .filter(import_block::Column::ImportId.not_in_subquery(known));
    let stray: Vec<Id> = query.into_tuple().all(context.read()).await?;
    for import in stray {
        let taken = context.unit(|unit| async move {
            import_block::Entity::delete_many().filter(import_block::Column::ImportId.eq(import)).exec(&unit).await?;
            import_cells::Entity::delete_many().filter(import_cells::Column::ImportId.eq(import)).exec(&unit).await?;
            Ok(())
        });
        taken.await?;
    }
    Ok(())
}

/// Empties an import's rows, unless somebody works on it again meanwhile.
async fn empty(context: &Context, id: Id, seen: Moment) -> Result<(), Problem> {
    let emptied = context.unit(|unit| async move {
        let unchanged = import::Entity::find_by_id(id).filter(import::Column::ChangedAt.eq(seen)).one(&unit).await?;
        let Some(found) = unchanged else { return Ok(()) };
        import_cells::Entity::delete_many().filter(import_cells::Column::ImportId.eq(id)).exec(&unit).await?;
        let row = import::ActiveModel { id: Set(id), state: Set(ImportState::Emptied), ..Default::default() };
        import::Entity::update(row).exec(&unit).await?;
        let detail = serde_json::json!({ "rows": found.total });
        audit::record(&unit, context, ("imports.empty", "membership/import", id), found.organisation_id, detail).await
    });
    emptied.await
}
