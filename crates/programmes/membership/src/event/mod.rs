//! Enrolment events (集中入会): made by an officer, joined by phone, watched on the hall's wall.

pub mod gifts;
