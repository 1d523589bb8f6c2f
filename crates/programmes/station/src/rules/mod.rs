//! The field's rules: values in, values or a refusal out.

pub mod blocks;
pub mod clock;
pub mod correction;
pub mod crowd;
pub mod desk;
pub mod device;
pub mod door;
pub mod fault;
pub mod headcount;
pub mod hours;
pub mod incident;
pub mod keeping;
pub mod lateness;
pub mod marks;
pub mod need;
pub mod neglect;
pub mod posts;
pub mod power;
pub mod roster;
pub mod seats;
pub mod standard;
pub mod standing;
pub mod supplies;
pub mod wire;
pub mod year;
