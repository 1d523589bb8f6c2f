//! Who joined at an event, newest first, with the kit each was handed.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Page, Problem, consent,
    ledger::fact,
    listing::Paging,
    organisation::{tree, worker_group},
    person::{self, SearchRefusal},
};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{hand_over_kit::HandedOver, view::in_scope};
use crate::{
    consent::JOINING,
    list::sought,
    permissions::SeeEvents,
    programme::{KIT_HANDED_OVER, MEMBER_JOINED, MEMBERSHIP},
    rules::standing::Standing,
    tables::{join, kit, member, second_kit},
};

/// Which of those who joined.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JoinFilter {
    /// A name (any dot between its parts, or none), a whole document, phone or card number.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Only those for whom no service was recorded since they joined (`true`): they are asked why, so who took his consent
    /// back is none of them. Or only those for whom some was (`false`).
    pub unused: Option<bool>,
    /// Only those whose kit waits (`true`).
    #[serde(default)]
    pub kit_waiting: bool,
    /// Only those who were handed a second kit (`true`).
    #[serde(default)]
    pub second_kit: bool,
}

/// One who joined.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JoinRow {
    /// The key.
    pub id: Id,
    /// The membership.
    pub member_id: Id,
    /// Whether the caller sees it: it may lie with a union beside his.
    pub sees_member: bool,
    /// The name, masked.
    pub name: String,
    /// The phone number, masked.
    pub phone: Option<String>,
    /// The union.
    pub organisation: String,
    /// The worker group's name.
    pub group_label: Option<String>,
    /// When.
    pub joined_at: Moment,
    /// When he was approved.
    pub approved_at: Option<Moment>,
    /// Whether he had been a member before.
    pub already_member: bool,
    /// Where the membership stands.
    pub state: Option<Standing>,
    /// The number on the card.
    pub card_number: Option<String>,
    /// The table at which the kit waits, or waited.
    pub gate: Option<String>,
    /// The table at which the kit was handed over.
    pub kit_gate: Option<String>,
    /// When.
    pub kit_given_at: Option<Moment>,
    /// Kits handed over once more by devices that were offline; somebody should look.
    pub second_kits: Vec<HandedOver>,
}

/// Lists who joined.
///
/// # Errors
/// 404 if the event is absent or foreign; [`SearchRefusal`].
pub async fn joins(
    caller: &Caller<SeeEvents>,
    id: Id,
    filter: &JoinFilter,
    paging: &Paging,
) -> Result<Page<JoinRow>, Problem> {
    let conn = caller.read();
    in_scope(conn, caller, id).await?;
    let chosen = chosen(conn, id, filter);
    let query = match filter.q.as_deref() {
        Some(text) => sought(caller, chosen, (join::Column::PersonId, text), holds_card).await?,
        None => chosen,
    };
    let page = paging.newest_first(conn, query, join::Column::Id, |row| row.id).await?;
    let people = person::masked(conn, caller, page.items.iter().map(|row| row.person_id)).await?;
    let members = member::Entity::find().filter(member::Column::Id.is_in(page.items.iter().map(|row| row.member_id)));
    let members: HashMap<Id, member::Model> =
        members.all(conn).await?.into_iter().map(|member| (member.id, member)).collect();
    let own = member::those_in_scope(conn, caller.scope(), members.keys().copied().collect()).await?;
    let kits = kit::Entity::find().filter(kit::Column::JoinId.is_in(page.items.iter().map(|row| row.id)));
    let mut kits: HashMap<Id, kit::Model> = kits.all(conn).await?.into_iter().map(|kit| (kit.join_id, kit)).collect();
    let seconds = second_kit::Entity::find()
        .filter(second_kit::Column::EventId.eq(id))
        .filter(second_kit::Column::JoinId.is_in(page.items.iter().map(|row| row.id)))
        .order_by_asc(second_kit::Column::GivenAt);
    let mut second_kits: HashMap<Id, Vec<HandedOver>> = HashMap::new();
    for second in seconds.all(conn).await? {
        let given = HandedOver { given_at: second.given_at, gate: second.gate };
        second_kits.entry(second.join_id).or_default().push(given);
    }
    let unions = tree::names(conn, page.items.iter().map(|row| row.organisation_id)).await?;
    let groups = worker_group::labels(conn).await?;
    Ok(page.map(|row| {
        let (member, kit) = (members.get(&row.member_id), kits.remove(&row.id));
        JoinRow {
            id: row.id,
            member_id: row.member_id,
            sees_member: own.contains(&row.member_id),
            name: people.name(row.person_id),
            phone: people.phone(row.person_id),
            organisation: unions.get(&row.organisation_id).cloned().unwrap_or_default(),
            group_label: row.worker_group.map(|code| groups.get(&code).cloned().unwrap_or(code)),
            joined_at: row.joined_at,
            approved_at: row.approved_at,
            already_member: row.already_member,
            state: member.map(|member| member.state),
            card_number: member.and_then(|member| member.card_number.clone()),
            second_kits: second_kits.remove(&row.id).unwrap_or_default(),
            gate: row.gate,
            kit_given_at: kit.as_ref().map(|kit| kit.given_at),
            kit_gate: kit.map(|kit| kit.gate),
        }
    }))
}

