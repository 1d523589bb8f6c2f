//! What is kept about me, what I agreed to, who looked, what I asked.

use axum::{Json, extract::Path};
use database::Moment;
use kernel::{
    Caller, Problem, audit,
    consent::{self, ConsentRefusal, ConsentText, Purpose},
    organisation::{tree, worker_group},
    permission::Oneself,
    person,
};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    looked::looked,
    requests::{PrivacyRequestRow, mine},
};

/// What taking a consent back is called in the audit chain.
pub(super) const WITHDRAWN: &str = "consents.withdraw";
/// What giving one is called there.
pub(super) const GIVEN: &str = "consents.give";

kernel::refusals! {
    /// Why a consent is not taken back.
    pub enum WithdrawRefusal {
        /// Nothing to take back.
        NotGiven = 404 "consent_not_given" "没有这项同意，或已经撤回。",
    }
}

/// What is kept about me.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyPrivacy {
    /// What is kept, masked.
    pub fields: Vec<KeptField>,
    /// What I agreed to.
    pub consents: Vec<MyConsent>,
    /// The texts to which I may agree again, since I took back what I had agreed to.
    pub agree_again: Vec<ConsentText>,
    /// Who looked at what is masked, newest first.
    pub looked: Vec<Look>,
    /// What I asked.
    pub requests: Vec<PrivacyRequestRow>,
}

/// Something that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptField {
    /// Its name in the interface.
    pub field: String,
    /// What people read.
    pub label: String,
    /// The value, masked where it is a secret.
    pub value: Option<String>,
}

/// A consent.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyConsent {
    /// What for.
    pub purpose: String,
    /// What people read.
    pub label: String,
    /// The edition of the text.
    pub version: String,
    /// When it was given.
    pub given_at: Moment,
    /// When it was taken back.
    pub withdrawn_at: Option<Moment>,
    /// What ends when I take it back, and what goes on.
    pub ends: String,
}

/// To what I agree.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ConsentGiven {
    /// What for.
    pub purpose: String,
    /// The edition of the text that I read.
    pub version: String,
}

/// Somebody looked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Look {
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// Of which union.
    pub union: Option<String>,
    /// What he did: `people.reveal`.
    pub action: String,
    /// What people read for it.
    pub action_label: String,
    /// Which field he opened, as people read it.
    pub field: Option<String>,
    /// What for, as people read it.
    pub purpose: Option<String>,
    /// Why, as he said.
    pub reason: Option<String>,
}

/// Shows what is kept about me.
///
/// # Errors
/// 401 if no worker calls.
pub async fn show(caller: &Caller<Oneself>) -> Result<MyPrivacy, Problem> {
    let (conn, me) = (caller.read(), caller.person()?);
    let masked = person::masked(conn, caller, [me]).await?.0.remove(&me).ok_or_else(Problem::not_found)?;
    let groups = worker_group::labels(conn).await?;
    let group = masked.worker_group.map(|code| groups.get(&code).cloned().unwrap_or(code));
    let field = |field: &str, label: &str, value| KeptField { field: field.into(), label: label.into(), value };
    let fields = vec![
        field("name", "姓名", Some(masked.name)),
        field("document_number", "证件号码", masked.document),
        field("phone", "手机号码", masked.phone),
        field("group", "职工群体", group),
        field("organisation", "所在工会", Some(tree::name(conn, masked.organisation_id).await?)),
    ];
    let consents = consent::Entity::find().filter(consent::Column::PersonId.eq(me));
    let consents = consents.order_by_desc(consent::Column::GivenAt).all(conn).await?;
    let again = |purpose: &&Purpose| {
        consent::taken_back(consents.iter().filter(|given| given.purpose == purpose.code)).is_some()
    };
    let agree_again = consent::purposes(caller.house()).filter(again).map(Purpose::notice).collect();
    let shown = |row: consent::Model| {
        let known = consent::purpose(caller.house(), &row.purpose);
        MyConsent {
            label: known.map_or_else(|| row.purpose.clone(), |known| known.label.to_owned()),
            purpose: row.purpose,
            version: row.version,
            given_at: row.given_at,
            withdrawn_at: row.withdrawn_at,
            ends: known.map(|known| known.ends.to_owned()).unwrap_or_default(),
        }
    };
    let consents = consents.into_iter().map(shown).collect();
    let (looked, requests) = (looked(caller, me).await?, mine(caller, me).await?);
    Ok(MyPrivacy { fields, consents, agree_again, looked, requests })
}

