//! Composes the programmes into HTTP: the interface with its OpenAPI document, the web pages, health and metrics. It
//! knows a programme only by its one value.

mod answers;
mod api;
mod bounds;
mod checkpoints;
mod counts;
mod headers;
mod health;
mod layers;
mod openid;
mod outward;
mod pages;
mod patient;
mod rejections;
mod serve;
mod sms;

pub use api::{DoubleName, document, programmes, router};
pub use checkpoints::HttpKeeper;
pub use openid::{OpenIdProvider, OpenIdSettings};
pub use serve::serve;
pub use sms::{HttpGateway, LogGateway, NoGateway};
