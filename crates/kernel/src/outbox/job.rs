use database::{Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, Condition, EntityTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{Answer, Context, Fault, House, Problem, sweep::forget};

/// Work for later: a row that a server process claims, does, and removes. A job may run twice and doesn't mind.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The kind's code.
    pub kind: String,
    /// What it needs, as JSON: keys of rows, and nothing personal unless it is sealed.
    pub payload: String,
    /// Not before this instant.
    pub run_at: Moment,
    /// How often it was begun.
    pub attempts: i32,
    /// Claimed by a process until this instant, which the process moves on while it lives.
    pub claimed_until: Option<Moment>,
    /// Tells claims apart: a process whose claim this is no longer may not go on.
    pub claim: Option<Id>,
    /// Why the last attempt failed; a job with all attempts used stays for the operator to see.
    pub failure: Option<String>,
    /// Whether it sends a text.
    pub texts: bool,
    /// When it was told to wait until `run_at`; absent if that was not written down.
    pub ordered_at: Option<Moment>,
}

database::plain_table!();

/// What a job does. It opens its own units of work, as many as it needs.
pub type Run = for<'a> fn(&'a Context, &'a str) -> Answer<'a>;

/// A kind of job that a programme does.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// Unique among all programmes.
    pub code: &'static str,
    /// What it does, given its payload.
    pub run: Run,
    /// How often it is begun before it is left to the operator.
    pub attempts: i32,
    /// For work that returns by itself: how long after its end it runs again, in seconds.
    pub every_s: Option<i64>,
    /// Whether it sends a text. Such jobs stand in a queue of their own, so that thousands which wait for a gateway that
    /// hangs hold up nothing else.
    pub texts: bool,
}

impl JobKind {
    /// Work that is ordered.
    #[must_use]
    pub const fn new(code: &'static str, attempts: i32, run: Run) -> Self {
        Self { code, run, attempts, every_s: None, texts: false }
    }

    /// The same, returning by itself so many seconds after its end.
    #[must_use]
    pub const fn every(self, seconds: i64) -> Self {
        Self { every_s: Some(seconds), ..self }
    }

    /// The same, as one that sends a text.
    #[must_use]
    pub const fn texting(self) -> Self {
        Self { texts: true, ..self }
    }
}

/// All kinds of job that programmes do.
pub(super) fn kinds(house: &House) -> impl Iterator<Item = &'static JobKind> {
    house.programmes().iter().flat_map(|programme| programme.jobs)
}

/// The kind of job with this code, if a programme does it.
pub(super) fn kind_of(house: &House, code: &str) -> Option<&'static JobKind> {
    kinds(house).find(|kind| kind.code == code)
}

/// Orders work for later, in the unit that needs it. What has the same payload is about the same thing, and is done one
/// after another in the order of time; several jobs about different things, and several texts, are done at once.
///
/// # Errors
/// A fault of the database.
pub async fn enqueue(
    unit: &Unit,
    context: &Context,
    kind: &'static str,
    payload: &impl Serialize,
    run_at: Moment,
) -> Result<Id, Problem> {
    let id = context.id();
    Entity::insert(row(context, id, (kind, payload), run_at)?).exec_without_returning(unit).await?;
    Ok(id)
}

/// The same for each of some payloads, by few statements: there may be as many as people who win in one draw.
///
/// # Errors
/// A fault of the database.
pub async fn enqueue_all(
    unit: &Unit,
    context: &Context,
    kind: &'static str,
    payloads: &[impl Serialize],
    run_at: Moment,
) -> Result<(), Problem> {
    let rows = payloads.iter().map(|payload| row(context, context.id(), (kind, payload), run_at));
    database::insert_all::<Entity>(unit, rows.collect::<Result<Vec<_>, Problem>>()?).await?;
    Ok(())
}

/// Orders work as [`enqueue`] does, unless just that waits already: what was ordered, lost its reason and has it again is done
/// once.
///
/// # Errors
/// A fault of the database.
pub async fn enqueue_once(
    unit: &Unit,
    context: &Context,
    kind: &'static str,
    payload: &impl Serialize,
    run_at: Moment,
) -> Result<(), Problem> {
    let told = serde_json::to_string(payload).map_err(|err| Fault::Stored(err.to_string()))?;
    let waiting = Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Payload.eq(told));
    if waiting.filter(Column::Failure.is_null()).one(unit).await?.is_none() {
        enqueue(unit, context, kind, payload, run_at).await?;
    }
    Ok(())
}

/// Forgets the texts that wait: of what a demo did in its past nobody is told.
///
/// # Errors
/// A fault of the database.
pub async fn forget_texts(context: &Context) -> Result<(), Problem> {
    let forget = |unit: Unit| async move {
        Entity::delete_many().filter(Column::Texts.eq(true)).exec(&unit).await?;
        Ok(())
    };
    context.unit(forget).await
}

/// Forgets the texts that were given up and should have been sent before an instant: they are no news any more, and whoever
/// looks after the house has seen them.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn forget_given_up(context: &Context, before: Moment) -> Result<(), Problem> {
    let old =
        Condition::all().add(Column::Texts.eq(true)).add(Column::Failure.is_not_null()).add(Column::RunAt.lt(before));
    forget::<Entity>(context, Column::Id, old).await?;
    Ok(())
}

fn row(
    context: &Context,
    id: Id,
    (kind, payload): (&str, &impl Serialize),
    run_at: Moment,
) -> Result<ActiveModel, Problem> {
    Ok(ActiveModel {
        id: Set(id),
        kind: Set(kind.to_owned()),
        payload: Set(serde_json::to_string(payload).map_err(|err| Fault::Stored(err.to_string()))?),
        run_at: Set(run_at),
        attempts: Set(0),
        claimed_until: Set(None),
        claim: Set(None),
        failure: Set(None),
        texts: Set(kind_of(context.house(), kind).is_some_and(|kind| kind.texts)),
        ordered_at: Set(Some(context.now().into())),
    })
}
