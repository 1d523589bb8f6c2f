//! Passwords: what is asked of one, and how it is kept.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};

use crate::{Fault, Problem};

/// Of how many of the four kinds (upper, lower, digit, other) a password must have characters.
const KINDS: usize = 3;
/// A password that is guessed within a million tries is refused.
const GUESSED_LATE: zxcvbn::Score = zxcvbn::Score::Two;
/// Longer ones would only cost time.
const LONGEST: usize = 200;

/// Checks that a password is long and mixed enough, and not among the first that somebody would try who knows the `owner`'s
/// user name and name (OWASP ASVS 5.0, 6.2.4); the rulebook tells the fewest characters.
///
/// # Errors
/// 422 that names `field`.
pub fn check(field: &str, password: &str, shortest: i64, owner: [&str; 2]) -> Result<(), Problem> {
    let kinds = [
        password.chars().any(char::is_uppercase),
        password.chars().any(char::is_lowercase),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_alphanumeric()),
    ];
    let shortest = usize::try_from(shortest).unwrap_or(0).min(LONGEST);
    let length = password.chars().count();
    if !(shortest..=LONGEST).contains(&length) || kinds.into_iter().filter(|has| *has).count() < KINDS {
        let message = format!("密码至少 {shortest} 个字符，并含大写字母、小写字母、数字、符号中的三种。");
        return Err(Problem::field(field, "weak_password", message));
    }
    if zxcvbn::zxcvbn(password, &owner).score() < GUESSED_LATE {
        let message = "这个密码太容易猜到：请不要用常见密码、姓名、用户名、连续或重复的字符，可换几个不相干的词。";
        return Err(Problem::field(field, "guessable_password", message));
    }
    Ok(())
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
            assert_eq!(told(weak), Some("weak_password".to_owned()), "{weak}");
        }
        assert_eq!(told("Niangjia-2026"), None);
        assert_eq!(told("娘家人的密码Ab1!"), None);
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for common in ["Password123!", "P@ssw0rd2026", "Qwerty12345!", "Aa1111111111", "Wangxiaoming1"] {
            assert_eq!(told(common), Some("guessable_password".to_owned()), "{common}");
        }
    }

    /// What is said of a password of 王小明, whose user name is `wangxiaoming`.
    fn told(password: &str) -> Option<String> {
        let problem = check("password", password, 10, ["wangxiaoming", "王小明"]).err()?;
        problem.fields.into_iter().next().map(|field| field.code)
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
