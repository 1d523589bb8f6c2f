//! The facts behind a figure, row by row, with people masked.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Id;
use sea_orm::{
    Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Tree, deciding, fact,
    fact_row::{FactRow, rows_of},
    figures::BEGINNING,
    index::{Ask, Book, By, Moved, Shape},
    permissions::View,
    read_figures::{codes, group_codes},
    surroundings,
};
use crate::{
    Caller, Context, Problem,
    caller::{Find, below_by},
    listing::{Counted, Paging},
    organisation,
};

/// Which facts are asked for: the same words as for figures.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct FactParams {
    /// The top of the subtree.
    pub organisation: Id,
    /// The kinds' codes, separated by commas; all if absent.
    pub kinds: Option<String>,
    /// The worker groups' codes, separated by commas, `-` for facts without a group; all if absent.
    pub groups: Option<String>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// Which tree; `dated` if absent.
    #[serde(default)]
    #[param(inline)]
    pub tree: Tree,
    /// Facts about one person only, also what was recorded for those who turned out to be him.
    pub person: Option<Id>,
    /// Only what the organisation itself recorded (`true`), and nobody below it.
    pub own: Option<bool>,
    /// All of it by where organisations lay on this day (today, if `tree` says so), whenever it was recorded: as what stands on a
    /// day, such as members, is counted.
    pub lying_on: Option<NaiveDate>,
}

impl FactParams {
    /// The first and the last day that count.
    fn days(&self) -> (NaiveDate, NaiveDate) {
        let (from, to) = (self.from.unwrap_or(BEGINNING), self.to.unwrap_or(LAST_DAY));
        (Ord::max(from, BEGINNING), Ord::min(to, LAST_DAY))
    }

    fn is_own(&self) -> bool {
        self.own == Some(true)
    }
}

/// One page of facts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FactPage {
    /// The rows, newest first.
    pub items: Vec<FactRow>,
    /// What to send as `cursor` for the next page; absent at the end.
    pub next: Option<String>,
    /// How many rows the whole list has; 100001 stands for any number above 100000.
    pub total: u64,
    /// How many more count for the figure but belong to organisations that were moved out of the caller's sight since.
    pub hidden: u64,
}

/// Lists the facts behind a figure, newest first.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn list_facts(context: &Context, params: &FactParams, paging: &Paging) -> Result<FactPage, Problem> {
    let behind = Behind::of(context, params).await?;
    let total = behind.seen(Find::ByPlace, context).counted(context.read()).await?;
    let hidden = match behind.moved.iter().any(|moved| moved.came) {
        true => {
            let seen = behind.seen(Find::ByPlace, context).count(context.read()).await?;
            behind.counted(Find::ByPlace, context).count(context.read()).await?.saturating_sub(seen)
        }
        false => 0,
    };
    // In their order the facts since the last day that counts would be read to find the first page, and those of a rare kind may
    // all lie far back.
    let is_near = paging.after().is_some() || params.days().1 >= context.today();
    let is_rare = behind.of_kinds.is_some_and(|facts| facts <= GATHERED);
    let find = if is_near && !is_rare { Find::of(context.read(), total) } else { Find::ByPlace };
    let seen = behind.seen(find, context);
    let page = match paging.after() {
        Some(Id(position)) => seen.filter(fact::Column::Position.lt(position)),
        None => seen,
    };
    let rows = page.order_by_desc(fact::Column::Position).limit(paging.limit() + 1).all(context.read()).await?;
    let page = crate::Page::cut(rows, paging.limit(), total, |fact| fact.position.to_string());
    Ok(FactPage { items: rows_of(context, page.items).await?, next: page.next, total, hidden })
}

/// How many facts of a kind are gathered and sorted for a page: in a fifth of a second.
const GATHERED: usize = 200_000;

/// What a figure counts.
pub(super) struct Behind<'a> {
    params: &'a FactParams,
    /// The records of the person who was asked for.
    people: Option<Vec<Id>>,
    /// What lay elsewhere in between.
    moved: Vec<Moved>,
    /// How many facts of its kinds there are anywhere, if these lead to them faster than the places do.
    of_kinds: Option<usize>,
}

