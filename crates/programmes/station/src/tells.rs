//! What the codes that the acts of this programme tell are called.

use std::collections::HashMap;

use kernel::{Answer, Context, audit::Tells, coded};

use crate::{
    catalogue,
    register::list::Attention,
    rules::{fault::FaultState, incident::IncidentKind, standing::StationState},
    tables::{desk::DeskKind, inspection::InspectionKind, neglect::NeglectKind, post::PostRole, station::StationKind},
};

/// All of them.
pub const ALL: &[Tells] = &[
    Tells::Code("stations.state", |code| coded(code, StationState::label)),
    Tells::Code("station_faults.state", |code| coded(code, FaultState::label)),
    Tells::Code("kind", |code| coded(code, DeskKind::label)),
    Tells::Code("kind", |code| coded(code, InspectionKind::label)),
    Tells::Code("kind", |code| coded(code, IncidentKind::label)),
    Tells::Code("kind", |code| coded(code, StationKind::label)),
    Tells::Code("role", |code| coded(code, PostRole::label)),
    Tells::Code("attention", |code| coded(code, Attention::label)),
    Tells::Code("neglect", |code| coded(code, NeglectKind::label)),
    Tells::Code("sort", sort),
    Tells::List(&["service", "item", "items", "code"], entries),
];

fn entries(context: &Context) -> Answer<'_, HashMap<String, String>> {
    Box::pin(async move {
        let entries = catalogue::list(context.read()).await?;
        Ok(entries.into_iter().map(|entry| (entry.code, entry.label)).collect())
    })
}

fn sort(code: &str) -> Option<&'static str> {
    match code {
        "code" => Some("按编号"),
        "inspected" => Some("最久未检查的在前"),
        "stars" => Some("星级低的在前"),
        _ => None,
    }
}
