//! Members against active workers. A share has the same places above its line and below it: members of a group are counted
//! where somebody counted the workers of that group, or it would be too high wherever some places counted and others did not.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use database::Id;

use super::{HeadCount, Model, ground};
use crate::{
    Context, Problem,
    ledger::{Balance, Tree, balances},
};

/// What was counted of the active workers of an organisation's subtree, group by group, and where.
#[derive(Debug, Clone)]
pub struct Counted {
    organisation: Id,
    on: NaiveDate,
    tree: Tree,
    counts: BTreeMap<String, Vec<Model>>,
}

/// What a share is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Members of the groups at or below the places that counted them: above the line.
    pub members: i64,
    /// Members of the groups anywhere else in the subtree, who are not in the share.
    pub outside: i64,
    /// The active workers below the line.
    pub heads: HeadCount,
}

/// Groups and the places where members of them are counted; all groups, or everywhere, if none is named.
type Part<'a> = (Vec<&'a str>, Vec<Id>);

/// The latest counts of an organisation's subtree as [`active_workers`](super::active_workers) adds them up, of some groups
/// or of all if none is named.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn counted(
    context: &Context,
    organisation: Id,
    groups: &[&str],
    on: NaiveDate,
    tree: Tree,
) -> Result<Counted, Problem> {
    let each = counted_each(context, &[organisation], groups, on, tree).await?;
    each.into_iter().next().ok_or_else(Problem::not_found)
}

/// The same of several organisations in their order, none of which lies below another, from one look at the counts.
///
/// # Errors
/// 404 if one of them is absent or foreign.
pub async fn counted_each(
    context: &Context,
    organisations: &[Id],
    groups: &[&str],
    on: NaiveDate,
    tree: Tree,
) -> Result<Vec<Counted>, Problem> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let ground = ground(context, organisations, groups, on, tree).await?;
    let of = |organisation: &Id| {
        let mut counts: BTreeMap<String, Vec<Model>> = BTreeMap::new();
        for count in ground.standing(*organisation) {
            counts.entry(count.worker_group.clone()).or_default().push(count);
        }
        Counted { organisation: *organisation, on, tree, counts }
    };
    Ok(organisations.iter().map(of).collect())
}

/// Whose share is asked: who was counted, and of which groups; of everybody if none is given.
pub type Whose<'a> = (&'a Counted, Option<&'a [&'a str]>);

