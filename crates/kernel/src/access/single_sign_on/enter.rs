use database::Unit;
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ActiveModel, Arrival, Column, Entity, Model, ProviderRefusal};
use crate::{
    Context, Id, Problem,
    access::{
        account, accounts,
        failures::Failures,
        log_in,
        second_factor::{self, ProofStep, Standing},
    },
    problem,
};

/// What came of a sign-in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Entered {
    /// A session began.
    In,
    /// The house wants another proof of this account with this password's hash.
    Next(ProofStep, Id, String),
}

/// Lets in whose account is bound to who arrived, or expects his e-mail address.
pub(super) async fn enter(unit: &Unit, context: &Context, arrival: &Arrival, secret: &str) -> Result<Entered, Problem> {
    let bound = find(unit, arrival).await?.ok_or(ProviderRefusal::NotBound)?;
    let account = account::Entity::find_by_id(bound.account_id).one(unit).await?.ok_or(ProviderRefusal::NotBound)?;
    if !account.enabled {
        return Err(ProviderRefusal::Disabled.into());
    }
    if let Some(seconds) = Failures::of(&account).locked(context.now()) {
        return Err(Problem::from(ProviderRefusal::Locked { minutes: problem::minutes(seconds) }).after(seconds));
    }
    if bound.subject.is_none() {
        bind(unit, context, account.id, arrival).await?;
    }
    if !arrival.both_proofs {
        match second_factor::standing(unit, context, account.id).await? {
            Standing::Set => return Ok(Entered::Next(ProofStep::Code, account.id, account.password)),
            Standing::Due => return Ok(Entered::Next(ProofStep::Enrol, account.id, account.password)),
            Standing::None => {}
        }
    }
    log_in::begin(unit, context, account.id, secret, "session.begin_at_provider").await?;
    Ok(Entered::In)
}

async fn find(unit: &Unit, arrival: &Arrival) -> Result<Option<Model>, Problem> {
    let subject =
        Entity::find().filter(Column::Issuer.eq(&arrival.issuer)).filter(Column::Subject.eq(&arrival.subject));
    if let Some(found) = subject.one(unit).await? {
        return Ok(Some(found));
    }
    let Some(email) = &arrival.email else { return Ok(None) };
    let expected = Entity::find().filter(Column::Email.eq(email.to_lowercase())).filter(Column::Subject.is_null());
    Ok(expected.one(unit).await?)
}

/// Binds an account to who arrived.
pub(super) async fn bind(unit: &Unit, context: &Context, account: Id, arrival: &Arrival) -> Result<(), Problem> {
    let same = Entity::find().filter(Column::Issuer.eq(&arrival.issuer)).filter(Column::Subject.eq(&arrival.subject));
    if same.one(unit).await?.is_some_and(|other| other.account_id != account) {
        return Err(ProviderRefusal::BoundElsewhere.into());
    }
    let row = ActiveModel {
        account_id: Set(account),
        issuer: Set(Some(arrival.issuer.clone())),
        subject: Set(Some(arrival.subject.clone())),
        email: Set(None),
        bound_at: Set(Some(context.now().into())),
    };
    let again = OnConflict::column(Column::AccountId)
        .update_columns([Column::Issuer, Column::Subject, Column::Email, Column::BoundAt])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(unit).await?;
    accounts::record(unit, context, "single_sign_on.bind", account, None, Value::Null).await
}
