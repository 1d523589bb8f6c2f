//! What carries the first step of a log-in over to the second: signed, good for five minutes, and void once the password
//! has changed. It opens nothing by itself.

use chrono::TimeDelta;
use database::Id;
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SecondFactorRefusal;
use crate::{Context, Problem, access::account};

const PURPOSE: &str = "second_step";
const LIFE: TimeDelta = TimeDelta::minutes(5);

/// What a log-in asks for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProofStep {
    /// A code from the authenticator, or a recovery code.
    Code,
    /// An authenticator must be set up first.
    Enrol,
}

/// The first step is done, no session has begun yet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NextStep {
    /// What is asked for.
    pub step: ProofStep,
    /// To be sent with it, within five minutes.
    pub ticket: String,
}

impl NextStep {
    /// The next step for an account that has this password's hash.
    pub(crate) fn of(context: &Context, step: ProofStep, account: Id, password: &str) -> Self {
        let until = (context.now() + LIFE).timestamp();
        Self {
            step,
            ticket: context.house().keyring().sign(PURPOSE, payload(step, account, password).as_bytes(), until),
        }
    }
}

fn payload(step: ProofStep, account: Id, password: &str) -> String {
    format!("{step:?} {account} {}", secret::digest::sm3_hex(password.as_bytes()))
}

/// The account that a ticket for this step was made for.
pub(super) async fn holder(context: &Context, step: ProofStep, ticket: &str) -> Result<account::Model, Problem> {
    let payload_sent = context.house().keyring().verify(PURPOSE, ticket, context.now().timestamp());
    let sent = payload_sent.ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(SecondFactorRefusal::Ticket)?;
    let id = sent.split(' ').nth(1).and_then(|id| id.parse::<Id>().ok()).ok_or(SecondFactorRefusal::Ticket)?;
    let found = account::Entity::find_by_id(id).one(context.read()).await?;
    let found = found.filter(|account| account.enabled && payload(step, account.id, &account.password) == sent);
    found.ok_or_else(|| SecondFactorRefusal::Ticket.into())
}
