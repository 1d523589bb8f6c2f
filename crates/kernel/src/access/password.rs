//! Passwords: what is asked of one, and how it is kept.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};

use crate::{Fault, Problem};

/// Of how many of the four kinds (upper, lower, digit, other) a password must have characters.
const KINDS: usize = 3;
/// Longer ones would only cost time.
const LONGEST: usize = 200;

/// Checks that a password is long and mixed enough; the rulebook tells the fewest characters.
///
/// # Errors
/// 422 that names `field`.
pub fn check(field: &str, password: &str, shortest: i64) -> Result<(), Problem> {
    let kinds = [
        password.chars().any(char::is_uppercase),
        password.chars().any(char::is_lowercase),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_alphanumeric()),
    ];
    let shortest = usize::try_from(shortest).unwrap_or(0).min(LONGEST);
    let length = password.chars().count();
    if (shortest..=LONGEST).contains(&length) && kinds.into_iter().filter(|has| *has).count() >= KINDS {
        return Ok(());
    }
    let message = format!("密码至少 {shortest} 个字符，并含大写字母、小写字母、数字、符号中的三种。");
    Err(Problem::field(field, "weak_password", message))
}

/// Keeps a password as an Argon2id PHC string. Takes some tens of milliseconds of one core.
///
/// # Errors
/// A fault if the hash can't be made.
pub async fn hash(password: String, salt: [u8; 16]) -> Result<String, Fault> {
    let made = tokio::task::spawn_blocking(move || {
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|err| err.to_string())
    });
    made.await.map_err(|err| Fault::Stored(err.to_string()))?.map_err(Fault::Stored)
}

/// Whether a password is the kept one. With nothing kept it takes as long and says no, so that time tells nobody which
/// user names exist.
///
/// # Errors
/// A fault if the check can't be made.
pub async fn is_right(password: String, kept: Option<String>) -> Result<bool, Fault> {
    let check = tokio::task::spawn_blocking(move || {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| STAND_IN.to_owned());
        let right = PasswordHash::new(&kept)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    });
    check.await.map_err(|err| Fault::Stored(err.to_string()))
}

/// A hash with the default parameters of a password that nobody has.
const STAND_IN: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$yq5eS1mSNw9SxyZ2lHGuyC0kKNxKM2s5Xrgcqpcw2lA";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_or_plain_passwords_are_refused() {
        for weak in ["", "Ab1!", "abcdefghijkl", "ABCDEFGH1234", "1234567890!!"] {
            assert!(check("password", weak, 10).is_err(), "{weak}");
        }
        assert!(check("password", "Niangjia-2026", 10).is_ok());
        assert!(check("password", "娘家人的密码Ab1!", 10).is_ok());
    }

    #[tokio::test]
    async fn a_kept_password_is_recognised_and_no_other() {
        let kept = hash("Niangjia-2026".into(), [7; 16]).await.unwrap();
        assert!(is_right("Niangjia-2026".into(), Some(kept.clone())).await.unwrap());
        assert!(!is_right("Niangjia-2027".into(), Some(kept)).await.unwrap());
        assert!(!is_right("Niangjia-2026".into(), None).await.unwrap());
        assert!(PasswordHash::new(STAND_IN).is_ok());
    }
}
