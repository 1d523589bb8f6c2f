//! What a worker sees on his phone: what is offered to him, and his vouchers.

mod myself;
pub mod offers;
pub mod vouchers;
