//! The clock and the random source of one running program. Everything that needs the time or chance is handed this, so
//! tests own both.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use database::Id;
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// The clock and the random source. Clones share both.
#[derive(Clone)]
pub struct Ambient {
    clock: Clock,
    random: Arc<Mutex<ChaCha20Rng>>,
    /// The last key given: keys of one program always grow, so thousands of one millisecond don't meet.
    last: Arc<AtomicI64>,
}

#[derive(Clone)]
enum Clock {
    System,
    /// Microseconds since 1970, set by a test or by the demo's loader.
    Set(Arc<AtomicI64>),
}

impl Ambient {
    /// The machine's clock and chance.
    #[must_use]
    pub fn system() -> Self {
        Self { clock: Clock::System, random: Arc::new(Mutex::new(ChaCha20Rng::from_os_rng())), last: Arc::default() }
    }

    /// A clock that stands at `now` until it is set, and chance that repeats for a seed.
    #[must_use]
    pub fn fixed(now: DateTime<Utc>, seed: u64) -> Self {
        let clock = Clock::Set(Arc::new(AtomicI64::new(now.timestamp_micros())));
        Self { clock, random: Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))), last: Arc::default() }
    }

    /// Sets a clock made by [`Ambient::fixed`]; the machine's clock stays as it is.
    pub fn set(&self, now: DateTime<Utc>) {
        if let Clock::Set(micros) = &self.clock {
            micros.store(now.timestamp_micros(), Ordering::SeqCst);
        }
    }

    /// The instant now, in whole microseconds, which both databases keep exactly.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.clock {
            Clock::System => Utc::now().trunc_subsecs(6),
            Clock::Set(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }

    /// The Beijing calendar day of now.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        calendar::beijing_day(self.now())
    }

    /// A new key of now, greater than every one given before.
    #[must_use]
    pub fn id(&self) -> Id {
        let fresh = Id::new(self.now().timestamp_millis(), self.draw(|random| random.next_u32())).0;
        let next = |last: i64| Some(fresh.max(last + 1));
        let last = self.last.fetch_update(Ordering::SeqCst, Ordering::SeqCst, next).unwrap_or_default();
        Id(fresh.max(last + 1))
    }

    /// Random bytes, fit for keys and tokens.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        self.draw(|random| {
            let mut bytes = [0; N];
            random.fill_bytes(&mut bytes);
            bytes
        })
    }

    /// A random number below `bound`; 0 for a bound of 0.
    #[must_use]
    pub fn below(&self, bound: u32) -> u32 {
        self.draw(|random| if bound == 0 { 0 } else { random.random_range(0..bound) })
    }

    fn draw<T>(&self, take: impl FnOnce(&mut ChaCha20Rng) -> T) -> T {
        // A panic while drawing leaves the generator usable, so a poisoned lock is no reason to stop.
        take(&mut self.random.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_one_instant_differ_and_grow() {
        let ambient = Ambient::fixed(DateTime::from_timestamp(1_780_000_000, 0).unwrap(), 1);
        let keys: Vec<Id> = (0..100_000).map(|_| ambient.id()).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
