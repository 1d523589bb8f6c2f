//! What a chunk writes.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Id, Unit, insert_all};
use kernel::{
    Context, Problem,
    ledger::{self, NewFact},
    outbox, person,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::ExprTrait};

use super::{
    CHUNK, Newcomer, Outcome, Prepared,
    known::{Known, Seen},
};
use crate::{
    ask_transfer::{self, Wish},
    programme::{MEMBER_JOINED, MEMBERSHIP, TRANSFER_DAYS},
    rules::{
        standing::{Standing, Step},
        transfer::Side,
    },
    serial,
    step::{Change, fact, written},
    tables::{history, member, privacy_request, transfer},
};

/// The rows of a chunk, gathered before any is written.
#[derive(Default)]
pub(super) struct Rows {
    people: Vec<person::ActiveModel>,
    papers: Vec<person::paper::ActiveModel>,
    members: Vec<member::Model>,
    histories: Vec<history::ActiveModel>,
    transfers: Vec<transfer::Model>,
    facts: Vec<NewFact>,
    /// People known before, by the union that looks after them from now on.
    moved: HashMap<Id, Vec<Id>>,
    joined: Vec<Id>,
    /// The first day whose figures may still change.
    open_from: Option<NaiveDate>,
    /// In how many days each home union answers.
    days: HashMap<Id, i64>,
    pending: Vec<Id>,
}

impl Rows {
    pub(super) fn new(open_from: Option<NaiveDate>, days: HashMap<Id, i64>) -> Self {
        Self { open_from, days, ..Self::default() }
    }

    pub(super) fn decide(
        &mut self,
        context: &Context,
        batch: Option<Id>,
        Prepared { sought, person, paper }: &Prepared,
        known: &Known,
        serial: i64,
    ) -> Result<Outcome, Problem> {
        let newcomer = &sought.newcomer;
        let union = newcomer.person.organisation_id;
        Ok(match known.seen(sought) {
            Seen::Unknown => {
                let id = *person.id.as_ref();
                self.people.push(person.clone());
                self.papers.push(paper.clone());
                self.join(context, batch, newcomer, known, id, serial)?
            }
            Seen::NoMember(id) => {
                self.moved.entry(union).or_default().push(id);
                self.join(context, batch, newcomer, known, id, serial)?
            }
            Seen::InDoubt(doubt) => Outcome::InDoubt(doubt),
            Seen::NameDiffers => Outcome::NameDiffers,
            Seen::Applied(old) => Outcome::Applied { member: old.id, organisation: old.organisation_id },
            Seen::Already(old) => Outcome::Already { member: old.id },
            Seen::TransferWaits(old) => Outcome::TransferWaits { member: old.id, from: old.organisation_id },
            Seen::Elsewhere(old) => {
                let transfer = self.ask(context, batch, old, union);
                Outcome::TransferAsked { member: old.id, transfer, from: old.organisation_id }
            }
        })
    }

    fn join(
        &mut self,
        context: &Context,
        batch: Option<Id>,
        newcomer: &Newcomer,
        known: &Known,
        person: Id,
        serial: i64,
    ) -> Result<Outcome, Problem> {
        let union = known.unions.get(&newcomer.person.organisation_id).ok_or_else(Problem::not_found)?;
        let card_number = serial::number(union, serial)?;
        let day = newcomer.member_since;
        let model = member::Model {
            id: context.id(),
            person_id: person,
            organisation_id: union.id,
            worker_group: newcomer.person.worker_group.clone(),
            platform_id: newcomer.platform_id,
            employer: newcomer.employer.clone(),
            state: Standing::Normal,
            card_number: Some(card_number.clone()),
            applied_on: day,
            member_since: Some(day),
            ended_on: None,
            event_id: None,
            import_batch: batch,
            valid_person_id: Some(person),
            changed_at: context.now().into(),
            version: 1,
        };
        self.histories.push(written(context, &model, &Change { day, ..Change::new(context, Step::Register) }));
        let counts_from = self.open_from.map_or(day, |open| Ord::max(open, day));
        self.facts.extend([MEMBERSHIP, MEMBER_JOINED].map(|kind| fact(kind, &model, (1, counts_from))));
        let member = model.id;
        self.joined.push(member);
        self.members.push(model);
        Ok(Outcome::Joined { member, card_number })
    }

    fn ask(&mut self, context: &Context, batch: Option<Id>, old: &member::Model, to: Id) -> Id {
        let reason = "新工会的会员名册中有此人".to_owned();
        let wish = Wish { to, asked_by: Side::Receiving, reason, import_batch: batch };
        let days = self.days.get(&old.organisation_id).copied().unwrap_or(TRANSFER_DAYS.default);
        let waiting = ask_transfer::row(context, old, &wish, days);
        let change = Change::new(context, Step::AskTransfer).because(Some(&wish.reason));
        let after = member::Model { state: Standing::TransferPending, ..old.clone() };
        self.histories.push(written(context, &after, &change));
        self.pending.push(old.id);
        let id = waiting.id;
        self.transfers.push(waiting);
        id
    }

    pub(super) async fn write(mut self, unit: &Unit, context: &Context, batch: Option<Id>) -> Result<(), Problem> {
        // Search keys fall anywhere in their indexes. In their order, what is written one after another lies together.
        self.people.sort_by(|one, other| one.phone_index.as_ref().cmp(other.phone_index.as_ref()));
        self.papers.sort_by(|one, other| one.number_index.as_ref().cmp(other.number_index.as_ref()));
        insert_all::<person::Entity>(unit, self.people).await?;
        insert_all::<person::paper::Entity>(unit, self.papers).await?;
        insert_all::<member::Entity>(unit, self.members).await?;
        insert_all::<history::Entity>(unit, self.histories).await?;
        insert_all::<transfer::Entity>(unit, self.transfers).await?;
        for (union, people) in self.moved {
            for people in people.chunks(database::KEYS_AT_ONCE) {
                let row = person::ActiveModel { organisation_id: Set(union), ..Default::default() };
                let these = person::Column::Id.is_in(people.iter().copied());
                person::Entity::update_many().set(row).filter(these).exec(unit).await?;
                privacy_request::go_with(people.iter().copied(), union).exec(unit).await?;
            }
        }
        for pending in self.pending.chunks(database::KEYS_AT_ONCE) {
            let now = kernel::Moment::from(context.now());
            let row = member::ActiveModel {
                state: Set(Standing::TransferPending),
                changed_at: Set(now),
                ..Default::default()
            };
            let version = Expr::col(member::Column::Version).add(1);
            member::Entity::update_many()
                .set(row)
                .col_expr(member::Column::Version, version)
                .filter(member::Column::Id.is_in(pending.iter().copied()))
                .exec(unit)
                .await?;
        }
        ledger::post(unit, context, &self.facts).await?;
        for joined in self.joined.chunks(CHUNK) {
            let payload = serde_json::json!({ "import": batch, "members": joined });
            outbox::publish(unit, context, "members_enrolled", &payload)?;
        }
        Ok(())
    }
}
