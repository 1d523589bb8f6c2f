//! Opening a sealed value so that whoever asked hears in words if it can't be.

use secret::{Place, SealProblem};

use crate::{Context, Fault, Problem};

crate::refusals! {
    /// Why a sealed value is not shown.
    pub enum Unreadable {
        /// Its bytes are not what was sealed there.
        Damaged = 409 "damaged"
            "此项内容已损坏，无法读取。能重新登记的请重新登记；不能的请告诉系统管理员，备份里可能还有完好的一份。",
        /// Sealed by another process, under a key that this one has not got yet.
        NoKey = 503 "key_missing" "这台服务器暂时缺少打开此项内容的密钥，请稍后再试；如仍不行，请告诉系统管理员。",
    }
}

/// What a list shows in place of a value that can't be opened, so that one does not take the whole list along.
pub const UNREADABLE: &str = "（已损坏，无法读取）";

/// Opens a value that was sealed for this place; where it can't be, the log names the place.
///
/// # Errors
/// [`Unreadable`].
pub fn open(context: &Context, place: Place<'_>, sealed: &str) -> Result<String, Unreadable> {
    context.house().keyring().open(place, sealed).map_err(|problem| unreadable(place, &problem))
}

fn unreadable(place: Place<'_>, problem: &SealProblem) -> Unreadable {
    let Place { table, column, row_key } = place;
    tracing::error!(table, column, row_key, %problem, "a sealed value can't be opened");
    match problem {
        SealProblem::UnknownVersion(_) => Unreadable::NoKey,
        SealProblem::Malformed | SealProblem::Forged => Unreadable::Damaged,
    }
}

/// The same for a list, which shows [`UNREADABLE`] instead.
#[must_use]
pub fn told(context: &Context, place: Place<'_>, sealed: &str) -> String {
    open(context, place, sealed).unwrap_or_else(|_| UNREADABLE.to_owned())
}

/// Opens a file that was sealed for this place under a version, 0 where it lies plain.
///
/// # Errors
/// [`Unreadable`].
pub(crate) fn open_file(
    context: &Context,
    place: Place<'_>,
    version: i32,
    kept: Vec<u8>,
) -> Result<Vec<u8>, Unreadable> {
    if version == 0 {
        return Ok(kept);
    }
    context.house().keyring().open_bytes(place, &kept).map_err(|problem| unreadable(place, &problem))
}

/// Seals a file for a place; answers under which version, too.
///
/// # Errors
/// A fault for more than 64 GiB.
pub(crate) fn seal_file(context: &Context, place: Place<'_>, plain: &[u8]) -> Result<(Vec<u8>, i32), Problem> {
    let house = context.house();
    let sealed = house.keyring().seal_bytes(place, plain, house.ambient().bytes());
    let sealed = sealed.map_err(|err| Fault::Stored(format!("a file: {err}")))?;
    let version = secret::bytes_sealed_under(&sealed).map_or(0, i32::from);
    Ok((sealed, version))
}
