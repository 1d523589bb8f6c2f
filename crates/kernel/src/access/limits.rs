//! How often one network address, one account or one phone may try. A hall full of workers may share one address, so what
//! they need is wide; a process counts for itself, as these limits only slow guessing down, so several processes let
//! through as many times more. What must hold exactly (wrong passwords that lock an account, tries and number of one-time
//! codes) is counted in the database, for all processes together.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock::Clock, middleware::NoOpMiddleware, nanos::Nanos, state::keyed::DefaultKeyedStateStore,
};

use super::nobodies::Nobodies;
use crate::{Ambient, Context, Problem};

/// From so many keys on, those that would be let in anyhow are forgotten; where more than half of them stay, from twice as many
/// as stayed, so that a rush of more people is not gone through for each of them.
const MOST_KEYS: usize = 100_000;

/// The running program's limits.
pub struct Limits {
    /// Officers' and workers' log-ins and changes of passwords, by address.
    pub log_ins: Limit,
    /// The same by account: far more than a person types.
    pub log_ins_of_account: Limit,
    /// One-time codes at an event, by address: a hall behind one address.
    pub codes: Limit,
    /// One-time codes for whoever names a phone, by address: nobody is to flood strangers with texts.
    pub codes_for_anybody: Limit,
    /// Joining at an event, by address: a hall behind one address brings 2,000 a minute, some of them twice. Whatever else
    /// anybody may ask that costs more than a look counts with it.
    pub joins: Limit,
    /// Masked fields that are opened, by account: a desk's day. Who needs more asks for an export, which a second officer
    /// lets through.
    pub reveals: Limit,
    /// Copies of all that is kept of oneself, by worker: each of them stands in the audit chain for ever.
    pub copies: Limit,
    /// Claims of benefits and names for a draw, by address, so that one machine doesn't try thousands of accounts. Some thousand
    /// phones share an address of a carrier at most, as each needs some of its 64,512 ports, and each may press three times
    /// when a round opens.
    pub claims: Limit,
    /// The same by worker: more than anybody presses.
    pub claims_of_worker: Limit,
    /// Typed codes of vouchers, by who redeems: some phones of one place, each voucher looked at and then redeemed.
    pub voucher_codes: Limit,
    /// Wrong passwords for user names that nobody has.
    pub(super) nobodies: Nobodies,
}

impl Limits {
    pub(crate) fn new(ambient: &Ambient) -> Self {
        let times = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let a_minute = |number| Limit::a_minute(ambient, times(number));
        Self {
            log_ins: a_minute(120),
            log_ins_of_account: a_minute(20),
            codes: a_minute(6_000),
            codes_for_anybody: a_minute(120),
            joins: a_minute(6_000),
            reveals: Limit::new(ambient, Quota::per_hour(times(12)).allow_burst(times(100))),
            copies: Limit::new(ambient, Quota::per_hour(times(6))),
            claims: Limit::new(ambient, Quota::per_minute(times(600)).allow_burst(times(3_000))),
            claims_of_worker: a_minute(60),
            voucher_codes: a_minute(60),
            nobodies: Nobodies::default(),
        }
    }
}

/// Tries of one kind.
pub struct Limit {
    tries: RateLimiter<String, DefaultKeyedStateStore<String>, HouseClock, NoOpMiddleware<Nanos>>,
    most_keys: AtomicUsize,
}

impl Limit {
    fn a_minute(ambient: &Ambient, number: NonZeroU32) -> Self {
        Self::new(ambient, Quota::per_minute(number))
    }

    fn new(ambient: &Ambient, quota: Quota) -> Self {
        let tries = RateLimiter::dashmap_with_clock(quota, HouseClock::new(ambient));
        Self { tries, most_keys: AtomicUsize::new(MOST_KEYS) }
    }

    /// Counts a try from the caller's address, of IPv6 from his line. Callers without one (commands, jobs) are not
    /// counted.
    ///
    /// # Errors
    /// 429 with `Retry-After` if there were too many.
    pub fn by_address(&self, context: &Context) -> Result<(), Problem> {
        context.address().map_or(Ok(()), |address| self.by(&line(address)))
    }

    /// Counts a try for what `key` names.
    ///
    /// # Errors
    /// 429 with `Retry-After` if there were too many.
    pub fn by(&self, key: &str) -> Result<(), Problem> {
        if self.tries.len() > self.most_keys.load(Ordering::Relaxed) {
            self.tries.retain_recent();
            self.most_keys.store(MOST_KEYS.max(self.tries.len() * 2), Ordering::Relaxed);
        }
        self.tries.check_key(&key.to_owned()).map_err(|until| {
            let wait = until.wait_time_from(self.tries.clock().now());
            let seconds = i64::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(60).max(1);
            let detail = format!("操作太频繁，请 {seconds} 秒后再试。");
            Problem::new(429, "too_often", detail).after(seconds)
        })
    }
}

