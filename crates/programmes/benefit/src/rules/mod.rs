//! The rules of benefits. Pure: values in, values or a refusal out.

pub mod audience;
pub mod batch;
pub mod burst;
pub mod draw;
pub mod nominate;
pub mod quota;
pub mod settlement;
pub mod window;
