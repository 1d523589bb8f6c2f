//! What happens after a unit of work: events for other programmes, jobs, and notices to live pages. Events and jobs are
//! rows written in the unit itself, so nothing is announced that was not committed, and nothing committed is forgotten.

mod cursor;
mod event;
mod job;
mod lease;
mod left;
mod live;
/// The tables.
pub mod migration;
mod run;
mod skip;
mod stand;
mod work;

pub(crate) use cursor::try_to_write;
pub use event::{EventRecord, NewEvent, React, Subscription, publish, publish_all};
pub(crate) use job::forget_given_up;
pub use job::{JobKind, Run, enqueue, enqueue_all, enqueue_once, forget_texts};
pub(crate) use lease::Lease;
pub use left::{Left, LeftRefusal, left, set_aside, try_again};
pub use live::Live;
pub use run::{run, schedule, settle};
pub use skip::{SkipRefusal, skip};
pub use stand::{Failing, Stand, given_up, stand};
