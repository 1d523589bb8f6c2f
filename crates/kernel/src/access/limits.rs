//! How often one network address may try. A hall full of workers may share one address, so what they need is wide; a
//! process counts for itself, as these limits only slow guessing down.

use std::{num::NonZeroU32, sync::LazyLock};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::{Context, Problem};

/// Tries of one kind by address.
pub struct Limit(LazyLock<DefaultKeyedRateLimiter<String>>);

/// Officers' and workers' log-ins.
pub static LOG_INS: Limit = Limit(LazyLock::new(|| a_minute(120)));
/// One-time codes.
pub static CODES: Limit = Limit(LazyLock::new(|| a_minute(6_000)));

fn a_minute(times: u32) -> DefaultKeyedRateLimiter<String> {
    RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN)))
}

impl Limit {
    /// Counts a try. Callers without an address (commands, tests) are not counted.
    ///
    /// # Errors
    /// 429 if there were too many.
    pub fn check(&self, context: &Context) -> Result<(), Problem> {
        let Some(address) = context.address() else { return Ok(()) };
        if self.0.len() > 100_000 {
            self.0.retain_recent();
        }
        let held = self.0.check_key(&address.to_owned());
        held.map_err(|_| Problem::new(429, "too_often", "操作太频繁，请过一分钟再试。"))
    }
}
