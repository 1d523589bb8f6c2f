//! Bearer tokens of other systems: one role at one organisation until a day. The secret is shown once.

use axum::{Json, extract::Path, http::StatusCode};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{Days, NaiveDate, TimeDelta};
use database::{Connection, Moment, Unit};
use sea_orm::{ActiveValue::Set, IntoActiveModel, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    accounts::{GrantForm, may_touch},
    offices,
    permissions::{ManageTokens, View},
    power::Power,
    role, roles, token, unless_unwritable,
};
use crate::{
    Caller, Context, House, Id, Page, Problem, audit,
    organisation::{self, tree},
    problem,
};

/// What every secret begins with, so that one that leaked is recognised.
const BEGINNING: &str = "nj_";
/// How many of the secret's last characters stay visible.
const SHOWN: usize = 4;
/// The longest that a token may hold.
const LONGEST: Days = Days::new(366);
/// Use is written down at most this often.
const GRAIN: TimeDelta = TimeDelta::minutes(1);

crate::refusals! {
    /// Why a token is not made.
    pub enum TokenRefusal {
        /// Of the three offices none is a machine's.
        Office = 409 "token_office" "接口令牌不能持有系统、安全、审计管理权限，请选择业务角色。",
    }
}

/// A new token.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewToken {
    /// Which system it is for.
    #[schema(min_length = 2, max_length = 100)]
    pub name: String,
    /// The role that it shall hold,
    pub role_id: Id,
    /// at this organisation and below it.
    pub organisation_id: Id,
    /// The last day, at most a year away.
    pub expires_on: NaiveDate,
}

/// A token and, this once, its secret.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MadeToken {
    /// The key.
    pub id: Id,
    /// What the other system sends as `Authorization: Bearer`. It can't be shown again.
    pub secret: String,
}

/// A token as officers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TokenView {
    /// The key.
    pub id: Id,
    /// Which system it is for.
    pub name: String,
    /// The secret, masked but for its last characters.
    pub masked: String,
    /// The role that it holds,
    pub role_id: Id,
    /// by its name,
    pub role_name: String,
    /// at this organisation and below it.
    pub organisation_id: Id,
    /// Its name.
    pub organisation_name: String,
    /// The last day.
    pub expires_on: NaiveDate,
    /// Whether that day is over.
    pub expired: bool,
    /// When it was made.
    pub made_at: Moment,
    /// When it was last used, to the minute.
    pub used_at: Option<Moment>,
}

/// The tokens in the caller's scope that were not taken back, the newest first. They are few, so one page holds all.
///
/// # Errors
/// A fault of the database.
pub async fn list(caller: &Caller<View>) -> Result<Page<TokenView>, Problem> {
    let query = token::Entity::find()
        .filter(caller.scope().within((token::Entity, token::Column::OrganisationId)))
        .filter(token::Column::RevokedAt.is_null())
        .order_by_desc(token::Column::Id);
    let rows = query.all(caller.read()).await?;
    let named = role::Entity::find().filter(role::Column::Id.is_in(rows.iter().map(|row| row.role_id)));
    let named = named.all(caller.read()).await?;
    let places = tree::names(caller.read(), rows.iter().map(|row| row.organisation_id)).await?;
    let view = |row: token::Model| TokenView {
        id: row.id,
        name: row.name,
        masked: format!("{BEGINNING}****{}", row.ending),
        role_name: named.iter().find(|role| role.id == row.role_id).map(|role| role.name.clone()).unwrap_or_default(),
        role_id: row.role_id,
        organisation_name: places.get(&row.organisation_id).cloned().unwrap_or_default(),
        organisation_id: row.organisation_id,
        expired: row.expires_on < caller.today(),
        expires_on: row.expires_on,
        made_at: row.made_at,
        used_at: row.used_at,
    };
    let items: Vec<TokenView> = rows.into_iter().map(view).collect();
    Ok(Page { total: items.len() as u64, next: None, items })
}

