//! The interface as a whole: its document, who may call what, and what every answer carries.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

mod adding_a_programme;
mod attachments;
mod benefit;
mod broker;
mod card;
mod claims;
mod cupboard;
mod dashboard;
mod document;
mod door;
mod exports;
mod find_station;
mod hall;
mod join;
mod me;
mod neighbour;
mod nobody;
mod privacy;
mod quarters;
mod rejections;
mod retention;
mod roles;
mod rotation;
mod sample;
mod scope;
mod settlement;
mod sign_on;
mod station_activities;
mod stations;
mod stock;
mod stop;
mod sweep;
mod transfers;
mod umbrella;
mod walls;