/// The shares of some groups together each, or of everybody if none is given, who may be of no group at all. Members are what
/// stands of a kind of facts, all at one moment of the ledger.
///
/// # Errors
/// A fault of the database.
pub async fn shares(context: &Context, kind: &str, wanted: &[Whose<'_>]) -> Result<Vec<Share>, Problem> {
    let asked: Vec<Vec<Balance<'_>>> = wanted.iter().map(|(counted, groups)| counted.balances(*groups)).collect();
    let lengths: Vec<usize> = asked.iter().map(Vec::len).collect();
    let asked: Vec<Balance<'_>> = asked.into_iter().flatten().collect();
    let mut found = balances(context, &[kind], &asked).await?.into_iter();
    let share = |((counted, groups), length): (&Whose<'_>, usize)| {
        let its: Vec<i64> = found.by_ref().take(length).collect();
        let (all, at_places) = its.split_last().map_or((0, &[][..]), |(all, at_places)| (*all, at_places));
        let members: i64 = at_places.iter().sum();
        Share { members, outside: all - members, heads: counted.heads(*groups) }
    };
    Ok(wanted.iter().zip(lengths).map(share).collect())
}

impl Counted {
    /// All workers that were counted.
    #[must_use]
    pub fn workers(&self) -> HeadCount {
        self.heads(None)
    }

    /// [`shares`] of one.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn share(&self, context: &Context, kind: &str, groups: Option<&[&str]>) -> Result<Share, Problem> {
        let found = shares(context, kind, &[(self, groups)]).await?;
        Ok(found.into_iter().next().unwrap_or(Share { members: 0, outside: 0, heads: self.heads(groups) }))
    }

    /// The members where they were counted, and last those everywhere; nobody's where no group is named.
    fn balances<'a>(&'a self, groups: Option<&'a [&'a str]>) -> Vec<Balance<'a>> {
        if groups.is_some_and(<[_]>::is_empty) {
            return Vec::new();
        }
        let everywhere = (groups.unwrap_or_default().to_vec(), Vec::new());
        let parts = self.parts(groups).into_iter().chain([everywhere]);
        let (organisation, on, tree) = (self.organisation, self.on, self.tree);
        parts.map(|(groups, within)| Balance { organisation, groups, within, on, tree }).collect()
    }

    /// The counts of the groups.
    fn of<'a>(&'a self, groups: Option<&[&str]>) -> impl Iterator<Item = (&'a str, &'a [Model])> + Clone {
        let asked = move |group: &str| groups.is_none_or(|groups| groups.contains(&group));
        let counts = self.counts.iter().filter(move |(group, _)| asked(group));
        counts.map(|(group, counts)| (group.as_str(), counts.as_slice()))
    }

    /// The active workers of some groups together, or of all if none is given.
    #[must_use]
    pub fn heads(&self, groups: Option<&[&str]>) -> HeadCount {
        HeadCount::of(self.of(groups).flat_map(|(_, counts)| counts))
    }

    /// Where whom of the groups counts: groups of the same places together, for most were counted everywhere at once. Whoever
    /// is of no group counts where any was counted.
    fn parts(&self, groups: Option<&[&str]>) -> Vec<Part<'_>> {
        let mut parts: BTreeMap<Vec<Id>, Vec<&str>> = BTreeMap::new();
        for (group, counts) in self.of(groups) {
            parts.entry(places(counts)).or_default().push(group);
        }
        if groups.is_none() && !parts.is_empty() {
            parts.entry(places(self.counts.values().flatten())).or_default().push("");
        }
        parts.into_iter().map(|(places, groups)| (groups, places)).collect()
    }
}

fn places<'a>(counts: impl IntoIterator<Item = &'a Model>) -> Vec<Id> {
    let mut places: Vec<Id> = counts.into_iter().map(|count| count.organisation_id).collect();
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(counts: &[(i64, &str, i64, &str)]) -> Counted {
        let mut found: BTreeMap<String, Vec<Model>> = BTreeMap::new();
        for (place, group, workers, day) in counts {
            found.entry((*group).to_owned()).or_default().push(Model {
                id: Id(0),
                organisation_id: Id(*place),
                worker_group: (*group).to_owned(),
                counted_on: day.parse().unwrap(),
                workers: *workers,
                source: String::new(),
            });
        }
        Counted { organisation: Id(1), on: "2026-06-30".parse().unwrap(), tree: Tree::Dated, counts: found }
    }

    #[test]
    fn each_group_counts_where_it_was_counted() {
        let counted = counted(&[
            (3, "courier", 50, "2026-06-30"),
            (2, "courier", 200, "2026-05-31"),
            (2, "delivery_rider", 1_000, "2026-03-31"),
            (3, "delivery_rider", 0, "2026-03-31"),
            (4, "cleaner", 30, "2026-01-31"),
        ]);
        let heads = |workers, day: Option<&str>| HeadCount { workers, counted_on: day.map(|day| day.parse().unwrap()) };
        let three = Some(&["delivery_rider", "truck_driver", "courier"][..]);
        assert_eq!(counted.heads(three), heads(1_250, Some("2026-03-31")));
        assert_eq!(counted.parts(three), [(vec!["courier", "delivery_rider"], vec![Id(2), Id(3)])]);
        for groups in [Some(&["truck_driver"][..]), Some(&[][..])] {
            assert_eq!((counted.heads(groups), counted.parts(groups)), (heads(0, None), Vec::new()));
        }
        assert_eq!(counted.heads(None), heads(1_280, Some("2026-01-31")));
        let all = [
            (vec!["courier", "delivery_rider"], vec![Id(2), Id(3)]),
            (vec![""], vec![Id(2), Id(3), Id(4)]),
            (vec!["cleaner"], vec![Id(4)]),
        ];
        assert_eq!(counted.parts(None), all);
    }

    #[test]
    fn where_nobody_counted_nobody_counts() {
        assert!(counted(&[]).parts(None).is_empty());
    }
}
