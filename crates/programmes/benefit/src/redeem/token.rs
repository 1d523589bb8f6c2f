//! What the QR code of a voucher says: a signed token that names the claim and nothing else, good for a minute.

use database::Id;
use kernel::{Context, Problem, rulebook};

use crate::programme::VOUCHER_SECONDS;

kernel::refusals! {
    /// Why a voucher's code is not accepted.
    pub enum VoucherTokenRefusal {
        /// Malformed, forged or expired, in words.
        NotValid { why: String } = 422 "voucher_code_not_valid" "{why}。请持券人刷新凭证二维码后再扫。",
        /// No code at all, one whose minutes are over, or one of a voucher for other places: whoever tries learns nothing by it.
        WrongCode = 422 "voucher_code_wrong" "券码不对或已更新，或者凭证不在本核销点使用。请持券人重新打开凭证，核对后再输入。",
    }
}

const PURPOSE: &str = "benefit.voucher";

/// A token for a claim, and until when it is good (seconds since 1970).
///
/// # Errors
/// A fault of the database.
pub async fn issue(context: &Context, claim: Id, organisation: Id) -> Result<(String, i64), Problem> {
    let seconds = rulebook::number(context.read(), context, &VOUCHER_SECONDS, organisation, context.today()).await?;
    let until = context.now().timestamp() + seconds.clamp(30, 300);
    Ok((context.house().keyring().sign_number(PURPOSE, claim.0, until), until))
}

/// The claim that a token names. Accepts the address that the QR code holds, too.
///
/// # Errors
/// [`VoucherTokenRefusal`].
pub fn read(context: &Context, code: &str) -> Result<Id, Problem> {
    let token = code.trim().rsplit('/').next().unwrap_or_default();
    let claim = context.house().keyring().verify_number(PURPOSE, token, context.now().timestamp());
    Ok(Id(claim.map_err(|err| VoucherTokenRefusal::NotValid { why: err.to_string() })?))
}
