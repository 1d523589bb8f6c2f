use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use secret::totp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{factor, take};
use crate::{Context, Fault, Problem};

/// Names the entry in the authenticator.
const ISSUER: &str = "娘家";

/// What an authenticator needs; shown once, and good for ten minutes until a first code confirms it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Enrolment {
    /// To be typed where no camera is at hand, in groups of four.
    pub secret: String,
    /// What the QR code says.
    pub uri: String,
    /// The QR code, an SVG document.
    pub qr: String,
}

/// Draws a secret for an account.
pub(super) fn draw(context: &Context, username: &str) -> Result<(Enrolment, [u8; totp::SECRET]), Problem> {
    let secret = context.house().ambient().bytes::<{ totp::SECRET }>();
    let uri = totp::uri(&secret, ISSUER, username);
    let qr = documents::qr::svg(&uri).map_err(|err| Fault::Stored(err.to_string()))?;
    let text: Vec<char> = totp::base32(&secret).chars().collect();
    let groups: Vec<String> = text.chunks(4).map(|group| group.iter().collect()).collect();
    Ok((Enrolment { secret: groups.join(" "), uri, qr }, secret))
}

/// Keeps the secret until a first code confirms it; the one in use stays in use.
pub(super) async fn begin(
    unit: &Unit,
    context: &Context,
    account: Id,
    secret: &[u8; totp::SECRET],
) -> Result<(), Problem> {
    let row = factor::ActiveModel {
        account_id: Set(account),
        secret: Set(None),
        pending: Set(Some(take::seal(context, account, secret))),
        pending_at: Set(Some(context.now().into())),
        last_step: Set(0),
        set_at: Set(None),
    };
    let again = OnConflict::column(factor::Column::AccountId)
        .update_columns([factor::Column::Pending, factor::Column::PendingAt])
        .to_owned();
    factor::Entity::insert(row).on_conflict(again).exec_without_returning(unit).await?;
    Ok(())
}