impl<'a> Behind<'a> {
    /// What lies behind the figure that was asked for.
    ///
    /// # Errors
    /// 404 if the organisation is absent or foreign.
    pub(super) async fn of(context: &Context, params: &'a FactParams) -> Result<Self, Problem> {
        organisation::get(context.read(), context.scope(), params.organisation).await?;
        let (today, (from, to)) = (Shape::On(context.today()), params.days());
        let ask = Ask {
            organisation: params.organisation,
            within: Vec::new(),
            kinds: codes(params.kinds.as_deref()),
            groups: Vec::new(),
            from,
            to,
            shape: today,
            by: By::None,
            standing: Vec::new(),
        };
        let (moved, of_kinds) = if params.is_own() {
            (Vec::new(), None)
        } else {
            let lying_on = params.lying_on.map(|on| deciding(context, on, params.tree));
            let moved = |book: &Book| match lying_on {
                Some(on) => {
                    let always = |moved: Moved| Moved { from, to, ..moved };
                    book.moved(params.organisation, today, on, on).into_iter().map(always).collect()
                }
                None if params.tree == Tree::Today => Vec::new(),
                None => book.moved(params.organisation, today, from, to),
            };
            // One person has few facts.
            let by_kind = |book: &Book| params.person.map_or_else(|| book.rarer(&ask), |_| None);
            context.house().index().read(context, |book| (moved(book), by_kind(book))).await?.0
        };
        let people = match params.person {
            Some(person) => Some(surroundings::all_of(context.read(), person).await?),
            None => None,
        };
        Ok(Self { params, people, moved, of_kinds })
    }

    /// The facts that the caller may see.
    pub(super) fn seen(&self, find: Find, context: &Context) -> Select<fact::Entity> {
        self.counted(find, context).filter(context.scope().within_by(self.place(find), PLACE))
    }

    /// How the places are looked at: where kinds lead to the facts they lead to none.
    fn place(&self, find: Find) -> Find {
        if self.of_kinds.is_some() { Find::InOrder } else { find }
    }

    /// The facts that count, some of them perhaps of organisations that were moved out of the caller's sight since.
    fn counted(&self, find: Find, context: &Context) -> Select<fact::Entity> {
        let (from, to) = self.params.days();
        let shelves = (find == Find::ByPlace || self.people.is_some()).then(|| match self.of_kinds {
            Some(_) => fact::by_kind(context.read()),
            None => fact::on_all_shelves(context.read()),
        });
        let (kinds, groups) = (codes(self.params.kinds.as_deref()), group_codes(self.params.groups.as_deref()));
        fact::Entity::find()
            .apply_if(shelves, QueryFilter::filter)
            .filter(self.placed(self.place(find)))
            .filter(fact::Column::Day.between(from, to))
            .apply_if((!kinds.is_empty()).then_some(kinds), |query, kinds| {
                query.filter(fact::Column::Kind.is_in(kinds))
            })
            .apply_if((!groups.is_empty()).then_some(groups), |query, groups| {
                let without = groups.iter().any(String::is_empty).then(|| fact::Column::WorkerGroup.is_null());
                query.filter(Condition::any().add(fact::Column::WorkerGroup.is_in(groups)).add_option(without))
            })
            .apply_if(self.people.clone(), |query, people| query.filter(fact::Column::PersonId.is_in(people)))
    }

    /// Today's subtree, with what was moved taken in or left out on the days when it lay elsewhere.
    fn placed(&self, find: Find) -> Condition {
        if self.params.is_own() {
            return Condition::all().add(find.column(PLACE).eq(self.params.organisation));
        }
        let (came, left): (Vec<&Moved>, Vec<&Moved>) = self.moved.iter().partition(|moved| moved.came);
        let today = Condition::all().add(below_by(find, self.params.organisation, PLACE));
        let today = today.add_option(any_of(&left).map(Condition::not));
        Condition::any().add(today).add_option(any_of(&came))
    }
}

/// Conditions of one depth: SQLite takes a statement that is at most a thousand deep, and a union may be moved more often.
const DEPTH: usize = 100;

/// What some organisations recorded on the days when they lay elsewhere; absent if there are none.
fn any_of(moved: &[&Moved]) -> Option<Condition> {
    let one = |moved: &&Moved| {
        let keys: Vec<String> = moved.organisations.iter().map(ToString::to_string).collect();
        // Keys stand in the statement itself: a county's organisations are more than a statement takes as values.
        let among = Expr::cust(format!("ledger_fact.organisation_id IN ({})", keys.join(", ")));
        Condition::all().add(among).add(fact::Column::Day.between(moved.from, moved.to))
    };
    let some = |moved: &[&Moved]| moved.iter().map(one).fold(Condition::any(), Condition::add);
    (!moved.is_empty()).then(|| moved.chunks(DEPTH).map(some).fold(Condition::any(), Condition::add))
}

const PLACE: (fact::Entity, fact::Column) = (fact::Entity, fact::Column::OrganisationId);

/// After any fact, and within what both databases know as a day.
const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

#[utoipa::path(get, path = "/facts", tag = "ledger", operation_id = "list_facts",
    extensions(("x-permission" = json!("ledger.view"))), params(FactParams, Paging),
    responses((status = 200, body = FactPage)))]
pub(super) async fn list_facts_page(
    caller: Caller<View>,
    Query(params): Query<FactParams>,
    Query(paging): Query<Paging>,
) -> Result<Json<FactPage>, Problem> {
    Ok(Json(list_facts(&caller, &params, &paging).await?))
}
