use axum::{Json, extract::Path, response::IntoResponse};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    AccountForm, AccountRefusal, AccountView, GrantForm, GrantRefusal, create::normal, get, grants, held, not_own,
    record, view,
};
use crate::{
    Caller, Id, Problem,
    access::{account, permissions::ManageAccounts},
    etag::{self, IfMatch},
};

/// Changes an officer's name and the roles that he holds in the caller's scope. They hold from his next request.
///
/// # Errors
/// 404, 412 naming what changed, 422; [`AccountRefusal`], [`GrantRefusal`] and those of handing out.
pub async fn update(
    caller: &Caller<ManageAccounts>,
    id: Id,
    seen: &IfMatch,
    input: &AccountForm,
) -> Result<AccountView, Problem> {
    let form = &normal(input)?;
    caller
        .unit(|unit| async move {
            let before = get(&unit, caller.scope(), id).await?;
            not_own(caller, id)?;
            etag::check(&unit, id, before.version, seen).await?;
            let (here, elsewhere) = held(&unit, caller.scope(), id).await?;
            if before.name != form.name && !elsewhere.is_empty() {
                return Err(AccountRefusal::Elsewhere.into());
            }
            if form.grants.is_empty() && elsewhere.is_empty() {
                return Err(GrantRefusal::NoRole.into());
            }
            grants::replace(&unit, caller, id, &here, &form.grants).await?;
            let was = here.iter().map(|one| GrantForm { role_id: one.role_id, organisation_id: one.organisation_id });
            let was = AccountForm { name: before.name.clone(), grants: was.collect() };
            let fields = etag::changed(&sorted(&was), &sorted(form));
            let version = before.version + 1;
            let row = account::ActiveModel {
                id: Set(id),
                name: Set(form.name.clone()),
                version: Set(version),
                ..Default::default()
            };
            account::Entity::update(row).exec(&unit).await?;
            etag::note(&unit, id, version, &fields).await?;
            let place = here.first().map(|grant| grant.organisation_id);
            let detail = serde_json::json!({ "fields": fields, "before": was.grants, "after": form.grants });
            record(&unit, caller, "accounts.update", id, place, detail).await?;
            let after = account::Model { name: form.name.clone(), version, ..before };
            view::view(&unit, caller, after).await
        })
        .await
}

/// Roles have no order.
fn sorted(form: &AccountForm) -> AccountForm {
    let mut form = form.clone();
    form.grants.sort_unstable();
    form.grants.dedup();
    form
}

/// 修改账号
#[utoipa::path(put, path = "/accounts/{id}", tag = "access", operation_id = "update_account",
    extensions(("x-permission" = json!("access.accounts"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = AccountForm,
    responses((status = 200, body = AccountView, headers(("etag" = String))), AccountRefusal))]
pub(super) async fn update_account(
    caller: Caller<ManageAccounts>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<AccountForm>,
) -> Result<impl IntoResponse, Problem> {
    let account = update(&caller, id, &seen, &input).await?;
    Ok((etag::etag(account.version), Json(account)))
}