/// Makes a token with a role that the caller may hand out.
///
/// # Errors
/// 422; [`TokenRefusal`] and those of giving roles.
pub async fn create(caller: &Caller<ManageTokens>, input: &NewToken) -> Result<MadeToken, Problem> {
    let name = problem::name("name", &input.name, 2..=100, "请填写使用这个令牌的系统名称，2 至 100 个字。")?;
    let last = caller.today().checked_add_days(LONGEST).unwrap_or(NaiveDate::MAX);
    if !(caller.today()..=last).contains(&input.expires_on) {
        return Err(Problem::field("expires_on", "expires_on", "到期日应在今天之后、一年之内。"));
    }
    let random = URL_SAFE_NO_PAD.encode(caller.house().ambient().bytes::<32>());
    let secret = &format!("{BEGINNING}{random}");
    let row = &token::Model {
        id: caller.id(),
        name,
        hash: hash(secret),
        ending: random.chars().skip(random.len() - SHOWN).collect(),
        role_id: input.role_id,
        organisation_id: input.organisation_id,
        expires_on: input.expires_on,
        made_by: caller.actor().word(),
        made_at: caller.now().into(),
        used_at: None,
        revoked_at: None,
    };
    caller
        .unit(|unit| async move {
            let power = Power::of(&unit, caller).await?;
            let grant = GrantForm { role_id: row.role_id, organisation_id: row.organisation_id };
            may_touch(&unit, caller, &power, grant).await?;
            let role = roles::get(&unit, caller.scope(), row.role_id).await?;
            if !offices::offices(role.permissions.split_whitespace()).is_empty() {
                return Err(TokenRefusal::Office.into());
            }
            token::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            record(&unit, caller, "tokens.create", row).await?;
            Ok(MadeToken { id: row.id, secret: secret.clone() })
        })
        .await
}

/// Takes a token back; it opens nothing from the next request on. Its row stays, as the audit chain names it.
///
/// # Errors
/// 404 if it is absent, foreign or taken back already.
pub async fn delete(caller: &Caller<ManageTokens>, id: Id) -> Result<(), Problem> {
    caller
        .unit(|unit| async move {
            let query = token::Entity::find_by_id(id)
                .filter(caller.scope().within((token::Entity, token::Column::OrganisationId)))
                .filter(token::Column::RevokedAt.is_null());
            let found = query.one(&unit).await?.ok_or_else(Problem::not_found)?;
            organisation::get(&unit, caller.scope(), found.organisation_id).await?;
            let revoked = Set(Some(caller.now().into()));
            let row = token::ActiveModel { id: Set(id), revoked_at: revoked, ..Default::default() };
            token::Entity::update(row).exec(&unit).await?;
            record(&unit, caller, "tokens.delete", &found).await
        })
        .await
}

/// The token behind a secret, if it still holds. Its use is written down.
pub(super) async fn current(house: &House, reader: &Connection, secret: &str) -> Result<Option<token::Model>, Problem> {
    let query = token::Entity::find().filter(token::Column::Hash.eq(hash(secret)));
    let found = query.filter(token::Column::RevokedAt.is_null()).one(reader).await?;
    let ambient = house.ambient();
    let Some(found) = found.filter(|token| token.expires_on >= ambient.today()) else { return Ok(None) };
    let now = ambient.now();
    if found.used_at.is_none_or(|used| now - used.at() >= GRAIN) {
        let (context, id) = (&Context::system(house, "a token's use"), found.id);
        let used = context.unit(|unit| async move {
            let row = token::ActiveModel { id: Set(id), used_at: Set(Some(now.into())), ..Default::default() };
            token::Entity::update(row).exec(&unit).await?;
            Ok(())
        });
        unless_unwritable(used.await)?;
    }
    Ok(Some(found))
}

async fn record(unit: &Unit, context: &Context, action: &str, token: &token::Model) -> Result<(), Problem> {
    let detail = serde_json::json!({ "role": token.role_id, "expires_on": token.expires_on });
    audit::record(unit, context, (action, "kernel/token", token.id), token.organisation_id, detail).await
}

fn hash(secret: &str) -> String {
    secret::digest::sm3_hex(secret.as_bytes())
}

/// The use cases of tokens over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(list_tokens, create_token)).routes(routes!(delete_token))
}

/// 接口令牌列表
#[utoipa::path(get, path = "/tokens", tag = "access", operation_id = "list_tokens",
    extensions(("x-permission" = json!("access.view"))), responses((status = 200, body = Page<TokenView>)))]
async fn list_tokens(caller: Caller<View>) -> Result<Json<Page<TokenView>>, Problem> {
    Ok(Json(list(&caller).await?))
}

/// 新建接口令牌
#[utoipa::path(post, path = "/tokens", tag = "access", operation_id = "create_token",
    extensions(("x-permission" = json!("access.tokens"))), request_body = NewToken,
    responses((status = 201, body = MadeToken), TokenRefusal))]
async fn create_token(
    caller: Caller<ManageTokens>,
    Json(input): Json<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

/// 收回接口令牌
#[utoipa::path(delete, path = "/tokens/{id}", tag = "access", operation_id = "delete_token",
    extensions(("x-permission" = json!("access.tokens"))), params(("id" = Id, Path)),
    responses((status = 204, description = "已收回")))]
async fn delete_token(caller: Caller<ManageTokens>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    delete(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