/// Who joined and holds the card of this number, maybe not by the membership by which he joined.
fn holds_card(number: String) -> Expr {
    let holder = member::Entity::find().filter(member::Column::CardNumber.eq(number)).select_only();
    join::Column::PersonId.in_subquery(holder.column(member::Column::PersonId).into_query())
}

/// Those who joined at an event, as they are asked for but by `q`; the caller has loaded it in his scope.
pub fn chosen(conn: &Connection, event: Id, filter: &JoinFilter) -> Select<join::Entity> {
    let mut query = join::Entity::find().filter(join::Column::EventId.eq(event));
    if let Some(unused) = filter.unused {
        let served = served(conn);
        query = query.filter(if unused { served.not().and(agrees()) } else { served });
    }
    if filter.kit_waiting {
        let promised = join::Column::ApprovedAt.is_not_null().and(join::Column::AlreadyMember.eq(false));
        query = query.filter(promised.and(kit::was_given().not()));
    }
    if filter.second_kit {
        let twice = second_kit::Entity::find().filter(second_kit::Column::EventId.eq(event)).select_only();
        query = query.filter(join::Column::Id.in_subquery(twice.column(second_kit::Column::JoinId).into_query()));
    }
    query
}

/// Whether something that stands was done for who joined, since then, on his record or one that was merged into it; joining
/// itself and its kit are no service.
fn served(conn: &Connection) -> Expr {
    let own = [MEMBERSHIP, MEMBER_JOINED, KIT_HANDED_OVER];
    let whose = || Expr::col((fact::Entity, fact::Column::PersonId));
    let merged = Expr::col((person::Entity, person::Column::MergedInto));
    let merged = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(merged.equals((join::Entity, join::Column::PersonId)));
    let since =
        Expr::col((fact::Entity, fact::Column::RecordedAt)).gte(Expr::col((join::Entity, join::Column::JoinedAt)));
    let done = |his: Expr| {
        let facts = fact::Entity::find()
            .filter(fact::on_all_shelves(conn))
            .filter(his)
            .filter(since.clone())
            .filter(fact::Column::Kind.is_not_in(own))
            .filter(fact::stands());
        Expr::exists(facts.into_query())
    };
    let himself = done(whose().equals((join::Entity, join::Column::PersonId)));
    himself.or(done(whose().in_subquery(merged.into_query())))
}

/// Whether he did not take back what he agreed to, or agreed again since.
fn agrees() -> Expr {
    let same = Expr::col((consent::Entity, consent::Column::PersonId)).equals((join::Entity, join::Column::PersonId));
    let given = consent::Entity::find().filter(same).filter(consent::Column::Purpose.eq(JOINING.code));
    let standing = given.clone().filter(consent::Column::WithdrawnAt.is_null());
    Expr::exists(given.into_query()).not().or(Expr::exists(standing.into_query()))
}

/// 活动入会名单
#[utoipa::path(
    get, path = "/events/{id}/joins", tag = "events", operation_id = "list_joins",
    extensions(("x-permission" = json!("membership.view_events"))),
    params(("id" = Id, Path), JoinFilter, Paging), responses((status = 200, body = Page<JoinRow>), SearchRefusal),
)]
pub async fn get_joins(
    caller: Caller<SeeEvents>,
    Path(id): Path<Id>,
    Query(filter): Query<JoinFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<JoinRow>>, Problem> {
    joins(&caller, id, &filter, &paging).await.map(Json)
}
