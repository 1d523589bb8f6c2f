//! Offers whose pieces are drawn: a seed committed before anybody puts his name in, names put in by phone, the draw after
//! the closing unless the offer is ended before, those who move up afterwards, and what anybody may see of it to reckon it
//! again.

mod call_off;
mod commit;
pub mod enter;
mod give;
pub mod move_up;
pub mod run;
pub mod show;

pub(crate) use call_off::call_off;
pub(crate) use commit::commit;
pub(crate) use move_up::moves_up_no_more;
