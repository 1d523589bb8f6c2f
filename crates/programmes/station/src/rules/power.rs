//! Power goes off when a station without staff has been empty for a while, and comes back with whoever enters. Pure.

use chrono::{DateTime, Utc};

use super::device::is_over;

/// How it is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// How many people the counter knows inside.
    pub inside: i64,
    /// When the counter was last heard; a silent one knows nothing.
    pub heard_at: DateTime<Utc>,
    /// When somebody last came or went.
    pub moved_at: DateTime<Utc>,
    /// Whether staff is there now.
    pub staffed: bool,
    /// Whether the power is on.
    pub on: bool,
}

/// Whether power is to be switched, and how. It never goes off while anybody may be inside: nobody sits in the cold or the
/// dark because a counter is broken.
#[must_use]
pub fn switch(room: &Room, empty_minutes: i64, silent_minutes: i64, now: DateTime<Utc>) -> Option<bool> {
    if is_over(room.heard_at, silent_minutes, now) {
        return None;
    }
    if room.inside > 0 {
        return (!room.on).then_some(true);
    }
    let empty = !room.staffed && is_over(room.moved_at, empty_minutes, now);
    (room.on && empty).then_some(false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
    }

    proptest! {
        #[test]
        fn nobody_sits_in_the_dark(
            inside in 0_i64..4, heard in 0_i64..120, moved in 0_i64..120, staffed: bool, on: bool, empty in 1_i64..90,
        ) {
            let room = Room { inside, heard_at: at(-heard), moved_at: at(-moved), staffed, on };
            let told = switch(&room, empty, 30, at(0));
            if told == Some(false) {
                prop_assert!(inside == 0 && heard < 30 && moved >= empty && !staffed && on);
            }
            if inside > 0 && heard < 30 {
                prop_assert!(on || told == Some(true));
            }
            // What was switched stays so until something changes.
            if let Some(on) = told {
                prop_assert_eq!(switch(&Room { on, ..room }, empty, 30, at(0)), None);
            }
        }
    }
}
