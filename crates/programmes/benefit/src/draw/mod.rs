//! Offers whose pieces are drawn: a seed committed before anybody puts his name in, names put in by phone, the draw after
//! the closing unless the offer is ended before, and what anybody may see of it to reckon it again.

mod call_off;
mod commit;
pub mod enter;
pub mod run;
pub mod show;

pub(crate) use call_off::call_off;
pub(crate) use commit::commit;
