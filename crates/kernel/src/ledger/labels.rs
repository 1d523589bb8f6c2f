//! What people read beside a figure.

use std::collections::HashMap;

use super::{
    Figure, Measure,
    index::{Count, Key},
    kind,
};
use crate::{
    Context, Problem,
    organisation::{tree, worker_group},
};

/// What people read for organisations and worker groups, by what stands in a figure's key. Asks for all keys at once: a board
/// that asks for each of its rows waits longer for names than for figures.
pub(super) async fn labels(
    context: &Context,
    keys: impl Iterator<Item = &Key>,
) -> Result<HashMap<String, String>, Problem> {
    let (mut organisations, mut grouped) = (Vec::new(), false);
    for key in keys {
        match key {
            Key::Below(id) | Key::Own(id) => organisations.push(*id),
            Key::Group(_) => grouped = true,
            Key::All | Key::Kind(_) | Key::Month(_) | Key::Day(_) => {}
        }
    }
    let names = tree::names(context.read(), organisations).await?;
    let mut labels: HashMap<String, String> = names.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    if grouped {
        labels.extend(worker_group::labels(context.read()).await?);
    }
    Ok(labels)
}

/// A count with its label, its quantities put under the measures that their kinds declare.
pub(super) fn figure(context: &Context, labels: &HashMap<String, String>, key: &Key, count: &Count) -> Figure {
    let kind = |code: &str| kind::find(context.house(), code);
    let name = |key: &str| labels.get(key).cloned().unwrap_or_else(|| key.to_owned());
    let (key, label) = match key {
        Key::All => ("all".to_owned(), "合计".to_owned()),
        Key::Below(id) => (id.to_string(), name(&id.to_string())),
        Key::Own(id) => (id.to_string(), format!("{}（本级）", name(&id.to_string()))),
        Key::Kind(code) => (code.clone(), kind(code).map_or_else(|| code.clone(), |kind| kind.label.to_owned())),
        Key::Group(code) if code.is_empty() => (String::new(), "未分群体".to_owned()),
        Key::Group(code) => (code.clone(), name(code)),
        Key::Month(day) => (day.format("%Y-%m").to_string(), day.format("%Y年%-m月").to_string()),
        Key::Day(day) => (day.to_string(), day.to_string()),
    };
    let mut figure = Figure {
        key,
        label,
        person_times: 0,
        people: count.people,
        items: 0,
        standing: 0,
        amount_fen: count.amount_fen,
    };
    for (code, quantity) in &count.quantities {
        let measures = kind(code).map_or(&[Measure::Items][..], |kind| kind.measures);
        if measures.contains(&Measure::PersonTimes) {
            figure.person_times = figure.person_times.saturating_add(*quantity);
        }
        if measures.contains(&Measure::Items) {
            figure.items = figure.items.saturating_add(*quantity);
        }
        if measures.contains(&Measure::Standing) {
            figure.standing = figure.standing.saturating_add(*quantity);
        }
    }
    figure
}
