//! The rules of benefits. Pure: values in, values or a refusal out.

pub mod audience;
pub mod draw;
pub mod quota;
pub mod settlement;
pub mod window;