/// The line behind an address: of IPv6 its first 64 bits, as each line is given at least all addresses below them.
fn line(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

/// The house's clock as the limiter reads it, so that tests own it here, too. Where the machine's clock is put back this one
/// goes on from where it was; otherwise whoever had tried before would wait until the old time comes again.
#[derive(Clone)]
struct HouseClock {
    ambient: Ambient,
    read: Arc<Mutex<Read>>,
}

/// Microseconds: what the machine's clock last said, and by how much it was put back so far.
struct Read {
    last: i64,
    lost: i64,
}

impl HouseClock {
    fn new(ambient: &Ambient) -> Self {
        let read = Read { last: ambient.now().timestamp_micros(), lost: 0 };
        Self { ambient: ambient.clone(), read: Arc::new(Mutex::new(read)) }
    }
}

impl Clock for HouseClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let now = self.ambient.now().timestamp_micros();
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.lost += (read.last - now).max(0);
        read.last = now;
        Duration::from_micros(u64::try_from(now + read.lost).unwrap_or(0)).into()
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn a_hall_of_two_thousand_gets_through_and_a_guesser_waits() {
        let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let ambient = Ambient::fixed(now, 1);
        let limits = Limits::new(&ambient);
        for _ in 0..2_000 {
            limits.codes.by("10.0.0.1").unwrap();
            limits.joins.by("10.0.0.1").unwrap();
        }
        for _ in 0..20 {
            limits.log_ins_of_account.by("officer").unwrap();
        }
        let refused = limits.log_ins_of_account.by("officer").unwrap_err();
        assert_eq!((refused.status, refused.retry_after), (429, Some(3)));
        limits.log_ins_of_account.by("another").unwrap();
        ambient.set(now + TimeDelta::seconds(3));
        limits.log_ins_of_account.by("officer").unwrap();
        assert!(limits.log_ins_of_account.by("officer").is_err());
    }

    #[test]
    fn a_city_behind_its_carriers_addresses_claims_and_a_machine_waits() {
        let ambient = Ambient::fixed(DateTime::from_timestamp(1_780_000_000, 0).unwrap(), 1);
        let limits = Limits::new(&ambient);
        for phone in 0..300_000 {
            let address = phone / 1_000;
            limits.claims.by(&format!("10.0.{}.{}", address / 250, address % 250)).unwrap();
            limits.claims_of_worker.by(&format!("worker:{phone}")).unwrap();
        }
        let tried = (0..10_000).take_while(|_| limits.claims.by("192.0.2.9").is_ok());
        assert_eq!(tried.count(), 3_000);
        assert_eq!(limits.claims.by("192.0.2.9").unwrap_err().retry_after, Some(1));
    }

    #[test]
    fn all_addresses_of_a_line_count_together() {
        assert_eq!(line("2001:db8:1:2::7"), line("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(line("2001:db8:1:2::7"), line("2001:db8:1:3::7"));
        assert_eq!(line("::ffff:198.51.100.1"), line("198.51.100.1"));
        assert_ne!(line("::ffff:198.51.100.1"), line("::ffff:198.51.100.2"));
    }

    #[test]
    fn a_desk_opens_a_hundred_fields_and_then_one_each_five_minutes() {
        let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let ambient = Ambient::fixed(now, 1);
        let limits = Limits::new(&ambient);
        (0..100).for_each(|_| limits.reveals.by("officer:1").unwrap());
        assert_eq!(limits.reveals.by("officer:1").unwrap_err().retry_after, Some(300));
        limits.reveals.by("officer:2").unwrap();
        ambient.set(now + TimeDelta::minutes(5));
        limits.reveals.by("officer:1").unwrap();
    }

    #[test]
    fn a_clock_that_is_put_back_makes_nobody_wait() {
        let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let ambient = Ambient::fixed(now, 1);
        let limits = Limits::new(&ambient);
        for _ in 0..19 {
            limits.log_ins_of_account.by("officer").unwrap();
        }
        ambient.set(now - TimeDelta::days(1));
        limits.log_ins_of_account.by("officer").unwrap();
        assert_eq!(limits.log_ins_of_account.by("officer").unwrap_err().retry_after, Some(3));
        ambient.set(now - TimeDelta::days(1) + TimeDelta::seconds(3));
        limits.log_ins_of_account.by("officer").unwrap();
    }
}
