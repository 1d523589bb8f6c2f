//! What officers fill in about an event.

use database::{Connection, Id, Moment, Unit};
use kernel::{Context, Fault, Problem, organisation, problem::Wrong};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::gates::{self, Gate};
use super::gifts::Gift;
use crate::tables::{event, event_union};

/// What officers fill in about an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventForm {
    /// The union that holds it.
    pub organisation_id: Id,
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// From when one may join.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// The unions that take part, in the order of the list on the phone.
    pub unions: Vec<Id>,
    /// What each who joins is given.
    pub gifts: Vec<Gift>,
    /// How many gift kits lie ready; where tables are named, the sum of theirs counts.
    pub kits_total: i64,
    /// The tables of the hall at which kits are handed over, if there are several.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// Whether who passes the rule is a member at once; else officers approve.
    pub approves_at_once: bool,
}

/// The longest event, in days: a code that lies around for months is no event.
const LONGEST_DAYS: i64 = 31;
/// The most unions on one phone page.
const MOST_UNIONS: usize = 200;

impl EventForm {
    /// Checks what was filled in. Pure.
    ///
    /// # Errors
    /// 422 that names each field.
    pub fn check(&self) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let short = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count());
        wrong.demand(short(&self.title, 60), "title", "title_length", "请填写活动名称（不超过60字）。");
        wrong.demand(short(&self.place, 100), "place", "place_length", "请填写活动地点（不超过100字）。");
        let length = self.ends_at.at() - self.starts_at.at();
        wrong.demand(length.num_seconds() > 0, "ends_at", "ends_before_start", "结束时间应晚于开始时间。");
        wrong.demand(length.num_days() <= LONGEST_DAYS, "ends_at", "too_long", "活动时间最长31天，请分次举办。");
        let unions = (1..=MOST_UNIONS).contains(&self.unions.len());
        wrong.demand(unions, "unions", "unions_count", "请选择参加活动的工会（1至200个）。");
        let gifts = self.gifts.len() <= 10 && self.gifts.iter().all(|gift| short(&gift.name, 40));
        wrong.want(gifts, "gifts", "入会礼遇最多10项，每项请填写名称（不超过40字）。");
        wrong.want((0..=1_000_000).contains(&self.kits_total), "kits_total", "礼包数量应为0至1000000。");
        let gates = gates::are_right(&self.gates);
        wrong.want(gates, "gates", "发放台最多30个，名称不能重复或为空（不超过20字），礼包数不能为负数。");
        wrong.refuse()
    }

    /// How many kits lie ready.
    #[must_use]
    pub fn kits(&self) -> i64 {
        if self.gates.is_empty() { self.kits_total } else { self.gates.iter().map(|gate| gate.kits).sum() }
    }

    /// Checks against what stands: the holder and the unions lie in the caller's scope and exist.
    ///
    /// # Errors
    /// 404 for the holder, 422 for a union.
    pub async fn check_unions(&self, conn: &Connection, context: &Context) -> Result<(), Problem> {
        organisation::get(conn, context.scope(), self.organisation_id).await?;
        let found = organisation::Entity::find()
            .filter(organisation::Column::Id.is_in(self.unions.iter().copied()))
            .filter(organisation::Column::ClosedOn.is_null())
            .filter(context.scope().within((organisation::Entity, organisation::Column::Id)))
            .all(conn)
            .await?;
        if self.unions.iter().all(|id| found.iter().any(|union| union.id == *id)) {
            Ok(())
        } else {
            Err(Problem::field("unions", "unknown_union", "有的工会不存在、已撤销或不在您的管辖范围内，请重新选择。"))
        }
    }

    /// The gifts as the row keeps them.
    ///
    /// # Errors
    /// A fault.
    pub fn gifts_text(&self) -> Result<String, Problem> {
        serde_json::to_string(&self.gifts).map_err(|err| Fault::Stored(err.to_string()).into())
    }

    /// Writes which unions take part.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn save_unions(&self, unit: &Unit, event: Id) -> Result<(), Problem> {
        event_union::Entity::delete_many().filter(event_union::Column::EventId.eq(event)).exec(unit).await?;
        let mut seen = std::collections::BTreeSet::new();
        let rows = self.unions.iter().filter(|id| seen.insert(**id)).zip(0..).map(|(id, place)| {
            event_union::ActiveModel { event_id: Set(event), organisation_id: Set(*id), place: Set(place) }
        });
        event_union::Entity::insert_many(rows.collect::<Vec<_>>()).exec_without_returning(unit).await?;
        Ok(())
    }

    /// The form that an event's rows fill.
    ///
    /// # Errors
    /// The row holds something unreadable.
    pub fn of(event: &event::Model, unions: Vec<Id>) -> Result<Self, Problem> {
        Ok(Self {
            organisation_id: event.organisation_id,
            title: event.title.clone(),
            place: event.place.clone(),
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            unions,
            gifts: super::gifts::of(event)?,
            kits_total: event.kits_total,
            gates: gates::of(event)?,
            approves_at_once: event.approves_at_once,
        })
    }
}