/// Takes a consent back, and ends what rests on it alone.
///
/// # Errors
/// [`WithdrawRefusal`].
pub async fn withdraw(caller: &Caller<Oneself>, code: &str) -> Result<(), Problem> {
    let me = caller.person()?;
    let on_withdraw = consent::purpose(caller.house(), code).and_then(|purpose| purpose.on_withdraw);
    caller
        .unit(|unit| async move {
            let row = consent::ActiveModel { withdrawn_at: Set(Some(caller.now().into())), ..Default::default() };
            let done = consent::Entity::update_many()
                .set(row)
                .filter(consent::Column::PersonId.eq(me))
                .filter(consent::Column::Purpose.eq(code))
                .filter(consent::Column::WithdrawnAt.is_null())
                .exec(&unit)
                .await?;
            if done.rows_affected == 0 {
                return Err(WithdrawRefusal::NotGiven.into());
            }
            if let Some(end) = on_withdraw {
                end(&unit, caller, me).await?;
            }
            let detail = serde_json::json!({ "purpose": code });
            audit::record(&unit, caller, (WITHDRAWN, "kernel/person", me), None, detail).await
        })
        .await
}

/// Gives a consent; nothing is written while one to the same text stands.
///
/// # Errors
/// 404 for a purpose that the house doesn't have, [`ConsentRefusal`] for another edition than that of today.
pub async fn agree(caller: &Caller<Oneself>, given: &ConsentGiven) -> Result<(), Problem> {
    let purpose = consent::purpose(caller.house(), &given.purpose).ok_or_else(Problem::not_found)?;
    purpose.check(&given.version)?;
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            if !purpose.give(&unit, caller, me, "me").await? {
                return Ok(());
            }
            let detail = serde_json::json!({ "purpose": purpose.code, "version": purpose.version });
            audit::record(&unit, caller, (GIVEN, "kernel/person", me), None, detail).await
        })
        .await
}

/// 我的个人信息
#[utoipa::path(
    get, path = "/me/privacy", tag = "me", operation_id = "my_privacy",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, body = MyPrivacy)),
)]
pub async fn get_privacy(caller: Caller<Oneself>) -> Result<Json<MyPrivacy>, Problem> {
    show(&caller).await.map(Json)
}

/// 撤回同意
#[utoipa::path(
    post, path = "/me/consents/{purpose}/withdraw", tag = "me", operation_id = "withdraw_consent",
    extensions(("x-permission" = json!("oneself"))),
    params(("purpose" = String, Path)), responses((status = 200, body = MyPrivacy), WithdrawRefusal),
)]
pub async fn post_withdraw(caller: Caller<Oneself>, Path(purpose): Path<String>) -> Result<Json<MyPrivacy>, Problem> {
    withdraw(&caller, &purpose).await?;
    show(&caller).await.map(Json)
}

/// 同意处理个人信息
#[utoipa::path(
    post, path = "/me/consents", tag = "me", operation_id = "give_consent",
    extensions(("x-permission" = json!("oneself"))),
    request_body = ConsentGiven, responses((status = 200, body = MyPrivacy), ConsentRefusal),
)]
pub async fn post_consent(
    caller: Caller<Oneself>,
    Json(input): Json<ConsentGiven>,
) -> Result<Json<MyPrivacy>, Problem> {
    agree(&caller, &input).await?;
    show(&caller).await.map(Json)
}
